//! Two runs beside each other: what of one moved in the other, cell by cell.
//!
//! Where both runs have the same seed, trials of the same network and order share their random streams, and what they share cancels in
//! their difference: pass the raw rows of both. Where only summaries are at hand, or seeds differ, the two intervals are taken for
//! independent, and a difference has about the root of the sum of their squares.

use crate::differences::contrast;
use crate::metric::Summing;
use crate::observations::Observations;
use crate::statistics::{Contrast, LEVEL, holm, student_t_quantile};
use crate::summary::SummaryRow;
use crate::table;
use std::collections::BTreeMap;

table! {
    /// One row a cell, metric and place that two runs have.
    COMPARISON "comparison" ComparisonRow {
        topology: Text String, "", "label of the topology in both specs";
        treatment: Text String, "", "label of the treatment in both specs";
        metric: Text String, "", "what was measured: `hydranet describe METRIC`";
        axis: Text String, "", "what `at` is; empty where the metric is of the whole trial";
        at: NullableReal Option<f64>, "see axis", "the place in the first run: mean over trials";
        unit: Text String, "", "unit of the numbers; 1 for ratios";
        first: NullableReal Option<f64>, "see unit", "the value in the first run (of waits: the median); empty if there is none";
        second: NullableReal Option<f64>, "see unit", "the value in the second run";
        difference: NullableReal Option<f64>, "see unit", "second less first; over paired trials where there are pairs";
        lo: NullableReal Option<f64>, "see unit", "lower end of the 95 % interval of the difference; empty where one run has none";
        hi: NullableReal Option<f64>, "see unit", "upper end of that interval";
        p: NullableReal Option<f64>, "1", "two-sided p-value of no difference; empty where there is no interval";
        p_holm: NullableReal Option<f64>, "1", "the same adjusted for all rows of the comparison (Holm 1979)";
        pairs: Count u64, "pairs", "trials that share their random streams; 0 where the two are taken for independent";
    }
}

impl ComparisonRow {
    /// Whether the two differ, all rows looked at together.
    pub fn moved(&self) -> bool {
        self.p_holm.is_some_and(|p| p <= 1.0 - LEVEL)
    }
}

/// A cell, metric and place, as summaries name them.
type Name<'s> = (&'s str, &'s str, &'s str, Option<u64>);

fn name(row: &SummaryRow) -> Name<'_> {
    // places by what they are, not by their number: a run with more places numbers them otherwise
    (&row.topology, &row.treatment, &row.metric, row.at.map(f64::to_bits))
}

/// What both runs have, in the order of the first; `raw` are the rows of both, where their trials share streams.
/// O(rows · log rows).
pub fn compare([first, second]: [&[SummaryRow]; 2], raw: Option<[&Observations; 2]>) -> Vec<ComparisonRow> {
    let others: BTreeMap<Name<'_>, &SummaryRow> = second.iter().map(|row| (name(row), row)).collect();
    let paired = raw.map(contrasts).unwrap_or_default();
    let row = |one: &SummaryRow, two: &SummaryRow| {
        let pair = paired.get(&(one.topology.clone(), one.treatment.clone(), one.metric.clone(), one.point));
        let contrast = pair.copied().or_else(|| independent(one, two));
        let interval = contrast.and_then(|c| c.interval(LEVEL));
        let [a, b] = [one, two].map(|row| row.mean.or(row.median));
        ComparisonRow {
            topology: one.topology.clone(),
            treatment: one.treatment.clone(),
            metric: one.metric.clone(),
            axis: one.axis.clone(),
            at: one.at,
            unit: one.unit.clone(),
            first: a,
            second: b,
            difference: contrast.map(|c| c.mean).or_else(|| Some(b? - a?)),
            lo: interval.map(|i| i.lo),
            hi: interval.map(|i| i.hi),
            p: contrast.and_then(|c| c.p()),
            p_holm: None,
            pairs: pair.map_or(0, |c| c.pairs),
        }
    };
    let mut rows: Vec<_> = first.iter().filter_map(|one| Some(row(one, others.get(&name(one))?))).collect();
    let adjusted = holm(&rows.iter().filter_map(|row| row.p).collect::<Vec<_>>());
    rows.iter_mut().filter(|row| row.p.is_some()).zip(adjusted).for_each(|(row, p)| row.p_holm = Some(p));
    rows
}

/// Differences of paired trials, by cell, metric and the number of the place in the first run.
fn contrasts([first, second]: [&Observations; 2]) -> BTreeMap<(String, String, String, Option<u64>), Contrast> {
    let cell_of = |cell: &[String; 2]| second.cells().iter().position(|other| other == cell);
    let cells: Vec<Option<usize>> = first.cells().iter().map(cell_of).collect();
    let found = first.groups().filter_map(|one| {
        let (info, axis) = first.metric(one.metric);
        // a wait that did not end has no value, and leaving it out would favour the run with more of them
        if info.summing == Summing::Wait {
            return None;
        }
        let number = second.number_of(info.name, axis)?;
        let other = second.group(cells[one.cell]?, number, one.place)?;
        let contrast = contrast(info, other, one.group).0?;
        let [topology, treatment] = first.cells()[one.cell].clone();
        Some(((topology, treatment, info.name.to_string(), one.point), contrast))
    });
    found.collect()
}

/// The difference of two values with intervals of their own: the standard error behind each is half its width by Student's t.
fn independent(one: &SummaryRow, two: &SummaryRow) -> Option<Contrast> {
    let (a, b) = (one.mean?, two.mean?);
    let error = |row: &SummaryRow| {
        let (lo, hi) = row.interval()?;
        let degrees = usize::try_from(row.networks).ok()?.checked_sub(1).filter(|d| *d > 0)?;
        Some((hi - lo) / 2.0 / student_t_quantile(0.5 + LEVEL / 2.0, degrees))
    };
    let error = Some(libm::hypot(error(one)?, error(two)?));
    let clusters = one.networks.min(two.networks);
    Some(Contrast { mean: b - a, sd: None, error, pairs: 0, clusters })
}

#[cfg(test)]
#[path = "comparison_tests.rs"]
mod tests;
