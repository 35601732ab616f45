//! What the studies share whose rows are points of curves: broadcast and discovery.

use crate::Unit;
use hydranet_results::series::{Measure, POINTS, PointRow, SERIES, series};
use hydranet_results::{Schema, Table};

pub(crate) static SCHEMAS: [&Schema; 1] = [&POINTS];
pub(crate) static SUMMARIES: [(&str, &Schema); 1] = [("series", &SERIES)];

pub(crate) fn summarize(tables: &[Table], measures: &[Measure]) -> Vec<Table> {
    let [points] = tables else { panic!("one table a schema") };
    vec![Table::of(&series(points, measures))]
}

/// Half the width of the widest interval of a coverage.
pub(crate) fn widest(points: &Table, measures: &[Measure]) -> f64 {
    let rows = series(points, measures);
    let halves = rows.iter().filter(|row| row.measure.ends_with("coverage"));
    halves.filter_map(|row| Some((row.hi? - row.lo?) / 2.0)).fold(0.0, f64::max)
}

/// Where the points of one trial go.
pub(crate) struct Points<'t> {
    pub(crate) table: &'t mut Table,
    pub(crate) topology: &'t str,
    pub(crate) treatment: &'t str,
    pub(crate) unit: Unit,
    pub(crate) order: u32,
}

impl Points<'_> {
    /// Adds count/whole at `x`; nothing to measure if the denominator is 0.
    pub(crate) fn push(&mut self, measure: &str, x: f64, count: Option<u64>, whole: u64) -> Result<(), String> {
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
        self.table.push_record(&row).map_err(|e| e.to_string())
    }
}
