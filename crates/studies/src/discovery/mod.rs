//! `study = "discovery"`: what a defender finds for so many requests, and what seizures cost who knows no more.

pub mod figures;
pub mod metrics;
mod spec;
mod table;
mod trial;

pub use spec::{Discovery, DiscoverySettings};

use crate::shared::points::POINTS;
use crate::{StudyPlugin, Varies, keys};
use hydranet_montecarlo::StudyKind;
use hydranet_results::Schema;

static SCHEMAS: [&Schema; 1] = [&POINTS];

/// What the engine asks.
pub static KIND: StudyKind = StudyKind {
    name: "discovery",
    about: "what crawlers and sensors find for so many requests, and what a takedown costs who knows no more",
    schemas: &SCHEMAS,
    metrics: &[&metrics::METRICS],
    extras: &[],
    extra: |_, _| Vec::new(),
};

/// The row of this study.
pub static PLUGIN: StudyPlugin = StudyPlugin {
    kind: &KIND,
    keys: || vec![keys::<DiscoverySettings>("top level")],
    more_keys: |_| Vec::new(),
    notes: "  [[topology]]: one table a topology: `model` (`hydranet topologies`), `label`, then its parameters
  [[treatment]]: one table a treatment: `strategy` (`hydranet strategies`), `label`, then its parameters",
    treatment_keys: || vec!["strategy"],
    varies: Varies::STRATEGIES,
    read: |text, known| Ok(std::sync::Arc::new(Discovery::read(text, known)?)),
    table: table::table,
    figures: figures::figures,
};
