//! `study = "campaign"`: networks in time, what a takedown averts and what comes back.

mod curves;
pub mod figures;
mod idle;
pub mod metrics;
pub mod rows;
mod spec;
mod table;
mod trial;

pub use curves::{recovery, timeline};
pub use spec::{CampaignSettings, Campaigns, Treatment};

use crate::{Keys, Known, StudyPlugin, Varies, keys, varies};
use hydranet_campaign::{Campaign, Schedule, TableKeys};
use hydranet_montecarlo::{CellTable, StudyKind};
use hydranet_results::{Schema, Table};
use rows::{DAYS, OUTCOMES, RECOVERY, TIMELINE};

/// Outcomes come last: their file marks a block as finished.
static SCHEMAS: [&Schema; 2] = [&DAYS, &OUTCOMES];

/// What the engine asks.
pub static KIND: StudyKind = StudyKind {
    name: "campaign",
    about: "networks in time: what a takedown averts, how long they stay down, what comes back, who is identified",
    schemas: &SCHEMAS,
    metrics: &[&metrics::METRICS],
    extras: &[("timeline", &TIMELINE), ("recovery", &RECOVERY)],
    extra: |tables, _| {
        let [days, outcomes] = tables else { panic!("one table a schema") };
        vec![Table::of(&timeline(days)), Table::of(&recovery(outcomes))]
    },
};

/// The row of this study.
pub static PLUGIN: StudyPlugin = StudyPlugin {
    kind: &KIND,
    keys: || vec![keys::<CampaignSettings>("top level")],
    more_keys: mechanisms_and_actions,
    notes: "  [[topology]]: one table a topology: `model` (`hydranet topologies`), `label`, then its parameters
  [[treatment]]: one table a playbook: `label`, tables of mechanisms, and any number of [[treatment.action]]
  all mechanisms and actions: `hydranet describe campaign`",
    treatment_keys: || std::iter::once("action").chain(Campaign::table_names()).collect(),
    varies: Varies {
        cells: &[
            CellTable { table: "topology", of: "topology", name: Some("model") },
            CellTable { table: "treatment", of: "treatment", name: None },
        ],
        shared: || Campaign::table_names().collect(),
        takes: |table, params, known| match table {
            "topology" => varies::topology(params, known),
            _ => Some(varies::campaign(params, known, spec::ALONE)),
        },
    },
    read: |text, known| Ok(std::sync::Arc::new(Campaigns::read(text, known)?)),
    table: table::table,
    figures: figures::figures,
};

/// Every parameter of every mechanism, and every action.
fn mechanisms_and_actions(known: Known<'_>) -> Vec<Keys> {
    let mechanism = |table: &TableKeys| {
        let name = &table.table;
        (format!("[{name}], or [treatment.{name}] for what differs in one treatment"), table.params.clone())
    };
    let mut list: Vec<Keys> = Campaign::tables().iter().map(mechanism).collect();
    list.push(keys::<Schedule>("[[treatment.action]]: `action`, when it is done, and its own parameters"));
    list.extend(known.actions.rows().map(|row| (format!("action = \"{}\": {}", row.name, row.about), row.params())));
    list
}
