//! `study = "broadcast"`: how far and how fast a command spreads while nodes fall.

pub mod figures;
pub mod metrics;
mod spec;
mod table;
mod trial;

pub use spec::{Broadcast, BroadcastSettings, Flow, Pushes};

use crate::shared::points::POINTS;
use crate::{StudyPlugin, Varies, keys, varies};
use hydranet_montecarlo::StudyKind;
use hydranet_results::Schema;
use hydranet_routing::interference::{CutOff, Eclipse, Interference};

static SCHEMAS: [&Schema; 1] = [&POINTS];

/// What the engine asks.
pub static KIND: StudyKind = StudyKind {
    name: "broadcast",
    about: "coverage and rounds of floods and push gossip, and strong components, when a share of the nodes is gone",
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
            keys::<BroadcastSettings>("top level"),
            keys::<Interference>("[[treatment]], interference = { … }"),
            keys::<Eclipse>("eclipse = { … } of an interference"),
            keys::<CutOff>("cut_off = { … } of an interference"),
        ]
    },
    more_keys: |_| Vec::new(),
    notes: "  [[topology]]: one table a topology: `model` (`hydranet topologies`), `label`, then its parameters
  [[treatment]]: one table a treatment: `strategy` (`hydranet strategies`), `label`, then its parameters",
    treatment_keys: || vec!["strategy", "interference"],
    varies: Varies {
        takes: |table, params, known| match table {
            "topology" => varies::topology(params, known),
            _ => Some(varies::strategy(params, known)?.with("interference", varies::schema::<Interference>())),
        },
        ..Varies::STRATEGIES
    },
    read: |text, known| Ok(std::sync::Arc::new(Broadcast::read(text, known)?)),
    table: table::table,
    figures: figures::figures,
};
