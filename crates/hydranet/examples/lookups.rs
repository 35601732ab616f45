//! Which lookups still arrive in a Kademlia network whose nodes fail, and in how many hops.
#![allow(clippy::print_stdout)]

use hydranet::overlay::Live;
use hydranet::prelude::*;
use hydranet::routing::lookup::{pairs, route};
use hydranet::topologies::dht::{Kademlia, KademliaParams};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rng = |purpose| trial_rng(3, Trial::network(0), purpose);
    let model = Kademlia::new(KademliaParams { bits: 12, n: None, k: 4 })?;
    let network = model.generate(&mut rng(Purpose::Topology));
    let geometry = network.geometry().ok_or("a structured overlay")?;
    let order = rng(Purpose::Order).permutation(network.nodes());
    for percent in (0..=80).step_by(20) {
        let (dead, alive) = order.split_at(order.len() * percent / 100);
        let mut live = Live::all(network.nodes());
        dead.iter().for_each(|&v| live.remove(v));
        let tally = route(&network, geometry, &live, pairs(alive, 10_000, &mut rng(Purpose::Lookup)));
        let arrived = 1.0 - tally.failed as f64 / tally.lookups() as f64;
        println!("{percent:>3} % failed: {:.4} arrive, median {:?} hops", arrived, tally.hops_quantile(0.5));
    }
    Ok(())
}
