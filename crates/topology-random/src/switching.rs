//! Switchings: two edges exchange partners, u–v and x–y become u–x and v–y, and all degrees stay as they are.
//!
//! They mend what a random pairing of stubs leaves behind (loops and repeated edges), and they mix: the chain that
//! proposes random switchings and refuses those that would make a loop or a repeat is symmetric, and reaches every
//! simple graph with these degrees, so that its law tends to the uniform one.

use crate::bits::BitMatrix;
use crate::bounds_and_draws::index;
use hydranet_overlay::Csr;
use hydranet_topology::{Draw, TrialRng};
use std::collections::BTreeSet;

/// Which pairs of nodes are linked.
pub(crate) trait Pairs {
    /// No pairs of `n` nodes.
    fn none(n: u32) -> Self;
    /// Whether `u` and `v` are linked.
    fn has(&self, u: u32, v: u32) -> bool;
    /// Links `u ≠ v` if they are not, and the other way round.
    fn flip(&mut self, u: u32, v: u32);
}

impl Pairs for BitMatrix {
    fn none(n: u32) -> BitMatrix {
        BitMatrix::new(n)
    }

    fn has(&self, u: u32, v: u32) -> bool {
        BitMatrix::has(self, u, v)
    }

    fn flip(&mut self, u: u32, v: u32) {
        BitMatrix::flip(self, u, v);
    }
}

/// Where n² bits are too many.
impl Pairs for BTreeSet<[u32; 2]> {
    fn none(_: u32) -> BTreeSet<[u32; 2]> {
        BTreeSet::new()
    }

    fn has(&self, u: u32, v: u32) -> bool {
        self.contains(&[u.min(v), u.max(v)])
    }

    fn flip(&mut self, u: u32, v: u32) {
        let pair = [u.min(v), u.max(v)];
        if !self.remove(&pair) {
            self.insert(pair);
        }
    }
}

/// A simple graph that switchings work on, as a list of edges and the set of them.
pub(crate) struct Switcher<P = BitMatrix> {
    bits: P,
    edges: Vec<[u32; 2]>,
}

impl<P: Pairs> Switcher<P> {
    /// The different edges among `pairs`, and the loops and repeats that were left out.
    pub(crate) fn new(n: u32, pairs: Vec<[u32; 2]>) -> (Switcher<P>, Vec<[u32; 2]>) {
        let mut bits = P::none(n);
        let (mut edges, mut bad) = (Vec::with_capacity(pairs.len()), Vec::new());
        for [u, v] in pairs {
            if u == v || bits.has(u, v) {
                bad.push([u, v]);
            } else {
                bits.flip(u, v);
                edges.push([u, v]);
            }
        }
        (Switcher { bits, edges }, bad)
    }

    /// A uniform edge, turned round or not.
    fn edge(&self, rng: &mut TrialRng) -> (usize, [u32; 2]) {
        let i = index(rng, 2 * self.edges.len());
        let [x, y] = self.edges[i / 2];
        (i / 2, if i.is_multiple_of(2) { [x, y] } else { [y, x] })
    }

    /// Whether u–x and v–y may be linked: no loop, no repeat. (They cannot be one pair: x–y is linked, so that
    /// u = y and v = x has u–x linked already, and u = v has x ≠ y.)
    fn fits(&self, [u, v]: [u32; 2], [x, y]: [u32; 2]) -> bool {
        u != x && v != y && !self.bits.has(u, x) && !self.bits.has(v, y)
    }

    /// Brings in a loop or a repeated edge by a switching with a random edge. `false` after `tries` refusals.
    pub(crate) fn mend(&mut self, rng: &mut TrialRng, [u, v]: [u32; 2], tries: u32) -> bool {
        for _ in 0..if self.edges.is_empty() { 0 } else { tries } {
            let (i, [x, y]) = self.edge(rng);
            if self.fits([u, v], [x, y]) {
                self.bits.flip(x, y);
                self.bits.flip(u, x);
                self.bits.flip(v, y);
                self.edges[i] = [u, x];
                self.edges.push([v, y]);
                return true;
            }
        }
        false
    }

    /// Proposes `steps` switchings of two random edges.
    pub(crate) fn mix(&mut self, rng: &mut TrialRng, steps: u64) {
        for _ in 0..if self.edges.is_empty() { 0 } else { steps } {
            let (i, [u, v]) = self.edge(rng);
            let (j, [x, y]) = self.edge(rng);
            if self.fits([u, v], [x, y]) {
                self.bits.flip(u, v);
                self.bits.flip(x, y);
                self.bits.flip(u, x);
                self.bits.flip(v, y);
                self.edges[i] = [u, x];
                self.edges[j] = [v, y];
            }
        }
    }

    /// The edges, in no order.
    pub(crate) fn edges(&self) -> &[[u32; 2]] {
        &self.edges
    }
}

impl Switcher {
    /// The graph, or its complement.
    pub(crate) fn to_csr(&self, complement: bool) -> Csr {
        self.bits.to_csr(complement)
    }
}

/// Gives every node of a sparse graph the degree `d`, by switching the stubs that lack a partner with random edges: two
/// such stubs u, v and an edge x–y become u–x and v–y.
///
/// Meant for d ≤ n/16: at most 2d(d + 1) of the nd arcs x–y do not fit, so that each try succeeds with a chance of nearly 7/8
/// or more, and the number of tries is bounded in expectation.
pub(crate) fn fill_up(rng: &mut TrialRng, csr: Csr, d: u32) -> Csr {
    let n = csr.nodes();
    let lacking = |v: u32| std::iter::repeat_n(v, (d - csr.degree(v)) as usize);
    let stubs: Vec<u32> = (0..n).filter(|&v| csr.degree(v) < d).flat_map(lacking).collect();
    if stubs.is_empty() {
        return csr;
    }
    // arcs both ways
    let (mut gone, mut more) = (BTreeSet::new(), BTreeSet::new());
    for couple in stubs.chunks_exact(2) {
        let (u, v) = (couple[0], couple[1]);
        loop {
            let at = rng.below_u64(csr.arcs());
            let x = csr.offsets().partition_point(|&o| o <= at) as u32 - 1;
            let y = csr.targets()[at as usize];
            let linked = |a: u32, b: u32| a == b || csr.has_arc(a, b) || more.contains(&[a, b]);
            if gone.contains(&[x, y]) || linked(u, x) || linked(v, y) || (u == y && v == x) {
                continue;
            }
            gone.extend([[x, y], [y, x]]);
            more.extend([[u, x], [x, u], [v, y], [y, v]]);
            break;
        }
    }
    exchange(&csr, d, &gone, &more)
}

/// The rows with some arcs taken out and others put in, whereafter all have the length `d`.
fn exchange(csr: &Csr, d: u32, gone: &BTreeSet<[u32; 2]>, more: &BTreeSet<[u32; 2]>) -> Csr {
    let offsets: Vec<u64> = (0..=csr.nodes() as u64).map(|v| v * d as u64).collect();
    let mut targets = Vec::with_capacity(csr.nodes() as usize * d as usize);
    let touched: BTreeSet<u32> = gone.iter().chain(more).map(|arc| arc[0]).collect();
    let mut copied = 0;
    for v in touched {
        let row = csr.offsets()[v as usize] as usize..csr.offsets()[v as usize + 1] as usize;
        targets.extend_from_slice(&csr.targets()[copied..row.start]);
        copied = row.end;
        let start = targets.len();
        targets.extend(csr.row(v).iter().filter(|&&t| !gone.contains(&[v, t])));
        targets.extend(more.range([v, 0]..=[v, u32::MAX]).map(|arc| arc[1]));
        targets[start..].sort_unstable();
    }
    targets.extend_from_slice(&csr.targets()[copied..]);
    Csr::from_rows(offsets, targets)
}
