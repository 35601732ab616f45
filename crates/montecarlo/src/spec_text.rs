//! The text of a spec: what is taken out has been read, and every error knows its place.

use crate::error::Origin;
use crate::{Header, SpecError};
use hydranet_plugin::{nearest, schema_of};
use hydranet_topology::{BadParams, Built, Invalid, Models, Params, Topology, params_of};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One row of cells.
#[derive(Debug, Clone)]
pub struct TopologySpec {
    /// What tables and figures call it.
    pub label: String,
    /// The model with its parameters.
    pub built: Built<dyn Topology>,
}

impl TopologySpec {
    /// A topology with its label: `TopologySpec::new("random", Built::of::<Gnm>(params)?)`.
    pub fn new(label: impl Into<String>, built: Built<dyn Topology>) -> TopologySpec {
        TopologySpec { label: label.into(), built }
    }
}

/// A spec as it was typed: what has been taken out is read, the rest are settings.
#[derive(Debug)]
pub struct SpecText<'t> {
    source: &'t str,
    text: &'t str,
    params: Params<'t>,
}

impl<'t> SpecText<'t> {
    /// Reads TOML. `source` is what messages call the text: a path.
    ///
    /// # Errors
    /// If it is not TOML.
    pub fn new(text: &'t str, source: &'t str) -> Result<SpecText<'t>, SpecError> {
        let table =
            DeTable::parse(text).map_err(|e| SpecError::new(source, text, e.message().to_string(), e.span()))?;
        Ok(SpecText { source, text, params: Params::new(table) })
    }

    /// An error in this text.
    pub fn fail(&self, reason: String, span: Option<Range<usize>>) -> SpecError {
        SpecError::new(self.source, self.text, reason, span)
    }

    /// The text, to be kept.
    pub fn origin(&self) -> Origin {
        Origin::new(self.source, self.text)
    }

    /// The same text with nothing in it: for errors, while what is in it is read by somebody else.
    pub fn place(&self) -> SpecText<'t> {
        SpecText { source: self.source, text: self.text, params: Params::parse("").expect("no line is TOML") }
    }

    /// Takes the keys of a struct out of the top level and reads them, with the place of each that was given.
    ///
    /// # Errors
    /// If one is missing or of the wrong type. Where one is missing and another key looks like it, that is said.
    pub fn take_struct<T: DeserializeOwned + JsonSchema>(&mut self) -> Result<(T, Spans), SpecError> {
        let own = self.params.split::<T>();
        let spans = own.keys().into_iter().filter_map(|key| own.span_of(&key).map(|span| (key, span))).collect();
        let read = own.read().map_err(|e| {
            let missing = e.reason.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
            let left = self.params.keys();
            let meant =
                missing.and_then(|name| Some((name, nearest(name, left.iter().map(String::as_str))?.to_string())));
            match meant {
                None => self.fail(e.reason, Some(e.span)),
                Some((name, typed)) => {
                    self.fail(format!("unknown field `{typed}`; did you mean `{name}`?"), self.params.key_span(&typed))
                }
            }
        })?;
        Ok((read, spans))
    }

    /// The place of a value at the top level.
    pub fn span_of(&self, key: &str) -> Option<Range<usize>> {
        self.params.span_of(key)
    }

    /// An error in the parameters of a model or strategy of this text.
    pub fn bad(&self, error: &BadParams) -> SpecError {
        self.fail(error.to_string(), error.span.clone())
    }

    /// Takes a string out of the top level.
    ///
    /// # Errors
    /// If it is there and not a string.
    pub fn take_text(&mut self, key: &str) -> Result<Option<(String, Range<usize>)>, SpecError> {
        match self.params.take(key) {
            None => Ok(None),
            Some(value) => text(value, key).map(Some).map_err(|(r, s)| self.fail(r, s)),
        }
    }

    /// Takes a list of tables, `[[key]]`, out of the top level; empty where there is none.
    ///
    /// # Errors
    /// If it is something else.
    pub fn take_tables(&mut self, key: &str) -> Result<Vec<Params<'t>>, SpecError> {
        let value = self.params.take(key);
        self.as_tables(value, key, &format!("[[{key}]] above the keys of each"))
    }

    /// Takes an entry out of the top level, whatever it is.
    pub(crate) fn take(&mut self, key: &str) -> Option<Spanned<DeValue<'t>>> {
        self.params.take(key)
    }

    /// Puts an entry into the top level, in the place of what was there.
    pub(crate) fn put(&mut self, key: &str, value: Spanned<DeValue<'t>>) {
        let none = Params::new(Spanned::new(self.params.span(), DeTable::new()));
        let whole = std::mem::replace(&mut self.params, none).into_table();
        let (span, mut table) = (whole.span(), whole.into_inner());
        table.insert(Spanned::new(value.span(), key.to_string().into()), value);
        self.params = Params::new(Spanned::new(span, table));
    }

    /// Takes one table, `[key]`, out of the top level.
    ///
    /// # Errors
    /// If it is something else.
    pub fn take_table(&mut self, key: &str) -> Result<Option<Params<'t>>, SpecError> {
        let value = self.params.take(key);
        self.as_table(value, key, &format!("[{key}] above its keys"))
    }

    /// An entry that was taken out of the text, as a table. `write` tells how one is written.
    ///
    /// # Errors
    /// If it is something else.
    pub fn as_table<'i>(
        &self,
        value: Option<Spanned<DeValue<'i>>>,
        key: &str,
        write: &str,
    ) -> Result<Option<Params<'i>>, SpecError> {
        let Some(value) = value else { return Ok(None) };
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => Ok(Some(Params::new(Spanned::new(span, table)))),
            _ => Err(self.fail(format!("`{key}` is a table: write {write}"), Some(span))),
        }
    }

    /// The same for a list of tables; empty where there is nothing.
    ///
    /// # Errors
    /// If it is something else.
    pub fn as_tables<'i>(
        &self,
        value: Option<Spanned<DeValue<'i>>>,
        key: &str,
        write: &str,
    ) -> Result<Vec<Params<'i>>, SpecError> {
        let Some(value) = value else { return Ok(Vec::new()) };
        let span = value.span();
        let wrong = || self.fail(format!("`{key}` is a list of tables: write {write}"), Some(span.clone()));
        let DeValue::Array(list) = value.into_inner() else { return Err(wrong()) };
        list.into_iter()
            .map(|item| {
                let span = item.span();
                match item.into_inner() {
                    DeValue::Table(table) => Ok(Params::new(Spanned::new(span, table))),
                    _ => Err(wrong()),
                }
            })
            .collect()
    }

    /// Takes `key = { … }` out of a table, reads it and checks it; `None` if it is not there. `write` tells how it is written.
    ///
    /// # Errors
    /// If it is something else, has unknown keys, or `check` refuses it.
    pub fn taken<T: DeserializeOwned + JsonSchema>(
        &self,
        table: &mut Params<'_>,
        key: &str,
        write: &str,
        check: impl Fn(&T) -> Result<(), Invalid>,
    ) -> Result<Option<T>, SpecError> {
        let Some(params) = self.as_table(table.take(key), key, write)? else { return Ok(None) };
        let read: T = params.read().map_err(|e| self.fail(format!("`{key}`: {}", e.reason), Some(e.span)))?;
        check(&read).map_err(|invalid| self.fail(format!("`{key}`: {invalid}"), Some(params.span())))?;
        Ok(Some(read))
    }

    /// Builds the models of `[[topology]]` tables (see [`SpecText::take_tables`]).
    ///
    /// # Errors
    /// If there is none, two have one label, a model is unknown or its parameters are refused.
    pub fn topologies(&self, tables: Vec<Params<'_>>, models: &Models) -> Result<Vec<TopologySpec>, SpecError> {
        let mut list: Vec<TopologySpec> = Vec::new();
        for mut table in tables {
            let (model, span) = self.name(&mut table, "model")?;
            let (label, label_span) = self.label(&mut table, (&model, &span))?;
            let entry = models.get(&model).map_err(|e| self.fail(e.to_string(), Some(span)))?;
            self.unique("topologies", list.iter().map(|t| &t.label), (&label, label_span))?;
            list.push(TopologySpec { label, built: entry.build(&table).map_err(|e| self.bad(&e))? });
        }
        if list.is_empty() {
            return Err(self.fail("an experiment needs at least one [[topology]] with a `model`".into(), None));
        }
        Ok(list)
    }

    /// Takes the name of a model or strategy out of a table.
    ///
    /// # Errors
    /// If it is missing or not a string.
    pub fn name(&self, table: &mut Params<'_>, key: &'static str) -> Result<(String, Range<usize>), SpecError> {
        match table.take(key) {
            Some(value) => text(value, key).map_err(|(r, s)| self.fail(r, s)),
            None => Err(self.fail(format!("missing `{key}`: which one?"), Some(table.span()))),
        }
    }

    /// Takes the label out of a table; where it has none, `name` and its place.
    ///
    /// # Errors
    /// If it is empty or not a string.
    pub fn label(
        &self,
        table: &mut Params<'_>,
        (name, span): (&str, &Range<usize>),
    ) -> Result<(String, Range<usize>), SpecError> {
        let Some(value) = table.take("label") else { return Ok((name.to_string(), span.clone())) };
        let (label, span) = text(value, "label").map_err(|(r, s)| self.fail(r, s))?;
        if label.trim().is_empty() {
            return Err(self.fail("`label` is empty; leave it out to use the name".into(), Some(span)));
        }
        Ok((label, span))
    }

    /// Takes one of a few words out of a table; `default` where it is not there.
    ///
    /// # Errors
    /// If it is another word, or not a string.
    pub fn word(
        &self,
        table: &mut Params<'_>,
        key: &str,
        (words, default): (&[&'static str], &'static str),
    ) -> Result<(&'static str, Range<usize>), SpecError> {
        let Some(value) = table.take(key) else { return Ok((default, table.span())) };
        let (given, span) = text(value, key).map_err(|(r, s)| self.fail(r, s))?;
        match words.iter().find(|word| **word == given) {
            Some(word) => Ok((word, span)),
            None => {
                let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                let (last, others) = quoted.split_last().expect("at least one word");
                let allowed = if others.is_empty() { last.clone() } else { format!("{} or {last}", others.join(", ")) };
                Err(self.fail(format!("`{key}` is {allowed}, not \"{given}\""), Some(span)))
            }
        }
    }

    /// Refuses a label that is taken.
    ///
    /// # Errors
    /// If it is.
    pub fn unique<'l>(
        &self,
        what: &str,
        mut taken: impl Iterator<Item = &'l String>,
        (label, span): (&str, Range<usize>),
    ) -> Result<(), SpecError> {
        if taken.any(|other| other == label) {
            return Err(self.fail(format!("two {what} are called `{label}`; give each a `label`"), Some(span)));
        }
        Ok(())
    }

    /// Reads what is left of the top level into the settings of a study, the header taken out. `tables` names the lists of tables
    /// that a spec of this kind can have, for the hint.
    ///
    /// # Errors
    /// If a key is unknown, missing or of the wrong type, or `check` refuses a value.
    pub fn settings<S: DeserializeOwned + JsonSchema>(
        &self,
        tables: &str,
        check: impl Fn(&S) -> Result<(), Invalid>,
    ) -> Result<S, SpecError> {
        let known: Vec<String> = [schema_of::<Header>(), schema_of::<S>()]
            .iter()
            .flat_map(|schema| params_of(schema).into_iter().map(|param| param.name))
            .collect();
        for key in self.params.keys() {
            if !known.contains(&key) {
                let hint = nearest(&key, known.iter().map(String::as_str));
                let hint = hint.map_or(String::new(), |name| format!("; did you mean `{name}`?"));
                let all: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
                let reason =
                    format!("unknown field `{key}`, expected one of {}, or a table {tables}{hint}", all.join(", "));
                return Err(self.fail(reason, self.params.key_span(&key)));
            }
        }
        let settings: S = self.params.read().map_err(|e| self.fail(e.reason, Some(e.span)))?;
        check(&settings).map_err(|e| self.fail(e.to_string(), self.params.span_of(e.param)))?;
        Ok(settings)
    }
}

/// The keys that were given, and the places of their values.
pub type Spans = Vec<(String, Range<usize>)>;

/// What is wrong, and where.
type Refusal = (String, Option<Range<usize>>);

fn text(value: Spanned<DeValue<'_>>, key: &str) -> Result<(String, Range<usize>), Refusal> {
    let span = value.span();
    match value.into_inner() {
        DeValue::String(s) => Ok((s.into_owned(), span)),
        other => Err((format!("`{key}` is a string, not {}", other.type_str()), Some(span))),
    }
}

/// One cell axis in JSON: a table with `key` = name, its label and all its parameters.
pub fn axis_json(
    key: &str,
    name: &str,
    label: &str,
    params: &toml::Table,
) -> serde_json::Map<String, serde_json::Value> {
    let mut cell = serde_json::Map::new();
    cell.insert(key.into(), name.into());
    cell.insert("label".into(), label.into());
    for (k, v) in params {
        cell.insert(k.clone(), serde_json::to_value(v).expect("TOML values are JSON values"));
    }
    cell
}
