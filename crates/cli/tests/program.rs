//! The program as its users meet it: commands, files, messages, exit codes.

mod call;

use call::{failed, hydranet, ok, text};
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

#[test]
fn lists_what_it_knows() {
    let dir = folder();
    let topologies = ok(dir.path(), &["topologies"]);
    for name in ["beacon", "super-peer", "gnm", "watts-strogatz", "file"] {
        assert!(topologies.lines().any(|l| l.split(' ').next() == Some(name)), "{name}");
    }
    assert!(ok(dir.path(), &["strategies", "degree"]).contains("ties"));
    let json: serde_json::Value = serde_json::from_str(&ok(dir.path(), &["topologies", "ba", "--json"])).unwrap();
    assert_eq!(json[0]["name"], "barabasi-albert");
    assert!(ok(dir.path(), &["describe", "results"]).contains("peak_spread"));
    assert!(ok(dir.path(), &["describe", "spec"]).contains("max_networks"));
    for (list, name) in [("topologies", "cyclon"), ("strategies", "corehd")] {
        assert_eq!(ok(dir.path(), &["describe", name]), ok(dir.path(), &[list, name]));
    }
    assert!(ok(dir.path(), &["completions", "bash"]).contains("hydranet"));
}

/// Every example that `topologies` and `strategies` print works as a command line.
#[test]
fn examples_work() {
    let dir = folder();
    for (list, fixed) in
        [("topologies", ["--strategy", "random", "--topology"]), ("strategies", ["--topology", "beacon", "--strategy"])]
    {
        let printed = ok(dir.path(), &[list]);
        let examples: Vec<&str> = printed.lines().filter_map(|l| l.trim().strip_prefix("example: ")).collect();
        assert!(examples.len() >= 6);
        for example in examples {
            let more = if list == "strategies" { " --set peers=40 --set servers=4 --set providers=3" } else { "" };
            let more = if example.starts_with("edge-") { format!("{more} --edges") } else { more.to_string() };
            let line = format!("\"$0\" takedown {} {example}{more} --json", fixed.join(" "));
            let out = Command::new("sh").arg("-c").arg(&line).arg(env!("CARGO_BIN_EXE_hydranet")).output().unwrap();
            assert!(out.status.success(), "{line}: {}", text(&out.stderr));
        }
    }
}

#[test]
fn one_takedown_and_its_files() {
    let dir = folder();
    let d = dir.path();
    ok(d, &["generate", "super-peer", "--set", "peers=300", "--seed", "3", "-o", "net.graphml.gz"]);
    let args = ["takedown", "--file", "net.graphml.gz", "--strategy", "adaptive-degree", "--seed", "5", "--json"];
    let more = ["--order-out", "order.txt", "--curve-out", "curve.csv"];
    let first: serde_json::Value = serde_json::from_str(&ok(d, &[&args[..], &more].concat())).unwrap();
    for key in ["nodes", "edges", "strategy", "seed", "target", "r", "r_cmd", "f_chi", "set_size"] {
        assert!(!first[key].is_null(), "{key}");
    }
    let curve = std::fs::read_to_string(d.join("curve.csv")).unwrap();
    let mut lines = curve.lines();
    assert_eq!(lines.next(), Some("removed,largest,second,sum_squares,reach"));
    let nodes = first["nodes"].as_u64().unwrap() as usize;
    assert_eq!(lines.clone().count(), nodes + 1);
    // R once more, from the curve that was written
    let sum: f64 = lines.skip(1).map(|l| l.split(',').nth(1).unwrap().parse::<f64>().unwrap()).sum();
    let r = sum / (nodes * nodes) as f64;
    assert!((r - first["r"].as_f64().unwrap()).abs() < 1e-12);
    let order = std::fs::read_to_string(d.join("order.txt")).unwrap();
    assert_eq!(order.lines().count(), nodes);
    // played back: the same outcome
    let play = [
        "takedown",
        "--file",
        "net.graphml.gz",
        "--strategy",
        "order-file",
        "--strategy-set",
        "path=order.txt",
        "--json",
    ];
    let second: serde_json::Value = serde_json::from_str(&ok(d, &play)).unwrap();
    for key in ["r", "r_cmd", "f_c", "set_size", "seizures_10"] {
        assert_eq!(first[key], second[key], "{key}");
    }
    // the same topology without the detour gives the same network
    let direct =
        ["takedown", "--topology", "super-peer", "--set", "peers=300", "--seed", "3", "--strategy", "degree", "--json"];
    let direct: serde_json::Value = serde_json::from_str(&ok(d, &direct)).unwrap();
    assert_eq!(
        (&direct["nodes"], &direct["edges"], &direct["peers"]),
        (&first["nodes"], &first["edges"], &first["peers"])
    );
    // names survive, edges fall
    write(d, "names.txt", "alice bob\nbob carol\ncarol alice\ncarol dave\n");
    ok(d, &["takedown", "--file", "names.txt", "--strategy", "random", "--edges", "--order-out", "edges.txt"]);
    let edges = std::fs::read_to_string(d.join("edges.txt")).unwrap();
    assert!(edges.lines().count() == 4 && edges.contains("alice"));
}

#[test]
fn wrong_input_is_answered() {
    let dir = folder();
    let d = dir.path();
    write(d, "empty.txt", "");
    write(d, "binary.txt", [0u8, 159, 146, 150, 0, 1, 2, 3]);
    write(
        d,
        "truncated.graphml",
        "<?xml version=\"1.0\"?><graphml><graph edgedefault=\"undirected\"><node id=\"a\"/><node id=",
    );
    write(d, "lonely.txt", "1 2\n3\n");
    let takedown =
        |file: &str| vec!["takedown".to_string(), "--file".into(), file.into(), "--strategy".into(), "degree".into()];
    for (file, words) in [
        ("empty.txt", vec!["empty.txt"]),
        ("binary.txt", vec!["binary.txt", "1"]),
        ("truncated.graphml", vec!["truncated.graphml"]),
        ("lonely.txt", vec!["lonely.txt:2", "two node names"]),
        ("none.txt", vec!["none.txt"]),
    ] {
        let args = takedown(file);
        failed(d, &args.iter().map(String::as_str).collect::<Vec<_>>(), 2, &words);
    }
    // these are fine, and say what they left out
    write(d, "weights.txt", "0 1 0.5\n1 2 0.25\n");
    let out = hydranet(d, &takedown("weights.txt").iter().map(String::as_str).collect::<Vec<_>>());
    assert!(out.status.success() && text(&out.stderr).contains("column"), "{}", text(&out.stderr));
    write(d, "huge.txt", "100000000000000000000 1\n1 2\n");
    ok(d, &takedown("huge.txt").iter().map(String::as_str).collect::<Vec<_>>());

    for (args, words) in [
        (vec!["--topology", "becon", "--strategy", "random"], vec!["did you mean `beacon`?"]),
        (
            vec!["--topology", "beacon", "--set", "server=3", "--strategy", "random"],
            vec!["unknown field `server`", "`servers`"],
        ),
        (vec!["--topology", "gnm", "--set", "n=10", "--set", "m=100", "--strategy", "random"], vec!["`m`"]),
        (vec!["--topology", "gnm", "--set", "n", "--strategy", "random"], vec!["key=value"]),
        (
            vec!["--topology", "star", "--set", "n=9", "--strategy", "adaptive-degre"],
            vec!["did you mean `adaptive-degree`?"],
        ),
        (vec!["--topology", "star", "--set", "n=9", "--strategy", "provider"], vec!["provider", "hosts"]),
        (vec!["--topology", "star", "--set", "n=9", "--strategy", "role", "--edges"], vec!["nodes, not edges"]),
        (vec!["--topology", "star", "--set", "n=9", "--strategy", "random", "--target", "3"], vec!["--target"]),
        (vec!["--strategy", "random"], vec!["--topology"]),
    ] {
        failed(d, &[&["takedown"], &args[..]].concat(), 2, &words);
    }
    failed(d, &["generate", "star", "--set", "n=9", "-o", "net.docx"], 2, &["net.docx", ".graphml"]);
    failed(d, &["run", "none.toml"], 2, &["none.toml"]);
    failed(d, &["plot", "."], 2, &["run.json"]);
    failed(d, &["merge", "."], 2, &["holds no run"]);
    failed(d, &["describe", "result"], 2, &["did you mean `results`?"]);
    failed(d, &["describe", "cyklon"], 2, &["a topology (`hydranet topologies`)", "did you mean `cyclon`?"]);
    write(d, "spec.toml", "title = \"x\"\nseed = 1\nnetworks = 2\n[[topology]]\nmodel = \"gmn\"\n");
    failed(d, &["run", "spec.toml"], 2, &["did you mean `gnm`?", "spec.toml:5"]);
}

const SPEC: &str = "title = \"t\"\nseed = 1\nnetworks = 6\norders = 2\n[[topology]]\nmodel = \"gnm\"\nn = 300\nm = 500\n\
    [[treatment]]\nstrategy = \"random\"\n[[treatment]]\nstrategy = \"degree\"\n";

#[test]
fn runs_in_shards_and_draws() {
    let dir = folder();
    let d = dir.path();
    write(d, "spec.toml", SPEC);
    let out = ok(d, &["run", "spec.toml", "--threads", "2"]);
    assert!(out.contains("seizures to 50 %") && out.contains("gnm"), "{out}");
    for file in
        ["trials.parquet", "summary.csv", "differences.csv", "run.json", "figures/seizures.svg", "figures/degrees.pdf"]
    {
        assert!(d.join("results/spec").join(file).exists(), "{file}");
    }
    ok(d, &["run", "spec.toml", "--shard", "0/2", "--out", "a", "-j", "1"]);
    failed(d, &["merge", "a"], 3, &["blocks are missing"]);
    ok(d, &["run", "spec.toml", "--shard", "1/2", "--out", "b", "-j", "1"]);
    ok(d, &["merge", "a", "b", "--no-figures"]);
    for table in ["trials.parquet", "curves.parquet", "degrees.parquet", "summary.csv"] {
        let read = |folder: &str| std::fs::read(d.join(folder).join(table)).unwrap();
        assert_eq!(read("a"), read("results/spec"), "{table}");
    }
    failed(d, &["run", "spec.toml", "--seed", "9", "--shard", "2/2"], 2, &["0 ≤ i < n"]);
    ok(d, &["run", "spec.toml", "--seed", "9", "--shard", "0/2", "--out", "other"]);
    failed(d, &["merge", "a", "other"], 2, &["different runs"]);
    // figures again, from the tables alone: the same bytes
    let figure = d.join("results/spec/figures/largest.svg");
    let before = std::fs::read(&figure).unwrap();
    std::fs::remove_dir_all(d.join("results/spec/parts")).unwrap();
    std::fs::remove_file(&figure).unwrap();
    ok(d, &["plot", "results/spec"]);
    assert_eq!(std::fs::read(&figure).unwrap(), before);
    failed(d, &["plot", "results/spec", "--width", "wide"], 2, &["two-column"]);
}

#[cfg(unix)]
#[test]
fn interrupted_runs_keep_what_is_finished() {
    for (signal, code, word) in [("-INT", 130, "interrupted: "), ("-TERM", 75, "terminated: ")] {
        interrupted(signal, code, word);
    }
}

#[cfg(unix)]
fn interrupted(signal: &str, code: i32, word: &str) {
    let dir = folder();
    let d = dir.path();
    write(
        d,
        "spec.toml",
        SPEC.replace("networks = 6", "networks = 400").replace("n = 300\nm = 500", "n = 20000\nm = 40000"),
    );
    let mut run = Command::new(env!("CARGO_BIN_EXE_hydranet"))
        .args(["run", "spec.toml", "-j", "2", "--no-figures"])
        .current_dir(d)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let parts = d.join("results/spec/parts");
    let finished = || {
        let folder = std::fs::read_dir(&parts).ok()?.next()?.ok()?.path();
        Some(
            std::fs::read_dir(folder)
                .ok()?
                .filter(|e| e.as_ref().is_ok_and(|e| e.file_name().to_string_lossy().contains("trials")))
                .count(),
        )
    };
    for _ in 0..600 {
        if finished().is_some_and(|n| n >= 2) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let sent = Command::new("kill").args([signal, &run.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let mut said = String::new();
    std::io::Read::read_to_string(run.stderr.as_mut().unwrap(), &mut said).unwrap();
    assert_eq!(run.wait().unwrap().code(), Some(code), "{said}");
    assert!(said.contains(word) && said.contains("the same command goes on from there"), "{said}");
    let kept = finished().unwrap();
    assert!(kept >= 2);
    let leftovers = std::fs::read_dir(std::fs::read_dir(&parts).unwrap().next().unwrap().unwrap().path())
        .unwrap()
        .filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().ends_with(".tmp"))
        .count();
    assert_eq!(leftovers, 0, "no half-written files");
    // a smaller run of the same spec takes over what is there
    let out = hydranet(d, &["run", "spec.toml", "--networks", "2", "--no-figures"]);
    assert!(text(&out.stderr).contains("from an earlier run"), "{}", text(&out.stderr));
}

#[test]
fn a_pipe_that_closes_is_no_error() {
    let out = Command::new("sh")
        .args(["-c", "\"$0\" topologies | head -n 1; exit ${PIPESTATUS:-0}"])
        .arg(env!("CARGO_BIN_EXE_hydranet"))
        .output()
        .unwrap();
    assert_eq!(text(&out.stdout), "beacon\n");
    assert_eq!(text(&out.stderr), "");
}

/// A star of 50 nodes, whose measures and costs are known by heart.
#[test]
fn measures_costs_and_budgets() {
    let dir = folder();
    let d = dir.path();
    let star = ["--topology", "star", "--set", "n=50"];
    let with = |more: &[&str]| -> serde_json::Value {
        let args: Vec<&str> = more[..1].iter().chain(&star).chain(&more[1..]).copied().collect();
        serde_json::from_str(&ok(d, &args)).unwrap()
    };
    let close = |value: &serde_json::Value, want: f64| (value.as_f64().unwrap() - want).abs() < 1e-9;

    let radius = with(&["measure", "--only", "spectral_radius", "--json"]);
    assert!(close(&radius[0]["value"], 7.0), "√49: {radius}");
    // without the hub nobody reaches anybody
    let at = ["measure", "--only", "global_efficiency", "--strategy", "degree", "--at", "0,0.02", "--json"];
    let along = with(&at);
    assert_eq!((&along[1]["removed"], &along[1]["nodes"]), (&1.into(), &49.into()));
    assert!(
        close(&along[0]["value"], (49.0 + 49.0 * 48.0 / 2.0 / 2.0) / (50.0 * 49.0 / 2.0))
            && close(&along[1]["value"], 0.0)
    );
    failed(
        d,
        &["measure", "--topology", "star", "--set", "n=5", "--only", "diametre"],
        2,
        &["did you mean `diameter`?"],
    );

    // the hub costs 49 of 98 links: half the cost pays for it, and nothing is left
    let paid = with(&[
        "takedown",
        "--strategy",
        "degree",
        "--removal-cost",
        "degree",
        "--budget",
        "0.5",
        "--cascade",
        "0.2",
        "--curve-out",
        "c.csv",
        "--json",
    ]);
    assert_eq!((&paid["budget"]["removed"], &paid["budget"]["largest"]), (&1.into(), &1.into()));
    assert!(close(&paid["cost"]["total"], 98.0) && close(&paid["cost"]["cost_10"], 49.0));
    assert_eq!((&paid["cascade"]["avalanche"], &paid["protocol"]["ties"]), (&0.into(), &"random".into()));
    let curve = std::fs::read_to_string(d.join("c.csv")).unwrap();
    assert_eq!(
        curve.lines().take(3).collect::<Vec<_>>()[..],
        ["removed,largest,second,sum_squares,reach,spent", "0,50,0,2500,50,0", "1,1,1,49,1,49",]
    );
    let known: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(d.join("c.csv-metadata.json")).unwrap()).unwrap();
    assert_eq!((&known["url"], &known["protocol"]["reinsertion"]), (&"c.csv".into(), &false.into()));
    let star_by = |cost: &'static str| {
        ["takedown", "--topology", "star", "--set", "n=5", "--strategy", "degree", "--removal-cost", cost]
    };
    failed(d, &star_by("overlay"), 2, &["`cost`"]);
    failed(d, &star_by("euros"), 2, &["unit, degree, overlay"]);
}

#[test]
fn percolates_what_is_never_stored() {
    let dir = folder();
    let d = dir.path();
    let report = ok(d, &["percolate", "lattice", "--side", "20", "--points", "10", "-o", "curve.csv"]);
    assert!(report.lines().any(|line| line.starts_with("nodes N ") && line.ends_with(" 400")), "{report}");
    let curve = std::fs::read_to_string(d.join("curve.csv")).unwrap();
    let lines: Vec<&str> = curve.lines().collect();
    assert_eq!((lines.len(), lines[1], lines[11]), (12, "0,400,160000", "400,0,0"));
    // the same seed, the same curve; another one, another
    let again = |seed: &str| {
        ok(d, &["percolate", "gnp", "--n", "5000", "--mean-degree", "3", "--seed", seed, "-o", "g.csv"]);
        std::fs::read_to_string(d.join("g.csv")).unwrap()
    };
    assert_eq!(again("1"), again("1"));
    assert_ne!(again("1"), again("2"));
    failed(d, &["percolate", "hypercube", "--bits", "31"], 2, &["1 to 30"]);
    failed(d, &["percolate", "ring", "--n", "10", "--fingers", "6"], 2, &["n/2"]);
}

/// Tables for papers, two runs beside each other, and a folder that runs again.
#[test]
fn tables_comparisons_and_runs_again() {
    let dir = folder();
    let d = dir.path();
    let spec = |m: u32, seed: u32| {
        format!(
            "title = \"T\"\nseed = {seed}\nnetworks = 4\n[[topology]]\nmodel = \"gnm\"\nlabel = \"a_b\"\nn = 300\nm = {m}\n\
             [[treatment]]\nstrategy = \"random\"\n"
        )
    };
    for (name, m, seed) in [("one", 600, 1), ("two", 900, 1), ("three", 600, 2)] {
        let path = write(d, &format!("{name}.toml"), spec(m, seed));
        ok(d, &["run", path.to_str().unwrap(), "--no-figures"]);
    }
    let latex = ok(d, &["table", "results/one", "--format", "latex"]);
    assert!(latex.starts_with("\\begin{tabular}{ll") && latex.contains("a\\_b & random & 0."), "{latex}");
    let markdown = ok(d, &["table", "results/one", "--format", "markdown", "--metric", "r"]);
    assert_eq!(markdown.lines().nth(1), Some("|---|---|---:|"), "{markdown}");
    assert!(markdown.contains(" ± 0.0"), "{markdown}");
    let csv = ok(d, &["table", "results/one", "--format", "csv"]);
    assert!(csv.starts_with("topology,treatment,metric,") && csv.contains("a_b,random,r,"), "{csv}");
    failed(
        d,
        &["table", "results/one", "--metric", "set_siz"],
        2,
        &["no metric `set_siz`", "did you mean `set_size`?"],
    );

    let said = |args: &[&str]| text(&hydranet(d, args).stderr);
    assert!(said(&["compare", "results/one", "results/one"]).starts_with("0 of "), "nothing moves against itself");
    // half as many links again hold a network together for longer
    let moved = ok(d, &["compare", "results/one", "results/two", "--metric", "r"]);
    assert!(moved.contains("a_b") && moved.contains("random"), "{moved}");
    assert!(said(&["compare", "results/one", "results/two"]).contains("paired: both runs have the same seed"));
    assert!(said(&["compare", "results/one", "results/three"]).contains("the seeds are 1 and 2"));

    let bytes = |name: &str| std::fs::read(d.join("results/one").join(name)).unwrap();
    let before = bytes("summary.csv");
    std::fs::remove_dir_all(d.join("results/one/parts")).unwrap();
    std::fs::remove_file(d.join("results/one/summary.csv")).unwrap();
    ok(d, &["run", "results/one", "--no-figures"]);
    assert_eq!(bytes("summary.csv"), before, "a folder runs again what it holds");
    // the parameters of a sweep are columns, and its folder runs again
    let swept = spec(600, 1).replace("n = 300", "n = [200, 300]");
    ok(d, &["run", write(d, "swept.toml", swept).to_str().unwrap(), "--no-figures"]);
    assert!(ok(d, &["table", "results/swept", "--format", "csv"]).lines().next().unwrap().ends_with(",topology.n"));
    ok(d, &["run", "results/swept", "--no-figures", "--fresh", "--out", "swept-again"]);
    let summary = |folder: &str| std::fs::read(d.join(folder).join("summary.csv")).unwrap();
    assert_eq!(summary("swept-again"), summary("results/swept"));
    ok(d, &["run", "results/one/run.json", "--no-figures", "--out", "elsewhere"]);
    assert_eq!(std::fs::read(d.join("elsewhere/summary.csv")).unwrap(), before);
}
