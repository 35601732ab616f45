//! From trials to numbers that a paper quotes: one row a cell, metric and place, of every kind of study.
//!
//! Intervals count networks. Where an experiment has only one (a measured network, say), they count its orders: what is
//! then uncertain is what another order would have done on this network, and nothing is said of others ([`Independent`]).

#[cfg(doc)]
use crate::Independent;
use crate::metric::{MetricInfo, Summing};
use crate::observations::{Group, Observations};
use crate::statistics::{
    Clustered, Estimate, Interval, LEVEL, kaplan_meier_clustered, median, median_wait, ratio_estimate, wilson_interval,
};
use crate::{Reading, table};

table! {
    /// One row a cell, metric and place, of any study.
    SUMMARY "summary", version = 2, SummaryRow {
        topology: Text String, "", "label of the topology in the spec";
        treatment: Text String, "", "label of the treatment in the spec";
        metric: Text String, "", "what was measured: `hydranet describe METRIC`";
        axis: Text String, "", "what `at` is; empty where the metric is of the whole trial";
        point: NullableCount Option<u64>, "", "number of the place on its axis, from 0: the same in all cells";
        at: NullableReal Option<f64>, "see axis", "the place: mean over trials";
        unit: Text String, "", "unit of mean, sd, lo, hi, median and expected; 1 for ratios";
        mean: NullableReal Option<f64>, "see unit", "mean over trials, or total over total, as the metric says; empty if none has a value, and of waits";
        sd: NullableReal Option<f64>, "see unit", "sample standard deviation of trials; empty below two";
        lo: NullableReal Option<f64>, "see unit", "lower end of the 95 % interval for the mean (of waits: for the median), by networks (of one network: by its orders); empty below two";
        hi: NullableReal Option<f64>, "see unit", "upper end of that interval";
        median: NullableReal Option<f64>, "see unit", "median over trials (of waits: Kaplan and Meier's); empty if there is none";
        expected: NullableReal Option<f64>, "see unit", "closed form, where one is known";
        trials: Count u64, "trials", "trials with a value (of waits: all)";
        networks: Count u64, "networks", "networks that these trials ran on";
        missing: Count u64, "trials", "trials without a value (of waits: those that did not end)";
    }
}

impl SummaryRow {
    /// Is it of this metric?
    pub fn is(&self, metric: &MetricInfo) -> bool {
        self.metric == metric.name
    }

    /// Both ends of the interval.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.lo.zip(self.hi)
    }
}

/// What the trials of a group come to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Summed {
    pub(crate) mean: Option<f64>,
    sd: Option<f64>,
    pub(crate) interval: Option<Interval>,
    pub(crate) median: Option<f64>,
    trials: u64,
    networks: u64,
}

impl Summed {
    fn of(group: &Group, estimate: Option<Estimate>, median: Option<f64>) -> Summed {
        Summed {
            mean: estimate.map(|e| e.mean),
            sd: estimate.and_then(|e| e.sd),
            interval: estimate.and_then(|e| Some(Interval { lo: e.lo?, hi: e.hi? })),
            median,
            trials: estimate.map_or(0, |e| e.trials),
            networks: group.networks(estimate.map_or(0, |e| e.clusters)),
        }
    }
}

/// Whether every trial with a value is a cluster of its own.
fn independent(group: &Group) -> bool {
    let values = group.clustered().filter(|(_, reading)| reading.value().is_some());
    let mut clusters: Vec<u64> = values.map(|((cluster, _), _)| cluster).collect();
    let all = clusters.len();
    clusters.sort_unstable();
    clusters.dedup();
    clusters.len() == all
}

/// The interval of a share of draws of which none, or every one, is a yes: clusters have no variance to go by there, but there
/// are only so many draws. `None` elsewhere.
fn none_or_all_drawn(group: &Group, level: f64) -> Option<Interval> {
    let mut values = group.clustered().filter(|(_, reading)| reading.value().is_some());
    let (yes, of) = values.try_fold((0, 0), |(yes, all), (_, reading)| match reading {
        Reading::Draws { yes: y, of } => Some((yes + y, all + of)),
        _ => None,
    })?;
    if yes == 0 || yes == of { wilson_interval(yes, of, level) } else { None }
}

/// The interval of questions that every trial answers with yes, 1, or no, 0; `None` below two clusters.
fn yes_no_interval(group: &Group, answers: &Clustered, clusters: u64, level: f64) -> Option<Interval> {
    let by_clusters = answers.share_interval(level)?;
    let (yes, all) = answers.values().iter().fold((0, 0), |(yes, all), x| (yes + u64::from(*x == 1.0), all + 1));
    if independent(group) {
        wilson_interval(yes, all, level)
    } else if yes == 0 || yes == all {
        // where all agree there is no variance to go by: that many networks, each of which says the same
        wilson_interval(if yes == 0 { 0 } else { clusters }, clusters, level)
    } else {
        Some(by_clusters)
    }
}

/// Sums the trials of a group up as its metric says, with the interval of this level.
pub(crate) fn sum_up(summing: Summing, group: &Group, level: f64) -> Summed {
    let values = || group.clustered().filter_map(|((cluster, _), reading)| Some((cluster, reading.value()?)));
    let plain: Vec<f64> = values().map(|(_, value)| value).collect();
    let clustered = |scale: &dyn Fn(f64) -> f64| {
        Clustered::new(values().map(|(cluster, x)| (cluster, scale(x)))).expect("what cannot be measured is missing")
    };
    match summing {
        Summing::YesNo => {
            let answers = clustered(&|x| x);
            let estimate = answers.estimate(level);
            let interval = estimate.and_then(|e| yes_no_interval(group, &answers, e.clusters, level));
            Summed { interval, ..Summed::of(group, estimate, median(&plain)) }
        }
        Summing::Mean | Summing::Share => match group.bounds {
            None => Summed::of(group, clustered(&|x| x).estimate(level), median(&plain)),
            Some([least, most]) => {
                // the share interval of where in its range the mean lies
                let width = most - least;
                let Some(e) = clustered(&|x| x).estimate(level) else { return Summed::default() };
                let inside = clustered(&|x| ((x - least) / width).clamp(0.0, 1.0))
                    .share_interval(level)
                    .map(|found| none_or_all_drawn(group, level).unwrap_or(found));
                let back = |x: f64| least + x * width;
                let ends = inside.map(|i| (back(i.lo), back(i.hi)));
                let e = Estimate { lo: ends.map(|i| i.0), hi: ends.map(|i| i.1), ..e };
                Summed::of(group, Some(e), median(&plain))
            }
        },
        Summing::Total => {
            let quotients = group.clustered().filter_map(|((cluster, _), reading)| match reading {
                Reading::Quotient { over, under } => Some((cluster, over, under)),
                _ => None,
            });
            Summed::of(group, ratio_estimate(quotients, level), median(&plain))
        }
        Summing::Wait => {
            let waits: Vec<((u64, u64), f64, bool)> = group
                .clustered()
                .zip(&group.trials)
                .filter_map(|(((cluster, _), reading), trial)| match reading {
                    Reading::Wait { time, came } => Some(((cluster, trial.number.0), time, came)),
                    _ => None,
                })
                .collect();
            let curve = kaplan_meier_clustered(&waits.iter().map(|w| (w.0.0, w.1, w.2)).collect::<Vec<_>>(), level);
            // Brookmeyer and Crowley: the times at which the curve cannot be told from a half
            let first = |end: fn(&Interval) -> f64| {
                curve.iter().find(|s| s.interval.map_or(s.share, |i| end(&i)) <= 0.5).map(|s| s.time)
            };
            let mut networks: Vec<u64> = waits.iter().map(|w| w.0.1).collect();
            networks.sort_unstable();
            networks.dedup();
            Summed {
                interval: first(|i| i.lo).zip(first(|i| i.hi)).map(|(lo, hi)| Interval { lo, hi }),
                median: median_wait(&curve),
                trials: waits.len() as u64,
                networks: networks.len() as u64,
                ..Summed::default()
            }
        }
    }
}

/// Sums up what a metric says of a group, and how many of its trials have no value.
pub(crate) fn told(info: &MetricInfo, group: &Group) -> (Summed, u64) {
    let summed = sum_up(info.summing, group, LEVEL);
    let without = match info.summing {
        Summing::Wait => group.trials.iter().filter(|t| t.reading.value().is_none()).count() as u64,
        _ => group.trials.len() as u64 - summed.trials,
    };
    match info.too_few(summed.trials, without) {
        true => (Summed { trials: summed.trials, networks: summed.networks, ..Summed::default() }, without),
        false => (summed, without),
    }
}

/// Every metric of every cell: cells in the order of their first row, then metrics in the order of their table, then places.
/// A metric that no row of a cell is about has no row. O(rows · log).
pub fn summarize(observations: &Observations) -> Vec<SummaryRow> {
    let row = |found: crate::observations::Gathered<'_>| {
        let (info, axis) = observations.metric(found.metric);
        let [topology, treatment] = observations.cells()[found.cell].clone();
        let (summed, without) = told(info, found.group);
        SummaryRow {
            topology,
            treatment,
            metric: info.name.into(),
            axis: axis.into(),
            point: found.point,
            at: found.group.at(),
            unit: info.unit.into(),
            mean: summed.mean,
            sd: summed.sd,
            lo: summed.interval.map(|i| i.lo),
            hi: summed.interval.map(|i| i.hi),
            median: summed.median,
            expected: found.group.expected(),
            trials: summed.trials,
            networks: summed.networks,
            missing: without,
        }
    };
    observations.groups().map(row).collect()
}

/// Half the width of the widest interval of the metrics that `precision` speaks of; infinite where one has a mean and no
/// interval yet.
pub fn widest(observations: &Observations) -> f64 {
    let precise = observations.groups().filter(|found| observations.metric(found.metric).0.precise);
    let half = precise.filter_map(|found| {
        let (summed, _) = told(observations.metric(found.metric).0, found.group);
        summed.mean?;
        Some(summed.interval.map_or(f64::INFINITY, |i| (i.hi - i.lo) / 2.0))
    });
    half.fold(0.0, f64::max)
}

#[cfg(test)]
#[path = "summary_tests.rs"]
mod tests;
