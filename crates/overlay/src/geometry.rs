//! How a structured overlay routes: the distance between identifiers, and which live contact comes next.
//!
//! A topology crate attaches its geometry to the networks that it draws ([`crate::Overlay::with_geometry`]); lookups ask
//! for nothing else, so that a new structured overlay needs no change anywhere but in its own crate. The word and the
//! rules are those of Gummadi et al. (SIGCOMM 2003): a geometry says which contacts make progress, a node forwards to
//! the best one that is alive, and nothing is repaired (static resilience).

use crate::memory::prefetch_row;
use crate::{Csr, NodeId};
use std::fmt::Debug;

/// A lookup under way.
#[derive(Debug, Clone, Copy)]
pub struct LookupState<'l> {
    /// The node that it has come to.
    pub at: NodeId,
    /// The node that it is for, another one than `at`.
    pub target: NodeId,
    /// Who is alive as seen from `at`.
    pub live: &'l Live,
    /// Where it goes next; `None` if no live contact makes progress. Set by [`Geometry::advance`].
    pub next: Option<NodeId>,
}

/// The routing geometry of a structured overlay.
///
/// [`Geometry::distance`] is all that most need; [`Geometry::next_hop`] is for a rule of its own, or the same rule faster.
/// Lookups run in batches: one virtual call of [`Geometry::advance`] a hop of all of them, inside which other calls are
/// static.
pub trait Geometry: Debug + Send + Sync {
    /// How far node `from` has to go to node `to`, in the geometry's own unit: 0 for the node itself and for no other.
    /// It need not be symmetric.
    fn distance(&self, from: NodeId, to: NodeId) -> u64;

    /// Where a lookup for `target` goes from `at`, whose contacts are `neighbours` (increasing): the live contact with
    /// the smallest distance, if that is smaller than the distance from here; the lowest node number of equals. `None`
    /// if no live contact makes progress: the lookup has failed.
    ///
    /// Whatever overrides it must make progress at every hop, or lookups run in circles until they are cut off.
    fn next_hop(&self, at: NodeId, neighbours: &[NodeId], target: NodeId, live: &Live) -> Option<NodeId> {
        let mut nearest = self.distance(at, target);
        let mut next = None;
        for &v in neighbours {
            let distance = self.distance(v, target);
            if distance < nearest && live.has(v) {
                (nearest, next) = (distance, Some(v));
            }
        }
        next
    }

    /// Sets `next` of every lookup of a batch to what [`Geometry::next_hop`] gives, and changes nothing else: neither other
    /// fields nor the order. A batch may be of any length, and empty. O(batch · next hop).
    ///
    /// This is where lookups gain speed: while one waits for the memory that holds its row the others go on. Here rows are
    /// asked for whole, up to 2 KiB, since where in them a geometry looks is not known. One that knows, or that reads tables
    /// of its own, overrides this and asks for just that; `hydranet_topology::check` compares it with `next_hop`.
    ///
    /// # Panics
    /// May panic if a lookup is at its target, or names a node that does not exist.
    fn advance(&self, contacts: &Csr, batch: &mut [LookupState]) {
        batch.iter().for_each(|lookup| prefetch_row(contacts.row(lookup.at)));
        for lookup in batch {
            lookup.next = self.next_hop(lookup.at, contacts.row(lookup.at), lookup.target, lookup.live);
        }
    }

    /// The share of lookups between live nodes that fail when every node fails with probability `q` in `[0, 1)`, where
    /// it is known in closed form or as a Markov chain over distances. `None` where it is not.
    fn failed_share(&self, _q: f64) -> Option<f64> {
        None
    }
}

/// Which nodes are alive: a bit each, so that the whole set stays in a near cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    words: Vec<u64>,
}

impl Live {
    /// All of `n` nodes.
    pub fn all(n: u32) -> Live {
        Live { words: vec![u64::MAX; (n as usize).div_ceil(64)] }
    }

    /// Whether a node is alive.
    ///
    /// # Panics
    /// If there is no such node (by more than 63).
    #[inline(always)]
    pub fn has(&self, v: NodeId) -> bool {
        self.words[(v >> 6) as usize] >> (v & 63) & 1 == 1
    }

    /// Brings a node up.
    ///
    /// # Panics
    /// If there is no such node (by more than 63).
    #[inline]
    pub fn insert(&mut self, v: NodeId) {
        self.words[(v >> 6) as usize] |= 1 << (v & 63);
    }

    /// Takes a node down.
    ///
    /// # Panics
    /// If there is no such node (by more than 63).
    #[inline]
    pub fn remove(&mut self, v: NodeId) {
        self.words[(v >> 6) as usize] &= !(1 << (v & 63));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers on a line.
    #[derive(Debug)]
    struct Line;

    impl Geometry for Line {
        fn distance(&self, from: NodeId, to: NodeId) -> u64 {
            from.abs_diff(to).into()
        }
    }

    #[test]
    fn the_nearest_live_contact_comes_next() {
        let mut live = Live::all(130);
        let next = |live: &Live| Line.next_hop(64, &[10, 70, 90, 126], 100, live);
        assert_eq!(next(&live), Some(90));
        live.remove(90);
        assert_eq!(next(&live), Some(126));
        live.remove(126);
        assert_eq!(next(&live), Some(70));
        live.remove(70);
        assert_eq!(next(&live), None, "10 leads away");
        assert_eq!((live.has(10), live.has(129), live.has(90)), (true, true, false));
        assert_eq!(Line.failed_share(0.3), None);
    }
}
