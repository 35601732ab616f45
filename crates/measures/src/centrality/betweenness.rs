//! Betweenness of nodes and edges.
//!
//! b(v) = Σ over pairs {s, t} of the share of the shortest s–t paths that pass through v (Freeman 1977), by Brandes' algorithm
//! (J. Math. Sociol. 25, 163, 2001); for edges, the share that runs along them (Girvan & Newman 2002). Unordered pairs, not
//! normalised: networkx's values with `normalized=False`.
//!
//! With `samples = k`, paths are counted from k random nodes of every component, each standing for n_C / k of them (Brandes
//! & Pich, Int. J. Bifurc. Chaos 17, 2303, 2007; they draw from the whole network: drawing in every component gives small
//! ones exactly). By Hoeffding's inequality, with probability 1 − δ no node of a component of n_C nodes is off by more than
//! ε · n_C (n_C − 1)/2, where ε = √(ln(2 n_C/δ) / 2k). That is a worst case; the error of a node with few paths is far smaller.
//!
//! Path counts beyond 10³⁰⁸ (square grids of more than 500 × 500) give scores that are not finite. Leaving nodes out, and paths
//! that load their ends as well, are [`crate::paths::node_betweenness`].

use crate::paths::{self, Load, sources};
use hydranet_overlay::Csr;
use hydranet_topology::TrialRng;

/// Betweenness of every node, exactly. O(n m) time, in parallel.
///
/// ```
/// use hydranet_measures::centrality::betweenness;
/// use hydranet_overlay::Csr;
/// let (path, _) = Csr::from_edges(4, &[[0, 1], [1, 2], [2, 3]]);
/// assert_eq!(betweenness(&path), [0.0, 2.0, 2.0, 0.0]);
/// ```
pub fn betweenness(csr: &Csr) -> Vec<f64> {
    paths::node_betweenness(csr, None, &paths::all_sources(csr, |_| true), Load::Between)
}

/// An unbiased estimate of the betweenness of every node, from at most `samples` nodes of every component. O(samples · m).
pub fn sampled_betweenness(csr: &Csr, samples: u32, rng: &mut TrialRng) -> Vec<f64> {
    paths::node_betweenness(csr, None, &sources(csr, |_| true, Some(samples), rng), Load::Between)
}

/// Betweenness of every edge `u < v`, in the order of [`Csr::iter_arcs`], exactly. O(n m) time, in parallel.
///
/// ```
/// use hydranet_measures::centrality::edge_betweenness;
/// use hydranet_overlay::Csr;
/// let (path, _) = Csr::from_edges(4, &[[0, 1], [1, 2], [2, 3]]);
/// assert_eq!(edge_betweenness(&path), [3.0, 4.0, 3.0]);
/// ```
pub fn edge_betweenness(csr: &Csr) -> Vec<f64> {
    paths::edge_betweenness(csr, &paths::all_sources(csr, |_| true))
}

/// An unbiased estimate of the betweenness of every edge, from at most `samples` nodes of every component. O(samples · m).
pub fn sampled_edge_betweenness(csr: &Csr, samples: u32, rng: &mut TrialRng) -> Vec<f64> {
    paths::edge_betweenness(csr, &sources(csr, |_| true, Some(samples), rng))
}
