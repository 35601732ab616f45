#![doc = include_str!("../README.md")]

mod check;
mod model;
pub mod registry;
pub mod rng;

pub use check::check;
/// What a type says to be a model that a spec can name.
pub use hydranet_plugin::Plugin as Model;
pub use hydranet_plugin::check_table as check_rows;
pub use hydranet_plugin::{
    BadParams, Built, Invalid, Misread, Param, Params, Plugin, Registration, Registry, UnknownName, params_of,
};
pub use model::{Entry, Models, Topology, entry};
pub use rng::{Draw, Purpose, Trial, TrialRng, trial_of, trial_rng};
