//! All readers under fire: files that are nearly right. No panic, no hang, no memory that the input does not pay for.
//!
//! `HYDRANET_FUZZ=1000000 cargo test --release -p hydranet-overlay --test io fuzz -- --nocapture` tries so many inputs;
//! without it, a few thousand.

#![allow(clippy::print_stdout, reason = "what was tried is told")]

use hydranet_overlay::io::{Compression, Format, ReadOptions, read_from, write_as};
use hydranet_overlay::{Csr, Overlay, Role};
use std::time::{Duration, Instant};

/// Sebastiano Vigna's splitmix64: a test needs no better.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }
}

const WORDS: &[&str] = &[
    "0",
    "1",
    "-1",
    "4294967295",
    "4294967296",
    "18446744073709551616",
    "999999999",
    "1e309",
    "NaN",
    "\n",
    "\r\n",
    "\t",
    " ",
    ",",
    ";",
    "|",
    "\"",
    "'",
    "<",
    ">",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "->",
    "--",
    "#",
    "%",
    "&",
    "&#0;",
    "\u{feff}",
    "\u{1f409}",
    "\0",
    "*Vertices 99999999\n",
    "*Matrix\n",
    "p edge 99999999 1\n",
    "graph [\n",
    "node [ id 7 ]\n",
    "strict digraph {",
    "subgraph {",
    "\"nodes\":",
    "\"links\":[",
    "~~~~~~~~",
    "sep=;\n",
    "source,target\n",
    "id,weight,",
    "dl n=99999 format=",
    "labels embedded",
    "data:\n",
    "<node id='a'><graph>",
    "<edge source='a' target='z'/>",
    "# node ",
    "(1, 2)",
];

const SEEDS: &[(&str, &str)] = &[
    ("a.txt", "# a\n0 1\n1 2\n2 0\n"),
    ("a.csv", "id,source,target,w\n1,\"a, b\",c,3\n2,c,d,4\n"),
    ("a.csv", "0,1,1,0\n1,0,1,0\n1,1,0,1\n0,0,1,0\n"),
    ("a.csv", ",a,b,c\na,0,1,0\nb,1,0,1\nc,0,1,0\n"),
    ("a.tsv", "A B\tC D\nC D\tE F\n"),
    ("a.txt", "a -> b -> c\nc -> d\n"),
    ("a.txt", "[(1, 2), ('a b', 3, {'w': 1})]\n"),
    ("a.net", "*Vertices 4 2\n1 \"w x\" 0.1\n2 x\n*Arcs 1\n1 2 5\n*Edgeslist\n3 4 1\n"),
    ("a.net", "*Vertices 3\n*Matrix\n0 1 0\n1 0 1\n0 1 0\n"),
    (
        "a.gml",
        "graph [ directed 1 node [ id 1 label \"a&amp;b\" role \"peer\" ] node [ id 2 ] edge [ source 1 target 2 ] ]",
    ),
    (
        "a.gexf",
        "<gexf><graph defaultedgetype='directed'><attributes class='node'><attribute id='0' title='role'/></attributes><nodes><node id='a'><attvalues><attvalue for='0' value='peer'/></attvalues></node><node id='b'/></nodes><edges><edge source='a' target='b'/></edges></graph></gexf>",
    ),
    (
        "a.graphml",
        "<graphml><key id='k' for='node' attr.name='cost'/><graph edgedefault='directed'><node id='g'><data key='k'>2</data><graph><node id='a'><data key='k'>1.5</data></node></graph></node><edge source='a' target='g'/></graph></graphml>",
    ),
    (
        "a.dot",
        "strict digraph \"G\" { rankdir=LR; node [shape=box]; a:n -> {b; \"c d\" [role=peer]} -> <x<b>y</b>>; subgraph s { e } }",
    ),
    (
        "a.json",
        "{\"directed\":true,\"nodes\":[{\"id\":\"a\",\"role\":\"peer\"},{\"id\":2}],\"links\":[{\"source\":\"a\",\"target\":2}]}",
    ),
    (
        "a.json",
        "{\"elements\":{\"nodes\":[{\"data\":{\"id\":\"a\"}}],\"edges\":[{\"data\":{\"source\":\"a\",\"target\":\"a\"}}]}}",
    ),
    ("a.json", "{\"a\":[\"b\"],\"b\":[\"a\"]}"),
    ("a.mtx", "%%MatrixMarket matrix coordinate real symmetric\n4 4 2\n2 1 0.5\n4 2 1\n"),
    ("a.mtx", "%%MatrixMarket matrix array real general\n2 2\n0\n1\n1\n0\n"),
    ("a.graph", "% c\n4 3\n2 3\n1 4\n1\n2\n"),
    ("a.col", "c x\np edge 4 2\ne 1 2\ne 3 4\n"),
    ("a.lgl", "# a\nb 1.0\nc\n# c\nd 0.5\n"),
    ("a.tgf", "1 x\n2 y\n#\n1 2 z\n"),
    ("a.g6", ">>graph6<<DQc\n"),
    ("a.s6", ":Fa@x^\n"),
    ("a.d6", "&DI?AO?\n"),
    ("a.adjlist", "#x\n# GMT now\n#\na b c\nb\nc d\nd\n"),
    ("a.adjlist", "a 2\nb {}\nc {'w': 1}\nb 0\nc 0\n"),
    ("a.dl", "dl n=3 format=edgelist1\nlabels embedded\ndata:\na b\nb c 2\n"),
    ("a.dl", "DL N = 2 FORMAT = FULLMATRIX\nLABELS:\nx, \"y z\"\nDATA:\n0 1\n1 0\n"),
    ("out.k", "% bip weighted\n% 3 2 2\n1 1 5\n1 2 5\n"),
];

fn seeds() -> Vec<(String, Vec<u8>)> {
    let mut seeds: Vec<(String, Vec<u8>)> =
        SEEDS.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    // numpy's own files, and each text compressed
    for name in ["scipy-csr.npz", "scipy-coo.npz", "numpy.npy"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
        seeds.push((name.to_owned(), std::fs::read(path).expect("is part of the tests")));
    }
    let overlay = Overlay::symmetric(Csr::from_edges(4, &[[0, 1], [1, 2]]).0).with_roles(vec![Role::Peer; 4]);
    for format in Format::all().filter(|f| f.is_written()) {
        let mut content = Vec::new();
        write_as(format, &overlay, &mut content).unwrap();
        seeds.push((format!("a.{}", format.endings()[0]), content));
    }
    let folder = tempfile::tempdir().unwrap();
    for c in Compression::ALL {
        let path = folder.path().join(format!("a.txt.{}", c.ending()));
        hydranet_overlay::io::write(&path, &overlay).unwrap();
        seeds.push((format!("a.txt.{}", c.ending()), std::fs::read(&path).unwrap()));
    }
    seeds
}

fn worse(good: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..1 + random.below(6) {
        let at = random.below(bytes.len() + 1);
        let span = (1 + random.below(12)).min(bytes.len() - at);
        match random.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 if at < bytes.len() => bytes[at] = random.below(256) as u8,
            2 => drop(bytes.drain(at..at + span)),
            3 => {
                let twice = bytes[at..at + span].to_vec();
                bytes.splice(at..at, twice);
            }
            4 => bytes.truncate(at),
            5 => {
                let from = random.below(other.len());
                let to = (from + 1 + random.below(40)).min(other.len());
                bytes.splice(at..at, other[from.min(to)..to].iter().copied());
            }
            _ => drop(bytes.splice(at..at, WORDS[random.below(WORDS.len())].bytes())),
        }
    }
    bytes
}

/// The most memory that this process has held, in MiB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

#[test]
fn readers_under_fire() {
    let count: u64 = std::env::var("HYDRANET_FUZZ").ok().map_or(6_000, |n| n.parse().expect("a number of inputs"));
    let seeds = seeds();
    let formats: Vec<Format> = Format::all().collect();
    let random = &mut Random(2026);
    let (mut read, mut longest, mut most) = (0u64, Duration::ZERO, 0);
    for _ in 0..count {
        let (name, good) = &seeds[random.below(seeds.len())];
        let (_, other) = &seeds[random.below(seeds.len())];
        let input = worse(good, other, random);
        let format = if random.below(5) == 0 { Some(formats[random.below(formats.len())]) } else { None };
        let directed = [None, Some(true), Some(false)][random.below(3)];
        let header = [None, None, Some(true), Some(false)][random.below(4)];
        let options = ReadOptions { format, directed, header, ..ReadOptions::default() };
        let start = Instant::now();
        let result = std::panic::catch_unwind(|| read_from(&input[..], name, &options));
        longest = longest.max(start.elapsed());
        let Ok(result) = result else { panic!("{name} {options:?}: {:?}", String::from_utf8_lossy(&input)) };
        match result {
            Ok(loaded) => {
                read += 1;
                most = most.max(loaded.overlay.nodes());
                assert!(loaded.overlay.nodes() <= 1_000_000, "{name}: {:?}", String::from_utf8_lossy(&input));
            }
            Err(error) => {
                let said = error.to_string();
                assert!(!said.is_empty() && !said.chars().any(|c| c.is_control()), "{name}: {said:?}");
            }
        }
    }
    println!(
        "{count} inputs, {read} of them read, {:.1} ms at most, {most} nodes at most, {:?} MiB at the peak",
        longest.as_secs_f64() * 1e3,
        peak()
    );
    assert!(read > 0 && read < count);
    assert!(longest < Duration::from_secs(10), "{longest:?} for one small input");
    assert!(peak().is_none_or(|mib| mib < 1500), "{:?} MiB", peak());
}
