//! Plug-ins of somebody else, one of every kind, join the program without a change in ours.

#[path = "../examples/foreign/plugins.rs"]
mod plugins;

use hydranet::montecarlo::Experiment;
use hydranet::montecarlo::engine::{self, Ended, HostRecord, Options};
use hydranet::montecarlo::{Shard, runner};
use hydranet::prelude::*;
use hydranet::results::{csv, summary::SummaryRow};
use hydranet::studies::Folder;
use std::path::Path;
use std::sync::atomic::AtomicBool;

const SPEC: &str = r#"
study = "half-gone"
title = "Half gone"
seed = 5
networks = 6
orders = 2
fallen = 0.5

[[topology]]
model = "caterpillar"
spine = 8
legs = 2

[[topology]]
model = "gnm"
n = 60
m = 120

[[treatment]]
strategy = "every-other"

[[treatment]]
strategy = "random"
reinsertion = true

[[claim]]
says = "A caterpillar does not survive it."
measured = "what is left"
topology = "caterpillar"
treatment = "every-other"
metric = "left_at_half"
at_most = 0.5
"#;

fn toolkit() -> Toolkit {
    Toolkit::default()
        .with_topologies(plugins::MODELS)
        .with_strategies(plugins::STRATEGIES)
        .with_actions(plugins::ACTIONS)
        .with_studies(plugins::STUDIES)
}

fn run(spec: &Experiment, results: &Path, threads: usize) {
    let how = runner::How { threads, shard: Shard::WHOLE, fresh: false, stop: &AtomicBool::new(false) };
    let options = Options { results, how, progress: &runner::Silent, host: HostRecord::default() };
    assert!(matches!(engine::run("half", spec, &options), Ok(Ended::Whole { .. })));
}

fn bytes(folder: &Path, file: &str) -> Vec<u8> {
    std::fs::read(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

fn csv_of<R: for<'t> hydranet::results::Record<'t>>(rows: &[R]) -> Vec<u8> {
    let mut out = Vec::new();
    // files have eight digits, tables in memory all
    csv::write(&hydranet::results::Table::of(rows).rounded(8), &mut out).unwrap();
    out
}

#[test]
fn tables_keep_their_promises() {
    hydranet::topology::check(plugins::MODELS);
    hydranet::takedown::check(plugins::STRATEGIES);
    hydranet::plugin::check(plugins::ACTIONS);
}

#[test]
fn a_foreign_study_runs_on_foreign_topologies_under_foreign_strategies() {
    let spec = toolkit().parse(SPEC, "spec.toml").unwrap();
    let folders = [1, 2].map(|threads| {
        let folder = tempfile::tempdir().unwrap();
        run(&spec, folder.path(), threads);
        folder
    });
    let [one, two] = folders.each_ref().map(|folder| folder.path());
    for file in ["halves.parquet", "summary.csv", "differences.csv"] {
        assert_eq!(bytes(one, file), bytes(two, file), "{file}");
    }
    // in memory it is the same
    let found = spec.run_in_memory(2).unwrap();
    assert_eq!(csv_of(&found.summary), bytes(one, "summary.csv"));
    assert_eq!(csv_of(&found.differences), bytes(one, "differences.csv"));
    assert_eq!(
        (found.networks, found.table(&plugins::study::HALVES).map(|table| table.rows())),
        (6, Some(2 * 2 * 6 * 2))
    );

    let folder = Folder::open(one).unwrap();
    let summary: Vec<SummaryRow> = folder.summary().unwrap();
    // of 24 nodes 12 fall, half of the spine among them: 4 pieces of a spine node and its odd leg are left, of 2 nodes each
    let row = summary.iter().find(|row| row.is(&plugins::study::LEFT_AT_HALF.info)).unwrap();
    assert_eq!((row.topology.as_str(), row.treatment.as_str(), row.networks), ("caterpillar", "every-other", 6));
    // 2 of 24, in the eight digits of a file
    let share = 0.083333333;
    assert_eq!(row.mean, Some(share));
    assert_eq!(row.interval().map(|(lo, hi)| lo <= share && share <= hi), Some(true));

    let study = toolkit().studies.get(folder.study()).unwrap();
    let lines = (study.table)(&folder).unwrap().remove(0);
    assert_eq!(lines.head, ["topology", "treatment", "left at half"]);
    assert!(lines.rows[0][2].starts_with("0.083 ±"), "{:?}", lines.rows);
    let figures = study.draw(&folder, None).unwrap();
    let names: Vec<&str> = figures.iter().map(|figure| figure.name.as_str()).collect();
    assert_eq!(names, ["left", "claims"]);
    assert!(figures[0].figure.texts().any(|text| text.contains("caterpillar")));
}

#[test]
fn intervals_as_narrow_as_asked_for_take_as_many_networks_in_memory() {
    let text = SPEC.replace("networks = 6", "networks = 2\nprecision = 0.03\nmax_networks = 64\nblock = 1");
    let spec = toolkit().parse(&text, "spec.toml").unwrap();
    let folder = tempfile::tempdir().unwrap();
    run(&spec, folder.path(), 2);
    let found = spec.run_in_memory(1).unwrap();
    assert!((3..=64).contains(&found.networks), "{}", found.networks);
    assert_eq!(csv_of(&found.summary), bytes(folder.path(), "summary.csv"));
}

#[test]
fn a_foreign_action_strikes_in_a_campaign_study() {
    let text = r#"
study = "campaign"
title = "Blackout"
seed = 1
networks = 2
[time]
days = 12
[churn]
sessions = "never"
[[topology]]
model = "random-peer-list"
n = 100
k = 10
[[treatment]]
label = "dark"
[[treatment.action]]
action = "blackout"
share = 0.5
at_days = 3
duration_days = 3
"#;
    let found = toolkit().parse(text, "spec.toml").unwrap().run_in_memory(0).unwrap();
    let depth = hydranet::studies::campaign::metrics::DEPTH.info;
    let row = found.of(&depth, "random-peer-list", "dark").next().unwrap();
    assert_eq!(row.mean, Some(0.5));
}

#[test]
fn what_nobody_brought_is_told() {
    let error = Toolkit::default().parse(SPEC, "spec.toml").unwrap_err();
    assert!(error.reason.starts_with("no study `half-gone`"), "{}", error.reason);
}
