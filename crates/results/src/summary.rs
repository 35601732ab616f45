//! From trials to numbers that a paper quotes: one row a cell and metric, one row a paired difference and metric.
//!
//! Both are tables of their own ([`SUMMARY`], [`DIFFERENCES`]), so that the same writers serve. Intervals are those of
//! [`crate::statistics::Clustered::mean_interval`] at 95 %, with networks as clusters.

mod cells;
mod differences;
mod metric;

pub use differences::{DIFFERENCES, DifferenceRow, differences};
pub use metric::Metric;

use crate::schema::field;
use crate::statistics::{Clustered, LEVEL, median};
use crate::{Cells, Kind, Record, Schema, Table, Value};

/// One row a cell and metric, of any study.
pub static SUMMARY: Schema = Schema {
    name: "summary",
    version: 1,
    fields: &[
        field("topology", Kind::Text, "", "label of the topology in the spec"),
        field("treatment", Kind::Text, "", "label of the treatment in the spec"),
        field("metric", Kind::Text, "", "what was measured"),
        field("unit", Kind::Text, "", "unit of mean, sd, lo, hi and median; 1 for ratios"),
        field("mean", Kind::NullableReal, "see unit", "mean over trials; empty if none has a value"),
        field("sd", Kind::NullableReal, "see unit", "sample standard deviation of trials; empty below two"),
        field(
            "lo",
            Kind::NullableReal,
            "see unit",
            "lower end of the 95 % interval for the mean, by networks; empty below two",
        ),
        field("hi", Kind::NullableReal, "see unit", "upper end of that interval"),
        field("median", Kind::NullableReal, "see unit", "median over trials; empty if none has a value"),
        field("trials", Kind::Count, "trials", "trials with a value"),
        field("networks", Kind::Count, "networks", "networks that these trials ran on"),
        field(
            "missing",
            Kind::Count,
            "trials",
            "trials without a value: it could not be measured, or never came to that",
        ),
    ],
};

/// A row of [`SUMMARY`]; the fields are its columns.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each is described in the schema, once
pub struct SummaryRow {
    pub topology: String,
    pub treatment: String,
    pub metric: String,
    pub unit: String,
    pub mean: Option<f64>,
    pub sd: Option<f64>,
    pub lo: Option<f64>,
    pub hi: Option<f64>,
    pub median: Option<f64>,
    pub trials: u64,
    pub networks: u64,
    pub missing: u64,
}

impl<'t> Record<'t> for SummaryRow {
    const SCHEMA: &'static Schema = &SUMMARY;

    fn values(&self) -> Vec<Value<'_>> {
        vec![
            self.topology.as_str().into(),
            self.treatment.as_str().into(),
            self.metric.as_str().into(),
            self.unit.as_str().into(),
            self.mean.into(),
            self.sd.into(),
            self.lo.into(),
            self.hi.into(),
            self.median.into(),
            self.trials.into(),
            self.networks.into(),
            self.missing.into(),
        ]
    }

    fn read(cells: &mut Cells<'t>) -> Self {
        SummaryRow {
            topology: cells.text().to_owned(),
            treatment: cells.text().to_owned(),
            metric: cells.text().to_owned(),
            unit: cells.text().to_owned(),
            mean: cells.nullable_real(),
            sd: cells.nullable_real(),
            lo: cells.nullable_real(),
            hi: cells.nullable_real(),
            median: cells.nullable_real(),
            trials: cells.count(),
            networks: cells.count(),
            missing: cells.count(),
        }
    }
}

/// Every metric of every cell of a [`crate::takedown::TRIALS`] table: cells in the order of their first row, metrics in
/// the order of [`Metric::ALL`], and where removals are not equally dear those of [`Metric::COSTS`],
/// where overload spreads those of [`Metric::CASCADE`]. O(trials · metrics · log).
///
/// ```
/// use hydranet_results::{Table, csv, summary, takedown::TRIALS};
/// let rows = summary::summarize(&Table::new(&TRIALS));
/// // to a file, and back from it
/// let mut file = Vec::new();
/// csv::write(&Table::of(&rows), &mut file)?;
/// let table = csv::read(&file[..], &summary::SUMMARY)?;
/// assert_eq!(table.records::<summary::SummaryRow>().collect::<Vec<_>>(), rows);
/// # Ok::<(), csv::CsvError>(())
/// ```
///
/// # Panics
/// If the table is of another schema.
pub fn summarize(trials: &Table) -> Vec<SummaryRow> {
    let cells = cells::cells(trials);
    let metrics = |cell: &cells::Cell<'_>| {
        let dear = cell.trials.iter().any(|trial| trial.removal_cost != "unit");
        let spreads = cell.trials.iter().any(|trial| trial.avalanche.is_some());
        let costs = Metric::COSTS.into_iter().filter(move |_| dear);
        Metric::ALL.into_iter().chain(costs).chain(Metric::CASCADE.into_iter().filter(move |_| spreads))
    };
    cells.iter().flat_map(|cell| metrics(cell).map(|metric| row(cell, metric))).collect()
}

fn row(cell: &cells::Cell<'_>, metric: Metric) -> SummaryRow {
    let values = cell.trials.iter().filter_map(|trial| Some((trial.network, metric.of(trial)?)));
    let values = Clustered::new(values).expect("quotients of integers with a denominator above 0 are finite");
    let estimate = values.estimate(LEVEL);
    let trials = estimate.map_or(0, |estimate| estimate.trials);
    SummaryRow {
        topology: cell.topology.to_owned(),
        treatment: cell.treatment.to_owned(),
        metric: metric.name().to_owned(),
        unit: metric.unit().to_owned(),
        mean: estimate.map(|estimate| estimate.mean),
        sd: estimate.and_then(|estimate| estimate.sd),
        lo: estimate.and_then(|estimate| estimate.lo),
        hi: estimate.and_then(|estimate| estimate.hi),
        median: median(&values.values()),
        trials,
        networks: estimate.map_or(0, |estimate| estimate.clusters),
        missing: cell.trials.len() as u64 - trials,
    }
}

#[cfg(test)]
#[path = "summary/tests.rs"]
mod tests;
