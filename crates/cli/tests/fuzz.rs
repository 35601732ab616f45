//! Readers under fire: files that are nearly right, by the thousand. No panic, no hang; what is wrong is answered.
//!
//! Inputs are made from good ones by changing, removing, doubling and inserting bytes, numbers and words of the format.
//! `HYDRANET_FUZZ=10000000 cargo test -p hydranet-cli --test fuzz -- --nocapture` tries so many in all and says how they were
//! distributed; without it, a few thousand.

#![allow(clippy::print_stdout)]

use hydranet_cli::Toolkit;
use hydranet_overlay::io::{ReadOptions, read_from};
use hydranet_results::summary::{SUMMARY, SummaryRow};
use hydranet_results::{Table, csv, parquet};
use hydranet_studies::takedown::rows::{CURVES, CurveRow};
use hydranet_topology::{Draw, Purpose, Trial, TrialRng, trial_rng};
use std::time::{Duration, Instant};

const EDGES: &[&str] = &[
    "# a triangle\n0 1\n1 2\n2 0\n",
    "% names\nalice bob\nbob\tcarol\n\ncarol alice 3.5\n",
    "0,1\n1,2\n4294967295,7\n",
];
const GRAPHML: &[&str] = &[
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n<key id=\"d0\" \
     for=\"node\" attr.name=\"role\" attr.type=\"string\"/>\n<graph id=\"G\" edgedefault=\"undirected\">\n<node id=\"a\"><data \
     key=\"d0\">server</data></node>\n<node id=\"b\"/>\n<edge source=\"a\" target=\"b\"/>\n</graph>\n</graphml>\n",
];
const MATRIX: &[&str] = &[
    "%%MatrixMarket matrix coordinate pattern symmetric\n% c\n4 4 3\n2 1\n3 1\n4 2\n",
    "%%MatrixMarket matrix coordinate real general\n3 3 2\n1 2 0.5\n2 3 1e3\n",
];
const METIS: &[&str] = &["% c\n4 3\n2 3\n1 4\n1\n2\n", "3 2 011 1\n5 2 7\n1 1 7 3 2\n4 2 2\n"];
const SPECS: &[&str] = &[
    "title = \"t\"\nseed = 1\nnetworks = 2\n[[topology]]\nmodel = \"gnm\"\nn = 10\nm = 20\n[[treatment]]\nstrategy = \"degree\"\ncascade = { alpha = 0.2 }\n",
    "study = \"lookup\"\ntitle = \"t\"\nseed = 1\nnetworks = 2\nfractions = [0.0, 0.5]\n[[topology]]\nmodel = \"chord\"\nbits = 4\n[[treatment]]\nstrategy = \"random\"\ninterference = { poison = 0.1, eclipse = { range = 0.1, share = 0.5 } }\n",
    "study = \"campaign\"\ntitle = \"t\"\nseed = 1\nnetworks = 2\n[churn]\nonline_share = 0.5\n[[topology]]\nmodel = \"beacon\"\npeers = 9\n[[treatment]]\nlabel = \"a\"\n[treatment.fleet]\nnetworks = 3\n[[treatment.action]]\naction = \"seize-servers\"\nat_days = 3\n",
    "study = \"field-case\"\ntitle = \"t\"\nseed = 1\nnetworks = 2\n[[case]]\nlabel = \"c\"\nsource = \"s\"\ncannot = \"x\"\n[case.topology]\nmodel = \"gnm\"\nn = 9\nm = 9\n[[case.prior]]\nparameter = \"churn.half_life_days\"\nfrom = 1\nto = 9\n[[case.published]]\nobservable = \"members\"\nday = 1\nshare = 0.5\nsigma = 0.1\n",
    "study = \"finite-size\"\ntitle = \"t\"\nseed = 1\nnetworks = 2\nsizes = [10, 20]\n[[family]]\nmodel = \"gnp\"\nmean_degree = 3\n",
];
const WORDS: &[&str] = &[
    "0",
    "1",
    "-1",
    "4294967295",
    "4294967296",
    "18446744073709551616",
    "99999999999999999999",
    "1e309",
    "-0.0",
    "NaN",
    "inf",
    "\n",
    "\r\n",
    "\t",
    " ",
    ",",
    "\"",
    "'",
    "<",
    ">",
    "&",
    "&amp;",
    "&#0;",
    "]]>",
    "<![CDATA[",
    "<!--",
    "<node id=\"a\"/>",
    "<edge source=\"a\" target=\"zz\"/>",
    "<graph>",
    "</graph>",
    "#",
    "%",
    "=",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "true",
    "\u{feff}",
    "\u{1f409}",
    "\0",
    "model = \"kademlia\"\n",
    "[[topology]]\n",
    "study = \"takedown\"\n",
    "n = 4\n",
    "seed = -5\n",
];

/// A good input made worse.
fn mutate(good: &[u8], other: &[u8], rng: &mut TrialRng) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..1 + rng.below(6) {
        let at = rng.below(bytes.len() as u32 + 1) as usize;
        let span = (1 + rng.below(12) as usize).min(bytes.len() - at.min(bytes.len()));
        match rng.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << rng.below(8),
            1 if at < bytes.len() => bytes[at] = rng.below(256) as u8,
            2 => drop(bytes.drain(at..at + span)),
            3 => {
                let twice = bytes[at..at + span].to_vec();
                bytes.splice(at..at, twice);
            }
            4 => bytes.truncate(at),
            5 => {
                let from = rng.below(other.len() as u32) as usize;
                let to = (from + span).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            _ => {
                let word = WORDS[rng.below(WORDS.len() as u32) as usize];
                bytes.splice(at..at, word.bytes());
            }
        }
    }
    bytes
}

/// Tries `count` inputs made from `seeds`; gives how many were read and the longest time that one took.
fn fire(name: &str, stream: u32, seeds: &[Vec<u8>], count: u64, read: impl Fn(&[u8]) -> bool) {
    let rng = &mut trial_rng(99, Trial::network(stream), Purpose::Measure);
    let (mut good, mut longest) = (0u64, Duration::ZERO);
    for _ in 0..count {
        let pick = |rng: &mut TrialRng| &seeds[rng.below(seeds.len() as u32) as usize];
        let (one, other) = (pick(rng), pick(rng));
        let input = mutate(one, other, rng);
        let start = Instant::now();
        let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| read(&input)));
        longest = longest.max(start.elapsed());
        let Ok(read) = read else { panic!("{name} panicked on {:?}", String::from_utf8_lossy(&input)) };
        good += read as u64;
    }
    println!("{name}: {count} inputs, {good} of them read, {:.1} ms at most", longest.as_secs_f64() * 1e3);
    assert!(longest < Duration::from_secs(10), "{name} took {longest:?} for one small input");
    // a sealed file is refused whatever has been changed, but for changes that change nothing
    let sealed = name.starts_with("Parquet");
    assert!(if sealed { good < count / 10 } else { good > 0 && good < count }, "{name}: {good} of {count} were read");
}

fn bytes(list: &[&str]) -> Vec<Vec<u8>> {
    list.iter().map(|text| text.as_bytes().to_vec()).collect()
}

#[test]
fn no_reader_panics_or_hangs() {
    let all: u64 = std::env::var("HYDRANET_FUZZ").ok().map_or(24_000, |n| n.parse().expect("a number of inputs"));
    let networks = |name: &'static str| {
        move |input: &[u8]| match read_from(input, name, &ReadOptions::default()) {
            Ok(loaded) => loaded.overlay.nodes() > 0,
            Err(error) => error.to_string().is_empty(),
        }
    };
    let toolkit = Toolkit::default();
    let spec = |input: &[u8]| {
        let Ok(text) = std::str::from_utf8(input) else { return false };
        match toolkit.parse(text, "s.toml") {
            Ok(spec) => !spec.extent().is_empty(),
            Err(error) => error.to_string().is_empty(),
        }
    };
    let curve = |removed: u64| CurveRow {
        topology: "a",
        treatment: "b",
        network: 0,
        order: 0,
        nodes: 9,
        peers: 9,
        steps: 9,
        removed,
        largest: 9 - removed,
        second: 0,
        sum_squares: 81,
        reach: 3,
        spent: None,
    };
    let rows: Vec<CurveRow<'_>> = (0..9).map(curve).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("curves.parquet");
    let mut file = Vec::new();
    parquet::write(&Table::of(&rows), &parquet::Metadata::new(), &mut file).expect("memory");
    let file = vec![file];
    let cell = |mean: f64| SummaryRow {
        topology: "a, or \"b\"".into(),
        treatment: "random".into(),
        metric: "r".into(),
        unit: "1".into(),
        mean: Some(mean),
        trials: 9,
        networks: 3,
        ..SummaryRow::default()
    };
    let mut summary = Vec::new();
    csv::write(&Table::of(&[cell(0.1), cell(0.25), cell(1.0)]), &mut summary).expect("memory");
    let summary = vec![summary];
    std::thread::scope(|scope| {
        scope.spawn(|| {
            fire("edge list", 0, &bytes(EDGES), all * 40 / 100, networks("n.txt"));
            fire("METIS", 1, &bytes(METIS), all * 14 / 100, networks("n.metis"));
            fire("Matrix Market", 2, &bytes(MATRIX), all * 10 / 100, networks("n.mtx"));
        });
        scope.spawn(|| {
            fire("GraphML", 3, &bytes(GRAPHML), all * 25 / 100, networks("n.graphml"));
            fire("spec", 4, &bytes(SPECS), all * 5 / 100, spec);
            fire("CSV table", 5, &summary, all * 5 / 100, |input| csv::read(input, &SUMMARY).is_ok());
            fire("Parquet rows", 6, &file, all / 100, |input| {
                std::fs::write(&path, input).expect("room");
                parquet::read(&path, &CURVES).is_ok()
            });
        });
    });
}
