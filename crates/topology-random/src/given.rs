//! Simple networks with exactly the degrees that are given.
//!
//! 1. Stubs are paired uniformly until no loop and no repeat is among the pairs: every simple network is then equally likely [1].
//!    One pairing in e^(λ + λ²) is simple, λ = Σ k(k − 1) / 2Σk, which [`TRIES`] find for small degrees.
//! 2. If they do not, or there are more than [`FEW`] edges, the loops and repeats of one pairing are switched away with random edges.
//!    The distance from the uniform law vanishes with n for degrees of a bounded second moment [2]; up to [`MIXED`] edges, ten
//!    switchings an edge follow, whose stationary law is exactly uniform.
//! 3. Where no switching helps (degrees that hardly fit), those start from the network of Havel [3] and Hakimi, with ten times as many.
//!
//! O(m log m).
//!
//! [1] B. Bollobás. Eur. J. Comb. 1, 311 (1980).
//! [2] S. Janson. Random graphs with given vertex degrees and switchings. Random Struct. Algor. 57, 3 (2020).
//! [3] V. Havel. Časopis Pěst. Mat. 80, 477 (1955); S. L. Hakimi. J. SIAM 10, 496 (1962).

use crate::stubs::matching;
use crate::switching::Switcher;
use hydranet_overlay::Csr;
use hydranet_topology::TrialRng;
use std::collections::{BTreeSet, BinaryHeap};

/// Pairings that are tried for a simple one.
const TRIES: u32 = 100;
/// Edges up to which they are tried.
const FEW: usize = 10_000;
/// Edges up to which a network that was mended is mixed.
const MIXED: usize = 100_000;
/// Switchings proposed for every edge while mixing.
const STEPS: u64 = 10;

/// The first k for which the k highest degrees ask for more ends than there can be, with both numbers: Erdős & Gallai (Mat.
/// Lapok 11, 264, 1960). `None` if a simple network has these degrees; their sum is even. O(n log n).
pub(crate) fn impossible(degrees: &[u32]) -> Option<(u64, u64, u64)> {
    let mut sorted: Vec<u64> = degrees.iter().map(|&d| d.into()).collect();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    // sums of the first so many
    let mut sums = vec![0];
    sorted.iter().for_each(|d| sums.push(sums[sums.len() - 1] + d));
    for (k, &d) in (1..).zip(&sorted) {
        // Σ over the others of min(d, k): those above k come first
        let above = sorted.partition_point(|&d| d > k).max(k as usize);
        let asked = sums[k as usize];
        let there = k * (k - 1) + (above as u64 - k) * k + (sums[sums.len() - 1] - sums[above]);
        if asked > there {
            return Some((k, asked, there));
        }
        if d <= k {
            break; // from here on it always holds
        }
    }
    None
}

/// A random simple network in which node v has `degrees[v]` neighbours.
pub(crate) fn network(rng: &mut TrialRng, degrees: &[u32]) -> Csr {
    let n = degrees.len() as u32;
    let mut pairs = matching(rng, degrees.iter().copied());
    let edges = pairs.len();
    for _ in 0..TRIES {
        let (csr, lost) = Csr::from_edges(n, &pairs);
        if lost.self_loops + lost.duplicates == 0 {
            return csr;
        }
        if edges > FEW {
            break;
        }
        pairs = matching(rng, degrees.iter().copied());
    }
    let (mut graph, bad) = Switcher::<BTreeSet<[u32; 2]>>::new(n, pairs);
    if !bad.into_iter().all(|pair| graph.mend(rng, pair, 1000)) {
        graph = Switcher::new(n, greedy(degrees)).0;
        graph.mix(rng, 10 * STEPS * edges as u64);
    } else if edges <= MIXED {
        graph.mix(rng, STEPS * edges as u64);
    }
    Csr::from_edges(n, graph.edges()).0
}

/// The node with the most ends left is linked with those that have the most beside it. For degrees that are possible.
fn greedy(degrees: &[u32]) -> Vec<[u32; 2]> {
    let mut heap: BinaryHeap<(u32, u32)> = degrees.iter().copied().zip(0..).filter(|&(d, _)| d > 0).collect();
    let mut edges = Vec::new();
    while let Some((d, v)) = heap.pop() {
        let others: Vec<(u32, u32)> = (0..d).map_while(|_| heap.pop()).collect();
        edges.extend(others.iter().map(|&(_, w)| [v, w]));
        heap.extend(others.into_iter().filter(|&(d, _)| d > 1).map(|(d, w)| (d - 1, w)));
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::assert_uniform;
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};
    use std::collections::BTreeMap;

    /// All simple networks of five nodes by their degrees.
    fn all() -> BTreeMap<Vec<u32>, u32> {
        let pairs: Vec<[u32; 2]> = (0..5).flat_map(|u| (0..u).map(move |v| [u, v])).collect();
        let mut count = BTreeMap::new();
        for set in 0..1u32 << 10 {
            let mut degrees = vec![0; 5];
            let chosen = pairs.iter().enumerate().filter(|(i, _)| set >> i & 1 == 1);
            chosen.for_each(|(_, pair)| pair.iter().for_each(|&v| degrees[v as usize] += 1));
            *count.entry(degrees).or_insert(0) += 1;
        }
        count
    }

    #[test]
    fn possible_degrees_are_those_that_some_network_has() {
        let has = all();
        for code in 0..5u32.pow(5) {
            let degrees: Vec<u32> = (0..5).map(|i| code / 5u32.pow(i) % 5).collect();
            if degrees.iter().sum::<u32>() % 2 == 0 {
                assert_eq!(impossible(&degrees).is_none(), has.contains_key(&degrees), "{degrees:?}");
            }
        }
    }

    #[test]
    fn small_networks_are_uniform() {
        let has = all();
        for degrees in [vec![3, 2, 2, 2, 1], vec![2, 2, 2, 2, 2], vec![4, 3, 3, 2, 2], vec![3, 3, 2, 2, 2]] {
            let rng = &mut trial_rng(52, Trial::network(0), Purpose::Topology);
            let classes = has[&degrees];
            let mut seen = BTreeMap::new();
            for _ in 0..300 * classes {
                let edges: Vec<[u32; 2]> = network(rng, &degrees).iter_arcs().filter(|[u, v]| u < v).collect();
                *seen.entry(edges).or_insert(0) += 1;
            }
            assert_uniform(&seen, classes as usize);
        }
    }

    #[test]
    fn degrees_are_kept_however_hard_they_fit() {
        let rng = &mut trial_rng(53, Trial::network(0), Purpose::Topology);
        let threshold: Vec<u32> = vec![7, 6, 5, 4, 4, 3, 2, 1]; // one network only has these
        let hubs: Vec<u32> = (0..400).map(|v| if v < 4 { 399 } else { 4 + 2 * (v % 2) }).collect();
        let power: Vec<u32> = (1..2001u32).map(|v| (600 / v).max(2)).collect();
        let mut lists = vec![threshold, hubs, power];
        for _ in 0..100 {
            let n = 2 + rng.below(30);
            let some: Vec<[u32; 2]> = (0..rng.below(4 * n)).map(|_| [rng.below(n), rng.below(n)]).collect();
            let csr = Csr::from_edges(n, &some).0;
            lists.push((0..n).map(|v| csr.degree(v)).collect());
        }
        for mut degrees in lists {
            let odd = degrees.iter().sum::<u32>() % 2;
            *degrees.last_mut().unwrap() += odd;
            assert_eq!(impossible(&degrees), None);
            let csr = network(rng, &degrees);
            assert!((0..csr.nodes()).all(|v| csr.degree(v) == degrees[v as usize]), "{degrees:?}");
        }
    }
}
