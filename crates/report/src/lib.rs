//! Results to web pages: one self-contained HTML file an experiment, an index over experiments, and the takedown explorer.
//!
//! A page needs nothing but itself: styles, scripts, typefaces and figures are inside, so it opens from disk and looks the same in
//! ten years. Templates are checked and escape what they are given at compile time (maud). The page is whole without its
//! scripts, which add a theme switch, figure/data switches, values under the pointer and filters.
//!
//! Everything here is pure: the caller reads tables, draws figures and simulates; this crate makes text of it.

#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

mod claim;
mod experiment;
mod explorer;
mod figure;
mod hover;
mod index;
mod page;
mod prose;
mod table;

pub use claim::{Answered, Bound, Standing};
pub use experiment::ExperimentPage;
pub use explorer::{Explorer, Network, OrderShown, ROLES, explorer_page};
pub use figure::Picture;
pub use index::{IndexEntry, index_page};
pub use table::{TextTable, TextTableError};
