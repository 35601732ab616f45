//! Records, their files, provenance and statistics.
//!
//! A study measures integers, one row a trial, into a [`Table`] whose columns it declares with [`table!`]. Tables are stored
//! as Parquet ([`parquet`], for pandas, polars and DuckDB) or CSV ([`csv`]), each file whole or not at all
//! ([`write_atomically`]). Ratios and intervals are computed on reading: a study names its metrics, one row of a `const`
//! table each ([`metric`]); [`Observations`] sorts what its rows say of them into cells; [`summary`] gives mean, spread, interval and
//! median of every metric in every cell, [`differences`] the paired differences between cells. [`RunRecord`] says where the
//! numbers came from.
//!
//! ```
//! use hydranet_results::{Metric, MetricTable, Metrics, Observations, Observed, Reading, Table, summary::summarize, table};
//!
//! table! {
//!     /// One row a trial.
//!     TRIALS "trials" TrialRow<'t> {
//!         topology: Text &'t str, "", "label of the topology";
//!         treatment: Text &'t str, "", "label of the treatment";
//!         network: Count u64, "", "index of the network";
//!         order: Count u64, "", "index of the order";
//!         nodes: Count u64, "nodes", "nodes before the takedown";
//!         largest: Count u64, "nodes", "largest component after it";
//!     }
//! }
//! impl Observed for TrialRow<'_> {
//!     fn cell(&self) -> [&str; 2] {
//!         [self.topology, self.treatment]
//!     }
//!     fn trial(&self) -> (u64, u64) {
//!         (self.network, self.order)
//!     }
//! }
//! static LEFT: Metric<TrialRow<'static>> =
//!     Metric::share("left", "largest component over nodes", |t, _| Reading::Value(t.largest as f64 / t.nodes as f64));
//! static METRICS: MetricTable<TrialRow<'static>> = MetricTable::new(&[&LEFT]);
//!
//! let trial = |network, order, largest| TrialRow { topology: "star", treatment: "random", network, order, nodes: 10, largest };
//! let trials = Table::of(&[trial(0, 0, 4), trial(0, 1, 6), trial(1, 0, 5), trial(1, 1, 7)]);
//! let rows = summarize(&Observations::of(&[&METRICS], &[trials]));
//! assert!(rows[0].is(&LEFT.info) && rows[0].networks == 2);
//! assert!((rows[0].mean.unwrap() - 0.55).abs() < 1e-15);
//! ```
//!
//! Invariant: a missing value is null in Parquet and empty in CSV, never 0 and never NaN.
//!
//! Invariant: the bytes of a file depend on its rows and its metadata alone, not on when, where and in how many parts
//! they were computed. Times and hosts stand in `run.json`.
//!
//! Invariant: this crate knows no study and makes no random generator; resampling draws from a source that the caller hands in.

mod column;
pub mod csv;
pub mod differences;
pub mod metric;
mod observations;
pub mod parquet;
pub mod provenance;
mod record;
mod save;
mod schema;
pub mod statistics;
pub mod summary;
mod table;
#[cfg(test)]
mod test_rows;

pub use column::{Column, Text};
pub use metric::{Metric, MetricInfo, MetricTable, Metrics, Reading, Summing};
pub use observations::{Gathered, Group, Independent, Observations, Observed, Place, Trial};
pub use provenance::{RunRecord, TableRecord};
pub use record::{Cells, Record, Rows};
pub use save::{SaveError, write_atomically};
pub use schema::{Field, Kind, Schema};
pub use table::{RowError, Table, Value};
