//! Sweeps: the cells that a spec makes, the same bytes however they are computed, and that only what is new is computed.

use super::*;
use hydranet_montecarlo::engine::Ended;
use hydranet_overlay::Role;
use hydranet_results::{SweepValue, csv};
use hydranet_topology::{Params, Purpose, Trial, trial_rng};
use std::collections::BTreeSet;

const TAKEDOWN: &str = "title = \"t\"\nseed = 3\nnetworks = 5\norders = 2\nblock = 2\npoints = 10\n\
    [[topology]]\nmodel = \"super-peer\"\npeers = [40, 80]\n[[topology]]\nmodel = \"gnm\"\nlabel = \"random\"\nn = 50\nm = 90\n\
    [[treatment]]\nstrategy = \"random\"\n[[treatment]]\nstrategy = \"degree\"\ncascade = { alpha = [0.1, 0.5] }\n";

const CAMPAIGN: &str = "study = \"campaign\"\ntitle = \"c\"\nseed = 3\nnetworks = 3\n[time]\ndays = 8\n\
    [operator]\nrebuild_days = [1, 4]\n\
    [[topology]]\nmodel = \"beacon\"\npeers = 40\nservers = 3\n\
    [[treatment]]\nlabel = \"seize\"\n[[treatment.action]]\naction = \"seize-servers\"\nat_days = [2, 3]\n";

const LOOKUP: &str = "study = \"lookup\"\ntitle = \"l\"\nseed = 3\nnetworks = 2\npairs = 20\nfractions = [0.1, 0.3]\n\
    [[topology]]\nmodel = \"kademlia\"\nk = [2, 4]\nsize = 64\n\
    [[treatment]]\nstrategy = \"random\"\niterative = { parallel = [1, 3] }\n";

const BROADCAST: &str = "study = \"broadcast\"\ntitle = \"b\"\nseed = 3\nnetworks = 2\nfractions = [0.0, 0.3]\n\
    [[topology]]\nmodel = \"gnm\"\nn = 40\nm = 90\n\
    [[treatment]]\nstrategy = \"random\"\ninterference = { poison = [0.1, 0.3] }\n[[treatment]]\nstrategy = \"degree\"\n";

const DISCOVERY: &str = "study = \"discovery\"\ntitle = \"d\"\nseed = 3\nnetworks = 2\nrequests = [0.1, 0.5]\n\
    [[topology]]\nmodel = \"random-peer-list\"\nn = [40, 60]\nk = 5\n[[treatment]]\nstrategy = [\"random\", \"degree\"]\n";

fn labels(text: &str) -> [Vec<String>; 2] {
    let spec = spec(text);
    let topologies = spec.study.topologies().iter().map(|t| t.label.clone()).collect();
    [topologies, spec.study.treatments().into_iter().map(str::to_string).collect()]
}

fn ended(text: &str, results: &Path, (threads, shard): (usize, Shard)) -> Ended {
    let how = How { threads, shard, fresh: false, stop: &AtomicBool::new(false) };
    let options = Options { results, how, progress: &Silent, host: HostRecord::default() };
    engine::run("sweep", &spec(text), &options).unwrap()
}

/// Every table of a results folder.
fn tables(results: &Path) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(results).unwrap().map(|entry| entry.unwrap().path());
    let tables = files.filter(|path| path.extension().is_some_and(|e| e == "csv" || e == "parquet"));
    let mut tables: Vec<_> = tables
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    tables.sort();
    tables
}

/// The same but for what a file says of the plan: rows alone.
fn rows(results: &Path, kind: &StudyKind) -> Vec<Table> {
    let file = |name: &str| results.join(format!("{name}.parquet"));
    kind.schemas.iter().map(|schema| hydranet_results::parquet::read(&file(schema.name), schema).unwrap()).collect()
}

/// Blocks that were computed, and those that were found.
fn counts(results: &Path) -> [u64; 2] {
    let text = std::fs::read_to_string(results.join("run.json")).unwrap();
    let run = hydranet_results::RunRecord::from_json(&text).unwrap();
    [run.blocks_computed, run.blocks_reused]
}

#[test]
fn a_list_is_as_many_cells() {
    for (text, topologies, treatments) in [
        (
            TAKEDOWN,
            "super-peer, peers = 40|super-peer, peers = 80|random",
            "random|degree, cascade.alpha = 0.1|degree, cascade.alpha = 0.5",
        ),
        (
            CAMPAIGN,
            "beacon",
            "seize, operator.rebuild_days = 1, action.1.at_days = 2|seize, operator.rebuild_days = 1, action.1.at_days = 3|\
             seize, operator.rebuild_days = 4, action.1.at_days = 2|seize, operator.rebuild_days = 4, action.1.at_days = 3",
        ),
        (LOOKUP, "kademlia, k = 2|kademlia, k = 4", "random, iterative.parallel = 1|random, iterative.parallel = 3"),
        (DISCOVERY, "random-peer-list, n = 40|random-peer-list, n = 60", "crawl|random|degree"),
        (
            &BROADCAST.replace("n = 40", "n = { from = 20, to = 2000, points = 3, scale = \"log\" }"),
            "gnm, n = 20|gnm, n = 200|gnm, n = 2000",
            "random, interference.poison = 0.1|random, interference.poison = 0.3|degree",
        ),
        // blocks are crossed, keys of one are zipped, and those of the text come first
        (
            &format!("{SPEC}[[vary]]\nn = [60, 70]\nm = [90, 91]\n"),
            "gnm, n = 60, m = 90|gnm, n = 70, m = 91|larger, n = 60, m = 90|larger, n = 70, m = 91",
            "degree",
        ),
        (
            &format!("{SPEC}[[vary]]\ntopologies = [\"larger\"]\n\"topology.n\" = [60, 70]\n"),
            "gnm|larger, n = 60|larger, n = 70",
            "degree",
        ),
        // a list that the parameter takes is one value; a list of lists is an axis
        (
            "title = \"t\"\nseed = 1\nnetworks = 1\n[[topology]]\nmodel = \"grid\"\ndims = [3, 4]\n[[topology]]\nmodel = \"grid\"\n\
             label = \"g\"\ndims = [[3, 4], [5, 6]]\n[[treatment]]\nstrategy = \"random\"\nremoves = [\"nodes\", \"edges\"]\n",
            "grid|g, dims = [3, 4]|g, dims = [5, 6]",
            "random, removes = nodes|random, removes = edges",
        ),
    ] {
        let found = labels(text);
        assert_eq!(found.map(|labels| labels.join("|")), [topologies, treatments], "{text}");
    }
}

#[test]
fn families_and_cases_vary_too() {
    let family = "study = \"finite-size\"\ntitle = \"f\"\nseed = 1\nnetworks = 1\nsizes = [20, 40]\n\
                  [[family]]\nmodel = \"gnm\"\nmean_degree = [3, 4]\n";
    let found = labels(family)[0].iter().collect::<BTreeSet<_>>().len();
    assert_eq!(found, 2);
    let case = "study = \"field-case\"\ntitle = \"f\"\nseed = 1\nnetworks = 4\n[[case]]\nlabel = \"A\"\nsource = \"s\"\n\
                cannot = \"c\"\n[case.topology]\nmodel = \"gnm\"\nn = [20, 30]\nm = 40\n[case.time]\ndays = 5\n[[case.prior]]\n\
                parameter = \"churn.half_life_days\"\nfrom = 10\nto = 30\n[[case.published]]\nobservable = \"members\"\nday = 2\n\
                share = 0.9\nsigma = 0.2\n";
    assert_eq!(labels(case)[0], ["A, topology.n = 20", "A, topology.n = 30"]);
}

#[test]
fn what_is_wrong_is_shown_where_it_stands() {
    let vary = |block: &str| format!("{SPEC}[[vary]]\n{block}\n");
    for (text, reason, place) in [
        (vary("n = [60, 70]\nm = [90]"), "`n` has 2 values and `m` has 1", "[90]"),
        (vary("q = [1]"), "has no key `q`", "[1]"),
        (vary("\"treatment.alpha\" = [1]"), "treatment `degree` has no key `alpha`", "[1]"),
        (vary("n = []"), "an axis needs a value", "[]"),
        (vary("n = 5"), "`n` has one value here", "5"),
        (vary("topologies = [\"largest\"]\nn = [5]"), "did you mean `larger`?", "\"largest\""),
        (vary("n = [60, \"x\"]"), "expected", "\"x\""),
        (vary("n = [60]\n[[vary]]\nn = [70]"), "`n` is varied twice", "70"),
        (
            vary("\"topology.n\" = [60]\n\"treatment.removes\" = [\"nodes\"]"),
            "topologies or treatments, not both",
            "[60]",
        ),
        (vary("n = { from = 1, to = 9 }"), "`points` is a number", "{ from = 1, to = 9 }"),
        (SPEC.replace("n = 60\n", "n = [60, 60]\n"), "two topologies are called `gnm, n = 60`", "60"),
        (SPEC.replace("n = 60\n", "n = [60, -1]\n"), "-1", "-1"),
        (SPEC.replace("n = 60\n", "n = 60\nsize = 5\n"), "`n` and `size` both say", "60"),
        (
            CAMPAIGN.replace("label = \"seize\"", "label = \"seize\"\n[treatment.operator]\nrebuild_days = 3"),
            "every treatment says",
            "[1, 4]",
        ),
    ] {
        let error = Toolkit::default().parse(&text, "test").map(|_| ()).expect_err(&text);
        let found = error.span.clone().map_or("nowhere", |span| &text[span]);
        assert!(error.reason.contains(reason) && found == place, "{}: {found}", error.reason);
    }
    let rounded = Toolkit::default().parse(&vary("n = { from = 60, to = 62, points = 5 }"), "test").unwrap();
    assert_eq!(rounded.notes, ["`n`: 5 points are 3 different whole numbers; each is there once"]);
    let cell = &rounded.sweep.topology[1];
    assert_eq!((cell.base.as_str(), &cell.values["n"]), ("gnm", &SweepValue::Integer(61)));
}

#[test]
fn the_same_bytes_for_threads_and_shards() {
    for text in [TAKEDOWN, CAMPAIGN, LOOKUP, BROADCAST, DISCOVERY] {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for (name, threads) in [("one", 1), ("two", 2)] {
            assert!(matches!(ended(text, &at(name), (threads, Shard::WHOLE)), Ended::Whole { .. }));
        }
        let reference = tables(&at("one"));
        assert!(reference.len() >= 3 && reference == tables(&at("two")), "{text}");
        let shards: Vec<PathBuf> = (0..3).map(|index| at(&format!("shard{index}"))).collect();
        shards.iter().zip(0..).for_each(|(results, index)| {
            ended(text, results, (2, Shard { index, count: 3 }));
        });
        Toolkit::default().merge(&shards, &HostRecord::default()).unwrap();
        assert!(tables(&shards[0]) == reference, "3 shards: {text}");
        let summary = String::from_utf8(std::fs::read(at("one").join("summary.csv")).unwrap()).unwrap();
        assert!(summary.lines().next().unwrap().contains("missing,t"), "{}", summary.lines().next().unwrap());
    }
}

/// What a sweep is summed up to while it is read is what a spec with the same cells written out is summed up to at once.
#[test]
fn a_sweep_says_what_its_cells_say() {
    let written = "title = \"t\"\nseed = 3\nnetworks = 5\norders = 2\nblock = 2\npoints = 10\n\
        [[topology]]\nmodel = \"super-peer\"\nlabel = \"super-peer, peers = 40\"\npeers = 40\n[[topology]]\nmodel = \"super-peer\"\n\
        label = \"super-peer, peers = 80\"\npeers = 80\n[[topology]]\nmodel = \"gnm\"\nlabel = \"random\"\nn = 50\nm = 90\n\
        [[treatment]]\nstrategy = \"random\"\n[[treatment]]\nlabel = \"degree, cascade.alpha = 0.1\"\nstrategy = \"degree\"\n\
        cascade = { alpha = 0.1 }\n[[treatment]]\nlabel = \"degree, cascade.alpha = 0.5\"\nstrategy = \"degree\"\ncascade = { alpha = 0.5 }\n";
    let folder = tempfile::tempdir().unwrap();
    let [sweep, plain] = ["sweep", "plain"].map(|name| folder.path().join(name));
    ended(TAKEDOWN, &sweep, (2, Shard::WHOLE));
    ended(written, &plain, (2, Shard::WHOLE));
    let kind = spec(TAKEDOWN).kind();
    assert_eq!(rows(&sweep, kind), rows(&plain, kind));
    let read = |results: &Path, name: &str, schema| {
        csv::read(std::fs::File::open(results.join(format!("{name}.csv"))).unwrap(), schema).unwrap()
    };
    let sorted = |table: &Table| {
        let mut rows: Vec<String> = (0..table.rows()).map(|row| format!("{:?}", table.row(row))).collect();
        rows.sort();
        rows
    };
    for (name, schema) in
        [("summary", &hydranet_results::summary::SUMMARY), ("differences", &hydranet_results::differences::DIFFERENCES)]
            .into_iter()
            .chain(kind.extras.iter().map(|(name, schema)| (*name, *schema)))
    {
        let [a, b] = [&sweep, &plain].map(|results| read(results, name, schema));
        assert_eq!(sorted(&a), sorted(&b), "{name}");
    }
}

/// Adding cells, renaming them and taking some away computes what is new alone; the tables are those of a run from nothing.
#[test]
fn only_what_is_new_is_computed() {
    type Edits = &'static [(&'static str, &'static str)];
    let steps: [(&str, Edits, u64); 8] = [
        // a topology before all others, and a longer axis: one topology and one value, three blocks each
        ("peers = [40, 80]", &[("peers = [40, 80]", "peers = [20, 40, 80]")], 3),
        ("a label", &[("label = \"random\"", "label = \"rnd\"")], 0),
        ("a treatment's label", &[("strategy = \"random\"\n", "strategy = \"random\"\nlabel = \"blind\"\n")], 0),
        // three topologies, three blocks each, one group of treatments
        ("a longer axis of treatments", &[("alpha = [0.1, 0.5]", "alpha = [0.1, 0.3, 0.5]")], 9),
        (
            "a treatment before all others",
            &[(
                "[[treatment]]\nstrategy = \"random\"",
                "[[treatment]]\nstrategy = \"adaptive-degree\"\n[[treatment]]\nstrategy = \"random\"",
            )],
            9,
        ),
        ("treatments the other way round", &[("alpha = [0.1, 0.5]", "alpha = [0.5, 0.1]")], 0),
        (
            "the label of a treatment that is gone",
            &[
                ("[[treatment]]\nstrategy = \"random\"\n", ""),
                (
                    "strategy = \"degree\"\ncascade = { alpha = [0.1, 0.5] }",
                    "strategy = \"degree\"\nlabel = \"random\"\ncascade = { alpha = 0.5 }",
                ),
            ],
            0,
        ),
        ("fewer of both", &[("peers = [40, 80]", "peers = [80]"), ("alpha = [0.1, 0.5]", "alpha = [0.5]")], 0),
    ];
    for (what, changes, computed) in steps {
        let folder = tempfile::tempdir().unwrap();
        let [grown, anew] = ["grown", "anew"].map(|name| folder.path().join(name));
        ended(TAKEDOWN, &grown, (2, Shard::WHOLE));
        assert_eq!(counts(&grown), [9, 0]);
        let text = changes.iter().fold(TAKEDOWN.to_string(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        });
        ended(&text, &grown, (2, Shard::WHOLE));
        ended(&text, &anew, (2, Shard::WHOLE));
        assert_eq!(counts(&grown)[0], computed, "{what}");
        assert!(tables(&grown) == tables(&anew), "{what}");
    }
    for (text, from, to) in [
        (CAMPAIGN, "rebuild_days = [1, 4]", "rebuild_days = [1, 2, 4]"),
        (LOOKUP, "parallel = [1, 3]", "parallel = [1, 2, 3]"),
        (BROADCAST, "poison = [0.1, 0.3]", "poison = [0.1, 0.2, 0.3]"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let [grown, anew] = ["grown", "anew"].map(|name| folder.path().join(name));
        ended(text, &grown, (2, Shard::WHOLE));
        let text = text.replace(from, to);
        ended(&text, &grown, (2, Shard::WHOLE));
        ended(&text, &anew, (2, Shard::WHOLE));
        assert!(tables(&grown) == tables(&anew), "{to}");
    }
}

/// Every model but that of measured networks takes `size`, and has it.
#[test]
fn every_model_takes_its_size() {
    let toolkit = Toolkit::default();
    for row in toolkit.topologies.rows().filter(|row| row.name != "file") {
        let size = row.params().into_iter().find(|param| param.name == "size");
        let meaning = size.unwrap_or_else(|| panic!("{row:?} takes no size")).meaning;
        let own: Vec<&str> = meaning.split("instead of").nth(1).unwrap().split('`').skip(1).step_by(2).collect();
        let mut table: toml::Table = row.example.parse().unwrap();
        own.iter().for_each(|key| {
            table.remove(*key);
        });
        let built = [64, 100, 1000, 24].into_iter().find_map(|size| {
            table.insert("size".into(), toml::Value::Integer(size));
            let text = table.to_string();
            Some((size, row.build(&Params::parse(&text).unwrap()).ok()?))
        });
        let (size, built) = built.unwrap_or_else(|| panic!("{row:?}: none of the sizes is one of its"));
        let network = built.value.generate(&mut trial_rng(1, Trial::network(0), Purpose::Topology));
        // super-peers are peers that pass on; proxies are not
        let machines = (0..network.nodes()).filter(|&v| !matches!(network.role(v), Role::Server | Role::Operator));
        let counted = match (meaning.contains("Number of peers"), row.name) {
            (false, _) => network.nodes(),
            (true, "super-peer") => machines.count() as u32,
            (true, _) => network.peers(),
        };
        assert_eq!(i64::from(counted), size, "{row:?}");
        assert!(!built.params.contains_key("size"), "{row:?}: it is recorded under its own keys");
    }
    let refusal =
        toolkit.topologies.get("hypercube").unwrap().build(&Params::parse("size = 1000").unwrap()).unwrap_err();
    assert!(refusal.reason.contains("the nearest are 512 and 1024"), "{refusal}");
}
