//! Parameters as they were typed: a table that still knows where each value stood, so that an error can point there.

use crate::{BadParams, Invalid};
use schemars::{JsonSchema, Schema};
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

    /// Takes the parameters of a struct out by its schema, and reads them; what else is there stays. With the places of the
    /// values that were given.
    pub fn take_struct<P: DeserializeOwned + JsonSchema>(&mut self) -> (Result<P, Misread>, Vec<(String, Range<usize>)>) {
        let mut own = DeTable::new();
        let mut spans = Vec::new();
        for param in params_of(&crate::registry::schema_of::<P>()) {
            if let Some(value) = self.take(&param.name) {
                spans.push((param.name.clone(), value.span()));
                own.insert(Spanned::new(value.span(), param.name.into()), value);
            }
        }
        (Params::new(Spanned::new(self.span(), own)).read(), spans)
    }

    /// The table, with its place: for what is read by other means than [`Params::read`].
    pub fn into_table(self) -> Spanned<DeTable<'i>> {
        self.table
    }

    /// Reads the parameters into their struct, refusing unknown names with the nearest known one.
    ///
    /// # Errors
    /// If a parameter is unknown, missing or of the wrong type.
    pub fn read<P: DeserializeOwned + JsonSchema>(&self) -> Result<P, Misread> {
        let known = params_of(&crate::registry::schema_of::<P>());
        for (key, _) in self.table.get_ref().iter() {
            if !known.iter().any(|p| p.name == *key.get_ref()) {
                let all: Vec<String> = known.iter().map(|p| format!("`{}`", p.name)).collect();
                let hint = crate::registry::nearest(key.get_ref(), known.iter().map(|p| p.name.as_str()));
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
        let value = Spanned::new(self.table.span(), DeValue::Table(self.table.get_ref().clone()));
        P::deserialize(value.into_deserializer()).map_err(|e: toml::de::Error| {
            let span = e.span().unwrap_or(self.span());
            let at = self.name_at(&span).map(|n| format!("`{n}`: ")).unwrap_or_default();
            Misread { reason: format!("{at}{}", e.message().replace('\n', " ")), span }
        })
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

/// One parameter of a model, for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Param {
    /// Its name in a spec.
    pub name: String,
    /// What kind of value it takes, e.g. `integer`, `number`, `string`, `list of integer`.
    pub takes: String,
    /// The value that it has when it is not given; `None` if it must be given, or may be left out altogether.
    pub default: Option<serde_json::Value>,
    /// Whether it must be given.
    pub required: bool,
    /// What it means: the field's doc comment.
    pub meaning: String,
}

/// The parameters that a schema describes, in the order of the struct's fields.
pub fn params_of(schema: &Schema) -> Vec<Param> {
    let root = schema.as_value();
    let required: Vec<&str> = root["required"].as_array().into_iter().flatten().filter_map(|r| r.as_str()).collect();
    let properties = root["properties"].as_object();
    let param = |(name, property): (&String, &serde_json::Value)| Param {
        name: name.clone(),
        takes: takes(property, root),
        default: property.get("default").filter(|d| !d.is_null()).cloned(),
        required: required.contains(&name.as_str()),
        meaning: property["description"].as_str().unwrap_or_default().replace('\n', " "),
    };
    properties.into_iter().flatten().map(param).collect()
}

fn takes(property: &serde_json::Value, root: &serde_json::Value) -> String {
    if let Some(path) = property["$ref"].as_str() {
        let target = root.pointer(path.trim_start_matches('#'));
        return target.map_or_else(|| "value".into(), |t| takes(t, root));
    }
    if let Some(options) = property["enum"].as_array() {
        let names: Vec<String> = options.iter().map(|o| o.to_string()).collect();
        return names.join(" or ");
    }
    for key in ["anyOf", "oneOf", "allOf"] {
        if let Some(options) = property[key].as_array() {
            let names: Vec<String> = options.iter().map(|o| takes(o, root)).filter(|n| n != "null").collect();
            return names.join(" or ");
        }
    }
    if let Some(constant) = property.get("const") {
        return constant.to_string();
    }
    let named = |t: &str| match t {
        "array" => format!("list of {}", takes(&property["items"], root)),
        "object" => "table".to_string(),
        "boolean" => "true or false".to_string(),
        other => other.to_string(),
    };
    match &property["type"] {
        serde_json::Value::String(t) => named(t),
        serde_json::Value::Array(list) => {
            let names: Vec<String> =
                list.iter().filter_map(|t| t.as_str()).filter(|t| *t != "null").map(named).collect();
            names.join(" or ")
        }
        _ => "value".to_string(),
    }
}
