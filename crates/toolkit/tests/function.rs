//! Studies of what networks are for: the same bytes for any number of threads and shards, with everything that a treatment
//! can have.

use hydranet_montecarlo::engine::{self, HostRecord, Options};
use hydranet_montecarlo::runner::{How, Silent};
use hydranet_montecarlo::{Experiment, Shard, SpecError};
use hydranet_toolkit::Toolkit;
use std::path::Path;
use std::sync::atomic::AtomicBool;

const BROADCAST: &str = r#"
study = "broadcast"
title = "small"
seed = 5
networks = 4
orders = 2
fractions = [0.0, 0.3, 0.6]
fanout = 3

[[topology]]
model = "random-peer-list"
n = 200
k = 8
routable_share = 0.5

[[topology]]
model = "gnm"
n = 200
m = 600

[[treatment]]
strategy = "random"

[[treatment]]
strategy = "random"
label = "poisoned"
interference = { poison = 0.3, sybil = 0.1 }

[[treatment]]
strategy = "degree"
label = "cut"
interference = { cut_off = { share = 0.25 } }
"#;

const DISCOVERY: &str = r#"
study = "discovery"
title = "small"
seed = 5
networks = 4
orders = 2
requests = [0.01, 0.1, 1.0]
reply = 5

[[topology]]
model = "random-peer-list"
n = 200
k = 8
routable_share = 0.5

[[treatment]]
strategy = "adaptive-degree"
"#;

const TAKEDOWN: &str = r#"
title = "small"
seed = 5
networks = 4
orders = 2
function_at = [0.0, 0.5, 0.9]
lookups = 50

[[topology]]
model = "chord"
bits = 8

[[topology]]
model = "random-regular"
n = 200
d = 6

[[treatment]]
strategy = "degree"
"#;

const LOOKUPS: &str = r#"
study = "lookup"
title = "small"
seed = 5
networks = 4
fractions = [0.0, 0.3]
pairs = 300

[[topology]]
model = "kademlia"
bits = 8
k = 3

[[treatment]]
strategy = "random"
label = "eclipse"
interference = { eclipse = { range = 0.2, share = 0.9 } }

[[treatment]]
strategy = "random"
label = "asked"
iterative = { parallel = 2 }
interference = { sybil = 0.2 }
"#;

const REPAIR: &str = r#"
title = "small"
seed = 5
networks = 3

[[topology]]
model = "self-healing"
n = 200
k = 6

[[treatment]]
strategy = "adaptive-degree"

[[treatment]]
strategy = "adaptive-degree"
label = "repaired"
repair = { max_degree = 6 }
"#;

const CASES: &str = r#"
study = "field-case"
title = "small"
seed = 5
networks = 8
within = 3.0

[[case]]
label = "abandoned"
source = "nobody"
cannot = "anything"
[case.topology]
model = "gnm"
n = 100
m = 300
[case.time]
days = 20
[case.fleet]
networks = 2
[[case.prior]]
parameter = "churn.half_life_days"
from = 5
to = 500
log = true
[[case.published]]
observable = "members"
day = 10
share = 0.8
sigma = 0.05
"#;

fn read(text: &str) -> Result<Experiment, SpecError> {
    Toolkit::default().parse(text, "s.toml")
}

fn run(text: &str, results: &Path, threads: usize, shard: Shard) {
    let stop = AtomicBool::new(false);
    let how = How { threads, shard, fresh: false, stop: &stop };
    let options = Options { results, how, progress: &Silent, host: HostRecord::default() };
    engine::run("small", &read(text).unwrap(), &options).unwrap();
}

/// All tables of a results folder, by name.
fn tables(results: &Path) -> Vec<(String, Vec<u8>)> {
    let mut list: Vec<_> = std::fs::read_dir(results)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "csv" || e == "parquet"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    list.sort();
    list
}

#[test]
fn threads_and_shards_change_nothing() {
    for text in [BROADCAST, DISCOVERY, TAKEDOWN, LOOKUPS, REPAIR, CASES] {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        run(text, &at("one"), 1, Shard::WHOLE);
        run(text, &at("two"), 2, Shard::WHOLE);
        let whole = tables(&at("one"));
        assert!(whole.len() >= 2 && whole == tables(&at("two")), "2 threads: {text}");
        let shards = [0, 1].map(|index| {
            let results = at(&format!("shard{index}"));
            run(text, &results, 2, Shard { index, count: 2 });
            results
        });
        Toolkit::default().merge(&shards, &HostRecord::default()).unwrap();
        assert!(whole == tables(&shards[0]), "2 shards: {text}");
    }
}

#[test]
fn what_is_wrong_is_said() {
    let says = |text: &str, from: &str, to: &str, want: &str| {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        let error = read(&changed).unwrap_err().to_string();
        assert!(error.contains(want), "{error}");
    };
    says(BROADCAST, "poison = 0.3", "poison = 1.3", "a share of entries, 0 to 1, not 1.3");
    says(BROADCAST, "poison = 0.3", "poisson = 0.3", "did you mean `poison`?");
    says(BROADCAST, "{ share = 0.25 }", "0.25", "cut_off");
    says(BROADCAST, "interference = { poison", "iterative = { poison", "unknown field `iterative`");
    says(LOOKUPS, "parallel = 2", "parallel = 0", "1 to 64 requests a round, not 0");
    says(LOOKUPS, "range = 0.2", "range = 0", "above 0 and below 1, not 0");
    says(TAKEDOWN, "0.5, 0.9", "0.9, 0.5", "`function_at`: removed fractions increase");
    says(REPAIR, "max_degree = 6", "max_degree = 1", "at least 2 links, not 1");
    says(CASES, "half_life_days", "half_live_days", "unknown field `half_live_days`");
    says(CASES, "from = 5\n", "from = 600\n", "`from` is below `to`");
    says(CASES, "day = 10", "day = 30", "within the 20 days that are followed");
    says(REPAIR, "seed = 5", "seed = 5\nfunction_at = [0.1]", "leave them out where it repairs itself");
    says(REPAIR, "repair = {", "removes = \"edges\"\nrepair = {", "repair follows seized nodes");
}
