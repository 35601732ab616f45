//! Measurements against something that is varied: the rows of studies whose curves are not takedown curves.
//!
//! A raw row is a quotient of two integers ([`POINTS`]), a summary row its mean with an interval by networks ([`SERIES`]).

use crate::schema::field;
use crate::statistics::{Clustered, LEVEL};
use crate::{Cells, Kind, Record, Schema, Table, Value};
use std::collections::BTreeMap;

/// One row a trial, measure and place on the horizontal axis.
pub static POINTS: Schema = Schema {
    name: "points",
    version: 1,
    fields: &[
        field("topology", Kind::Text, "", "label of the topology in the spec"),
        field("treatment", Kind::Text, "", "label of the treatment in the spec; crawl for what no treatment decides"),
        field("measure", Kind::Text, "", "what was measured: see the study"),
        field("network", Kind::Count, "", "index of the network draw, from 0"),
        field("order", Kind::Count, "", "index of the repetition on this network, from 0"),
        field("x", Kind::Real, "1", "where: removed fraction, or requests a node, as the study says"),
        field("count", Kind::NullableCount, "see study", "numerator; empty if there was nothing to measure"),
        field("whole", Kind::Count, "see study", "denominator, above 0; value = count / whole"),
    ],
};

/// One row a cell, measure and place.
pub static SERIES: Schema = Schema {
    name: "series",
    version: 1,
    fields: &[
        field("topology", Kind::Text, "", "label of the topology in the spec"),
        field("treatment", Kind::Text, "", "label of the treatment in the spec; crawl for what no treatment decides"),
        field("measure", Kind::Text, "", "what was measured: see the study"),
        field("x", Kind::Real, "1", "where: removed fraction, or requests a node, as the study says"),
        field("mean", Kind::NullableReal, "see study", "mean over trials; empty if none has a value"),
        field("sd", Kind::NullableReal, "see study", "sample standard deviation of trials; empty below two"),
        field("lo", Kind::NullableReal, "see study", "lower end of the 95 % interval by networks; empty below two"),
        field("hi", Kind::NullableReal, "see study", "upper end of that interval"),
        field("trials", Kind::Count, "trials", "trials with a value"),
        field("networks", Kind::Count, "networks", "networks that these trials ran on"),
        field("missing", Kind::Count, "trials", "trials without a value: it never came to that"),
    ],
};

/// A row of [`POINTS`]; the fields are its columns.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)] // each is described in the schema, once
pub struct PointRow<'t> {
    pub topology: &'t str,
    pub treatment: &'t str,
    pub measure: &'t str,
    pub network: u64,
    pub order: u64,
    pub x: f64,
    pub count: Option<u64>,
    pub whole: u64,
}

impl<'t> Record<'t> for PointRow<'t> {
    const SCHEMA: &'static Schema = &POINTS;

    fn values(&self) -> Vec<Value<'_>> {
        vec![
            self.topology.into(),
            self.treatment.into(),
            self.measure.into(),
            self.network.into(),
            self.order.into(),
            self.x.into(),
            self.count.into(),
            self.whole.into(),
        ]
    }

    fn read(cells: &mut Cells<'t>) -> Self {
        PointRow {
            topology: cells.text(),
            treatment: cells.text(),
            measure: cells.text(),
            network: cells.count(),
            order: cells.count(),
            x: cells.real(),
            count: cells.nullable_count(),
            whole: cells.count(),
        }
    }
}

/// A row of [`SERIES`]; the fields are its columns.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each is described in the schema, once
pub struct SeriesRow {
    pub topology: String,
    pub treatment: String,
    pub measure: String,
    pub x: f64,
    pub mean: Option<f64>,
    pub sd: Option<f64>,
    pub lo: Option<f64>,
    pub hi: Option<f64>,
    pub trials: u64,
    pub networks: u64,
    pub missing: u64,
}

impl<'t> Record<'t> for SeriesRow {
    const SCHEMA: &'static Schema = &SERIES;

    fn values(&self) -> Vec<Value<'_>> {
        vec![
            self.topology.as_str().into(),
            self.treatment.as_str().into(),
            self.measure.as_str().into(),
            self.x.into(),
            self.mean.into(),
            self.sd.into(),
            self.lo.into(),
            self.hi.into(),
            self.trials.into(),
            self.networks.into(),
            self.missing.into(),
        ]
    }

    fn read(cells: &mut Cells<'t>) -> Self {
        SeriesRow {
            topology: cells.text().to_owned(),
            treatment: cells.text().to_owned(),
            measure: cells.text().to_owned(),
            x: cells.real(),
            mean: cells.nullable_real(),
            sd: cells.nullable_real(),
            lo: cells.nullable_real(),
            hi: cells.nullable_real(),
            trials: cells.count(),
            networks: cells.count(),
            missing: cells.count(),
        }
    }
}

/// Trials of one place: its key in the order of the first row, and network with value.
type Place<'t> = ((&'t str, &'t str, &'t str, f64), Vec<(u64, Option<f64>)>);

/// The mean of every measure at every place, in the order of the first row of each. O(rows · log).
///
/// # Panics
/// If the table is of another schema, or a denominator is 0.
pub fn series(points: &Table) -> Vec<SeriesRow> {
    let mut places: Vec<Place<'_>> = Vec::new();
    let mut index = BTreeMap::new();
    for row in points.records::<PointRow<'_>>() {
        assert!(row.whole > 0, "a quotient has a denominator");
        let key = (row.topology, row.treatment, row.measure, row.x.to_bits());
        let at = *index.entry(key).or_insert(places.len());
        if at == places.len() {
            places.push(((row.topology, row.treatment, row.measure, row.x), Vec::new()));
        }
        places[at].1.push((row.network, row.count.map(|count| count as f64 / row.whole as f64)));
    }
    let summed = |((topology, treatment, measure, x), trials): Place<'_>| {
        let all = trials.len() as u64;
        let values = trials.into_iter().filter_map(|(network, value)| Some((network, value?)));
        let estimate = Clustered::new(values).expect("quotients of integers are finite").estimate(LEVEL);
        let count = estimate.map_or(0, |e| e.trials);
        SeriesRow {
            topology: topology.to_owned(),
            treatment: treatment.to_owned(),
            measure: measure.to_owned(),
            x,
            mean: estimate.map(|e| e.mean),
            sd: estimate.and_then(|e| e.sd),
            lo: estimate.and_then(|e| e.lo),
            hi: estimate.and_then(|e| e.hi),
            trials: count,
            networks: estimate.map_or(0, |e| e.clusters),
            missing: all - count,
        }
    };
    places.into_iter().map(summed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csv;

    #[test]
    fn means_by_place_with_what_is_missing() {
        let mut points = Table::new(&POINTS);
        for (network, x, count) in [(0, 0.1, Some(3)), (0, 0.2, None), (1, 0.1, Some(5)), (1, 0.2, Some(1))] {
            let row = PointRow { topology: "t", treatment: "r", measure: "m", network, order: 0, x, count, whole: 10 };
            points.push_record(&row).unwrap();
        }
        let rows = series(&points);
        assert_eq!(
            rows.iter().map(|r| (r.x, r.mean, r.trials, r.missing)).collect::<Vec<_>>(),
            [(0.1, Some(0.4), 2, 0), (0.2, Some(0.1), 1, 1)]
        );
        // two networks: t with one degree, 12.706 · 0.1
        assert!((rows[0].hi.unwrap() - 0.4 - 1.2706).abs() < 1e-3 && rows[1].hi.is_none());
        let mut file = Vec::new();
        csv::write(&Table::of(&rows), &mut file).unwrap();
        assert_eq!(csv::read(&file[..], &SERIES).unwrap().records::<SeriesRow>().collect::<Vec<_>>(), rows);
    }
}
