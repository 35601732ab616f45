//! Linked servers: command servers that are linked to each other peer-to-peer, with the peers attached to them.
//!
//! What it abstracts: the networks that followed the single-beacon kits, whose command servers "are linked to each
//! other peer-to-peer, which makes discovery and takedown harder". The operator speaks to one server, whichever lives,
//! and the mesh carries the orders to the others; there is no one place to seize.
//!
//! Nodes: servers `0..s`, then peers. The servers form a connected random mesh in which each has d = `server_degree`
//! links: a random Hamiltonian ring, and a random pairing for the d − 2 other links of each (source and proof of what
//! it is: the module `mesh`). Each peer knows k = `servers_per_peer` servers, drawn uniformly.
//!
//! Where the operator injects (`injection`):
//! - `any` (default): at any one live server, whichever reaches most peers ([`Sources::AnyNode`]). This is what the
//!   mesh is for, and the only choice under which splitting it matters. When the last server is gone the measure is
//!   one peer (who hears himself), not zero.
//! - `all`: at every server himself ([`Sources::Nodes`] of all). Then the mesh is irrelevant to reach (it still matters
//!   to crawling and discovery), and the model is [`crate::Beacon`] with partial knowledge.
//! - `fixed`: only at `injection_points` servers, drawn at random and not replaced when they fall.
//!
//! Expected behaviour after a random share f of the servers is seized:
//! - k = 1, `any`: reach is the largest component of site percolation on a random d-regular graph,
//!   S = (1 − f)(1 − u^d) with u = f + (1 − f)·u^(d−1); the mesh falls apart at f_c = (d − 2)/(d − 1);
//! - `all`: E\[reach\] = 1 − C(q,k)/C(s,k) ≈ 1 − f^k.
//!
//! O(s·d log(s·d) + peers·k). Deviation: the measure downstream is undirected, so a peer who knows two servers joins
//! them as a link of the mesh would; real peers do not pass orders on. It is exact for k = 1 (the default) and
//! for `all`; with k ≥ 2 and many more peers than servers, `any` comes out as `all`.

use crate::hosting::{Hosting, zipf};
use crate::mesh;
use crate::parameter_bounds::{at_least_one, countable, list_length, one};
use crate::picker::{Picker, attach};
use hydranet_overlay::{Csr, Overlay, Role, Sources};
use hydranet_topology::{Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`LinkedServers`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkedServersParams {
    /// Number of peers (≥ 1).
    pub peers: u32,
    /// Number of command servers (≥ 1).
    pub servers: u32,
    /// Links of each server to other servers (0, or 2 to `servers` − 1). 4 if left out, or as many as there are others.
    pub server_degree: Option<u32>,
    /// How many servers each peer knows (1 to `servers`).
    #[serde(default = "one")]
    pub servers_per_peer: u32,
    /// Where the operator injects orders: at `any` one live server (the mesh must carry them on), at `all` servers
    /// himself, or at a number of `fixed` ones.
    #[serde(default)]
    pub injection: Injection,
    /// How many servers the operator injects at (1 to `servers`; 1 if left out). Only with `injection = "fixed"`.
    pub injection_points: Option<u32>,
    /// Number of hosting providers (≥ 1) that the servers are placed at; no providers if left out.
    pub providers: Option<u32>,
    /// Zipf exponent of provider sizes (0 to 20; 0 means equal sizes). Matters only with `providers`.
    #[serde(default = "zipf")]
    pub provider_exponent: f64,
}

/// Where the operator of linked servers injects orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Injection {
    /// At any one live server, the one that reaches most peers.
    #[default]
    Any,
    /// At every live server.
    All,
    /// At a fixed number of servers, which are not replaced when they fall.
    Fixed,
}

/// Command servers linked peer-to-peer. See the [module](self).
#[derive(Debug, Clone)]
pub struct LinkedServers {
    servers: u32,
    peers: u32,
    degree: u32,
    known: u32,
    /// How many servers are sources; none where any one will do.
    points: Option<u32>,
    hosting: Hosting,
}

impl Plugin for LinkedServers {
    type Params = LinkedServersParams;
    const NAME: &'static str = "linked-servers";
    const SIZE: Option<Sizing> = Some(Sizing::PEERS);
    const ABOUT: &'static str = "command servers linked to each other peer-to-peer, with the peers attached to them";
    const EXAMPLE: &'static str = "peers = 1000\nservers = 50\nserver_degree = 4";

    fn new(p: LinkedServersParams) -> Result<LinkedServers, Invalid> {
        at_least_one("peers", p.peers)?;
        at_least_one("servers", p.servers)?;
        let nodes = p.peers as u128 + p.servers as u128;
        countable("peers", nodes)?;
        let degree = p.server_degree.unwrap_or(4.min(p.servers - 1));
        mesh::check("server_degree", p.servers, degree, "servers")?;
        list_length("servers_per_peer", p.servers_per_peer, p.servers, "servers")?;
        let points = match (p.injection, p.injection_points) {
            (Injection::Any, None) => None,
            (Injection::All, None) => Some(p.servers),
            (Injection::Fixed, points) => Some(points.unwrap_or(1)),
            (_, Some(_)) => return Err(Invalid::new("injection_points", "goes with `injection = \"fixed\"` only")),
        };
        list_length("injection_points", points.unwrap_or(1), p.servers, "servers")?;
        let hosting = Hosting::new(p.providers, p.provider_exponent, nodes)?;
        Ok(LinkedServers { servers: p.servers, peers: p.peers, degree, known: p.servers_per_peer, points, hosting })
    }
}

impl Topology for LinkedServers {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let (s, n) = (self.servers, self.servers + self.peers);
        let links = s as usize * self.degree as usize / 2 + self.peers as usize * self.known as usize;
        let mut edges = Vec::with_capacity(links);
        mesh::connected_regular(s, self.degree, rng, &mut edges);
        attach(s..n, 0..s, self.known, rng, &mut edges);
        let sources = match self.points {
            None => Sources::AnyNode,
            Some(points) => Sources::Nodes(Picker::new(0..s).pick(points, rng).to_vec()),
        };
        let mut roles = vec![Role::Peer; n as usize];
        roles[..s as usize].fill(Role::Server);
        let network = Overlay::symmetric(Csr::from_edges(n, &edges).0).with_roles(roles).with_sources(sources);
        self.hosting.place_rented(network, rng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::{components, draw, edges, reached, refused, roles};

    fn linked(peers: u32, servers: u32, degree: u32) -> LinkedServersParams {
        LinkedServersParams {
            peers,
            servers,
            server_degree: Some(degree),
            servers_per_peer: 1,
            injection: Injection::Any,
            injection_points: None,
            providers: None,
            provider_exponent: 1.0,
        }
    }

    fn fixed(points: Option<u32>, p: LinkedServersParams) -> LinkedServersParams {
        LinkedServersParams { injection: Injection::Fixed, injection_points: points, ..p }
    }

    #[test]
    fn golden() {
        let network = draw::<LinkedServers>(fixed(Some(2), linked(4, 7, 3)), 0);
        assert_eq!(roles(&network), "SSSSSSSPPPP");
        assert_eq!(network.sources(), &Sources::Nodes(SOURCES.to_vec()));
        assert_eq!(edges(&network), EDGES);
        let dense = draw::<LinkedServers>(linked(2, 5, 3), 0);
        assert_eq!(edges(&dense), DENSE);
    }
    const SOURCES: [u32; 2] = [0, 2];
    #[rustfmt::skip]
    const EDGES: [[u32; 2]; 14] = [
        [0, 2], [0, 4], [0, 6], [1, 2], [1, 5], [1, 8], [2, 3], [3, 4], [3, 6], [4, 5], [5, 6], [5, 7], [6, 9],
        [6, 10],
    ];
    const DENSE: [[u32; 2]; 9] = [[0, 1], [0, 4], [1, 2], [1, 3], [1, 5], [1, 6], [2, 3], [2, 4], [3, 4]];

    #[test]
    fn the_mesh_is_regular_and_joins_all() {
        let network = draw::<LinkedServers>(LinkedServersParams { servers_per_peer: 2, ..linked(500, 40, 5) }, 1);
        assert_eq!((network.nodes(), network.edges()), (540, 100 + 1000));
        assert_eq!(components(&network, &[]).len(), 1);
        let among = |v| network.out().row(v).iter().filter(|w| **w < 40).count();
        assert!((0..40).all(|v| among(v) == 5) && (40..540).all(|v| among(v) == 2 && network.out().degree(v) == 2));
    }

    #[test]
    fn reach_is_site_percolation_on_the_mesh() {
        let network = draw::<LinkedServers>(linked(40_000, 20_000, 4), 2);
        for (f, tolerance) in [(0.2, 0.01), (0.5, 0.015), (0.75, 0.05)] {
            let gone: Vec<u32> = (0..(20_000.0 * f) as u32).collect(); // the mesh does not depend on the numbering
            let mut u: f64 = 0.5;
            (0..500).for_each(|_| u = f + (1.0 - f) * u.powi(3));
            let want = (1.0 - f) * (1.0 - u.powi(4));
            let got = reached(&network, &gone) as f64 / 40_000.0;
            // sampling error of the giant component and of the peers' choices
            assert!((got - want).abs() < tolerance, "f = {f}: {got} for {want}");
        }
    }

    #[test]
    fn where_orders_enter() {
        let draw = |p| draw::<LinkedServers>(p, 0);
        let half: Vec<u32> = (0..10).collect();
        // without a mesh: one server's peers, all live servers' peers, none once the fixed servers are gone
        let any = draw(linked(2000, 20, 0));
        let largest = (10..20).map(|s| any.out().degree(s)).max().unwrap();
        assert_eq!((any.sources(), reached(&any, &half)), (&Sources::AnyNode, largest));
        let all = draw(LinkedServersParams { injection: Injection::All, ..linked(2000, 20, 0) });
        assert_eq!(reached(&all, &half), (10..20).map(|s| all.out().degree(s)).sum::<u32>());
        let two = draw(fixed(Some(2), linked(2000, 20, 4)));
        let Sources::Nodes(sources) = two.sources() else { panic!("two sources") };
        assert_eq!((sources.len(), reached(&two, &[]), reached(&two, sources)), (2, 2000, 0));
        let one = draw(fixed(None, linked(2000, 20, 4)));
        assert!(matches!(one.sources(), Sources::Nodes(list) if list.len() == 1));
    }

    #[test]
    fn few_servers_need_no_degree() {
        for (servers, edges) in [(1, 0), (2, 1), (3, 3), (5, 10), (6, 12)] {
            let network =
                draw::<LinkedServers>(LinkedServersParams { server_degree: None, ..linked(9, servers, 0) }, 0);
            assert_eq!(network.edges(), edges + 9);
        }
    }

    #[test]
    fn bad_parameters() {
        refused::<LinkedServers>(linked(0, 5, 2), "peers", "at least 1");
        refused::<LinkedServers>(linked(9, 0, 2), "servers", "at least 1");
        refused::<LinkedServers>(linked(9, 5, 5), "server_degree", "at most 4");
        refused::<LinkedServers>(linked(9, 5, 1), "server_degree", "pairs");
        let known = |k| LinkedServersParams { servers_per_peer: k, ..linked(9, 5, 2) };
        refused::<LinkedServers>(known(0), "servers_per_peer", "at least 1");
        refused::<LinkedServers>(known(6), "servers_per_peer", "at most 5");
        refused::<LinkedServers>(fixed(Some(6), linked(9, 5, 2)), "injection_points", "at most 5");
        let stray = LinkedServersParams { injection_points: Some(2), ..linked(9, 5, 2) };
        refused::<LinkedServers>(stray, "injection_points", "only");
    }
}
