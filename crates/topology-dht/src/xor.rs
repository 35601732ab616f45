//! The XOR geometry: identifiers are the leaves of a binary tree, and their distance is the exclusive or.
//!
//! Bits need not be corrected in order: where no contact that corrects the first differing bit is alive, one that
//! corrects a later one still makes progress.

use crate::ids::Ids;
use crate::ring::LANES;
use hydranet_overlay::{Csr, Geometry, Live, LookupState, NodeId, memory::prefetch};

/// Routing by exclusive or.
#[derive(Debug)]
pub(crate) struct Xor {
    ids: Ids,
    /// The most contacts of a bucket.
    k: usize,
}

impl Xor {
    pub(crate) fn new(ids: Ids, k: u32) -> Xor {
        Xor { ids, k: k as usize }
    }

    /// As [`Geometry::advance`]; `id` tells identifiers, and `ahead` asks the memory for them.
    #[inline(always)]
    fn advance_by(
        &self,
        contacts: &Csr,
        batch: &mut [LookupState],
        id: impl Fn(NodeId) -> u32,
        ahead: impl Fn(NodeId),
    ) {
        let table = Table { bits: self.ids.bits(), k: self.k, id };
        if self.k > SMALL {
            return table.advance_beside(contacts, batch, ahead);
        }
        for batch in batch.chunks_mut(LANES) {
            // the row, the identifiers of node and target, and where in the row the bucket should begin
            let mut ways = [(&[][..], 0, 0, 0); LANES];
            for (lookup, way) in batch.iter().zip(&mut ways) {
                let row = contacts.row(lookup.at);
                let (here, there) = ((table.id)(lookup.at), (table.id)(lookup.target));
                let place = table.place(here, here ^ there, row.len());
                (0..self.k.min(row.len())).step_by(16).for_each(|i| prefetch(row, place + i));
                prefetch(row, place + self.k - 1);
                *way = (row, here, there, place);
            }
            for (row, .., place) in &ways[..batch.len()] {
                row[*place..].iter().take(self.k).for_each(|v| ahead(*v));
            }
            for (lookup, &(row, here, there, place)) in batch.iter_mut().zip(&ways) {
                lookup.next = table.next(here, there, row, lookup, place);
            }
        }
    }
}

/// Where the bucket of k contacts for the highest bit of `differing` (not 0) begins in a row of `contacts`, if all farther
/// ones are full: at most `contacts − k`, if there are k. Rows are sorted: first come buckets of the bits that are 1
/// here, the farthest first; then those of the bits that are 0, the farthest last.
#[inline(always)]
pub(crate) fn bucket_place((bits, k): (u32, usize), here: u32, differing: u32, contacts: usize) -> usize {
    let bit = differing.ilog2();
    let ones = (here as u64 >> bit >> 1).count_ones();
    let zeros = bits - 1 - bit - ones;
    let last = contacts.saturating_sub(k);
    if here >> bit & 1 == 1 { last.min(k * ones as usize) } else { last.saturating_sub(k * zeros as usize) }
}

/// Whether a sorted row has a contact, looked for from near its place, where the memory is likely to be at hand. O(contacts).
#[inline(always)]
fn has(row: &[NodeId], v: NodeId, near: usize) -> bool {
    let mut place = near;
    while place > 0 && row[place - 1] >= v {
        place -= 1;
    }
    while place < row.len() && row[place] < v {
        place += 1;
    }
    row.get(place) == Some(&v)
}

/// The most contacts of a bucket that is looked at whole; of larger ones, only what stands beside the target's place.
/// Measured on 2²⁰ nodes, the first is faster by a third with two contacts, the second by a tenth with twelve.
const SMALL: usize = 8;
/// Contacts of a row among which that place is looked for at first: mostly two lines of memory.
const NEAR: usize = 16;
/// Contacts beside it that are compared at first.
const BESIDE: usize = 6;

/// How rows are laid out, and the identifiers of the nodes in them.
struct Table<I> {
    bits: u32,
    k: usize,
    id: I,
}

impl<I: Fn(NodeId) -> u32> Table<I> {
    /// [`bucket_place`] in a row of `contacts`.
    #[inline(always)]
    fn place(&self, here: u32, differing: u32, contacts: usize) -> usize {
        bucket_place((self.bits, self.k), here, differing, contacts)
    }

    /// The live one of some contacts that is nearest to `there`.
    #[inline(always)]
    fn nearest(&self, contacts: &[NodeId], there: u32, live: &Live) -> Option<NodeId> {
        let mut best = u64::MAX;
        for &v in contacts {
            // chosen without a branch, since who is alive cannot be foreseen
            let weight = (((self.id)(v) ^ there) as u64) << 32 | v as u64;
            best = best.min(if live.has(v) { weight } else { u64::MAX });
        }
        (best != u64::MAX).then_some(best as u32)
    }

    /// The bucket for the highest bit of `differing` if it is full, and stands where it does if all farther ones are.
    #[inline(always)]
    fn full_bucket<'r>(&self, here: u32, differing: u32, row: &'r [NodeId], place: usize) -> Option<&'r [NodeId]> {
        let all = row.get(place..place + self.k)?;
        let bit = differing.ilog2();
        let within = |v: NodeId| (self.id)(v) >> bit == here >> bit ^ 1;
        (within(all[0]) && within(all[self.k - 1])).then_some(all)
    }

    /// That bucket, however many contacts it has. O(log contacts + k).
    fn bucket<'r>(&self, here: u32, differing: u32, row: &'r [NodeId]) -> &'r [NodeId] {
        let bit = differing.ilog2();
        let prefix = |v: NodeId| (self.id)(v) >> bit;
        let wanted = here >> bit ^ 1;
        let start = row.partition_point(|v| prefix(*v) < wanted);
        let members = row[start..].iter().take_while(|v| prefix(**v) == wanted).count();
        &row[start..][..members]
    }

    /// Where in a row of `contacts` the place of `there` is likely to be: the buckets that cannot be full stand together, the
    /// contacts of a full one are spread evenly over it.
    #[inline(always)]
    fn likely_place(&self, here: u32, there: u32, contacts: usize) -> usize {
        let full = (contacts / self.k).saturating_sub(1) as u32;
        let differing = (here ^ there).ilog2();
        let bit = differing.max(self.bits.saturating_sub(full + 1));
        let ones = (here as u64 >> bit >> 1).count_ones();
        let zeros = self.bits - bit - ones;
        let start =
            if there > here { contacts.saturating_sub(self.k * zeros as usize) } else { self.k * ones as usize };
        // the share of the bucket that lies before the target, in units of 2⁻³²
        let before = if bit > differing { 1 << 31 } else { ((there as u64) << (63 - bit) << 1) >> 32 };
        start + ((before * self.k as u64) >> 32) as usize
    }

    /// As [`Geometry::advance`], whatever the buckets hold. Rows are sorted by identifier, so that the contact nearest to the
    /// target stands beside its place: whatever lies farther out on a side than a contact that differs from the target in a
    /// higher bit than the best one differs in that bit as well, and is farther. O(1) mostly, O(contacts) at most.
    #[inline(always)]
    fn advance_beside(&self, contacts: &Csr, batch: &mut [LookupState], ahead: impl Fn(NodeId)) {
        for batch in batch.chunks_mut(LANES) {
            // the row; first where to look for the target's place in it, then where what stands beside it begins
            let mut ways = [(&[][..], 0); LANES];
            for (lookup, way) in batch.iter().zip(&mut ways) {
                let row = contacts.row(lookup.at);
                let likely = self.likely_place((self.id)(lookup.at), (self.id)(lookup.target), row.len());
                *way = (row, likely.saturating_sub(NEAR / 2).min(row.len().saturating_sub(NEAR)));
                prefetch(row, way.1);
                prefetch(row, way.1 + NEAR - 1);
            }
            for (lookup, (row, start)) in batch.iter().zip(&mut ways) {
                let up_to_target = |v: &NodeId| (*v <= lookup.target) as u32;
                // counted without a branch, where the length is known
                let count = match row[*start..].first_chunk::<NEAR>() {
                    Some(near) => near.iter().map(up_to_target).sum::<u32>(),
                    None => row[*start..].iter().map(up_to_target).sum(),
                };
                let mut place = *start + count as usize;
                while place > 0 && row[place - 1] > lookup.target {
                    place -= 1;
                }
                while place < row.len() && row[place] <= lookup.target {
                    place += 1;
                }
                *start = place.saturating_sub(BESIDE / 2).min(row.len().saturating_sub(BESIDE));
                row[*start..].iter().take(BESIDE).for_each(|v| ahead(*v));
            }
            for (lookup, &(row, start)) in batch.iter_mut().zip(&ways) {
                lookup.next = self.nearest_beside(row, start, lookup);
            }
        }
    }

    /// The live contact nearest to the target, if nearer than here. `start` is where in the row the [`BESIDE`] contacts
    /// beside the target's place begin.
    #[inline(always)]
    fn nearest_beside(&self, row: &[NodeId], start: usize, lookup: &LookupState) -> Option<NodeId> {
        let there = (self.id)(lookup.target);
        let far = |v: NodeId| ((self.id)(v) ^ there) as u64;
        // chosen without a branch, since who is alive cannot be foreseen
        let weight = |v: NodeId| if lookup.live.has(v) { far(v) << 32 | v as u64 } else { u64::MAX };
        let here = far(lookup.at) << 32;
        let mut best = here;
        match row[start..].first_chunk::<BESIDE>() {
            Some(beside) => beside.iter().for_each(|v| best = best.min(weight(*v))),
            None => row[start..].iter().for_each(|v| best = best.min(weight(*v))),
        }
        // whether a contact differs in no higher bit than the best
        let goes_on = |v: NodeId, best: u64| far(v) & !(best >> 32) <= best >> 32;
        let (mut first, mut end) = (start, row.len().min(start + BESIDE));
        while first > 0 && goes_on(row[first], best) {
            first -= 1;
            best = best.min(weight(row[first]));
        }
        while end < row.len() && goes_on(row[end - 1], best) {
            best = best.min(weight(row[end]));
            end += 1;
        }
        (best != here).then_some(best as u32)
    }

    /// The next hop of a lookup, with the place of the bucket for the highest of the differing bits.
    /// O(bits · log contacts + k), mostly O(k).
    #[inline(always)]
    fn next(&self, here: u32, there: u32, row: &[NodeId], lookup: &LookupState, mut place: usize) -> Option<NodeId> {
        // only buckets whose bit differs bring the lookup nearer, and the first with a live contact has the nearest
        let mut differing = here ^ there;
        while differing != 0 {
            let bucket = match self.full_bucket(here, differing, row, place) {
                Some(bucket) => bucket,
                // the first, where it is not full, holds all nodes that it could: the target, and nothing is nearer
                None if differing == here ^ there
                    && lookup.live.has(lookup.target)
                    && has(row, lookup.target, place) =>
                {
                    return Some(lookup.target);
                }
                None => self.bucket(here, differing, row),
            };
            if let Some(v) = self.nearest(bucket, there, lookup.live) {
                return Some(v);
            }
            differing ^= 1 << differing.ilog2();
            place = self.place(here, differing.max(1), row.len());
        }
        None
    }
}

impl Geometry for Xor {
    #[inline]
    fn distance(&self, from: NodeId, to: NodeId) -> u64 {
        (self.ids.of(from) ^ self.ids.of(to)) as u64
    }

    /// The live contact nearest to the target, if nearer than this node. Contacts of one bucket stand together in the
    /// row: buckets are looked into in the order of what they can gain. O(bits · log contacts + k), mostly O(k).
    fn next_hop(&self, at: NodeId, neighbours: &[NodeId], target: NodeId, live: &Live) -> Option<NodeId> {
        let (here, there) = (self.ids.of(at), self.ids.of(target));
        let table = Table { bits: self.ids.bits(), k: self.k, id: |v| self.ids.of(v) };
        let place = table.place(here, (here ^ there).max(1), neighbours.len());
        table.next(here, there, neighbours, &LookupState { at, target, live, next: None }, place)
    }

    /// Asks for one bucket of the row, then for the identifiers of its contacts.
    fn advance(&self, contacts: &Csr, batch: &mut [LookupState]) {
        match self.ids.listed() {
            None => self.advance_by(contacts, batch, |v| v, |_| ()),
            Some(ids) => self.advance_by(contacts, batch, |v| ids[v as usize], |v| prefetch(ids, v as usize)),
        }
    }
}
