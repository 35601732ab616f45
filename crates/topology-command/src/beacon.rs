//! Beacon: every peer reports to one set of command servers, and knows no other peer.
//!
//! What it abstracts: the centralized network of a kit such as Zeus as it was seized in 2012. The infected machine
//! holds the addresses of one or a few servers ("beacons") and asks them for orders.
//!
//! Nodes: servers `0..s`, then peers. Each peer knows k = `servers_per_peer` of the s servers, drawn uniformly; unless
//! told otherwise, all of them. Edges run both ways (the server keeps a register of who reports: what its seizure
//! reveals). Command sources: every server.
//!
//! Expected behaviour, exact for any number of peers:
//! - after q servers are seized, a peer is cut off if all its k are among them: E\[reach\] = 1 − C(q,k)/C(s,k);
//! - with k = s (the default) reach stays 1 until the last server falls: s seizures end the command, one if s = 1;
//! - seizing k = 1 of s servers costs the share 1/s each;
//! - once all servers are gone, every peer is alone: components of size 1.
//!
//! O(s + peers · k). Zeus: Microsoft & financial-services industry, *Operation b71* (2012). Deviation: fallback channels
//! (name-generation algorithms) are not part of the graph; the campaign models them.

use crate::hosting::{Hosting, zipf};
use crate::parameter_bounds::{at_least_one, countable, list_length, one};
use crate::picker::attach;
use hydranet_overlay::{Csr, Overlay, Role, Sources};
use hydranet_topology::{Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Beacon`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BeaconParams {
    /// Number of peers (≥ 1).
    pub peers: u32,
    /// Number of command servers (≥ 1).
    #[serde(default = "one")]
    pub servers: u32,
    /// How many of the servers each peer knows (1 to `servers`); all of them if left out.
    pub servers_per_peer: Option<u32>,
    /// Number of hosting providers (≥ 1) that the servers are placed at; no providers if left out.
    pub providers: Option<u32>,
    /// Zipf exponent of provider sizes (0 to 20; 0 means equal sizes). Matters only with `providers`.
    #[serde(default = "zipf")]
    pub provider_exponent: f64,
}

/// Every peer reports to one set of servers. See the [module](self).
#[derive(Debug, Clone)]
pub struct Beacon {
    servers: u32,
    peers: u32,
    known: u32,
    hosting: Hosting,
}

impl Plugin for Beacon {
    type Params = BeaconParams;
    const NAME: &'static str = "beacon";
    const SIZE: Option<Sizing> = Some(Sizing::PEERS);
    const ABOUT: &'static str = "every peer reports to one set of command servers and knows no other peer (Zeus 2012)";
    const EXAMPLE: &'static str = "peers = 1000\nservers = 3";

    fn new(p: BeaconParams) -> Result<Beacon, Invalid> {
        at_least_one("peers", p.peers)?;
        at_least_one("servers", p.servers)?;
        let known = p.servers_per_peer.unwrap_or(p.servers);
        list_length("servers_per_peer", known, p.servers, "servers")?;
        let nodes = p.peers as u128 + p.servers as u128;
        countable("peers", nodes)?;
        let hosting = Hosting::new(p.providers, p.provider_exponent, nodes)?;
        Ok(Beacon { servers: p.servers, peers: p.peers, known, hosting })
    }
}

impl Topology for Beacon {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let (s, n) = (self.servers, self.servers + self.peers);
        let mut edges = Vec::with_capacity(self.peers as usize * self.known as usize);
        attach(s..n, 0..s, self.known, rng, &mut edges);
        let mut roles = vec![Role::Peer; n as usize];
        roles[..s as usize].fill(Role::Server);
        let network = Overlay::symmetric(Csr::from_edges(n, &edges).0)
            .with_roles(roles)
            .with_sources(Sources::Nodes((0..s).collect()));
        self.hosting.place_rented(network, rng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::{components, draw, edges, reached, refused, roles};

    fn params(peers: u32, servers: u32, known: Option<u32>) -> BeaconParams {
        BeaconParams { peers, servers, servers_per_peer: known, providers: None, provider_exponent: 1.0 }
    }

    #[test]
    fn golden() {
        let network = draw::<Beacon>(BeaconParams { providers: Some(2), ..params(4, 3, Some(2)) }, 0);
        assert_eq!(roles(&network), "SSSPPPP");
        assert_eq!(network.sources(), &Sources::Nodes(vec![0, 1, 2]));
        assert_eq!(edges(&network), EDGES);
        assert_eq!(network.provider().unwrap(), PROVIDER);
    }
    const EDGES: [[u32; 2]; 8] = [[0, 3], [0, 4], [0, 5], [0, 6], [1, 3], [1, 4], [2, 5], [2, 6]];
    const PROVIDER: [u32; 7] = [0, 1, 0, 2, 3, 4, 5];

    #[test]
    fn all_servers_must_fall() {
        let network = draw::<Beacon>(params(50, 3, None), 0);
        assert_eq!(network.edges(), 150);
        assert_eq!([&[][..], &[0], &[0, 2], &[0, 1, 2]].map(|gone| reached(&network, gone)), [50, 50, 50, 0]);
        let left = components(&network, &[0, 1, 2]);
        assert!(left.len() == 50 && left.iter().all(|c| c.len() == 1));
    }

    #[test]
    fn partial_knowledge_follows_the_hypergeometric_law() {
        let network = draw::<Beacon>(params(20_000, 10, Some(3)), 1);
        assert_eq!(network.edges(), 60_000);
        for q in [0u32, 2, 3, 5, 8, 9, 10] {
            let gone: Vec<u32> = (0..q).collect();
            let choose3 = |n: u32| n as f64 * (n as f64 - 1.0) * (n as f64 - 2.0);
            let want = 1.0 - choose3(q) / choose3(10);
            let got = reached(&network, &gone) as f64 / 20_000.0;
            // four standard deviations of the mean of 20,000 peers
            assert!((got - want).abs() <= 4.0 * (want * (1.0 - want) / 20_000.0).sqrt(), "q = {q}: {got} for {want}");
        }
    }

    #[test]
    fn bad_parameters() {
        refused::<Beacon>(params(0, 1, None), "peers", "at least 1");
        refused::<Beacon>(params(9, 0, None), "servers", "at least 1");
        refused::<Beacon>(params(9, 3, Some(0)), "servers_per_peer", "at least 1");
        refused::<Beacon>(params(9, 3, Some(4)), "servers_per_peer", "4 of 3 servers: at most 3");
        refused::<Beacon>(params(u32::MAX, 3, None), "peers", "4294967298 nodes");
    }
}
