//! Names that a spec can use: rows of `const` tables, one table a crate, joined by one visible line each.

use crate::{BadParams, Invalid, Param, Params, params_of};
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A kind of thing that can be registered: `dyn Topology`, `dyn Strategy`.
pub trait Kind: Send + Sync + 'static {
    /// The word for one of them in messages.
    const KIND: &'static str;
    /// The word for several of them.
    const KINDS: &'static str;
}

/// One registered name.
pub struct Row<T: Kind + ?Sized> {
    /// What a spec calls it, in kebab-case.
    pub name: &'static str,
    /// Other names that are understood.
    pub aliases: &'static [&'static str],
    /// One line: what it is.
    pub about: &'static str,
    /// Parameters that work, as TOML text.
    pub example: &'static str,
    schema: fn() -> Schema,
    build: fn(&Params<'_>) -> Result<Built<T>, BadParams>,
}

/// Something built from parameters.
#[derive(Debug)]
pub struct Built<T: ?Sized> {
    /// Its registered name.
    pub name: &'static str,
    /// All its parameters, defaults included: what a result file records.
    pub params: toml::Table,
    /// The thing itself.
    pub value: Arc<T>,
}

impl<T: ?Sized> Clone for Built<T> {
    fn clone(&self) -> Self {
        Built { name: self.name, params: self.params.clone(), value: self.value.clone() }
    }
}

impl<T: Kind + ?Sized> std::fmt::Debug for Row<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} `{}`", T::KIND, self.name)
    }
}

impl<T: Kind + ?Sized> Row<T> {
    /// A row from its parts; `entry` functions call it for their trait.
    pub const fn new(
        name: &'static str,
        aliases: &'static [&'static str],
        about: &'static str,
        example: &'static str,
        schema: fn() -> Schema,
        build: fn(&Params<'_>) -> Result<Built<T>, BadParams>,
    ) -> Row<T> {
        Row { name, aliases, about, example, schema, build }
    }

    /// Checks the parameters and builds it.
    ///
    /// # Errors
    /// If a parameter is unknown, missing, of the wrong type, or violates a condition.
    pub fn build(&self, params: &Params<'_>) -> Result<Built<T>, BadParams> {
        (self.build)(params)
    }

    /// Its parameters, in the order in which it declares them.
    pub fn params(&self) -> Vec<Param> {
        params_of(&self.schema())
    }

    /// The JSON schema of its parameters.
    pub fn schema(&self) -> Schema {
        (self.schema)()
    }
}

/// The JSON schema of a parameter struct.
pub fn schema_of<P: JsonSchema>() -> Schema {
    schemars::SchemaGenerator::default().into_root_schema_for::<P>()
}

/// Reads parameters, calls the constructor and keeps the parameters with all their defaults: the body of every `build`.
///
/// # Errors
/// As [`Row::build`].
pub fn build_with<T, P, M>(
    name: &'static str,
    params: &Params<'_>,
    new: fn(P) -> Result<M, Invalid>,
    share: fn(M) -> Arc<T>,
) -> Result<Built<T>, BadParams>
where
    T: Kind + ?Sized,
    P: Serialize + DeserializeOwned + JsonSchema,
{
    let read: P = params.read().map_err(|e| BadParams { kind: T::KIND, name, reason: e.reason, span: Some(e.span) })?;
    let complete = toml::Table::try_from(&read).map_err(|e| {
        params.refuse(T::KIND, name, Invalid::new("", format!("its parameters cannot be written down: {e}")))
    })?;
    let model = new(read).map_err(|invalid| params.refuse(T::KIND, name, invalid))?;
    Ok(Built { name, params: complete, value: share(model) })
}

/// All the names that a program knows.
pub struct Registry<T: Kind + ?Sized> {
    rows: Vec<&'static Row<T>>,
}

impl<T: Kind + ?Sized> Clone for Registry<T> {
    fn clone(&self) -> Self {
        Registry { rows: self.rows.clone() }
    }
}

impl<T: Kind + ?Sized> Default for Registry<T> {
    fn default() -> Self {
        Registry { rows: Vec::new() }
    }
}

impl<T: Kind + ?Sized> std::fmt::Debug for Registry<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.rows.iter().map(|r| r.name)).finish()
    }
}

impl<T: Kind + ?Sized> Registry<T> {
    /// Adds the rows of one crate.
    ///
    /// # Panics
    /// If a name or an alias is taken already: two crates would quarrel about what a spec means.
    #[must_use]
    pub fn with(mut self, rows: &'static [Row<T>]) -> Registry<T> {
        for row in rows {
            for name in std::iter::once(&row.name).chain(row.aliases) {
                assert!(self.find(name).is_none(), "two {} are called `{name}`", T::KINDS);
            }
            self.rows.push(row);
        }
        self
    }

    /// All rows, in the order in which they were added.
    pub fn rows(&self) -> impl Iterator<Item = &'static Row<T>> + '_ {
        self.rows.iter().copied()
    }

    fn find(&self, name: &str) -> Option<&'static Row<T>> {
        self.rows().find(|row| row.name == name || row.aliases.contains(&name))
    }

    /// The row of this name or alias.
    ///
    /// # Errors
    /// If there is none, with the nearest name there is.
    pub fn get(&self, name: &str) -> Result<&'static Row<T>, UnknownName> {
        self.find(name).ok_or_else(|| {
            let names = self.rows().flat_map(|row| std::iter::once(row.name).chain(row.aliases.iter().copied()));
            UnknownName {
                kind: T::KIND,
                kinds: T::KINDS,
                name: name.to_string(),
                nearest: nearest(name, names).map(str::to_string),
                known: self.rows().map(|row| row.name).collect(),
            }
        })
    }
}

/// A name that nothing is registered under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// The word for one such thing.
    pub kind: &'static str,
    /// The word for several.
    pub kinds: &'static str,
    /// What was asked for.
    pub name: String,
    /// The registered name that looks most like it.
    pub nearest: Option<String>,
    /// All registered names.
    pub known: Vec<&'static str>,
}

impl std::fmt::Display for UnknownName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no {} `{}`; ", self.kind, self.name)?;
        match &self.nearest {
            Some(nearest) => write!(f, "did you mean `{nearest}`?"),
            None => write!(f, "the {} are {}", self.kinds, self.known.join(", ")),
        }
    }
}

impl std::error::Error for UnknownName {}

/// The name that looks most like `wanted`, if one looks alike at all.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    names
        .into_iter()
        .map(|name| {
            let score = strsim::jaro_winkler(&wanted, name);
            // a slip of one letter, or two letters in each other's place, is likelier than anything that looks alike
            let score = match strsim::damerau_levenshtein(&wanted, name) {
                0 | 1 => score.max(0.95),
                2 => score.max(0.9),
                _ => score,
            };
            (score, name)
        })
        .filter(|(score, name)| *score > 0.85 && name.len() > 1)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints() {
        let names = ["beacon", "beacon-fleet", "tiered", "gnp", "gnm", "random-regular"];
        for (typed, want) in [
            ("becon", Some("beacon")),
            ("Beacon", Some("beacon")),
            ("random_regular", Some("random-regular")),
            ("beacon-flet", Some("beacon-fleet")),
            ("teired", Some("tiered")),
            ("gmn", Some("gnm")),
            ("zzzzzz", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, names), want, "{typed}");
        }
    }
}
