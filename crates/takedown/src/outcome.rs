//! What is read off one curve. Integers wherever they can be; ratios are computed when asked for.

use crate::Curve;
use crate::threshold::{NoThreshold, SecondPeak};

/// The summary of one takedown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Nodes before the takedown, N.
    pub nodes: u32,
    /// Peers before the takedown.
    pub peers: u32,
    /// Removals in the order, L (nodes, or edges).
    pub steps: u64,
    /// Σ S1(q) over q = 1 … L.
    pub sum_largest: u64,
    /// Σ reach(q) over q = 1 … L.
    pub sum_reach: u64,
    /// The q at which susceptibility is highest (the first, if there are several).
    pub peak_removed: u64,
    /// Σs² − S1² there.
    pub peak_spread: u64,
    /// The peak of the second component.
    pub second_peak: SecondPeak,
    /// The smallest q with S1(q) ≤ max(C·N, 1): a node by itself is always small enough, so that where C·N < 1 this is when no
    /// two nodes are linked any more, not when none is left. `None` if S1 never falls that low.
    pub set_size: Option<u64>,
    /// Peers that a command reaches before the takedown.
    pub reach_start: u32,
    /// The smallest q with reach(q) ≤ 50 % of the initial peers; `None` without peers, or if it never comes to that.
    pub seizures_50: Option<u64>,
    /// The smallest q with reach(q) ≤ 10 % of the initial peers.
    pub seizures_10: Option<u64>,
}

impl Outcome {
    /// Reads a curve with the dismantling target `target` = C, a share of the initial nodes in `[0, 1]`. O(L).
    pub fn of(curve: &Curve, target: f64) -> Outcome {
        let (mut peak_removed, mut peak_spread) = (0, 0);
        for q in 0..=curve.steps() {
            let spread = curve.spread(q);
            if spread > peak_spread {
                (peak_removed, peak_spread) = (q as u64, spread);
            }
        }
        let first = |values: &[u32], bound: f64| values.iter().position(|&v| v as f64 <= bound).map(|q| q as u64);
        let seizures = |share: f64| {
            if curve.peers == 0 { None } else { first(&curve.reach, share * curve.peers as f64) }
        };
        Outcome {
            nodes: curve.nodes,
            peers: curve.peers,
            steps: curve.steps() as u64,
            sum_largest: curve.largest[1..].iter().map(|&s| s as u64).sum(),
            sum_reach: curve.reach[1..].iter().map(|&s| s as u64).sum(),
            peak_removed,
            peak_spread,
            second_peak: SecondPeak::of(curve),
            set_size: first(&curve.largest, (target * curve.nodes as f64).max(1.0)),
            reach_start: curve.reach[0],
            seizures_50: seizures(0.5),
            seizures_10: seizures(0.1),
        }
    }

    /// Robustness R = (1/L) Σ_{q=1..L} S1(q)/N (Schneider et al. 2011), in `[0, 0.5]` for node removal.
    /// NaN for an empty network.
    pub fn r(&self) -> f64 {
        self.sum_largest as f64 / (self.steps as f64 * self.nodes as f64)
    }

    /// The same for command reach: R_cmd = (1/L) Σ reach(q)/peers. NaN without peers.
    pub fn r_cmd(&self) -> f64 {
        self.sum_reach as f64 / (self.steps as f64 * self.peers as f64)
    }

    /// Percolation threshold: the removed fraction at which the second component is largest.
    ///
    /// # Errors
    /// Where the network does not fall apart there: see [`crate::threshold`].
    pub fn f_c(&self) -> Result<f64, NoThreshold> {
        self.second_peak.threshold()
    }

    /// The removed fraction at which the susceptibility χ peaks; `None` where no component but the largest ever has a node. With
    /// heavy-tailed degrees it is no threshold: see [`crate::threshold`].
    pub fn f_chi(&self) -> Option<f64> {
        (self.peak_spread > 0 && self.steps > 0).then(|| self.peak_removed as f64 / self.steps as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RemovalOrder, percolate};
    use hydranet_overlay::{Csr, Overlay};

    #[test]
    fn a_target_below_one_node_asks_for_single_nodes() {
        // a star of 6: without its hub all is single
        let star = Overlay::symmetric(Csr::from_edges(6, &[[0, 1], [0, 2], [0, 3], [0, 4], [0, 5]]).0);
        let curve = percolate(&star, &RemovalOrder::nodes((0..6).collect()));
        for (target, want) in [(0.01, 1), (0.16, 1), (0.17, 1), (0.99, 1)] {
            assert_eq!(Outcome::of(&curve, target).set_size, Some(want), "C = {target}");
        }
        // leaves first: the hub and one leaf hold together until the fifth has fallen
        let curve = percolate(&star, &RemovalOrder::nodes(vec![1, 2, 3, 4, 5, 0]));
        for (target, want) in [(0.01, 5), (0.32, 5), (0.34, 4), (0.67, 2)] {
            assert_eq!(Outcome::of(&curve, target).set_size, Some(want), "C = {target}");
        }
        // nothing to take apart
        let single = Overlay::symmetric(Csr::empty(3));
        assert_eq!(Outcome::of(&percolate(&single, &RemovalOrder::nodes(vec![2, 0, 1])), 0.1).set_size, Some(0));
    }
}
