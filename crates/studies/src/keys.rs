//! What a spec can say: its tables and their keys, for people.

use hydranet_plugin::schema_of;
use hydranet_topology::{Param, params_of};
use schemars::JsonSchema;

/// The kind of study that a spec means if it does not say.
pub(crate) const DEFAULT_STUDY: &str = "takedown";

/// A table of a spec: how it is written, and its keys.
pub type Keys = (String, Vec<Param>);

/// The keys of a table that is read into a struct.
pub fn keys<T: JsonSchema>(table: &str) -> Keys {
    (table.to_string(), params_of(&schema_of::<T>()))
}
