#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

mod bits;
pub mod budget;
pub mod cascade;
mod curve;
mod dismantle;
mod forest;
pub mod kernel;
pub mod measure;
mod order;
mod outcome;
mod protocol;
pub mod repair;
pub mod strategy;
#[cfg(test)]
#[path = "../../measures/src/testing.rs"]
mod testing;
pub mod threshold; // networks and oracles that both crates are tested with

pub use curve::Curve;
pub use dismantle::reinsert;
#[cfg(test)]
use hydranet_measures::paths; // for `testing`
pub use kernel::{largest_only, percolate};
pub use order::{Items, RemovalOrder, Removes};
pub use outcome::Outcome;
pub use protocol::Protocol;
pub use strategy::{NetworkSize, Ranking, STRATEGIES, Strategies, Strategy, Task, Unsuitable, check, check_on};
