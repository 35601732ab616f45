//! Curves of a campaign study: means over time, and recovery.

use super::rows::{DayRow, OutcomeRow, RecoveryRow, TimelineRow};
use hydranet_results::statistics::{Clustered, LEVEL, kaplan_meier};
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

/// One way of reading a day.
type Reading = (&'static str, fn(&DayRow) -> f64);

const READINGS: [Reading; 5] = [
    ("reach", |r| r.reach as f64 / r.peers as f64),
    ("online", |r| r.online as f64 / r.peers as f64),
    ("known", |r| r.known as f64 / r.peers as f64),
    ("relative", |r| if r.reach_twin == 0 { 1.0 } else { r.reach as f64 / r.reach_twin as f64 }),
    ("evidence", |r| r.nats),
];

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
        for (measure, read) in READINGS {
            for same in cell.chunk_by(|a, b| a.hour == b.hour) {
                let values = same.iter().map(|r| (independent.cluster((r.network, r.order)), read(r)));
                let Some(e) = Clustered::new(values).ok().and_then(|c| c.estimate(LEVEL)) else { continue };
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
    let cells = cells(outcomes.records::<OutcomeRow>().collect(), |r| (&r.topology, &r.treatment));
    let mut rows = Vec::new();
    for trials in &cells {
        for level in [50, 90] {
            let wait = |r: &OutcomeRow| {
                let (hours, came) = if level == 50 { (r.recover_50, r.came_50) } else { (r.recover_90, r.came_90) };
                hours.map(|h| (h as f64 / 24.0, came == 1))
            };
            let waits: Vec<(f64, bool)> = trials.iter().filter_map(wait).collect();
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
            for s in kaplan_meier(&waits, LEVEL) {
                let (lo, hi) = (s.interval.map(|i| i.lo), s.interval.map(|i| i.hi));
                rows.push(row(s.time, s.at_risk, s.events, s.share, lo, hi));
            }
            let cut = waits.iter().filter(|w| !w.1).map(|w| w.0).fold(0.0, f64::max);
            if cut > 0.0 {
                let (last, left) = (rows.last().expect("just pushed").clone(), waits.iter().filter(|w| w.0 >= cut));
                rows.push(row(cut, left.count() as u64, 0, last.share_down, last.lo, last.hi));
            }
        }
    }
    rows
}
