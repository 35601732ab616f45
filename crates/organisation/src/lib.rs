#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

pub mod arrests;
mod chance;
mod checks;
pub mod design;
pub mod file;
pub mod greed;
pub mod law;
pub mod measure;
mod organisation;
pub mod orphan;

pub use arrests::{Arrests, Event, Life, Policy, Streams};
pub use chance::Delay;
pub use design::{CellTree, ValueChain};
pub use organisation::{BadOrganisation, Bond, Organisation, Person, Place, Tie};
