//! Records, their files, provenance and summary statistics.
//!
//! A study measures integers, one row a trial ([`takedown::TRIALS`]) or one row a trial and removal
//! ([`takedown::CURVES`]), into a [`Table`]. Tables are stored as Parquet ([`parquet`], for pandas, polars and DuckDB)
//! or CSV ([`csv`]), each file whole or not at all ([`write_atomically`]). Ratios and intervals are computed on reading:
//! [`summary`] gives mean, spread, interval and median of every metric in every cell and the paired differences between
//! cells; [`bands`] gives mean curves. [`RunRecord`] says where the numbers came from.
//!
//! ```
//! use hydranet_results::{Table, csv, summary, takedown::TrialRow};
//! # let star = |network, order, sum_largest| TrialRow {
//! #     topology: "star", model: "star", treatment: "random", strategy: "random", removes: "nodes", network, order,
//! #     nodes: 5, edges: 4, peers: 4, steps: 5, sum_largest, sum_reach: 4, peak_removed: 1, peak_spread: 3,
//! #     set_size: Some(5), reach_start: 4, seizures_50: Some(2), seizures_10: Some(5),
//! #     ..TrialRow::default()
//! # };
//! let mut trials = Table::new(&hydranet_results::takedown::TRIALS);
//! for (network, order, sum_largest) in [(0, 0, 4), (0, 1, 7), (1, 0, 5), (1, 1, 6)] {
//!     trials.push_record(&star(network, order, sum_largest)).unwrap();
//! }
//! let rows = summary::summarize(&trials);
//! assert_eq!((rows[0].metric.as_str(), rows[0].mean, rows[0].networks), ("r", Some(0.22), 2));
//!
//! let mut file = Vec::new();
//! csv::write(&Table::of(&rows), &mut file).unwrap();
//! assert!(file.starts_with(b"topology,treatment,metric,unit,mean,sd,lo,hi,median,trials,networks,missing\nstar,"));
//! ```
//!
//! Invariant: a missing value is null in Parquet and empty in CSV, never 0 and never NaN.
//!
//! Invariant: the bytes of a file depend on its rows and its metadata alone, not on when, where and in how many parts
//! they were computed. Times and hosts stand in `run.json`.
//!
//! Invariant: this crate makes no random generator; resampling draws from a source that the caller hands in.

pub mod band_table;
pub mod bands;
pub mod campaign;
mod column;
pub mod csv;
pub mod degrees;
pub mod field_case;
pub mod finite_size;
pub mod lookup;
pub mod measures;
pub mod parquet;
pub mod provenance;
mod record;
mod save;
mod schema;
pub mod series;
pub mod statistics;
pub mod summary;
mod table;
pub mod takedown;

pub use column::{Column, Text};
pub use provenance::{RunRecord, TableRecord};
pub use record::{Cells, Record, Rows};
pub use save::{SaveError, write_atomically};
pub use schema::{Field, Kind, Schema};
pub use table::{RowError, Table, Value};
