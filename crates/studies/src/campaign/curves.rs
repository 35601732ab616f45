//! Curves of a campaign study: means over time, and recovery.

use super::rows::{DayRow, OutcomeRow, RecoveryRow, TimelineRow};
use hydranet_results::statistics::{Clustered, Estimate, LEVEL, kaplan_meier_clustered};
use hydranet_results::{Independent, Table};

/// Rows of one cell after the other, cells in the order of their first row.
fn cells<R>(rows: Vec<R>, cell: impl Fn(&R) -> (&str, &str)) -> Vec<Vec<R>> {
    let mut list: Vec<Vec<R>> = Vec::new();
    for row in rows {
        match list.iter_mut().rev().find(|rows| cell(&rows[0]) == cell(&row)) {
            Some(rows) => rows.push(row),
            None => list.push(vec![row]),
        }
    }
    list
}

/// One way of reading a day, and whether it gives a share.
type Reading = (&'static str, fn(&DayRow) -> f64, bool);

const READINGS: [Reading; 5] = [
    ("reach", |r| r.reach as f64 / r.peers as f64, true),
    ("online", |r| r.online as f64 / r.peers as f64, true),
    ("known", |r| r.known as f64 / r.peers as f64, true),
    ("relative", |r| if r.reach_twin == 0 { 1.0 } else { r.reach as f64 / r.reach_twin as f64 }, true),
    ("evidence", |r| r.nats, false),
];

/// The mean of shares, whose interval stays between 0 and the most that a trial of the cell ever has, 1 at least: a network
/// may grow, and reach a little more than its twin.
fn share_estimate(values: &[(u64, f64)], most: f64) -> Option<Estimate> {
    let scaled = Clustered::new(values.iter().map(|(cluster, x)| (*cluster, x / most))).ok()?;
    let interval = scaled.share_interval(LEVEL);
    let e = Clustered::new(values.iter().copied()).ok()?.estimate(LEVEL)?;
    Some(Estimate { lo: interval.map(|i| i.lo * most), hi: interval.map(|i| i.hi * most), ..e })
}

/// Mean curves with intervals. O(rows · log rows).
///
/// # Panics
/// If the table is of another schema.
pub fn timeline(days: &Table) -> Vec<TimelineRow> {
    let independent = Independent::of(days.records::<DayRow>().map(|row| row.network));
    let cells = cells(days.records::<DayRow>().collect(), |r| (&r.topology, &r.treatment));
    let mut rows = Vec::new();
    for mut cell in cells {
        cell.sort_by_key(|r| r.hour);
        for (measure, read, is_share) in READINGS {
            let most = cell.iter().map(read).fold(1.0, f64::max);
            for same in cell.chunk_by(|a, b| a.hour == b.hour) {
                let values = same.iter().map(|r| (independent.cluster((r.network, r.order)), read(r)));
                let values: Vec<(u64, f64)> = values.collect();
                let estimate = match is_share {
                    true => share_estimate(&values, most),
                    false => Clustered::new(values).ok().and_then(|c| c.estimate(LEVEL)),
                };
                let Some(e) = estimate else { continue };
                rows.push(TimelineRow {
                    topology: same[0].topology.clone(),
                    treatment: same[0].treatment.clone(),
                    measure: measure.into(),
                    day: same[0].hour as f64 / 24.0,
                    mean: e.mean,
                    lo: e.lo,
                    hi: e.hi,
                });
            }
        }
    }
    rows
}

/// Recovery curves. The first row of a cell and level, at day 0, says how many trials fell below the level.
///
/// # Panics
/// If the table is of another schema.
pub fn recovery(outcomes: &Table) -> Vec<RecoveryRow> {
    let independent = Independent::of(outcomes.records::<OutcomeRow>().map(|row| row.network));
    let cells = cells(outcomes.records::<OutcomeRow>().collect(), |r| (&r.topology, &r.treatment));
    let mut rows = Vec::new();
    for trials in &cells {
        for level in [50, 90] {
            let wait = |r: &OutcomeRow| {
                let (hours, came) = if level == 50 { (r.recover_50, r.came_50) } else { (r.recover_90, r.came_90) };
                hours.map(|h| (independent.cluster((r.network, r.order)), h as f64 / 24.0, came == 1))
            };
            let waits: Vec<(u64, f64, bool)> = trials.iter().filter_map(wait).collect();
            let row = |day, at_risk, recovered, share_down, lo, hi| RecoveryRow {
                topology: trials[0].topology.clone(),
                treatment: trials[0].treatment.clone(),
                level,
                day,
                at_risk,
                recovered,
                share_down,
                lo,
                hi,
            };
            if waits.is_empty() {
                continue;
            }
            rows.push(row(0.0, waits.len() as u64, 0, 1.0, None, None));
            for s in kaplan_meier_clustered(&waits, LEVEL) {
                let (lo, hi) = (s.interval.map(|i| i.lo), s.interval.map(|i| i.hi));
                rows.push(row(s.time, s.at_risk, s.events, s.share, lo, hi));
            }
            // where the end cuts off the last of those that wait, the curve goes on until then
            let cut = waits.iter().filter(|w| !w.2).map(|w| w.1).fold(0.0, f64::max);
            if cut > rows.last().map_or(0.0, |last| last.day) {
                let (last, left) = (rows.last().expect("just pushed").clone(), waits.iter().filter(|w| w.1 >= cut));
                rows.push(row(cut, left.count() as u64, 0, last.share_down, last.lo, last.hi));
            }
        }
    }
    rows
}
