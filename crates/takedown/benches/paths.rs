//! What shortest paths and spectra cost: `cargo bench -p hydranet-takedown --bench paths [-- FILE…]`.
//!
//! Without files (edge lists: two numbers a line), a random network with the size of p2p-Gnutella31 and a few hubs.
//! Set RAYON_NUM_THREADS=1 for seconds on one core.

#![allow(clippy::print_stdout)]

use hydranet_overlay::{Csr, Overlay};
use hydranet_takedown::measure::{Measure, largest_component, measure};
use hydranet_takedown::{Outcome, STRATEGIES, Task, percolate};
use hydranet_topology::{Draw, Params, Purpose, Trial, trial_rng};
use std::time::Instant;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    if files.is_empty() {
        bench("62,586 nodes, 147,892 links drawn", &drawn());
    }
    for file in files {
        bench(&file, &read(&file));
    }
}

fn drawn() -> Overlay {
    let rng = &mut trial_rng(1, Trial::network(0), Purpose::Topology);
    let n = 62_586;
    let mut link = || {
        let top = 1 + rng.below(n);
        [rng.below(n), rng.below(top)]
    };
    let links: Vec<[u32; 2]> = (0..147_892).map(|_| link()).collect();
    Overlay::symmetric(Csr::from_edges(n, &links).0)
}

fn read(file: &str) -> Overlay {
    let text = std::fs::read_to_string(file).expect("the file is there");
    let lines = text.lines().filter(|l| !l.starts_with('#'));
    let numbers = |l: &str| l.split_whitespace().map(|x| x.parse::<u32>().expect("a number")).collect::<Vec<_>>();
    let links: Vec<[u32; 2]> = lines.map(numbers).map(|pair| [pair[0], pair[1]]).collect();
    let n = links.iter().flatten().max().map_or(0, |v| v + 1);
    Overlay::symmetric(Csr::from_edges(n, &links).0)
}

fn bench(name: &str, overlay: &Overlay) {
    println!("\n{name}: {} nodes, {} edges", overlay.nodes(), overlay.edges());
    println!("{:<42} {:>8} {:>10} {:>8}", "strategy", "seconds", "set at 1 %", "R");
    let small = overlay.nodes() < 20_000;
    for (strategy, params, always) in [
        ("betweenness", "samples = 256", true),
        ("betweenness", "", small),
        ("adaptive-betweenness", "samples = 64", true),
        ("closeness", "samples = 256", true),
        ("closeness", "", small),
        ("pagerank", "", true),
        ("eigenvector", "", true),
        ("gnd", "cost = \"unit\"", true),
        ("gnd", "cost = \"degree\"", true),
    ] {
        if !always {
            continue;
        }
        let row = STRATEGIES.iter().find(|row| row.name == strategy).expect("it is registered");
        let plan = row.build(&Params::parse(params).expect("TOML")).expect("good parameters").value;
        let mut task = Task::new(trial_rng(1, Trial::network(0), Purpose::Order));
        let start = Instant::now();
        let order = plan.nodes(overlay, &mut task).expect("it ranks nodes");
        let seconds = start.elapsed().as_secs_f64();
        let outcome = Outcome::of(&percolate(overlay, &order), 0.01);
        let set = outcome.set_size.expect("an order is complete");
        println!("{:<42} {seconds:>8.3} {set:>10} {:>8.4}", format!("{strategy} {params}"), outcome.r());
    }
    let largest = largest_component(overlay);
    println!("{:<27} {:>8} {:>14} {:>10}  method", "measure of largest component", "seconds", "value", "error");
    for what in Measure::ALL {
        let mut rng = trial_rng(1, Trial::network(0), Purpose::Measure);
        let start = Instant::now();
        let got = measure(&largest, what, &mut rng);
        let seconds = start.elapsed().as_secs_f64();
        let error = got.standard_error.map_or("–".into(), |e| format!("{e:.2e}"));
        println!("{:<27} {seconds:>8.3} {:>14.6} {error:>10}  {}", what.name(), got.value, got.method);
    }
}
