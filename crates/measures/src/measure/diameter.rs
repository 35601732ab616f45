//! The diameter without all distances (Takes & Kosters, "Determining the diameter of small world networks", CIKM 2011).
//!
//! A search from v finds its eccentricity e, and bounds that of every other node w of the component: at least d(v, w) and
//! e − d(v, w), at most e + d(v, w). Nodes that cannot exceed the longest path found are struck off; the next search
//! starts, in turn, from the node that could be the most eccentric and from the one that could be the most central, of equal ones
//! that of the highest degree. Real networks take few searches; rings take one from every node. O(m) a search.

use super::{Effort, Measured};
use crate::components::components;
use crate::paths::Bfs;
use hydranet_overlay::Csr;
use std::cmp::Reverse;

/// The longest distance between connected nodes.
pub(super) fn diameter(csr: &Csr, effort: &Effort) -> Measured {
    let mut parts = components(csr, |_| true);
    parts.sort_by_key(|part| Reverse(part.len()));
    let mut bfs = Bfs::new(csr.nodes());
    let mut bounds = vec![(0, u32::MAX); csr.nodes() as usize];
    // small networks are exact whatever the budget
    let small = csr.nodes() <= effort.dense;
    let mut budget = if small { u32::MAX } else { effort.searches };
    let (mut longest, mut exact) = (0, true);
    for part in parts {
        if part.len() as u32 <= longest + 1 {
            break; // too small to hold a longer path
        }
        exact &= improve(csr, part, &mut longest, &mut budget, &mut bfs, &mut bounds);
    }
    let method = if exact { "exact, bounded eccentricities" } else { "lower bound, search budget spent" };
    Measured::exactly(longest as f64, method)
}

/// Looks for paths longer than `longest` in a component, by at least one search; whether there is none left to find.
fn improve(
    csr: &Csr,
    mut candidates: Vec<u32>,
    longest: &mut u32,
    budget: &mut u32,
    bfs: &mut Bfs,
    bounds: &mut [(u32, u32)],
) -> bool {
    let most = |list: &[u32], key: &dyn Fn(u32) -> u32| {
        list.iter().copied().max_by_key(|&v| (key(v), csr.degree(v), Reverse(v)))
    };
    let mut next = most(&candidates, &|_| 0);
    let mut outward = true;
    while let Some(v) = next {
        bfs.run(csr, v);
        *budget = budget.saturating_sub(1);
        let eccentricity = bfs.depth();
        *longest = eccentricity.max(*longest);
        candidates.retain(|&w| {
            let d = bfs.distance(w);
            let (low, high) = &mut bounds[w as usize];
            *low = d.max(eccentricity - d).max(*low);
            *high = (eccentricity + d).min(*high);
            w != v && *high > *longest
        });
        if *budget == 0 {
            return candidates.is_empty();
        }
        next = match outward {
            true => most(&candidates, &|w| bounds[w as usize].1),
            false => most(&candidates, &|w| u32::MAX - bounds[w as usize].0),
        };
        outward = !outward;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::random_network;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn agrees_with_all_searches() {
        for trial in 0..500 {
            let csr = random_network(&mut trial_rng(51, Trial::network(trial), Purpose::Topology), 60);
            let mut bfs = Bfs::new(csr.nodes());
            let want = (0..csr.nodes())
                .map(|v| {
                    bfs.run(&csr, v);
                    bfs.depth()
                })
                .max()
                .unwrap();
            let got = diameter(&csr, &Effort::default());
            assert_eq!((got.value, got.method), (want as f64, "exact, bounded eccentricities"));
            let bound = diameter(&csr, &Effort { searches: 3, dense: 0, ..Effort::default() });
            assert!(bound.value <= want as f64 && bound.value >= want as f64 / 2.0);
        }
    }
}
