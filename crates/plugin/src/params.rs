//! Parameters as they were typed: a table that still knows where each value stood, so that an error can point there.

use crate::{BadParams, Invalid, Param, nearest, params_of, schema_of};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::{DeserializeOwned, IntoDeserializer};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Parameters as they were typed.
#[derive(Debug, Clone)]
pub struct Params<'i> {
    table: Spanned<DeTable<'i>>,
}

impl<'i> Params<'i> {
    /// A table of a TOML document, with its place there.
    pub fn new(table: Spanned<DeTable<'i>>) -> Params<'i> {
        Params { table }
    }

    /// From TOML text: lines of `key = value`.
    ///
    /// # Errors
    /// If the text is not TOML.
    pub fn parse(text: &'i str) -> Result<Params<'i>, toml::de::Error> {
        Ok(Params { table: DeTable::parse(text)? })
    }

    /// The TOML text of `key=value` pairs as given on a command line. A value that is not TOML (a bare word such as a
    /// path) is taken as a string; a key given twice keeps its last value.
    ///
    /// # Errors
    /// The pair that has no `=`, or no key.
    pub fn text_of_pairs<S: AsRef<str>>(pairs: &[S]) -> Result<String, String> {
        let mut table = toml::Table::new();
        for pair in pairs {
            let pair = pair.as_ref();
            let (key, value) = pair
                .split_once('=')
                .map(|(k, v)| (k.trim(), v.trim()))
                .filter(|(k, _)| !k.is_empty())
                .ok_or_else(|| format!("`{pair}` is not of the form key=value"))?;
            let parsed = format!("x = {value}").parse::<toml::Table>().ok().and_then(|mut t| t.remove("x"));
            table.insert(key.to_string(), parsed.unwrap_or_else(|| toml::Value::String(value.to_string())));
        }
        Ok(table.to_string())
    }

    /// The place of the whole table.
    pub fn span(&self) -> Range<usize> {
        self.table.span()
    }

    /// The place of one parameter's value, if it was given.
    pub fn span_of(&self, param: &str) -> Option<Range<usize>> {
        self.table.get_ref().iter().find(|(key, _)| key.get_ref() == param).map(|(_, value)| value.span())
    }

    /// The parameters as TOML text again, in their order. Places in it are others than in the text they came from.
    pub fn to_toml(&self) -> String {
        fn value(item: &DeValue<'_>) -> toml::Value {
            match item {
                DeValue::Table(table) => table_of(table).into(),
                DeValue::Array(list) => list.iter().map(|item| value(item.get_ref())).collect::<Vec<_>>().into(),
                DeValue::String(text) => toml::Value::String(text.to_string()),
                DeValue::Boolean(b) => (*b).into(),
                DeValue::Datetime(at) => (*at).into(),
                DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                    .map_or_else(|_| toml::Value::String(number.as_str().into()), Into::into),
                DeValue::Float(number) => number
                    .as_str()
                    .parse::<f64>()
                    .map_or_else(|_| toml::Value::String(number.as_str().into()), Into::into),
            }
        }
        fn table_of(table: &DeTable<'_>) -> toml::Table {
            table.iter().map(|(key, item)| (key.get_ref().to_string(), value(item.get_ref()))).collect()
        }
        table_of(self.table.get_ref()).to_string()
    }

    /// One entry, if it is there.
    pub fn get(&self, key: &str) -> Option<&DeValue<'i>> {
        self.table.get_ref().get(key).map(Spanned::get_ref)
    }

    /// Takes one entry out, with its place.
    pub fn take(&mut self, key: &str) -> Option<Spanned<DeValue<'i>>> {
        let span = self.table.span();
        let mut table = std::mem::replace(&mut self.table, Spanned::new(span.clone(), DeTable::new())).into_inner();
        let taken = table.remove(key);
        self.table = Spanned::new(span, table);
        taken
    }

    /// The names that are there, in their order.
    pub fn keys(&self) -> Vec<String> {
        self.table.get_ref().iter().map(|(key, _)| key.get_ref().to_string()).collect()
    }

    /// The place of a name.
    pub fn key_span(&self, key: &str) -> Option<Range<usize>> {
        self.table.get_ref().iter().find(|(k, _)| k.get_ref() == key).map(|(k, _)| k.span())
    }

    /// The table, with its place: for what is read by other means than [`Params::read`].
    pub fn into_table(self) -> Spanned<DeTable<'i>> {
        self.table
    }

    /// Takes the entries out that are fields of `S`, with their places; what is left are the others.
    ///
    /// So a table that serves two structs is read without serde's `flatten`, which would lose the places and the hints.
    #[must_use]
    pub fn split<S: JsonSchema>(&mut self) -> Params<'i> {
        let span = self.table.span();
        let fields = params_of(&schema_of::<S>());
        let table = std::mem::replace(&mut self.table, Spanned::new(span.clone(), DeTable::new())).into_inner();
        let (mut taken, mut left) = (DeTable::new(), DeTable::new());
        for (key, value) in table {
            let side = if fields.iter().any(|p| p.name == *key.get_ref()) { &mut taken } else { &mut left };
            side.insert(key, value);
        }
        self.table = Spanned::new(span.clone(), left);
        Params { table: Spanned::new(span, taken) }
    }

    /// Reads the parameters into their struct, refusing unknown names with the nearest known one.
    ///
    /// # Errors
    /// If a parameter is unknown, missing or of the wrong type.
    pub fn read<P: DeserializeOwned + JsonSchema>(&self) -> Result<P, Misread> {
        self.known(&params_of(&schema_of::<P>()))?;
        let value = Spanned::new(self.table.span(), DeValue::Table(self.table.get_ref().clone()));
        P::deserialize(value.into_deserializer()).map_err(|e: toml::de::Error| {
            let span = e.span().unwrap_or(self.span());
            let at = self.name_at(&span).map(|n| format!("`{n}`: ")).unwrap_or_default();
            Misread { reason: format!("{at}{}", e.message().replace('\n', " ")), span }
        })
    }

    /// Refuses a name that is none of these.
    pub(crate) fn known(&self, known: &[Param]) -> Result<(), Misread> {
        for (key, _) in self.table.get_ref().iter() {
            if !known.iter().any(|p| p.name == *key.get_ref()) {
                let all: Vec<String> = known.iter().map(|p| format!("`{}`", p.name)).collect();
                let hint = nearest(key.get_ref(), known.iter().map(|p| p.name.as_str()));
                let reason = format!(
                    "unknown field `{}`, {}{}",
                    key.get_ref(),
                    match all.len() {
                        0 => "there are no parameters".to_string(),
                        1 => format!("expected {}", all[0]),
                        _ => format!("expected one of {}", all.join(", ")),
                    },
                    hint.map_or(String::new(), |h| format!("; did you mean `{h}`?"))
                );
                return Err(Misread { reason, span: key.span() });
            }
        }
        Ok(())
    }

    /// Reads the parameters, and writes them down again with all their defaults.
    pub(crate) fn read_complete<P>(&self, kind: &'static str, name: &'static str) -> Result<(P, toml::Table), BadParams>
    where
        P: Serialize + DeserializeOwned + JsonSchema,
    {
        let read: P = self.read().map_err(|e| BadParams { kind, name, reason: e.reason, span: Some(e.span) })?;
        let complete = toml::Table::try_from(&read).map_err(|e| {
            self.refuse(kind, name, Invalid::new("", format!("its parameters cannot be written down: {e}")))
        })?;
        Ok((read, complete))
    }

    fn name_at(&self, span: &Range<usize>) -> Option<String> {
        let inside = |s: Range<usize>| s.start <= span.start && span.end <= s.end;
        self.table.get_ref().iter().find(|(_, v)| inside(v.span())).map(|(k, _)| k.get_ref().to_string())
    }

    /// The refusal of a value, pointing at its place.
    pub fn refuse(&self, kind: &'static str, name: &'static str, invalid: Invalid) -> BadParams {
        let span = self.span_of(invalid.param).or_else(|| Some(self.span()));
        let reason = if invalid.param.is_empty() { invalid.reason } else { invalid.to_string() };
        BadParams { kind, name, reason, span }
    }
}

/// Why a table could not be read into its struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// What is wrong, with the value, and what is allowed. A lower-case fragment.
    pub reason: String,
    /// Byte range in the text that the table came from.
    pub span: Range<usize>,
}
