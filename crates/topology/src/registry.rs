//! The names of [`hydranet_plugin`] under which they were known before they had a crate of their own.

pub use hydranet_plugin::{
    Built, PluginKind as Kind, Registration as Row, Registry, UnknownName, build_with, nearest, schema_of,
};
