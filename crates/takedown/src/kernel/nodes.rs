//! Site percolation: nodes come back, last removed first.

use super::adjacency::Adjacency;
use super::ledger::Ledger;
use hydranet_overlay::memory::{prefetch, spread_zeros};

/// Insertions ahead at which the bounds of a row are asked for, and the row itself.
/// 24 and 12 against 48 and 24: no difference beyond the noise of a shared machine.
const SOON: usize = 48;
const NEXT: usize = 24;

/// Marks a root; the other bits are the size of its component.
const ROOT: u32 = 1 << 31;

/// Two bits a node, 32 nodes a word: 0 dead, 1 alive, 3 alive and in the core.
struct States(Vec<u64>);

const ALIVE: u64 = 1;
const IN_CORE: u64 = 3;

impl States {
    #[inline]
    fn get(&self, v: u32) -> u64 {
        self.0[v as usize / 32] >> (v % 32 * 2) & 3
    }
    #[inline]
    fn add(&mut self, v: u32, state: u64) {
        self.0[v as usize / 32] |= state << (v % 32 * 2);
    }
}

/// What is known of a node outside the core; both in one cache line, since whoever needs one soon needs the other.
#[derive(Clone, Copy, Default)]
struct Member {
    /// Parent, or `ROOT | size`.
    parent: u32,
    /// The next member of the same component, in a circle.
    next: u32,
}

/// The components outside the core; an entry is written when its node comes alive there.
struct Components(Vec<Member>);

impl Components {
    #[inline]
    fn find(&mut self, mut v: u32) -> (u32, u32) {
        loop {
            let p = self.0[v as usize].parent;
            if p & ROOT != 0 {
                return (v, p & !ROOT);
            }
            let g = self.0[p as usize].parent;
            if g & ROOT != 0 {
                return (p, g & !ROOT);
            }
            self.0[v as usize].parent = g; // path halving
            v = g;
        }
    }

    #[inline]
    fn single(&mut self, v: u32) {
        self.0[v as usize] = Member { parent: ROOT | 1, next: v };
    }

    /// Merges two different components; returns the root and the size of the whole.
    #[inline]
    fn union(&mut self, a: (u32, u32), b: (u32, u32), ledger: &mut impl Ledger) -> (u32, u32) {
        let (big, small) = if a.1 >= b.1 { (a, b) } else { (b, a) };
        ledger.merge(big.0, big.1, small.0, small.1);
        let size = big.1 + small.1;
        // two circles become one
        let (after_big, after_small) = (self.0[big.0 as usize].next, self.0[small.0 as usize].next);
        self.0[big.0 as usize] = Member { parent: ROOT | size, next: after_small };
        self.0[small.0 as usize] = Member { parent: big.0, next: after_big };
        (big.0, size)
    }

    fn relabel(&self, member: u32, states: &mut States) {
        let mut v = member;
        loop {
            states.add(v, IN_CORE);
            v = self.0[v as usize].next;
            if v == member {
                break;
            }
        }
    }
}

/// Puts the nodes of `order` back, last first, and tells the ledger of every change.
///
/// # Panics
/// If `order` is not a permutation of the nodes, or there are 2³¹ nodes or more.
pub(super) fn put_back<A: Adjacency>(network: &A, order: &[u32], ledger: &mut impl Ledger) {
    let n = network.nodes();
    assert!(n < ROOT, "the kernel takes networks of fewer than 2^31 nodes");
    assert!(order.len() == n as usize, "a node order names every node once: {} of {n}", order.len());
    let mut states = States(spread_zeros(n as usize / 32 + 1));
    let mut components = Components(spread_zeros(n as usize));
    let threshold = (libm::cbrt(n as f64).powi(2) as u32).max(16);
    let mut core_exists = false;
    // neighbours that are alive and not in the core; grown to the longest row
    let mut outside: Vec<u32> = vec![0; 64];
    let mut scratch = Vec::new();

    ledger.record(order.len());
    for q in (0..order.len()).rev() {
        if q >= SOON {
            network.will_want_soon(order[q - SOON]);
        }
        if q >= NEXT {
            network.will_want_next(order[q - NEXT]);
        }
        let v = order[q];
        assert!(v < n && states.get(v) == 0, "a node order names every node once: {v} again");
        scratch.clear();
        let row = network.row(v, &mut scratch);
        if row.len() > outside.len() {
            outside.resize(row.len().next_power_of_two(), 0);
        }
        let (mut touches_core, mut count) = (0, 0);
        for &w in row {
            let state = states.get(w);
            touches_core |= state;
            outside[count] = w;
            count += (state == ALIVE) as usize;
        }
        if touches_core & 2 != 0 {
            states.add(v, IN_CORE);
            ledger.join_core(v);
            for &w in &outside[..count] {
                // it may have been relabelled together with an earlier neighbour
                if states.get(w) == ALIVE {
                    let (root, size) = components.find(w);
                    ledger.fall_into_core(root, size);
                    components.relabel(w, &mut states);
                }
            }
        } else {
            states.add(v, ALIVE);
            components.single(v);
            ledger.appear(v);
            let mut own = (v, 1);
            if count > 1 {
                outside[..count].iter().for_each(|&w| prefetch(&components.0, w as usize));
            }
            for &w in &outside[..count] {
                let other = components.find(w);
                if other.0 != own.0 {
                    own = components.union(own, other, ledger);
                }
            }
            if !core_exists && own.1 >= threshold {
                core_exists = true;
                ledger.fall_into_core(own.0, own.1);
                components.relabel(own.0, &mut states);
            }
        }
        ledger.record(q);
    }
}
