//! From trials to numbers that a paper quotes: one row a cell and metric, one row a paired difference and metric.
//!
//! Both are tables of their own ([`SUMMARY`], [`DIFFERENCES`]), so that the same writers serve. Intervals are those of
//! [`crate::statistics::Clustered::mean_interval`] at 95 %, with networks as clusters.

mod cells;
mod differences;
mod metric;

pub use differences::{DIFFERENCES, DifferenceRow, differences};
pub use metric::Metric;

use crate::statistics::{Clustered, LEVEL, median};
use crate::{Table, table};

table! {
    /// One row a cell and metric, of any study.
    SUMMARY "summary" SummaryRow {
        topology: Text String, "", "label of the topology in the spec";
        treatment: Text String, "", "label of the treatment in the spec";
        metric: Text String, "", "what was measured";
        unit: Text String, "", "unit of mean, sd, lo, hi and median; 1 for ratios";
        mean: NullableReal Option<f64>, "see unit", "mean over trials; empty if none has a value";
        sd: NullableReal Option<f64>, "see unit", "sample standard deviation of trials; empty below two";
        lo: NullableReal Option<f64>, "see unit", "lower end of the 95 % interval for the mean, by networks; empty below two";
        hi: NullableReal Option<f64>, "see unit", "upper end of that interval";
        median: NullableReal Option<f64>, "see unit", "median over trials; empty if none has a value";
        trials: Count u64, "trials", "trials with a value";
        networks: Count u64, "networks", "networks that these trials ran on";
        missing: Count u64, "trials", "trials without a value: it could not be measured, or never came to that";
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
