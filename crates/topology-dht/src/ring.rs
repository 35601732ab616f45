//! The ring: a lookup goes clockwise, never past its target.
//!
//! Nodes are numbered in the order of their identifiers, so that the order of the nodes on the circle is that of their
//! numbers, and no identifier has to be read while routing.

use hydranet_overlay::{Geometry, Live, NodeId};

/// Clockwise routing among `n` nodes.
#[derive(Debug)]
pub(crate) struct Ring {
    pub(crate) n: u32,
}

/// Number of entries that are at most `x`. Rows are short: counting without branches beats a binary search.
#[inline(always)]
pub(crate) fn up_to(row: &[u32], x: u32) -> usize {
    if row.len() <= 64 { row.iter().map(|&v| (v <= x) as usize).sum() } else { row.partition_point(|&v| v <= x) }
}

impl Geometry for Ring {
    /// Nodes from here to there, clockwise.
    #[inline]
    fn distance(&self, from: NodeId, to: NodeId) -> u64 {
        (if to >= from { to - from } else { self.n - from + to }) as u64
    }

    /// The last live contact in (at, target]. O(contacts).
    fn next_hop(&self, at: NodeId, neighbours: &[NodeId], target: NodeId, live: &Live) -> Option<NodeId> {
        let (below, above) = neighbours.split_at(up_to(neighbours, target));
        let alive = |v: &&NodeId| live.has(**v);
        if target > at {
            below.iter().rev().take_while(|v| **v > at).find(alive).copied()
        } else {
            let wrapped = || above.iter().rev().take_while(|v| **v > at).find(alive);
            below.iter().rev().find(alive).or_else(wrapped).copied()
        }
    }
}
