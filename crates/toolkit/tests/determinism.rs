//! The same spec and seed give the same bytes: for any number of threads, in shards, stopped and resumed.

use hydranet_montecarlo::engine::{self, Ended, HostRecord, Options};
use hydranet_montecarlo::runner::{How, Progress, Silent};
use hydranet_montecarlo::{Block, Experiment, Shard, SpecError};
use hydranet_results::summary::SummaryRow;
use hydranet_toolkit::Toolkit;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

const SPEC: &str = r#"
title = "small"
seed = 11
networks = 7
orders = 2
points = 20
block = 2

[[topology]]
model = "gnm"
n = 120
m = 200

[[topology]]
model = "beacon"
peers = 60
servers = 3

[[topology]]
model = "super-peer"
peers = 100

[[treatment]]
strategy = "random"

[[treatment]]
strategy = "adaptive-degree"
label = "attack"

[[treatment]]
strategy = "random"
label = "links"
removes = "edges"
"#;

const TABLES: [&str; 3] = ["trials.parquet", "curves.parquet", "degrees.parquet"];

fn read(text: &str, source: &str) -> Result<Experiment, SpecError> {
    Toolkit::default().parse(text, source)
}

fn spec(text: &str) -> Experiment {
    read(text, "test").unwrap()
}

fn run(text: &str, results: &Path, threads: usize, shard: Shard, stop: &AtomicBool, progress: &dyn Progress) -> Ended {
    let how = How { threads, shard, fresh: false, stop };
    let options = Options { results, how, progress, host: HostRecord::default() };
    engine::run("small", &spec(text), &options).unwrap()
}

fn whole(text: &str, results: &Path, threads: usize) {
    let ended = run(text, results, threads, Shard::WHOLE, &AtomicBool::new(false), &Silent);
    assert!(matches!(ended, Ended::Whole { .. }));
}

fn bytes(results: &Path) -> Vec<Vec<u8>> {
    TABLES.iter().map(|name| std::fs::read(results.join(name)).unwrap()).collect()
}

/// Asks for an end after so many blocks.
struct StopAfter<'a> {
    left: AtomicUsize,
    stop: &'a AtomicBool,
}

impl Progress for StopAfter<'_> {
    fn start(&self, _: usize, _: usize) {}
    fn finished(&self, _: Block) {
        if self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.stop.store(true, Ordering::Relaxed);
        }
    }
    fn end(&self) {}
}

#[test]
fn threads_shards_and_interruptions_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    whole(SPEC, &at("one"), 1);
    let reference = bytes(&at("one"));

    whole(SPEC, &at("four"), 4);
    assert_eq!(bytes(&at("four")), reference, "4 threads");

    let shards: Vec<PathBuf> = (0..3)
        .map(|index| {
            let results = at(&format!("shard{index}"));
            let stop = AtomicBool::new(false);
            let ended = run(SPEC, &results, 2, Shard { index, count: 3 }, &stop, &Silent);
            assert!(matches!(ended, Ended::Shard(done) if done.found == 0 && done.computed > 0));
            results
        })
        .collect();
    let error = Toolkit::default().merge(&shards[..2], &HostRecord::default()).unwrap_err();
    assert!(error.to_string().contains("blocks are missing"), "{error}");
    Toolkit::default().merge(&shards, &HostRecord::default()).unwrap();
    assert_eq!(bytes(&shards[0]), reference, "3 shards");

    let stop = AtomicBool::new(false);
    let progress = StopAfter { left: AtomicUsize::new(3), stop: &stop };
    let ended = run(SPEC, &at("stopped"), 2, Shard::WHOLE, &stop, &progress);
    let Ended::Stopped(done) = ended else { panic!("it was stopped: {ended:?}") };
    assert!(done.computed >= 3 && done.missing > 0, "{done:?}");
    // a part that was damaged is computed again
    let parts = std::fs::read_dir(at("stopped").join("parts")).unwrap().next().unwrap().unwrap().path();
    let victim =
        std::fs::read_dir(parts).unwrap().map(|e| e.unwrap().path()).find(|p| p.to_string_lossy().contains("trials"));
    std::fs::write(victim.unwrap(), b"PAR1 no more").unwrap();
    whole(SPEC, &at("stopped"), 2);
    assert_eq!(bytes(&at("stopped")), reference, "stopped and resumed");
    for name in ["summary.csv", "differences.csv", "bands.csv", "degrees.csv"] {
        let read = |folder: &str| std::fs::read(at(folder).join(name)).unwrap();
        assert_eq!(read("one"), read("stopped"), "{name}");
    }
}

#[test]
fn the_first_trials_of_more_are_the_same_trials() {
    let folder = tempfile::tempdir().unwrap();
    let (few, many) = (folder.path().join("few"), folder.path().join("many"));
    whole(SPEC, &few, 2);
    whole(&SPEC.replace("networks = 7", "networks = 12"), &many, 2);
    let trials = |results: &Path| {
        hydranet_results::parquet::read(&results.join("trials.parquet"), &hydranet_studies::takedown::rows::TRIALS)
            .unwrap()
    };
    let (few, many) = (trials(&few), trials(&many));
    let mut rows = few.records::<hydranet_studies::takedown::rows::TrialRow<'_>>();
    let kept: Vec<_> =
        many.records::<hydranet_studies::takedown::rows::TrialRow<'_>>().filter(|row| row.network < 7).collect();
    assert_eq!(kept.len(), few.rows());
    assert!(kept.iter().all(|row| rows.next().as_ref() == Some(row)));
}

#[test]
fn precision_draws_until_intervals_are_narrow() {
    let folder = tempfile::tempdir().unwrap();
    let text = SPEC.replace("networks = 7", "networks = 3\nprecision = 0.02\nmax_networks = 60");
    let stop = AtomicBool::new(false);
    let ended = run(&text, folder.path(), 2, Shard::WHOLE, &stop, &Silent);
    let Ended::Whole { summary: s, short } = ended else { panic!("not stopped") };
    let summary: Vec<SummaryRow> = s[0].1.records().collect();
    let networks = summary[0].networks;
    let narrow = summary
        .iter()
        .filter(|r| ["r", "r_cmd", "f_c", "set_size"].contains(&r.metric.as_str()))
        .filter_map(|r| Some((r.hi? - r.lo?) / 2.0))
        .all(|half| half <= 0.02);
    assert!(networks > 3 && (narrow || networks == 60), "{networks} networks, narrow: {narrow}");
    assert_eq!(short.is_none(), narrow, "{short:?}");
    let shard = Shard { index: 0, count: 2 };
    let how = How { threads: 1, shard, fresh: false, stop: &stop };
    let options = Options { results: folder.path(), how, progress: &Silent, host: HostRecord::default() };
    assert!(engine::run("small", &spec(&text), &options).unwrap_err().to_string().contains("without --shard"));
}

/// Golden rows: a change here is value-breaking.
#[test]
fn golden_rows() {
    let folder = tempfile::tempdir().unwrap();
    whole(SPEC, folder.path(), 1);
    let path = folder.path().join("trials.parquet");
    let table = hydranet_results::parquet::read(&path, &hydranet_studies::takedown::rows::TRIALS).unwrap();
    let rows: Vec<_> = table
        .records::<hydranet_studies::takedown::rows::TrialRow<'_>>()
        .filter(|r| r.network == 1 && r.order == 1)
        .map(|r| (r.topology, r.treatment, r.sum_largest, r.sum_reach, r.peak_removed, r.set_size))
        .collect();
    let want = [
        ("gnm", "random", 5181, 5181, 62, Some(110)),
        ("gnm", "attack", 2406, 2406, 28, Some(60)),
        ("gnm", "links", 12173, 12173, 115, Some(200)),
        ("beacon", "random", 1943, 1803, 58, Some(58)),
        ("beacon", "attack", 183, 120, 3, Some(3)),
        ("beacon", "links", 8453, 8034, 165, Some(180)),
        ("super-peer", "random", 4906, 3586, 87, Some(95)),
        ("super-peer", "attack", 2009, 1709, 25, Some(25)),
        ("super-peer", "links", 79408, 58792, 830, Some(875)),
    ];
    assert_eq!(rows, want);
}

#[test]
fn specs_that_are_wrong_say_where() {
    let check = |from: &str, to: &str, want: &str, line: usize| {
        let text = SPEC.replacen(from, to, 1);
        let error = read(&text, "s.toml").unwrap_err();
        assert!(error.to_string().contains(want), "{error}");
        assert_eq!(error.line_column().map(|p| p.0), Some(line), "{error}");
    };
    check("networks = 7", "netwroks = 7", "did you mean `networks`?", 4);
    check("seed = 11", "", "seed", 1);
    check("networks = 7", "networks = 0", "at least 1 network", 4);
    check("\"gnm\"", "\"gmn\"", "did you mean `gnm`?", 10);
    check("m = 200", "mm = 200", "unknown field `mm`", 12);
    check("m = 200", "m = 20000", "`m`", 12);
    check("servers = 3", "servers = \"three\"", "servers", 17);
    check("label = \"attack\"", "label = \"random\"", "two treatments are called `random`", 28);
    check("\"edges\"", "\"links\"", "\"nodes\" or \"edges\"", 33);
    check("title = \"small\"", "title = small", "", 2);
    check("seed = 11", "study = \"takedwon\"\nseed = 11", "did you mean `takedown`?", 3);
    check("removes = \"edges\"", "removes = \"edges\"\nremoval_cost = \"degree\"", "no cost of their own", 34);
}

/// Costs, cascades and measures along the takedown: the same bytes for 1 and 2 threads, and the numbers that the functions give.
#[test]
fn costs_cascades_and_measures() {
    const RICH: &str = r#"
title = "rich"
seed = 5
networks = 4
orders = 2
measure = ["global_efficiency", "effective_graph_resistance"]
measure_at = [0.0, 0.25]

[[topology]]
model = "complete"
n = 20

[[treatment]]
strategy = "degree"
reinsertion = true
removal_cost = "degree"
cascade = { alpha = 0.5, seeds = 2 }
"#;
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    whole(RICH, one.path(), 1);
    whole(RICH, two.path(), 2);
    for table in ["trials", "curves", "degrees", "measures"] {
        let [a, b] = [&one, &two].map(|d| std::fs::read(d.path().join(format!("{table}.parquet"))).unwrap());
        assert_eq!(a, b, "{table}");
    }
    let read = |schema| hydranet_results::parquet::read(&one.path().join("trials.parquet"), schema).unwrap();
    let trials = read(&hydranet_studies::takedown::rows::TRIALS);
    for row in trials.records::<hydranet_studies::takedown::rows::TrialRow<'_>>() {
        // every node costs its 19 links, whatever the order: cost is 19 times the count
        assert_eq!((row.removal_cost, row.total_cost), ("degree", 380.0));
        assert_eq!(row.sum_largest_cost, 19.0 * row.sum_largest as f64);
        assert_eq!(row.set_cost, row.set_size.map(|q| 19.0 * q as f64));
        // in a complete network nothing passes through anybody
        assert_eq!((row.cascade_seeds, row.avalanche, row.cascade_largest), (Some(2), Some(0), Some(18)));
        assert!(row.protocol.contains("reinsertion=true"), "{}", row.protocol);
    }
    let path = one.path().join("measures.parquet");
    let measures = hydranet_results::parquet::read(&path, &hydranet_studies::takedown::measures::MEASURES).unwrap();
    let mut rows = 0;
    for row in measures.records::<hydranet_studies::takedown::measures::MeasureRow<'_>>() {
        let left = 20.0 - row.removed as f64;
        // every pair at distance 1; n − 1 nonzero Laplacian eigenvalues, all n
        let want = if row.measure == "global_efficiency" { 1.0 } else { left - 1.0 };
        assert!((row.value.unwrap() - want).abs() < 1e-9, "{row:?}");
        assert_eq!(row.nodes as f64, left);
        rows += 1;
    }
    assert_eq!(rows, 4 * 2 * 2 * 2);
}
