//! Identifier spaces: full, or with n of its identifiers drawn at random.

use hydranet_overlay::memory::prefetch;
use hydranet_topology::{Draw, Invalid, TrialRng};

/// The largest full space: 2²⁸ nodes.
const MOST_BITS: u32 = 28;

/// Bits of an identifier where a spec does not say: room for any `n`.
pub(crate) fn longest() -> u32 {
    32
}

/// What a spec says about an identifier space.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Space {
    /// Length of an identifier.
    pub(crate) bits: u32,
    /// Nodes; all identifiers if not given.
    pub(crate) n: Option<u32>,
}

impl Space {
    /// Checks the parameters `bits` and `n`.
    pub(crate) fn check(self) -> Result<Space, Invalid> {
        let Space { bits, n } = self;
        match n {
            None => Invalid::unless((1..=MOST_BITS).contains(&bits), "bits", || {
                format!(
                    "a full identifier space has 1 to {MOST_BITS} bits (a node an identifier), not {bits}; give `n` for a sparse one"
                )
            })?,
            Some(n) => {
                Invalid::unless((1..=32).contains(&bits), "bits", || {
                    format!("an identifier has 1 to 32 bits, not {bits}")
                })?;
                // beyond half of them, drawing identifiers anew takes long
                let most = 1u64 << (bits - 1);
                Invalid::unless(n >= 2 && n as u64 <= most, "n", || {
                    format!(
                        "a sparse space of {bits} bits has 2 to {most} nodes, not {n}; leave `n` out for a full one"
                    )
                })?;
            }
        }
        Ok(self)
    }

    /// The identifiers of one network.
    pub(crate) fn draw(self, rng: &mut TrialRng) -> Ids {
        let Some(n) = self.n else { return Ids { bits: self.bits, sparse: None } };
        let mut ids: Vec<u32> = hydranet_overlay::memory::spread_with_capacity(n as usize);
        while ids.len() < n as usize {
            let missing = n as usize - ids.len();
            ids.extend((0..missing).map(|_| rng.below_u64(1 << self.bits) as u32));
            ids.sort_unstable();
            ids.dedup();
        }
        Ids::sparse(self.bits, ids)
    }
}

/// The identifiers of a network's nodes, which are numbered in their order.
#[derive(Debug, Clone)]
pub(crate) struct Ids {
    bits: u32,
    /// The identifiers, and where to begin looking for each of their leading bits.
    sparse: Option<(Vec<u32>, Index)>,
}

#[derive(Debug, Clone)]
struct Index {
    shift: u32,
    first: Vec<u32>,
}

impl Ids {
    /// Identifiers that are there, increasing.
    pub(crate) fn sparse(bits: u32, ids: Vec<u32>) -> Ids {
        let shift = bits - (ids.len() as u32).ilog2().min(bits);
        let mut first = Vec::with_capacity((1 << (bits - shift)) + 1);
        for (rank, id) in ids.iter().enumerate() {
            while first.len() <= (id >> shift.min(31)) as usize {
                first.push(rank as u32);
            }
        }
        first.resize((1 << (bits - shift)) + 1, ids.len() as u32);
        Ids { bits, sparse: Some((ids, Index { shift: shift.min(31), first })) }
    }

    /// Number of nodes.
    pub(crate) fn nodes(&self) -> u32 {
        self.sparse.as_ref().map_or_else(|| 1 << self.bits, |(ids, _)| ids.len() as u32)
    }

    /// Length of an identifier.
    pub(crate) fn bits(&self) -> u32 {
        self.bits
    }

    /// Whether every identifier is a node.
    pub(crate) fn is_full(&self) -> bool {
        self.sparse.is_none()
    }

    /// The identifier of a node.
    #[inline(always)]
    pub(crate) fn of(&self, v: u32) -> u32 {
        match &self.sparse {
            None => v,
            Some((ids, _)) => ids[v as usize],
        }
    }

    /// Asks the memory for the identifier of a node.
    #[inline(always)]
    pub(crate) fn ahead(&self, v: u32) {
        if let Some((ids, _)) = &self.sparse {
            prefetch(ids, v as usize);
        }
    }

    /// The identifiers, increasing; `None` if every identifier is a node, of the same number.
    pub(crate) fn listed(&self) -> Option<&[u32]> {
        self.sparse.as_ref().map(|(ids, _)| &ids[..])
    }

    /// The first node whose identifier is not below `id`; the number of nodes if there is none. O(1) expected.
    #[inline]
    pub(crate) fn first_from(&self, id: u64) -> u32 {
        if id >> self.bits > 0 {
            return self.nodes();
        }
        match &self.sparse {
            None => id as u32,
            Some((ids, index)) => {
                let mut rank = index.first[(id >> index.shift) as usize] as usize;
                while rank < ids.len() && (ids[rank] as u64) < id {
                    rank += 1;
                }
                rank as u32
            }
        }
    }

    /// The node that is responsible for a point of the circle: the first from it on, clockwise. O(1) expected.
    #[inline]
    pub(crate) fn successor(&self, point: u64) -> u32 {
        let rank = self.first_from(point & ((1 << self.bits) - 1));
        if rank == self.nodes() { 0 } else { rank }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn places_are_found() {
        for (bits, n) in [(1, 1), (3, 4), (8, 100), (16, 300), (32, 5000)] {
            let rng = &mut trial_rng(3, Trial::network(n), Purpose::Topology);
            let ids = Space { bits, n: Some(n) }.draw(rng);
            let list: Vec<u64> = (0..n).map(|v| ids.of(v) as u64).collect();
            assert!(list.windows(2).all(|w| w[0] < w[1]) && list.iter().all(|id| id >> bits == 0));
            let points = list.iter().flat_map(|id| [*id, id + 1, id.saturating_sub(1)]).chain([0, (1 << bits) - 1]);
            for point in points.collect::<Vec<_>>() {
                assert_eq!(ids.first_from(point) as usize, list.partition_point(|id| *id < point), "{point} of {bits}");
            }
            assert_eq!(ids.successor(list[n as usize - 1] + 1), 0, "round the circle");
        }
        let full = Space { bits: 4, n: None }.draw(&mut trial_rng(3, Trial::network(0), Purpose::Topology));
        assert_eq!((full.nodes(), full.of(7), full.first_from(16), full.successor(16)), (16, 7, 16, 0));
    }

    #[test]
    fn refusals() {
        let says = |bits, n, what: &str| {
            let refusal = Space { bits, n }.check().expect_err("refused").to_string();
            assert!(refusal.contains(what), "{refusal}");
        };
        says(0, None, "1 to 28 bits");
        says(29, None, "give `n` for a sparse one");
        says(33, Some(10), "1 to 32 bits, not 33");
        says(8, Some(129), "2 to 128 nodes, not 129");
        says(8, Some(1), "2 to 128 nodes, not 1");
    }
}
