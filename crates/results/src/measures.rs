//! Measures of the whole network along a takedown.

use crate::statistics::{Clustered, LEVEL};
use crate::{Table, table};
use std::collections::BTreeMap;

table! {
    /// One row a trial, removed fraction and measure.
    MEASURES "measures" MeasureRow<'t> {
        topology: Text &'t str, "", "label of the topology in the spec";
        treatment: Text &'t str, "", "label of the treatment in the spec";
        measure: Text &'t str, "", "the measure: see `hydranet describe measures`";
        unit: Text &'t str, "", "unit of the measure; 1 for a pure number";
        network: Count u64, "", "index of the network draw, from 0";
        order: Count u64, "", "index of the removal order on this network, from 0";
        steps: Count u64, "removals", "L: items in the removal order";
        removed: Count u64, "removals", "q: items that are gone; what is left is measured by itself";
        nodes: Count u64, "nodes", "nodes that are left";
        value: NullableReal Option<f64>, "1 or hops", "the value; empty where it is not defined, or infinite";
        standard_error: NullableReal Option<f64>, "1 or hops", "of an estimate from random samples; empty where exact";
    }
}

table! {
    /// One row a cell, measure and removed fraction.
    MEASURE_MEANS "measure_means" MeasureMeanRow {
        topology: Text String, "", "label of the topology in the spec";
        treatment: Text String, "", "label of the treatment in the spec";
        measure: Text String, "", "the measure: see `hydranet describe measures`";
        unit: Text String, "", "unit of the measure; 1 for a pure number";
        removed: Real f64, "1", "removed fraction, q/L";
        mean: Real f64, "1 or hops", "mean over the trials that have a value";
        lo: NullableReal Option<f64>, "1 or hops", "lower end of its 95 % interval, by networks";
        hi: NullableReal Option<f64>, "1 or hops", "upper end of that interval";
        trials: Count u64, "trials", "trials with a value";
        missing: Count u64, "trials", "trials without one";
    }
}

/// A cell and measure, and the removed fraction in millionths.
type Point = (usize, u64);

/// Values by network, and how many trials have none.
type Values = (Vec<(u64, f64)>, u64);

/// Means over trials, in the order of the first row of each cell, by measure and rising removed fraction. Networks whose orders
/// differ in length have their points by q/L to six digits. O(rows · log).
///
/// # Panics
/// If the table is of another schema.
pub fn measure_means(measures: &Table) -> Vec<MeasureMeanRow> {
    let mut keys: Vec<[&str; 4]> = Vec::new();
    let mut places: BTreeMap<[&str; 4], usize> = BTreeMap::new();
    let mut cells: BTreeMap<Point, Values> = BTreeMap::new();
    for row in measures.records::<MeasureRow<'_>>() {
        let key = [row.topology, row.treatment, row.measure, row.unit];
        let place = *places.entry(key).or_insert_with(|| {
            keys.push(key);
            keys.len() - 1
        });
        let millionths = (row.removed as f64 / row.steps.max(1) as f64 * 1e6).round() as u64;
        let (values, missing) = cells.entry((place, millionths)).or_default();
        match row.value {
            Some(value) => values.push((row.network, value)),
            None => *missing += 1,
        }
    }
    let mean = |((place, millionths), (values, missing)): (Point, Values)| {
        let estimate = Clustered::new(values).expect("what is not finite is missing").estimate(LEVEL)?;
        let [topology, treatment, measure, unit] = keys[place].map(str::to_owned);
        Some(MeasureMeanRow {
            topology,
            treatment,
            measure,
            unit,
            removed: millionths as f64 / 1e6,
            mean: estimate.mean,
            lo: estimate.lo,
            hi: estimate.hi,
            trials: estimate.trials,
            missing,
        })
    };
    cells.into_iter().filter_map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_by_fraction() {
        let mut table = Table::new(&MEASURES);
        for (network, removed, value) in
            [(0, 0, Some(1.0)), (0, 5, Some(0.5)), (1, 0, Some(2.0)), (1, 5, None), (2, 0, None), (2, 5, None)]
        {
            let row = MeasureRow {
                topology: "t",
                treatment: "x",
                measure: "m",
                unit: "1",
                network,
                order: 0,
                steps: 10,
                removed,
                nodes: 10 - removed,
                value,
                standard_error: None,
            };
            table.push_record(&row).unwrap();
        }
        let means = measure_means(&table);
        let short: Vec<_> = means.iter().map(|m| (m.removed, m.mean, m.trials, m.missing)).collect();
        assert_eq!(short, [(0.0, 1.5, 2, 1), (0.5, 0.5, 1, 2)]);
        assert_eq!(Table::of(&means).records::<MeasureMeanRow>().collect::<Vec<_>>(), means);
        assert_eq!(table.records::<MeasureRow<'_>>().count(), 6);
    }
}
