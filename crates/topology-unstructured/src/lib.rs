#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

use hydranet_topology::{Registration, Topology};

mod cyclon;
mod cyclon_caches;
mod gnutella;
mod hyparview;
mod hyparview_views;
mod mesh;
mod parameter_bounds;
mod peer_list;
mod peer_list_exchange;
mod random_peer_list;
mod routable;
mod rows;
mod self_healing;
#[cfg(test)]
mod testing;

pub use cyclon::{Cyclon, CyclonParams};
pub use gnutella::{Gnutella, GnutellaParams};
pub use hyparview::{HyParView, HyParViewParams};
pub use hyparview_views::Views;
pub use peer_list::{DropRule, PeerList, PeerListParams, PeerListPreset};
pub use random_peer_list::{RandomPeerList, RandomPeerListParams};
pub use self_healing::{SelfHealing, SelfHealingParams};

/// The models of this crate.
pub const MODELS: &[Registration<dyn Topology>] = &[
    Registration::of::<RandomPeerList>(),
    Registration::of::<PeerList>(),
    Registration::of::<Gnutella>(),
    Registration::of::<Cyclon>(),
    Registration::of::<HyParView>(),
    Registration::of::<SelfHealing>(),
];

#[cfg(test)]
mod tests {
    #[test]
    fn models_keep_their_promises() {
        hydranet_topology::check(super::MODELS);
    }
}
