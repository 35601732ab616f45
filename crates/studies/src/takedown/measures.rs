//! Measures of the whole network along a takedown.

use hydranet_results::{Observed, Place, table};

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

impl Observed for MeasureRow<'_> {
    fn cell(&self) -> [&str; 2] {
        [self.topology, self.treatment]
    }

    fn trial(&self) -> (u64, u64) {
        (self.network, self.order)
    }

    /// Networks whose orders differ in length have their places by q/L to six digits.
    fn place(&self) -> Option<Place> {
        let millionths = (self.removed as f64 / self.steps.max(1) as f64 * 1e6).round() as u64;
        Some(Place { key: millionths, at: millionths as f64 / 1e6 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::takedown::metrics::MEASURED;
    use hydranet_results::summary::summarize;
    use hydranet_results::{Observations, Table};

    #[test]
    fn means_by_fraction() {
        let mut table = Table::new(&MEASURES);
        for (network, removed, value) in
            [(0, 0, Some(1.0)), (0, 5, Some(0.5)), (1, 0, Some(2.0)), (1, 5, None), (2, 0, None), (2, 5, None)]
        {
            let row = MeasureRow {
                topology: "t",
                treatment: "x",
                measure: "diameter",
                unit: "hops",
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
        let means = summarize(&Observations::of(&[&MEASURED], &[table]));
        let short: Vec<_> = means.iter().map(|m| (m.metric.as_str(), m.at, m.mean, m.trials, m.missing)).collect();
        assert_eq!(short, [("diameter", Some(0.0), Some(1.5), 2, 1), ("diameter", Some(0.5), Some(0.5), 1, 2)]);
    }
}
