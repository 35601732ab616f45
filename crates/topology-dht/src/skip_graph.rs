//! The skip graph: sorted lists of which every node is in one a level, half as long from level to level [1].
//!
//! Nodes stand in the order of their keys. Every node draws a membership vector of random bits; the nodes whose vectors
//! share their first i bits are one doubly linked list at level i, and a node has levels until it is alone. A lookup goes
//! to the farthest live contact on the way that is not past its target. O(log n) links and hops a node in the mean; O(n log
//! n).
//!
//! [1] J. Aspnes, G. Shah. Skip graphs. SODA 2003; ACM Trans. Algorithms 3(4), 37 (2007).

use crate::ring::up_to;
use hydranet_overlay::{Csr, Geometry, Live, NodeId, Overlay};
use hydranet_topology::{Draw, Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`SkipGraph`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkipGraphParams {
    /// Number of nodes (≥ 2).
    pub n: u32,
}

/// A skip graph.
#[derive(Debug, Clone)]
pub struct SkipGraph(SkipGraphParams);

impl Plugin for SkipGraph {
    type Params = SkipGraphParams;
    const NAME: &'static str = "skip-graph";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ABOUT: &'static str =
        "sorted lists over random membership vectors, half as long a level (Aspnes & Shah 2003)";
    const EXAMPLE: &'static str = "n = 300";

    fn new(params: SkipGraphParams) -> Result<SkipGraph, Invalid> {
        Invalid::unless(params.n >= 2, "n", || format!("at least 2 nodes, not {}", params.n))?;
        Ok(SkipGraph(params))
    }
}

impl Topology for SkipGraph {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let n = self.0.n;
        let mut edges: Vec<[u32; 2]> = Vec::with_capacity(n as usize * (n.ilog2() as usize + 1));
        // lists of this level, one behind the other, and where each ends; a level asks every member for one more bit
        let mut members: Vec<u32> = (0..n).collect();
        let mut ends = vec![n as usize];
        let mut halves = [Vec::new(), Vec::new()];
        while !ends.is_empty() {
            let (mut next, mut next_ends) = (Vec::with_capacity(members.len()), Vec::new());
            let mut start = 0;
            for end in ends {
                let list = &members[start..end];
                edges.extend(list.windows(2).map(|w| [w[0], w[1]]));
                for &v in list {
                    halves[rng.below(2) as usize].push(v);
                }
                for half in &mut halves {
                    // who is alone has no list
                    if half.len() > 1 {
                        next.extend_from_slice(half);
                        next_ends.push(next.len());
                    }
                    half.clear();
                }
                start = end;
            }
            (members, ends) = (next, next_ends);
        }
        Overlay::symmetric(Csr::from_edges(n, &edges).0).with_geometry(Keys)
    }
}

/// Routing along the order of the keys.
#[derive(Debug)]
struct Keys;

impl Geometry for Keys {
    /// Nodes from here to there in the order of keys.
    #[inline]
    fn distance(&self, from: NodeId, to: NodeId) -> u64 {
        from.abs_diff(to).into()
    }

    /// The farthest live contact on the way, not past the target. O(contacts).
    fn next_hop(&self, at: NodeId, neighbours: &[NodeId], target: NodeId, live: &Live) -> Option<NodeId> {
        let alive = |v: &&NodeId| live.has(**v);
        if target > at {
            neighbours[..up_to(neighbours, target)].iter().rev().take_while(|v| **v > at).find(alive).copied()
        } else {
            let first = target.checked_sub(1).map_or(0, |below| up_to(neighbours, below));
            neighbours[first..].iter().take_while(|v| **v < at).find(alive).copied()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{draw, failed, golden, model, reaches_all, refuses, tally};

    fn p(n: u32) -> SkipGraphParams {
        SkipGraphParams { n }
    }

    #[test]
    fn refusals() {
        refuses::<SkipGraph>(p(1), "at least 2 nodes, not 1");
    }

    #[test]
    fn golden_rows() {
        assert_eq!(golden::<SkipGraph>(p(12))[..4], GOLDEN);
    }
    const GOLDEN: [&[u32]; 4] = [&[1, 2], &[0, 2, 3, 6], &[0, 1, 3], &[1, 2, 4, 6, 7, 8]];

    #[test]
    fn every_node_finds_every_other() {
        for n in [2, 3, 100, 257] {
            let network = draw(&model::<SkipGraph>(p(n)), 1);
            assert!((1..n).all(|v| network.out().has_arc(v - 1, v)), "level 0 is the whole list");
            reaches_all(&network);
        }
    }

    #[test]
    fn links_and_hops_are_logarithmic() {
        let mut counts = Vec::new();
        for (n, log) in [(1u32 << 8, 8.0), (1 << 12, 12.0), (1 << 16, 16.0)] {
            let network = draw(&model::<SkipGraph>(p(n)), 0);
            // from level to level the next node on either side is another one with probability 1/2
            let degree = network.out().arcs() as f64 / n as f64;
            assert!((log - 1.5..log + 1.5).contains(&degree), "{n}: {degree}");
            let tally = tally(&network, 0.0, 20_000, 0);
            let hops = tally.hops() as f64 / 2e4;
            assert!((0.5 * log..1.3 * log).contains(&hops), "{n}: {hops}");
            counts.push(hops);
        }
        // every doubling adds the same
        let (first, second) = (counts[1] - counts[0], counts[2] - counts[1]);
        assert!((second / first - 1.0).abs() < 0.25, "{counts:?}");
    }

    #[test]
    fn levels_carry_lookups_past_the_dead() {
        // the list alone would be cut every ten nodes, and lose nearly all lookups
        let share = failed(&model::<SkipGraph>(p(4096)), 0.1, 3, 10_000);
        assert!(share < 0.2, "{share}");
    }
}
