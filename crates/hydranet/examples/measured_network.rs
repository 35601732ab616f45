//! A takedown curve of a measured network: `cargo run --example measured_network -- FILE`, or Zachary's karate club.
#![allow(clippy::print_stdout)]

use hydranet::prelude::*;
use hydranet::takedown::strategy::AdaptiveDegree;
use hydranet::topologies::file::{NetworkFile, NetworkFileParams};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or("sample:karate-club".into());
    let file = NetworkFile::new(NetworkFileParams { path, ..Default::default() })?;
    let rng = |purpose| trial_rng(1, Trial::network(0), purpose);
    let network = file.generate(&mut rng(Purpose::Topology));
    let order = AdaptiveDegree::default().nodes(&network, &mut Task::new(rng(Purpose::Order)))?;
    let curve = percolate(&network, &order);
    println!("{} nodes, {} links", network.nodes(), network.edges());
    for tenth in 0..=10 {
        let q = tenth * curve.steps() / 10;
        println!("{q:>6} removed: largest component {:>6}, second {:>6}", curve.largest[q], curve.second[q]);
    }
    let outcome = Outcome::of(&curve, 0.01);
    println!("robustness R = {:.4}", outcome.r());
    match outcome.f_c() {
        Ok(f_c) => println!("threshold f_c = {f_c:.4}"),
        Err(why) => println!("no threshold: {why}"),
    }
    Ok(())
}
