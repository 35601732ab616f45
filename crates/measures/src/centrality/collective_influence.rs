//! Collective influence (Morone & Makse, Nature 524, 65, 2015).
//!
//! CI_ℓ(i) = (k_i − 1) · Σ_{j ∈ ∂Ball(i, ℓ)} (k_j − 1), where k are degrees and ∂Ball(i, ℓ) are the nodes at distance exactly ℓ
//! from i: how many ways out there are around a node, which is what its removal closes. 0 for nodes with one link or none.

use hydranet_overlay::Csr;

/// The collective influence of every node of a symmetric network, for balls of radius `radius`. O(n · ball).
///
/// ```
/// use hydranet_measures::centrality::collective_influence;
/// use hydranet_overlay::Csr;
/// // a path of five: only the middle sees two ways out at distance 1
/// let (path, _) = Csr::from_edges(5, &[[0, 1], [1, 2], [2, 3], [3, 4]]);
/// assert_eq!(collective_influence(&path, 1), [0, 1, 2, 1, 0]);
/// ```
pub fn collective_influence(csr: &Csr, radius: u32) -> Vec<u64> {
    let excess = |v: u32| csr.degree(v).saturating_sub(1) as u64;
    let mut seen = vec![u32::MAX; csr.nodes() as usize];
    let (mut ring, mut next) = (Vec::new(), Vec::new());
    let influence = |v: u32| {
        if excess(v) == 0 {
            return 0;
        }
        seen[v as usize] = v;
        ring.clear();
        ring.push(v);
        for _ in 0..radius {
            next.clear();
            for &u in &ring {
                for &w in csr.row(u) {
                    if std::mem::replace(&mut seen[w as usize], v) != v {
                        next.push(w);
                    }
                }
            }
            std::mem::swap(&mut ring, &mut next);
        }
        excess(v) * ring.iter().map(|&w| excess(w)).sum::<u64>()
    };
    (0..csr.nodes()).map(influence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths::Bfs;
    use crate::testing::random_network;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn agrees_with_distances() {
        for trial in 0..200 {
            let csr = random_network(&mut trial_rng(40, Trial::network(trial), Purpose::Topology), 24);
            for radius in 0..4 {
                for (v, got) in (0..).zip(collective_influence(&csr, radius)) {
                    let mut bfs = Bfs::new(csr.nodes());
                    let reached = bfs.run(&csr, v).to_vec();
                    let ring = reached.into_iter().filter(|&w| bfs.distance(w) == radius);
                    let sum: i64 = ring.map(|w| csr.degree(w) as i64 - 1).sum();
                    // a ring of isolated nodes is the node itself, and its factor is what counts
                    assert_eq!(got as i64, (csr.degree(v) as i64 - 1).max(0) * sum.max(0));
                }
            }
        }
    }
}
