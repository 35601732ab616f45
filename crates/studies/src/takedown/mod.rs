//! `study = "takedown"`: what is left of a network when nodes or edges fall in the order of a strategy.

pub mod band_table;
pub mod bands;
pub mod build;
pub mod degrees;
pub mod figures;
pub mod measures;
pub mod metrics;
mod recorded;
pub mod rows;
mod spec;
mod still_served;
mod table;
mod taken;
mod treatment;
mod trial;

pub use recorded::recorded;
pub use spec::Settings;
pub use table::reading;
pub use taken::{Asked, Called, Taken, curve_rows};
pub use treatment::{CascadeSpec, TreatmentSpec};
pub use trial::Takedown;

use crate::shared::points::POINTS;
use crate::{StudyPlugin, Varies, keys, varies};
use hydranet_montecarlo::StudyKind;
use hydranet_results::{Schema, Table};
use hydranet_routing::discovery::Crawl;
use hydranet_routing::knowledge::Knowledge;
use hydranet_takedown::repair::Repair;

/// The raw tables. Trials come last: their file marks a block as finished.
static SCHEMAS: [&Schema; 5] = [&degrees::DEGREES, &measures::MEASURES, &rows::CURVES, &POINTS, &rows::TRIALS];

/// What the engine asks.
pub static KIND: StudyKind = StudyKind {
    name: crate::Studies::DEFAULT,
    about: "what is left of a network when nodes or edges fall in the order of a strategy",
    schemas: &SCHEMAS,
    metrics: &[&metrics::METRICS, &metrics::MEASURED, &metrics::FUNCTION],
    extras: &[("bands", &band_table::BANDS), ("degrees", &degrees::DEGREE_COUNTS)],
    extra: |tables, _| {
        let [degrees, _, curves, ..] = tables else { panic!("one table a schema") };
        vec![Table::of(&band_table::band_rows(curves)), Table::of(&degrees::pool(degrees))]
    },
};

/// The row of this study.
pub static PLUGIN: StudyPlugin = StudyPlugin {
    kind: &KIND,
    keys: || {
        vec![
            keys::<Settings>("top level"),
            keys::<CascadeSpec>(
                "[[treatment]], cascade = { … }: overload after the first seizures (Motter & Lai 2002)",
            ),
            keys::<Crawl>("[[treatment]], knowledge = { crawl = { … } }: the strategy knows what a crawl has found"),
            keys::<Repair>("[[treatment]], repair = { … }: the network repairs itself after removals"),
        ]
    },
    more_keys: |_| Vec::new(),
    notes: "  [[topology]]: one table a topology: `model` (`hydranet topologies`), `label`, then its parameters
  [[treatment]]: one table a treatment: `strategy` (`hydranet strategies`), `label`, then its parameters
  removes: \"nodes\" or \"edges\", in a treatment [default: \"nodes\"]
  removal_cost: what a removal costs, \"unit\", \"degree\" or \"overlay\", in a treatment [default: \"unit\"];
      other than unit, the curve is also read against cost

Every cell is one topology under one treatment.",
    treatment_keys: || vec!["strategy", "removes", "removal_cost", "cascade", "knowledge", "repair"],
    varies: Varies {
        takes: |table, params, known| match table {
            "topology" => varies::topology(params, known),
            _ => {
                let word = || serde_json::json!({ "type": "string" });
                let takes = varies::strategy(params, known)?.with("removes", word()).with("removal_cost", word());
                let takes = takes.with("cascade", varies::schema::<CascadeSpec>());
                let takes = takes.with("knowledge", varies::schema::<Knowledge>());
                Some(takes.with("repair", varies::schema::<Repair>()))
            }
        },
        ..Varies::STRATEGIES
    },
    read: |text, known| Ok(std::sync::Arc::new(Takedown::read(text, known)?)),
    table: table::table,
    figures: figures::figures,
};
