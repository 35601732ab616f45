//! What kinds of study share: the axis of strategies, what happens beside removals, rows of places, tables of metrics.

pub(crate) mod by_treatment;
pub(crate) mod cells;
pub mod interfered_treatment;
pub mod lines;
pub mod points;
pub mod strategy_axis;
pub mod sweep_figures;

use hydranet_montecarlo::{TopologySpec, axis_json};
use serde::Serialize;
use serde_json::{Map, Value};

/// Settings and topologies of a study in JSON, for provenance; whatever else it has is added by the caller.
///
/// # Panics
/// If the settings are no table of plain values.
pub fn settings_json(settings: &impl Serialize, topologies: &[TopologySpec]) -> Map<String, Value> {
    let settings = serde_json::to_value(settings).expect("settings are plain values");
    let mut spec = settings.as_object().expect("settings are a table").clone();
    let cell = |t: &TopologySpec| axis_json("model", t.built.name, &t.label, &t.built.params).into();
    spec.insert("topology".into(), Value::Array(topologies.iter().map(cell).collect()));
    spec
}
