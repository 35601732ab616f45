//! Random d-regular graphs: uniform among all simple graphs in which every node has d neighbours.
//!
//! Stubs are paired at random [1], and the few loops and repeated edges that this makes (about (d² − 1)/4 in all,
//! whatever n) are switched away with random edges, which leaves a law whose distance from the uniform one vanishes as
//! n grows [2]: the mean number of triangles is 2 % low for n = 50, d = 3 and 0.3 % for n = 200, d = 10. So for n ≤ 256,
//! and where d is not small beside n (d > n/16), the graph is mixed afterwards by 10 switchings an edge, whose stationary
//! law is exactly uniform [3]. More than (n − 1)/2 neighbours are drawn as the complement of fewer, which is regular too.
//! O(nd), and it always ends: should no switching help (possible for tiny n only), mixing starts from a circulant graph.
//!
//! networkx's `random_regular_graph(d, n)` pairs left-over stubs again instead and starts afresh when stuck: nearly the
//! same law, but not the same numbers. Note its order of parameters.
//!
//! [1] B. Bollobás. A probabilistic proof of an asymptotic formula for the number of labelled regular graphs. Eur. J.
//! Comb. 1, 311 (1980).
//! [2] S. Janson. Random graphs with given vertex degrees and switchings. Random Struct. Algor. 57, 3 (2020). We switch
//! the left-over stubs in the order of their nodes instead of each bad edge by itself.
//! [3] C. Cooper, M. Dyer, C. Greenhill. Sampling regular graphs and a peer-to-peer network. Comb. Probab. Comput. 16,
//! 557 (2007).

use crate::bounds_and_draws::at_least;
use crate::stubs::matching;
use crate::switching::{Switcher, fill_up};
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Networks of at most this many nodes are mixed, whatever d.
const MIXED: u32 = 256;
/// Switchings proposed for every edge while mixing.
const STEPS: u64 = 10;

/// Parameters of [`RandomRegular`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RandomRegularParams {
    /// Number of nodes (≥ 1).
    pub n: u32,
    /// Neighbours of every node (0 to n − 1; n·d is even).
    pub d: u32,
}

/// The random d-regular graph.
#[derive(Debug, Clone)]
pub struct RandomRegular(RandomRegularParams);

impl Plugin for RandomRegular {
    type Params = RandomRegularParams;
    const NAME: &'static str = "random-regular";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ALIASES: &'static [&'static str] = &["rrg"];
    const ABOUT: &'static str = "every node has d neighbours, otherwise uniform (Bollobás 1980)";
    const EXAMPLE: &'static str = "n = 1000\nd = 4";

    fn new(params: RandomRegularParams) -> Result<RandomRegular, Invalid> {
        let RandomRegularParams { n, d } = params;
        at_least("n", n, 1, "a network")?;
        Invalid::unless(d < n, "d", || format!("{n} nodes have at most {} neighbours each, not {d}", n - 1))?;
        Invalid::unless(n.is_multiple_of(2) || d.is_multiple_of(2), "d", || {
            format!("n·d counts every edge twice and is even, not {n} · {d}")
        })?;
        Ok(RandomRegular(params))
    }
}

impl Topology for RandomRegular {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let RandomRegularParams { n, d } = self.0;
        let complement = d > (n - 1) / 2;
        let few = if complement { n - 1 - d } else { d };
        let csr = if complement || n <= MIXED || few > n / 16 {
            mixed(rng, n, few).to_csr(complement)
        } else {
            let pairs = matching(rng, std::iter::repeat_n(d, n as usize));
            let (csr, _) = Csr::from_edges(n, &pairs);
            drop(pairs);
            fill_up(rng, csr, d)
        };
        Overlay::symmetric(csr)
    }
}

/// For graphs so small or dense that bad pairs are not rare: mended, then mixed.
fn mixed(rng: &mut TrialRng, n: u32, d: u32) -> Switcher {
    let edges = n as u64 * d as u64 / 2;
    let pairs = matching(rng, std::iter::repeat_n(d, n as usize));
    let (mut graph, bad) = Switcher::new(n, pairs);
    if bad.into_iter().all(|pair| graph.mend(rng, pair, 1000)) {
        graph.mix(rng, STEPS * edges);
    } else {
        // far from typical: ten times the steps
        graph = Switcher::new(n, circulant(n, d)).0;
        graph.mix(rng, 10 * STEPS * edges);
    }
    graph
}

/// A d-regular graph that always exists for d ≤ (n − 1)/2: the next ⌊d/2⌋ nodes on a circle, and the one opposite.
fn circulant(n: u32, d: u32) -> Vec<[u32; 2]> {
    let far = if d % 2 == 1 { n / 2 } else { 0 };
    let near = (0..n).flat_map(|v| (1..=d / 2).map(move |j| [v, ((v as u64 + j as u64) % n as u64) as u32]));
    near.chain((0..far).map(|v| [v, v + n / 2])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{
        assert_uniform, census, close, components, draw, fingerprint, golden, model, refuses, triangles,
    };

    fn p(n: u32, d: u32) -> RandomRegularParams {
        RandomRegularParams { n, d }
    }

    #[test]
    fn refusals() {
        refuses::<RandomRegular>(p(5, 5), "at most 4 neighbours each, not 5");
        refuses::<RandomRegular>(p(5, 3), "even, not 5 · 3");
        refuses::<RandomRegular>(p(0, 0), "at least 1, not 0");
    }

    #[test]
    fn golden_edges() {
        assert_eq!(golden::<RandomRegular>(p(6, 2)), [[0, 1], [0, 4], [1, 2], [2, 3], [3, 5], [4, 5]], "mixed");
        assert_eq!(
            golden::<RandomRegular>(p(6, 4)),
            [[0, 1], [0, 3], [0, 4], [0, 5], [1, 2], [1, 3], [1, 5], [2, 3], [2, 4], [2, 5], [3, 4], [4, 5]],
            "complement"
        );
        assert_eq!(fingerprint(&draw(&model::<RandomRegular>(p(300, 5)), 0)), (750, 7085199455814403109), "switched");
        assert_eq!(
            fingerprint(&draw(&model::<RandomRegular>(p(20_000, 4)), 0)),
            (40000, 11061318186167315201),
            "several heaps"
        );
    }

    #[test]
    fn every_degree_is_d() {
        for n in 1..=14 {
            for d in (0..n).filter(|d| n * d % 2 == 0) {
                let network = draw(&model::<RandomRegular>(p(n, d)), 0);
                assert!((0..n).all(|v| network.out().degree(v) == d), "n = {n}, d = {d}");
                if d <= (n - 1) / 2 {
                    let (ring, bad) = Switcher::new(n, circulant(n, d));
                    let ring = ring.to_csr(false);
                    assert!(bad.is_empty() && (0..n).all(|v| ring.degree(v) == d), "n = {n}, d = {d}");
                }
            }
        }
        for (n, d) in [(257, 16), (300, 17), (1000, 31), (1000, 499), (1000, 500), (1000, 998), (5000, 12)] {
            let network = draw(&model::<RandomRegular>(p(n, d)), 0);
            assert!((0..n).all(|v| network.out().degree(v) == d), "n = {n}, d = {d}");
        }
    }

    #[test]
    fn all_graphs_are_equally_likely() {
        // labelled regular graphs (OEIS A001205, A002829): 6 nodes of degree 2 are 60 hexagons and 10 pairs of
        // triangles, of degree 3 10 K₃,₃ and 60 prisms; chi-square within 5 standard deviations of its mean
        assert_uniform(&census(&model::<RandomRegular>(p(6, 2)), 14_000), 70);
        assert_uniform(&census(&model::<RandomRegular>(p(6, 3)), 14_000), 70);
        assert_uniform(&census(&model::<RandomRegular>(p(7, 2)), 23_250), 465);
        assert_uniform(&census(&model::<RandomRegular>(p(7, 4)), 23_250), 465);
    }

    /// The number of triangles is asymptotically Poisson with mean (d − 1)³/6.
    #[test]
    fn triangles_follow_their_law() {
        for (d, draws) in [(3u32, 400), (4, 400), (6, 100)] {
            let model = model::<RandomRegular>(p(1000, d));
            let counts: Vec<f64> = (0..draws).map(|t| triangles(draw(&model, t).out()) as f64).collect();
            let want = (d as f64 - 1.0).powi(3) / 6.0;
            let mean = counts.iter().sum::<f64>() / draws as f64;
            let variance = counts.iter().map(|c| (c - mean).powi(2)).sum::<f64>() / (draws - 1) as f64;
            // five standard deviations; 2 % for the finite n
            close("mean", mean, want, 5.0 * (want / draws as f64).sqrt() + 0.02 * want);
            close("variance", variance, want, 5.0 * want * (2.0 / draws as f64 + 1.0 / (want * draws as f64)).sqrt());
        }
    }

    #[test]
    fn connected_for_degree_three_and_more() {
        for trial in 0..20 {
            assert_eq!(components(&draw(&model::<RandomRegular>(p(2000, 3)), trial)), 1);
        }
    }
}
