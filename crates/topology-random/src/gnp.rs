//! G(n, p): every pair of nodes is linked with chance p, independently [1].
//!
//! P(G) = p^m (1−p)^(n(n−1)/2 − m); degrees are binomial with mean c = p(n−1). O(n + m) by skipping over the pairs that
//! stay unlinked [2]. Same law as networkx's `gnp_random_graph` and `fast_gnp_random_graph`.
//!
//! [1] E. N. Gilbert. Random graphs. Ann. Math. Stat. 30, 1141 (1959).
//! [2] V. Batagelj, U. Brandes. Efficient generation of large random networks. Phys. Rev. E 71, 036113 (2005).

use crate::bounds_and_draws::{Either, at_least, exactly_one, mean_degree, pairs, probability};
use crate::skip::{TriangleWalk, successes};
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Gnp`]: `n`, and either `p` or `mean_degree`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GnpParams {
    /// Number of nodes (≥ 1).
    pub n: u32,
    /// Chance that a pair is linked (0 to 1). Either this or `mean_degree`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p: Option<f64>,
    /// Expected degree c = p(n − 1) (0 to n − 1). Either this or `p`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean_degree: Option<f64>,
}

/// The random graph G(n, p).
#[derive(Debug, Clone)]
pub struct Gnp {
    n: u32,
    p: f64,
}

impl Plugin for Gnp {
    type Params = GnpParams;
    const NAME: &'static str = "gnp";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ALIASES: &'static [&'static str] = &["er", "erdos-renyi"];
    const ABOUT: &'static str = "every pair linked with chance p, independently (Gilbert 1959)";
    const EXAMPLE: &'static str = "n = 1000\nmean_degree = 3.5";

    fn new(params: GnpParams) -> Result<Gnp, Invalid> {
        let GnpParams { n, p, mean_degree: c } = params;
        at_least("n", n, 1, "a network")?;
        let p = match exactly_one(("p", p), ("mean_degree", c))? {
            Either::First(p) => {
                probability("p", p)?;
                p
            }
            Either::Second(c) => {
                mean_degree(c, n as f64 - 1.0)?;
                if n > 1 { c / (n as f64 - 1.0) } else { 0.0 }
            }
        };
        Ok(Gnp { n, p })
    }
}

impl Topology for Gnp {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let mut edges = Vec::with_capacity((pairs(self.n) as f64 * self.p * 1.01) as usize);
        let mut walk = TriangleWalk::default();
        successes(rng, pairs(self.n), self.p, |index| edges.push(walk.pair(index)));
        Overlay::symmetric(Csr::from_edges(self.n, &edges).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_uniform, census, close, degree_moments, draw, edges, golden, model, refuses};

    fn p(n: u32, p: f64) -> GnpParams {
        GnpParams { n, p: Some(p), mean_degree: None }
    }

    #[test]
    fn refusals() {
        refuses::<Gnp>(p(0, 0.5), "at least 1, not 0");
        refuses::<Gnp>(p(5, 1.5), "between 0 and 1, not 1.5");
        refuses::<Gnp>(p(5, f64::NAN), "not NaN");
        refuses::<Gnp>(GnpParams { n: 5, p: None, mean_degree: Some(4.5) }, "between 0 and 4 here, not 4.5");
        refuses::<Gnp>(GnpParams { n: 5, p: Some(0.1), mean_degree: Some(1.0) }, "not both");
        refuses::<Gnp>(GnpParams { n: 5, p: None, mean_degree: None }, "one of `p` and `mean_degree`");
    }

    #[test]
    fn golden_edges() {
        assert_eq!(
            golden::<Gnp>(p(8, 0.3)),
            [[0, 2], [0, 4], [0, 6], [1, 2], [1, 6], [2, 3], [2, 6], [3, 4], [3, 6], [4, 6], [6, 7]]
        );
    }

    #[test]
    fn extremes() {
        assert_eq!(golden::<Gnp>(p(6, 0.0)).len(), 0);
        assert_eq!(golden::<Gnp>(p(6, 1.0)).len(), 15);
        assert_eq!(golden::<Gnp>(GnpParams { n: 1, p: None, mean_degree: Some(0.0) }).len(), 0);
    }

    #[test]
    fn at_one_half_all_graphs_are_equally_likely() {
        assert_uniform(&census(&model::<Gnp>(p(4, 0.5)), 12_800), 64);
    }

    #[test]
    fn degrees_are_binomial() {
        let (n, c) = (40_000, 5.0);
        let network = draw(&model::<Gnp>(GnpParams { n, p: None, mean_degree: Some(c) }), 0);
        let (mean, variance) = degree_moments(network.out());
        // standard deviations: √(2c/n) = 0.016 of the mean, ≈ √(2c²/n) = 0.035 of the variance; five of them
        close("mean degree", mean, c, 0.08);
        close("variance of the degree", variance, c, 0.2);
        assert_eq!(edges(&network).len() as u64, network.edges());
    }
}
