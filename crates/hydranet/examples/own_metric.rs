//! A metric of one's own: the share of live nodes that nobody knows when a third has fallen; interval clustered by network.
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
    let isolated = isolated.into_iter().collect::<Result<Vec<_>, _>>()?;
    let values =
        (0..).zip(isolated).flat_map(|(network, shares)| shares.into_iter().map(move |share| (network, share)));
    let all = Clustered::new(values)?.share_estimate(LEVEL).ok_or("two networks at least")?;
    let (lo, hi) = all.lo.zip(all.hi).ok_or("two networks at least")?;
    println!("isolated: {:.4} [{lo:.4}, {hi:.4}], {} trials on {} networks", all.mean, all.trials, all.clusters);
    Ok(())
}
