#![doc = include_str!("../README.md")]
//!
//! Invariant: engine, results, charts and program know no study; they walk the rows of a [`Studies`].
//!
//! Invariant: a study's `figures` reads only its rows: it imports results and charts, and nothing that simulates.

#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

pub mod arena;
pub mod broadcast;
pub mod campaign;
mod claims;
pub mod discovery;
pub mod field_case;
pub mod finite_size;
mod folder;
mod keys;
pub mod lookup;
mod plugin;
pub mod shared;
pub mod takedown;
pub mod varies;

pub use claims::measured as claim_measured;
pub use folder::{Folder, ShowError};
pub use keys::{Keys, keys};
pub use plugin::{Known, Studies, StudyPlugin};
pub use shared::lines::{Lines, over};
pub use varies::Varies;

/// The kinds of study of this workspace.
pub static STUDIES: &[&StudyPlugin] = &[
    &takedown::PLUGIN,
    &finite_size::PLUGIN,
    &broadcast::PLUGIN,
    &discovery::PLUGIN,
    &lookup::PLUGIN,
    &campaign::PLUGIN,
    &field_case::PLUGIN,
    &arena::PLUGIN,
];
