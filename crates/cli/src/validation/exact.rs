//! Networks whose every number is known.

use super::{Bench, Check};
use hydranet_takedown::{Outcome, RemovalOrder, percolate};

/// R of the complete graph for any order, and of the star, hub first.
pub(super) fn checks(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let n = 1000.0;
    let complete = bench.network("complete", "n = 1000", 0);
    let any_order = Outcome::of(&bench.curve(&complete, "random", false, 0), 0.01).r();
    // beacon with one server is the star: server 0 is the hub
    let star = bench.network("beacon", "peers = 999\nservers = 1", 0);
    let hub_first = bench.curve(&star, "role", false, 0);
    let hub_last = percolate(&star, &RemovalOrder::nodes((0..1000).rev().collect()));
    let star_last = (1..1000).map(|q| 1000.0 - q as f64).sum::<f64>() / (n * n);
    let exact = |name: &str, reference: f64, value: f64| Check {
        name: name.into(),
        source: "closed form",
        reference,
        tolerance: 1e-12,
        at_most: false,
        values: vec![value],
    };
    Ok(vec![
        exact("complete graph, any order: R = (N − 1)/2N", (n - 1.0) / (2.0 * n), any_order),
        exact("star, hub first: R = (N − 1)/N²", (n - 1.0) / (n * n), Outcome::of(&hub_first, 0.01).r()),
        exact("star, hub last: R = (N − 1)/2N", star_last, Outcome::of(&hub_last, 0.01).r()),
        exact("beacon: seizures to 50 % reach", 1.0, Outcome::of(&hub_first, 0.01).seizures_50.unwrap_or(0) as f64),
    ])
}
