//! Unstructured peer-to-peer networks: who knows whom where no identifier says who should.
//!
//! Peer lists ([`RandomPeerList`], [`PeerList`], [`Cyclon`]) are directed: an arc u → v says that v stands on u's list.
//! Networks of connections ([`Gnutella`], [`HyParView`], [`SelfHealing`]) are symmetric. Where peers may sit behind
//! address translation, `routable` says which of them can be dialled; lists hold only those, since the protocols try
//! an entry before they keep it.
//!
//! Models that come out of a protocol ([`PeerList`], [`Cyclon`], [`HyParView`]) run it: the network is what the exchange
//! leaves behind, cycle after cycle, not a guess at its degree law. Nothing fails while it runs; what failure does to the
//! finished network is for the crates downstream.
//!
//! ```
//! use hydranet_topology::{Plugin, Purpose, Topology, Trial, trial_rng};
//! use hydranet_topology_unstructured::{RandomPeerList, RandomPeerListParams};
//!
//! let model = RandomPeerList::new(RandomPeerListParams { n: 1000, k: 8, routable_share: 0.5 })?;
//! let network = model.generate(&mut trial_rng(42, Trial::network(0), Purpose::Topology));
//! assert_eq!((network.nodes(), network.edges()), (1000, 8000));
//! # Ok::<(), hydranet_topology::Invalid>(())
//! ```
//!
//! Invariant: commands enter anywhere ([`hydranet_overlay::Sources::AnyNode`]).

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
