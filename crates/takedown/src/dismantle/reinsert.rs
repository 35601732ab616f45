//! Greedy reinsertion: of the nodes that were removed, those that were not needed are put back.
//!
//! Of all removed nodes, the one comes back that makes the smallest component, as long as that has at most C·N nodes
//! (the "reverse greedy" of Braunstein et al., PNAS 113, 12368, 2016; Zdeborová, Zhang & Zhou, Sci. Rep. 6, 37954, 2016;
//! Morone & Makse 2015 reinsert by the number of components that would be joined instead). Components only grow, so the
//! component that a node would make only grows, and so does the smallest of all: one sweep over lists by size is exact,
//! and a node that would make too large a component once is done with. Ties at random. O(m α) for each time that the
//! average node is looked at, about four times.

use super::{Ahead, Buckets, Union, ahead, joined, largest_allowed};
use crate::kernel::Adjacency;
use hydranet_overlay::Csr;
use hydranet_topology::TrialRng;

/// Improves a removal order: puts back as many nodes as can be, largest component at most `target`·N.
///
/// Looks at the removed head of `order`, down to where no component has more than C·N nodes (or one node, where C·N < 1),
/// and puts nodes of it back as long as that remains so. The new order: the nodes that stay removed, in their old order;
/// then those that were put back, last first; then the others, in their old order. The dismantling set size at `target`
/// is the number of nodes that stay removed, and never larger than before.
///
/// `csr` is symmetric. O(n + m α) and 30 bytes a node.
///
/// ```
/// use hydranet_overlay::Csr;
/// use hydranet_takedown::reinsert;
/// use hydranet_topology::{Purpose, Trial, trial_rng};
/// // a path of five nodes: the middle one is enough to leave components of two
/// let (path, _) = Csr::from_edges(5, &[[0, 1], [1, 2], [2, 3], [3, 4]]);
/// let mut rng = trial_rng(1, Trial::network(0), Purpose::Ties);
/// let order = reinsert(&path, &[1, 2, 3, 0, 4], 0.4, &mut rng);
/// assert_eq!(order, [2, 1, 3, 0, 4]);
/// ```
///
/// # Panics
/// If `order` is not a permutation of the nodes, or there are 2³¹ nodes or more.
pub fn reinsert(csr: &Csr, order: &[u32], target: f64, rng: &mut TrialRng) -> Vec<u32> {
    let n = csr.nodes();
    assert!(order.len() == n as usize, "a node order names every node once: {} of {n}", order.len());
    let allowed = largest_allowed(target, n);
    let mut union = Union::new(n);
    let mut components = Vec::new();
    // back from the end, to the shortest head of the order that dismantles the network
    let mut head = order.len();
    while head > 0 {
        let v = order[head - 1];
        for (distance, how_far) in [(24, Ahead::Soon), (12, Ahead::Next), (6, Ahead::Now)] {
            if head > distance {
                ask(csr, &union, order[head - 1 - distance], how_far);
            }
        }
        assert!(v < n && !union.is_alive(v), "a node order names every node once: {v} again");
        if joined(csr, &mut union, v, &mut components) > allowed {
            break;
        }
        union.join(v, &components);
        head -= 1;
    }
    let mut candidates = Buckets::new();
    for (i, &v) in order[..head].iter().enumerate() {
        ahead(&order[..head], i, |u, how_far| ask(csr, &union, u, how_far));
        assert!(v < n && !union.is_alive(v), "a node order names every node once: {v} again");
        let size = joined(csr, &mut union, v, &mut components);
        if size <= allowed {
            candidates.put(v, size);
        }
    }
    let mut back = Vec::new();
    while let Some((list, size)) = candidates.take_lowest(rng) {
        for (i, &v) in list.iter().enumerate() {
            ahead(&list, i, |u, how_far| ask(csr, &union, u, how_far));
            let now = joined(csr, &mut union, v, &mut components);
            if now == size {
                union.join(v, &components);
                back.push(v);
            } else if now <= allowed {
                candidates.put(v, now);
            }
        }
    }
    let mut result = Vec::with_capacity(order.len());
    result.extend(order[..head].iter().copied().filter(|&v| !union.is_alive(v)));
    result.extend(back.iter().rev());
    result.extend(&order[head..]);
    assert!(result.len() == order.len(), "a node order names every node once");
    result
}

/// Asks for the memory that [`joined`] will look at.
#[inline(always)]
fn ask(csr: &Csr, union: &Union, v: u32, how_far: Ahead) {
    match how_far {
        Ahead::Soon => csr.will_want_soon(v),
        Ahead::Next => csr.will_want_next(v),
        Ahead::Now => csr.row(v).iter().filter(|&&w| union.is_alive(w)).for_each(|&w| union.will_find(w)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_permutation, component_sizes, for_small_networks};
    use super::*;
    use crate::largest_only;
    use hydranet_topology::Draw;

    /// The slow and obvious way: at every step, the component of every removed node if it came back.
    fn check(csr: &Csr, order: &[u32], target: f64, rng: &mut TrialRng) {
        let new = reinsert(csr, order, target, rng);
        assert_permutation(csr, &new);
        let allowed = largest_allowed(target, csr.nodes());
        let first = |order: &[u32]| largest_only(csr, order).iter().position(|&s| s <= allowed).unwrap();
        let (old_size, new_size) = (first(order), first(&new));
        assert!(new_size <= old_size);
        assert_eq!(new[old_size..], order[old_size..], "the nodes that had stayed stay where they are");
        let mut alive = vec![false; order.len()];
        order[old_size..].iter().for_each(|&v| alive[v as usize] = true);
        for i in (new_size..=old_size).rev() {
            let candidates: Vec<u32> = (0..csr.nodes()).filter(|&v| !alive[v as usize]).collect();
            let size_with = |v: u32| {
                let mut with = alive.clone();
                with[v as usize] = true;
                component_sizes(csr, &with)[v as usize]
            };
            let best = candidates.iter().map(|&v| size_with(v)).min();
            if i == new_size {
                assert!(best.is_none_or(|s| s > allowed), "one more could have come back");
                break;
            }
            let v = new[i - 1];
            assert_eq!(Some(size_with(v)), best);
            alive[v as usize] = true;
        }
        let place = |v: &u32| order.iter().position(|u| u == v);
        assert!(new[..new_size].is_sorted_by_key(place), "those that stay removed keep their order");
    }

    #[test]
    fn always_the_smallest_component() {
        for_small_networks(400, |csr, rng| {
            let order = rng.permutation(csr.nodes());
            for target in [0.01, 0.1, 0.3, 1.0] {
                check(csr, &order, target, rng);
            }
        });
    }

    #[test]
    #[should_panic(expected = "names every node once")]
    fn incomplete_orders_are_refused() {
        let rng = &mut hydranet_topology::trial_rng(
            1,
            hydranet_topology::Trial::network(0),
            hydranet_topology::Purpose::Ties,
        );
        reinsert(&Csr::empty(3), &[0, 1, 1], 0.5, rng);
    }
}
