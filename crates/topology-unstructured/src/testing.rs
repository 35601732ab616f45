//! What the tests of the models share.

use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Plugin, Purpose, Topology, Trial, TrialRng, trial_rng};
use std::collections::BTreeMap;

/// The topology stream of network number `trial` of seed 42.
pub(crate) fn rng(trial: u32) -> TrialRng {
    trial_rng(42, Trial::network(trial), Purpose::Topology)
}

/// Network number `trial` of seed 42; panics with the refusal if the parameters do not work.
pub(crate) fn draw<M: Plugin + Topology>(params: M::Params, trial: u32) -> Overlay {
    M::new(params).unwrap_or_else(|e| panic!("{}: {e}", M::NAME)).generate(&mut rng(trial))
}

/// All arcs, in order: what golden tests of tiny networks hold.
pub(crate) fn arcs(network: &Overlay) -> Vec<[u32; 2]> {
    network.out().iter_arcs().collect()
}

/// Number of arcs and an FNV-1a hash of them: what golden tests of larger networks hold.
pub(crate) fn fingerprint(network: &Overlay) -> (u64, u64) {
    let fnv = |h: u64, x: u32| x.to_le_bytes().iter().fold(h, |h, &b| (h ^ b as u64).wrapping_mul(0x0100_0000_01b3));
    let hash = network.out().iter_arcs().flatten().fold(0xcbf2_9ce4_8422_2325, fnv);
    (network.out().arcs(), hash)
}

/// Asserts that the parameters are refused, in words that hold `says`.
pub(crate) fn refuses<M: Plugin + Topology>(params: M::Params, param: &str, says: &str) {
    let refusal = M::new(params).map(|_| ()).expect_err("these parameters violate a condition");
    assert!(refusal.param == param && refusal.reason.contains(says), "`{refusal}` does not say `{says}` of `{param}`");
}

/// Asserts that `kinds` outcomes came up equally often: chi-square below mean + 5 standard deviations.
pub(crate) fn assert_uniform<K>(seen: &BTreeMap<K, u32>, kinds: usize) {
    assert_eq!(seen.len(), kinds, "number of different outcomes");
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

/// Mean and variance of the row lengths.
pub(crate) fn moments(g: &Csr) -> (f64, f64) {
    let n = g.nodes() as f64;
    let mean = g.arcs() as f64 / n;
    (mean, (0..g.nodes()).map(|v| (g.degree(v) as f64 - mean).powi(2)).sum::<f64>() / n)
}

/// Share of arcs that are answered by their opposite.
pub(crate) fn reciprocity(g: &Csr) -> f64 {
    g.iter_arcs().filter(|&[u, v]| g.has_arc(v, u)).count() as f64 / g.arcs() as f64
}

/// Number of connected components of the closure, by petgraph.
pub(crate) fn components(network: &Overlay) -> usize {
    petgraph::algo::connected_components(network.undirected())
}

/// Size of the largest strongly connected component, by petgraph.
pub(crate) fn largest_strong(network: &Overlay) -> usize {
    petgraph::algo::tarjan_scc(network).iter().map(Vec::len).max().unwrap_or(0)
}
