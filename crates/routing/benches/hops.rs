//! How fast lookups are routed: `cargo bench -p hydranet-routing --bench hops [-- BITS] [MODEL…]`.
//!
//! 2^BITS nodes (2²⁰ unless told otherwise), 30 % of them dead, lookups between live nodes; shown is the best of 25 in
//! millions of hops a second on one core, the hops of failed lookups among them.

#![allow(clippy::print_stdout)]

use hydranet_overlay::Live;
use hydranet_routing::lookup;
use hydranet_topology::{Draw, Params, Purpose, Trial, trial_rng};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let (numbers, names): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).filter(|a| !a.starts_with('-')).partition(|a| a.chars().all(|c| c.is_ascii_digit()));
    let bits: u32 = numbers.first().map_or(20, |n| n.parse().expect("a number of bits"));
    let n = 1u32 << bits;
    let jobs = [
        ("chord", format!("bits = {bits}")),
        ("chord", format!("bits = {bits}\nsuccessors = 16")),
        ("chord", format!("bits = 32\nn = {n}")),
        ("kademlia", format!("bits = {bits}\nk = 1")),
        ("kademlia", format!("bits = 32\nn = {n}\nk = 8")),
        ("kademlia", format!("bits = 32\nn = {n}\nk = 20")),
        ("plaxton-tree", format!("bits = {bits}")),
        ("hypercube", format!("bits = {bits}")),
        ("pastry", format!("bits = 32\nn = {n}")),
        ("can", format!("dimensions = {}\nside = 4", bits / 2)),
        ("symphony", format!("n = {n}\nlong_links = 8")),
        ("symphony", format!("n = {n}\nlong_links = 8\nbidirectional = true")),
        ("de-bruijn", format!("base = 2\ndigits = {bits}")),
        ("butterfly", format!("levels = {}", bits.saturating_sub(4).max(2))),
        ("skip-graph", format!("n = {n}")),
    ];
    println!(
        "{:<14} {:<28} {:>10} {:>8} {:>8} {:>10} {:>12}",
        "model", "parameters", "arcs", "draw, s", "failed", "hops", "Mhops/s"
    );
    for (name, params) in jobs.iter().filter(|(name, _)| names.is_empty() || names.iter().any(|n| n == name)) {
        let row = hydranet_topology_dht::MODELS.iter().find(|row| row.name == *name).expect("a model of the table");
        let model = row.build(&Params::parse(params).expect("TOML")).expect("parameters that work").value;
        let start = Instant::now();
        let network = black_box(model.generate(&mut trial_rng(1, Trial::network(0), Purpose::Topology)));
        let drawn = start.elapsed().as_secs_f64();
        let order = trial_rng(1, Trial::network(0), Purpose::Order).permutation(network.nodes());
        let (dead, alive) = order.split_at(order.len() * 3 / 10);
        let mut live = Live::all(network.nodes());
        dead.iter().for_each(|v| live.remove(*v));
        let rng = &mut trial_rng(1, Trial::network(0), Purpose::Lookup);
        let pairs: Vec<[u32; 2]> = lookup::pairs(alive, 300_000, rng).collect();
        let geometry = network.geometry().expect("a structured overlay has one");
        let (mut best, mut failed, mut hops) = (f64::MAX, 0.0, 0);
        for _ in 0..25 {
            let start = Instant::now();
            let tally = black_box(lookup::route(&network, geometry, &live, pairs.iter().copied()));
            best = best.min(start.elapsed().as_secs_f64());
            (failed, hops) = (tally.failed as f64 / tally.lookups() as f64, tally.hops() + tally.lost_hops);
        }
        println!(
            "{name:<14} {:<28} {:>10} {drawn:>8.2} {failed:>8.4} {hops:>10} {:>12.1}",
            params.replace('\n', ", "),
            network.out().arcs(),
            hops as f64 / best / 1e6
        );
    }
}
