//! Explosive immunization (Clusella, Grassberger, Pérez-Reche & Politi, "Immunization and targeted destruction of networks
//! using explosive percolation", Phys. Rev. Lett. 117, 208301, 2016).
//!
//! The order is found from its end: all nodes are removed, and again and again, of m random candidates the one with the
//! lowest score comes back (the Achlioptas process of explosive percolation, on nodes). Let N_i be the components that
//! node i would join.
//!
//! - While no component has more than C·N nodes (C is the target of the [`Task`]):
//!   σ₁(i) = k_i^eff + Σ_{C ∈ N_i} (√|C| − 1), where k_i^eff counts the neighbours that are neither leaves nor hubs
//!   (k^eff ≥ K), found by iteration since it stands on both sides.
//! - From then on: σ₂(i) = ∞ if the largest component is not in N_i, |N_i| otherwise, and between equals the size of the
//!   second largest component in N_i (the paper: |N_i| + ε·|C₂|).
//!
//! Where we deviate: the paper changes scores near the percolation threshold (its code: S1 = √N); the target serves the
//! purpose of dismantling to it. Candidates that are all worth ∞ are told apart by the rest of σ₂. O(n m k) for mean
//! degree k: time grows with the number of candidates.

use crate::RemovalOrder;
use crate::dismantle::{Union, joined, largest_allowed};
use crate::strategy::{NetworkSize, Strategy, Task, Unsuitable};
use hydranet_overlay::{Csr, Overlay};
use hydranet_plugin::Plugin;
use hydranet_topology::{Draw, Invalid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`ExplosiveImmunization`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExplosiveImmunizationParams {
    /// Candidates m that are compared at every step (≥ 1).
    pub candidates: u32,
    /// Effective degree K from which a neighbour is a hub, and does not count (≥ 1).
    pub cutoff: u32,
}

impl Default for ExplosiveImmunizationParams {
    fn default() -> Self {
        ExplosiveImmunizationParams { candidates: 1000, cutoff: 6 }
    }
}

/// The lowest score among random candidates comes back first.
#[derive(Debug, Clone, Default)]
pub struct ExplosiveImmunization(ExplosiveImmunizationParams);

impl Strategy for ExplosiveImmunization {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        Ok(RemovalOrder::nodes(explode(overlay.closure(), &self.0, task)))
    }

    fn needs_target(&self) -> bool {
        true
    }

    fn order_cost(&self, _: NetworkSize) -> f64 {
        15_000.0
    }
}

/// Sweeps after which the effective degrees are taken as they are: two hubs that make each other none can go on for ever.
const SWEEPS: u32 = 100;

/// k_i^eff of every node.
fn effective_degrees(csr: &Csr, cutoff: u32) -> Vec<u32> {
    let mut effective: Vec<u32> = (0..csr.nodes()).map(|v| csr.degree(v)).collect();
    for _ in 0..SWEEPS {
        let mut changed = false;
        for v in 0..csr.nodes() {
            let counts = |&&w: &&u32| csr.degree(w) > 1 && effective[w as usize] < cutoff;
            let now = csr.row(v).iter().filter(counts).count() as u32;
            changed |= std::mem::replace(&mut effective[v as usize], now) != now;
        }
        if !changed {
            break;
        }
    }
    effective
}

/// σ₁ from the components that a node would join.
fn sigma_1(effective: u32, components: &[(u32, u32)]) -> f64 {
    effective as f64 + components.iter().map(|&(_, size)| (size as f64).sqrt() - 1.0).sum::<f64>()
}

/// σ₂ from the components that a node would join, as numbers to be compared one after the other.
fn sigma_2(largest: u32, components: &[(u32, u32)]) -> (bool, u32, u32) {
    let (mut first, mut second) = (0, 0);
    for &(_, size) in components {
        (first, second) = if size > first { (size, first) } else { (first, second.max(size)) };
    }
    (first < largest, components.len() as u32, second)
}

fn explode(csr: &Csr, params: &ExplosiveImmunizationParams, task: &mut Task) -> Vec<u32> {
    let n = csr.nodes();
    let rng = &mut task.rng;
    let allowed = largest_allowed(task.target, n);
    let effective = effective_degrees(csr, params.cutoff);
    let mut union = Union::new(n);
    let mut components = Vec::new();
    let mut largest = 0;
    // the removed ones; at every step, the candidates are drawn to the front
    let mut removed: Vec<u32> = (0..n).collect();
    let mut back = Vec::with_capacity(n as usize);
    while !removed.is_empty() {
        let left = removed.len() as u32;
        let (mut best, mut best_score) = (0, (f64::INFINITY, (true, u32::MAX, u32::MAX)));
        for i in 0..params.candidates.min(left) {
            removed.swap(i as usize, (i + rng.below(left - i)) as usize);
            let v = removed[i as usize];
            joined(csr, &mut union, v, &mut components);
            let score = if largest <= allowed {
                (sigma_1(effective[v as usize], &components), (false, 0, 0))
            } else {
                (0.0, sigma_2(largest, &components))
            };
            if score < best_score {
                (best, best_score) = (i, score);
            }
        }
        let v = removed.swap_remove(best as usize);
        largest = largest.max(joined(csr, &mut union, v, &mut components));
        union.join(v, &components);
        back.push(v);
    }
    back.reverse();
    back
}

impl Plugin for ExplosiveImmunization {
    type Params = ExplosiveImmunizationParams;
    const NAME: &'static str = "explosive-immunization";
    const ALIASES: &'static [&'static str] = &["ei"];
    const ABOUT: &'static str =
        "from the end: the weakest blocker of random candidates comes back (Clusella et al. 2016)";
    const EXAMPLE: &'static str = "candidates = 100";

    fn new(params: ExplosiveImmunizationParams) -> Result<ExplosiveImmunization, Invalid> {
        Invalid::unless(params.candidates >= 1, "candidates", || "at least 1 candidate is compared, not 0".into())?;
        Invalid::unless(params.cutoff >= 1, "cutoff", || "the cutoff is at least 1, not 0".into())?;
        Ok(ExplosiveImmunization(params))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dismantle::tests::{assert_permutation, component_of, component_sizes, for_small_networks};
    use std::collections::BTreeSet;

    /// With all nodes as candidates, the lowest score of all comes back, scores from the components walked anew.
    #[test]
    fn always_the_lowest_score() {
        for_small_networks(250, |csr, rng| {
            let params = ExplosiveImmunizationParams { candidates: 1000, cutoff: 3 };
            let mut task = Task { rng: rng.clone(), target: [0.05, 0.2][rng.below(2) as usize] };
            let order = explode(csr, &params, &mut task);
            assert_permutation(csr, &order);
            let effective = effective_degrees(csr, 3);
            let mut alive = vec![false; order.len()];
            for &v in order.iter().rev() {
                let sizes = component_sizes(csr, &alive);
                let largest = sizes.iter().copied().max().unwrap();
                let score = |u: u32| {
                    // components told apart by their members
                    let mut parts = BTreeSet::new();
                    for &w in csr.row(u).iter().filter(|&&w| alive[w as usize]) {
                        let mut members = component_of(csr, &alive, w);
                        members.sort_unstable();
                        parts.insert(members);
                    }
                    let mut sizes: Vec<usize> = parts.iter().map(Vec::len).collect();
                    sizes.sort_unstable();
                    sizes.reverse();
                    if largest <= largest_allowed(task.target, csr.nodes()) {
                        let roots = sizes.iter().map(|&s| (s as f64).sqrt() - 1.0).sum::<f64>();
                        (effective[u as usize] as f64 + roots, 0, 0)
                    } else {
                        let apart = sizes.first().is_none_or(|&s| s < largest as usize);
                        let second = sizes.get(1).copied().unwrap_or(0);
                        (if apart { f64::INFINITY } else { 0.0 }, sizes.len(), second)
                    }
                };
                let dead = (0..csr.nodes()).filter(|&u| !alive[u as usize]);
                let best = dead.map(score).min_by(|a, b| a.partial_cmp(b).unwrap()).unwrap();
                let own = score(v);
                assert!((own.0 - best.0).abs() < 1e-9 || own.0 == best.0, "{own:?} {best:?}");
                assert_eq!((own.1, own.2), (best.1, best.2));
                alive[v as usize] = true;
            }
        });
    }

    #[test]
    fn effective_degrees_leave_out_leaves_and_hubs() {
        // two hubs of five leaves each, joined through one node
        let mut edges: Vec<[u32; 2]> = (3..8).map(|v| [0, v]).chain((8..13).map(|v| [1, v])).collect();
        edges.extend([[0, 2], [1, 2]]);
        let (csr, _) = Csr::from_edges(13, &edges);
        // leaves do not make a hub: each of the two counts the middle only
        assert_eq!(effective_degrees(&csr, 6)[..3], [1, 1, 2]);
        // five triangles on one node make one
        let edges: Vec<[u32; 2]> =
            (0..5).flat_map(|i| [[0, 2 * i + 1], [0, 2 * i + 2], [2 * i + 1, 2 * i + 2]]).collect();
        let (csr, _) = Csr::from_edges(11, &edges);
        assert_eq!(effective_degrees(&csr, 6)[..3], [10, 1, 1]);
    }

    #[test]
    fn empty_samples_are_refused() {
        let refused =
            |candidates, cutoff| ExplosiveImmunization::new(ExplosiveImmunizationParams { candidates, cutoff });
        assert_eq!(refused(0, 6).unwrap_err().param, "candidates");
        assert_eq!(refused(9, 0).unwrap_err().param, "cutoff");
    }
}
