//! Do hubs link to hubs (Newman, Phys. Rev. Lett. 89, 208701, 2002)? In whole numbers, so that the only rounding is that of
//! the last division: r = (2m Σ k k' − (Σ k²)²) / (2m Σ k³ − (Σ k²)²), sums over arcs and over nodes. O(m), exact.

use super::Measured;
use hydranet_overlay::Csr;

/// Pearson correlation of the degrees at the ends of an edge.
pub(super) fn degree_assortativity(csr: &Csr) -> Measured {
    let power = |e: u32| (0..csr.nodes()).map(|v| (csr.degree(v) as i128).pow(e)).sum::<i128>();
    let (arcs, square, cube) = (csr.arcs() as i128, power(2), power(3));
    let product: i128 = csr.iter_arcs().map(|[u, v]| csr.degree(u) as i128 * csr.degree(v) as i128).sum();
    // 0/0 where all ends are alike
    let value = (arcs * product - square * square) as f64 / (arcs * cube - square * square) as f64;
    Measured::exactly(value, "exact, in whole numbers")
}
