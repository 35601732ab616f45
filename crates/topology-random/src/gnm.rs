//! G(n, m): all simple graphs with n nodes and m edges are equally likely [1].
//!
//! A sequence of independent uniform pairs is drawn until m different ones have come up. Relabelling the pairs by any
//! permutation leaves the law of the sequence as it is, so all sets of m pairs are equally likely to be those first m:
//! the sample is exactly uniform. How the repeats are found does not matter. Sparse networks draw m pairs, learn from
//! the sorted rows how many are missing, and draw on, looking up each further pair; dense ones mark pairs in a bit
//! matrix. With more than half of all pairs, the pairs that are *not* linked are drawn: complements of uniform sets are
//! uniform. O(n + m) expected. Same law as networkx's `gnm_random_graph`.
//!
//! [1] P. Erdős, A. Rényi. On random graphs I. Publ. Math. Debrecen 6, 290 (1959).

use crate::bits::BitMatrix;
use crate::bounds_and_draws::{Either, at_least, exactly_one, mean_degree, pairs};
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Draw, Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Parameters of [`Gnm`]: `n`, and either `m` or `mean_degree`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GnmParams {
    /// Number of nodes (≥ 1).
    pub n: u32,
    /// Number of edges (0 to n(n − 1)/2). Either this or `mean_degree`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub m: Option<u64>,
    /// Mean degree c (0 to n − 1): m is n·c/2, rounded. Either this or `m`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean_degree: Option<f64>,
}

/// The random graph G(n, m).
#[derive(Debug, Clone)]
pub struct Gnm {
    n: u32,
    m: u64,
}

impl Plugin for Gnm {
    type Params = GnmParams;
    const NAME: &'static str = "gnm";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ABOUT: &'static str = "uniform among all graphs with n nodes and m edges (Erdős & Rényi 1959)";
    const EXAMPLE: &'static str = "n = 1000\nmean_degree = 3.5";

    fn new(params: GnmParams) -> Result<Gnm, Invalid> {
        let GnmParams { n, m, mean_degree: c } = params;
        at_least("n", n, 1, "a network")?;
        let m = match exactly_one(("m", m), ("mean_degree", c))? {
            Either::First(m) => m,
            Either::Second(c) => {
                mean_degree(c, n as f64 - 1.0)?;
                (n as f64 * c / 2.0).round() as u64
            }
        };
        Invalid::unless(m <= pairs(n), "m", || format!("{n} nodes have at most {} edges, not {m}", pairs(n)))?;
        Ok(Gnm { n, m })
    }
}

impl Topology for Gnm {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        // n² bits are less than a list of the edges
        let csr = if self.m > pairs(self.n) / 16 { dense(rng, self.n, self.m) } else { sparse(rng, self.n, self.m) };
        Overlay::symmetric(csr)
    }
}

/// A uniform pair of different nodes: `v` skips over `u`.
#[inline]
fn pair(rng: &mut TrialRng, n: u32) -> [u32; 2] {
    let u = rng.below(n);
    let v = rng.below(n - 1);
    [u, v + (v >= u) as u32]
}

fn sparse(rng: &mut TrialRng, n: u32, m: u64) -> Csr {
    let drawn: Vec<[u32; 2]> = (0..m).map(|_| pair(rng, n)).collect();
    let (csr, repeats) = Csr::from_edges(n, &drawn);
    drop(drawn);
    let mut more = BTreeSet::new();
    while (more.len() as u64) < repeats.duplicates {
        let [u, v] = pair(rng, n);
        if !csr.has_arc(u, v) {
            more.insert([u.min(v), u.max(v)]);
        }
    }
    csr.with_edges(&more.into_iter().collect::<Vec<_>>())
}

fn dense(rng: &mut TrialRng, n: u32, m: u64) -> Csr {
    let complement = m > pairs(n) / 2;
    let mut left = if complement { pairs(n) - m } else { m };
    let mut bits = BitMatrix::new(n);
    while left > 0 {
        let [u, v] = pair(rng, n);
        if !bits.has(u, v) {
            bits.flip(u, v);
            left -= 1;
        }
    }
    bits.to_csr(complement)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{
        assert_uniform, census, close, components, degree_moments, draw, edges, golden, model, refuses,
    };

    fn m(n: u32, m: u64) -> GnmParams {
        GnmParams { n, m: Some(m), mean_degree: None }
    }

    fn c(n: u32, c: f64) -> GnmParams {
        GnmParams { n, m: None, mean_degree: Some(c) }
    }

    #[test]
    fn refusals() {
        refuses::<Gnm>(m(4, 7), "at most 6 edges, not 7");
        refuses::<Gnm>(c(4, 3.1), "between 0 and 3 here, not 3.1");
        refuses::<Gnm>(m(0, 0), "at least 1, not 0");
        refuses::<Gnm>(GnmParams { n: 9, m: Some(1), mean_degree: Some(1.0) }, "not both");
    }

    #[test]
    fn golden_edges() {
        assert_eq!(golden::<Gnm>(m(16, 7)), [[0, 9], [2, 5], [2, 7], [2, 12], [3, 6], [8, 10], [12, 14]], "sparse");
        assert_eq!(golden::<Gnm>(m(6, 5)), [[0, 2], [0, 3], [1, 2], [1, 3], [3, 4]], "dense");
        assert_eq!(
            golden::<Gnm>(m(5, 8)),
            [[0, 1], [0, 3], [0, 4], [1, 2], [1, 3], [1, 4], [2, 4], [3, 4]],
            "complement"
        );
    }

    #[test]
    fn the_number_of_edges_is_exact() {
        for edges in [0, 1, 100, 308, 310, 2475, 2476, 4949, 4950] {
            let network = draw(&model::<Gnm>(m(100, edges)), 1);
            assert_eq!(network.edges(), edges);
        }
        assert_eq!(draw(&model::<Gnm>(c(1000, 3.5)), 0).edges(), 1750);
        assert_eq!(draw(&model::<Gnm>(m(1, 0)), 0).edges(), 0);
    }

    /// A path of the generator by itself, where the model would not choose it.
    #[derive(Debug)]
    struct Only(fn(&mut TrialRng, u32, u64) -> Csr, u32, u64);

    impl Topology for Only {
        fn generate(&self, rng: &mut TrialRng) -> Overlay {
            Overlay::symmetric(self.0(rng, self.1, self.2))
        }
    }

    #[test]
    fn all_graphs_are_equally_likely() {
        // 5 nodes have 10 pairs: C(10, 4) = 210 graphs; repeats are frequent
        assert_uniform(&census(&Only(sparse, 5, 4), 21_000), 210);
        assert_uniform(&census(&Only(dense, 5, 4), 21_000), 210);
        assert_uniform(&census(&Only(dense, 5, 6), 21_000), 210);
        assert_uniform(&census(&model::<Gnm>(m(9, 2)), 12_600), 630);
    }

    #[test]
    fn degrees_and_isolated_nodes() {
        let (n, c) = (40_000, 3.5);
        let network = draw(&model::<Gnm>(self::c(n, c)), 0);
        let (mean, variance) = degree_moments(network.out());
        assert_eq!(mean, c);
        // variance of the Poisson law, ± 5 √(2c²/n)
        close("variance of the degree", variance, c, 0.13);
        let isolated = (0..n).filter(|&v| network.out().degree(v) == 0).count() as f64;
        let want = n as f64 * libm::exp(-c);
        close("isolated nodes", isolated, want, 5.0 * want.sqrt());
        // one giant component; the rest is small: 1 − S = e^(−cS) has S = 0.966
        close("components", components(&network) as f64 / n as f64, 0.0336 - 1.75 * 0.0336 * 0.0336, 0.005);
        assert_eq!(edges(&network).len(), 70_000);
    }
}
