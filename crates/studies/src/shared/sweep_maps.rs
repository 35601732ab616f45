//! A metric against two parameters.

use super::{Cells, PANELS, Placed, heading, order_bits, values};
use hydranet_charts::{Axis, HeatMap, Scale, literal};
use hydranet_results::summary::SummaryRow;
use hydranet_results::{MetricInfo, Sweep, SweepAxis};
use std::collections::BTreeMap;

/// The metric against two parameters: one map a topology and treatment that are otherwise the same, at most nine.
pub(super) fn maps(
    title: &str,
    sweep: &Sweep,
    cells: &Cells<'_>,
    (x, second): (&SweepAxis, &SweepAxis),
    placed: &[Placed<'_>],
    (metric, y): (&MetricInfo, Axis),
) -> Vec<HeatMap> {
    let (columns, rows) = (values(sweep, x), values(sweep, second));
    let without = |label: &str| {
        let ending = format!(", {} = ", second.key);
        match label.find(&ending) {
            None => label.to_string(),
            Some(start) => {
                let rest = &label[start + 2..];
                format!("{}{}", &label[..start], rest.find(", ").map_or("", |end| &rest[end..]))
            }
        }
    };
    let group = |p: &Placed<'_>| (without(&p.line), without(&p.panel), p.row.point);
    let mut groups: Vec<(String, String, Option<u64>)> = Vec::new();
    for p in placed.iter().filter(|p| p.x.is_some() && p.second.is_some()) {
        let group = group(p);
        if !groups.contains(&group) {
            groups.push(group);
        }
        if groups.len() > PANELS {
            return Vec::new();
        }
    }
    let map = |wanted: &(String, String, Option<u64>)| {
        let mut found: BTreeMap<(u64, u64), &SummaryRow> = BTreeMap::new();
        for p in placed.iter().filter(|p| group(p) == *wanted) {
            if let (Some(a), Some(b)) = (p.second, p.x) {
                found.insert((order_bits(a), order_bits(b)), p.row);
            }
        }
        let at = |row: f64, column: f64| found.get(&(order_bits(row), order_bits(column))).copied();
        // small values below, as on an axis
        let table = |of: &dyn Fn(&SummaryRow) -> Option<f64>| -> Vec<Vec<Option<f64>>> {
            rows.iter().rev().map(|(r, _)| columns.iter().map(|(c, _)| at(*r, *c).and_then(of)).collect()).collect()
        };
        let intervals = rows
            .iter()
            .rev()
            .map(|(r, _)| columns.iter().map(|(c, _)| at(*r, *c).and_then(SummaryRow::interval)).collect())
            .collect();
        HeatMap {
            title: title.to_string(),
            description: format!(
                "{} of {} under {}: {} down, {} across",
                metric.heading,
                wanted.0,
                wanted.1,
                second.name(),
                x.name()
            ),
            rows: rows.iter().rev().map(|(_, text)| format!("{} = {}", heading(second), literal(text))).collect(),
            columns: columns.iter().map(|(_, text)| format!("{} = {}", heading(cells.x), literal(text))).collect(),
            cells: table(&|row| row.mean.or(row.median)),
            intervals,
            value: match y.scale {
                Scale::Log => Axis::log(y.label.clone()),
                Scale::Linear => Axis::linear(y.label.clone()),
            },
        }
    };
    groups.iter().map(map).collect()
}
