//! Metrics: what is read off the rows of a study, one row of a `const` table each.
//!
//! A [`Metric`] says its name, what it means, what a missing value means, how the trials of a cell are summed up, and where in
//! a row it stands. Everything else that knows of metrics walks such tables: [`crate::summary::summarize`],
//! [`crate::differences::differences`], the tables and figures of a study, its precision and claims, `hydranet describe`.

use crate::observations::{Observations, Observed};
use crate::{Record, Rows, Schema, Table};
use std::fmt;

/// How the trials of a cell are summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Summing {
    /// The mean over trials with Student's t, clustered by network (of one network: by order); kept within the metric's bounds
    /// where it has some.
    Mean,
    /// The mean of numbers in `[0, 1]` with the clustered share interval ([`crate::statistics::Clustered::share_interval`]); where
    /// all trials have 0, or all 1, as the share of draws ([`Reading::Draws`]), Wilson's of all draws.
    Share,
    /// A question that every trial answers with yes, 1, or no, 0: Wilson's interval where every trial is on a network of its
    /// own or all trials agree (then of the networks); else the share interval.
    YesNo,
    /// Total over total ([`crate::statistics::ratio_estimate`]): in a mean of quotients, a trial that has almost nothing to count
    /// would weigh as much as the others.
    Total,
    /// Waits of which some never ended: no mean; the median is Kaplan and Meier's, its interval Brookmeyer and Crowley's (1982).
    Wait,
}

/// What a row says of a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// The row is not about it.
    Absent,
    /// It is, but there is no value: see [`MetricInfo::missing`].
    Missing,
    /// Its value.
    Value(f64),
    /// So many of the draws that the trial made at random (lookups, say); the value is their share. For [`Summing::Share`]: where
    /// no draw of any trial, or every one, is a yes, the interval is Wilson's of all draws.
    Draws {
        /// How many are a yes.
        yes: u64,
        /// How many there are, at least 1.
        of: u64,
    },
    /// Numerator and denominator, for [`Summing::Total`]; the value is their quotient, missing where the denominator is 0.
    Quotient {
        /// What is divided.
        over: f64,
        /// By what.
        under: f64,
    },
    /// How long it took, or how long it was waited for in vain, for [`Summing::Wait`].
    Wait {
        /// The time.
        time: f64,
        /// Whether it came.
        came: bool,
    },
}

impl From<Option<f64>> for Reading {
    fn from(value: Option<f64>) -> Reading {
        value.map_or(Reading::Missing, Reading::Value)
    }
}

impl Reading {
    /// Its value, where it has one.
    pub fn value(self) -> Option<f64> {
        match self {
            Reading::Absent | Reading::Missing => None,
            Reading::Value(value) => Some(value),
            Reading::Draws { yes, of } => Some(yes as f64 / of as f64),
            Reading::Quotient { over, under } => (under != 0.0).then(|| over / under),
            Reading::Wait { time, came } => came.then_some(time),
        }
    }
}

/// What is said of a metric, whatever rows it is read from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MetricInfo {
    /// Its name in files and specs, in snake_case.
    pub name: &'static str,
    /// What tables and figures call it.
    pub heading: &'static str,
    /// Its unit; 1 for ratios.
    pub unit: &'static str,
    /// Digits behind the point in tables.
    pub digits: usize,
    /// What it means, with its formula.
    pub meaning: &'static str,
    /// What stands in a table where it is missing: `never`, `not seen`, or `–` where there was nothing to measure.
    pub missing: &'static str,
    /// How the trials of a cell are summed up.
    pub summing: Summing,
    /// Its value under a takedown without any effect, where it has one: a claim without a threshold is held against it.
    pub no_effect: Option<f64>,
    /// Whether differences between cells mean something: counts of networks of different size do not.
    pub compared: bool,
    /// Whether `precision` speaks of it.
    pub precise: bool,
    /// Whether it is told only where more than half of the trials have a value: the mean of a chosen few is not that of the cell.
    pub of_most: bool,
}

impl MetricInfo {
    /// Whether so many trials with a value are too few to tell of, when so many have none.
    pub(crate) fn too_few(&self, with: u64, without: u64) -> bool {
        self.of_most && with <= without
    }
}

/// How a metric is read from a row of the family `R`. The info is its own, so that one function can serve several.
pub type Read<R> = for<'a, 't> fn(&'a <R as Rows>::Row<'t>, &'a MetricInfo) -> Reading;

/// The least and the greatest value that a metric can take in trials like that of a row.
pub type Bounds<R> = for<'a, 't> fn(&'a <R as Rows>::Row<'t>) -> [f64; 2];

/// A number that is read off the rows of the family `R`.
pub struct Metric<R: Rows> {
    /// What is said of it.
    pub info: MetricInfo,
    read: Read<R>,
    bounds: Option<Bounds<R>>,
    expected: Option<Read<R>>,
}

impl<R: Rows> Metric<R> {
    const fn new(
        summing: Summing,
        name: &'static str,
        unit: &'static str,
        meaning: &'static str,
        read: Read<R>,
    ) -> Self {
        let info = MetricInfo {
            name,
            heading: name,
            unit,
            digits: 3,
            meaning,
            missing: "–",
            summing,
            no_effect: None,
            compared: true,
            precise: false,
            of_most: false,
        };
        Metric { info, read, bounds: None, expected: None }
    }

    /// A metric whose mean over trials is given.
    pub const fn mean(name: &'static str, unit: &'static str, meaning: &'static str, read: Read<R>) -> Self {
        Metric::new(Summing::Mean, name, unit, meaning, read)
    }

    /// A share, in `[0, 1]` in every trial.
    pub const fn share(name: &'static str, meaning: &'static str, read: Read<R>) -> Self {
        Metric::new(Summing::Share, name, "1", meaning, read)
    }

    /// A question that every trial answers with 1, yes, or 0, no; its mean is the share of yes.
    pub const fn yes_no(name: &'static str, meaning: &'static str, read: Read<R>) -> Self {
        Metric::new(Summing::YesNo, name, "1", meaning, read)
    }

    /// A quotient of totals; `read` gives [`Reading::Quotient`].
    pub const fn total(name: &'static str, unit: &'static str, meaning: &'static str, read: Read<R>) -> Self {
        Metric::new(Summing::Total, name, unit, meaning, read)
    }

    /// A wait; `read` gives [`Reading::Wait`]. Medians are not compared.
    pub const fn wait(name: &'static str, unit: &'static str, meaning: &'static str, read: Read<R>) -> Self {
        Metric::new(Summing::Wait, name, unit, meaning, read).not_compared().missing("never")
    }

    /// What tables and figures call it.
    pub const fn heading(mut self, heading: &'static str) -> Self {
        self.info.heading = heading;
        self
    }

    /// Digits behind the point in tables.
    pub const fn digits(mut self, digits: usize) -> Self {
        self.info.digits = digits;
        self
    }

    /// What stands in a table where it is missing.
    pub const fn missing(mut self, missing: &'static str) -> Self {
        self.info.missing = missing;
        self
    }

    /// Its value under a takedown without any effect.
    pub const fn no_effect(mut self, value: f64) -> Self {
        self.info.no_effect = Some(value);
        self
    }

    /// Differences between cells mean nothing.
    pub const fn not_compared(mut self) -> Self {
        self.info.compared = false;
        self
    }

    /// `precision` speaks of it.
    pub const fn precise(mut self) -> Self {
        self.info.precise = true;
        self
    }

    /// It is told only where more than half of the trials have a value.
    pub const fn of_most(mut self) -> Self {
        self.info.of_most = true;
        self
    }

    /// What it can be at least and at most: its interval stays inside.
    pub const fn within(mut self, bounds: Bounds<R>) -> Self {
        self.bounds = Some(bounds);
        self
    }

    /// A closed form, given with the row: the summary has its mean where all trials have it.
    pub const fn expected(mut self, expected: Read<R>) -> Self {
        self.expected = Some(expected);
        self
    }

    /// What a row says of it.
    pub fn of(&self, row: &R::Row<'_>) -> Reading {
        (self.read)(row, &self.info)
    }

    /// Its bounds in trials like that of a row.
    pub(crate) fn bounds(&self, row: &R::Row<'_>) -> Option<[f64; 2]> {
        match self.info.summing {
            Summing::Share | Summing::YesNo => Some([0.0, 1.0]),
            _ => self.bounds.map(|bounds| bounds(row)),
        }
    }

    /// The closed form for it in a row.
    pub(crate) fn expects(&self, row: &R::Row<'_>) -> Option<f64> {
        self.expected.and_then(|expected| expected(row, &self.info).value())
    }
}

impl<R: Rows> fmt::Debug for Metric<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Metric").field(&self.info).finish()
    }
}

/// The metrics that are read from one raw table of a study, whatever its rows are.
pub trait Metrics: Sync + fmt::Debug {
    /// The raw table.
    fn schema(&self) -> &'static Schema;

    /// What the place of a row is (see [`Observed::place`]), in words; empty where rows have none.
    fn axis(&self) -> &'static str;

    /// The metrics, in the order of summaries.
    fn infos(&self) -> Vec<&'static MetricInfo>;

    /// Reads all metrics of all rows. O(rows · metrics · log).
    ///
    /// # Panics
    /// If the table is of another schema.
    fn observe(&self, rows: &Table, into: &mut Observations);
}

/// A table of metrics: `static METRICS: MetricTable<TrialRow<'static>> = MetricTable::new(&[&R, &F_C]);`
pub struct MetricTable<R: Rows> {
    metrics: &'static [&'static Metric<R>],
    axis: &'static str,
}

impl<R: Rows> MetricTable<R> {
    /// Metrics of whole trials.
    pub const fn new(metrics: &'static [&'static Metric<R>]) -> Self {
        MetricTable { metrics, axis: "" }
    }

    /// Metrics that are measured at places; `axis` says what a place is.
    pub const fn along(axis: &'static str, metrics: &'static [&'static Metric<R>]) -> Self {
        MetricTable { metrics, axis }
    }
}

impl<R: Rows> fmt::Debug for MetricTable<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.metrics).finish()
    }
}

impl<R: Rows> Metrics for MetricTable<R>
where
    for<'t> R::Row<'t>: Observed,
{
    fn schema(&self) -> &'static Schema {
        <R::Row<'static> as Record<'static>>::SCHEMA
    }

    fn axis(&self) -> &'static str {
        self.axis
    }

    fn infos(&self) -> Vec<&'static MetricInfo> {
        self.metrics.iter().map(|metric| &metric.info).collect()
    }

    fn observe(&self, rows: &Table, into: &mut Observations) {
        into.read(self.metrics, self.axis, rows);
    }
}
