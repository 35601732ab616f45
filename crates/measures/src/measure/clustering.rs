//! Clustering of a whole network, from the triangles at its nodes. O(m^{3/2}), exact.

use super::Measured;
use crate::clustering::{local_clustering, triangles};
use hydranet_overlay::Csr;

/// Mean local clustering coefficient.
pub(super) fn average(csr: &Csr) -> Measured {
    Measured::exactly(local_clustering(csr).into_iter().sum::<f64>() / csr.nodes() as f64, "exact, triangles counted")
}

/// Share of closed pairs of adjacent edges.
pub(super) fn transitivity(csr: &Csr) -> Measured {
    let pairs: u128 = (0..csr.nodes()).map(|v| csr.degree(v) as u128).map(|k| k * k.saturating_sub(1) / 2).sum();
    let closed: u128 = triangles(csr).into_iter().map(u128::from).sum();
    let value = if pairs > 0 { closed as f64 / pairs as f64 } else { 0.0 };
    Measured::exactly(value, "exact, triangles counted")
}
