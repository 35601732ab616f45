//! Gnutella 0.6: ultrapeers form a mesh, leaves hang on to a few of them.
//!
//! What it abstracts: the two-tier network that Stutzbach, Rejaie & Sen measured (*Characterizing unstructured overlay
//! topologies in modern P2P file-sharing systems*, IEEE/ACM Trans. Netw. 16, 267, 2008): some 15 % of peers were
//! ultrapeers, whose degree to each other spiked at 30 because the common clients keep that many connections; a leaf
//! keeps up to 3 ultrapeers, an ultrapeer up to 30 leaves. (What was crawled in 2002 was Gnutella 0.4, one tier.)
//!
//! Nodes: ultrapeers `0..u`, then leaves. The ultrapeers' mesh is the random d-process (the module `mesh`: dial random
//! others while there is room); then every leaf, in turn, connects to `leaf_links` different ultrapeers drawn uniformly
//! among those with room. Connections go both ways, so the overlay is symmetric. Ultrapeers have [`Role::Relay`] (a
//! takedown can go for them; *reach counts the leaves*) and can be dialled; leaves cannot be dialled.
//!
//! Deviations: the measured degrees have a tail below the spike, of peers still connecting. O(links).

use crate::mesh::Mesh;
use crate::parameter_bounds::{between, nodes, share};
use crate::rows::holds;
use hydranet_overlay::{Csr, Overlay, Role};
use hydranet_topology::{Draw, Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Parameters of [`Gnutella`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GnutellaParams {
    /// Number of peers, ultrapeers and leaves together (≥ 3).
    pub n: u32,
    /// Share of peers that are ultrapeers (above 0, at most 1; at least 2 ultrapeers).
    #[serde(default = "ultrapeer_share")]
    pub ultrapeer_share: f64,
    /// Connections of an ultrapeer to other ultrapeers (1 to their number − 1).
    #[serde(default = "thirty")]
    pub ultrapeer_degree: u32,
    /// Ultrapeers that a leaf is connected to (1 to their number).
    #[serde(default = "three")]
    pub leaf_links: u32,
    /// Most leaves of an ultrapeer (large enough for all leaves).
    #[serde(default = "thirty")]
    pub max_leaves: u32,
}

fn ultrapeer_share() -> f64 {
    0.15
}
fn thirty() -> u32 {
    30
}
fn three() -> u32 {
    3
}

/// Ultrapeers and leaves. See the module's page.
#[derive(Debug, Clone)]
pub struct Gnutella {
    params: GnutellaParams,
    ultrapeers: u32,
}

impl Plugin for Gnutella {
    type Params = GnutellaParams;
    const NAME: &'static str = "gnutella";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ABOUT: &'static str = "ultrapeers form a mesh, leaves hang on to a few (Gnutella 0.6; Stutzbach et al. 2008)";
    const EXAMPLE: &'static str = "n = 1000";

    fn new(params: GnutellaParams) -> Result<Gnutella, Invalid> {
        let GnutellaParams { n, ultrapeer_share, ultrapeer_degree, leaf_links, max_leaves } = params;
        nodes(n, 3)?;
        share("ultrapeer_share", ultrapeer_share)?;
        let ultrapeers = ((ultrapeer_share * n as f64 + 0.5) as u32).clamp(2, n);
        between("ultrapeer_degree", ultrapeer_degree, 1, ultrapeers - 1, "the number of connections")?;
        between("leaf_links", leaf_links, 1, ultrapeers, "the number of a leaf's ultrapeers")?;
        let leaves = (n - ultrapeers) as u64;
        // so much room that there are always `leaf_links` ultrapeers with some: all but the last may be full
        let least = (leaves * leaf_links as u64).div_ceil((ultrapeers - leaf_links + 1) as u64);
        Invalid::unless(max_leaves as u64 >= least, "max_leaves", || {
            format!(
                "{leaves} leaves with {leaf_links} of {ultrapeers} ultrapeers need room for {least} at each, not {max_leaves}"
            )
        })?;
        Ok(Gnutella { params, ultrapeers })
    }
}

impl Topology for Gnutella {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let GnutellaParams { n, ultrapeer_degree, leaf_links, max_leaves, .. } = self.params;
        let u = self.ultrapeers;
        let mesh = Mesh::d_process(u, ultrapeer_degree, rng);
        let mut edges: Vec<[u32; 2]> =
            (0..u).flat_map(|v| mesh.row(v).iter().map(move |&w| [v, w])).filter(|[v, w]| v < w).collect();
        attach(u..n, u, leaf_links, max_leaves, rng, &mut edges);
        let mut roles = vec![Role::Peer; n as usize];
        roles[..u as usize].fill(Role::Relay);
        Overlay::symmetric(Csr::from_edges(n, &edges).0)
            .with_roles(roles)
            .with_routable((0..n).map(|v| v < u).collect())
    }
}

/// Connects every leaf to `links` different ultrapeers among those that have room for one more. O(leaves · links²).
fn attach(leaves: Range<u32>, ultrapeers: u32, links: u32, room: u32, rng: &mut TrialRng, edges: &mut Vec<[u32; 2]>) {
    let mut room = vec![room; ultrapeers as usize];
    let mut free: Vec<u32> = (0..ultrapeers).collect();
    let mut place_of = free.clone();
    let mut mine: Vec<u32> = Vec::new();
    for leaf in leaves {
        mine.clear();
        while mine.len() < links as usize {
            // room for all was checked: were fewer than `links` free, the full ones would have taken every leaf
            let server = free[rng.below(free.len() as u32) as usize];
            if !holds(&mine, server) {
                mine.push(server);
            }
        }
        for &server in &mine {
            edges.push([server, leaf]);
            room[server as usize] -= 1;
            if room[server as usize] == 0 {
                let place = place_of[server as usize];
                free.swap_remove(place as usize);
                if let Some(&moved) = free.get(place as usize) {
                    place_of[moved as usize] = place;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{arcs, close, components, draw, fingerprint, refuses};

    fn p(n: u32, ultrapeer_share: f64, ultrapeer_degree: u32, leaf_links: u32, max_leaves: u32) -> GnutellaParams {
        GnutellaParams { n, ultrapeer_share, ultrapeer_degree, leaf_links, max_leaves }
    }

    #[test]
    fn refusals() {
        refuses::<Gnutella>(p(2, 0.5, 1, 1, 9), "n", "not 2");
        refuses::<Gnutella>(p(100, 0.0, 1, 1, 9), "ultrapeer_share", "above 0");
        refuses::<Gnutella>(p(100, 0.1, 10, 1, 99), "ultrapeer_degree", "1 to 9 here, not 10");
        refuses::<Gnutella>(p(100, 0.1, 3, 11, 99), "leaf_links", "1 to 10 here, not 11");
        refuses::<Gnutella>(p(100, 0.1, 3, 3, 33), "max_leaves", "need room for 34 at each, not 33");
    }

    #[test]
    fn golden() {
        assert_eq!(arcs(&draw::<Gnutella>(p(8, 0.5, 2, 2, 3), 0)), ARCS);
        assert_eq!(fingerprint(&draw::<Gnutella>(p(2000, 0.15, 30, 3, 30), 0)), FINGERPRINT);
    }
    #[rustfmt::skip]
    const ARCS: [[u32; 2]; 24] = [[0, 1], [0, 2], [0, 4], [0, 6], [0, 7], [1, 0], [1, 3], [1, 5], [1, 7], [2, 0], [2, 3], [2, 5], [3, 1], [3, 2], [3, 4], [3, 6], [4, 0], [4, 3], [5, 1], [5, 2], [6, 0], [6, 3], [7, 0], [7, 1]];
    const FINGERPRINT: (u64, u64) = (19198, 10024095133052253537);

    #[test]
    fn the_ultrapeers_degree_spikes_and_leaves_keep_their_links() {
        // the last one leaves hardly any room
        for (n, share, degree, links, room) in [(5000, 0.15, 30, 3, 30), (3000, 0.2, 6, 2, 9), (1000, 0.1, 5, 3, 28)] {
            let network = draw::<Gnutella>(p(n, share, degree, links, room), 1);
            let u = (n as f64 * share) as u32;
            assert_eq!((network.peers(), network.is_symmetric()), (n - u, true));
            let row = |v: u32| network.out().row(v);
            let mut spike = 0;
            for v in 0..u {
                let mesh = row(v).iter().filter(|&&w| w < u).count() as u32;
                assert!(
                    mesh <= degree && row(v).len() as u32 - mesh <= room && network.routable().unwrap()[v as usize]
                );
                spike += (mesh == degree) as u32;
            }
            assert!(spike >= u - degree, "{spike} of {u} ultrapeers have {degree} connections");
            assert!((u..n).all(|v| row(v).len() == links as usize && row(v).iter().all(|&w| w < u)));
            assert_eq!(components(&network), 1);
        }
    }

    #[test]
    fn leaves_are_spread_evenly() {
        // with room to spare, the leaves of an ultrapeer are binomial
        let network = draw::<Gnutella>(p(40_000, 0.1, 4, 2, 36_000), 2);
        let leaves = (0..4000).map(|v| network.out().row(v).iter().filter(|&&w| w >= 4000).count() as f64);
        let variance = leaves.map(|x| (x - 18.0).powi(2)).sum::<f64>() / 4000.0;
        close("variance of leaves", variance, 18.0, 5.0 * 18.0 * (2.0f64 / 4000.0).sqrt());
    }
}
