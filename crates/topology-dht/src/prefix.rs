//! The tree geometry: digits are corrected strictly from the first to the last.

use crate::ids::Ids;
use crate::ring::{beside, nearer, sides_first, up_to};
use crate::xor::bucket_place;
use hydranet_overlay::{Csr, Geometry, Live, LookupState, NodeId, memory::prefetch};

/// Routing by common prefix; of nodes that share an equally long one, by the distance on the circle if leaf sets are kept.
#[derive(Debug)]
pub(crate) struct Prefix {
    ids: Ids,
    /// Bits a digit.
    digit: u32,
    /// Whether progress on the circle counts where the prefix gets no longer: leaf sets.
    leaves: bool,
    /// Digits from the one that holds a bit to the end, for every bit: a division saved.
    digits: [u8; 32],
}

impl Prefix {
    pub(crate) fn new(ids: Ids, digit: u32, leaves: bool) -> Prefix {
        let digits = std::array::from_fn(|bit| (bit as u32 / digit + 1) as u8);
        Prefix { ids, digit, leaves, digits }
    }

    #[inline(always)]
    fn between(&self, here: u32, there: u32) -> u64 {
        // a bit below the first keeps the logarithm of 0 defined
        let digits = if here == there { 0 } else { self.digits[(here ^ there | 1).ilog2() as usize] };
        let space = 1u64 << self.ids.bits();
        let ahead = (here as u64).wrapping_sub(there as u64) & (space - 1);
        (digits as u64) << 32 | if self.leaves { ahead.min(space - ahead) } else { 0 }
    }

    /// Whether digits are bits, one contact for each and no leaves: the tree of Gummadi et al., without any choice.
    fn is_binary_tree(&self) -> bool {
        self.digit == 1 && !self.leaves && self.ids.is_full()
    }

    /// The next hop, given the live contacts beside the target's place.
    #[inline(always)]
    fn choose(&self, at: NodeId, row: &[NodeId], target: NodeId, live: &Live, beside: [NodeId; 2]) -> Option<NodeId> {
        let there = self.ids.of(target);
        let far = |v: NodeId| self.between(self.ids.of(v), there);
        // the longest prefix stands beside the target, and so does the nearest on the circle; of equals the lower number
        let (nearest, next) = nearer(beside, far);
        if nearest >= far(at) {
            return None;
        }
        if self.leaves {
            return Some(next);
        }
        // all that share as much stand together; the nearest of them on either side is known
        let start = up_to(row, next);
        let as_much = row[..start].iter().rev().copied().take_while(|v| far(*v) == nearest);
        as_much.filter(|v| live.has(*v)).last()
    }
}

impl Geometry for Prefix {
    /// Digits after the common prefix, times 2³²; with leaf sets plus the shorter way on the circle of identifiers.
    #[inline]
    fn distance(&self, from: NodeId, to: NodeId) -> u64 {
        self.between(self.ids.of(from), self.ids.of(to))
    }

    /// The live contact with the longest common prefix; of equals the nearest on the circle if leaf sets are kept, or the
    /// lowest. Rows are sorted by identifier: only the live contacts on either side of the target's place have to be looked
    /// at. O(log contacts) mostly.
    fn next_hop(&self, at: NodeId, neighbours: &[NodeId], target: NodeId, live: &Live) -> Option<NodeId> {
        let beside = beside(neighbours, up_to(neighbours, target), live)?;
        self.choose(at, neighbours, target, live, beside)
    }

    /// Asks for the row, then for the identifiers of the two contacts beside the target. In the binary tree it is known where
    /// in its row the one contact stands that makes progress, so that only that is asked for.
    fn advance(&self, contacts: &Csr, batch: &mut [LookupState]) {
        if self.is_binary_tree() {
            let only = |lookup: &LookupState| {
                let row = contacts.row(lookup.at);
                (row, bucket_place((self.ids.bits(), 1), lookup.at, lookup.at ^ lookup.target, row.len()))
            };
            for (row, place) in batch.iter().map(only) {
                prefetch(row, place);
            }
            for lookup in batch {
                let (row, place) = only(lookup);
                lookup.next = Some(row[place]).filter(|v| lookup.live.has(*v));
            }
            return;
        }
        sides_first(contacts, batch, &self.ids, |lookup, beside| {
            self.choose(lookup.at, contacts.row(lookup.at), lookup.target, lookup.live, beside)
        });
    }

    /// 1 − r with r = ((2 − q)^d − 1)/((1 − q)·2^d − 1), for binary digits in a full space: a lookup over h digits needs
    /// h − 1 given nodes alive beside its target (Gummadi et al. 2003).
    fn failed_share(&self, q: f64) -> Option<f64> {
        let d = self.ids.bits() as f64;
        let alive = (1.0 - q) * libm::exp2(d) - 1.0;
        (self.is_binary_tree() && alive > 0.0).then(|| 1.0 - ((libm::pow(2.0 - q, d) - 1.0) / alive).min(1.0))
    }
}
