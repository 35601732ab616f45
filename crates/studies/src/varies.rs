//! What can vary in the specs of a kind of study: which tables are cells, and what their keys take.

use crate::Known;
use hydranet_campaign::{Campaign, Schedule};
use hydranet_montecarlo::{CellTable, TableTakes};
use hydranet_plugin::schema_of;
use hydranet_topology::Params;
use schemars::JsonSchema;
use serde_json::{Value, json};
use toml::Spanned;
use toml::de::DeValue;

/// What can vary in the specs of a kind of study.
#[derive(Debug)]
pub struct Varies {
    /// The tables whose entries are cells.
    pub cells: &'static [CellTable],
    /// Tables of the top level that lie under every treatment.
    pub shared: fn() -> Vec<&'static str>,
    /// What a table takes, by its name; `None` where that cannot be told.
    pub takes: fn(&str, &Params<'_>, Known<'_>) -> Option<TableTakes>,
}

/// `[[topology]]` with a `model`, `[[treatment]]` with a `strategy`: what most studies have.
pub const TOPOLOGIES_AND_STRATEGIES: &[CellTable] = &[
    CellTable { table: "topology", of: "topology", name: Some("model") },
    CellTable { table: "treatment", of: "treatment", name: Some("strategy") },
];

impl Varies {
    /// Of a study that has [`TOPOLOGIES_AND_STRATEGIES`], and nothing in a treatment but its strategy.
    pub const STRATEGIES: Varies = Varies {
        cells: TOPOLOGIES_AND_STRATEGIES,
        shared: Vec::new,
        takes: |table, params, known| match table {
            "topology" => topology(params, known),
            _ => strategy(params, known),
        },
    };
}

/// The schema of a struct.
pub fn schema<T: JsonSchema>() -> Value {
    schema_of::<T>().to_value()
}

/// The string of a key.
fn text<'p>(params: &'p Params<'_>, key: &str) -> Option<&'p str> {
    params.get(key)?.as_str()
}

/// A table with a `model` takes what the model does.
pub fn topology(params: &Params<'_>, known: Known<'_>) -> Option<TableTakes> {
    let called = text(params, "model")?;
    let schema = known.models.get(called).ok()?.schema().to_value();
    Some(TableTakes { called: called.into(), schema })
}

/// A table with a `strategy` takes what the strategy does; in its short form, `strategy = { command = "…" }`, the table within
/// does.
pub fn strategy(params: &Params<'_>, known: Known<'_>) -> Option<TableTakes> {
    let short = || match params.get("strategy")? {
        DeValue::Table(entries) => {
            entries.keys().map(|key| key.get_ref().as_ref()).find(|key| known.strategies.get(key).is_ok())
        }
        _ => None,
    };
    let called = text(params, "strategy").or_else(short)?;
    let schema = known.strategies.get(called).ok()?.schema().to_value();
    let takes = TableTakes { called: called.into(), schema: schema.clone() };
    Some(if text(params, "strategy").is_some() { takes } else { takes.with("strategy", schema) })
}

/// Tables of mechanisms and `action`, a list of tables, each of which takes what its action does. `called` where there is no
/// label.
pub(crate) fn campaign(params: &Params<'_>, known: Known<'_>, called: &str) -> TableTakes {
    let step = |item: &Spanned<DeValue<'_>>| {
        let name = item.get_ref().get("action").and_then(|name| name.get_ref().as_str());
        let own = name.and_then(|name| known.actions.get(name).ok()).map(|row| row.schema().to_value());
        let mut takes =
            TableTakes { called: String::new(), schema: own.unwrap_or_else(|| json!({ "properties": {} })) };
        let schedule = schema::<Schedule>();
        for (key, property) in schedule["properties"].as_object().into_iter().flatten() {
            takes = takes.with(key, property.clone());
        }
        takes.schema
    };
    let takes = TableTakes { called: called.into(), schema: schema::<Campaign>() };
    match params.get("action") {
        Some(DeValue::Array(steps)) => {
            // definitions of an action stand with the action: what a schedule or an action refers to is few and plain
            let steps: Vec<Value> = steps.iter().map(step).collect();
            let defs = steps.iter().filter_map(|step| step["$defs"].as_object()).flatten();
            let defs: serde_json::Map<String, Value> =
                defs.map(|(name, value)| (name.clone(), value.clone())).collect();
            takes.with("action", json!({ "type": "array", "prefixItems": steps, "$defs": defs }))
        }
        _ => takes,
    }
}
