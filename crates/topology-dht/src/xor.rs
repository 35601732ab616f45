//! The XOR geometry: identifiers are the leaves of a binary tree, and their distance is the exclusive or.
//!
//! Bits need not be corrected in order: where no contact that corrects the first differing bit is alive, one that
//! corrects a later one still makes progress.

use crate::ids::Ids;
use crate::ring::up_to;
use hydranet_overlay::{Geometry, Live, NodeId};

/// Routing by exclusive or.
#[derive(Debug)]
pub(crate) struct Xor {
    ids: Ids,
}

impl Xor {
    pub(crate) fn new(ids: Ids) -> Xor {
        Xor { ids }
    }
}

impl Geometry for Xor {
    #[inline]
    fn distance(&self, from: NodeId, to: NodeId) -> u64 {
        (self.ids.of(from) ^ self.ids.of(to)) as u64
    }

    /// The live contact nearest to the target, if nearer than this node. Contacts of one bucket stand together in the
    /// row: buckets are looked into in the order of what they can gain, and the first with a live contact has the
    /// nearest. O(contacts), one or two buckets mostly.
    fn next_hop(&self, at: NodeId, neighbours: &[NodeId], target: NodeId, live: &Live) -> Option<NodeId> {
        let (here, there) = (self.ids.of(at), self.ids.of(target));
        // only buckets whose bit differs bring the lookup nearer
        let mut differing = here ^ there;
        while differing != 0 {
            let bit = differing.ilog2();
            differing ^= 1 << bit;
            // the nodes of the bucket, by number
            let low = ((here as u64 >> bit) ^ 1) << bit;
            let (first, end) = (self.ids.first_from(low), self.ids.first_from(low + (1 << bit)));
            let start = first.checked_sub(1).map_or(0, |before| up_to(neighbours, before));
            let bucket = neighbours[start..].iter().copied().take_while(|v| *v < end);
            let nearest = bucket.filter(|v| live.has(*v)).map(|v| (v, self.ids.of(v))).min_by_key(|(_, id)| id ^ there);
            if let Some((v, _)) = nearest {
                return Some(v);
            }
        }
        None
    }
}
