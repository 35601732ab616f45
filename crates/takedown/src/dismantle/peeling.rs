//! The 2-core while nodes fall, and the forest of what has been peeled off it.
//!
//! The 2-core of a network is what remains when leaves (nodes with at most one neighbour) are peeled off until there are
//! none. A node that is peeled off has one neighbour left, its *parent*, or none, and takes with it all that was peeled
//! off onto it before: so peeling roots every tree and counts its nodes on the way, and when the core is empty the trees
//! are ready to be broken. A node keeps its neighbours in the core as a count and the exclusive or of their numbers;
//! when one is left, it can be read off, and peeling touches two nodes and no row. O(n + m) for any number of removals,
//! 12 bytes a node.

use hydranet_overlay::Csr;
use hydranet_overlay::memory::prefetch;

/// No parent.
const NONE: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Node {
    /// Neighbours in the core; 0 once peeled off or removed.
    degree: u32,
    /// In the core: exclusive or of the neighbours in the core. Peeled off: the parent, or `NONE`.
    link: u32,
    /// Nodes of the tree below and with this one; 0 once removed.
    size: u32,
}

/// A network of which nodes are removed, seen as its 2-core and the trees around it.
pub(crate) struct Peeling {
    nodes: Vec<Node>,
    /// Nodes that have at most one neighbour left and are yet to be peeled off; empty between calls.
    leaves: Vec<u32>,
}

impl Peeling {
    /// Nothing is removed yet.
    pub(crate) fn new(csr: &Csr) -> Peeling {
        let node = |v| {
            let row = csr.row(v);
            Node { degree: row.len() as u32, link: row.iter().fold(0, |a, b| a ^ b), size: 1 }
        };
        let mut peeling = Peeling { nodes: (0..csr.nodes()).map(node).collect(), leaves: Vec::new() };
        let leaves: Vec<u32> = (0..csr.nodes()).filter(|&v| csr.degree(v) < 2).collect();
        for (i, &v) in leaves.iter().enumerate() {
            if let Some(&u) = leaves.get(i + 12) {
                peeling.will_want(peeling.nodes[u as usize].link);
            }
            peeling.leaves.push(v);
            peeling.peel();
        }
        peeling
    }

    /// Tells that `v` will be looked at. A hint.
    #[inline]
    pub(crate) fn will_want(&self, v: u32) {
        prefetch(&self.nodes, v as usize);
    }

    /// Number of neighbours of `v` in the core; 0 if it is not in the core itself, at least 2 if it is.
    #[inline]
    pub(crate) fn degree(&self, v: u32) -> u32 {
        self.nodes[v as usize].degree
    }

    /// Nodes of the tree that hangs on `v`, with itself, once it is peeled off; 0 if it was removed.
    #[inline]
    pub(crate) fn size(&self, v: u32) -> u32 {
        self.nodes[v as usize].size
    }

    /// Removes a node of the core, and peels off what becomes a leaf.
    #[inline]
    pub(crate) fn remove(&mut self, csr: &Csr, v: u32) {
        debug_assert!(self.degree(v) >= 2, "node {v} is not in the core");
        self.nodes[v as usize] = Node { degree: 0, link: NONE, size: 0 };
        for &w in csr.row(v) {
            let node = &mut self.nodes[w as usize];
            if node.degree > 0 {
                node.degree -= 1;
                node.link ^= v;
                if node.degree == 1 {
                    self.leaves.push(w);
                }
            }
        }
        self.peel();
    }

    fn peel(&mut self) {
        while let Some(v) = self.leaves.pop() {
            let node = &mut self.nodes[v as usize];
            if node.degree == 0 {
                node.link = NONE; // its last neighbour was peeled off onto it
                continue;
            }
            node.degree = 0;
            let Node { link, size, .. } = *node;
            let parent = &mut self.nodes[link as usize];
            parent.degree -= 1;
            parent.link ^= v;
            parent.size += size;
            if parent.degree == 1 {
                self.leaves.push(link);
            }
        }
    }

    /// Whether `v`, which is peeled off, is the root of its tree: it has no parent, or has lost it.
    #[inline]
    pub(super) fn is_root(&self, v: u32) -> bool {
        let parent = self.nodes[v as usize].link;
        parent == NONE || self.nodes[parent as usize].size == 0
    }

    /// The heaviest child of `v`, which is peeled off, with its size.
    pub(super) fn heaviest_child(&self, csr: &Csr, v: u32) -> Option<(u32, u32)> {
        self.children(csr, v).max_by_key(|&(_, size)| size)
    }

    /// The children of `v`, which is peeled off, with their sizes.
    pub(super) fn children<'a>(&'a self, csr: &'a Csr, v: u32) -> impl Iterator<Item = (u32, u32)> + 'a {
        let is_child = move |node: &Node| node.size > 0 && node.link == v;
        csr.row(v)
            .iter()
            .map(|&w| (w, self.nodes[w as usize]))
            .filter(move |(_, n)| is_child(n))
            .map(|(w, n)| (w, n.size))
    }

    /// Removes a node of a tree: its children become roots, and the nodes above it, which `above` names, lose its size.
    pub(super) fn cut(&mut self, v: u32, above: &[u32]) {
        let lost = std::mem::replace(&mut self.nodes[v as usize], Node { degree: 0, link: NONE, size: 0 }).size;
        above.iter().for_each(|&u| self.nodes[u as usize].size -= lost);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{component_sizes, degree_among, for_small_networks, two_core};
    use super::*;
    use hydranet_topology::Draw;

    #[test]
    fn core_and_trees_from_scratch() {
        for_small_networks(300, |csr, rng| {
            let mut peeling = Peeling::new(csr);
            let mut alive = vec![true; csr.nodes() as usize];
            loop {
                let core = two_core(csr, &alive);
                let sizes = component_sizes(csr, &alive);
                for v in 0..csr.nodes() {
                    let want = if core[v as usize] { degree_among(csr, &core, v) } else { 0 };
                    assert_eq!(peeling.degree(v), want);
                    if !alive[v as usize] {
                        assert_eq!(peeling.size(v), 0);
                    } else if !core[v as usize] && peeling.is_root(v) {
                        assert_eq!(peeling.size(v), sizes[v as usize]);
                    }
                }
                let left: Vec<u32> = (0..csr.nodes()).filter(|&v| core[v as usize]).collect();
                if left.is_empty() {
                    break;
                }
                let v = left[rng.below(left.len() as u32) as usize];
                peeling.remove(csr, v);
                alive[v as usize] = false;
            }
        });
    }
}
