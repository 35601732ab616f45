#![doc = include_str!("../README.md")]

mod check;
mod model;
pub mod rng;

pub use check::check;
pub use hydranet_plugin::{
    BadParams, Built, Invalid, Misread, Param, Params, Plugin, Registration, Registry, SizedValue, Sizing, UnknownName,
    params_of, sizing::exact as exact_size,
};
pub use model::{Models, Topology};
pub use rng::{Draw, Purpose, Trial, TrialRng, trial_of, trial_rng};
