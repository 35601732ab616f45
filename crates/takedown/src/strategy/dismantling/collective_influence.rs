//! Collective influence, recalculated after every removal (Morone & Makse, "Influence maximization in complex networks
//! through optimal percolation", Nature 524, 65, 2015; with a heap: Morone, Min, Bo, Mari & Makse, Sci. Rep. 6, 30062,
//! 2016).
//!
//! CI_ℓ(i) = (k_i − 1) · Σ_{j ∈ ∂Ball(i, ℓ)} (k_j − 1)
//!
//! where k are remaining degrees and ∂Ball(i, ℓ) are the nodes at distance exactly ℓ from i. The node of the highest CI
//! falls, until all CI are 0; the rest follows by highest remaining degree. Ties at random: every node draws a rank at the
//! beginning. (The first paper removes a share of the nodes between recalculations, and then reinserts: [`crate::reinsert`].)
//!
//! Only the ball of radius ℓ + 1 around a node that falls can change. Let Σ(i) be the sum above. For nodes nearer than ℓ
//! it is computed anew. For a node i at distance ℓ or beyond no distance up to ℓ changes: the fallen node's neighbours lose
//! a link each, so Σ(i) falls by the number of them at distance ℓ from i, and by k − 1 of the fallen node if that was in
//! ∂Ball(i, ℓ). So a removal costs a walk from each neighbour of the fallen node instead of one from each node of the ball.
//! The heap holds, for every node, a value that is not below its CI; one that is found too high at the top is put back.

use crate::RemovalOrder;
use crate::dismantle::by_remaining_degree;
use crate::strategy::{NetworkSize, Ranking, Strategy, Task, Unsuitable};
use hydranet_overlay::{Csr, Overlay};
use hydranet_plugin::Plugin;
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BinaryHeap;

/// Parameters of [`CollectiveInfluence`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CollectiveInfluenceParams {
    /// Radius ℓ of the ball, 1 to 3. Time grows with the number of nodes within it.
    pub radius: u32,
}

impl Default for CollectiveInfluenceParams {
    fn default() -> Self {
        CollectiveInfluenceParams { radius: 2 }
    }
}

/// Highest collective influence first.
#[derive(Debug)]
pub struct CollectiveInfluence {
    radius: u32,
}

impl Strategy for CollectiveInfluence {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let csr = overlay.closure();
        let mut order = most_influential(csr, self.radius, &mut task.rng);
        by_remaining_degree(csr, &mut order, &mut task.rng);
        Ok(RemovalOrder::nodes(order))
    }

    fn ranking(&self) -> Ranking {
        Ranking::EACH
    }

    fn order_cost(&self, _: NetworkSize) -> f64 {
        300.0
    }
}

impl Default for CollectiveInfluence {
    fn default() -> Self {
        CollectiveInfluence { radius: CollectiveInfluenceParams::default().radius }
    }
}

/// What is left of the network, as rows that shrink.
struct Left {
    offsets: Vec<u64>,
    targets: Vec<u32>,
    degree: Vec<u32>,
}

impl Left {
    fn new(csr: &Csr) -> Left {
        Left {
            offsets: csr.offsets().to_vec(),
            targets: csr.targets().to_vec(),
            degree: (0..csr.nodes()).map(|v| csr.degree(v)).collect(),
        }
    }

    #[inline]
    fn row(&self, v: u32) -> &[u32] {
        let start = self.offsets[v as usize] as usize;
        &self.targets[start..start + self.degree[v as usize] as usize]
    }

    /// k − 1, or 0 for a node without links.
    #[inline]
    fn excess(&self, v: u32) -> u64 {
        self.degree[v as usize].saturating_sub(1) as u64
    }

    /// Takes `v` out of the rows of its neighbours; it keeps its own.
    fn unlink(&mut self, v: u32) {
        for i in 0..self.degree[v as usize] as usize {
            let w = self.targets[self.offsets[v as usize] as usize + i] as usize;
            let start = self.offsets[w] as usize;
            let row = &mut self.targets[start..start + self.degree[w] as usize];
            let place = row.iter().position(|&u| u == v).expect("links go both ways");
            let last = row.len() - 1;
            row.swap(place, last);
            self.degree[w] -= 1;
        }
    }
}

/// Walks outwards from a node, ring by ring. `seen` holds the number of the last walk that met each node.
struct Walk {
    seen: Vec<u32>,
    walks: u32,
    nodes: Vec<u32>,
}

impl Walk {
    /// The nodes at distance exactly `radius` from `start`; `nodes[..]` before them are nearer ones.
    fn ring(&mut self, left: &Left, start: u32, radius: u32) -> std::ops::Range<usize> {
        self.walks = self.walks.wrapping_add(1);
        if self.walks == 0 {
            self.seen.fill(0);
            self.walks = 1;
        }
        self.nodes.clear();
        self.nodes.push(start);
        self.seen[start as usize] = self.walks;
        let mut ring = 0..1;
        for _ in 0..radius {
            for i in ring.clone() {
                for &w in left.row(self.nodes[i]) {
                    if std::mem::replace(&mut self.seen[w as usize], self.walks) != self.walks {
                        self.nodes.push(w);
                    }
                }
            }
            ring = ring.end..self.nodes.len();
        }
        ring
    }

    /// Σ(v), from scratch.
    fn sum(&mut self, left: &Left, v: u32, radius: u32) -> u64 {
        let ring = self.ring(left, v, radius);
        self.nodes[ring].iter().map(|&w| left.excess(w)).sum()
    }
}

/// The nodes that fall while any CI is above 0.
fn most_influential(csr: &Csr, radius: u32, rng: &mut TrialRng) -> Vec<u32> {
    let n = csr.nodes();
    let by_rank = rng.permutation(n);
    let mut rank = vec![0u32; n as usize];
    by_rank.iter().enumerate().for_each(|(r, &v)| rank[v as usize] = r as u32);
    let mut left = Left::new(csr);
    let mut walk = Walk { seen: vec![0; n as usize], walks: 0, nodes: Vec::new() };
    let influence = |left: &Left, sum: &[u64], v: u32| left.excess(v) * sum[v as usize];
    // a node of one link or none has no influence, and never will have: its sum is not needed
    let mut sum: Vec<u64> =
        (0..n).map(|v| if left.degree[v as usize] > 1 { walk.sum(&left, v, radius) } else { 0 }).collect();
    // the value under which each node is in the heap; other entries of it are void
    let mut kept: Vec<u64> = (0..n).map(|v| influence(&left, &sum, v)).collect();
    let filled = (0..n as usize).filter(|&v| kept[v] > 0).map(|v| (kept[v], rank[v]));
    let mut heap: BinaryHeap<(u64, u32)> = filled.collect();
    let mut order = Vec::new();
    let mut near = Vec::new();
    while let Some((value, r)) = heap.pop() {
        let v = by_rank[r as usize];
        if value != kept[v as usize] {
            continue;
        }
        let now = influence(&left, &sum, v);
        if now < value {
            kept[v as usize] = now;
            if now > 0 {
                heap.push((now, r));
            }
            continue;
        }
        order.push(v);
        kept[v as usize] = 0;
        let ring = walk.ring(&left, v, radius);
        let excess = left.excess(v);
        walk.nodes[ring.clone()].iter().for_each(|&i| sum[i as usize] = sum[i as usize].wrapping_sub(excess));
        near.clear();
        near.extend_from_slice(&walk.nodes[1..ring.start]);
        left.unlink(v);
        for j in 0..left.degree[v as usize] as usize {
            let w = left.targets[left.offsets[v as usize] as usize + j];
            // a neighbour that is left without links counted 0 before, k − 1 = 0, and counts 0 now
            if left.degree[w as usize] > 0 {
                let ring = walk.ring(&left, w, radius);
                // those nearer than ℓ to v get a number that means nothing here, and their own below
                walk.nodes[ring].iter().for_each(|&i| sum[i as usize] = sum[i as usize].wrapping_sub(1));
            }
        }
        left.degree[v as usize] = 0;
        for &i in &near {
            if left.degree[i as usize] > 1 {
                sum[i as usize] = walk.sum(&left, i, radius);
                let now = influence(&left, &sum, i);
                // a shorter way that is gone can bring nodes into the ring: then influence rises
                if now > kept[i as usize] {
                    kept[i as usize] = now;
                    heap.push((now, rank[i as usize]));
                }
            }
        }
    }
    order
}

impl Plugin for CollectiveInfluence {
    type Params = CollectiveInfluenceParams;
    const NAME: &'static str = "collective-influence";
    const ALIASES: &'static [&'static str] = &["ci"];
    const ABOUT: &'static str =
        "highest collective influence first, recalculated after every removal (Morone & Makse 2015)";
    const EXAMPLE: &'static str = "radius = 2";

    fn new(params: CollectiveInfluenceParams) -> Result<CollectiveInfluence, Invalid> {
        let radius = params.radius;
        Invalid::unless((1..=3).contains(&radius), "radius", || format!("the radius is 1, 2 or 3, not {radius}"))?;
        Ok(CollectiveInfluence { radius })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dismantle::tests::{assert_highest_degree_from, assert_permutation, degree_among, for_small_networks};

    /// CI of every node from the equation, distances by walking.
    fn slowly(csr: &Csr, alive: &[bool], radius: u32) -> Vec<u64> {
        let degree: Vec<u64> = (0..csr.nodes()).map(|v| degree_among(csr, alive, v) as u64).collect();
        let influence = |v: u32| {
            if !alive[v as usize] {
                return 0;
            }
            let mut distance = vec![u32::MAX; alive.len()];
            distance[v as usize] = 0;
            for d in 0..radius {
                for u in (0..csr.nodes()).filter(|&u| alive[u as usize]) {
                    if distance[u as usize] == d {
                        for &w in csr.row(u).iter().filter(|&&w| alive[w as usize]) {
                            distance[w as usize] = distance[w as usize].min(d + 1);
                        }
                    }
                }
            }
            let ring = (0..alive.len()).filter(|&w| distance[w] == radius);
            degree[v as usize].saturating_sub(1) * ring.map(|w| degree[w].saturating_sub(1)).sum::<u64>()
        };
        (0..csr.nodes()).map(influence).collect()
    }

    #[test]
    fn always_the_highest_influence() {
        for radius in 1..=3 {
            for_small_networks(250, |csr, rng| {
                let plan = CollectiveInfluence::new(CollectiveInfluenceParams { radius }).unwrap();
                let overlay = Overlay::symmetric(csr.clone());
                let order = plan.nodes(&overlay, &mut Task::new(rng.clone())).unwrap();
                let crate::Items::Nodes(order) = order.items else { unreachable!("it ranks nodes") };
                assert_permutation(csr, &order);
                let mut alive = vec![true; order.len()];
                for (i, &v) in order.iter().enumerate() {
                    let influence = slowly(csr, &alive, radius);
                    let most = influence.iter().copied().max().unwrap();
                    if most == 0 {
                        assert_highest_degree_from(csr, &order, i);
                        break;
                    }
                    assert_eq!(influence[v as usize], most);
                    alive[v as usize] = false;
                }
            });
        }
    }

    #[test]
    fn other_radii_are_refused() {
        for radius in [0, 4] {
            let refusal = CollectiveInfluence::new(CollectiveInfluenceParams { radius }).unwrap_err();
            assert!(refusal.reason.contains(&format!("not {radius}")));
        }
    }
}
