#![doc = include_str!("../README.md")]

pub mod bounds;
mod check;
mod invalid;
mod nearest;
mod param;
mod params;
mod plugin;
mod registration;
mod registry;
pub mod sizing;
mod wraps;

pub use check::{check, check_table};
pub use invalid::{BadParams, Invalid};
pub use nearest::nearest;
pub use param::{Param, params_of, schema_of};
pub use params::{Misread, Params};
pub use plugin::{Holds, Plugin, PluginKind};
pub use registration::{Built, Registration, build_with};
pub use registry::{Registry, UnknownName};
pub use sizing::{SizedValue, Sizing};
pub use wraps::{NoneShared, Wraps};
