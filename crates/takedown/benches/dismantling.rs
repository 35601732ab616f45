//! What an order costs: `cargo bench -p hydranet-takedown --bench dismantling [-- large]`.
//!
//! A random network of the size of p2p-Gnutella31 (62,586 nodes, 147,892 links, a few hubs); with `large` also G(n,m) of
//! 10⁷ nodes and mean degree 3.5. Generation is not counted. Set RAYON_NUM_THREADS=1 for seconds on one core.

#![allow(clippy::print_stdout)]

use hydranet_overlay::{Csr, Overlay};
use hydranet_takedown::{Outcome, STRATEGIES, Task, percolate};
use hydranet_topology::{Draw, Params, Purpose, Trial, trial_rng};
use std::time::Instant;

fn main() {
    println!("{:<52} {:>9} {:>9} {:>10}", "order", "seconds", "aim", "set size");
    let rng = &mut trial_rng(1, Trial::network(0), Purpose::Topology);
    let n = 62_586;
    let mut link = || {
        let top = 1 + rng.below(n);
        [rng.below(n), rng.below(top)]
    };
    let links: Vec<[u32; 2]> = (0..147_892).map(|_| link()).collect();
    let gnutella = Overlay::symmetric(Csr::from_edges(n, &links).0);
    row(&gnutella, "corehd", "reinsertion = true", 0.05, 9);
    row(&gnutella, "collective-influence", "radius = 2", 1.0, 3);
    row(&gnutella, "betweenness", "samples = 256", 1.0, 3);
    row(&gnutella, "bpd", "", 30.0, 1);
    row(&gnutella, "min-sum", "", 30.0, 1);
    if std::env::args().any(|a| a == "large") {
        let n = 10_000_000;
        let rng = &mut trial_rng(1, Trial::network(1), Purpose::Topology);
        let links: Vec<[u32; 2]> = (0..17_500_000).map(|_| [rng.below(n), rng.below(n)]).collect();
        let large = Overlay::symmetric(Csr::from_edges(n, &links).0);
        drop(links);
        row(&large, "corehd", "reinsertion = true", 6.0, 3);
    }
}

fn row(network: &Overlay, name: &str, params: &str, aim: f64, repetitions: usize) {
    let strategy = STRATEGIES.iter().find(|row| row.name == name).expect("a registered strategy");
    let strategy = strategy.build(&Params::parse(params).expect("TOML")).expect("parameters that work").value;
    network.closure(); // made before the clock starts
    let mut seconds = Vec::new();
    let mut size = None;
    for _ in 0..repetitions {
        let task = &mut Task::new(trial_rng(1, Trial::network(0), Purpose::Order));
        let start = Instant::now();
        let order = strategy.nodes(network, task).expect("it ranks nodes");
        seconds.push(start.elapsed().as_secs_f64());
        size.get_or_insert_with(|| Outcome::of(&percolate(network, &order), task.target).set_size);
    }
    seconds.sort_by(f64::total_cmp);
    let what = format!("{name} {params}, {} nodes", network.nodes());
    println!("{what:<52} {:>9.3} {aim:>9} {:>10}", seconds[seconds.len() / 2], size.flatten().unwrap_or(0));
}
