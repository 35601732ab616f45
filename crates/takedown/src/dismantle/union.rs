//! Components that grow: union-find by size with path halving, and what a node would join if it came back.

use crate::bits::Bits;
use crate::forest::{ROOT, find};
use hydranet_overlay::Csr;
use hydranet_overlay::memory::prefetch;

/// Components of the nodes that are alive. All are dead to begin with.
pub(crate) struct Union {
    parent: Vec<u32>,
    alive: Bits,
}

impl Union {
    /// All of `0..n` dead.
    ///
    /// # Panics
    /// If there are 2³¹ nodes or more.
    pub(crate) fn new(n: u32) -> Union {
        assert!(n < ROOT, "components are counted in networks of fewer than 2^31 nodes");
        Union { parent: vec![ROOT | 1; n as usize], alive: Bits::none(n) }
    }

    /// Whether `v` is alive.
    #[inline]
    pub(crate) fn is_alive(&self, v: u32) -> bool {
        self.alive.get(v)
    }

    /// Tells that [`Union::find`] will be asked for `v`. A hint.
    #[inline]
    pub(crate) fn will_find(&self, v: u32) {
        prefetch(&self.parent, v as usize);
    }

    /// The root of the component of `v`, and its size.
    #[inline]
    pub(crate) fn find(&mut self, v: u32) -> (u32, u32) {
        find(&mut self.parent, v)
    }

    /// `v` comes alive and joins the components whose different roots and sizes are given. Returns the root of the whole.
    #[inline]
    pub(crate) fn join(&mut self, v: u32, components: &[(u32, u32)]) -> u32 {
        self.alive.set(v);
        let (mut root, mut size) = (v, 1);
        for &(other, other_size) in components {
            let (big, small) = if other_size > size { (other, root) } else { (root, other) };
            self.parent[small as usize] = big;
            (root, size) = (big, size + other_size);
        }
        self.parent[root as usize] = ROOT | size;
        root
    }
}

/// The size of the component that `v`, which is dead, would be in if it came back; `components` is filled with the
/// different components that it would join. O(degree), and O(degree log degree) beyond 32 components.
#[inline]
pub(crate) fn joined(csr: &Csr, union: &mut Union, v: u32, components: &mut Vec<(u32, u32)>) -> u32 {
    components.clear();
    for &w in csr.row(v) {
        if union.is_alive(w) {
            let found = union.find(w);
            if components.len() > 32 || !components.contains(&found) {
                components.push(found);
            }
        }
    }
    if components.len() > 32 {
        components.sort_unstable();
        components.dedup();
    }
    1 + components.iter().map(|&(_, size)| size).sum::<u32>()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{component_sizes, for_small_networks};
    use super::*;
    use hydranet_topology::Draw;

    #[test]
    fn components_from_scratch() {
        let mut star: Vec<[u32; 2]> = (1..80).map(|v| [0, v]).collect();
        star.extend((1..50).step_by(3).map(|v| [v, v + 1]));
        let (star, _) = Csr::from_edges(80, &star);
        for_small_networks(200, |csr, rng| {
            for csr in [csr, &star] {
                let mut union = Union::new(csr.nodes());
                let mut alive = vec![false; csr.nodes() as usize];
                let mut components = Vec::new();
                for v in rng.permutation(csr.nodes()) {
                    let size = joined(csr, &mut union, v, &mut components);
                    let root = union.join(v, &components);
                    alive[v as usize] = true;
                    assert_eq!(size, component_sizes(csr, &alive)[v as usize]);
                    assert_eq!(union.find(v), (root, size));
                }
            }
        });
    }
}
