//! The ring: a lookup goes clockwise, never past its target.
//!
//! Nodes are numbered in the order of their identifiers, so that the order of the nodes on the circle is that of their
//! numbers, and no identifier has to be read while routing.

use crate::ids::Ids;
use hydranet_overlay::{Csr, Geometry, Live, LookupState, NodeId, memory::prefetch_row};
use std::hint::select_unpredictable;

/// Clockwise routing among `n` nodes.
#[derive(Debug)]
pub(crate) struct Ring {
    pub(crate) n: u32,
}

/// Number of entries that are at most `x`. The library's search has no branches that depend on what it reads, and the
/// lengths of rows, which a count would depend on, differ.
#[inline(always)]
pub(crate) fn up_to(row: &[u32], x: u32) -> usize {
    row.partition_point(|&v| v <= x)
}

/// The live contacts on either side of a target in a sorted row of a circle: the last at or before it, and the first after
/// it, or else the ones where the row ends. They are the same if it is the only one. `place` is [`up_to`] of the target.
#[inline(always)]
pub(crate) fn beside(row: &[NodeId], place: usize, live: &Live) -> Option<[NodeId; 2]> {
    let alive = |v: &&NodeId| live.has(**v);
    let (below, above) = row.split_at(place);
    // mostly one of the two next ones lives; which one cannot be foreseen, so that no branch depends on it
    if let ([.., third, second], [first, other, ..]) = (below, above) {
        let before = select_unpredictable(live.has(*second), *second, *third);
        let after = select_unpredictable(live.has(*first), *first, *other);
        if live.has(before) & live.has(after) {
            return Some([before, after]);
        }
    }
    let before = below.iter().rev().find(alive).or_else(|| above.iter().rev().find(alive))?;
    let after = above.iter().find(alive).or_else(|| below.iter().find(alive))?;
    Some([*before, *after])
}

/// The distance of the nearer of two contacts, and that contact; the lower number of equals.
#[inline(always)]
pub(crate) fn nearer(contacts: [NodeId; 2], far: impl Fn(NodeId) -> u64) -> (u64, NodeId) {
    let [one, other] = contacts.map(|v| (far(v), v));
    if one < other { one } else { other }
}

/// Lookups of a batch that a geometry advances together, with a table on the stack for them.
pub(crate) const LANES: usize = 16;

/// [`Geometry::advance`] for rules that choose between the live contacts [`beside`] the target: asks for rows, then for the
/// identifiers of those contacts, then chooses.
#[inline(always)]
pub(crate) fn sides_first(
    contacts: &Csr,
    batch: &mut [LookupState],
    ids: &Ids,
    choose: impl Fn(&LookupState, [NodeId; 2]) -> Option<NodeId>,
) {
    for batch in batch.chunks_mut(LANES) {
        for lookup in &*batch {
            prefetch_row(contacts.row(lookup.at));
            [lookup.at, lookup.target].into_iter().for_each(|v| ids.ahead(v));
        }
        let mut sides = [None; LANES];
        for (lookup, sides) in batch.iter().zip(&mut sides) {
            let row = contacts.row(lookup.at);
            *sides = beside(row, up_to(row, lookup.target), lookup.live);
            sides.iter().flatten().for_each(|v| ids.ahead(*v));
        }
        for (lookup, sides) in batch.iter_mut().zip(sides) {
            lookup.next = sides.and_then(|sides| choose(lookup, sides));
        }
    }
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
