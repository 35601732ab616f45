//! `study = "finite-size"`: where the percolation curve peaks, for families of networks at growing size.

pub mod figures;
pub mod metrics;
pub mod rows;
mod spec;
mod table;
mod trial;

pub use spec::{FiniteSize, FiniteSizeSettings};

use crate::{StudyPlugin, Varies, keys, varies};
use hydranet_montecarlo::{CellTable, StudyKind};
use hydranet_results::{Schema, Table};
use rows::{EXPONENTS, PEAKS, POINTS, exponents, points};
use serde::Deserialize;
use std::collections::BTreeMap;

static SCHEMAS: [&Schema; 1] = [&PEAKS];

/// What of a spec decides how the rows are summed up.
#[derive(Deserialize)]
struct Fits {
    fit_from: u64,
    family: Vec<FamilyFits>,
}

#[derive(Deserialize)]
struct FamilyFits {
    label: String,
    exponents: BTreeMap<String, f64>,
}

/// What the engine asks.
pub static KIND: StudyKind = StudyKind {
    name: "finite-size",
    about: "where the percolation curve peaks under random failure, for families of networks at growing size",
    schemas: &SCHEMAS,
    metrics: &[&metrics::METRICS],
    extras: &[("points", &POINTS), ("exponents", &EXPONENTS)],
    extra: |tables, spec| {
        let points = points(&tables[0]);
        let fits = Fits::deserialize(spec).expect("a spec that was written by this study");
        let theory = |family: &str, metric: &str| {
            fits.family.iter().find(|f| f.label == family).and_then(|f| f.exponents.get(metric).copied())
        };
        let laws = exponents(&points, fits.fit_from, theory);
        vec![Table::of(&points), Table::of(&laws)]
    },
};

/// The row of this study.
pub static PLUGIN: StudyPlugin = StudyPlugin {
    kind: &KIND,
    keys: || vec![keys::<FiniteSizeSettings>("top level")],
    more_keys: |_| Vec::new(),
    notes: "  [[family]]: `model`, `label`, `limit`, `exponents`, then its parameters without the size",
    treatment_keys: Vec::new,
    varies: Varies {
        cells: &[CellTable { table: "family", of: "topology", name: Some("model") }],
        shared: Vec::new,
        takes: |_, params, known| {
            let number = serde_json::json!({ "type": "number" });
            Some(varies::topology(params, known)?.with("limit", number))
        },
    },
    read: |text, known| Ok(std::sync::Arc::new(FiniteSize::read(text, known)?)),
    table: table::table,
    figures: figures::figures,
};
