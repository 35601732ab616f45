//! Every example runs, and says what it is about.

use std::path::PathBuf;
use std::process::{Command, Output};

/// The binary of an example: cargo builds them beside the tests.
fn binary(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("this test has a path");
    let profile = test.parent().and_then(|deps| deps.parent()).expect("target/PROFILE/deps");
    let path = profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "{} is not built: `cargo test -p hydranet` builds examples and tests", path.display());
    path
}

fn run(name: &str, args: &[&str]) -> String {
    let Output { status, stdout, stderr } = Command::new(binary(name)).args(args).output().expect("it starts");
    assert!(status.success(), "{name}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).expect("text")
}

fn check(name: &str, lines: &[&str]) {
    let said = run(name, &[]);
    for line in lines {
        assert!(said.contains(line), "{name} does not say `{line}`:\n{said}");
    }
}

/// The numbers of a line, in its order.
fn numbers(line: &str) -> Vec<f64> {
    line.split(|c: char| !(c.is_ascii_digit() || c == '.')).filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn measured_network() {
    check("measured_network", &["34 nodes, 78 links", "0 removed: largest component     34, second      0", "f_c = "]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pair.txt");
    std::fs::write(&path, "a b\n").expect("written");
    let said = run("measured_network", &[path.to_str().expect("text")]);
    assert!(said.starts_with("2 nodes, 1 links"), "{said}");
}

#[test]
fn giant_component() {
    let said = run("giant_component", &[]);
    let rows: Vec<Vec<f64>> = said.lines().skip(1).map(numbers).collect();
    assert_eq!(rows.len(), 7, "{said}");
    for row in rows.iter().filter(|row| row[0] > 1.0) {
        // twice the half-width of the interval: 4.2 standard errors of the mean, beside which the bias of order 1/n is nothing
        assert!((row[1] - row[4]).abs() <= row[3] - row[2], "{said}");
    }
    assert!(rows[0][1] < 0.005 && rows[0][4] == 0.0, "{said}");
}

#[test]
fn own_topology() {
    check("own_topology", &["R of the wheel under degree: 0."]);
}

#[test]
fn own_strategy() {
    let said = run("own_strategy", &[]);
    let r: Vec<f64> = said.lines().map(|line| numbers(line)[0]).collect();
    // whoever aims at busy nodes does better than chance
    assert!(r.len() == 3 && r[1] < r[0] && r[2] < r[0], "{said}");
}

#[test]
fn own_metric() {
    check("own_metric", &["60 trials on 20 networks"]);
}

#[test]
fn lookups() {
    check("lookups", &["0 % failed: 1.0000 arrive"]);
}

#[test]
fn campaign() {
    check("campaign", &["depth 1.00", "machine-days averted", "90 % recovered: Some("]);
}

#[test]
fn study_in_memory() {
    let said = run("study_in_memory", &[]);
    assert_eq!(said.lines().count(), 4, "{said}");
    assert!(said.contains("CoreHD") && said.contains("degree, crawled"), "{said}");
}

/// The whole program with plug-ins of somebody else: see `foreign.rs`.
#[test]
#[cfg(feature = "program")]
fn foreign_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let [spec, out] = ["half.toml", "out"].map(|name| folder.path().join(name));
    let text = "study = \"half-gone\"\ntitle = \"Half\"\nseed = 1\nnetworks = 3\n[[topology]]\nmodel = \"caterpillar\"\n\
                spine = 8\nlegs = 2\n[[treatment]]\nstrategy = \"every-other\"\n";
    std::fs::write(&spec, text).expect("written");
    let [spec, results] = [&spec, &out].map(|path| path.to_str().expect("text"));
    let said = run("foreign", &["run", spec, "--out", results, "--threads", "1"]);
    assert!(said.contains("left at half") && said.contains("0.083"), "{said}");
    assert!(out.join("figures/left.svg").exists());
    let summary = std::fs::read_to_string(out.join("summary.csv")).expect("a summary");
    assert!(summary.contains("caterpillar,every-other,left_at_half"), "{summary}");
    assert!(run("foreign", &["describe", "left_at_half"]).contains("when the share has fallen"));
    assert!(run("foreign", &["describe", "half-gone"]).contains("fallen: number"));
    assert!(run("foreign", &["topologies", "caterpillar"]).contains("spine: "));
    assert!(run("foreign", &["describe", "every-other"]).contains("reinsertion"));
    assert!(run("foreign", &["describe", "campaign"]).contains("blackout"));
}
