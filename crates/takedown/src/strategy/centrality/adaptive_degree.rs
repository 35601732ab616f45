//! Highest degree first, degrees counted anew after every removal ("recalculated degree", RD, in Holme et al., Phys.
//! Rev. E 65, 056109, 2002; "high degree adaptive", HDA, in the dismantling literature).
//!
//! Nodes are kept in lists by degree and move down when they are found at the top with fewer links than they had. O(n + m);
//! with ties by node number, a heap: O(m log n).

use crate::RemovalOrder;
use crate::dismantle::by_remaining_degree;
use crate::strategy::{Ranking, Strategy, Task, Ties, Unsuitable};
use hydranet_overlay::{Csr, Overlay};
use hydranet_plugin::Plugin;
use hydranet_topology::{Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Parameters of [`AdaptiveDegree`].
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AdaptiveDegreeParams {
    /// Who falls first among nodes of equal degree: drawn at random, or the lowest node number.
    pub ties: Ties,
}

/// Highest remaining degree first.
#[derive(Debug, Clone, Default)]
pub struct AdaptiveDegree(AdaptiveDegreeParams);

impl Strategy for AdaptiveDegree {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let rng = &mut task.rng;
        Ok(RemovalOrder::nodes(match self.0.ties {
            Ties::Random => random_ties(overlay.closure(), rng),
            Ties::Id => lowest_id(overlay.closure()),
        }))
    }

    fn ranking(&self) -> Ranking {
        Ranking::EACH.ties(self.0.ties)
    }
}

pub(super) fn random_ties(csr: &Csr, rng: &mut TrialRng) -> Vec<u32> {
    let mut order = Vec::new();
    by_remaining_degree(csr, &mut order, rng);
    order
}

fn lowest_id(csr: &Csr) -> Vec<u32> {
    let mut degree: Vec<u32> = (0..csr.nodes()).map(|v| csr.degree(v)).collect();
    let mut gone = vec![false; degree.len()];
    let mut heap: BinaryHeap<(u32, Reverse<u32>)> = (0..csr.nodes()).map(|v| (csr.degree(v), Reverse(v))).collect();
    let mut order = Vec::with_capacity(degree.len());
    while let Some((d, Reverse(v))) = heap.pop() {
        // an entry that the node has outlived is passed over
        if gone[v as usize] || d != degree[v as usize] {
            continue;
        }
        gone[v as usize] = true;
        order.push(v);
        for &w in csr.row(v) {
            if !gone[w as usize] {
                degree[w as usize] -= 1;
                heap.push((degree[w as usize], Reverse(w)));
            }
        }
    }
    order
}

impl Plugin for AdaptiveDegree {
    type Params = AdaptiveDegreeParams;
    const NAME: &'static str = "adaptive-degree";
    const ALIASES: &'static [&'static str] = &["hda", "recalculated-degree"];
    const ABOUT: &'static str = "highest degree first, degrees counted anew after every removal (HDA)";
    const EXAMPLE: &'static str = "";

    fn new(params: AdaptiveDegreeParams) -> Result<AdaptiveDegree, Invalid> {
        Ok(AdaptiveDegree(params))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    /// Every node that falls has the highest remaining degree at that moment.
    fn check(csr: &Csr, order: &[u32], lowest: bool) {
        let mut alive: Vec<bool> = vec![true; csr.nodes() as usize];
        for &v in order {
            let degree = |u: u32| csr.row(u).iter().filter(|&&w| alive[w as usize]).count();
            let best = (0..csr.nodes()).filter(|&u| alive[u as usize]).map(degree).max().unwrap();
            assert_eq!(degree(v), best);
            if lowest {
                assert_eq!((0..csr.nodes()).find(|&u| alive[u as usize] && degree(u) == best), Some(v));
            }
            alive[v as usize] = false;
        }
    }

    #[test]
    fn always_the_highest_remaining_degree() {
        for trial in 0..200 {
            let mut rng = trial_rng(5, Trial::network(trial), Purpose::Topology);
            let n = 2 + rng.below(30);
            let edges: Vec<[u32; 2]> = (0..rng.below(3 * n)).map(|_| [rng.below(n), rng.below(n)]).collect();
            let (csr, _) = Csr::from_edges(n, &edges);
            check(&csr, &random_ties(&csr, &mut rng), false);
            check(&csr, &lowest_id(&csr), true);
        }
    }

    #[test]
    fn ties_are_broken_evenly() {
        // a cycle of 6: the first to fall is any node with equal chance
        let (csr, _) = Csr::from_edges(6, &[[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [5, 0]]);
        let mut first = [0u32; 6];
        for trial in 0..6000 {
            first[random_ties(&csr, &mut trial_rng(9, Trial::network(trial), Purpose::Order))[0] as usize] += 1;
        }
        let chi: f64 = first.iter().map(|&c| (c as f64 - 1000.0).powi(2) / 1000.0).sum();
        assert!(chi < 20.5, "chi-square {chi} with 5 degrees, 99.9 % point 20.5");
    }
}
