//! What the program answers to input that looks right and is not, and what it says beside a result.

mod call;

use call::{hydranet, refused, text};
use std::process::{Command, Stdio};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

const TAKEDOWN: [&str; 7] = ["takedown", "--topology", "super-peer", "--set", "peers=400", "--strategy", "degree"];

fn takedown<'a>(more: &[&'a str]) -> Vec<&'a str> {
    TAKEDOWN.iter().chain(more).copied().collect()
}

#[test]
fn no_check_is_called_so() {
    let words = ["no group and no row has that in its name", "random failure; lattice"];
    refused(folder().path(), &["validate", "--quick", "--only", "nosuch"], &words);
}

#[cfg(unix)]
#[test]
fn nobody_reads_the_error() {
    let wrong = takedown(&["--knowledge", "requests=abc"]);
    for redirect in ["2>&-", "2>/dev/full"] {
        let line = format!("\"$0\" \"$@\" {redirect}");
        let mut shell = Command::new("sh");
        let out = shell.args(["-c", &line, env!("CARGO_BIN_EXE_hydranet")]).args(&wrong).output().unwrap();
        assert_eq!(out.status.code(), Some(2), "{redirect}");
    }
    // a pipe whose reader has gone before anything is written
    let mut run = Command::new("sh")
        .args(["-c", "read wait; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_hydranet")])
        .args(&wrong)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(run.stderr.take());
    drop(run.stdin.take());
    assert_eq!(run.wait().unwrap().code(), Some(2));
}

#[test]
fn knowledge_is_a_list_of_settings() {
    for wrong in ["full", "crawl", "reply=10", "requests=abc", "request=1"] {
        refused(
            folder().path(),
            &takedown(&["--knowledge", wrong]),
            &["requests=0.1,reply=10", "leave --knowledge out"],
        );
    }
    refused(folder().path(), &takedown(&["--knowledge", "requests=-1"]), &["requests a node, 0 or more, not -1"]);
}

#[test]
fn what_a_crawl_came_to_is_in_the_json() {
    let told = |more: &[&str]| -> serde_json::Value {
        let out = hydranet(folder().path(), &takedown(&[more, &["--json"]].concat()));
        assert!(out.status.success(), "{}", text(&out.stderr));
        let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        let said = text(&out.stderr);
        if let Some(found) = json["discovered"].as_u64() {
            let note = format!("{found} of {} nodes were discovered with {} requests", json["nodes"], json["requests"]);
            assert!(said.contains(&note), "no `{note}` in: {said}");
        }
        json
    };
    let known = told(&["--knowledge", "requests=0.05"]);
    assert!(known["discovered"].as_u64().is_some_and(|n| n > 10 && n < known["nodes"].as_u64().unwrap()), "{known}");
    assert!(told(&[])["discovered"].is_null(), "without a crawl there is nothing to say of one");
}

#[test]
fn precision_that_is_not_reached_is_told() {
    let dir = folder();
    let d = dir.path();
    let spec = |precision: f64| {
        let head = format!("title = \"t\"\nseed = 1\nnetworks = 2\nprecision = {precision}\nmax_networks = 3\n");
        let cell = "[[topology]]\nmodel = \"gnm\"\nn = 100\nm = 200\n[[treatment]]\nstrategy = \"random\"\n";
        std::fs::write(d.join("spec.toml"), head + cell).unwrap();
        let out = hydranet(d, &["run", "spec.toml", "-j", "1", "--no-figures"]);
        assert!(out.status.success(), "{}", text(&out.stderr));
        text(&out.stderr)
    };
    let said = spec(0.0001);
    for words in ["`precision` = 0.0001 is not reached", "the widest interval is ± 0.", "after 3 networks", "raise it"]
    {
        assert!(said.contains(words), "no `{words}` in: {said}");
    }
    assert!(!spec(0.999).contains("is not reached"));
}

#[test]
fn lookups_need_a_geometry_before_anything_is_done() {
    let dir = folder();
    let d = dir.path();
    let spec = "study = \"lookup\"\ntitle = \"t\"\nseed = 1\nnetworks = 2\npairs = 10\n[[topology]]\nmodel = \"chord\"\n\
                bits = 6\n[[topology]]\nmodel = \"gnp\"\nn = 50\nmean_degree = 3.0\n[[treatment]]\nstrategy = \"random\"\n";
    std::fs::write(d.join("spec.toml"), spec).unwrap();
    for command in ["run", "plan"] {
        refused(d, &[command, "spec.toml"], &["topology `gnp`: `gnp` is no structured overlay", "spec.toml:10:9"]);
    }
    assert!(!d.join("results").exists(), "nothing was begun");
}

#[test]
fn more_seeds_than_dialable_peers_are_refused() {
    let dir = folder();
    let d = dir.path();
    let topology = "[[topology]]\nmodel = \"random-peer-list\"\nn = 100\nk = 5\nroutable_share = 0.4\n";
    let head = "title = \"t\"\nseed = 1\nnetworks = 1\n";
    let words = ["`seeds`: 41 dialable peers cannot be known at the start: 40 of the 100 nodes here can be dialled"];
    let specs = |seeds: u32| {
        let treatment = "[[treatment]]\nstrategy = \"random\"\n";
        let discovery =
            format!("study = \"discovery\"\n{head}requests = [0.1]\nseeds = {seeds}\n{topology}{treatment}");
        let known = format!("knowledge = {{ crawl = {{ requests = 0.1, seeds = {seeds} }} }}\n");
        [discovery, format!("{head}{topology}{treatment}{known}")]
    };
    for (name, (wrong, right)) in ["a.toml", "b.toml"].iter().zip(specs(41).iter().zip(&specs(40))) {
        std::fs::write(d.join(name), wrong).unwrap();
        refused(d, &["run", name, "-j", "1"], &words);
        std::fs::write(d.join(name), right).unwrap();
        assert!(hydranet(d, &["run", name, "-j", "1", "--no-figures"]).status.success(), "{name}");
    }
    let set = ["--set", "n=100", "--set", "k=5", "--set", "routable_share=0.4", "--strategy", "random", "--knowledge"];
    let args = [&["takedown", "--topology", "random-peer-list"], &set[..], &["requests=0.1,seeds=41"]].concat();
    refused(d, &args, &words);
    // the default is 10, or all where there are fewer
    let few = ["takedown", "--topology", "star", "--set", "n=5", "--strategy", "random", "--knowledge", "requests=1"];
    assert!(hydranet(d, &few).status.success());
}

#[test]
fn what_never_falls_apart_has_no_peak() {
    let healing = ["takedown", "--topology", "self-healing", "--strategy", "random", "--set", "n=100", "--set", "k=10"];
    let peak = |more: &[&str]| {
        let out = hydranet(folder().path(), &[&healing, more].concat());
        let said = text(&out.stdout);
        said.lines().find(|l| l.starts_with("f_chi")).unwrap_or_else(|| panic!("{}", text(&out.stderr))).to_string()
    };
    assert!(peak(&["--repair", "10"]).ends_with("never: it stays in one piece"));
    assert!(peak(&[]).contains(" 0."));
}

#[test]
fn directed_networks_are_measured_along_their_arcs() {
    let dir = folder();
    let d = dir.path();
    let names = ["strong-component", "out-reach", "reciprocity", "in-degree-skewness", "in-degree-peak"];
    let measured = |args: &[&str]| -> serde_json::Value {
        let out = hydranet(d, &[&["measure", "--json"], args].concat());
        assert!(out.status.success(), "{args:?}: {}", text(&out.stderr));
        serde_json::from_slice(&out.stdout).unwrap()
    };
    let value = |rows: &serde_json::Value, name: &str| {
        rows.as_array().unwrap().iter().find(|row| row["measure"] == name).map(|row| row["value"].as_f64())
    };
    // 2 levels of 4 rows: every node knows 2 and is known to 2, and level 0 and level 1 call each other
    let butterfly = measured(&["--topology", "butterfly", "--set", "levels=2"]);
    // 0 and 1 know each other's rows: row r of level 0 knows r and r^1, row s of level 1 knows s and s^2: 8 of 16 arcs
    let want = [Some(1.0), Some(1.0), Some(0.5), None, Some(1.0)];
    for (name, want) in names.iter().zip(want) {
        assert_eq!(value(&butterfly, name), Some(want), "{name}");
    }
    // symmetric ones are measured so on request
    let star = ["--topology", "star", "--set", "n=5"];
    assert_eq!(value(&measured(&star), "reciprocity"), None);
    let asked = measured(&[&star[..], &["--only", "reciprocity", "--only", "in-degree-peak"]].concat());
    assert_eq!((value(&asked, "reciprocity"), value(&asked, "in-degree-peak")), (Some(Some(1.0)), Some(Some(2.5))));
    // and along a takedown: without its hub, a star is 4 nodes by themselves
    let along = measured(&[&star[..], &["--only", "strong-component", "--strategy", "degree", "--at", "0.2"]].concat());
    assert_eq!(value(&along, "strong-component"), Some(Some(0.25)));
    let one = [&star[..], &["--only", "strong-component", "--strategy", "degree", "--at", "0.2", "--largest"]].concat();
    assert_eq!(value(&measured(&one), "strong-component"), Some(Some(1.0)));
    let described = text(&hydranet(d, &["describe", "measures"]).stdout);
    assert!(names.iter().all(|name| described.contains(name)), "{described}");
    refused(
        d,
        &["measure", "--topology", "star", "--set", "n=5", "--only", "outreach"],
        &["did you mean `out-reach`?"],
    );
}

#[test]
fn games_are_solved_and_refused_with_their_place() {
    let folder = folder();
    let d = folder.path();
    let write = |name: &str, text: &str| std::fs::write(d.join(name), text).unwrap();
    write("game.csv", "arm,watch,seize,seize again\nhide,4,1,1\nrun,2,3,3\n");
    let told = call::ok(d, &["game", "solve", "game.csv"]);
    for word in ["value: 2.5", "equal arms of the column player: seize, seize again", "hide", "0.25"] {
        assert!(told.contains(word), "no `{word}` in {told}");
    }
    let json = call::ok(d, &["game", "solve", "game.csv", "--json", "--qre", "0,1"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!((json["value"].as_f64().unwrap() - 2.5).abs() < 1e-12);
    // of equal arms each has half
    assert!((json["column"][1]["probability"].as_f64().unwrap() - 0.25).abs() < 1e-12);
    assert_eq!(json["quantal_responses"].as_array().unwrap().len(), 2);
    // a leader does better by announcing a mixture
    write("leader.csv", "2,4\n1,3\n");
    write("follower.csv", "1,0\n0,1\n");
    let both = call::ok(d, &["game", "solve", "leader.csv", "follower.csv", "--leader", "row", "--json"]);
    let both: serde_json::Value = serde_json::from_str(&both).unwrap();
    assert!((both["commitment"]["leader_payoff"].as_f64().unwrap() - 3.5).abs() < 1e-8);
    assert_eq!(both["equilibria"][0]["row_payoff"].as_f64(), Some(2.0));
    write("nan.csv", "4,1\n2,nan\n");
    refused(d, &["game", "solve", "nan.csv"], &["nan.csv", "line 2, column 2", "nan"]);
    write("ragged.csv", "4,1\n2\n");
    refused(d, &["game", "solve", "ragged.csv"], &["line 2 has 1 cells and the first has 2"]);
    write("empty.csv", "");
    refused(d, &["game", "solve", "empty.csv"], &["no payoffs"]);
    refused(d, &["game", "solve", "nowhere.csv"], &["nowhere.csv: cannot be read"]);
    refused(d, &["game", "solve", "leader.csv", "game.csv"], &["2 × 2", "2 × 3"]);
    refused(d, &["game", "solve", "leader.csv", "--qre=-1"], &["--qre", "lambda = -1"]);
}
