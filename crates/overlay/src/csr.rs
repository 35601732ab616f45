//! Compressed sparse rows: for every node, the sorted list of the nodes that it has an arc to.

/// Adjacency in compressed sparse rows. Rows are strictly increasing and hold no self-loop.
///
/// Memory: 4 bytes an arc plus 8 bytes a node. Offsets are 64 bits wide, so 2³² arcs and more fit.
#[derive(Clone, PartialEq, Eq)]
pub struct Csr {
    offsets: Box<[u64]>,
    targets: Vec<u32>,
}

impl Csr {
    /// A network of `n` nodes and no arcs.
    pub fn empty(n: u32) -> Csr {
        Csr { offsets: vec![0; n as usize + 1].into(), targets: Vec::new() }
    }

    /// From ready rows: row `v` is `targets[offsets[v]..offsets[v + 1]]`. O(n + m) for the check.
    ///
    /// # Panics
    /// If offsets do not start at 0, decrease or do not end at `targets.len()`, or if a row is not strictly increasing,
    /// names a node that does not exist, or names its own node.
    pub fn from_rows(offsets: Vec<u64>, targets: Vec<u32>) -> Csr {
        assert!(offsets.first() == Some(&0), "row offsets start at 0");
        assert!(*offsets.last().unwrap() == targets.len() as u64, "row offsets end at the number of arcs");
        assert!(offsets.len() - 1 <= u32::MAX as usize, "node numbers are 32 bits wide");
        let n = (offsets.len() - 1) as u32;
        for v in 0..n {
            assert!(offsets[v as usize] <= offsets[v as usize + 1], "row offsets never decrease (node {v})");
            let row = &targets[offsets[v as usize] as usize..offsets[v as usize + 1] as usize];
            assert!(row.windows(2).all(|w| w[0] < w[1]), "row of node {v} is strictly increasing");
            assert!(row.last().is_none_or(|&t| t < n), "row of node {v} names nodes below {n}");
            assert!(row.binary_search(&v).is_err(), "row of node {v} does not name itself");
        }
        Csr { offsets: offsets.into(), targets }
    }

    /// As [`Csr::from_rows`] for rows that this crate has just made and need no second look.
    pub(crate) fn from_trusted_rows(offsets: Vec<u64>, targets: Vec<u32>) -> Csr {
        debug_assert_eq!(*offsets.last().unwrap(), targets.len() as u64);
        Csr { offsets: offsets.into(), targets }
    }

    /// Number of nodes, n.
    #[inline]
    pub fn nodes(&self) -> u32 {
        (self.offsets.len() - 1) as u32
    }

    /// Number of arcs. A symmetric network has two arcs an edge.
    #[inline]
    pub fn arcs(&self) -> u64 {
        self.targets.len() as u64
    }

    /// The nodes that `v` has an arc to, increasing.
    ///
    /// # Panics
    /// If `v` is not below [`Csr::nodes`].
    #[inline]
    pub fn row(&self, v: u32) -> &[u32] {
        &self.targets[self.offsets[v as usize] as usize..self.offsets[v as usize + 1] as usize]
    }

    /// Number of arcs that leave `v`.
    #[inline]
    pub fn degree(&self, v: u32) -> u32 {
        (self.offsets[v as usize + 1] - self.offsets[v as usize]) as u32
    }

    /// Whether there is an arc `u → v`. O(log degree).
    pub fn has_arc(&self, u: u32, v: u32) -> bool {
        self.row(u).binary_search(&v).is_ok()
    }

    /// Row boundaries: `nodes() + 1` numbers, the first 0, the last [`Csr::arcs`].
    #[inline]
    pub fn offsets(&self) -> &[u64] {
        &self.offsets
    }

    /// All rows, one after the other.
    #[inline]
    pub fn targets(&self) -> &[u32] {
        &self.targets
    }

    /// Every arc `[u, v]`, by source and then by target.
    pub fn iter_arcs(&self) -> impl Iterator<Item = [u32; 2]> + '_ {
        (0..self.nodes()).flat_map(move |u| self.row(u).iter().map(move |&v| [u, v]))
    }

    /// Whether every arc is answered by its opposite. O(m log degree).
    pub fn is_symmetric(&self) -> bool {
        self.iter_arcs().all(|[u, v]| self.has_arc(v, u))
    }

    /// All arcs turned round. O(n + m); the new rows come out sorted because sources are visited in order.
    pub fn transpose(&self) -> Csr {
        let n = self.nodes() as usize;
        let mut offsets = vec![0u64; n + 1];
        for &t in &self.targets {
            offsets[t as usize + 1] += 1;
        }
        for v in 0..n {
            offsets[v + 1] += offsets[v];
        }
        let mut next: Vec<u64> = offsets[..n].to_vec();
        let mut targets = vec![0u32; self.targets.len()];
        for [u, v] in self.iter_arcs() {
            targets[next[v as usize] as usize] = u;
            next[v as usize] += 1;
        }
        Csr::from_trusted_rows(offsets, targets)
    }

    /// The symmetric closure: an edge wherever there is an arc in either direction. O(n + m).
    pub fn symmetrize(&self) -> Csr {
        let back = self.transpose();
        let n = self.nodes();
        let mut offsets = Vec::with_capacity(n as usize + 1);
        let mut targets = Vec::with_capacity(self.targets.len() * 2);
        offsets.push(0);
        for v in 0..n {
            merge(self.row(v), back.row(v), &mut targets);
            offsets.push(targets.len() as u64);
        }
        targets.shrink_to_fit();
        Csr::from_trusted_rows(offsets, targets)
    }

    /// The same network with more edges (both arcs of each). O(n + m + k log k).
    /// Edges that are there already, and self-loops, change nothing.
    pub fn with_edges(self, extra: &[[u32; 2]]) -> Csr {
        if extra.is_empty() {
            return self;
        }
        let n = self.nodes();
        let (add, _) = Csr::from_edges(n, extra);
        let mut offsets = Vec::with_capacity(n as usize + 1);
        let mut targets = Vec::with_capacity(self.targets.len() + add.targets.len());
        offsets.push(0);
        for v in 0..n {
            merge(self.row(v), add.row(v), &mut targets);
            offsets.push(targets.len() as u64);
        }
        Csr::from_trusted_rows(offsets, targets)
    }
}

impl std::fmt::Debug for Csr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Csr({} nodes, {} arcs)", self.nodes(), self.arcs())
    }
}

/// Appends the union of two strictly increasing lists.
fn merge(a: &[u32], b: &[u32], out: &mut Vec<u32>) {
    if b.is_empty() {
        return out.extend_from_slice(a);
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        out.push(x.min(y));
        i += (x <= y) as usize;
        j += (y <= x) as usize;
    }
    out.extend_from_slice(&a[i..]);
    out.extend_from_slice(&b[j..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transpose_and_closure() {
        let (g, _) = Csr::from_arcs(4, &[[0, 1], [2, 1], [1, 0], [3, 0]]);
        assert_eq!(g.transpose().iter_arcs().collect::<Vec<_>>(), [[0, 1], [0, 3], [1, 0], [1, 2]]);
        assert_eq!(g.transpose().transpose(), g);
        let s = g.symmetrize();
        assert!(s.is_symmetric() && !g.is_symmetric());
        assert_eq!(s.iter_arcs().collect::<Vec<_>>(), [[0, 1], [0, 3], [1, 0], [1, 2], [2, 1], [3, 0]]);
    }

    #[test]
    fn more_edges() {
        let (g, _) = Csr::from_edges(4, &[[0, 1]]);
        let g = g.with_edges(&[[1, 0], [2, 3], [3, 3]]);
        assert_eq!(g.iter_arcs().collect::<Vec<_>>(), [[0, 1], [1, 0], [2, 3], [3, 2]]);
    }

    #[test]
    #[should_panic(expected = "strictly increasing")]
    fn unsorted_rows_are_refused() {
        Csr::from_rows(vec![0, 2, 2, 2], vec![2, 1]);
    }
}
