//! What a topology is, and how a model of one joins.

use crate::TrialRng;
use hydranet_overlay::Overlay;
use hydranet_plugin::{Holds, NoneShared, PluginKind, Registry};
use std::fmt::Debug;
use std::sync::Arc;

/// A topology with its parameters fixed: it draws as many networks as you like.
pub trait Topology: Debug + Send + Sync {
    /// Draws one network. The same generator state gives the same network, on every machine.
    ///
    /// All randomness comes from `rng`. No I/O, no clock; parameters were checked when the topology was built, so this
    /// does not fail.
    fn generate(&self, rng: &mut TrialRng) -> Overlay;

    /// What decides its networks beside its parameters and its code: the content of a file that it has read. Part of
    /// the identity of results; empty for most.
    fn fingerprint(&self) -> String {
        String::new()
    }
}

impl PluginKind for dyn Topology {
    const KIND: &'static str = "topology";
    const KINDS: &'static str = "topologies";
    const RESERVED: &'static [&'static str] = &["model", "label"];
    type Shared = NoneShared;
}

impl<M: Topology + 'static> Holds<M> for dyn Topology {
    fn share(model: M) -> Arc<dyn Topology> {
        Arc::new(model)
    }
}

/// The topologies that a program knows.
pub type Models = Registry<dyn Topology>;
