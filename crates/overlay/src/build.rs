//! From a bag of links to sorted rows, in O(n + m) for bounded degrees (rows longer than 32 are sorted by comparisons).
//!
//! A plain counting sort writes every arc to a random place of the target array, one cache and TLB miss each. Here arcs
//! are first dealt into blocks of neighbouring sources (sequential writes to a few hundred streams), and each block,
//! which fits in the second-level cache, is then counted, placed, sorted and appended by itself. Short rows are sorted
//! by ranks: an entry's place is the number of smaller entries, counted without branches in vector registers, where
//! insertion mispredicts about once an entry. Measured on G(n,m) with n = 10⁶, m = 5·10⁶: 0.28 s with insertion sort and
//! counting by node beforehand, 0.19 s so. The deal is done for a range of blocks at a time, so that its buffer stays
//! below [`DEAL_ARCS`] arcs however large the network is.

use crate::Csr;
use crate::memory::{spread_with_capacity, spread_zeros};

/// What was left out so that the network is simple.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Links from a node to itself.
    pub self_loops: u64,
    /// Links that were there already: repeated, or (for edges) listed in both directions.
    pub duplicates: u64,
}

// Tests have smaller blocks, so that they meet several of them, and several deals.

/// Arcs dealt at once: 8 bytes each, 256 MiB in all.
const DEAL_ARCS: u64 = if cfg!(test) { 1 << 14 } else { 1 << 25 };
/// Aim of a block: its arcs (8 bytes each dealt, 4 placed) stay in the second-level cache.
const BLOCK_ARCS: u64 = if cfg!(test) { 1 << 10 } else { 1 << 16 };
/// Most sources of a block: their counters stay there too.
const MAX_WIDTH: u64 = 1 << 16;
/// More write streams than this at a time miss the TLB.
const MAX_STREAMS: usize = if cfg!(test) { 8 } else { 1024 };
/// Longest row that is sorted by ranks.
const LANES: usize = 32;

impl Csr {
    /// An undirected network: both arcs of every edge. O(n + m) time; beside the result, 8 bytes an arc, at most 256 MiB
    /// (more only where a single node has more arcs than that).
    ///
    /// # Panics
    /// If an edge names a node that is not below `n`.
    pub fn from_edges(n: u32, edges: &[[u32; 2]]) -> (Csr, Dropped) {
        let (csr, mut dropped) = build(n, edges, true);
        // every repeated edge was met twice, once from either end
        dropped.duplicates /= 2;
        (csr, dropped)
    }

    /// A directed network: `[u, v]` is the arc u → v. O(n + m).
    ///
    /// # Panics
    /// If an arc names a node that is not below `n`.
    pub fn from_arcs(n: u32, arcs: &[[u32; 2]]) -> (Csr, Dropped) {
        build(n, arcs, false)
    }
}

fn build(n: u32, links: &[[u32; 2]], both: bool) -> (Csr, Dropped) {
    let listed = links.len() as u64 * (1 + both as u64);
    // sources per block: a power of two, so that the block of a source is a shift
    let shift = (n as u64 * BLOCK_ARCS / listed.max(1)).clamp(1, MAX_WIDTH).ilog2();
    let blocks = (n as usize).div_ceil(1 << shift);
    let mut self_loops = 0;
    // where the arcs of each block start
    let mut start = vec![0u64; blocks + 1];
    for &[u, v] in links {
        assert!(u < n && v < n, "link {u}–{v} in a network of {n} nodes");
        let keep = (u != v) as u64;
        self_loops += 1 - keep;
        start[(u >> shift) as usize + 1] += keep;
        if both {
            start[(v >> shift) as usize + 1] += keep;
        }
    }
    for b in 0..blocks {
        start[b + 1] += start[b];
    }
    let arcs = start[blocks];
    let mut rows = Rows::new(n, arcs as usize, (n as usize).min(1 << shift));
    if blocks == 1 {
        rows.append(n as usize, arcs as usize, Arcs::Listed { links, both });
    } else {
        let mut dealt = Vec::new();
        let mut from = 0;
        while from < blocks {
            // the widest range of blocks whose arcs fit in one deal
            let fits = start.partition_point(|&s| s <= start[from] + DEAL_ARCS) - 1;
            let to = fits.min(from + MAX_STREAMS).max(from + 1);
            deal(Arcs::Listed { links, both }, shift, from, &start[from..=to], &mut dealt);
            for b in from..to {
                let width = (n as usize - (b << shift)).min(1 << shift);
                let here = (start[b] - start[from]) as usize..(start[b + 1] - start[from]) as usize;
                rows.append(width, here.len(), Arcs::Dealt(&dealt[here]));
            }
            from = to;
        }
    }
    rows.targets.truncate(rows.written);
    let duplicates = arcs - rows.written as u64;
    (Csr::from_trusted_rows(rows.offsets, rows.targets), Dropped { self_loops, duplicates })
}

/// Deals the arcs whose sources are in the blocks from `first` on, which begin at `start`: each as `[number of the
/// source within its block, target]`.
fn deal(arcs: Arcs, shift: u32, first: usize, start: &[u64], dealt: &mut Vec<[u32; 2]>) {
    let base = start[0];
    let blocks = start.len() - 1;
    let count = (start[blocks] - base) as usize;
    if dealt.len() < count {
        // fresh zero pages cost nothing until they are written
        *dealt = vec![[0; 2]; count];
    }
    let mut stream: Vec<usize> = start[..blocks].iter().map(|s| (s - base) as usize).collect();
    let within = (1u32 << shift) - 1;
    arcs.for_each(|u, v| {
        let b = ((u >> shift) as usize).wrapping_sub(first);
        if b < blocks {
            let place = &mut stream[b];
            dealt[*place] = [u & within, v];
            *place += 1;
        }
    });
}

/// Arcs in no particular order.
#[derive(Clone, Copy)]
enum Arcs<'a> {
    /// Links as they were given, read in one direction or in both; self-loops are passed over.
    Listed { links: &'a [[u32; 2]], both: bool },
    /// What was dealt to one block.
    Dealt(&'a [[u32; 2]]),
}

impl Arcs<'_> {
    #[inline(always)]
    fn for_each(self, mut f: impl FnMut(u32, u32)) {
        match self {
            Arcs::Listed { links, both: true } => {
                for &[u, v] in links.iter().filter(|l| l[0] != l[1]) {
                    f(u, v);
                    f(v, u);
                }
            }
            Arcs::Listed { links, both: false } => {
                links.iter().filter(|l| l[0] != l[1]).for_each(|&[u, v]| f(u, v));
            }
            Arcs::Dealt(arcs) => arcs.iter().for_each(|&[w, v]| f(w, v)),
        }
    }
}

/// Rows as they grow, a block of sources at a time.
struct Rows {
    offsets: Vec<u64>,
    /// The finished rows are `targets[..written]`; at least [`LANES`] entries follow, which may hold anything.
    targets: Vec<u32>,
    written: usize,
    /// Where the next arc of each source of the block goes in `unsorted`.
    next: Vec<u32>,
    unsorted: Vec<u32>,
}

impl Rows {
    fn new(n: u32, arcs: usize, width: usize) -> Rows {
        let mut offsets = spread_with_capacity(n as usize + 1);
        offsets.push(0);
        Rows { offsets, targets: spread_zeros(arcs + LANES), written: 0, next: vec![0; width], unsorted: Vec::new() }
    }

    /// Appends the rows of the next `width` sources, which have `count` arcs: sorted, repeated targets dropped.
    fn append(&mut self, width: usize, count: usize, arcs: Arcs) {
        assert!(count <= u32::MAX as usize, "a node, or a few together, are listed 2^32 times");
        let next = &mut self.next[..width];
        next.fill(0);
        arcs.for_each(|w, _| next[w as usize] += 1);
        let mut sum = 0;
        for place in next.iter_mut() {
            (*place, sum) = (sum, sum + *place);
        }
        if self.unsorted.len() < count + LANES {
            self.unsorted.resize(count + LANES, 0);
        }
        let unsorted = &mut self.unsorted[..];
        arcs.for_each(|w, v| {
            let place = &mut next[w as usize];
            unsorted[*place as usize] = v;
            *place += 1;
        });
        let mut begin = 0;
        for &end in next.iter() {
            let (from, to) = (&unsorted[begin..], &mut self.targets[self.written..]);
            let len = end as usize - begin;
            let whole = match len {
                0..=8 => rank_sort::<8>(from, len, to),
                9..=16 => rank_sort::<16>(from, len, to),
                17..=LANES => rank_sort::<LANES>(from, len, to),
                _ => false,
            };
            if whole {
                self.written += len;
            } else {
                let row = &mut unsorted[begin..end as usize];
                row.sort_unstable();
                for same in row.chunk_by(|a, b| a == b) {
                    self.targets[self.written] = same[0];
                    self.written += 1;
                }
            }
            begin = end as usize;
            self.offsets.push(self.written as u64);
        }
    }
}

/// Writes `from[..len]` in order to the beginning of `to`. `false` if entries repeat: they have the same rank then, and
/// what was written is worthless. Of `to`, `W` entries may be overwritten; of `from`, as many are looked at.
#[inline(always)]
fn rank_sort<const W: usize>(from: &[u32], len: usize, to: &mut [u32]) -> bool {
    let entries: &[u32; W] = from.first_chunk().expect("rows are followed by LANES entries");
    let to: &mut [u32; W] = to.first_chunk_mut().expect("targets are followed by LANES entries");
    // the ranks of what follows the row are counted as well, and ignored
    let mut ranks = [0u32; W];
    for &x in &entries[..len] {
        for (rank, &entry) in ranks.iter_mut().zip(entries) {
            *rank += (x < entry) as u32;
        }
    }
    let mut sum = 0;
    for (&rank, &entry) in ranks.iter().zip(entries).take(len) {
        sum += rank as usize;
        to[rank as usize % W] = entry;
    }
    // 0 + 1 + … + (len − 1) if all differ, less otherwise
    2 * sum == len * len.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The slow and obvious way.
    fn oracle(n: u32, links: &[[u32; 2]], both: bool) -> Vec<[u32; 2]> {
        let mut set = BTreeSet::new();
        for &[u, v] in links.iter().filter(|l| l[0] != l[1] && l[0] < n) {
            set.insert([u, v]);
            if both {
                set.insert([v, u]);
            }
        }
        set.into_iter().collect()
    }

    fn check(n: u32, links: &[[u32; 2]]) {
        for both in [false, true] {
            let (g, dropped) = if both { Csr::from_edges(n, links) } else { Csr::from_arcs(n, links) };
            let want = oracle(n, links, both);
            assert_eq!(g.iter_arcs().collect::<Vec<_>>(), want);
            let loops = links.iter().filter(|l| l[0] == l[1]).count();
            let kept = if both { want.len() / 2 } else { want.len() };
            assert_eq!((dropped.self_loops, dropped.duplicates), (loops as u64, (links.len() - loops - kept) as u64));
            let again = Csr::from_rows(g.offsets().to_vec(), g.targets().to_vec());
            assert_eq!(again, g);
        }
    }

    /// A fixed scramble, so that the test needs no random generator.
    fn scramble(n: u32, m: u32) -> Vec<[u32; 2]> {
        let h = |x: u64| (x.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) as u32 % n;
        (0..m as u64).map(|i| [h(2 * i + 1), h(7 * i + 3)]).collect()
    }

    #[test]
    fn agrees_with_a_set_of_pairs() {
        check(1, &[]);
        check(1, &[[0, 0]]);
        check(3, &[[0, 1], [1, 0], [0, 1], [2, 2], [1, 2]]);
        check(7, &scramble(7, 60));
        check(1000, &scramble(1000, 3000));
        check(300, &scramble(300, 20_000)); // rows of every length that is sorted in its own way
        check(50_000, &scramble(50_000, 200_000)); // several blocks, several deals
        check(5000, &(1..5000).map(|v| [v, 0]).collect::<Vec<_>>()); // one row longer than a block
    }

    #[test]
    #[should_panic(expected = "in a network of 2 nodes")]
    fn unknown_node_is_refused() {
        Csr::from_edges(2, &[[0, 2]]);
    }
}
