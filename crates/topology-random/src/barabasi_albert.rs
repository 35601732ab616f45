//! Preferential attachment: each new node links to m nodes, chosen in proportion to their degree [1].
//!
//! As networkx's `barabasi_albert_graph`: it starts from a star of m + 1 nodes (hub 0); the nodes m + 1, m + 2, … then
//! each draw from the list of all link ends so far until m different nodes have come up. The edge list itself is that
//! list of ends [2], so that a draw is one look into it. m(n − m) edges, no repeats, connected. In the limit
//! P(K ≥ k) = m(m + 1)/(k(k + 1)), a power law with exponent 3. O(nm) (more where m is not small beside the number of
//! nodes present, since draws repeat).
//!
//! igraph starts from a single node and may repeat edges; SNAP starts from a clique.
//!
//! [1] A.-L. Barabási, R. Albert. Emergence of scaling in random networks. Science 286, 509 (1999).
//! [2] V. Batagelj, U. Brandes. Efficient generation of large random networks. Phys. Rev. E 71, 036113 (2005).

use crate::bounds_and_draws::index;
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`BarabasiAlbert`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BarabasiAlbertParams {
    /// Number of nodes (≥ 2).
    pub n: u32,
    /// Links that each new node brings (1 to n − 1). The mean degree is nearly 2m.
    pub m: u32,
}

/// The preferential-attachment graph.
#[derive(Debug, Clone)]
pub struct BarabasiAlbert(BarabasiAlbertParams);

impl Plugin for BarabasiAlbert {
    type Params = BarabasiAlbertParams;
    const NAME: &'static str = "barabasi-albert";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ALIASES: &'static [&'static str] = &["ba"];
    const ABOUT: &'static str = "new nodes link to m others in proportion to degree (Barabási & Albert 1999)";
    const EXAMPLE: &'static str = "n = 1000\nm = 2";

    fn new(params: BarabasiAlbertParams) -> Result<BarabasiAlbert, Invalid> {
        let BarabasiAlbertParams { n, m } = params;
        Invalid::unless(1 <= m && m < n, "m", || format!("m is between 1 and n − 1, not {m} with n = {n}"))?;
        Ok(BarabasiAlbert(params))
    }
}

impl Topology for BarabasiAlbert {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let BarabasiAlbertParams { n, m } = self.0;
        let mut edges = Vec::with_capacity(m as usize * (n - m) as usize);
        edges.extend((1..=m).map(|leaf| [0, leaf]));
        let mut seen = Seen::new(n, m);
        for new in m + 1..n {
            let before = edges.len();
            while edges.len() < before + m as usize {
                let end = index(rng, 2 * before);
                let old = edges[end / 2][end % 2];
                if seen.first_time(new, old, &edges[before..]) {
                    edges.push([new, old]);
                }
            }
        }
        Overlay::symmetric(Csr::from_edges(n, &edges).0)
    }
}

/// Which nodes the newest one is linked to: a look through its few links, or a mark on each node.
pub(crate) struct Seen {
    marks: Vec<u32>,
}

impl Seen {
    /// For `n` nodes, of which each brings `m` links.
    pub(crate) fn new(n: u32, m: u32) -> Seen {
        Seen { marks: if m > 16 { vec![0; n as usize] } else { Vec::new() } }
    }

    /// Whether `old` is not among the links of `new` (> 0) yet; the caller then adds it.
    #[inline]
    pub(crate) fn first_time(&mut self, new: u32, old: u32, links: &[[u32; 2]]) -> bool {
        if self.marks.is_empty() {
            return links.iter().all(|link| link[1] != old);
        }
        std::mem::replace(&mut self.marks[old as usize], new) != new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{close, components, draw, fingerprint, golden, model, refuses};

    fn p(n: u32, m: u32) -> BarabasiAlbertParams {
        BarabasiAlbertParams { n, m }
    }

    #[test]
    fn refusals() {
        refuses::<BarabasiAlbert>(p(5, 0), "not 0 with n = 5");
        refuses::<BarabasiAlbert>(p(5, 5), "not 5 with n = 5");
        refuses::<BarabasiAlbert>(p(0, 1), "not 1 with n = 0");
    }

    #[test]
    fn golden_edges() {
        assert_eq!(
            golden::<BarabasiAlbert>(p(7, 2)),
            [[0, 1], [0, 2], [0, 3], [0, 6], [1, 3], [1, 4], [1, 5], [2, 4], [3, 5], [3, 6]]
        );
        assert_eq!(fingerprint(&draw(&model::<BarabasiAlbert>(p(60, 20)), 0)), (800, 12834700909121245200), "marks");
    }

    #[test]
    fn the_number_of_edges_is_m_times_n_minus_m() {
        for (n, m) in [(2, 1), (5, 4), (10, 3), (100, 50), (1000, 17)] {
            let network = draw(&model::<BarabasiAlbert>(p(n, m)), 0);
            assert_eq!(network.edges(), m as u64 * (n - m) as u64, "n = {n}, m = {m}");
            assert_eq!(components(&network), 1);
            assert!((0..n).all(|v| network.out().degree(v) >= 1) && (m + 1..n).all(|v| network.out().degree(v) >= m));
        }
    }

    #[test]
    fn the_tail_has_exponent_three() {
        for m in [1, 3] {
            let n = 100_000;
            let network = draw(&model::<BarabasiAlbert>(p(n, m)), 0);
            for k in [m + 1, 2 * m + 1, 4 * m, 10 * m, 30 * m] {
                let count = (0..n).filter(|&v| network.out().degree(v) >= k).count() as f64;
                let want = n as f64 * (m * (m + 1)) as f64 / (k as f64 * (k + 1) as f64);
                // five standard deviations as if nodes were independent (they vary less)
                close(&format!("nodes of degree ≥ {k}, m = {m}"), count, want, 5.0 * want.sqrt());
            }
        }
    }

    /// The first node after the star of two edges chooses two of three with weights 2 : 1 : 1.
    #[test]
    fn attachment_is_in_proportion_to_degree() {
        let model = model::<BarabasiAlbert>(p(4, 2));
        let without_hub = (0..12_000).filter(|&t| !draw(&model, t).out().has_arc(3, 0)).count() as f64;
        // a leaf first (1/2), then the other leaf before the hub (1/3): 1/6
        close("draws that miss the hub", without_hub, 2000.0, 5.0 * (12_000.0f64 * 5.0 / 36.0).sqrt());
    }
}
