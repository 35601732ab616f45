//! What a lookup study records: one row a trial and removed share; and what is read off the rows.

use crate::statistics::{Clustered, Estimate, LEVEL, ratio_estimate};
use crate::{Table, table};
use std::collections::BTreeMap;

table! {
    /// One row a trial (network × order) and number of removed nodes.
    LOOKUPS "lookups" LookupRow<'t> {
        topology: Text &'t str, "", "label of the topology in the spec";
        model: Text &'t str, "", "name of the topology's model";
        treatment: Text &'t str, "", "label of the treatment in the spec";
        strategy: Text &'t str, "", "name of the strategy that decides which nodes fail";
        network: Count u64, "", "number of the network draw, from 0";
        order: Count u64, "", "number of the order on that network, from 0";
        point: Count u64, "", "number of the removed share in the spec, from 0";
        nodes: Count u64, "nodes", "nodes that can fail: all but the Sybils of a defender";
        removed: Count u64, "nodes", "nodes that have failed, q";
        lookups: Count u64, "lookups", "lookups between live nodes, pairs drawn uniformly; under an eclipse, the targets from the key range that it covers";
        failed: Count u64, "lookups", "those of them that did not arrive";
        captured: Count u64, "lookups", "those of the failed that met a sinkhole or a node of the defender's";
        hops: Count u64, "hops", "hops (rounds of iterative lookups) of those that arrived, together";
        requests: NullableCount Option<u64>, "requests", "requests of all iterative lookups, to the dead as well; empty where lookups are handed on";
        hops_p50: NullableCount Option<u64>, "hops", "median hops of those that arrived; empty if none did";
        hops_p90: NullableCount Option<u64>, "hops", "90 % of those that arrived took at most so many";
        expected: NullableReal Option<f64>, "1", "failed/lookups in closed form if each node fails with the chance removed/nodes; empty where none is known, and below 1,000 live nodes, where a fixed number of failures is something else";
    }
}

/// A number that a trial gives at a removed share, or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LookupMetric {
    /// Share of the lookups that failed.
    Failed,
    /// Share of the lookups that failed and had met a sinkhole or a node of the defender's.
    Captured,
    /// Requests a lookup, of iterative ones.
    Requests,
    /// Mean hops of those that arrived.
    HopsMean,
    /// Median hops of those that arrived.
    HopsP50,
    /// 90th percentile of the hops of those that arrived.
    HopsP90,
}

impl LookupMetric {
    /// All, in the order of the summary.
    pub const ALL: [LookupMetric; 6] = [
        LookupMetric::Failed,
        LookupMetric::Captured,
        LookupMetric::HopsMean,
        LookupMetric::HopsP50,
        LookupMetric::HopsP90,
        LookupMetric::Requests,
    ];

    /// What it is called in files.
    pub const fn name(self) -> &'static str {
        match self {
            LookupMetric::Failed => "failed",
            LookupMetric::Captured => "captured",
            LookupMetric::Requests => "requests",
            LookupMetric::HopsMean => "hops_mean",
            LookupMetric::HopsP50 => "hops_p50",
            LookupMetric::HopsP90 => "hops_p90",
        }
    }

    /// Its unit: "hops", "requests", or "1" for shares.
    pub const fn unit(self) -> &'static str {
        match self {
            LookupMetric::Failed | LookupMetric::Captured => "1",
            LookupMetric::Requests => "requests",
            _ => "hops",
        }
    }

    /// Its value in a row; `None` if it is missing. O(1).
    pub fn of(self, row: &LookupRow<'_>) -> Option<f64> {
        match self {
            LookupMetric::HopsP50 => row.hops_p50.map(|hops| hops as f64),
            LookupMetric::HopsP90 => row.hops_p90.map(|hops| hops as f64),
            _ => {
                let (over, under) = self.quotient(row)?;
                (under > 0).then(|| over as f64 / under as f64)
            }
        }
    }

    /// What is divided by what; `None` if it was not counted, or is no quotient.
    fn quotient(self, row: &LookupRow<'_>) -> Option<(u64, u64)> {
        match self {
            LookupMetric::Failed => Some((row.failed, row.lookups)),
            LookupMetric::Captured => Some((row.captured, row.lookups)),
            LookupMetric::Requests => Some((row.requests?, row.lookups)),
            LookupMetric::HopsMean => Some((row.hops, row.lookups - row.failed)),
            LookupMetric::HopsP50 | LookupMetric::HopsP90 => None,
        }
    }

    /// The mean over trials and its interval.
    fn estimate(self, trials: &[LookupRow<'_>]) -> Option<Estimate> {
        let values = trials.iter().filter_map(|row| Some((row.network, self.of(row)?)));
        let values = || Clustered::new(values).expect("quotients with a denominator above 0 are finite");
        match self {
            LookupMetric::Failed | LookupMetric::Captured => values().share_estimate(LEVEL),
            LookupMetric::HopsP50 | LookupMetric::HopsP90 => values().estimate(LEVEL),
            // in a mean of means a trial in which one lookup arrived would weigh as much as one in which all did
            LookupMetric::Requests | LookupMetric::HopsMean => {
                let quotient = |row: &LookupRow<'_>| {
                    let (over, under) = self.quotient(row)?;
                    Some((row.network, over as f64, under as f64))
                };
                ratio_estimate(trials.iter().filter_map(quotient), LEVEL)
            }
        }
    }
}

table! {
    /// One row a cell, removed share and metric.
    LOOKUP_SUMMARY "lookup_summary" LookupSummaryRow {
        topology: Text String, "", "label of the topology in the spec";
        treatment: Text String, "", "label of the treatment in the spec";
        metric: Text String, "", "failed, captured: share of lookups; hops_mean, hops_p50, hops_p90: of those that arrived; requests: a lookup";
        point: Count u64, "", "number of the removed share in the spec, from 0";
        unit: Text String, "", "unit of mean, sd, lo, hi and expected; 1 for shares";
        removed: Real f64, "1", "removed fraction, q/N";
        mean: NullableReal Option<f64>, "see unit", "mean over trials (hops_mean, requests: over all their lookups together); empty if none has a value";
        sd: NullableReal Option<f64>, "see unit", "sample standard deviation of trials; empty below two";
        lo: NullableReal Option<f64>, "see unit", "lower end of the 95 % interval for the mean, by networks; for shares as Wilson's";
        hi: NullableReal Option<f64>, "see unit", "upper end of that interval";
        expected: NullableReal Option<f64>, "see unit", "closed form if each node fails with the chance removed; from 1,000 live nodes on";
        trials: Count u64, "trials", "trials with a value";
        networks: Count u64, "networks", "networks that these trials ran on";
        missing: Count u64, "trials", "trials without a value: no lookup arrived";
    }
}

/// Every metric of every cell and removed share of a [`LOOKUPS`] table: cells in the order of their first row, metrics
/// in the order of [`LookupMetric::ALL`], shares as the spec has them. O(rows · log).
///
/// # Panics
/// If the table is of another schema.
pub fn lookup_summary(table: &Table) -> Vec<LookupSummaryRow> {
    let mut cells: Vec<(&str, &str)> = Vec::new();
    let mut rows: BTreeMap<(usize, u64), Vec<LookupRow<'_>>> = BTreeMap::new();
    for row in table.records::<LookupRow<'_>>() {
        let cell = (row.topology, row.treatment);
        let number = cells.iter().rposition(|c| *c == cell).unwrap_or_else(|| {
            cells.push(cell);
            cells.len() - 1
        });
        rows.entry((number, row.point)).or_default().push(row);
    }
    let mut list = Vec::new();
    for (number, (topology, treatment)) in cells.iter().enumerate() {
        for metric in LookupMetric::ALL {
            for trials in rows.range((number, 0)..=(number, u64::MAX)).map(|(_, trials)| trials) {
                let estimate = metric.estimate(trials);
                let mean =
                    |of: &dyn Fn(&LookupRow<'_>) -> f64| trials.iter().map(of).sum::<f64>() / trials.len() as f64;
                if metric == LookupMetric::Requests && trials.iter().all(|row| row.requests.is_none()) {
                    continue;
                }
                let expected = trials.iter().all(|row| row.expected.is_some()) && metric == LookupMetric::Failed;
                let with_value = estimate.as_ref().map_or(0, |e| e.trials);
                list.push(LookupSummaryRow {
                    topology: (*topology).to_owned(),
                    treatment: (*treatment).to_owned(),
                    metric: metric.name().to_owned(),
                    unit: metric.unit().to_owned(),
                    point: trials[0].point,
                    removed: mean(&|row| row.removed as f64 / row.nodes as f64),
                    mean: estimate.as_ref().map(|e| e.mean),
                    sd: estimate.as_ref().and_then(|e| e.sd),
                    lo: estimate.as_ref().and_then(|e| e.lo),
                    hi: estimate.as_ref().and_then(|e| e.hi),
                    expected: expected.then(|| mean(&|row| row.expected.unwrap_or_default())),
                    trials: with_value,
                    networks: estimate.as_ref().map_or(0, |e| e.clusters),
                    missing: trials.len() as u64 - with_value,
                });
            }
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(topology: &'static str, network: u64, point: u64, failed: u64) -> LookupRow<'static> {
        LookupRow {
            topology,
            model: "chord",
            treatment: "random",
            strategy: "random",
            network,
            order: 0,
            point,
            nodes: 10,
            removed: 4 * point,
            lookups: 100,
            failed,
            captured: 0,
            requests: None,
            hops: 3 * (100 - failed),
            hops_p50: (failed < 100).then_some(3),
            hops_p90: (failed < 100).then_some(3),
            expected: (topology == "tree").then_some(0.25),
        }
    }

    #[test]
    fn cells_points_and_metrics() {
        let list = [
            row("tree", 0, 0, 0),
            row("tree", 0, 1, 100),
            row("tree", 1, 0, 0),
            row("tree", 1, 1, 60),
            row("ring", 0, 0, 0),
        ];
        let summary = lookup_summary(&Table::of(&list));
        assert_eq!(summary.len(), 3 * (LookupMetric::ALL.len() - 1), "nobody asked");
        let found = |topology: &str, metric: &str, removed: f64| {
            summary.iter().find(|r| r.topology == topology && r.metric == metric && r.removed == removed).unwrap()
        };
        let failed = found("tree", "failed", 0.4);
        // as many trials as a standard error of 0.2 has, 0.8 · 0.2/0.2² = 4, and 12.706 standard errors: 0.5073 ± 0.4918
        assert_eq!((failed.mean, failed.expected, failed.networks), (Some(0.8), Some(0.25), 2));
        assert!((failed.hi.unwrap() - 0.9990).abs() < 1e-4 && failed.lo.unwrap() > 0.0, "{failed:?}");
        let hops = found("tree", "hops_mean", 0.4);
        assert_eq!((hops.mean, hops.expected, hops.trials, hops.missing), (Some(3.0), None, 1, 1));
        assert_eq!(found("ring", "failed", 0.0).lo, None, "one network has no interval");
        let table = Table::of(&summary);
        assert!(table.records::<LookupSummaryRow>().eq(summary.iter().cloned()), "read back as written");
    }
}
