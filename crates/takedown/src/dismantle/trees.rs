//! Breaking trees: the node that leaves the smallest largest part, in the largest tree, again and again.
//!
//! A tree of s nodes falls into parts of at most s/2 when a centroid is removed, and no other node does as well (Jordan
//! 1869). From the root, the centroid is found by stepping to the heaviest child as long as it holds more than half. A
//! heap knows the largest tree. O(n + k d) for k cuts in trees of depth d: never more than O(n log n), since a walk stays
//! within its tree and trees halve. The rule is that of Braunstein et al., PNAS 113, 12368 (2016), and Mugisha & Zhou,
//! Phys. Rev. E 94, 012305 (2016); theirs is greedy, and so is ours.

use super::Peeling;
use hydranet_overlay::Csr;
use hydranet_topology::Draw;
use hydranet_topology::TrialRng;
use std::collections::BinaryHeap;

/// Removes nodes of a network without cycles, whose core is empty, until no component has more than `allowed` nodes.
/// Appends them to `order`. Ties between trees, and between the two centroids that a tree may have, at random.
pub(crate) fn break_trees(csr: &Csr, peeling: &mut Peeling, allowed: u32, order: &mut Vec<u32>, rng: &mut TrialRng) {
    let too_large = |p: &Peeling, v: u32| p.size(v) > allowed && p.is_root(v);
    let roots: Vec<u32> = (0..csr.nodes()).filter(|&v| too_large(peeling, v)).collect();
    let mut largest: BinaryHeap<(u32, u32, u32)> =
        roots.into_iter().map(|v| (peeling.size(v), rng.below(u32::MAX), v)).collect();
    let mut above = Vec::new();
    while let Some((size, _, root)) = largest.pop() {
        above.clear();
        let mut centroid = root;
        while let Some((child, weight)) = peeling.heaviest_child(csr, centroid) {
            let twice = 2 * weight as u64;
            // a child of exactly half is a centroid as good as its parent
            if twice < size as u64 || (twice == size as u64 && rng.chance(0.5)) {
                break;
            }
            above.push(centroid);
            centroid = child;
        }
        largest.extend(
            peeling.children(csr, centroid).filter(|&(_, s)| s > allowed).map(|(w, s)| (s, rng.below(u32::MAX), w)),
        );
        peeling.cut(centroid, &above);
        order.push(centroid);
        if centroid != root && peeling.size(root) > allowed {
            largest.push((peeling.size(root), rng.below(u32::MAX), root));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_dismantles_a_forest, assert_permutation, for_small_networks, two_core};
    use super::super::{by_remaining_degree, largest_allowed};
    use super::*;

    fn check(csr: &Csr, target: f64, rng: &mut TrialRng) {
        if two_core(csr, &vec![true; csr.nodes() as usize]).contains(&true) {
            return;
        }
        let mut order = Vec::new();
        break_trees(csr, &mut Peeling::new(csr), largest_allowed(target, csr.nodes()), &mut order, rng);
        by_remaining_degree(csr, &mut order, rng);
        assert_permutation(csr, &order);
        assert_dismantles_a_forest(csr, &order, 0, target);
    }

    #[test]
    fn every_cut_is_the_best() {
        for_small_networks(400, |csr, rng| {
            // forests: each node but a few knows one with a lower number
            let n = csr.nodes();
            let target = [0.01, 0.1, 0.3][rng.below(3) as usize];
            let deep: Vec<[u32; 2]> = (1..n).filter(|_| rng.chance(0.9)).map(|v| [v, v - 1 - v / 8]).collect();
            let wide: Vec<[u32; 2]> = (1..n).map(|v| [v, rng.below(v)]).collect();
            check(csr, target, rng);
            check(&Csr::from_edges(n, &deep).0, target, rng);
            check(&Csr::from_edges(n, &wide).0, target, rng);
        });
    }
}
