//! How fast networks are drawn: `cargo bench -p hydranet-topology-unstructured --bench generation [-- NODES] [MODEL…]`.
//!
//! Every model draws one network of 10⁶ peers unless told otherwise (`sality` lists: a fiftieth of it, since each holds
//! 1,000 entries)..

#![allow(clippy::print_stdout)]

use hydranet_topology::{Params, Purpose, Trial, trial_rng};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let (numbers, names): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).filter(|a| !a.starts_with('-')).partition(|a| a.chars().all(|c| c.is_ascii_digit()));
    let n: u32 = numbers.first().map_or(1_000_000, |n| n.parse().expect("a number of nodes"));
    let fewer = n / 50;
    let jobs = [
        ("random-peer-list", format!("n = {n}\nk = 10")),
        ("peer-list", format!("n = {n}\npreset = \"zeus\"")),
        ("peer-list", format!("n = {fewer}\npreset = \"sality\"")),
        ("peer-list", format!("n = {fewer}\npreset = \"zeroaccess\"")),
        ("gnutella", format!("n = {n}")),
        ("cyclon", format!("n = {n}")),
        ("hyparview", format!("n = {n}")),
        ("self-healing", format!("n = {n}\nk = 10")),
    ];
    println!("{:<18} {:>10} {:>11} {:>8} {:>8}", "model", "nodes", "arcs", "s", "ns/arc");
    for (name, params) in jobs.iter().filter(|(name, _)| names.is_empty() || names.iter().any(|n| n == name)) {
        let row = hydranet_topology_unstructured::MODELS.iter().find(|row| row.name == *name).expect("a model");
        let model = row.build(&Params::parse(params).expect("TOML")).expect("parameters that work").value;
        let start = Instant::now();
        let network = black_box(model.generate(&mut trial_rng(1, Trial::network(0), Purpose::Topology)));
        let s = start.elapsed().as_secs_f64();
        let arcs = network.out().arcs();
        println!("{name:<18} {:>10} {arcs:>11} {s:>8.3} {:>8.1}", network.nodes(), s * 1e9 / arcs as f64);
    }
}
