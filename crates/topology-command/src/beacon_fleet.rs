//! Beacon fleet: many separate beacon networks, as many buyers run one kit each.
//!
//! What it abstracts: Citadel, of which about 1,462 separate networks were disrupted at once in June 2013 (Microsoft,
//! *Operation b54*); the model of small separate networks goes back to the "super-botnets" of Vogt, Aycock & Jacobson
//! (NDSS 2007). Taking down one network leaves the others untouched: it answers "chipping away, one at a time".
//!
//! Nodes: network after network; in each its servers, then its peers. Within a network as [`crate::Beacon`]: every peer
//! knows k = `servers_per_peer` of its s = `servers` servers (all of them if left out); between networks there is no
//! edge. Command sources: every server of every network.
//!
//! Sizes: all equal (`peers`), or independent draws from the discrete power law P(x) ∝ x^−a on min..=max (`sizes`).
//!
//! Expected behaviour with F networks and all servers known:
//! - F·s seizures end all command; after the networks of a set A have fallen, reach = 1 − Σ_A x / Σ x;
//! - in random order, E\[reach\] falls by 1/F a network, however the sizes are distributed;
//! - largest first: for a heavy tail (a < 2 and no tight `max`) a few networks hold most of the peers;
//! - E\[x\] = Σ x^(1−a) / Σ x^−a.
//!
//! O(n + m). Deviation: servers of different networks may stand at one provider; `providers` models that.

use crate::hosting::{Hosting, zipf};
use crate::parameter_bounds::{at_least_one, countable, list_length, one};
use crate::picker::attach;
use crate::power_law::PowerLaw;
use hydranet_overlay::{Csr, Overlay, Role, Sources};
use hydranet_topology::{Invalid, Plugin, SizedValue, Sizing, Topology, TrialRng, exact_size};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`BeaconFleet`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BeaconFleetParams {
    /// Number of separate networks (≥ 1).
    pub networks: u32,
    /// Number of peers in every network (≥ 1); or give `sizes`.
    pub peers: Option<u32>,
    /// Power law of the number of peers in a network: a table of `exponent` (2), `min` (1) and `max` (100000); or give
    /// `peers`.
    pub sizes: Option<Sizes>,
    /// Number of command servers of each network (≥ 1).
    #[serde(default = "one")]
    pub servers: u32,
    /// How many of its network's servers each peer knows (1 to `servers`); all of them if left out.
    pub servers_per_peer: Option<u32>,
    /// Number of hosting providers (≥ 1) that the servers are placed at; no providers if left out.
    pub providers: Option<u32>,
    /// Zipf exponent of provider sizes (0 to 20; 0 means equal sizes). Matters only with `providers`.
    #[serde(default = "zipf")]
    pub provider_exponent: f64,
}

/// A power law of network sizes: P(x) ∝ x^−exponent for x from `min` to `max`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// The exponent a of P(x) ∝ x^−a (0 to 20). The tail of a Pareto law of shape α has a = α + 1.
    #[serde(default = "two")]
    pub exponent: f64,
    /// Smallest number of peers (≥ 1).
    #[serde(default = "one")]
    pub min: u32,
    /// Largest number of peers (≥ `min`).
    #[serde(default = "hundred_thousand")]
    pub max: u32,
}

impl Default for Sizes {
    fn default() -> Sizes {
        Sizes { exponent: two(), min: one(), max: hundred_thousand() }
    }
}

fn two() -> f64 {
    2.0
}

fn hundred_thousand() -> u32 {
    100_000
}

/// Many separate beacon networks. See the [module](self).
#[derive(Debug, Clone)]
pub struct BeaconFleet {
    networks: u32,
    sizes: PowerLaw,
    servers: u32,
    known: u32,
    hosting: Hosting,
}

impl Plugin for BeaconFleet {
    type Params = BeaconFleetParams;
    const NAME: &'static str = "beacon-fleet";
    const SIZE: Option<Sizing> = Some(
        Sizing::derived(&["peers", "sizes"], "a multiple of `networks`: networks of one size", |size, given| {
            let networks = given
                .whole("networks")
                .filter(|n| *n > 0)
                .ok_or("a multiple of `networks`: give it beside the size")?;
            let most = size.div_ceil(networks);
            let peers =
                exact_size(size, (most.saturating_sub(1).max(1), most + 1), |peers| peers.checked_mul(networks))?;
            Ok(vec![("peers", SizedValue::One(peers))])
        })
        .counting("peers"),
    );
    const ABOUT: &'static str =
        "separate beacon networks, of equal or heavy-tailed sizes (Citadel 2013: 1,462 from one kit)";
    const EXAMPLE: &'static str = "networks = 50\nsizes = { exponent = 2.0, min = 10, max = 2000 }";

    fn new(p: BeaconFleetParams) -> Result<BeaconFleet, Invalid> {
        at_least_one("networks", p.networks)?;
        at_least_one("servers", p.servers)?;
        let nodes = |largest: u32| p.networks as u128 * (p.servers as u128 + largest as u128);
        let (sizes, most) = match (p.peers, p.sizes) {
            (Some(peers), None) => {
                at_least_one("peers", peers)?;
                countable("peers", nodes(peers))?;
                (PowerLaw::new("peers", 0.0, peers, peers)?, nodes(peers))
            }
            (None, Some(Sizes { exponent, min, max })) => {
                Invalid::unless(min >= 1, "sizes", || "`min` must be at least 1, not 0".into())?;
                Invalid::unless(min <= max, "sizes", || format!("`min` = {min} is above `max` = {max}"))?;
                countable("sizes", nodes(max))?;
                (PowerLaw::new("sizes", exponent, min, max)?, nodes(max))
            }
            (None, None) => {
                return Err(Invalid::new("peers", "how large is a network? give `peers` (all equal) or `sizes`"));
            }
            (Some(_), Some(_)) => return Err(Invalid::new("sizes", "give `peers` or `sizes`, not both")),
        };
        let known = p.servers_per_peer.unwrap_or(p.servers);
        list_length("servers_per_peer", known, p.servers, "servers")?;
        let hosting = Hosting::new(p.providers, p.provider_exponent, most)?;
        Ok(BeaconFleet { networks: p.networks, sizes, servers: p.servers, known, hosting })
    }
}

impl Topology for BeaconFleet {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        // sizes first: the same trial has the same sizes whatever the lists
        let sizes: Vec<u32> = (0..self.networks).map(|_| self.sizes.draw(rng)).collect();
        let peers: usize = sizes.iter().map(|&x| x as usize).sum();
        let mut edges = Vec::with_capacity(peers * self.known as usize);
        let mut roles = Vec::with_capacity(peers + self.networks as usize * self.servers as usize);
        let mut sources = Vec::with_capacity(self.networks as usize * self.servers as usize);
        for size in sizes {
            let first = roles.len() as u32;
            let (servers, end) = (first..first + self.servers, first + self.servers + size);
            attach(servers.end..end, servers.clone(), self.known, rng, &mut edges);
            roles.resize(servers.end as usize, Role::Server);
            roles.resize(end as usize, Role::Peer);
            sources.extend(servers);
        }
        let network = Overlay::symmetric(Csr::from_edges(roles.len() as u32, &edges).0)
            .with_roles(roles)
            .with_sources(Sources::Nodes(sources));
        self.hosting.place_rented(network, rng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::{components, draw, edges, of_role, reached, refused, roles};

    fn fleet(networks: u32, peers: u32) -> BeaconFleetParams {
        BeaconFleetParams {
            networks,
            peers: Some(peers),
            sizes: None,
            servers: 1,
            servers_per_peer: None,
            providers: None,
            provider_exponent: 1.0,
        }
    }

    fn heavy(networks: u32, exponent: f64, min: u32, max: u32) -> BeaconFleetParams {
        BeaconFleetParams { peers: None, sizes: Some(Sizes { exponent, min, max }), ..fleet(networks, 1) }
    }

    #[test]
    fn golden() {
        let network = draw::<BeaconFleet>(heavy(4, 1.5, 1, 6), 0);
        assert_eq!(roles(&network), ROLES);
        assert_eq!(edges(&network), EDGES);
    }
    const ROLES: &str = "SPSPSPPSP";
    const EDGES: [[u32; 2]; 5] = [[0, 1], [2, 3], [4, 5], [4, 6], [7, 8]];

    #[test]
    fn networks_are_separate_and_fall_one_by_one() {
        let network = draw::<BeaconFleet>(BeaconFleetParams { servers: 2, ..fleet(30, 20) }, 0);
        assert_eq!((network.nodes(), network.edges(), network.peers()), (660, 1200, 600));
        assert!(components(&network, &[]).iter().all(|c| c.len() == 22));
        let servers = of_role(&network, Role::Server);
        assert_eq!(network.sources(), &Sources::Nodes(servers.clone()));
        for fallen in [0, 1, 10, 30] {
            assert_eq!(reached(&network, &servers[..2 * fallen]), 600 - 20 * fallen as u32);
            assert_eq!(reached(&network, &servers[..(2 * fallen).saturating_sub(1)]), 620 - 20 * fallen.max(1) as u32);
        }
    }

    #[test]
    fn sizes_have_the_mean_and_the_tail_of_their_law() {
        let (a, min, max) = (2.2, 5u32, 500u32);
        let moment = |k: i32| (min..=max).map(|x| (x as f64).powi(k) * (x as f64).powf(-a)).sum::<f64>();
        let (mean, square) = (moment(1) / moment(0), moment(2) / moment(0));
        let network = draw::<BeaconFleet>(heavy(20_000, a, min, max), 2);
        let sizes: Vec<f64> = components(&network, &[]).iter().map(|c| c.len() as f64 - 1.0).collect();
        assert_eq!(sizes.len(), 20_000);
        let got = sizes.iter().sum::<f64>() / 20_000.0;
        assert!((got - mean).abs() < 4.0 * ((square - mean * mean) / 20_000.0).sqrt(), "mean {got} for {mean}");
        // the likelihood's slope in the exponent, E[ln x] − mean ln x, vanishes within four standard errors
        let log = |k: i32| (min..=max).map(|x| (x as f64).ln().powi(k) * (x as f64).powf(-a)).sum::<f64>() / moment(0);
        let got = sizes.iter().map(|x| x.ln()).sum::<f64>() / 20_000.0;
        assert!((got - log(1)).abs() < 4.0 * ((log(2) - log(1).powi(2)) / 20_000.0).sqrt(), "{got} for {}", log(1));
    }

    #[test]
    fn bad_parameters() {
        refused::<BeaconFleet>(fleet(0, 5), "networks", "at least 1");
        let many = BeaconFleetParams { providers: Some(u32::MAX - 20), ..fleet(5, 5) };
        refused::<BeaconFleet>(many, "providers", "up to 30 machines");
        refused::<BeaconFleet>(fleet(5, 0), "peers", "at least 1");
        refused::<BeaconFleet>(BeaconFleetParams { peers: None, ..fleet(5, 1) }, "peers", "give `peers`");
        refused::<BeaconFleet>(BeaconFleetParams { peers: Some(3), ..heavy(5, 2.0, 1, 9) }, "sizes", "not both");
        refused::<BeaconFleet>(heavy(5, 2.0, 0, 9), "sizes", "`min` must be at least 1");
        refused::<BeaconFleet>(heavy(5, 2.0, 10, 9), "sizes", "`min` = 10 is above `max` = 9");
        refused::<BeaconFleet>(heavy(5, -2.0, 1, 9), "sizes", "exponent");
        refused::<BeaconFleet>(heavy(5000, 2.0, 1, 1_000_000), "sizes", "5000005000 nodes");
        refused::<BeaconFleet>(
            BeaconFleetParams { servers_per_peer: Some(2), ..fleet(5, 5) },
            "servers_per_peer",
            "at most 1",
        );
    }
}
