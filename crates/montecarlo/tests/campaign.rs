//! Campaign studies: the same bytes for any number of threads and after a kill, and specs that cannot be are refused.

use hydranet_montecarlo::experiment::{self, Ended, HostRecord, Options};
use hydranet_montecarlo::runner::{How, Progress, Silent};
use hydranet_montecarlo::{Block, Experiment, Known, Shard, SpecError, parse};
use hydranet_takedown::{STRATEGIES, Strategies};
use hydranet_topology::Models;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

const SPEC: &str = r#"
study = "campaign"
title = "small"
seed = 11
networks = 3
block = 1

[time]
days = 40

[churn]
half_life_days = 100
recruits_per_day = 0.007

[[topology]]
model = "beacon"
peers = 60

[[topology]]
model = "random-regular"
n = 80
d = 10

[[treatment]]
label = "left alone"

[[treatment]]
label = "hit"
[treatment.evidence]
watch_per_day = 2
[[treatment.action]]
action = "partition"
strategy = "degree"
removals = 5
at_days = 10
"#;

fn read(text: &str) -> Result<Box<dyn Experiment>, SpecError> {
    let models = Models::default().with(hydranet_topology_random::MODELS).with(hydranet_topology_command::MODELS);
    parse(text, "test", Known { models: &models, strategies: &Strategies::default().with(STRATEGIES) })
}

fn run(results: &Path, threads: usize, stop: &AtomicBool, progress: &dyn Progress) -> Ended {
    let how = How { threads, shard: Shard::WHOLE, fresh: false, stop };
    let options = Options { results, how, progress, host: HostRecord::default() };
    experiment::run("small", &*read(SPEC).unwrap(), &options).unwrap()
}

fn bytes(results: &Path) -> Vec<Vec<u8>> {
    let files = ["outcomes.parquet", "days.parquet", "summary.csv", "timeline.csv", "recovery.csv"];
    files.iter().map(|name| std::fs::read(results.join(name)).unwrap()).collect()
}

/// Stops after the first block.
struct StopAtOnce<'a>(&'a AtomicBool);

impl Progress for StopAtOnce<'_> {
    fn start(&self, _: usize, _: usize) {}
    fn finished(&self, _: Block) {
        self.0.store(true, Ordering::Relaxed);
    }
    fn end(&self) {}
}

#[test]
fn threads_and_interruptions_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let go = AtomicBool::new(false);
    assert!(matches!(run(&at("one"), 1, &go, &Silent), Ended::Whole { .. }));
    run(&at("two"), 2, &go, &Silent);
    assert_eq!(bytes(&at("one")), bytes(&at("two")), "2 threads");
    let stop = AtomicBool::new(false);
    assert!(matches!(run(&at("three"), 1, &stop, &StopAtOnce(&stop)), Ended::Stopped(_)));
    run(&at("three"), 2, &go, &Silent);
    assert_eq!(bytes(&at("one")), bytes(&at("three")), "stopped and resumed");
    let summary = std::fs::read_to_string(at("one").join("summary.csv")).unwrap();
    let alone: Vec<&str> = summary.lines().filter(|l| l.contains("left alone,harm_averted,")).collect();
    assert_eq!(alone.len(), 2);
    for line in alone {
        assert!(line.contains("machine-days,0.0,0.0,0.0,0.0,0.0,"), "an empty playbook averts exactly nothing: {line}");
    }
}

/// The reason, and the text that it points at.
fn refused(from: &str, to: &str, reason: &str, at: &str) {
    assert!(SPEC.contains(from), "{from}");
    let text = SPEC.replacen(from, to, 1);
    let error = read(&text).map(|_| ()).expect_err(to);
    assert!(error.reason.contains(reason), "{to}: {}", error.reason);
    let span = error.span.expect("a place");
    assert!(text[span.clone()].contains(at), "{to}: points at {:?}", &text[span]);
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    refused("recruits_per_day = 0.007", "recruits_per_day = -1.0", "`recruits_per_day`: 0 or more, not -1", "-1.0");
    refused(
        "half_life_days = 100",
        "online_share = 1.5",
        "`online_share`: a share above 0 and at most 1, not 1.5",
        "1.5",
    );
    refused("at_days = 10", "at_days = -3", "before time 0", "-3");
    refused("at_days = 10", "success = 2.0", "`success`: a share from 0 to 1, not 2", "2.0");
    refused("days = 40", "days = 0", "`days`: above 0", "0");
    refused("days = 40", "dayz = 40", "did you mean `days`?", "dayz");
    refused("watch_per_day = 2", "nats = 0", "`nats`: more than 0, not 0", "0");
    refused("action = \"partition\"", "action = \"partitoin\"", "did you mean `partition`?", "partitoin");
    refused("removals = 5", "removals = 0", "at least 1 node", "0");
    refused("removals = 5", "remvals = 5", "unknown field `remvals`", "remvals");
    refused("[treatment.evidence]", "[treatment.evidnce]", "unknown field `evidnce`", "evidnce");
    refused("label = \"hit\"", "label = \"left alone\"", "two treatments are called `left alone`", "left alone");
    let claim =
        "\n[[claim]]\nsays = \"x\"\nmeasured = \"y\"\ntopology = \"beacon\"\ntreatment = \"hit\"\nmetric = \"dept\"\n";
    let error = read(&format!("{SPEC}{claim}")).map(|_| ()).expect_err("no such metric");
    assert!(error.reason.contains("no metric `dept` here; there are depth"), "{}", error.reason);
}
