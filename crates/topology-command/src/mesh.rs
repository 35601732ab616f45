//! A random mesh in which every node has the same number of links and all are connected.
//!
//! One random Hamiltonian ring keeps it connected; the other d − 2 links of every node come from a random pairing of
//! link ends, in which loops and repeated links are repaired by exchanging ends with random other pairs (the ring is
//! never touched). For d ≥ 3 the union of a Hamiltonian ring and a random (d − 2)-regular graph is contiguous to the
//! uniform random d-regular graph (Robinson & Wormald 1994; Wormald 1999, "Models of random regular graphs"):
//! what holds of one with probability tending to 1 holds of the other, the percolation threshold (d − 2)/(d − 1)
//! included. Where d ≥ n/2, the mesh is the complement of a sparse random regular graph; it is connected because every
//! node is linked to half of the others. If n·d is odd one node has d − 1 links.
//!
//! O(n + m log m). Deviation from uniform: repaired pairs (about d²/4 of them, whatever n) are not uniform.

use hydranet_topology::{Draw, Invalid, TrialRng};
use std::collections::BTreeMap;

/// Refuses degrees for which there is no connected mesh; 0 (no mesh at all) is allowed.
pub(crate) fn check(param: &'static str, n: u32, degree: u32, what: &str) -> Result<(), Invalid> {
    let most = n.saturating_sub(1);
    Invalid::unless(degree <= most, param, || {
        format!("{degree} links for each of {n} {what}: at most {most}, one to each other")
    })?;
    Invalid::unless(degree != 1 || n == 2, param, || {
        format!("1 link each joins {n} {what} in pairs only: 0 (no links), or at least 2")
    })
}

/// Appends the edges of a connected random mesh of the nodes `0..n` with `degree` links each.
pub(crate) fn connected_regular(n: u32, degree: u32, rng: &mut TrialRng, edges: &mut Vec<[u32; 2]>) {
    if n < 2 || degree == 0 {
        return;
    }
    let others = n - 1;
    let odd_one = (n % 2 == 1 && degree % 2 == 1).then(|| rng.below(n));
    if degree as u64 * 2 >= n as u64 {
        let ends = link_ends(n, |v| others - degree.min(others) + (Some(v) == odd_one) as u32);
        let mut missing: Vec<u64> = pair(ends, &[], rng).into_iter().map(key).collect();
        missing.sort_unstable();
        // both walk the pairs in the same order
        let mut missing = missing.into_iter().peekable();
        let all = (0..n).flat_map(|u| (u + 1..n).map(move |v| [u, v]));
        return edges.extend(all.filter(|pair| missing.next_if_eq(&key(*pair)).is_none()));
    }
    let circle = rng.permutation(n);
    let ring: Vec<[u32; 2]> = (0..n as usize).map(|i| [circle[i], circle[(i + 1) % n as usize]]).collect();
    let ends = link_ends(n, |v| degree - 2 - (Some(v) == odd_one) as u32);
    let rest = pair(ends, &ring, rng);
    edges.extend(ring);
    edges.extend(rest);
}

/// Node `v` as often as it still needs links.
fn link_ends(n: u32, needs: impl Fn(u32) -> u32) -> Vec<u32> {
    (0..n).flat_map(|v| std::iter::repeat_n(v, needs(v) as usize)).collect()
}

fn key([u, v]: [u32; 2]) -> u64 {
    (u.min(v) as u64) << 32 | u.max(v) as u64
}

/// Pairs link ends at random, without loops, repetitions, or links that are `taken`.
fn pair(mut ends: Vec<u32>, taken: &[[u32; 2]], rng: &mut TrialRng) -> Vec<[u32; 2]> {
    const ATTEMPTS: u32 = 200;
    for attempt in 1.. {
        rng.shuffle(&mut ends);
        let mut pairs: Vec<[u32; 2]> = ends.chunks_exact(2).map(|c| [c[0], c[1]]).collect();
        // tiny dense meshes may paint themselves into a corner; in the last attempt the overlay drops what is left over
        if repair(&mut pairs, taken, rng) || attempt == ATTEMPTS {
            return pairs;
        }
    }
    unreachable!()
}

/// Exchanges ends until the pairs are simple; `false` if that did not work out.
fn repair(pairs: &mut [[u32; 2]], taken: &[[u32; 2]], rng: &mut TrialRng) -> bool {
    let mut sorted: Vec<u64> = pairs.iter().chain(taken).map(|p| key(*p)).collect();
    sorted.sort_unstable();
    let mut change: BTreeMap<u64, i32> = BTreeMap::new();
    let listed = |k: u64| {
        let from = sorted.partition_point(|x| *x < k);
        sorted[from..].iter().take_while(|x| **x == k).count() as i32
    };
    let repeated: Vec<u64> = sorted.windows(2).filter(|w| w[0] == w[1]).map(|w| w[0]).collect();
    let suspect = |[a, b]: [u32; 2]| a == b || repeated.binary_search(&key([a, b])).is_ok();
    let suspects: Vec<usize> = (0..pairs.len()).filter(|&i| suspect(pairs[i])).collect();
    for i in suspects {
        let mut tries = 0;
        loop {
            let [a, b] = pairs[i];
            let count = |change: &BTreeMap<u64, i32>, k| listed(k) + change.get(&k).copied().unwrap_or(0);
            if a != b && count(&change, key([a, b])) == 1 {
                break;
            }
            tries += 1;
            if tries > 200 {
                return false;
            }
            let j = rng.below(pairs.len() as u32) as usize;
            let [c, d] = pairs[j];
            let (p, q) = ([a, c], [b, d]);
            let free = |p: [u32; 2]| p[0] != p[1] && count(&change, key(p)) == 0;
            if i != j && key(p) != key(q) && free(p) && free(q) {
                for (gone, new) in [([a, b], p), ([c, d], q)] {
                    *change.entry(key(gone)).or_default() -= 1;
                    *change.entry(key(new)).or_default() += 1;
                }
                (pairs[i], pairs[j]) = (p, q);
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::{components, rng};
    use hydranet_overlay::{Csr, Overlay};

    fn mesh(n: u32, degree: u32, trial: u32) -> Overlay {
        let mut edges = Vec::new();
        connected_regular(n, degree, &mut rng(trial), &mut edges);
        let (csr, dropped) = Csr::from_edges(n, &edges);
        assert_eq!(dropped, Default::default(), "{n} nodes, degree {degree}");
        Overlay::symmetric(csr)
    }

    #[test]
    fn degrees_are_exact_and_all_are_connected() {
        let sizes = (1..=17).flat_map(|n| (0..n).map(move |d| (n, d)));
        for (n, d) in sizes.chain([(200, 99), (201, 99), (201, 101), (1000, 3), (1001, 3), (5000, 20)]) {
            if check("d", n, d, "nodes").is_err() {
                assert!(d == 1 && n != 2);
                continue;
            }
            for trial in 0..10 {
                let g = mesh(n, d, trial);
                let short: Vec<u32> = (0..n).map(|v| g.out().degree(v)).filter(|k| *k != d).collect();
                let odd = n % 2 == 1 && d % 2 == 1;
                assert_eq!(short, if odd { vec![d - 1] } else { vec![] }, "{n} nodes, degree {d}, trial {trial}");
                assert!(d == 0 || components(&g, &[]).len() == 1, "{n} nodes, degree {d}, trial {trial}");
            }
        }
    }

    #[test]
    fn every_pair_is_as_likely() {
        // 8 nodes: each of the 28 pairs is linked with chance d/7; four standard deviations
        for d in 2..7 {
            let mut counts = [0u32; 64];
            for trial in 0..3000 {
                mesh(8, d, trial).out().iter_arcs().for_each(|[u, v]| counts[(8 * u + v) as usize] += 1);
            }
            let p = d as f64 / 7.0;
            let sd = (3000.0 * p * (1.0 - p)).sqrt();
            for (i, &c) in counts.iter().enumerate().filter(|(i, _)| i % 9 != 0) {
                assert!((c as f64 - 3000.0 * p).abs() < 4.0 * sd, "pair {i}, degree {d}: {c}");
            }
        }
    }

    #[test]
    fn triangles_are_those_of_a_random_regular_graph() {
        // the number of triangles tends to a Poisson law of mean (d − 1)³/6: 4.5 for d = 4; four standard errors
        let mean = (0..400).map(|t| triangles(&mesh(500, 4, t))).sum::<u32>() as f64 / 400.0;
        assert!((mean - 4.5).abs() < 4.0 * (4.5f64 / 400.0).sqrt() + 0.1, "{mean} triangles");
    }

    fn triangles(g: &Overlay) -> u32 {
        let up = g.out().iter_arcs().filter(|[u, v]| u < v);
        up.map(|[u, v]| g.out().row(v).iter().filter(|w| **w > v && g.out().has_arc(u, **w)).count() as u32).sum()
    }
}
