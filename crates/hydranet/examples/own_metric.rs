//! A metric of one's own with its interval: the share of live nodes that nobody knows when a third has fallen. Several orders
//! on one network are not independent, so the interval is clustered by network.
#![allow(clippy::print_stdout)]

use hydranet::prelude::*;
use hydranet::takedown::measure::survivors;
use hydranet::takedown::strategy::Degree;
use hydranet::topologies::random::{BarabasiAlbert, BarabasiAlbertParams};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (seed, orders) = (7, 3);
    let model = BarabasiAlbert::new(BarabasiAlbertParams { n: 2000, m: 2 })?;
    let strategy = Degree::default();
    let isolated = replicate(20, |trial| -> Result<Vec<f64>, Unsuitable> {
        let network = model.generate(&mut trial_rng(seed, trial, Purpose::Topology));
        let one = |order| {
            let stream = Trial::order_of(trial.network, order);
            let removal = strategy.nodes(&network, &mut Task::new(trial_rng(seed, stream, Purpose::Order)))?;
            let left = survivors(&network, &removal, removal.len() / 3);
            let alone = (0..left.nodes()).filter(|&v| left.closure().degree(v) == 0).count();
            Ok(alone as f64 / f64::from(left.nodes()))
        };
        (0..orders).map(one).collect()
    });
    let mut values = Vec::new();
    for (network, shares) in (0..).zip(isolated) {
        values.extend(shares?.into_iter().map(|share| (network, share)));
    }
    let all = Clustered::new(values)?.share_estimate(LEVEL).ok_or("two networks at least")?;
    let (lo, hi) = all.lo.zip(all.hi).ok_or("two networks at least")?;
    println!("isolated: {:.4} [{lo:.4}, {hi:.4}], {} trials on {} networks", all.mean, all.trials, all.clusters);
    Ok(())
}
