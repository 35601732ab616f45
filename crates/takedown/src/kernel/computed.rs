//! Networks whose neighbours can be computed: nothing is stored, so their size is limited by the kernel's tables alone.

use super::Adjacency;

/// The hypercube: nodes are the numbers of `bits` bits, neighbours differ in one of them. Degree `bits`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hypercube {
    bits: u32,
}

/// The undirected binary de Bruijn network: v is linked with 2v and 2v + 1 modulo 2^`bits`. Degree 4, less at loops and
/// double links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeBruijn {
    bits: u32,
}

/// A ring with the same fingers at every node: v is linked with v ± f for every f of a list (a circulant network).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    nodes: u32,
    fingers: Vec<u32>,
}

/// The square lattice of `side` × `side` nodes, its borders open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lattice {
    side: u32,
}

impl Hypercube {
    /// # Panics
    /// If there would be no bit, or 2³¹ nodes or more.
    pub fn new(bits: u32) -> Hypercube {
        assert!((1..31).contains(&bits), "1 to 30 bits, not {bits}");
        Hypercube { bits }
    }
}

impl DeBruijn {
    /// # Panics
    /// If there would be no bit, or 2³¹ nodes or more.
    pub fn new(bits: u32) -> DeBruijn {
        assert!((1..31).contains(&bits), "1 to 30 bits, not {bits}");
        DeBruijn { bits }
    }
}

impl Ring {
    /// # Panics
    /// If there are 2³¹ nodes or more, or a finger is 0 or longer than half the ring.
    pub fn new(nodes: u32, fingers: Vec<u32>) -> Ring {
        assert!(nodes < 1 << 31, "fewer than 2^31 nodes, not {nodes}");
        assert!(fingers.iter().all(|&f| f >= 1 && f <= nodes / 2), "fingers are 1 to half the ring long");
        Ring { nodes, fingers }
    }
}

impl Lattice {
    /// # Panics
    /// If there would be no node, or 2³¹ nodes or more.
    pub fn new(side: u32) -> Lattice {
        assert!((1..46_341).contains(&side), "a side of 1 to 46340, not {side}");
        Lattice { side }
    }
}

impl Adjacency for Hypercube {
    fn nodes(&self) -> u32 {
        1 << self.bits
    }

    #[inline]
    fn row<'a>(&'a self, v: u32, scratch: &'a mut Vec<u32>) -> &'a [u32] {
        scratch.extend((0..self.bits).map(|bit| v ^ (1 << bit)));
        scratch
    }
}

impl Adjacency for DeBruijn {
    fn nodes(&self) -> u32 {
        1 << self.bits
    }

    #[inline]
    fn row<'a>(&'a self, v: u32, scratch: &'a mut Vec<u32>) -> &'a [u32] {
        let (mask, high) = ((1 << self.bits) - 1, 1 << (self.bits - 1));
        let all = [(v << 1) & mask, ((v << 1) | 1) & mask, v >> 1, (v >> 1) | high];
        scratch.extend(all.into_iter().filter(|&w| w != v));
        scratch
    }
}

impl Adjacency for Ring {
    fn nodes(&self) -> u32 {
        self.nodes
    }

    #[inline]
    fn row<'a>(&'a self, v: u32, scratch: &'a mut Vec<u32>) -> &'a [u32] {
        for &f in &self.fingers {
            // below 2^31 each: the sum fits
            let up = v + f;
            scratch.push(if up >= self.nodes { up - self.nodes } else { up });
            scratch.push(if v >= f { v - f } else { v + self.nodes - f });
        }
        scratch
    }
}

impl Adjacency for Lattice {
    fn nodes(&self) -> u32 {
        self.side * self.side
    }

    #[inline]
    fn row<'a>(&'a self, v: u32, scratch: &'a mut Vec<u32>) -> &'a [u32] {
        let (row, column) = (v / self.side, v % self.side);
        scratch.extend((row > 0).then(|| v - self.side));
        scratch.extend((row + 1 < self.side).then(|| v + self.side));
        scratch.extend((column > 0).then(|| v - 1));
        scratch.extend((column + 1 < self.side).then(|| v + 1));
        scratch
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Point, evenly, percolate_at};
    use crate::{largest_only, percolate};
    use hydranet_overlay::{Csr, Overlay};
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    /// The same network stored, from its definition and not from `row`.
    fn check(network: &impl Adjacency, edges: Vec<[u32; 2]>) {
        let n = network.nodes();
        let (stored, _) = Csr::from_edges(n, &edges);
        for v in 0..n {
            let mut scratch = Vec::new();
            let mut row = network.row(v, &mut scratch).to_vec();
            row.sort_unstable();
            row.dedup();
            assert_eq!(row, stored.row(v), "node {v} of {n}");
        }
        let order = trial_rng(3, Trial::network(0), Purpose::Order).permutation(n);
        assert_eq!(largest_only(network, &order), largest_only(&stored, &order));
        // and what is recorded here and there is the whole curve's
        let curve = percolate(&Overlay::symmetric(stored), &crate::RemovalOrder::nodes(order.clone()));
        for points in [1, 7, 1000] {
            let at = evenly(n as u64, points);
            let want = |q: &u64| Point {
                removed: *q,
                largest: curve.largest[*q as usize].into(),
                sum_squares: curve.sum_squares[*q as usize].into(),
            };
            assert_eq!(percolate_at(network, &order, &at), at.iter().map(want).collect::<Vec<_>>());
        }
    }

    #[test]
    fn computed_networks_are_the_stored_ones() {
        for bits in [1, 2, 5, 10] {
            let n = 1u32 << bits;
            let pairs = || (0..n).flat_map(move |u| (0..u).map(move |v| [u, v]));
            check(&Hypercube::new(bits), pairs().filter(|[u, v]| (u ^ v).count_ones() == 1).collect());
            check(&DeBruijn::new(bits), (0..n).flat_map(|v| [[v, 2 * v % n], [v, (2 * v + 1) % n]]).collect());
        }
        for (n, fingers) in [(5, vec![1]), (100, vec![1, 10]), (1000, vec![1, 31, 500])] {
            let edges = (0..n).flat_map(|v| fingers.iter().map(move |f| [v, (v + f) % n])).collect();
            check(&Ring::new(n, fingers.clone()), edges);
        }
        for side in [1, 2, 7, 30] {
            let at = |x: u32, y: u32| x * side + y;
            let right = (0..side).flat_map(|x| (1..side).map(move |y| [at(x, y - 1), at(x, y)]));
            let down = (1..side).flat_map(|x| (0..side).map(move |y| [at(x - 1, y), at(x, y)]));
            check(&Lattice::new(side), right.chain(down).collect());
        }
    }
}
