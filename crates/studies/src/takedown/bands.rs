//! Mean curves with intervals: what a takedown figure draws.
//!
//! The horizontal axis is the removed fraction q/L, the vertical one a share of the network's own size, so that networks
//! of unequal size can be averaged. At each point the mean runs over trials and its interval is
//! [`Clustered::mean_interval`] at 95 %, by networks (of one network: by its orders); it holds for each point by itself, not for the curve as a whole.
//!
//! If all trials of a cell recorded the same removals of orders of the same length, the points are those removals.
//! Otherwise (networks whose size is random, edge removal on networks that differ in their number of edges) each curve is
//! read as a step function, which keeps its last recorded value, on a common grid of equal steps from 0 to 1, with as many
//! points as the longest curve has. A value is thus at most one recorded step old: it lags behind by less than the distance
//! of two points of the figure.

use super::rows::CurveRow;
use hydranet_results::statistics::{Clustered, Estimate, LEVEL};
use hydranet_results::{Independent, Table};
use std::collections::BTreeMap;

/// What is drawn against the removed fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CurveMeasure {
    /// S1/N: the share of nodes in the largest component.
    Largest,
    /// S2/N: the share of nodes in the second largest component.
    Second,
    /// reach/peers: the share of peers that a command reaches. No value for a network without peers.
    Reach,
    /// χ = (Σs² − S1²)/N: the mean size of the other components, in nodes.
    Susceptibility,
    /// The share of the total cost that is spent. No value where every removal costs the same: it is the removed fraction.
    Spent,
}

impl CurveMeasure {
    /// All of them.
    pub const ALL: [CurveMeasure; 5] = [
        CurveMeasure::Largest,
        CurveMeasure::Second,
        CurveMeasure::Reach,
        CurveMeasure::Susceptibility,
        CurveMeasure::Spent,
    ];

    /// What it is called in files.
    pub const fn name(self) -> &'static str {
        match self {
            CurveMeasure::Largest => "largest",
            CurveMeasure::Second => "second",
            CurveMeasure::Reach => "reach",
            CurveMeasure::Susceptibility => "susceptibility",
            CurveMeasure::Spent => "spent",
        }
    }

    /// Its unit: "1" for shares.
    pub const fn unit(self) -> &'static str {
        match self {
            CurveMeasure::Susceptibility => "nodes",
            _ => "1",
        }
    }

    /// Its value at a recorded point; `None` without a denominator. O(1).
    pub fn of(self, point: &CurveRow<'_>) -> Option<f64> {
        let spread = u128::from(point.sum_squares).saturating_sub(u128::from(point.largest).pow(2));
        let (numerator, denominator) = match self {
            CurveMeasure::Largest => (point.largest as f64, point.nodes),
            CurveMeasure::Second => (point.second as f64, point.nodes),
            CurveMeasure::Reach => (point.reach as f64, point.peers),
            CurveMeasure::Susceptibility => (spread as f64, point.nodes),
            CurveMeasure::Spent => return point.spent,
        };
        (denominator > 0).then(|| numerator / denominator as f64)
    }
}

/// The mean curve of one cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Label of the topology.
    pub topology: String,
    /// Label of the treatment.
    pub treatment: String,
    /// By ascending removed fraction; points at which no trial has a value are left out.
    pub points: Vec<BandPoint>,
}

/// One point of a mean curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BandPoint {
    /// Removed fraction q/L, in `[0, 1]`.
    pub removed: f64,
    /// Mean, spread and interval of the measure there.
    pub value: Estimate,
}

/// The mean curve of every cell of a [`super::rows::CURVES`] table, in the order of their first row.
/// O(rows · log + cells · trials · points).
///
/// ```
/// use hydranet_results::Table;
/// use hydranet_studies::takedown::{bands::{CurveMeasure, bands}, rows::{CURVES, CurveRow}};
/// let mut curves = Table::new(&CURVES);
/// for network in 0..2 {
///     for (removed, largest) in [(0, 4), (2, 2 - network), (4, 0)] {
///         curves.push_record(&CurveRow {
///             topology: "ring", treatment: "random", network, order: 0, nodes: 4, peers: 4, steps: 4,
///             removed, largest, second: 0, sum_squares: largest * largest, reach: largest, spent: None,
///         })?;
///     }
/// }
/// let bands = bands(&curves, CurveMeasure::Largest);
/// assert_eq!(bands[0].points[1].removed, 0.5);
/// assert_eq!(bands[0].points[1].value.mean, 0.375); // of 2/4 and 1/4
/// # Ok::<(), hydranet_results::RowError>(())
/// ```
///
/// # Panics
/// If the table is of another schema.
pub fn bands(curves: &Table, measure: CurveMeasure) -> Vec<Band> {
    let mut places = BTreeMap::new();
    let mut cells: Vec<(&str, &str, Trials)> = Vec::new();
    let independent = Independent::of(curves.records::<CurveRow<'_>>().map(|point| point.network));
    for point in curves.records::<CurveRow<'_>>() {
        let place = *places.entry((point.topology, point.treatment)).or_insert(cells.len());
        if place == cells.len() {
            cells.push((point.topology, point.treatment, Trials::new()));
        }
        let trial = cells[place].2.entry((point.network, point.order)).or_default();
        trial.steps = point.steps;
        trial.values.insert(point.removed, measure.of(&point));
    }
    let band = |(topology, treatment, trials): (&str, &str, Trials)| Band {
        topology: topology.to_owned(),
        treatment: treatment.to_owned(),
        points: points(&trials, How { shares: measure.unit() == "1", independent }),
    };
    cells.into_iter().map(band).collect()
}

/// The curves of a cell, by network and order.
type Trials = BTreeMap<(u64, u64), Trial>;

/// One curve: values by the number of removals.
#[derive(Default)]
struct Trial {
    steps: u64,
    values: BTreeMap<u64, Option<f64>>,
}

impl Trial {
    fn same_grid(&self, other: &Trial) -> bool {
        self.steps == other.steps && self.values.keys().eq(other.values.keys())
    }

    /// A curve without removals is all at 0.
    fn fraction(&self, removed: u64) -> f64 {
        if self.steps == 0 { 0.0 } else { removed as f64 / self.steps as f64 }
    }

    /// The last recorded value at `step`/`of` or before. In integers, as q/L rounds.
    fn at(&self, step: u64, of: u64) -> Option<f64> {
        let removed = u128::from(step) * u128::from(self.steps) / u128::from(of);
        let (_, value) = self.values.range(..=removed as u64).next_back()?;
        *value
    }
}

/// How the values of trials are summed up.
#[derive(Clone, Copy)]
struct How {
    /// They are in `[0, 1]`, and so is the interval of their mean.
    shares: bool,
    independent: Independent,
}

fn points(trials: &Trials, how: How) -> Vec<BandPoint> {
    let Some(first) = trials.values().next() else { return Vec::new() };
    if trials.values().all(|trial| trial.same_grid(first)) {
        let point = |&removed: &u64| point(first.fraction(removed), (trials, how), |trial| trial.values[&removed]);
        return first.values.keys().filter_map(point).collect();
    }
    let longest = trials.values().map(|trial| trial.values.len() as u64).max().unwrap_or(0);
    let of = longest.saturating_sub(1).max(1);
    (0..=of).filter_map(|step| point(step as f64 / of as f64, (trials, how), |trial| trial.at(step, of))).collect()
}

fn point(removed: f64, (trials, how): (&Trials, How), value: impl Fn(&Trial) -> Option<f64>) -> Option<BandPoint> {
    let values = trials.iter().filter_map(|(&number, trial)| Some((how.independent.cluster(number), value(trial)?)));
    let values = Clustered::new(values).expect("quotients of integers with a denominator above 0 are finite");
    let estimate = if how.shares { values.share_estimate(LEVEL) } else { values.estimate(LEVEL) };
    estimate.map(|value| BandPoint { removed, value })
}

#[cfg(test)]
#[path = "bands_tests.rs"]
mod tests;
