//! How near a node is to all others.
//!
//! Distances d on the closure; n nodes in all, r of them reachable from v (itself included). Two definitions, both of them
//! sound on networks in several pieces:
//! - `wasserman-faust` (default; networkx's `closeness_centrality`): (r − 1)/(n − 1) · (r − 1)/Σ d(v, u), Wasserman & Faust
//!   1994, eq. 5.22; on a connected network Freeman's (1979) closeness, (n − 1)/Σ d. Isolated nodes have 0.
//! - `harmonic` (networkx's `harmonic_centrality`): Σ 1/d(v, u) (Marchiori & Latora 2000; Boldi & Vigna 2014).
//!
//! A search from every node: O(n m). With `samples = k`, searches from k random nodes of every component, and the mean over
//! them stands for the mean over all (Eppstein & Wang 2004; they take connected networks): O(k m); by Hoeffding, mean
//! distances are off by more than ε · diameter with probability at most δ at ε = √(ln(2 n/δ)/2k). In parallel; the result does
//! not depend on the number of threads.

use crate::components::components;
use crate::paths::{Bfs, Source, add_up, all_sources, in_chunks, sources};
use hydranet_overlay::Csr;
use hydranet_topology::TrialRng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What nearness is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Nearness {
    /// The reachable share over the mean distance to what is reachable.
    #[default]
    WassermanFaust,
    /// The sum of inverse distances.
    Harmonic,
}

/// Closeness of every node, exactly. O(n m) time, in parallel.
///
/// ```
/// use hydranet_measures::centrality::{Nearness, closeness};
/// use hydranet_overlay::Csr;
/// let (star, _) = Csr::from_edges(3, &[[0, 1], [0, 2]]);
/// assert_eq!(closeness(&star, Nearness::Harmonic), [2.0, 1.5, 1.5]);
/// ```
pub fn closeness(csr: &Csr, definition: Nearness) -> Vec<f64> {
    scores(csr, definition, &all_sources(csr, |_| true), false)
}

/// An estimate of the closeness of every node, from searches at `samples` nodes of every component. O(samples · m).
pub fn sampled_closeness(csr: &Csr, definition: Nearness, samples: u32, rng: &mut TrialRng) -> Vec<f64> {
    scores(csr, definition, &sources(csr, |_| true, Some(samples), rng), true)
}

fn scores(csr: &Csr, definition: Nearness, from: &[Source], sampled: bool) -> Vec<f64> {
    let n = csr.nodes() as usize;
    // what a node at distance d adds
    let term = |d: u32| match definition {
        Nearness::WassermanFaust => d as f64,
        Nearness::Harmonic => 1.0 / d as f64,
    };
    let mut sums = add_up(in_chunks(from, |chunk| sums_of(csr, chunk, !sampled, term)), n);
    if sampled {
        // a source says nothing about itself: where it was drawn, one term less stands for the n_C − 1 others
        let mut drawn = vec![0.0; n];
        from.iter().for_each(|s| drawn[s.node as usize] = s.weight);
        for part in components(csr, |_| true) {
            let others = part.len() as f64 - 1.0;
            let count = part.iter().filter(|&&v| drawn[v as usize] > 0.0).count() as f64;
            for v in part {
                let seen = count - (drawn[v as usize] > 0.0) as u32 as f64;
                // the only source of its component: its own search said what the others are at
                let scale = if seen > 0.0 { others / seen } else { 1.0 };
                sums[v as usize] *= scale;
            }
        }
    }
    if definition == Nearness::WassermanFaust {
        for part in components(csr, |_| true) {
            let others = part.len() as f64 - 1.0;
            for v in part {
                let sum = &mut sums[v as usize];
                *sum = if others > 0.0 { others / (n as f64 - 1.0) * others / *sum } else { 0.0 };
            }
        }
    }
    sums
}

/// Sums of terms: each source's own over all that it reaches, or (of a sample) everybody's over the sources that reach it.
fn sums_of(csr: &Csr, chunk: &[Source], own: bool, term: impl Fn(u32) -> f64) -> Vec<f64> {
    let mut bfs = Bfs::new(csr.nodes());
    let mut sums = vec![0.0; csr.nodes() as usize];
    for source in chunk {
        bfs.run(csr, source.node);
        let others = &bfs.reached()[1..];
        // a single source of a component also sums for itself: nobody else does
        let alone = source.weight == bfs.reached().len() as f64;
        if own || alone {
            sums[source.node as usize] = others.iter().map(|&v| term(bfs.distance(v))).sum();
        }
        if !own {
            others.iter().for_each(|&v| sums[v as usize] += term(bfs.distance(v)));
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::{KITE, assert_close};
    use crate::testing::random_network;
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    /// Floyd & Warshall.
    fn by_all_distances(csr: &Csr, definition: Nearness) -> Vec<f64> {
        let n = csr.nodes() as usize;
        let mut d = vec![vec![f64::INFINITY; n]; n];
        (0..n).for_each(|v| d[v][v] = 0.0);
        csr.iter_arcs().for_each(|[u, v]| d[u as usize][v as usize] = 1.0);
        for k in 0..n {
            for i in 0..n {
                for j in 0..n {
                    d[i][j] = d[i][j].min(d[i][k] + d[k][j]);
                }
            }
        }
        let closeness = |v: usize| {
            let finite: Vec<f64> = d[v].iter().copied().filter(|&x| x > 0.0 && x.is_finite()).collect();
            match definition {
                _ if finite.is_empty() => 0.0,
                Nearness::Harmonic => finite.iter().map(|x| 1.0 / x).sum(),
                Nearness::WassermanFaust => {
                    let others = finite.len() as f64;
                    others / (n as f64 - 1.0) * others / finite.iter().sum::<f64>()
                }
            }
        };
        (0..n).map(closeness).collect()
    }

    #[test]
    fn agrees_with_all_distances() {
        for trial in 0..300 {
            let rng = &mut trial_rng(34, Trial::network(trial), Purpose::Topology);
            let csr = random_network(rng, 30);
            for definition in [Nearness::WassermanFaust, Nearness::Harmonic] {
                let want = by_all_distances(&csr, definition);
                assert_close(&closeness(&csr, definition), &want, "exact");
                assert_close(&sampled_closeness(&csr, definition, 30, rng), &want, "a sample of everything");
            }
        }
    }

    /// networkx 3.6.1: closeness_centrality and harmonic_centrality of the Krackhardt kite and an isolated node.
    #[test]
    fn agrees_with_networkx() {
        let (csr, _) = Csr::from_edges(11, &KITE);
        assert_close(&closeness(&csr, Nearness::WassermanFaust), &KITE_CLOSENESS, "Wasserman–Faust");
        assert_close(&closeness(&csr, Nearness::Harmonic), &KITE_HARMONIC, "harmonic");
    }
    const KITE_CLOSENESS: [f64; 11] = [
        0.47647058823529415,
        0.47647058823529415,
        0.45,
        0.54,
        0.45,
        0.5785714285714286,
        0.5785714285714286,
        0.54,
        0.3857142857142857,
        0.2793103448275862,
        0.0,
    ];
    const KITE_HARMONIC: [f64; 11] = [
        6.083333333333333,
        6.083333333333333,
        5.583333333333333,
        7.083333333333333,
        5.583333333333333,
        6.833333333333333,
        6.833333333333333,
        6.0,
        4.666666666666666,
        3.4166666666666665,
        0.0,
    ];

    #[test]
    fn samples_come_near() {
        let rng = &mut trial_rng(35, Trial::network(0), Purpose::Topology);
        let links: Vec<[u32; 2]> = (0..2000).map(|_| [rng.below(500), rng.below(500)]).collect();
        let (csr, _) = Csr::from_edges(500, &links);
        for definition in [Nearness::WassermanFaust, Nearness::Harmonic] {
            let exact = closeness(&csr, definition);
            let sampled = sampled_closeness(&csr, definition, 150, rng);
            let worst = exact.iter().zip(&sampled).map(|(e, s)| (s - e).abs() / e.max(1e-9)).fold(0.0, f64::max);
            assert!(worst < 0.15, "{definition:?}: {worst}");
            assert!(sampled_closeness(&csr, definition, 1, rng).iter().all(|s| s.is_finite()));
        }
    }
}
