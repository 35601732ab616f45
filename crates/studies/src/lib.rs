//! The kinds of study: one folder each, one row each in [`STUDIES`].
//!
//! A folder has `spec` (what its specs say), `trial` (what a unit does), `rows` (its raw tables), `metrics` (what is read off them,
//! one row each of a `const` table), `figures` and `table` (what is shown of a finished run). Engine, results, charts and the program
//! know none of them: they walk the rows of a [`Studies`].
//!
//! A study of another crate is the same: a [`StudyPlugin`] in a table of its own, added with [`Studies::with`].
//!
//! Invariant: a study's `figures` reads only its rows: it imports results and charts, and nothing that simulates.

pub mod broadcast;
pub mod campaign;
mod claims;
pub mod discovery;
pub mod field_case;
pub mod finite_size;
mod folder;
pub mod lookup;
mod plugin;
pub mod shared;
pub mod takedown;

pub use claims::{Answer, Verdict, answers};
pub use folder::{Folder, ShowError};
pub use plugin::{Keys, Known, Studies, StudyPlugin, keys};
pub use shared::lines::Lines;

/// The kinds of study of this workspace.
pub static STUDIES: &[&StudyPlugin] =
    &[&takedown::PLUGIN, &finite_size::PLUGIN, &broadcast::PLUGIN, &discovery::PLUGIN, &lookup::PLUGIN];
