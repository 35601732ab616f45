//! The giant component of G(n, m) appears at mean degree 1. Against S = 1 − exp(−cS) (Erdős & Rényi 1960).
#![allow(clippy::print_stdout)]

use hydranet::measures::components::components;
use hydranet::prelude::*;
use hydranet::topologies::random::{Gnm, GnmParams};

/// The largest root of S = 1 − exp(−cS), by iteration from 1.
fn theory(c: f64) -> f64 {
    (0..10_000).fold(1.0, |s, _| 1.0 - libm::exp(-c * s))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let n = 20_000;
    println!("mean degree   measured, 95 % interval   theory");
    for c in [0.5, 0.8, 1.2, 1.5, 2.0, 3.0, 4.0] {
        let model = Gnm::new(GnmParams { n, m: None, mean_degree: Some(c) })?;
        let shares = replicate(20, |trial| {
            let network = model.generate(&mut trial_rng(7, trial, Purpose::Topology));
            components(network.closure(), |_| true).iter().map(Vec::len).max().unwrap_or(0) as f64 / f64::from(n)
        });
        let all = Clustered::new((0..).zip(shares))?.share_estimate(LEVEL).ok_or("two networks at least")?;
        let (lo, hi) = all.lo.zip(all.hi).ok_or("two networks at least")?;
        println!("{c:>11.1}   {:.4} [{lo:.4}, {hi:.4}]   {:>6.4}", all.mean, theory(c));
    }
    Ok(())
}
