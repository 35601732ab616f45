#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

mod column;
pub mod comparison;
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
mod sweep;
mod table;
#[cfg(test)]
mod test_rows;
mod together;
pub mod verdict;

pub use column::{Column, Text};
pub use metric::{Metric, MetricInfo, MetricTable, Metrics, Reading, Summing};
pub use observations::{Gathered, Group, Independent, Observations, Observed, Place, Places, TrialReading};
pub use provenance::{RunRecord, TableRecord};
pub use record::{Cells, Record, Rows};
pub use save::{SaveError, write_atomically};
pub use schema::{ColumnKind, Field, Schema};
pub use sweep::{Sweep, SweepAxis, SweepCell, SweepValue};
pub use table::{RowError, Table, Value};
