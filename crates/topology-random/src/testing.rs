//! What the tests of the models share.

use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Plugin, Purpose, Topology, Trial, trial_rng};
use std::collections::BTreeMap;

/// The model with these parameters; panics with the refusal.
pub(crate) fn model<M: Plugin + Topology>(params: M::Params) -> M {
    M::new(params).unwrap_or_else(|e| panic!("{}: {e}", M::NAME))
}

/// Network number `trial` of seed 42.
pub(crate) fn draw(model: &impl Topology, trial: u32) -> Overlay {
    model.generate(&mut trial_rng(42, Trial::network(trial), Purpose::Topology))
}

/// The edges `[u, v]`, u < v, in order.
pub(crate) fn edges(network: &Overlay) -> Vec<[u32; 2]> {
    network.out().iter_arcs().filter(|[u, v]| u < v).collect()
}

/// The edges of network 0 of a tiny network: what golden tests hold.
pub(crate) fn golden<M: Plugin + Topology>(params: M::Params) -> Vec<[u32; 2]> {
    edges(&draw(&model::<M>(params), 0))
}

/// Number of edges and an FNV-1a hash of them: what golden tests of larger networks hold.
pub(crate) fn fingerprint(network: &Overlay) -> (u64, u64) {
    let fnv = |h: u64, x: u32| x.to_le_bytes().iter().fold(h, |h, &b| (h ^ b as u64).wrapping_mul(0x0100_0000_01b3));
    let hash = edges(network).iter().flatten().fold(0xcbf2_9ce4_8422_2325, |h, &x| fnv(h, x));
    (network.edges(), hash)
}

/// Asserts that the parameters are refused, in words that hold `says`.
pub(crate) fn refuses<M: Plugin + Topology>(params: M::Params, says: &str) {
    let refusal = M::new(params).expect_err("these parameters violate a condition").to_string();
    assert!(refusal.contains(says), "`{refusal}` does not say `{says}`");
}

/// How often each edge list comes up among networks `0..draws`.
pub(crate) fn census(model: &impl Topology, draws: u32) -> BTreeMap<Vec<[u32; 2]>, u32> {
    let mut seen = BTreeMap::new();
    for trial in 0..draws {
        *seen.entry(edges(&draw(model, trial))).or_insert(0) += 1;
    }
    seen
}

/// Asserts that `kinds` outcomes came up equally often: chi-square below mean + 5 standard deviations.
pub(crate) fn assert_uniform<K>(seen: &BTreeMap<K, u32>, kinds: usize) {
    assert_eq!(seen.len(), kinds, "number of different networks");
    let expected = seen.values().sum::<u32>() as f64 / kinds as f64;
    let chi: f64 = seen.values().map(|&c| (c as f64 - expected).powi(2) / expected).sum();
    let df = kinds as f64 - 1.0;
    assert!(chi < df + 5.0 * (2.0 * df).sqrt(), "chi-square {chi:.1} with {df} degrees of freedom");
}

/// Asserts that `got` is within `tolerance` of `want`.
#[track_caller]
pub(crate) fn close(what: &str, got: f64, want: f64, tolerance: f64) {
    assert!((got - want).abs() <= tolerance, "{what}: {got} is not within {tolerance} of {want}");
}

/// Mean and variance of the degree.
pub(crate) fn degree_moments(g: &Csr) -> (f64, f64) {
    let n = g.nodes() as f64;
    let mean = g.arcs() as f64 / n;
    let second = (0..g.nodes()).map(|v| (g.degree(v) as f64).powi(2)).sum::<f64>() / n;
    (mean, second - mean * mean)
}

/// Number of links among the neighbours of each node.
fn links_among_neighbours(g: &Csr, v: u32) -> u64 {
    let row = g.row(v);
    (0..row.len()).map(|i| row[i + 1..].iter().filter(|&&w| g.has_arc(row[i], w)).count() as u64).sum()
}

/// Number of triangles.
pub(crate) fn triangles(g: &Csr) -> u64 {
    (0..g.nodes()).map(|v| links_among_neighbours(g, v)).sum::<u64>() / 3
}

/// Mean over all nodes of the share of neighbour pairs that are linked (0 where there is no pair).
pub(crate) fn clustering(g: &Csr) -> f64 {
    let local = |v: u32| match g.degree(v) as f64 {
        d if d < 2.0 => 0.0,
        d => links_among_neighbours(g, v) as f64 / (d * (d - 1.0) / 2.0),
    };
    (0..g.nodes()).map(local).sum::<f64>() / g.nodes() as f64
}

/// Number of connected components, by petgraph.
pub(crate) fn components(network: &Overlay) -> usize {
    petgraph::algo::connected_components(network.undirected())
}
