#![doc = include_str!("../README.md")]
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
