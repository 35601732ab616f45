//! What a topology is, and what a spec can name.

use crate::registry::{Kind, Registry, Row, build_with, schema_of};
use crate::{Invalid, TrialRng};
use hydranet_overlay::Overlay;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
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

impl Kind for dyn Topology {
    const KIND: &'static str = "topology";
    const KINDS: &'static str = "topologies";
}

/// A topology that a spec can name.
pub trait Model: Topology + Sized + 'static {
    /// The parameters: a struct with named, documented fields (they are what `hydranet topologies` shows), for which
    /// serde refuses unknown fields. `model` and `label` are taken by the spec.
    type Params: Serialize + DeserializeOwned + JsonSchema;

    /// What a spec calls it: networkx's name without `_graph`, in kebab-case.
    const NAME: &'static str;

    /// Other names by which it is known.
    const ALIASES: &'static [&'static str] = &[];

    /// One line for `hydranet topologies`: what it is, and whose.
    const ABOUT: &'static str;

    /// Parameters that work, as TOML lines: shown to users, built by tests.
    const EXAMPLE: &'static str;

    /// Checks the parameters and fixes them.
    ///
    /// # Errors
    /// The condition that a parameter violates.
    fn new(params: Self::Params) -> Result<Self, Invalid>;
}

/// One row of a topology crate's table.
pub type Entry = Row<dyn Topology>;

/// The topologies that a program knows.
pub type Models = Registry<dyn Topology>;

/// The row of a model.
pub const fn entry<M: Model>() -> Entry {
    Row::new(M::NAME, M::ALIASES, M::ABOUT, M::EXAMPLE, schema_of::<M::Params>, |params| {
        build_with(M::NAME, params, M::new, |model| Arc::new(model))
    })
}
