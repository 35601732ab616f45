//! Measures of the whole network along a takedown.

use crate::schema::field;
use crate::statistics::{Clustered, LEVEL};
use crate::{Cells, Kind, Record, Schema, Table, Value};
use std::collections::BTreeMap;

/// One row a trial, removed fraction and measure.
pub static MEASURES: Schema = Schema {
    name: "measures",
    version: 1,
    fields: &[
        field("topology", Kind::Text, "", "label of the topology in the spec"),
        field("treatment", Kind::Text, "", "label of the treatment in the spec"),
        field("measure", Kind::Text, "", "the measure: see `hydranet describe measures`"),
        field("network", Kind::Count, "", "index of the network draw, from 0"),
        field("order", Kind::Count, "", "index of the removal order on this network, from 0"),
        field("steps", Kind::Count, "removals", "L: items in the removal order"),
        field("removed", Kind::Count, "removals", "q: items that are gone; what is left is measured by itself"),
        field("nodes", Kind::Count, "nodes", "nodes that are left"),
        field("value", Kind::NullableReal, "1 or hops", "the value; empty where it is not defined, or infinite"),
        field(
            "standard_error",
            Kind::NullableReal,
            "1 or hops",
            "of an estimate from random samples; empty where exact",
        ),
    ],
};

/// One row a cell, measure and removed fraction.
pub static MEASURE_MEANS: Schema = Schema {
    name: "measure_means",
    version: 1,
    fields: &[
        field("topology", Kind::Text, "", "label of the topology in the spec"),
        field("treatment", Kind::Text, "", "label of the treatment in the spec"),
        field("measure", Kind::Text, "", "the measure: see `hydranet describe measures`"),
        field("removed", Kind::Real, "1", "removed fraction, q/L"),
        field("mean", Kind::Real, "1 or hops", "mean over the trials that have a value"),
        field("lo", Kind::NullableReal, "1 or hops", "lower end of its 95 % interval, by networks"),
        field("hi", Kind::NullableReal, "1 or hops", "upper end of that interval"),
        field("trials", Kind::Count, "trials", "trials with a value"),
        field("missing", Kind::Count, "trials", "trials without one"),
    ],
};

/// A row of [`MEASURES`]; the fields are its columns.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)] // each is described in the schema, once
pub struct MeasureRow<'t> {
    pub topology: &'t str,
    pub treatment: &'t str,
    pub measure: &'t str,
    pub network: u64,
    pub order: u64,
    pub steps: u64,
    pub removed: u64,
    pub nodes: u64,
    pub value: Option<f64>,
    pub standard_error: Option<f64>,
}

impl<'t> Record<'t> for MeasureRow<'t> {
    const SCHEMA: &'static Schema = &MEASURES;

    fn values(&self) -> Vec<Value<'_>> {
        vec![
            self.topology.into(),
            self.treatment.into(),
            self.measure.into(),
            self.network.into(),
            self.order.into(),
            self.steps.into(),
            self.removed.into(),
            self.nodes.into(),
            self.value.into(),
            self.standard_error.into(),
        ]
    }

    fn read(cells: &mut Cells<'t>) -> Self {
        MeasureRow {
            topology: cells.text(),
            treatment: cells.text(),
            measure: cells.text(),
            network: cells.count(),
            order: cells.count(),
            steps: cells.count(),
            removed: cells.count(),
            nodes: cells.count(),
            value: cells.nullable_real(),
            standard_error: cells.nullable_real(),
        }
    }
}

/// A row of [`MEASURE_MEANS`]; the fields are its columns.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each is described in the schema, once
pub struct MeasureMeanRow {
    pub topology: String,
    pub treatment: String,
    pub measure: String,
    pub removed: f64,
    pub mean: f64,
    pub lo: Option<f64>,
    pub hi: Option<f64>,
    pub trials: u64,
    pub missing: u64,
}

impl<'t> Record<'t> for MeasureMeanRow {
    const SCHEMA: &'static Schema = &MEASURE_MEANS;

    fn values(&self) -> Vec<Value<'_>> {
        vec![
            self.topology.as_str().into(),
            self.treatment.as_str().into(),
            self.measure.as_str().into(),
            self.removed.into(),
            self.mean.into(),
            self.lo.into(),
            self.hi.into(),
            self.trials.into(),
            self.missing.into(),
        ]
    }

    fn read(cells: &mut Cells<'t>) -> Self {
        MeasureMeanRow {
            topology: cells.text().to_owned(),
            treatment: cells.text().to_owned(),
            measure: cells.text().to_owned(),
            removed: cells.real(),
            mean: cells.real(),
            lo: cells.nullable_real(),
            hi: cells.nullable_real(),
            trials: cells.count(),
            missing: cells.count(),
        }
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
    let mut keys: Vec<[&str; 3]> = Vec::new();
    let mut places: BTreeMap<[&str; 3], usize> = BTreeMap::new();
    let mut cells: BTreeMap<Point, Values> = BTreeMap::new();
    for row in measures.records::<MeasureRow<'_>>() {
        let key = [row.topology, row.treatment, row.measure];
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
        let [topology, treatment, measure] = keys[place].map(str::to_owned);
        Some(MeasureMeanRow {
            topology,
            treatment,
            measure,
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
