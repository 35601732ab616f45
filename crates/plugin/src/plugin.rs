//! What a plug-in is: a type that can be named, described, and made from parameters.

use crate::{Invalid, Sizing, Wraps};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A kind of plug-in, implemented for the trait object that its plug-ins become: `dyn Topology`, `dyn Strategy`.
pub trait PluginKind: Send + Sync + 'static {
    /// The word for one of them in messages.
    const KIND: &'static str;
    /// The word for several of them.
    const KINDS: &'static str;
    /// Keys that a spec uses itself in the tables where it names one: no plug-in has a parameter of such a name.
    const RESERVED: &'static [&'static str] = &[];

    /// The parameters that every plug-in of this kind takes beside its own; [`crate::NoneShared`] where there are none.
    type Shared: Wraps<Self>;
}

/// That plug-ins of type `P` are of this kind: how one becomes a trait object.
///
/// A crate that owns a trait implements it once, for all types that implement the trait, with the body `Arc::new(plugin)`:
/// the compiler must see the concrete type to do so.
pub trait Holds<P>: PluginKind {
    /// The plug-in as one of the kind.
    fn share(plugin: P) -> Arc<Self>;
}

/// A type that a spec can name.
pub trait Plugin: Sized + 'static {
    /// The parameters: a struct with named, documented fields (they are what the program shows), for which serde refuses
    /// unknown fields. The [reserved](PluginKind::RESERVED) keys of its kind are taken.
    type Params: Serialize + DeserializeOwned + JsonSchema;

    /// What a spec calls it: the field's name for it, in kebab-case.
    const NAME: &'static str;

    /// Other names by which it is known.
    const ALIASES: &'static [&'static str] = &[];

    /// One line: what it is or does, and whose it is.
    const ABOUT: &'static str;

    /// Parameters that work, as TOML lines: shown to users, built by tests. Empty where the defaults do.
    const EXAMPLE: &'static str = "";

    /// What the common key `size` means to it; `None` where it has no size.
    const SIZE: Option<Sizing> = None;

    /// Checks the parameters and fixes them.
    ///
    /// # Errors
    /// The condition that a parameter violates.
    fn new(params: Self::Params) -> Result<Self, Invalid>;
}
