//! Small worlds: a ring in which every node knows its k nearest, with a share p of the links rewired at random [1].
//!
//! As networkx's `watts_strogatz_graph`, draw for draw: for j = 1..k/2 and then for every node u, the link from u to
//! u + j is with chance p replaced by one to a uniform node that is neither u nor a neighbour, unless u knows everybody.
//! nk/2 edges always remain; with p = 0 the clustering is 3(k − 2)/(4(k − 1)). O(nk) and O(k) more for each
//! rewired link.
//!
//! k counts neighbours on both sides (igraph's `nei` and SNAP's `k` count one side).
//!
//! [1] D. J. Watts, S. H. Strogatz. Collective dynamics of 'small-world' networks. Nature 393, 440 (1998).

use crate::bounds_and_draws::{at_least, probability};
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Draw, Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`WattsStrogatz`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WattsStrogatzParams {
    /// Number of nodes (≥ 1).
    pub n: u32,
    /// Nearest neighbours that a node is linked to on the ring, both sides together (even, below n).
    pub k: u32,
    /// Chance that a link is rewired (0 to 1).
    pub p: f64,
}

/// The small world.
#[derive(Debug, Clone)]
pub struct WattsStrogatz(WattsStrogatzParams);

impl Plugin for WattsStrogatz {
    type Params = WattsStrogatzParams;
    const NAME: &'static str = "watts-strogatz";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ALIASES: &'static [&'static str] = &["ws"];
    const ABOUT: &'static str = "a ring of k nearest neighbours, a share p of links rewired (Watts & Strogatz 1998)";
    const EXAMPLE: &'static str = "n = 1000\nk = 4\np = 0.1";

    fn new(params: WattsStrogatzParams) -> Result<WattsStrogatz, Invalid> {
        let WattsStrogatzParams { n, k, p } = params;
        at_least("n", n, 1, "a network")?;
        Invalid::unless(k.is_multiple_of(2) && k < n, "k", || {
            format!("k is half on either side: an even number below n = {n}, not {k}")
        })?;
        probability("p", p)?;
        Ok(WattsStrogatz(params))
    }
}

impl Topology for WattsStrogatz {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let WattsStrogatzParams { n, k, p } = self.0;
        let half = (k / 2) as usize;
        // where the links lead that started from u: two nodes are linked if one stands in the other's list
        let mut ahead = Vec::with_capacity(n as usize * half);
        for u in 0..n as u64 {
            ahead.extend((1..=half as u64).map(|j| ((u + j) % n as u64) as u32));
        }
        for j in 0..half {
            for u in 0..n {
                if !rng.chance(p) {
                    continue;
                }
                if let Some(w) = stranger(rng, n, half, &ahead, u) {
                    ahead[u as usize * half + j] = w;
                }
            }
        }
        let lists = (0..n).zip(ahead.chunks_exact(half.max(1)));
        let edges: Vec<[u32; 2]> = lists.flat_map(|(u, list)| list.iter().map(move |&w| [u, w])).collect();
        Overlay::symmetric(Csr::from_edges(n, &edges).0)
    }
}

/// A uniform node that is neither `u` nor linked to it; `None` if `u` is linked to everybody.
fn stranger(rng: &mut TrialRng, n: u32, half: usize, ahead: &[u32], u: u32) -> Option<u32> {
    let list = |v: u32| &ahead[v as usize * half..(v as usize + 1) * half];
    let known = |w: u32| w == u || list(u).contains(&w) || list(w).contains(&u);
    for _ in 0..64 {
        let w = rng.below(n);
        if !known(w) {
            return Some(w);
        }
    }
    // almost everybody: look at all of them
    let strangers: Vec<u32> = (0..n).filter(|&w| !known(w)).collect();
    (!strangers.is_empty()).then(|| strangers[rng.below(strangers.len() as u32) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{close, clustering, components, degree_moments, draw, golden, model, refuses};

    fn p(n: u32, k: u32, p: f64) -> WattsStrogatzParams {
        WattsStrogatzParams { n, k, p }
    }

    #[test]
    fn refusals() {
        refuses::<WattsStrogatz>(p(10, 3, 0.1), "below n = 10, not 3");
        refuses::<WattsStrogatz>(p(10, 10, 0.1), "below n = 10, not 10");
        refuses::<WattsStrogatz>(p(10, 4, -0.1), "not -0.1");
    }

    #[test]
    fn golden_edges() {
        assert_eq!(
            golden::<WattsStrogatz>(p(8, 2, 0.5)),
            [[0, 2], [0, 3], [1, 2], [1, 6], [3, 4], [3, 7], [4, 5], [5, 6]]
        );
        assert_eq!(golden::<WattsStrogatz>(p(5, 2, 0.0)), [[0, 1], [0, 4], [1, 2], [2, 3], [3, 4]]);
    }

    #[test]
    fn the_number_of_edges_stays() {
        for (n, k) in [(1, 0), (3, 2), (5, 4), (6, 4), (50, 48), (1000, 6)] {
            for share in [0.0, 0.3, 1.0] {
                assert_eq!(draw(&model::<WattsStrogatz>(p(n, k, share)), 0).edges(), n as u64 * k as u64 / 2);
            }
        }
    }

    #[test]
    fn clustering_falls_with_the_cube_of_the_links_left() {
        let (n, k) = (10_000, 10);
        let ring = 3.0 * (k as f64 - 2.0) / (4.0 * (k as f64 - 1.0));
        let at = |share| clustering(draw(&model::<WattsStrogatz>(p(n, k, share)), 0).out());
        close("ring", at(0.0), ring, 1e-9);
        // Barrat & Weigt (2000): C(p) = C(0) (1 − p)³ + O(1/n), for the ratio of means: 2 % beside
        close("p = 0.1", at(0.1), ring * 0.9f64.powi(3), 0.02 * ring);
        close("p = 0.5", at(0.5), ring * 0.5f64.powi(3), 0.02 * ring);
        close("p = 1", at(1.0), 0.0, 0.005);
    }

    #[test]
    fn degrees_follow_barrat_and_weigt() {
        // k/2 links stay at u's own end; of the k/2 that came from others Binomial(k/2, 1 − p) stay, and
        // Poisson(pk/2) come anew: variance (k/2)(1 − p)p + pk/2
        let (n, k, share) = (40_000, 8, 0.4);
        let network = draw(&model::<WattsStrogatz>(p(n, k, share)), 0);
        let (mean, variance) = degree_moments(network.out());
        assert_eq!(mean, 8.0);
        close("variance", variance, 4.0 * 0.6 * 0.4 + 4.0 * 0.4, 0.1);
        assert_eq!(components(&network), 1);
    }
}
