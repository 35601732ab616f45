#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

mod allowance;
mod book;
mod coverage;
mod draws;
mod feature;
mod groups;
mod row;
mod run;
mod slow;

pub use allowance::Allowance;
pub use book::Scale;
pub use coverage::{coverage, coverage_table, random_row_count, registered, row_count, row_names};
pub use feature::{Evidence, Feature, Kind};
pub use row::MISS;
pub use run::{Checked, SEED, Setup, Standing, group_names, run};
