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

struct Components {
    /// Parent, or `ROOT | size`. Written when a node comes alive outside the core.
    parent: Vec<u32>,
    /// The next member of the same component, in a circle.
    next: Vec<u32>,
}

impl Components {
    #[inline]
    fn find(&mut self, mut v: u32) -> (u32, u32) {
        loop {
            let p = self.parent[v as usize];
            if p & ROOT != 0 {
                return (v, p & !ROOT);
            }
            let g = self.parent[p as usize];
            if g & ROOT != 0 {
                return (p, g & !ROOT);
            }
            self.parent[v as usize] = g; // path halving
            v = g;
        }
    }

    #[inline]
    fn single(&mut self, v: u32) {
        self.parent[v as usize] = ROOT | 1;
        self.next[v as usize] = v;
    }

    /// Merges two different components; returns the root and the size of the whole.
    #[inline]
    fn union(&mut self, a: (u32, u32), b: (u32, u32), ledger: &mut impl Ledger) -> (u32, u32) {
        let (big, small) = if a.1 >= b.1 { (a, b) } else { (b, a) };
        ledger.merge(big.0, big.1, small.0, small.1);
        self.parent[small.0 as usize] = big.0;
        self.parent[big.0 as usize] = ROOT | (big.1 + small.1);
        self.next.swap(big.0 as usize, small.0 as usize); // two circles become one
        (big.0, big.1 + small.1)
    }

    fn relabel(&self, member: u32, states: &mut States) {
        let mut v = member;
        loop {
            states.add(v, IN_CORE);
            v = self.next[v as usize];
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
    let mut components = Components { parent: spread_zeros(n as usize), next: spread_zeros(n as usize) };
    let threshold = ((n as f64).cbrt().powi(2) as u32).max(16);
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
                outside[..count].iter().for_each(|&w| prefetch(&components.parent, w as usize));
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
