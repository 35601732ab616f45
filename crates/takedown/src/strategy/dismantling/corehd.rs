//! Highest degree in the 2-core first, then the trees are broken: CoreHD (Zdeborová, Zhang & Zhou, "Fast and simple
//! decycling and dismantling of networks", Sci. Rep. 6, 37954, 2016).
//!
//! 1. Of the 2-core (what is left when leaves are peeled off until there are none), the node with the most neighbours in
//!    the core falls; the core is peeled anew; and so on until there is no core, hence no cycle.
//! 2. In the largest tree, the node falls that leaves the smallest largest part, until no component has more than C·N
//!    nodes (C is the target of the [`Task`]; where C·N < 1, one node).
//! 3. The rest: highest remaining degree first. (The paper stops before; an order is complete.)
//!
//! Ties at random. The paper's results have greedy reinsertion on top: [`crate::reinsert`]. O(n + m) and a few cuts of
//! trees, 20 bytes a node.

use crate::RemovalOrder;
use crate::dismantle::{Ahead, Buckets, Peeling, ahead, break_trees, by_remaining_degree, largest_allowed};
use crate::kernel::Adjacency;
use crate::strategy::{NetworkSize, Ranking, Strategy, Task, Unsuitable};
use hydranet_overlay::{Csr, Overlay};
use hydranet_plugin::Plugin;
use hydranet_topology::{Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// CoreHD takes no parameters; what it works towards is the task's target.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CoreHdParams {}

/// Highest degree in the 2-core first, then tree breaking.
#[derive(Debug, Clone, Default)]
pub struct CoreHd;

impl Strategy for CoreHd {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let csr = overlay.closure();
        Ok(RemovalOrder::nodes(decycle_and_break(csr, Peeling::new(csr), Vec::new(), task)))
    }

    fn needs_target(&self) -> bool {
        true
    }

    fn ranking(&self) -> Ranking {
        Ranking::EACH
    }

    fn order_cost(&self, _: NetworkSize) -> f64 {
        60.0
    }
}

/// The three stages, from a network that has lost the nodes of `order` already.
pub(super) fn decycle_and_break(csr: &Csr, mut peeling: Peeling, mut order: Vec<u32>, task: &mut Task) -> Vec<u32> {
    decycle(csr, &mut peeling, 0..csr.nodes(), &mut order, &mut task.rng);
    break_trees(csr, &mut peeling, largest_allowed(task.target, csr.nodes()), &mut order, &mut task.rng);
    drop(peeling);
    by_remaining_degree(csr, &mut order, &mut task.rng);
    order
}

/// Of `nodes`, removes the one of the highest degree in the 2-core until none of them is in it, and appends them to
/// `order`. Ties at random.
pub(super) fn decycle(
    csr: &Csr,
    peeling: &mut Peeling,
    nodes: impl Iterator<Item = u32>,
    order: &mut Vec<u32>,
    rng: &mut TrialRng,
) {
    let keys = nodes.map(|v| (v, peeling.degree(v))).filter(|&(_, degree)| degree > 0);
    let mut buckets = Buckets::from_keys(keys);
    while let Some((list, key)) = buckets.take_highest(rng) {
        for (i, &v) in list.iter().enumerate() {
            ahead(&list, i, |u, how_far| match how_far {
                Ahead::Soon => csr.will_want_soon(u),
                Ahead::Next => {
                    csr.will_want_next(u);
                    peeling.will_want(u);
                }
                Ahead::Now if peeling.degree(u) == key => csr.row(u).iter().for_each(|&w| peeling.will_want(w)),
                Ahead::Now => {}
            });
            match peeling.degree(v) {
                0 => {} // peeled off
                degree if degree < key => buckets.put(v, degree),
                _ => {
                    peeling.remove(csr, v);
                    order.push(v);
                }
            }
        }
    }
}

impl Plugin for CoreHd {
    type Params = CoreHdParams;
    const NAME: &'static str = "corehd";
    const ALIASES: &'static [&'static str] = &["core-hd"];
    const ABOUT: &'static str = "highest degree in the 2-core first, then the trees are broken (Zdeborová et al. 2016)";
    const EXAMPLE: &'static str = "";

    fn new(_: CoreHdParams) -> Result<CoreHd, Invalid> {
        Ok(CoreHd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dismantle::tests::{
        assert_dismantles_a_forest, assert_permutation, degree_among, for_small_networks, two_core,
    };
    use hydranet_topology::Draw;

    #[test]
    fn every_stage_follows_its_rule() {
        for_small_networks(400, |csr, rng| {
            let mut task = Task { rng: rng.clone(), target: [0.01, 0.1, 0.3][rng.below(3) as usize] };
            let order = decycle_and_break(csr, Peeling::new(csr), Vec::new(), &mut task);
            assert_permutation(csr, &order);
            let mut alive = vec![true; order.len()];
            for (i, &v) in order.iter().enumerate() {
                let core = two_core(csr, &alive);
                let in_core = (0..csr.nodes()).filter(|&u| core[u as usize]);
                let Some(most) = in_core.map(|u| degree_among(csr, &core, u)).max() else {
                    assert_dismantles_a_forest(csr, &order, i, task.target);
                    break;
                };
                assert!(core[v as usize] && degree_among(csr, &core, v) == most);
                alive[v as usize] = false;
            }
        });
    }
}
