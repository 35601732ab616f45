//! Cells of an experiment, topologies under treatments: their labels in the experiment's order, and their values.

use hydranet_charts::{Axis, BarSeries, BarValue, Bars, Numbers, literal};
use hydranet_results::MetricInfo;
use hydranet_results::summary::SummaryRow;
use std::collections::BTreeSet;

/// Labels in the order in which they first occur, each once.
pub(crate) fn distinct<'t>(labels: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut seen = BTreeSet::new();
    labels.filter(|label| seen.insert(*label)).collect()
}

/// The labels of an experiment, in its order.
pub(crate) struct Labels<'t> {
    pub(crate) topologies: Vec<&'t str>,
    pub(crate) treatments: Vec<&'t str>,
}

impl<'t> Labels<'t> {
    pub(crate) fn of(summary: &'t [SummaryRow]) -> Labels<'t> {
        Labels {
            topologies: distinct(summary.iter().map(|row| row.topology.as_str())),
            treatments: distinct(summary.iter().map(|row| row.treatment.as_str())),
        }
    }

    /// A metric of every topology under every treatment.
    pub(crate) fn bars(&self, title: &str, summary: &[SummaryRow], metric: &MetricInfo, value: Axis) -> Bars {
        let series = |treatment: &&str| BarSeries {
            label: literal(treatment),
            values: self.topologies.iter().map(|topology| estimate(summary, metric, topology, treatment)).collect(),
        };
        Bars {
            title: title.to_string(),
            description: format!("{} of every topology under every treatment, with 95 % intervals", metric.name),
            value,
            categories: self.topologies.iter().map(|t| literal(t)).collect(),
            series: self.treatments.iter().map(series).collect(),
            numbers: Numbers::Shown,
            ..Bars::default()
        }
    }
}

/// The mean of a metric in a cell, with its interval; `None` where it has none.
pub(crate) fn estimate(
    summary: &[SummaryRow],
    metric: &MetricInfo,
    topology: &str,
    treatment: &str,
) -> Option<BarValue> {
    let same = |r: &&SummaryRow| r.is(metric) && r.topology == topology && r.treatment == treatment;
    let row = summary.iter().find(same)?;
    Some(BarValue { value: row.mean?, interval: row.lo.zip(row.hi) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::takedown::metrics::{F_C, R};

    fn row(topology: &str, treatment: &str, mean: Option<f64>) -> SummaryRow {
        SummaryRow {
            topology: topology.into(),
            treatment: treatment.into(),
            metric: "r".into(),
            unit: "1".into(),
            mean,
            lo: Some(0.1),
            hi: Some(0.3),
            trials: 1,
            networks: 1,
            ..SummaryRow::default()
        }
    }

    #[test]
    fn labels_keep_the_order_of_the_experiment() {
        let rows = [row("z", "b", None), row("z", "a", None), row("a", "b", None), row("a", "a", None)];
        let labels = Labels::of(&rows);
        assert_eq!((labels.topologies, labels.treatments), (vec!["z", "a"], vec!["b", "a"]));
    }

    #[test]
    fn what_is_missing_stays_missing() {
        let rows = [row("z", "b", Some(0.2)), row("z", "a", None)];
        let found = |metric, treatment| estimate(&rows, metric, "z", treatment).map(|e| (e.value, e.interval));
        assert_eq!(found(&R.info, "b"), Some((0.2, Some((0.1, 0.3)))));
        assert_eq!(found(&R.info, "a"), None, "without a mean");
        assert_eq!(found(&F_C.info, "b"), None, "without a row");
        let bars = Labels::of(&rows).bars("t", &rows, &R.info, Axis::linear("R"));
        let drawn: Vec<Vec<bool>> =
            bars.series.iter().map(|s| s.values.iter().map(Option::is_some).collect()).collect();
        assert_eq!(drawn, [[true], [false]]);
    }
}
