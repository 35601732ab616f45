//! Command structures: how the operator of a network of machines reaches them, and what a takedown can cut.
//!
//! | model | commands come from | a peer knows |
//! |---|---|---|
//! | [`Beacon`] | every server | the servers of its list, no other peer |
//! | [`BeaconFleet`] | every server of every network | the servers of its own network |
//! | [`Tiered`] | the operator, down the layers | nodes of the lowest layer |
//! | [`LinkedServers`] | one server, through the mesh of servers (or every server) | some servers |
//! | [`SuperPeer`] | any machine that can be dialled | some machines that can be dialled |
//!
//! All of them are abstract graphs: who knows whom, and in which role. Every model has the parameters `providers` and
//! `provider_exponent`, by which what the operator rents is placed at hosting providers of heavy-tailed sizes, so that
//! one takedown action can hit several servers at once.
//!
//! ```
//! use hydranet_topology::{Models, Params, Purpose, Trial, trial_rng};
//! let models = Models::default().with(hydranet_topology_command::MODELS);
//! let params = Params::parse("peers = 1000\nservers = 3").unwrap();
//! let beacon = models.get("beacon").unwrap().build(&params).unwrap();
//! let network = beacon.value.generate(&mut trial_rng(42, Trial::network(0), Purpose::Topology));
//! assert_eq!((network.nodes(), network.edges(), network.peers()), (1003, 3000, 1000));
//! ```
//!
//! What is measured downstream is undirected: a peer is commanded while it is in one component with a command source,
//! so whoever knows two nodes connects them. Where a model's machines would not pass commands on, its doc says which
//! parameters keep the measure exact.

#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

pub mod beacon;
pub mod beacon_fleet;
mod hosting;
pub mod linked_servers;
mod mesh;
mod parameter_bounds;
mod picker;
mod power_law;
#[cfg(test)]
mod probe;
pub mod super_peer;
pub mod tiered;

pub use beacon::{Beacon, BeaconParams};
pub use beacon_fleet::{BeaconFleet, BeaconFleetParams, Sizes};
pub use linked_servers::{Injection, LinkedServers, LinkedServersParams};
pub use super_peer::{SuperPeer, SuperPeerParams};
pub use tiered::{Tiered, TieredParams};

use hydranet_topology::{Registration, Topology};

/// The command structures that a spec can name.
pub const MODELS: &[Registration<dyn Topology>] = &[
    Registration::of::<Beacon>(),
    Registration::of::<BeaconFleet>(),
    Registration::of::<Tiered>(),
    Registration::of::<LinkedServers>(),
    Registration::of::<SuperPeer>(),
];

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::Params;

    #[test]
    fn models_keep_their_promises() {
        hydranet_topology::check(MODELS);
    }

    #[test]
    fn hosting_parameters_are_the_same_everywhere() {
        for row in MODELS {
            let of =
                |name| row.params().into_iter().find(|p| p.name == name).unwrap_or_else(|| panic!("{row:?}: {name}"));
            assert_eq!(of("providers").default, None);
            assert_eq!(of("provider_exponent").default, Some(1.0.into()));
            let text = format!("{}\nproviders = 0", row.example);
            let refusal = row.build(&Params::parse(&text).unwrap()).expect_err("refused");
            assert!(refusal.reason.starts_with("`providers`"), "{refusal}");
        }
    }
}
