//! Reports and drawings as users meet them. What a browser makes of the pages is tested by `scripts/browser-test`.

mod call;

use call::{ok, refused};
use std::path::Path;

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

const SPEC: &str = r#"
title = "Beacon <b>against</b> & mesh"
abstract = "An </script><script>alert(1)</script> abstract with `code` and 2^10 nodes."
seed = 7
networks = 3
orders = 2

[[topology]]
model = "beacon"
label = "a \"beacon\" & <friends>"
peers = 60

[[topology]]
model = "gnm"
n = 60
m = 120

[[treatment]]
strategy = "random"

[[treatment]]
strategy = "degree"
"#;

#[test]
fn an_experiment_becomes_a_page_that_needs_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let d = dir.path();
    std::fs::write(d.join("mine.toml"), SPEC).unwrap();
    ok(d, &["run", "mine.toml"]);
    assert!(ok(d, &["report", "results/mine"]).contains("report.html"));
    let page = read(d, "results/mine/report.html");
    assert!(page.contains("<h1>Beacon &lt;b&gt;against&lt;/b&gt; &amp; mesh</h1>"), "the title is escaped");
    assert!(
        !page.contains("<script>alert(1)") && page.contains("<code>code</code>") && page.contains("2<sup>10</sup>")
    );
    assert!(
        page.contains("a &quot;beacon&quot; &amp; &lt;friends&gt;")
            || page.contains("a \"beacon\" &amp; &lt;friends&gt;")
    );
    // nothing is fetched: every address is inside the page, beside it, or a place to go to
    for outside in ["src=\"http", "href=\"http", "url(http", "@import", "src=\"//", "fetch(", "XMLHttpRequest"] {
        assert!(!page.contains(outside), "{outside}");
    }
    // every row of the summary stands in the page
    for row in read(d, "results/mine/summary.csv").lines().skip(1) {
        let trials = row.rsplit(',').nth(2).unwrap();
        assert!(page.contains(&format!("<td class=\"n\">{trials}</td>")), "{row}");
    }
    assert_eq!(page.matches("<figure").count(), std::fs::read_dir(d.join("results/mine/figures")).unwrap().count() / 4);
    // the same folder gives the same page
    ok(d, &["report", "results/mine"]);
    assert_eq!(page, read(d, "results/mine/report.html"));
    // the index leads to it, and the page back
    ok(d, &["report", "results"]);
    assert!(read(d, "results/index.html").contains("href=\"mine/report.html\""));
    assert!(read(d, "results/mine/report.html").contains("href=\"../index.html\""));
}

const CAMPAIGN: &str = r#"
study = "campaign"
title = "Claims"
seed = 3
networks = 4

[time]
days = 40.0

[[topology]]
model = "beacon"
peers = 50

[[treatment]]
label = "seize"
[[treatment.action]]
action = "partition"
at_days = 10.0
removals = 1
strategy = "role"

[[claim]]
says = "one seizure ends the command"
measured = "largest loss"
topology = "beacon"
treatment = "seize"
metric = "depth"
at_least = 0.9

[[claim]]
says = "no seizure does anything"
measured = "largest loss"
topology = "beacon"
treatment = "seize"
metric = "depth"
at_most = 0.1
"#;

#[test]
fn claims_get_verdicts() {
    let dir = tempfile::tempdir().unwrap();
    let d = dir.path();
    let both = CAMPAIGN.replace("at_most = 0.1", "at_most = 0.1\nat_least = 0.0");
    std::fs::write(d.join("both.toml"), both).unwrap();
    refused(d, &["run", "both.toml"], &["at_least", "at_most", "give the one"]);
    std::fs::write(d.join("claims.toml"), CAMPAIGN).unwrap();
    ok(d, &["run", "claims.toml"]);
    ok(d, &["report", "results/claims"]);
    let page = read(d, "results/claims/report.html");
    let verdict = |class: &str| page.matches(&format!("class=\"verdict {class}\"")).count();
    assert_eq!((verdict("holds"), verdict("fails")), (1, 1));
}

#[test]
fn what_is_no_result_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let d = dir.path();
    refused(d, &["report", "nowhere"], &["nowhere", "cannot be read", "results folder"]);
    std::fs::create_dir(d.join("empty")).unwrap();
    refused(d, &["report", "empty"], &["empty", "no run.json", "hydranet run"]);
    std::fs::write(d.join("empty/run.json"), "{").unwrap();
    refused(d, &["report", "empty"], &["run.json", "line 1"]);
}

#[test]
fn drawings_and_their_numbers() {
    let dir = tempfile::tempdir().unwrap();
    let d = dir.path();
    let source = ["--topology", "super-peer", "--set", "peers=80", "--seed", "5", "--strategy", "degree"];
    let said = ok(d, &[&["draw"], &source[..], &["--at", "0.1,0.3", "-o", "net.v1"]].concat());
    for (ending, start) in [("svg", "<svg".as_bytes()), ("pdf", b"%PDF"), ("png", b"\x89PNG")] {
        let bytes = std::fs::read(d.join(format!("net.v1.{ending}"))).unwrap();
        assert!(bytes.starts_with(start), "{ending}");
    }
    // the captions are the numbers of `takedown`
    ok(d, &[&["takedown"], &source[..], &["--curve-out", "curve.csv", "--order-out", "order.txt"]].concat());
    let curve = read(d, "curve.csv");
    let order: Vec<String> = read(d, "order.txt").lines().map(String::from).collect();
    let csv = read(d, "net.v1.csv");
    for q in [0, 8, 24] {
        let row: Vec<&str> = curve.lines().nth(q + 1).unwrap().split(',').collect();
        assert!(said.contains(&format!("{q} removed by degree: S1 = {} ", row[1])), "{said}");
        assert!(said.contains(&format!("reach {} ", row[4])), "{said}");
        // and the nodes that are hollow are the first of the order
        let panel = |line: &&str| line.contains(&if q == 0 { "nodes, ".to_string() } else { format!("{q} removed") });
        let gone: Vec<&str> = csv.lines().filter(panel).filter(|l| l.contains(",removed,")).collect();
        assert_eq!(gone.len(), q, "{csv}");
        for line in gone {
            let node = line.split(',').rev().nth(5).unwrap();
            assert!(order[..q].iter().any(|v| v == node), "{node} at {q}");
        }
    }
    refused(
        d,
        &[&["draw"], &source[..], &["--at", "1.5", "-o", "x"]].concat(),
        &["--at takes fractions, 0 to 1", "1.5"],
    );
    refused(
        d,
        &["draw", "--topology", "gnm", "--set", "n=5000", "--set", "m=5000", "-o", "x"],
        &["5000 nodes are too many", "3000", "takedown"],
    );
    refused(d, &["draw", "--topology", "complete", "--set", "n=400", "-o", "x"], &["79800 links are too many"]);
}

#[test]
fn the_explorer_stands_alone() {
    let dir = tempfile::tempdir().unwrap();
    ok(dir.path(), &["report", "--explorer", "explorer.html"]);
    let page = read(dir.path(), "explorer.html");
    assert!(page.contains("Kademlia") && page.contains("type=\"range\"") && page.len() < 1_000_000);
}
