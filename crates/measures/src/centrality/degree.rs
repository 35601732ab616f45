//! Number of neighbours.

use hydranet_overlay::Csr;

/// The degree of every node, on a network of arcs its out-degree. O(n).
///
/// ```
/// use hydranet_measures::centrality::degree;
/// use hydranet_overlay::Csr;
/// assert_eq!(degree(&Csr::from_edges(3, &[[0, 1], [0, 2]]).0), [2, 1, 1]);
/// ```
pub fn degree(csr: &Csr) -> Vec<u32> {
    (0..csr.nodes()).map(|v| csr.degree(v)).collect()
}
