//! What is read off one curve. Integers wherever they can be; ratios are computed when asked for.

use crate::Curve;

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
    /// The smallest q with S1(q) ≤ C·N; `None` if S1 never falls that low (edge removal in a network of fewer than 1/C
    /// nodes).
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
            set_size: first(&curve.largest, target * curve.nodes as f64),
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

    /// Percolation threshold: the removed fraction at which χ peaks. NaN for an empty order.
    pub fn f_c(&self) -> f64 {
        self.peak_removed as f64 / self.steps as f64
    }
}
