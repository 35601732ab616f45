//! Random peer lists: every peer knows k others, drawn uniformly (the random k-out digraph).
//!
//! The null model of a peer list: what a rendezvous that hands out uniform addresses makes, and what membership protocols
//! are measured against. Every list is a uniform set of k dialable peers, independent of all others, so the in-degree of a
//! dialable peer is binomial with mean kn/(φn) = k/φ; peers behind address translation stand on no list. Undirected,
//! mean degree 2k(1 − k/2n) for φ = 1; for φ = 1 and k ≥ 2 the closure is connected with a chance that tends to 1
//! [1], and the share of peers that nobody knows is e^{−k}, so the strong component misses about those. O(nk²).
//!
//! [1] T. I. Fenner, A. M. Frieze. On the connectivity of random m-orientable graphs and digraphs. Combinatorica 2, 347
//! (1982).

use crate::parameter_bounds::nodes;
use crate::routable::{self, Routable};
use crate::rows;
use hydranet_overlay::Overlay;
use hydranet_topology::{Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`RandomPeerList`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RandomPeerListParams {
    /// Number of peers (≥ 2).
    pub n: u32,
    /// Entries of every list (1 to the number of dialable peers − 1).
    pub k: u32,
    /// Share φ of peers that can be dialled (above 0, at most 1; at least 2 peers). Lists hold only these.
    #[serde(default = "routable::all")]
    pub routable_share: f64,
}

/// The random k-out digraph. See the module's page for its law.
#[derive(Debug, Clone)]
pub struct RandomPeerList {
    n: u32,
    k: u32,
    routable: u32,
}

impl Plugin for RandomPeerList {
    type Params = RandomPeerListParams;
    const NAME: &'static str = "random-peer-list";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ALIASES: &'static [&'static str] = &["k-out"];
    const ABOUT: &'static str =
        "every peer knows k others, drawn uniformly (random k-out digraph; Fenner & Frieze 1982)";
    const EXAMPLE: &'static str = "n = 1000\nk = 8\nroutable_share = 0.5";

    fn new(params: RandomPeerListParams) -> Result<RandomPeerList, Invalid> {
        let RandomPeerListParams { n, k, routable_share } = params;
        nodes(n, 2)?;
        let routable = routable::count(n, routable_share)?;
        routable::list("k", k, n, routable)?;
        Ok(RandomPeerList { n, k, routable })
    }
}

impl Topology for RandomPeerList {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let routable = Routable::draw(self.n, self.routable, rng);
        let k = self.k as usize;
        let mut lists = Vec::with_capacity(self.n as usize * k);
        (0..self.n).for_each(|v| routable.others(v, self.k, rng, &mut lists));
        let csr = rows::csr(self.n, lists.len(), |v| lists[v as usize * k..][..k].iter().copied());
        routable.mark(Overlay::directed(csr))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{arcs, close, components, draw, fingerprint, largest_strong, moments, reciprocity, refuses};

    fn p(n: u32, k: u32, routable_share: f64) -> RandomPeerListParams {
        RandomPeerListParams { n, k, routable_share }
    }

    #[test]
    fn refusals() {
        refuses::<RandomPeerList>(p(1, 1, 1.0), "n", "not 1");
        refuses::<RandomPeerList>(p(10, 10, 1.0), "k", "1 to 9 here, not 10");
        refuses::<RandomPeerList>(p(10, 5, 0.5), "k", "1 to 4 here, not 5: lists hold others that can be dialled");
        refuses::<RandomPeerList>(
            p(10, 3, 0.1),
            "k",
            "1 to 1 here, not 3: lists hold others that can be dialled, and 2 of 10",
        );
        refuses::<RandomPeerList>(p(10, 0, 1.0), "k", "not 0");
        refuses::<RandomPeerList>(p(10, 1, 0.0), "routable_share", "above 0");
    }

    #[test]
    fn golden() {
        assert_eq!(arcs(&draw::<RandomPeerList>(p(4, 2, 1.0), 0)), ARCS);
        assert_eq!(fingerprint(&draw::<RandomPeerList>(p(500, 10, 0.3), 0)), FINGERPRINT);
    }
    #[rustfmt::skip]
    const ARCS: [[u32; 2]; 8] = [[0, 1], [0, 2], [1, 0], [1, 3], [2, 1], [2, 3], [3, 0], [3, 2]];
    const FINGERPRINT: (u64, u64) = (5000, 3247418530832317083);

    #[test]
    fn lists_have_k_entries_and_in_degrees_are_binomial() {
        for (share, k) in [(1.0, 8), (0.25, 8), (0.6, 3)] {
            let network = draw::<RandomPeerList>(p(20_000, k, share), 1);
            assert!((0..20_000).all(|v| network.out().degree(v) == k));
            let can = |v: u32| network.routable().is_none_or(|r| r[v as usize]);
            let dialable: Vec<u32> = (0..20_000).filter(|&v| can(v)).collect();
            assert_eq!(dialable.len(), (20_000.0 * share) as usize);
            assert!(network.out().targets().iter().all(|&v| can(v)), "lists hold whom one can dial");
            let degrees = dialable.iter().map(|&v| network.incoming().degree(v) as f64);
            let (count, mean) = (dialable.len() as f64, k as f64 / share);
            let variance = degrees.map(|d| (d - mean).powi(2)).sum::<f64>() / count;
            // binomial: 1 − k/(φn) below Poisson; five standard deviations of a variance
            close("variance of in-degree", variance, mean, 5.0 * mean * (2.0 / count).sqrt() + mean * 0.002);
        }
    }

    #[test]
    fn the_strong_component_misses_whom_nobody_knows() {
        let network = draw::<RandomPeerList>(p(20_000, 4, 1.0), 2);
        assert_eq!(components(&network), 1);
        let unknown = (0..20_000).filter(|&v| network.incoming().degree(v) == 0).count();
        close("unknown peers", unknown as f64, 20_000.0 * (-4f64).exp(), 5.0 * (20_000.0 * (-4f64).exp()).sqrt());
        // those, and who is known to those alone: a second-order share
        let missed = 20_000 - largest_strong(&network);
        assert!(missed >= unknown && missed < unknown + unknown / 3, "{missed} missed, {unknown} unknown");
        close("reciprocity", reciprocity(network.out()), 4.0 / 20_000.0, 3e-4);
        close("in-degree", moments(network.incoming()).0, 4.0, 0.0);
    }
}
