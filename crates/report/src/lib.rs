#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

mod claim;
mod experiment;
mod explorer;
mod figure;
mod hover;
mod index;
mod page;
mod prose;
mod references;
mod table;

pub use claim::ClaimTable;
pub use experiment::ExperimentPage;
pub use explorer::{Explorer, Network, OrderShown, ROLES, explorer_page};
pub use figure::Picture;
pub use index::{IndexEntry, index_page};
pub use references::{BadReference, Reference, fill};
pub use table::{TextTable, TextTableError};
