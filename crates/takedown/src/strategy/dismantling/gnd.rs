//! Generalized network dismantling (Ren, Gleinig, Helbing & Antulov-Fantulin, PNAS 116, 6554, 2019).
//!
//! Until no component has more than C·N nodes (C is the target of the [`Task`]; where C·N < 1, one node), the largest one is
//! cut in two:
//! 1. *Bisection* by the second eigenvector of the node-weighted Laplacian L = D_B − B, B_ij = A_ij (w_i + w_j − 1), w the cost
//!    of removing a node: the power method with c − L from a random start, orthogonal to the constant.
//! 2. *Cover.* Nodes of little cost cover the edges between the sides. They fall one by one; one whose component has become
//!    small enough by then is skipped, and stays.
//!
//! Then the rest falls, highest remaining degree first. (The paper stops before; an order is complete.) The paper reports results
//! with greedy reinsertion on top, too; that is a separate step.
//!
//! [`Cut::Sign`], the default, is what the authors' program does: the sign of the vector says the side; of nodes that cost their degree, the
//! degree is that in the component at hand, and the lowest falls first (else the highest). What differs: c is safe (see
//! `gnd/bisect.rs`), and the cover is Clarkson's (Inf. Process. Lett. 16, 23, 1983), at most twice the optimum like Bar-Yehuda &
//! Even's, where the program's greedy one has no such bound.
//!
//! [`Cut::Sweep`] does two steps better: sides are parted where the boundary costs least for a node of the smaller side, and the
//! cover is the cheapest there is (the edges between two sides are a bipartite network: a minimum cut). Degrees are those in the whole
//! network, which is what a removal costs. Sets are smaller on many networks and larger on some (Gnutella08 at 1 %, one seed: 1,827
//! against 1,898; the authors' program 1,984). So [`Cut::Better`] runs both and keeps the set that costs less.
//!
//! O(m log^{3/2} n) a cut and O(m √n) at worst for its cover, O(log n) cuts deep where cuts are balanced; about 150 bytes an edge that is
//! cut, 60 a node.
//! A sweep may cut off small parts, so that it cuts more often: on Gnutella08 (6,301 nodes) it takes thirty times as long as the sign.

mod bisect;
mod cover;
mod flow;
mod sweep;

use crate::RemovalOrder;
use crate::dismantle::{by_remaining_degree, largest_allowed};
use crate::strategy::{NetworkSize, Ranking, Strategy, Task, Unsuitable};
use hydranet_measures::induced::{ABSENT, induced};
use hydranet_overlay::{Csr, Overlay};
use hydranet_plugin::Plugin;
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// What removing a node costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cost {
    /// The same for every node: few removals are wanted.
    #[default]
    Unit,
    /// Its degree in the whole network: few lost links are wanted.
    Degree,
}

/// How the eigenvector parts a component, and how the cut is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cut {
    /// At the change of sign, covered at twice the least cost at most: the paper's.
    #[default]
    Sign,
    /// Where the boundary is cheapest for the part that it cuts off, covered at the least cost.
    Sweep,
    /// Both are run, and the set that costs less is taken: thirty times the time of the sign alone.
    Better,
}

/// Parameters of [`Gnd`].
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GndParams {
    /// What removing a node costs: `unit` (every node the same) or `degree` (its degree in the whole network).
    pub cost: Cost,
    /// How components are cut: `sign` (as the paper), `sweep`, or `better` (both; the set that costs less).
    pub cut: Cut,
}

/// Spectral cuts, covered by cheap nodes.
#[derive(Debug, Clone, Default)]
pub struct Gnd(GndParams);

impl Strategy for Gnd {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let csr = overlay.closure();
        let allowed = largest_allowed(task.target, csr.nodes()) as usize;
        let mut order = self.set(csr, allowed, &mut task.rng);
        by_remaining_degree(csr, &mut order, &mut task.rng);
        Ok(RemovalOrder::nodes(order))
    }

    fn needs_target(&self) -> bool {
        true
    }

    fn ranking(&self) -> Ranking {
        Ranking::EACH
    }

    fn order_cost(&self, _: NetworkSize) -> f64 {
        match self.0.cut {
            Cut::Sign => 4_000.0,
            Cut::Sweep | Cut::Better => 120_000.0,
        }
    }
}

impl Gnd {
    /// The nodes whose removal leaves no component of more than `allowed` nodes (≥ 1), as they fall.
    fn set(&self, csr: &Csr, allowed: usize, rng: &mut TrialRng) -> Vec<u32> {
        let cost = self.0.cost;
        let mut run = |cut| dismantle(csr, cost, cut, allowed, rng);
        match self.0.cut {
            Cut::Better => {
                let (sign, sweep) = (run(Cut::Sign), run(Cut::Sweep));
                let total = |set: &[u32]| set.iter().map(|&v| cost.of(csr, v)).sum::<u64>();
                if total(&sweep) < total(&sign) { sweep } else { sign }
            }
            cut => run(cut),
        }
    }
}

impl Cost {
    fn of(self, csr: &Csr, v: u32) -> u64 {
        match self {
            Cost::Unit => 1,
            Cost::Degree => u64::from(csr.degree(v)),
        }
    }
}

/// One way of cutting, down to components of at most `allowed` nodes.
fn dismantle(csr: &Csr, cost: Cost, cut: Cut, allowed: usize, rng: &mut TrialRng) -> Vec<u32> {
    let n = csr.nodes() as usize;
    // node numbers within the component at hand; ABSENT for all others
    let mut local = vec![ABSENT; n];
    let mut heap = BinaryHeap::new();
    let mut fall = Fall { csr, allowed, order: Vec::new(), gone: vec![false; n], seen: vec![0; n], walks: 0 };
    push_parts(csr, (0..csr.nodes()).collect(), allowed, &mut local, &mut heap);
    while let Some((_, Reverse(part))) = heap.pop() {
        let inner = induced(csr, &part, &mut local);
        let chosen = if cut == Cut::Sign {
            let weights: Vec<f64> = (0..inner.nodes()).map(|v| cost.of(&inner, v) as f64).collect();
            let side = bisect::signs(&bisect::vector(&inner, &weights, rng));
            cover::cover(&inner, &weights, &side, rng)
        } else {
            let costs: Vec<u64> = part.iter().map(|&v| cost.of(csr, v)).collect();
            let weights: Vec<f64> = costs.iter().map(|&c| c as f64).collect();
            let side = sweep::sides(&inner, &costs, &bisect::vector(&inner, &weights, rng));
            flow::cover(&inner, &costs, &side)
        };
        let low_first = cut == Cut::Sign && cost == Cost::Degree;
        fall.one_by_one(chosen.iter().map(|&v| part[v as usize]).collect(), low_first, rng);
        let left: Vec<u32> = part.into_iter().filter(|&v| !fall.gone[v as usize]).collect();
        push_parts(csr, left, allowed, &mut local, &mut heap);
    }
    fall.order
}

/// What has fallen.
struct Fall<'a> {
    csr: &'a Csr,
    allowed: usize,
    order: Vec<u32>,
    gone: Vec<bool>,
    /// The walk that has met a node last.
    seen: Vec<u32>,
    walks: u32,
}

impl Fall<'_> {
    fn degree(&self, v: u32) -> i64 {
        self.csr.row(v).iter().filter(|&&w| !self.gone[w as usize]).count() as i64
    }

    /// Whether the component of `v` has more nodes than are allowed. Ends as soon as that is known.
    fn is_large(&mut self, v: u32) -> bool {
        self.walks += 1;
        self.seen[v as usize] = self.walks;
        let (mut met, mut head) = (vec![v], 0);
        while met.len() <= self.allowed {
            let Some(&u) = met.get(head) else { return false };
            head += 1;
            for &w in self.csr.row(u) {
                if !self.gone[w as usize] && self.seen[w as usize] != self.walks {
                    self.seen[w as usize] = self.walks;
                    met.push(w);
                }
            }
        }
        true
    }

    /// Nodes of a cover fall by remaining degree, equals at random, those but in components that are small by then.
    fn one_by_one(&mut self, cover: Vec<u32>, low_first: bool, rng: &mut TrialRng) {
        let sign = if low_first { -1 } else { 1 };
        let tie = rng.permutation(cover.len() as u32);
        // (degree, tie, node); an entry that is not up to date is looked at again when it comes up
        let rank: BTreeMap<u32, u32> = cover.iter().copied().zip(tie).collect();
        let mut heap: BinaryHeap<(i64, u32, u32)> =
            rank.iter().map(|(&v, &tie)| (sign * self.degree(v), tie, v)).collect();
        let mut done = BTreeSet::new();
        while let Some((key, _, v)) = heap.pop() {
            if done.contains(&v) || key != sign * self.degree(v) {
                continue; // there is an entry with its degree of now, if it is not done
            }
            done.insert(v);
            if !self.is_large(v) {
                continue;
            }
            self.gone[v as usize] = true;
            self.order.push(v);
            for &w in self.csr.row(v) {
                if let Some(&tie) = rank.get(&w).filter(|_| !done.contains(&w)) {
                    heap.push((sign * self.degree(w), tie, w));
                }
            }
        }
    }
}

/// Components, largest first; of equal ones that with the lowest node.
type Parts = BinaryHeap<(usize, Reverse<Vec<u32>>)>;

/// Puts the components of `nodes` that are too large on the heap, members rising.
fn push_parts(csr: &Csr, nodes: Vec<u32>, allowed: usize, local: &mut [u32], heap: &mut Parts) {
    nodes.iter().for_each(|&v| local[v as usize] = 0);
    for start in nodes {
        if local[start as usize] == ABSENT {
            continue;
        }
        local[start as usize] = ABSENT;
        let mut part = vec![start];
        let mut head = 0;
        while let Some(&v) = part.get(head) {
            head += 1;
            for &w in csr.row(v) {
                if local[w as usize] != ABSENT {
                    local[w as usize] = ABSENT;
                    part.push(w);
                }
            }
        }
        if part.len() > allowed {
            part.sort_unstable();
            heap.push((part.len(), Reverse(part)));
        }
    }
}

impl Plugin for Gnd {
    type Params = GndParams;
    const NAME: &'static str = "gnd";
    const ALIASES: &'static [&'static str] = &["generalized-network-dismantling"];
    const ABOUT: &'static str = "spectral cuts covered by cheap nodes, until no component is large (Ren et al. 2019)";
    const EXAMPLE: &'static str = "cost = \"degree\"";

    fn new(params: GndParams) -> Result<Gnd, Invalid> {
        Ok(Gnd(params))
    }
}

/// A random start for the power method: entries in (−1, 1).
fn random_vector(n: usize, rng: &mut TrialRng) -> Vec<f64> {
    (0..n).map(|_| 2.0 * rng.unit() - 1.0).collect()
}

#[cfg(test)]
mod tests;
