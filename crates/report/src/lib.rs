#![doc = include_str!("../README.md")]

mod claim;
mod experiment;
mod explorer;
mod figure;
mod hover;
mod index;
mod page;
mod prose;
mod table;

pub use claim::{Claim, Threshold, Verdict};
pub use experiment::Experiment;
pub use explorer::{Explorer, Network, ROLES, Takedown, explorer_page};
pub use figure::Picture;
pub use index::{Entry, index_page};
pub use table::{Cells, CellsError};
