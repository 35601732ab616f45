//! A strategy of one's own beside two of the toolkit: who has many links to busy neighbours falls first. As a row of a table a
//! spec can name it: see `foreign`.
#![allow(clippy::print_stdout)]

use hydranet::prelude::*;
use hydranet::takedown::strategy::{Degree, Random};
use hydranet::topologies::random::{BarabasiAlbert, BarabasiAlbertParams};

#[derive(Debug)]
struct SecondDegree;

impl Strategy for SecondDegree {
    fn nodes(&self, network: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let csr = network.closure();
        let score = |v: u32| csr.row(v).iter().map(|&u| csr.degree(u)).sum::<u32>();
        let mut order = task.rng.permutation(csr.nodes()); // equals at random
        order.sort_by_key(|&v| std::cmp::Reverse(score(v)));
        Ok(RemovalOrder::nodes(order))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rng = |purpose| trial_rng(1, Trial::network(0), purpose);
    let network = BarabasiAlbert::new(BarabasiAlbertParams { n: 1000, m: 2 })?.generate(&mut rng(Purpose::Topology));
    for strategy in [&Random as &dyn Strategy, &Degree::default(), &SecondDegree] {
        let order = strategy.nodes(&network, &mut Task::new(rng(Purpose::Order)))?;
        println!("R = {:.4} under {strategy:?}", Outcome::of(&percolate(&network, &order), 0.01).r());
    }
    Ok(())
}
