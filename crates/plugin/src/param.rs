//! A parameter as it is shown to people: read off the JSON schema that the parameter struct derives.

use schemars::{JsonSchema, Schema};
use serde::Serialize;

/// The JSON schema of a parameter struct.
pub fn schema_of<P: JsonSchema>() -> Schema {
    schemars::SchemaGenerator::default().into_root_schema_for::<P>()
}

/// One parameter, for people.
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
