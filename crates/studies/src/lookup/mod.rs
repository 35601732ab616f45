//! `study = "lookup"`: which lookups of a structured overlay still arrive when nodes fail.

pub mod figures;
pub mod metrics;
pub mod rows;
mod spec;
mod table;
mod trial;

pub use spec::{Lookup, LookupSettings};

use crate::{StudyPlugin, Varies, keys, varies};
use hydranet_montecarlo::StudyKind;
use hydranet_results::Schema;
use hydranet_routing::interference::{CutOff, Eclipse, Interference};
use hydranet_routing::iterative::Iterative;

static SCHEMAS: [&Schema; 1] = [&rows::LOOKUPS];

/// What the engine asks.
pub static KIND: StudyKind = StudyKind {
    name: "lookup",
    about: "which lookups of a structured overlay still arrive when nodes fail in the order of a strategy",
    schemas: &SCHEMAS,
    metrics: &[&metrics::METRICS],
    extras: &[],
    extra: |_, _| Vec::new(),
};

/// The row of this study.
pub static PLUGIN: StudyPlugin = StudyPlugin {
    kind: &KIND,
    keys: || {
        vec![
            keys::<LookupSettings>("top level"),
            keys::<Iterative>("[[treatment]], iterative = { … }"),
            keys::<Interference>("[[treatment]], interference = { … }"),
            keys::<Eclipse>("eclipse = { … } of an interference"),
            keys::<CutOff>("cut_off = { … } of an interference"),
        ]
    },
    more_keys: |_| Vec::new(),
    notes: "  [[topology]]: one table a topology: `model` (`hydranet topologies`), `label`, then its parameters
  [[treatment]]: one table a treatment: `strategy` (`hydranet strategies`), `label`, then its parameters",
    treatment_keys: || vec!["strategy", "interference", "iterative"],
    varies: Varies {
        takes: |table, params, known| match table {
            "topology" => varies::topology(params, known),
            _ => {
                let takes = varies::strategy(params, known)?;
                let takes = takes.with("interference", varies::schema::<Interference>());
                Some(takes.with("iterative", varies::schema::<Iterative>()))
            }
        },
        ..Varies::STRATEGIES
    },
    read: |text, known| Ok(std::sync::Arc::new(Lookup::read(text, known)?)),
    table: table::table,
    figures: figures::figures,
};
