//! `study = "field-case"`: takedowns that happened, against what was published about them.

mod case;
pub mod figures;
pub mod kept;
pub mod metrics;
pub mod rows;
mod spec;
mod summaries;
mod table;
mod trial;
pub mod verdict;

pub use spec::{FieldCaseSettings, FieldCases};
pub use summaries::{Summaries, summarize};

use crate::{StudyPlugin, Varies, keys, varies};
use case::{Prior, Published};
use hydranet_montecarlo::{CellTable, StudyKind};
use hydranet_results::{Schema, Table};
use hydranet_topology::Params;
use rows::{COURSES, DRAWS, FITS, POSTERIOR, PREDICTIVE, PUBLISHED, VERDICTS};
use serde::Deserialize;
use toml::Spanned;

/// Draws come last: their file marks a block as finished.
static SCHEMAS: [&Schema; 3] = [&COURSES, &FITS, &DRAWS];

/// What of a spec decides how the rows are summed up.
#[derive(Deserialize)]
struct Keeps {
    within: f64,
}

/// What the engine asks.
pub static KIND: StudyKind = StudyKind {
    name: "field-case",
    about: "takedowns that happened: parameters drawn from a prior, those near to what was published, what they foretell that the prior does not",
    schemas: &SCHEMAS,
    metrics: &[&metrics::METRICS],
    extras: &[
        ("posterior", &POSTERIOR),
        ("predictive", &PREDICTIVE),
        ("published", &PUBLISHED),
        ("verdicts", &VERDICTS),
    ],
    extra: |tables, spec| {
        let [courses, fits, draws] = tables else { panic!("one table a schema") };
        let Keeps { within } = Keeps::deserialize(spec).expect("a spec that was written by this study");
        let sums = summarize(courses, fits, draws, within);
        vec![
            Table::of(&sums.posterior),
            Table::of(&sums.predictive),
            Table::of(&sums.published),
            Table::of(&sums.verdicts),
        ]
    },
};

/// The row of this study.
pub static PLUGIN: StudyPlugin = StudyPlugin {
    kind: &KIND,
    keys: || {
        vec![
            keys::<FieldCaseSettings>("top level"),
            keys::<Prior>("[[case.prior]]"),
            keys::<Published>("[[case.published]]"),
        ]
    },
    more_keys: |_| Vec::new(),
    notes: "  [[case]]: `label`, `source`, `cannot` (what it cannot explain), `draws` (at most; left out: `networks`), [case.topology] with a `model`, tables of mechanisms
  ([case.operator], …) and [[case.action]] as in `hydranet describe campaign`",
    treatment_keys: Vec::new,
    varies: Varies {
        cells: &[CellTable { table: "case", of: "topology", name: None }],
        shared: Vec::new,
        takes: |_, params, known| {
            let takes = varies::campaign(params, known, "case");
            let topology = params.get("topology").and_then(|table| table.as_table()).cloned();
            let topology = Params::new(Spanned::new(params.span(), topology.unwrap_or_default()));
            Some(match varies::topology(&topology, known) {
                Some(model) => takes.with("topology", model.schema),
                None => takes,
            })
        },
    },
    read: |text, known| Ok(std::sync::Arc::new(FieldCases::read(text, known)?)),
    table: table::table,
    figures: figures::figures,
};
