//! Tables for people: the metrics of a summary, one line a cell.

use hydranet_results::MetricInfo;
use hydranet_results::summary::SummaryRow;
use std::collections::{BTreeMap, BTreeSet};

/// A table for people.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lines {
    /// The headings.
    pub head: Vec<String>,
    /// The cells.
    pub rows: Vec<Vec<String>>,
    /// How many columns at the left are names.
    pub names: usize,
    /// How the numbers are to be read.
    pub reading: String,
}

impl Lines {
    /// With a text on how the numbers are to be read.
    pub fn with_reading(self, reading: &str) -> Lines {
        Lines { reading: reading.into(), ..self }
    }
}

/// A value with the wider side of its interval, and how many trials have none.
fn value(row: &SummaryRow, info: &MetricInfo) -> String {
    let digits = info.digits;
    let Some(center) = row.mean.or(row.median) else {
        return if row.missing > 0 { info.missing.into() } else { "–".into() };
    };
    let mut text = format!("{center:.digits$}");
    match row.interval() {
        Some((lo, hi)) => text.push_str(&format!(" ± {:.digits$}", (hi - center).max(center - lo))),
        None => text.push_str("   (no interval)"),
    }
    if row.missing > 0 {
        text.push_str(&format!(" [{} {}]", row.missing, info.missing));
    }
    text
}

/// What the intervals of a summary are over, for what is printed below a table.
pub fn over(rows: &[SummaryRow]) -> &'static str {
    // with one network in all, orders are its clusters
    match rows.iter().all(|row| row.networks <= 1) && rows.iter().any(|row| row.interval().is_some()) {
        true => "over orders on one network",
        false => "clustered by network",
    }
}

/// The cells of a summary, in the order of their first row.
fn cells(rows: &[SummaryRow]) -> Vec<(&str, &str)> {
    let (mut cells, mut seen) = (Vec::new(), BTreeSet::new());
    for row in rows {
        let cell = (row.topology.as_str(), row.treatment.as_str());
        if seen.insert(cell) {
            cells.push(cell);
        }
    }
    cells
}

fn find<'s>(
    rows: &'s [SummaryRow],
    (topology, treatment): (&str, &str),
    metric: &MetricInfo,
    point: Option<u64>,
) -> Option<&'s SummaryRow> {
    rows.iter().find(|r| r.topology == topology && r.treatment == treatment && r.is(metric) && r.point == point)
}

/// One line a cell: each metric of the whole trial.
pub fn by_cell(rows: &[SummaryRow], metrics: &[&MetricInfo]) -> Lines {
    let whole: Vec<SummaryRow> = rows.iter().filter(|row| row.point.is_none()).cloned().collect();
    let mut found: BTreeMap<(&str, &str, &str), &SummaryRow> = BTreeMap::new();
    for row in &whole {
        found.entry((&row.topology, &row.treatment, &row.metric)).or_insert(row);
    }
    let line = |(topology, treatment): (&str, &str)| {
        let values = metrics.iter().map(|metric| {
            let row = found.get(&(topology, treatment, metric.name));
            row.map_or("–".into(), |row| value(row, metric))
        });
        [topology.to_string(), treatment.to_string()].into_iter().chain(values).collect()
    };
    let heads = ["topology", "treatment"].into_iter().chain(metrics.iter().map(|metric| metric.heading));
    Lines {
        head: heads.map(String::from).collect(),
        rows: cells(&whole).into_iter().map(line).collect(),
        names: 2,
        reading: String::new(),
    }
}

/// One line a cell and place: each metric at that place. `axis` is what the place is.
pub fn by_place(rows: &[SummaryRow], axis: &str, metrics: &[&MetricInfo]) -> Lines {
    let placed: Vec<SummaryRow> = rows.iter().filter(|r| metrics.iter().any(|m| r.is(m))).cloned().collect();
    let mut lines = Vec::new();
    for cell in cells(&placed) {
        let mut places: BTreeMap<u64, f64> = BTreeMap::new();
        for row in placed.iter().filter(|r| (r.topology.as_str(), r.treatment.as_str()) == cell) {
            if let (Some(point), Some(at)) = (row.point, row.at) {
                places.entry(point).or_insert(at);
            }
        }
        for (point, at) in places {
            let values = metrics
                .iter()
                .map(|metric| find(&placed, cell, metric, Some(point)).map_or(String::new(), |row| value(row, metric)));
            lines.push([cell.0.to_string(), cell.1.to_string(), at.to_string()].into_iter().chain(values).collect());
        }
    }
    let heads = ["topology", "treatment", axis].into_iter().chain(metrics.iter().map(|metric| metric.heading));
    Lines {
        head: heads.map(String::from).collect(),
        rows: lines,
        names: 2,
        reading: format!(
            "means ± the wider side of the 95 % interval, {}; [k never]: it never came to that in k trials,\n\
             which the mean leaves out; [k –]: k trials had nothing to measure\n",
            over(rows)
        ),
    }
}

/// One line a cell, one column a place, so many at most: one metric at evenly chosen places, and before them another at the first
/// of them.
pub fn across_places(rows: &[SummaryRow], metric: &MetricInfo, first: &MetricInfo, most: usize) -> Lines {
    // networks of other sizes round otherwise, and a defender's nodes cannot fail: the place of most is shown
    let mut places: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.is(metric)) {
        if let (Some(point), Some(at)) = (row.point, row.at) {
            places.entry(point).or_default().push(at);
        }
    }
    let places: Vec<(u64, f64)> = places
        .into_iter()
        .filter_map(|(point, at)| Some((point, hydranet_results::statistics::median(&at)?)))
        .collect();
    let last = places.len().saturating_sub(1);
    let mut columns: Vec<(u64, f64)> =
        (0..most).filter_map(|i| places.get(i * last / (most - 1).max(1)).copied()).collect();
    columns.dedup();
    let line = |cell: (&str, &str)| {
        let at = |info: &MetricInfo, point: u64| {
            find(rows, cell, info, Some(point)).map_or("–".to_string(), |row| value(row, info))
        };
        let values = columns.iter().map(|(point, _)| at(metric, *point));
        let head = columns.first().map(|(point, _)| at(first, *point));
        [cell.0.to_string(), cell.1.to_string()].into_iter().chain(head).chain(values).collect()
    };
    let heads = columns.first().map(|(_, at)| format!("{} at {at:.2}", first.heading)).into_iter();
    let heads = heads.chain(columns.iter().map(|(_, at)| format!("{} at {at:.2}", metric.heading)));
    Lines {
        head: ["topology".to_string(), "treatment".into()].into_iter().chain(heads).collect(),
        rows: cells(rows).into_iter().map(line).collect(),
        names: 2,
        reading: String::new(),
    }
}
