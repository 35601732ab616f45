//! What the dismantling strategies share.
//!
//! Most of them work in three stages (Braunstein et al., PNAS 113, 12368, 2016): nodes are removed until no cycle is left
//! ([`Peeling`] keeps the 2-core while they fall), the trees that remain are broken at their centroids
//! ([`break_trees`]), and nodes that turn out not to be needed are put back ([`reinsert()`]).

mod buckets;
mod core;
mod finish;
mod peeling;
mod reinsert;
mod trees;
mod union;

pub(crate) use buckets::Buckets;
pub(crate) use core::Core;
pub(crate) use finish::by_remaining_degree;
pub(crate) use peeling::Peeling;
pub use reinsert::reinsert;
pub(crate) use trees::break_trees;
pub(crate) use union::{Union, joined};

/// How far ahead of its turn a node is, in steps of a walk: its row's bounds, its row and its own entry, its neighbours'
/// entries can be asked for. Measured flat between half and twice these distances.
#[derive(Clone, Copy)]
pub(crate) enum Ahead {
    Soon,
    Next,
    Now,
}

/// Tells which nodes of a walk over `list`, now at position `i`, can be asked for.
#[inline(always)]
pub(crate) fn ahead(list: &[u32], i: usize, mut ask: impl FnMut(u32, Ahead)) {
    for (distance, how_far) in [(24, Ahead::Soon), (12, Ahead::Next), (6, Ahead::Now)] {
        if let Some(&v) = list.get(i + distance) {
            ask(v, how_far);
        }
    }
}

/// The largest component that a dismantled network of `n` nodes may have: ⌊C·n⌋, but a node by itself is always small
/// enough. (Below n = 1/C the target can be met by nothing short of removing all nodes.)
pub(crate) fn largest_allowed(target: f64, n: u32) -> u32 {
    ((target * n as f64) as u32).max(1)
}

#[cfg(test)]
pub(crate) mod tests {
    use hydranet_overlay::Csr;
    use hydranet_topology::{Draw, Purpose, Trial, TrialRng, trial_rng};

    /// Random small networks of many densities, and the shapes at which algorithms trip.
    pub(crate) fn for_small_networks(trials: u32, mut f: impl FnMut(&Csr, &mut TrialRng)) {
        let shapes: Vec<(u32, Vec<[u32; 2]>)> = vec![
            (0, vec![]),
            (1, vec![]),
            (7, vec![]),
            (2, vec![[0, 1]]),
            (9, (1..9).map(|v| [0, v]).collect()),
            (9, (1..9).map(|v| [v - 1, v]).collect()),
            (9, (0..9).map(|v| [v, (v + 1) % 9]).collect()),
            (8, (0..8).flat_map(|u| (0..u).map(move |v| [u, v])).collect()),
            (12, vec![[0, 1], [1, 2], [2, 0], [3, 4], [4, 5], [5, 3], [6, 7], [8, 9], [9, 10]]),
            (15, (1..15).map(|v| [v, (v - 1) / 2]).collect()),
        ];
        for (i, (n, edges)) in shapes.iter().enumerate() {
            f(&Csr::from_edges(*n, edges).0, &mut trial_rng(20, Trial::network(i as u32), Purpose::Order));
        }
        for trial in 0..trials {
            let mut rng = trial_rng(21, Trial::network(trial), Purpose::Topology);
            let n = 1 + rng.below(40);
            let edges: Vec<[u32; 2]> = (0..rng.below(3 * n)).map(|_| [rng.below(n), rng.below(n)]).collect();
            f(&Csr::from_edges(n, &edges).0, &mut rng);
        }
    }

    /// The component of `start` among the nodes for which `alive` holds, found by walking.
    pub(crate) fn component_of(csr: &Csr, alive: &[bool], start: u32) -> Vec<u32> {
        let (mut members, mut next) = (vec![start], 0);
        while next < members.len() {
            for &w in csr.row(members[next]) {
                if alive[w as usize] && !members.contains(&w) {
                    members.push(w);
                }
            }
            next += 1;
        }
        members
    }

    /// Sizes of the components of the nodes for which `alive` holds; one entry a node, 0 for the dead.
    pub(crate) fn component_sizes(csr: &Csr, alive: &[bool]) -> Vec<u32> {
        let mut size = vec![0; alive.len()];
        for start in 0..csr.nodes() {
            if alive[start as usize] && size[start as usize] == 0 {
                let members = component_of(csr, alive, start);
                members.iter().for_each(|&v| size[v as usize] = members.len() as u32);
            }
        }
        size
    }

    /// Which nodes are in the 2-core of the living, found by throwing leaves away until there are none.
    pub(crate) fn two_core(csr: &Csr, alive: &[bool]) -> Vec<bool> {
        let mut core = alive.to_vec();
        let leaf = |core: &[bool], v: u32| csr.row(v).iter().filter(|&&w| core[w as usize]).count() < 2;
        while let Some(v) = (0..csr.nodes()).find(|&v| core[v as usize] && leaf(&core, v)) {
            core[v as usize] = false;
        }
        core
    }

    /// The number of neighbours of `v` for which `alive` holds.
    pub(crate) fn degree_among(csr: &Csr, alive: &[bool], v: u32) -> u32 {
        csr.row(v).iter().filter(|&&w| alive[w as usize]).count() as u32
    }

    /// Every node stands in the order once.
    pub(crate) fn assert_permutation(csr: &Csr, order: &[u32]) {
        let mut sorted = order.to_vec();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..csr.nodes()), "{csr:?}: {order:?}");
    }

    /// From position `from` on, every node that falls has the highest degree among those that are left.
    pub(crate) fn assert_highest_degree_from(csr: &Csr, order: &[u32], from: usize) {
        let mut alive = vec![false; order.len()];
        order[from..].iter().for_each(|&v| alive[v as usize] = true);
        for &v in &order[from..] {
            let left = (0..csr.nodes()).filter(|&u| alive[u as usize]);
            assert_eq!(Some(degree_among(csr, &alive, v)), left.map(|u| degree_among(csr, &alive, u)).max());
            alive[v as usize] = false;
        }
    }

    /// An order falls within the 2-core while there is one, and then dismantles the forest that is left.
    pub(crate) fn assert_decycles(csr: &Csr, order: &[u32], target: f64) {
        assert_permutation(csr, order);
        let mut alive = vec![true; order.len()];
        for (i, &v) in order.iter().enumerate() {
            let core = two_core(csr, &alive);
            if !core.contains(&true) {
                return assert_dismantles_a_forest(csr, order, i, target);
            }
            assert!(core[v as usize]);
            alive[v as usize] = false;
        }
    }

    /// From position `from` on, where no cycle is left, an order breaks the largest tree at its best node until no
    /// component is larger than allowed, and goes on by highest remaining degree.
    pub(crate) fn assert_dismantles_a_forest(csr: &Csr, order: &[u32], from: usize, target: f64) {
        let allowed = super::largest_allowed(target, csr.nodes());
        let mut alive = vec![false; order.len()];
        order[from..].iter().for_each(|&v| alive[v as usize] = true);
        assert!(!two_core(csr, &alive).contains(&true));
        for (i, &v) in order.iter().enumerate().skip(from) {
            let sizes = component_sizes(csr, &alive);
            let largest = sizes.iter().copied().max().unwrap();
            if largest <= allowed {
                return assert_highest_degree_from(csr, order, i);
            }
            assert_eq!(sizes[v as usize], largest);
            // in its own tree, no node leaves smaller parts
            let tree = component_of(csr, &alive, v);
            let largest_part = |u: &u32| {
                let mut without = vec![false; alive.len()];
                tree.iter().filter(|&w| w != u).for_each(|&w| without[w as usize] = true);
                component_sizes(csr, &without).into_iter().max().unwrap()
            };
            assert_eq!(Some(largest_part(&v)), tree.iter().map(largest_part).min());
            alive[v as usize] = false;
        }
    }
}
