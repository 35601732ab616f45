//! The tree geometry: digits are corrected strictly from the first to the last.

use crate::ids::Ids;
use crate::ring::up_to;
use hydranet_overlay::{Geometry, Live, NodeId};

/// Routing by common prefix; of nodes that share an equally long one, by the distance on the circle if `leaves` says so.
#[derive(Debug)]
pub(crate) struct Prefix {
    pub(crate) ids: Ids,
    /// Bits a digit.
    pub(crate) digit: u32,
    /// Whether progress on the circle counts where the prefix gets no longer: leaf sets.
    pub(crate) leaves: bool,
}

impl Geometry for Prefix {
    /// Digits after the common prefix, times 2³²; with leaf sets plus the shorter way on the circle of identifiers.
    #[inline]
    fn distance(&self, from: NodeId, to: NodeId) -> u64 {
        let (here, there) = (self.ids.of(from), self.ids.of(to));
        let differing = here ^ there;
        if differing == 0 {
            return 0;
        }
        let digits = (differing.ilog2() / self.digit + 1) as u64;
        let space = 1u64 << self.ids.bits();
        let ahead = (here as u64).wrapping_sub(there as u64) & (space - 1);
        digits << 32 | if self.leaves { ahead.min(space - ahead) } else { 0 }
    }

    /// The live contact with the longest common prefix; of equals the nearest on the circle if leaf sets are kept, or the
    /// lowest. Rows are sorted by identifier: with leaf sets only the two live contacts on either side of the target's
    /// place have to be looked at, unless not even the first digit is shared (the circle has no ends, the row has).
    /// O(log contacts) mostly.
    fn next_hop(&self, at: NodeId, neighbours: &[NodeId], target: NodeId, live: &Live) -> Option<NodeId> {
        let (below, above) = neighbours.split_at(up_to(neighbours, target));
        let before = below.iter().rev().copied().find(|v| live.has(*v));
        let after = above.iter().copied().find(|v| live.has(*v));
        let far = |v: NodeId| self.distance(v, target);
        // of equals the lower number
        let (nearest, next) = before.into_iter().chain(after).map(|v| (far(v), v)).min()?;
        let first_digit_shared = nearest >> 32 < (self.ids.bits() / self.digit) as u64;
        let here = self.distance(at, target);
        if self.leaves && first_digit_shared {
            return (nearest < here).then_some(next);
        }
        if !self.leaves {
            // all that share as much stand together
            let as_much = |v: &NodeId| far(*v) == nearest;
            let lowest = below.iter().rev().copied().skip_while(|v| !live.has(*v)).take_while(as_much);
            let lowest = lowest.filter(|v| live.has(*v)).last();
            return lowest.or(Some(next)).filter(|_| nearest < here);
        }
        // the circle goes on where the row ends
        let contacts = neighbours.iter().copied().filter(|v| live.has(*v)).map(|v| (far(v), v));
        contacts.min().filter(|(distance, _)| *distance < here).map(|(_, v)| v)
    }

    /// 1 − r with r = ((2 − q)^d − 1)/((1 − q)·2^d − 1), for binary digits in a full space: a lookup over h digits needs
    /// h − 1 given nodes alive beside its target (Gummadi et al. 2003).
    fn failed_share(&self, q: f64) -> Option<f64> {
        let d = self.ids.bits() as f64;
        let binary = self.digit == 1 && !self.leaves && self.ids.is_full();
        let alive = (1.0 - q) * libm::exp2(d) - 1.0;
        (binary && alive > 0.0).then(|| 1.0 - ((libm::pow(2.0 - q, d) - 1.0) / alive).min(1.0))
    }
}
