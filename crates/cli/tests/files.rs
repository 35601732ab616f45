//! Network files on the command line: every way in, what is written, what is refused.

mod call;

use call::{refused, succeeded, text};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

fn inspected(folder: &Path, args: &[&str]) -> serde_json::Value {
    serde_json::from_slice(&succeeded(folder, &[&["inspect", "--json"], args].concat()).stdout).unwrap()
}

#[test]
fn whatever_is_written_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let d = folder.path();
    succeeded(d, &["generate", "beacon", "--set", "peers=60", "-o", "net.graphml"]);
    let first = inspected(d, &["net.graphml"]);
    for ending in [
        "graphml.xz",
        "gexf",
        "gml",
        "net",
        "dot",
        "json.bz2",
        "mtx",
        "metis",
        "txt.zst",
        "edges.gz",
        "csv",
        "tsv",
        "csv.gz",
    ] {
        let name = format!("other.{ending}");
        succeeded(d, &["convert", "net.graphml", &name]);
        let other = inspected(d, &[&name]);
        for key in ["nodes", "edges", "largest_component"] {
            assert_eq!(first[key], other[key], "{name}: {key}");
        }
    }
    assert_eq!(first["attributes"], inspected(d, &["other.gexf"])["attributes"]);
    refused(d, &["convert", "net.graphml", "net.xlsx"], &["cannot tell the format by this ending", ".graphml"]);
    let out = succeeded(d, &["convert", "net.graphml", "-", "--to", "table"]);
    assert!(text(&out.stdout).starts_with("source,target\n"));
    refused(d, &["convert", "net.graphml", "-"], &["--to"]);
}

#[test]
fn a_csv_file_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let d = folder.path();
    succeeded(d, &["generate", "gnm", "--set", "n=6", "--set", "m=5", "-o", "e.csv"]);
    let written = std::fs::read_to_string(d.join("e.csv")).unwrap();
    let rows: Vec<Vec<&str>> = written.lines().map(|l| l.split(',').collect()).collect();
    assert_eq!(rows[0], ["source", "target"]);
    assert!(rows.len() == 6 && rows[1..].iter().all(|r| r.len() == 2 && r.iter().all(|c| c.parse::<u32>().is_ok())));
    succeeded(d, &["generate", "gnm", "--set", "n=6", "--set", "m=5", "-o", "e.tsv"]);
    assert_eq!(std::fs::read_to_string(d.join("e.tsv")).unwrap(), written.replace(',', "\t"));
}

#[test]
fn options_of_reading() {
    let folder = tempfile::tempdir().unwrap();
    let d = folder.path();
    std::fs::write(d.join("n.csv"), "no;alpha;beta;gamma\n1;a;b;x\n2;b;c;y\n").unwrap();
    refused(d, &["inspect", "n.csv"], &["n.csv:1", "--columns"]);
    let told = inspected(d, &["n.csv", "--columns", "alpha,beta", "--directed"]);
    assert_eq!((&told["nodes"], &told["links"], &told["directed"]), (&3.into(), &2.into(), &true.into()));
    assert_eq!(told["columns"], serde_json::json!(["alpha", "beta"]));
    let takedown = ["takedown", "--strategy", "degree", "--json"];
    succeeded(d, &[&takedown[..], &["--file", "n.csv", "--columns", "2,3"]].concat());
    refused(d, &[&takedown[..], &["--file", "n.csv", "--set", "n=3"]].concat(), &["--set"]);
    refused(d, &[&takedown[..], &["--file", "n.csv", "--format", "excel"]].concat(), &["no such format", "edge-list"]);
    refused(
        d,
        &[&takedown[..], &["--topology", "star", "--set", "n=5", "--directed"]].concat(),
        &["--directed", "--file"],
    );
    let mut child = Command::new(env!("CARGO_BIN_EXE_hydranet"))
        .args(["inspect", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"0 1\n1 2\n").unwrap();
    let out = child.wait_with_output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(told["edges"], 2);
}

#[test]
fn attributes_from_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let d = folder.path();
    std::fs::write(d.join("n.txt"), "a b\nb c\nc d\n").unwrap();
    std::fs::write(d.join("attrs.csv"), "node,role,cost\nb,server,2\na,peer,1\nc,peer,1\nd,peer,1.5\n").unwrap();
    let role = ["takedown", "--file", "n.txt", "--strategy", "role", "--json"];
    refused(d, &role, &["needs the attribute role", "--nodes"]);
    let out = succeeded(
        d,
        &[&role[..], &["--nodes", "attrs.csv", "--order-out", "o.txt", "--removal-cost", "overlay"]].concat(),
    );
    let told: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!((&told["peers"], &told["cost"]["total"]), (&3.into(), &5.5.into()));
    assert!(std::fs::read_to_string(d.join("o.txt")).unwrap().starts_with("b\n"));
    std::fs::write(d.join("wrong.csv"), "node,role\nb,server\na,kng\n").unwrap();
    refused(
        d,
        &[&role[..], &["--nodes", "wrong.csv"]].concat(),
        &["wrong.csv:3", "`kng`", "operator, server, relay or peer"],
    );
    let described = text(&succeeded(d, &["describe", "file"]).stdout);
    assert!(["routable", "layer", "pajek", ".gml"].iter().all(|word| described.contains(word)), "{described}");
}

#[test]
fn an_order_file_may_begin_with_a_mark() {
    let folder = tempfile::tempdir().unwrap();
    let d = folder.path();
    std::fs::write(d.join("p.txt"), "a b\nb c\nc d\nd e\n").unwrap();
    std::fs::write(d.join("order.txt"), "\u{feff}c\nb\n").unwrap();
    let args =
        ["takedown", "--file", "p.txt", "--strategy", "order-file", "--strategy-set", "path=order.txt", "--json"];
    let told: serde_json::Value = serde_json::from_slice(&succeeded(d, &args).stdout).unwrap();
    assert_eq!(told["r"], 0.24);
    // a name that goes over lines has no place in an order file
    std::fs::write(d.join("n.csv"), "source,target\n\"a\nb\",c\n").unwrap();
    refused(
        d,
        &["takedown", "--file", "n.csv", "--strategy", "degree", "--order-out", "o.txt"],
        &["--order-out", "a\\nb"],
    );
}
