//! Super-peers: the infected machines that can be dialled form the core, the others hang on to it.
//!
//! What it abstracts: two-level peer-to-peer networks such as Waledac and Sality, in which machines with a public address
//! pass orders on and machines behind address translation (NAT) fetch them; and the hybrid design of Wang, Sparks & Zou
//! (*An advanced hybrid peer-to-peer botnet*, HotBots 2007), analysed there for its defence, in which every machine holds
//! a fixed list of M "servent" machines that can be dialled.
//!
//! Nodes: super-peers `0..s` with s = φ·peers rounded (at least 1), then leaves. The super-peers form a connected random mesh of
//! `super_peer_degree` links each (the module `mesh`); each leaf knows M = `links_per_leaf` super-peers, drawn
//! uniformly. Arcs say who can dial whom, so the overlay is directed: core links go both ways, a leaf dials its
//! super-peers and cannot be dialled ([`Overlay::routable`] is true for super-peers only). A crawler therefore finds the
//! core and never a leaf. Orders enter anywhere ([`Sources::AnyNode`]).
//!
//! Super-peers have [`Role::Relay`], so that a takedown can go for them by role; they are infected machines all the
//! same. *Reach counts the leaves* ([`Role::Peer`]): to count all machines, use the largest
//! component S1.
//!
//! Expected behaviour when a share p of the super-peers is removed:
//! - a leaf keeps a super-peer with chance 1 − C(ps, M)/C(s, M) ≈ 1 − p^M: M = 20 gives .9885, .8784, .6415 at
//!   p = .8, .9, .95;
//! - reach is close to it until the core itself falls apart at p_c = (d − 2)/(d − 1), d = `super_peer_degree` (leaves
//!   that know several super-peers hold the core together beyond that; see below);
//! - removing leaves harms nobody else.
//!
//! O(s·d log(s·d) + peers·M). Deviations: lists of the reference come from the spread of the infection and are skewed,
//! ours are uniform; the measure downstream is undirected, so a leaf with two super-peers joins them, as it would
//! if it passed on what it fetched.

use crate::hosting::{Hosting, zipf};
use crate::mesh;
use crate::parameter_bounds::{at_least_one, countable, list_length};
use crate::picker::attach;
use hydranet_overlay::{Csr, Overlay, Role, Sources};
use hydranet_topology::{Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`SuperPeer`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuperPeerParams {
    /// Number of infected machines, super-peers and leaves together (≥ 2).
    pub peers: u32,
    /// Share φ of machines that can be dialled and are super-peers (above 0, below 1, leaving at least one leaf).
    #[serde(default = "quarter")]
    pub routable_share: f64,
    /// Links of each super-peer to other super-peers (0, or 2 to their number − 1). 10 if left out, or as many as there
    /// are others.
    pub super_peer_degree: Option<u32>,
    /// Length M of a leaf's list of super-peers (1 to their number). 10 if left out, or as many as there are.
    pub links_per_leaf: Option<u32>,
    /// Number of access networks (≥ 1) that the machines are placed at; none if left out.
    pub providers: Option<u32>,
    /// Zipf exponent of the sizes of access networks (0 to 20; 0 means equal sizes). Matters only with `providers`.
    #[serde(default = "zipf")]
    pub provider_exponent: f64,
}

fn quarter() -> f64 {
    0.25
}

/// A core of machines that can be dialled, and leaves. See the [module](self).
#[derive(Debug, Clone)]
pub struct SuperPeer {
    supers: u32,
    peers: u32,
    degree: u32,
    list: u32,
    hosting: Hosting,
}

impl Plugin for SuperPeer {
    type Params = SuperPeerParams;
    const NAME: &'static str = "super-peer";
    const SIZE: Option<Sizing> = Some(Sizing::PEERS);
    const ABOUT: &'static str =
        "machines that can be dialled form a core, the others hang on to it (Waledac, Sality; servent lists)";
    const EXAMPLE: &'static str = "peers = 1000\nroutable_share = 0.2\nsuper_peer_degree = 8\nlinks_per_leaf = 5";

    fn new(p: SuperPeerParams) -> Result<SuperPeer, Invalid> {
        Invalid::unless(p.peers >= 2, "peers", || format!("a super-peer and a leaf make 2, not {}", p.peers))?;
        countable("peers", p.peers as u128)?;
        let share = p.routable_share;
        Invalid::unless(share > 0.0 && share < 1.0, "routable_share", || {
            format!("must be above 0 and below 1, not {share}")
        })?;
        let supers = ((share * p.peers as f64 + 0.5) as u32).max(1);
        Invalid::unless(supers < p.peers, "routable_share", || format!("{share} of {} peers leaves no leaf", p.peers))?;
        let degree = p.super_peer_degree.unwrap_or(10.min(supers - 1));
        mesh::check("super_peer_degree", supers, degree, "super-peers")?;
        let list = p.links_per_leaf.unwrap_or(10.min(supers));
        at_least_one("links_per_leaf", list)?;
        list_length("links_per_leaf", list, supers, "super-peers")?;
        let hosting = Hosting::new(p.providers, p.provider_exponent, p.peers as u128)?;
        Ok(SuperPeer { supers, peers: p.peers, degree, list, hosting })
    }
}

impl Topology for SuperPeer {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let (s, n) = (self.supers, self.peers);
        let core = s as usize * self.degree as usize;
        let mut arcs = Vec::with_capacity(core + (n - s) as usize * self.list as usize);
        mesh::connected_regular(s, self.degree, rng, &mut arcs);
        arcs.extend_from_within(..);
        let half = arcs.len() / 2;
        arcs[half..].iter_mut().for_each(|arc| arc.reverse());
        attach(s..n, 0..s, self.list, rng, &mut arcs);
        let mut roles = vec![Role::Peer; n as usize];
        roles[..s as usize].fill(Role::Relay);
        let network = Overlay::directed(Csr::from_arcs(n, &arcs).0)
            .with_roles(roles)
            .with_routable((0..n).map(|v| v < s).collect())
            .with_sources(Sources::AnyNode);
        self.hosting.place_all(network, rng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::{components, draw, reached, refused, roles};

    fn params(peers: u32, share: f64, degree: u32, list: u32) -> SuperPeerParams {
        SuperPeerParams {
            peers,
            routable_share: share,
            super_peer_degree: Some(degree),
            links_per_leaf: Some(list),
            providers: None,
            provider_exponent: 1.0,
        }
    }

    #[test]
    fn golden() {
        let network = draw::<SuperPeer>(SuperPeerParams { providers: Some(3), ..params(10, 0.6, 3, 2) }, 0);
        assert_eq!(roles(&network), "RRRRRRPPPP");
        assert_eq!(network.routable().unwrap(), [true, true, true, true, true, true, false, false, false, false]);
        let arcs: Vec<[u32; 2]> = network.out().iter_arcs().collect();
        assert_eq!(arcs, ARCS);
        assert_eq!(network.provider().unwrap(), PROVIDER);
    }
    #[rustfmt::skip]
    const ARCS: [[u32; 2]; 26] = [
        [0, 1], [0, 2], [0, 3], [1, 0], [1, 3], [1, 4], [2, 0], [2, 4], [2, 5], [3, 0], [3, 1], [3, 5], [4, 1],
        [4, 2], [4, 5], [5, 2], [5, 3], [5, 4], [6, 4], [6, 5], [7, 0], [7, 5], [8, 0], [8, 5], [9, 0], [9, 5],
    ];
    const PROVIDER: [u32; 10] = [0, 0, 0, 2, 0, 2, 0, 0, 2, 2];

    #[test]
    fn arcs_say_who_can_be_dialled() {
        let network = draw::<SuperPeer>(params(2000, 0.2, 8, 5), 1);
        assert_eq!((network.nodes(), network.peers(), network.edges()), (2000, 1600, 400 * 8 + 1600 * 5));
        assert!(!network.is_symmetric());
        assert!(network.out().targets().iter().all(|t| *t < 400), "nobody can dial a leaf");
        assert!((0..400).all(|v| network.out().degree(v) == 8) && (400..2000).all(|v| network.out().degree(v) == 5));
        assert_eq!(components(&network, &[]).len(), 1);
        let leaves: Vec<u32> = (400..1999).collect();
        assert_eq!(components(&network, &leaves).len(), 1, "leaves hold nobody else");
    }

    #[test]
    fn lists_of_length_m_survive_as_published() {
        // M = 20: 1 − p^M keep a super-peer; numbering says nothing about links, so the first ones stand for any
        let network = draw::<SuperPeer>(params(40_000, 0.5, 20, 20), 2);
        for (p, want) in [(0.8, 0.9885), (0.9, 0.8784), (0.95, 0.6415)] {
            let gone = (20_000.0 * p) as u32;
            let keeps = (20_000..40_000).filter(|&v| network.out().row(v).iter().any(|s| *s >= gone)).count();
            let got = keeps as f64 / 20_000.0;
            // four standard deviations, and the difference between drawing with and without replacement
            assert!((got - want).abs() < 4.0 * (want * (1.0 - want) / 20_000f64).sqrt() + 0.0005, "p = {p}: {got}");
            let reach = reached(&network, &(0..gone).collect::<Vec<_>>()) as f64 / 20_000.0;
            assert!(reach <= got && got - reach < 0.01, "p = {p}: reach {reach} of {got}");
        }
    }

    #[test]
    fn the_share_decides_who_is_a_super_peer() {
        for (peers, share, supers) in [(2, 0.1, 1), (10, 0.25, 3), (1000, 0.2, 200), (999, 0.333, 333)] {
            let p = SuperPeerParams { super_peer_degree: None, links_per_leaf: None, ..params(peers, share, 0, 1) };
            assert_eq!(draw::<SuperPeer>(p, 0).routable().unwrap().iter().filter(|r| **r).count(), supers);
        }
    }

    #[test]
    fn bad_parameters() {
        refused::<SuperPeer>(params(1, 0.5, 0, 1), "peers", "not 1");
        for share in [0.0, 1.0, -0.5, f64::NAN] {
            refused::<SuperPeer>(params(9, share, 0, 1), "routable_share", "above 0 and below 1");
        }
        refused::<SuperPeer>(params(9, 0.99, 0, 1), "routable_share", "no leaf");
        refused::<SuperPeer>(params(20, 0.2, 4, 1), "super_peer_degree", "at most 3");
        refused::<SuperPeer>(params(20, 0.2, 1, 1), "super_peer_degree", "pairs");
        refused::<SuperPeer>(params(20, 0.2, 3, 5), "links_per_leaf", "at most 4");
        refused::<SuperPeer>(params(20, 0.2, 3, 0), "links_per_leaf", "at least 1");
    }
}
