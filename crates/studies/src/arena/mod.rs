//! `study = "arena"`: what an operator may do against what a defender may do, as an empirical game (Wellman, Tuyls & Greenwald
//! 2025): cells are campaigns on the same random streams, the matrix of their payoffs is solved, and learners meet by replay.

pub mod figures;
mod games;
mod hydra;
mod learning;
pub mod metrics;
pub mod rows;
mod solved;
mod spec;
mod table;
mod trial;

#[cfg(test)]
mod tests;

pub use spec::{Arena, ArenaSettings, Defence, Payoff, Player};

use crate::{StudyPlugin, Varies, keys, varies};
use hydranet_campaign::Campaign;
use hydranet_montecarlo::{CellTable, StudyKind};
use hydranet_results::{Schema, Table};
use rows::{GAMES, HYDRA, LEARNING, MIXTURES, OUTCOMES, PAYOFFS, QUANTAL, STRIKES};
use serde::Deserialize;

/// Outcomes come last: their file marks a block as finished.
static SCHEMAS: [&Schema; 2] = [&STRIKES, &OUTCOMES];

/// What of a spec decides how the rows are summed up.
#[derive(Deserialize)]
struct Said {
    seed: u64,
    #[serde(flatten)]
    settings: ArenaSettings,
}

/// What the engine asks.
pub static KIND: StudyKind = StudyKind {
    name: "arena",
    about: "an operator's arms against a defender's as a game: value, equilibrium, exploitability, learners by replay, memory",
    schemas: &SCHEMAS,
    metrics: &[&metrics::METRICS],
    extras: &[
        ("games", &GAMES),
        ("payoffs", &PAYOFFS),
        ("mixtures", &MIXTURES),
        ("quantal", &QUANTAL),
        ("learning", &LEARNING),
        ("hydra", &HYDRA),
    ],
    extra: |tables, spec| {
        let [strikes, outcomes] = tables else { panic!("one table a schema") };
        let Said { seed, settings } = Said::deserialize(spec).expect("a spec that was written by this study");
        let games = games::games(outcomes, &settings);
        let (mut solved, mut learning) = (solved::Tables::default(), Vec::new());
        for game in &games {
            solved.add(game, &settings, seed);
            learning.extend(learning::learning(game, &settings, seed));
        }
        vec![
            Table::of(&solved.games),
            Table::of(&solved.payoffs),
            Table::of(&solved.mixtures),
            Table::of(&solved.quantal),
            Table::of(&learning),
            Table::of(&hydra::hydra(strikes)),
        ]
    },
};

/// The row of this study.
pub static PLUGIN: StudyPlugin = StudyPlugin {
    kind: &KIND,
    keys: || vec![keys::<ArenaSettings>("top level")],
    more_keys: |_| Vec::new(),
    notes: "  [[topology]]: an arm of the operator: `model` with its parameters, `label`, `group`, and tables of a campaign ([topology.operator], …)
  [[treatment]]: an arm of the defender: `label`, `budget` (server seizures), tables of a campaign and [[treatment.action]]
  every pair of a `group` and a `budget` is a game; tables are those of `hydranet describe campaign`",
    treatment_keys: || ["action", "budget"].into_iter().chain(Campaign::table_names()).collect(),
    varies: Varies {
        cells: &[
            CellTable { table: "topology", of: "topology", name: Some("model") },
            CellTable { table: "treatment", of: "treatment", name: None },
        ],
        shared: || Campaign::table_names().collect(),
        takes: |table, params, known| {
            let arm = varies::campaign(params, known, table);
            if table != "topology" {
                return Some(arm.with("budget", serde_json::json!({ "type": "number" })));
            }
            // an arm of the operator: what its model takes, and tables of a campaign
            let model = varies::topology(params, known)?;
            Some(Campaign::table_names().fold(model, |takes, name| {
                let mut table = arm.schema["properties"][name].clone();
                table["$defs"] = arm.schema["$defs"].clone();
                takes.with(name, table)
            }))
        },
    },
    read: |text, known| Ok(std::sync::Arc::new(Arena::read(text, known)?)),
    table: table::table,
    figures: figures::figures,
};
