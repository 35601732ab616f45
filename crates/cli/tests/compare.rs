//! From a network file to a table and a figure in one command; and strategies that are somebody else's programs.

mod call;

use call::{ok, refused};
use serde_json::Value;
use std::path::Path;

fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&ok(folder, &[args, &["--json"]].concat())).unwrap()
}

/// A folder with a star of 5 nodes, whose hub is 0, and a ring of 12.
fn networks() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("star.txt"), "0 1\n0 2\n0 3\n0 4\n").unwrap();
    let ring: String = (0..12).map(|v| format!("{v} {}\n", (v + 1) % 12)).collect();
    std::fs::write(folder.path().join("ring.txt"), ring).unwrap();
    folder
}

const STAR: [&str; 4] = ["takedown", "--file", "star.txt", "--strategy"];

fn star<'a>(more: &[&'a str]) -> Vec<&'a str> {
    STAR.iter().chain(more).copied().collect()
}

#[test]
fn strategies_are_compared_over_orders() {
    let folder = networks();
    let d = folder.path();
    let got = json(d, &star(&["degree,random", "--orders", "200", "--strategy-set", "degree:ties=id"]));
    let of = |which: usize, metric: &str, what: &str| got["strategies"][which]["metrics"][metric][what].clone();
    let number = |which, metric, what| of(which, metric, what).as_f64().unwrap();
    // hub first: S1 = 1, 1, 1, 1, 0 of 5, every time
    for end in ["mean", "lo", "hi"] {
        assert!((number(0, "r", end) - 0.16).abs() < 1e-12, "{got}");
    }
    assert_eq!(got["strategies"][0]["same_order"], true);
    assert_eq!(got["strategies"][1]["same_order"], false);
    // at random: with the hub at place k, S1 is 5 − q before it and 1 after it (0 at the end):
    // 4, 7, 9, 10, 10 of 25 for k = 1 … 5, each with chance 1/5; mean 8 / 25, variance 26/5 / 25²
    let sd = (26.0f64 / 5.0).sqrt() / 25.0;
    let error = sd / 200f64.sqrt();
    assert!((number(1, "r", "mean") - 0.32).abs() < 5.0 * error, "{got}");
    assert!((number(1, "r", "sd") - sd).abs() < 0.2 * sd, "{got}");
    let half = (number(1, "r", "hi") - number(1, "r", "lo")) / 2.0;
    assert!((half - 1.97 * error).abs() < 0.25 * error, "{half}, {error}");
    assert_eq!(of(1, "r", "orders"), 200);
    let first = &got["differences"][0];
    assert_eq!([&first["strategy"], &first["reference"], &first["metric"]], ["random", "degree", "r"]);
    let apart = number(1, "r", "mean") - number(0, "r", "mean");
    assert!((first["mean"].as_f64().unwrap() - apart).abs() < 1e-12 && first["pairs"] == 200);
    // the same bytes again; and the first order of many is the order of one
    let args = star(&["degree,random", "--orders", "200"]);
    assert_eq!(ok(d, &args), ok(d, &args));
    let alone = json(d, &star(&["random"]));
    let table = json(d, &star(&["random,degree"]));
    assert_eq!(alone["r"], table["strategies"][0]["metrics"]["r"]["mean"]);
    let table = ok(d, &star(&["degree,random", "--orders", "20", "--strategy-set", "degree:ties=random"]));
    for words in
        ["20 of each strategy", "over orders on one network", "R_cmd", "±", "protocol of degree: removes=nodes"]
    {
        assert!(table.contains(words), "no `{words}` in {table}");
    }
    assert!(!ok(d, &star(&["degree,random"])).contains("no interval"));
}

#[test]
fn options_of_a_takedown_hold_for_all() {
    let folder = networks();
    let d = folder.path();
    let more = ["--orders", "3", "--removal-cost", "degree", "--cascade", "0.1", "--edges"];
    refused(d, &star(&[&["degree,random"], &more[..]].concat()), &["--edges"]);
    let table = ok(d, &star(&[&["degree,random"], &more[..6]].concat()));
    assert!(table.contains("R, cost") && table.contains("avalanche"), "{table}");
    ok(d, &star(&["degree,random", "--orders", "3", "--edges"]));
    ok(d, &star(&["degree,random", "--orders", "3", "--knowledge", "requests=1,seeds=1"]));
    ok(d, &star(&["degree,random", "--orders", "3", "--repair", "5"]));
    for option in [["--order-out", "o.txt"], ["--curve-out", "c.csv"], ["--budget", "0.1"]] {
        refused(d, &star(&[&["degree,random"], &option[..]].concat()), &[option[0], "one order of one strategy"]);
        refused(d, &star(&[&["degree", "--orders", "2"], &option[..]].concat()), &[option[0]]);
    }
    refused(d, &star(&["degree", "--orders", "0"]), &["1 to 16777215, not 0"]);
}

#[test]
fn figures_are_what_their_ending_says() {
    let folder = networks();
    let d = folder.path();
    for (name, begins) in [("f.pdf", &b"%PDF-"[..]), ("f.SVG", b"<svg"), ("f.png", b"\x89PNG")] {
        ok(d, &star(&["degree,random", "--orders", "5", "--plot", name]));
        let bytes = std::fs::read(d.join(name)).unwrap();
        assert!(bytes.windows(begins.len()).take(200).any(|window| window == begins), "{name}");
        ok(d, &star(&["degree,random", "--orders", "5", "--plot", "again.svg"]));
    }
    assert_eq!(std::fs::read(d.join("f.SVG")).unwrap(), std::fs::read(d.join("again.svg")).unwrap());
    // one order of one strategy: the figure beside what is told of it otherwise
    assert_eq!(ok(d, &star(&["degree", "--plot", "one.svg"])), ok(d, &star(&["degree"])));
    let one = std::fs::read_to_string(d.join("one.svg")).unwrap();
    // reach falls otherwise than S1 where there are servers
    let servers =
        ["takedown", "--topology", "super-peer", "--set", "peers=60", "--strategy", "degree", "--plot", "two.svg"];
    ok(d, &servers);
    let two = std::fs::read_to_string(d.join("two.svg")).unwrap();
    assert!(two.len() > one.len());
    for wrong in ["f.jpg", "f", ".pdf", "pdf"] {
        refused(d, &star(&["degree", "--plot", wrong]), &["--plot", ".pdf, .svg or .png"]);
    }
    refused(d, &star(&["degree", "--plot", "no/f.pdf"]), &["no such folder"]);
}

#[test]
fn a_program_joins_a_benchmark() {
    let folder = networks();
    let d = folder.path();
    let hub = "command=echo 0";
    let got = json(d, &star(&["degree,command", "--orders", "4", "--strategy-set", hub]));
    assert_eq!(got["strategies"][0]["metrics"]["r"]["mean"], got["strategies"][1]["metrics"]["r"]["mean"]);
    refused(
        d,
        &star(&["command", "--strategy-set", "command=echo what >&2; exit 9"]),
        &["strategy `command`", "exit code 9", "| what"],
    );
    refused(d, &star(&["command", "--strategy-set", "command=echo 0; echo 0"]), &["node 0 again", "falls once"]);
    refused(
        d,
        &star(&["command", "--strategy-set", "command=sleep 30", "--strategy-set", "timeout_seconds=0.2"]),
        &["not done after 0.2 s"],
    );
    // in a spec, in both forms, on every network; and anew when the script changes
    std::fs::write(d.join("mine.sh"), "sed 1d | tr ' ' '\\n' | sort -n | uniq\n").unwrap();
    let spec = |treatment: &str| {
        format!(
            "title = \"t\"\nseed = 1\nnetworks = 3\norders = 2\n\n[[topology]]\nmodel = \"gnm\"\nn = 30\nm = 60\n\n\
             [[treatment]]\n{treatment}\n"
        )
    };
    let run = |treatment: &str, out: &str| {
        std::fs::write(d.join("spec.toml"), spec(treatment)).unwrap();
        ok(d, &["run", "spec.toml", "--no-figures", "--out", out]);
        std::fs::read_to_string(d.join(out).join("summary.csv")).unwrap()
    };
    let long = run("strategy = \"command\"\ncommand = \"sh mine.sh\"", "long");
    assert_eq!(run("strategy = { command = \"sh mine.sh\", timeout_seconds = 60.0 }", "short"), long);
    std::fs::write(d.join("mine.sh"), "seq 29 -1 0\n").unwrap();
    assert_ne!(run("strategy = \"command\"\ncommand = \"sh mine.sh\"", "long"), long, "another script, other rows");
    for (treatment, words) in [
        ("strategy = { comand = \"x\" }", "or the short form { command = … }"),
        ("strategy = { command = \"x\" }\ncommand = \"y\"", "`command` stands here twice"),
        ("strategy = { command = 3 }", "invalid type"),
        ("strategy = { command = \"true\", tiemout_seconds = 3 }", "did you mean `timeout_seconds`"),
    ] {
        std::fs::write(d.join("spec.toml"), spec(treatment)).unwrap();
        refused(d, &["run", "spec.toml", "--no-figures", "--out", "no"], &[words]);
    }
}

/// One network in a spec: its orders are what intervals are over.
#[test]
fn one_network_has_intervals_over_its_orders() {
    let folder = networks();
    let d = folder.path();
    let spec = |orders: u32| {
        format!(
            "title = \"t\"\nseed = 1\nnetworks = 1\norders = {orders}\n[[topology]]\nmodel = \"file\"\npath = \"ring.txt\"\n\
             [[treatment]]\nstrategy = \"random\"\n"
        )
    };
    std::fs::write(d.join("spec.toml"), spec(30)).unwrap();
    let table = ok(d, &["run", "spec.toml", "--no-figures", "--out", "r"]);
    assert!(table.contains("over orders on one network") && !table.contains("no interval"), "{table}");
    // the very numbers of the command line
    let summary = std::fs::read_to_string(d.join("r/summary.csv")).unwrap();
    let row: Vec<&str> = summary.lines().find(|line| line.contains(",r,")).unwrap().split(',').collect();
    let head: Vec<&str> = summary.lines().next().unwrap().split(',').collect();
    let at = |name: &str| row[head.iter().position(|column| *column == name).unwrap()].parse::<f64>().unwrap();
    let args = ["takedown", "--file", "ring.txt", "--strategy", "random", "--orders", "30"];
    let metric = json(d, &args)["strategies"][0]["metrics"]["r"].clone();
    for end in ["mean", "lo", "hi", "sd"] {
        // files have eight digits
        let all = metric[end].as_f64().unwrap();
        assert!((all - at(end)).abs() <= 5e-8 * all.abs(), "{end}: {metric}, {summary}");
    }
    assert_eq!((at("networks"), at("trials")), (1.0, 30.0));
    // one order alone has none
    std::fs::write(d.join("spec.toml"), spec(1)).unwrap();
    assert!(ok(d, &["run", "spec.toml", "--no-figures", "--out", "one"]).contains("no interval"));
}
