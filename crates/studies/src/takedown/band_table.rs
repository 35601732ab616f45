//! Mean curves as a table: what figures are drawn from when the raw rows are not at hand.

use super::bands::{CurveMeasure, bands};
use super::rows::CurveRow;
use hydranet_results::{Independent, Table, table};
use std::collections::BTreeMap;

table! {
    /// One row a cell, measure and point.
    BANDS "bands" BandRow {
        topology: Text String, "", "label of the topology in the spec";
        treatment: Text String, "", "label of the treatment in the spec";
        measure: Text String, "", "largest: S1/N; second: S2/N; reach: reach/peers; susceptibility: (Σs² − S1²)/N; spent: share of the total cost";
        removed: Real f64, "1", "removed fraction, q/L";
        removals: Real f64, "removals", "q: the removed fraction times the mean L of the cell";
        mean: Real f64, "1 or nodes", "mean over trials";
        lo: NullableReal Option<f64>, "1 or nodes", "lower end of the 95 % interval at this point, by networks (of one network: by its orders)";
        hi: NullableReal Option<f64>, "1 or nodes", "upper end of that interval";
        trials: Count u64, "trials", "trials with a value";
        networks: Count u64, "networks", "networks that these trials ran on";
    }
}

/// Seven significant digits: far finer than any figure or interval, and half as long in a file that is kept.
fn rounded(x: f64) -> f64 {
    format!("{x:.6e}").parse().expect("a number as it was printed")
}

/// The mean curves of every cell and measure of a [`crate::takedown::rows::CURVES`] table. O(measures · rows · log).
///
/// # Panics
/// If the table is of another schema.
pub fn band_rows(curves: &Table) -> Vec<BandRow> {
    let mut steps: BTreeMap<(&str, &str), (f64, f64)> = BTreeMap::new();
    for row in curves.records::<CurveRow<'_>>() {
        // a mean over rows: every trial of a cell has about as many of them
        let sum = steps.entry((row.topology, row.treatment)).or_default();
        *sum = (sum.0 + row.steps as f64, sum.1 + 1.0);
    }
    let independent = Independent::of(curves.records::<CurveRow<'_>>().map(|row| row.network));
    let mut rows = Vec::new();
    for measure in CurveMeasure::ALL {
        for band in bands(curves, measure) {
            let (sum, rows_of) = steps[&(band.topology.as_str(), band.treatment.as_str())];
            rows.extend(band.points.iter().map(|point| BandRow {
                topology: band.topology.clone(),
                treatment: band.treatment.clone(),
                measure: measure.name().to_owned(),
                removed: rounded(point.removed),
                removals: rounded(point.removed * sum / rows_of),
                mean: rounded(point.value.mean),
                lo: point.value.lo.map(rounded),
                hi: point.value.hi.map(rounded),
                trials: point.value.trials,
                networks: independent.networks(point.value.clusters),
            }));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::takedown::rows::CURVES;

    #[test]
    fn removals_are_counts_again() {
        let mut curves = Table::new(&CURVES);
        for (network, removed, largest) in [(0, 0, 4), (0, 1, 3), (0, 4, 0), (1, 0, 4), (1, 1, 1), (1, 4, 0)] {
            let row = CurveRow {
                topology: "t",
                treatment: "x",
                network,
                order: 0,
                nodes: 4,
                peers: 0,
                steps: 4,
                removed,
                largest,
                second: 0,
                sum_squares: largest * largest,
                reach: 0,
                spent: None,
            };
            curves.push_record(&row).unwrap();
        }
        let rows = band_rows(&curves);
        // no peers: no reach
        assert_eq!(rows.iter().map(|r| r.measure.as_str()).filter(|m| *m == "reach").count(), 0);
        let largest: Vec<(f64, f64)> =
            rows.iter().filter(|r| r.measure == "largest").map(|r| (r.removals, r.mean)).collect();
        assert_eq!(largest, [(0.0, 1.0), (1.0, 0.5), (4.0, 0.0)]);
        let table = Table::of(&rows);
        assert_eq!(table.records::<BandRow>().collect::<Vec<_>>(), rows);
    }
}
