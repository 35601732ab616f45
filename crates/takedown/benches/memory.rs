//! Memory and time of one large network and its curve: `cargo bench -p hydranet-takedown --bench memory [-- NODES]`.
//!
//! G(n,m) with mean degree 10 (10⁷ nodes unless told otherwise) is drawn, its nodes are taken down in random order, and
//! the process's highest memory is printed (Linux): network, its making and the curve of S1.

#![allow(clippy::print_stdout)]

use hydranet_takedown::largest_only;
use hydranet_topology::{Draw, Params, Purpose, Trial, trial_rng};
use std::time::Instant;

fn main() {
    let n: u32 = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(10_000_000);
    let row = hydranet_topology_random::MODELS.iter().find(|row| row.name == "gnm").expect("a model of the table");
    let params = format!("n = {n}\nmean_degree = 10");
    let model = row.build(&Params::parse(&params).expect("TOML")).expect("parameters that work").value;
    let clock = Instant::now();
    let network = model.generate(&mut trial_rng(1, Trial::network(0), Purpose::Topology));
    let drawn = clock.elapsed().as_secs_f64();
    let order = trial_rng(1, Trial::network(0), Purpose::Order).permutation(n);
    let clock = Instant::now();
    let curve = largest_only(network.closure(), &order);
    let taken = clock.elapsed().as_secs_f64();
    println!(
        "{n} nodes, {} edges: drawn in {drawn:.2} s, curve in {taken:.2} s, S1(0) = {}",
        network.edges(),
        curve[0]
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    match status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok()) {
        Some(kib) => println!("highest memory: {:.2} GB ({:.1} bytes an arc and node)", kib * 1024.0 / 1e9, {
            kib * 1024.0 / (network.closure().arcs() as f64 + n as f64)
        }),
        None => println!("highest memory: not told by this system"),
    }
}
