//! Lookup studies run through the same runner as all others: the same bytes for any number of threads and shards.

use hydranet_montecarlo::engine::{self, Ended, HostRecord, Options};
use hydranet_montecarlo::runner::{How, Silent};
use hydranet_montecarlo::{Experiment, Shard, SpecError};
use hydranet_studies::lookup::rows::{LOOKUPS, LookupRow};
use hydranet_toolkit::Toolkit;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

const SPEC: &str = r#"
study = "lookup"
title = "small"
seed = 5
networks = 5
orders = 2
pairs = 2000
fractions = [0.0, 0.1, 0.3, 0.5]

[[topology]]
model = "chord"
bits = 8

[[topology]]
model = "plaxton-tree"
bits = 8

[[topology]]
model = "hypercube"
bits = 8

[[treatment]]
strategy = "random"

[[treatment]]
strategy = "adaptive-degree"
label = "attack"
"#;

fn read(text: &str) -> Result<Experiment, SpecError> {
    Toolkit::default().parse(text, "s.toml")
}

fn run(text: &str, results: &Path, threads: usize, shard: Shard) -> Result<Ended, engine::ExperimentError> {
    let stop = AtomicBool::new(false);
    let how = How { threads, shard, fresh: false, stop: &stop };
    let options = Options { results, how, progress: &Silent, host: HostRecord::default() };
    engine::run("small", &read(text).unwrap(), &options)
}

fn bytes(results: &Path) -> Vec<Vec<u8>> {
    ["lookups.parquet", "summary.csv"].iter().map(|name| std::fs::read(results.join(name)).unwrap()).collect()
}

#[test]
fn threads_and_shards_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for (name, threads) in [("one", 1), ("two", 2)] {
        assert!(matches!(run(SPEC, &at(name), threads, Shard::WHOLE).unwrap(), Ended::Whole { .. }));
    }
    assert_eq!(bytes(&at("one")), bytes(&at("two")), "2 threads");
    let shards: Vec<PathBuf> = (0..3)
        .map(|index| {
            let results = at(&format!("shard{index}"));
            run(SPEC, &results, 2, Shard { index, count: 3 }).unwrap();
            results
        })
        .collect();
    Toolkit::default().merge(&shards, &HostRecord::default()).unwrap();
    assert_eq!(bytes(&shards[0]), bytes(&at("one")), "3 shards");

    let table = hydranet_results::parquet::read(&at("one").join("lookups.parquet"), &LOOKUPS).unwrap();
    let rows: Vec<LookupRow<'_>> = table.records().collect();
    assert_eq!(rows.len(), 3 * 2 * 5 * 2 * 4);
    assert!(rows.iter().all(|r| r.removed > 0 || (r.failed == 0 && r.hops_p50.is_some())), "nothing fails at first");
    // golden rows: a change here is value-breaking
    let golden: Vec<_> = rows
        .iter()
        .filter(|r| r.network == 1 && r.order == 1 && r.point == 2)
        .map(|r| (r.topology, r.treatment, r.removed, r.failed, r.hops, r.hops_p90))
        .collect();
    assert_eq!(golden, GOLDEN);
}
type Row = (&'static str, &'static str, u64, u64, u64, Option<u64>);

const GOLDEN: [Row; 6] = [
    ("chord", "random", 77, 165, 8315, Some(7)),
    ("chord", "attack", 77, 25, 9602, Some(7)),
    ("plaxton-tree", "random", 77, 1240, 2458, Some(5)),
    ("plaxton-tree", "attack", 77, 1640, 1053, Some(4)),
    ("hypercube", "random", 77, 175, 7312, Some(6)),
    ("hypercube", "attack", 77, 397, 6502, Some(6)),
];

#[test]
fn trials_do_not_depend_on_their_number() {
    let folder = tempfile::tempdir().unwrap();
    let (few, many) = (folder.path().join("few"), folder.path().join("many"));
    run(SPEC, &few, 2, Shard::WHOLE).unwrap();
    run(&SPEC.replace("networks = 5", "networks = 8"), &many, 2, Shard::WHOLE).unwrap();
    let [few, many] =
        [few, many].map(|f| hydranet_results::parquet::read(&f.join("lookups.parquet"), &LOOKUPS).unwrap());
    let kept: Vec<LookupRow<'_>> = many.records::<LookupRow<'_>>().filter(|r| r.network < 5).collect();
    assert!(few.records::<LookupRow<'_>>().eq(kept));
}

#[test]
fn precision_draws_until_intervals_are_narrow() {
    let folder = tempfile::tempdir().unwrap();
    let text = SPEC.replace("networks = 5", "networks = 2\nprecision = 0.02\nmax_networks = 40");
    let Ended::Whole { summary, .. } = run(&text, folder.path(), 2, Shard::WHOLE).unwrap() else {
        panic!("not stopped")
    };
    let rows: Vec<hydranet_results::summary::SummaryRow> = summary[0].1.records().collect();
    let widest = rows.iter().filter(|r| r.metric == "failed").map(|r| (r.hi.unwrap() - r.lo.unwrap()) / 2.0);
    let widest = widest.fold(0.0, f64::max);
    assert!(rows[0].networks > 2 && (widest <= 0.02 || rows[0].networks == 40), "{widest} of {}", rows[0].networks);
}

#[test]
fn what_is_wrong_is_said() {
    let says = |from: &str, to: &str, want: &str| {
        let error = read(&SPEC.replacen(from, to, 1)).unwrap_err();
        assert!(error.to_string().contains(want), "{error}");
    };
    says("\"lookup\"", "\"lokup\"", "did you mean `lookup`?");
    says("pairs = 2000", "piars = 2000", "did you mean `pairs`?");
    says("pairs = 2000", "pairs = 0", "at least 1 lookup");
    says("0.3, 0.5", "0.5, 0.3", "they increase; 0.3 does not");
    says("0.5]", "1.0]", "below 1, not 1");
    // before any work, with the place
    let drawn = |from: &str, to: &str, want: &str, at: &str| {
        let text = SPEC.replacen(from, to, 1);
        let error = read(&text).unwrap().check_networks().unwrap_err();
        assert!(error.reason.contains(want), "{error}");
        assert_eq!(&text[error.span.clone().expect("a place")], at, "{error}");
    };
    assert!(read(SPEC).unwrap().check_networks().is_ok());
    let gnm = "model = \"gnm\"\nn = 100\nm = 300";
    drawn("model = \"hypercube\"\nbits = 8", gnm, "topology `gnm`: `gnm` is no structured overlay", "\"gnm\"");
    drawn(
        "0.5]",
        "0.999]",
        "topology `chord`: at the share 0.999, 256 of 256 nodes have failed",
        "[0.0, 0.1, 0.3, 0.999]",
    );
    let ran = |from: &str, to: &str, want: &str| {
        let folder = tempfile::tempdir().unwrap();
        let error = run(&SPEC.replacen(from, to, 1), folder.path(), 1, Shard::WHOLE).unwrap_err().to_string();
        assert!(error.contains(want), "{error}");
    };
    ran("model = \"chord\"\nbits = 8", "model = \"gnm\"\nn = 100\nm = 300", "no geometry by which lookups are routed");
    ran("strategy = \"random\"", "strategy = \"edge-betweenness\"", "edges");
    ran("0.5]", "0.999]", "a lookup needs two live ones");
}
