//! A cheap vertex cover of the edges between two sides (Clarkson, Inf. Process. Lett. 16, 23, 1983).
//!
//! The node with the least residual cost an uncovered edge joins the cover; each neighbour at the other end of such an edge
//! pays that price from its own cost. At most twice the cost of the optimal cover. The price of a node never falls, so a
//! heap with stale entries does: O(m log m).

use hydranet_overlay::Csr;
use hydranet_topology::{Draw, TrialRng};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A cost an edge, not negative: ordered by its bits.
fn key(price: f64) -> u64 {
    price.max(0.0).to_bits()
}

/// The nodes that cover all edges between the sides, in the order in which they joined. Ties at random.
pub(super) fn cover(csr: &Csr, weights: &[f64], side: &[bool], rng: &mut TrialRng) -> Vec<u32> {
    let cuts = |v: u32| csr.row(v).iter().copied().filter(move |&w| side[v as usize] != side[w as usize]);
    let mut uncovered: Vec<u32> = (0..csr.nodes()).map(|v| cuts(v).count() as u32).collect();
    let mut residual = weights.to_vec();
    let tie = rng.permutation(csr.nodes());
    let price = |residual: f64, uncovered: u32| residual / uncovered as f64;
    let mut heap: BinaryHeap<Reverse<(u64, u32, u32)>> = (0..csr.nodes())
        .filter(|&v| uncovered[v as usize] > 0)
        .map(|v| Reverse((key(price(residual[v as usize], uncovered[v as usize])), tie[v as usize], v)))
        .collect();
    let mut chosen = vec![false; weights.len()];
    let mut list = Vec::new();
    while let Some(Reverse((old, _, v))) = heap.pop() {
        if chosen[v as usize] || uncovered[v as usize] == 0 {
            continue;
        }
        let now = price(residual[v as usize], uncovered[v as usize]);
        if key(now) != old {
            heap.push(Reverse((key(now), tie[v as usize], v)));
            continue;
        }
        chosen[v as usize] = true;
        list.push(v);
        for w in cuts(v).filter(|&w| !chosen[w as usize]) {
            residual[w as usize] -= now;
            uncovered[w as usize] -= 1;
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::random_network;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    /// The rule without a heap: all prices looked at anew.
    fn slowly(csr: &Csr, weights: &[f64], side: &[bool], tie: &[u32]) -> Vec<u32> {
        let mut edges: Vec<[u32; 2]> =
            csr.iter_arcs().filter(|&[u, v]| u < v && side[u as usize] != side[v as usize]).collect();
        let mut residual = weights.to_vec();
        let mut list = Vec::new();
        while !edges.is_empty() {
            let degree = |v: u32| edges.iter().filter(|e| e.contains(&v)).count() as f64;
            let price = |v: u32| (residual[v as usize] / degree(v)).max(0.0);
            let best = (0..csr.nodes())
                .filter(|&v| degree(v) > 0.0)
                .min_by(|&a, &b| price(a).total_cmp(&price(b)).then(tie[a as usize].cmp(&tie[b as usize])))
                .unwrap();
            let paid = residual[best as usize] / degree(best);
            for edge in edges.iter().filter(|e| e.contains(&best)) {
                let other = edge[0] + edge[1] - best;
                residual[other as usize] -= paid;
            }
            edges.retain(|e| !e.contains(&best));
            list.push(best);
        }
        list
    }

    #[test]
    fn covers_at_twice_the_optimum_at_most() {
        for trial in 0..300 {
            let rng = &mut trial_rng(44, Trial::network(trial), Purpose::Topology);
            let csr = random_network(rng, 12);
            let n = csr.nodes();
            let side: Vec<bool> = (0..n).map(|_| rng.chance(0.5)).collect();
            let weights: Vec<f64> = (0..n).map(|_| 1.0 + rng.below(5) as f64).collect();
            let tie = rng.clone().permutation(n);
            let list = cover(&csr, &weights, &side, rng);
            assert_eq!(list, slowly(&csr, &weights, &side, &tie));
            let covers = |set: u32| {
                csr.iter_arcs()
                    .all(|[u, v]| side[u as usize] == side[v as usize] || set >> u & 1 == 1 || set >> v & 1 == 1)
            };
            let cost = |set: u32| (0..n).filter(|v| set >> v & 1 == 1).map(|v| weights[v as usize]).sum::<f64>();
            let set = list.iter().fold(0, |set, v| set | 1 << v);
            let optimum = (0..1 << n).filter(|&set| covers(set)).map(cost).fold(f64::INFINITY, f64::min);
            assert!(covers(set) && cost(set) <= 2.0 * optimum);
        }
    }
}
