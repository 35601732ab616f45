//! The effect of the n-th takedown; of very many, several together.

use super::rows::{HydraRow, StrikeRow};
use hydranet_results::statistics::{LEVEL, ratio_estimate};
use hydranet_results::{Independent, Table};
use std::collections::BTreeMap;

/// Points of a curve at most.
const POINTS: u64 = 12;

/// Cluster, reach lost, reach of the twin.
type Loss = (u64, f64, f64);

/// Mean effects: reach lost over all trials, over the reach of their twins. In the order of the first row of a cell. O(rows · log
/// rows).
pub(super) fn hydra(strikes: &Table) -> Vec<HydraRow> {
    let rows: Vec<StrikeRow> = strikes.records().collect();
    let most = rows.iter().map(|row| row.strike).max().unwrap_or(1);
    let together = most.div_ceil(POINTS);
    let independent = Independent::of(rows.iter().map(|row| row.network));
    let mut cells: Vec<(&str, &str)> = Vec::new();
    let mut by: BTreeMap<(&str, &str, u64), Vec<Loss>> = BTreeMap::new();
    for row in &rows {
        let cell = (row.topology.as_str(), row.treatment.as_str());
        if cells.last() != Some(&cell) && !cells.contains(&cell) {
            cells.push(cell);
        }
        let lost = row.reach_twin as f64 - row.reach as f64;
        let cluster = independent.cluster((row.network, row.order));
        let first = (row.strike - 1) / together * together + 1;
        by.entry((cell.0, cell.1, first)).or_default().push((cluster, lost, row.reach_twin as f64));
    }
    let mut list = Vec::new();
    for (topology, treatment) in cells {
        for (&(_, _, strike), trials) in by.range((topology, treatment, 0)..=(topology, treatment, u64::MAX)) {
            let Some(e) = ratio_estimate(trials.iter().copied(), LEVEL) else { continue };
            list.push(HydraRow {
                topology: topology.into(),
                treatment: treatment.into(),
                strike,
                until: (strike + together - 1).min(most),
                effect: e.mean,
                lo: e.lo,
                hi: e.hi,
                trials: trials.len() as u64,
            });
        }
    }
    list
}
