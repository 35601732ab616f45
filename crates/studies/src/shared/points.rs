//! Measurements against something that is varied: the rows of studies whose curves are not takedown curves. A row is a quotient
//! of two integers.

use hydranet_montecarlo::{Unit, UnitError};
use hydranet_results::{Metric, MetricInfo, Observed, Place, Reading, Table, table};

table! {
    /// One row a trial, measure and place on the horizontal axis.
    POINTS "points" PointRow<'t> {
        topology: Text &'t str, "", "label of the topology in the spec";
        treatment: Text &'t str, "", "label of the treatment in the spec; crawl for what no treatment decides";
        measure: Text &'t str, "", "what was measured: see below";
        network: Count u64, "", "index of the network draw, from 0";
        order: Count u64, "", "index of the repetition on this network, from 0";
        x: Real f64, "1", "where: removed fraction, or requests a node, as the study says";
        count: NullableCount Option<u64>, "see below", "numerator; empty if there was nothing to measure";
        whole: Count u64, "see below", "denominator, above 0; value = count / whole";
    }
}

impl Observed for PointRow<'_> {
    fn cell(&self) -> [&str; 2] {
        [self.topology, self.treatment]
    }

    fn trial(&self) -> (u64, u64) {
        (self.network, self.order)
    }

    fn place(&self) -> Option<Place> {
        Some(Place::number(self.x))
    }
}

/// A metric of such rows: its name there is `-` for `_`, its value count/whole.
pub type PointMetric = Metric<PointRow<'static>>;

/// What a row says of a metric: see [`PointMetric`].
pub fn point(row: &PointRow<'_>, info: &MetricInfo) -> Reading {
    let same = row.measure.len() == info.name.len()
        && row.measure.bytes().zip(info.name.bytes()).all(|(a, b)| a == b || (a == b'-' && b == b'_'));
    named(row, same)
}

/// As [`point`], where `whole` are draws at random and `count` those that are a yes.
pub(crate) fn drawn(row: &PointRow<'_>, info: &MetricInfo) -> Reading {
    match (point(row, info), row.count) {
        (Reading::Value(_), Some(yes)) => Reading::Draws { yes, of: row.whole },
        (reading, _) => reading,
    }
}

/// The value of a row, if it is about the metric.
pub(crate) fn named(row: &PointRow<'_>, same: bool) -> Reading {
    match same {
        true => row.count.map(|count| count as f64 / row.whole as f64).into(),
        false => Reading::Absent,
    }
}

/// Where the points of one trial go.
#[derive(Debug)]
pub struct Points<'t> {
    /// The table.
    pub table: &'t mut Table,
    /// The label of the topology.
    pub topology: &'t str,
    /// The label of the treatment.
    pub treatment: &'t str,
    /// The unit.
    pub unit: Unit,
    /// The repetition on this network.
    pub order: u32,
}

impl Points<'_> {
    /// Adds count/whole at `x`; nothing to measure if the denominator is 0.
    ///
    /// # Errors
    /// If the table refuses the row.
    pub fn push(&mut self, measure: &str, x: f64, count: Option<u64>, whole: u64) -> Result<(), UnitError> {
        let row = PointRow {
            topology: self.topology,
            treatment: self.treatment,
            measure,
            network: self.unit.network.into(),
            order: self.order.into(),
            x,
            count: count.filter(|_| whole > 0),
            whole: whole.max(1),
        };
        Ok(self.table.push_record(&row)?)
    }
}
