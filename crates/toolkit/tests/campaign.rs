//! Campaign studies: the same bytes for any number of threads and after a kill, and specs that cannot be are refused.

use hydranet_montecarlo::engine::{self, Ended, HostRecord, Options};
use hydranet_montecarlo::runner::{How, Progress, Silent};
use hydranet_montecarlo::{Block, Experiment, Shard, SpecError};
use hydranet_toolkit::Toolkit;
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

fn read(text: &str) -> Result<Experiment, SpecError> {
    Toolkit::default().parse(text, "test")
}

fn run(results: &Path, threads: usize, stop: &AtomicBool, progress: &dyn Progress) -> Ended {
    let how = How { threads, shard: Shard::WHOLE, fresh: false, stop };
    let options = Options { results, how, progress, host: HostRecord::default() };
    engine::run("small", &read(SPEC).unwrap(), &options).unwrap()
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

/// All that a spec is, with defaults, as it is recorded.
fn recorded(text: &str) -> serde_json::Value {
    read(text).unwrap().to_json()
}

#[test]
fn what_a_treatment_leaves_out_is_what_the_spec_says() {
    let base = "[operator]\nrebuild_days = 3.0\nlearns = 0.5\n\n[[topology]]";
    let own = "[treatment.operator]\nlearns = 0.25\n[treatment.evidence]";
    let text = SPEC.replacen("[[topology]]", base, 1).replacen("[treatment.evidence]", own, 1);
    let json = recorded(&text);
    let operator = |i: usize, key: &str| json["treatment"][i]["operator"][key].as_f64().unwrap();
    assert_eq!([operator(0, "rebuild_days"), operator(0, "learns")], [3.0, 0.5]);
    assert_eq!([operator(1, "rebuild_days"), operator(1, "learns")], [3.0, 0.25]);
    assert_eq!(operator(1, "rebuild_share"), 0.95, "the default where neither says");
    // an impossible value is pointed at wherever it stands: here in the table for all
    let text = text.replace("rebuild_days = 3.0", "rebuild_days = -3.0");
    let error = read(&text).map(|_| ()).unwrap_err();
    assert!(error.reason.contains("`operator`: `rebuild_days`: more than 0, not -3"), "{}", error.reason);
    assert_eq!(&text[error.span.unwrap()], "-3.0");
}

const CASE: &str = r#"
study = "field-case"
title = "cases"
seed = 3
networks = 4

[[case]]
label = "small"
source = "s"
cannot = "c"
[case.topology]
model = "gnm"
n = 20
m = 60
[case.time]
days = 10
[[case.action]]
action = "clean-up"
at_days = 5
[[case.prior]]
parameter = "churn.half_life_days"
from = 100
to = 3000
[[case.published]]
observable = "members"
day = 8
share = 0.9
sigma = 0.05
"#;

#[test]
fn priors_are_set_by_path() {
    read(CASE).unwrap();
    read(&CASE.replace("churn.half_life_days", "action.1.share").replace("100", "0.1").replace("3000", "0.5")).unwrap();
    let refused = |from: &str, to: &str, reason: &str, at: &str| {
        assert!(CASE.contains(from), "{from}");
        let text = CASE.replacen(from, to, 1);
        let error = read(&text).map(|_| ()).expect_err(to);
        assert!(error.reason.contains(reason), "{to}: {}", error.reason);
        assert_eq!(&text[error.span.expect("a place")], at, "{to}");
    };
    refused("churn.half_life_days", "churn.half_life_day", "did you mean `half_life_days`?", "\"churn.half_life_day\"");
    refused("churn.half_life_days", "chrun.half_life_days", "did you mean `churn`?", "\"chrun.half_life_days\"");
    refused("churn.half_life_days", "churn", "no path", "\"churn\"");
    refused("churn.half_life_days", "action.2.share", "1 actions", "\"action.2.share\"");
    refused("from = 100", "from = -1", "`churn.half_life_days`: more than 0, not -1", "-1");
    refused("to = 3000", "to = 3", "`from` is below `to`", "[[case.prior]]");
    refused("[case.time]", "[case.tiem]", "unknown field `tiem`", "tiem");
    refused("days = 10", "dayz = 10", "`time`: unknown field `dayz`", "dayz");
}
