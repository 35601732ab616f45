//! Figures of a sweep: each metric against the parameter that varies, for every kind of study, from the summary alone.
//!
//! The parameter with the most values is the horizontal axis. Topologies (or treatments) that were made from one are one line;
//! a second parameter makes lines of its own, in colours that rise with it, and a map of both. What does not vary is drawn as a
//! level, to compare with.

#[path = "sweep_maps.rs"]
mod sweep_maps;

use super::cells::distinct;
use crate::{Folder, ShowError};
use hydranet_charts::{
    Axis, Chart, Curves, Joining, LegendPlace, Named, Paint, Panel, Point, Preset, Series, Width, literal,
};
use hydranet_results::summary::SummaryRow;
use hydranet_results::{MetricInfo, Summing, Sweep, SweepAxis, SweepCell};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use sweep_maps::maps;

/// More panels than this say nothing on a page.
const PANELS: usize = 9;
/// More lines in a panel than this cannot be told apart.
const LINES: usize = 12;
/// More topologies or treatments than this are not told apart as categories.
const CATEGORIES: usize = 6;
/// Places at which a metric along an axis is shown.
const PLACES: usize = 4;

/// A sweep in the spec of a run.
#[derive(Deserialize)]
struct Spec {
    #[serde(default)]
    sweep: Sweep,
}

/// What varied in the run of a folder.
///
/// # Errors
/// If the spec of the run does not fit.
pub fn sweep(folder: &Folder) -> Result<Sweep, ShowError> {
    Ok(folder.spec::<Spec>()?.sweep)
}

/// The figures; none where no parameter with numbers varies.
///
/// # Errors
/// If the summary cannot be read, or a figure cannot be laid out in the width.
pub fn figures(folder: &Folder, metrics: &[&MetricInfo], width: Option<Width>) -> Result<Vec<Named>, ShowError> {
    let sweep = sweep(folder)?;
    if sweep.is_empty() {
        return Ok(Vec::new());
    }
    draw(&folder.run.title, &sweep, &|metric| folder.summary_of(metric), metrics, width)
}

/// Whether figures by category would have more categories than can be told apart.
pub fn too_many(sweep: &Sweep) -> bool {
    ["topology", "treatment"].iter().any(|of| sweep.cells(of).len() > CATEGORIES)
}

/// A cell as it is placed in figures.
struct Placed<'s> {
    /// On the horizontal axis; `None` where the cell does not vary in it.
    x: Option<f64>,
    /// The second parameter.
    second: Option<f64>,
    /// What stands in the legend: the label without what is on an axis.
    line: String,
    /// What stands above the panel.
    panel: String,
    row: &'s SummaryRow,
}

/// The values of an axis, in rising order, each with how it is written.
fn values(sweep: &Sweep, axis: &SweepAxis) -> Vec<(f64, String)> {
    let cells = sweep.cells(&axis.of).iter().filter_map(|cell| cell.values.get(&axis.key));
    let mut list: Vec<(f64, String)> = cells.filter_map(|v| Some((v.number()?, v.to_string()))).collect();
    list.sort_by(|a, b| a.0.total_cmp(&b.0));
    list.dedup_by(|a, b| a.0 == b.0);
    list
}

/// What an axis is called in a figure: `operator: rebuild days` for `operator.rebuild_days`.
fn heading(axis: &SweepAxis) -> String {
    literal(&axis.key.replace('.', ": ").replace('_', " "))
}

fn draw(
    title: &str,
    sweep: &Sweep,
    summary: &dyn Fn(&MetricInfo) -> Result<Vec<SummaryRow>, ShowError>,
    metrics: &[&MetricInfo],
    width: Option<Width>,
) -> Result<Vec<Named>, ShowError> {
    let mut axes: Vec<(&SweepAxis, Vec<(f64, String)>)> =
        sweep.axes.iter().map(|axis| (axis, values(sweep, axis))).filter(|(_, values)| values.len() > 1).collect();
    // the one with the most values first; of equals the first in the spec
    axes.sort_by_key(|(_, values)| std::cmp::Reverse(values.len()));
    let Some((x, _)) = axes.first() else { return Ok(Vec::new()) };
    let second = axes.get(1).map(|(axis, _)| *axis);
    let mut list = Vec::new();
    let by = |of: &str| sweep.cells(of).iter().map(|cell| (cell.label.as_str(), cell)).collect::<BTreeMap<_, _>>();
    let cells = Cells { x, second, topologies: by("topology"), treatments: by("treatment") };
    for metric in metrics {
        let all = summary(metric)?;
        let rows: Vec<&SummaryRow> = all.iter().collect();
        let told: Vec<f64> = rows.iter().filter_map(|row| row.mean.or(row.median)).collect();
        if told.windows(2).all(|w| w[0] == w[1]) {
            // nothing to see: one number everywhere, or none
            continue;
        }
        let places = places(&rows);
        let placed: Vec<Placed<'_>> =
            rows.iter().filter(|r| places.contains(&r.point)).map(|r| cells.place(r)).collect();
        let name = |axes: &str| format!("{}-by-{axes}", metric.name.replace('_', "-"));
        let file = |axis: &SweepAxis| axis.key.replace(['.', '_'], "-");
        let y = value_axis(metric, &told);
        if let Some(chart) = curves(title, &cells, &placed, metric, y.clone()) {
            let suits = if chart.panels.len() > 1 { Width::TwoColumn } else { Width::Article };
            let figure = chart.draw(&Preset { width: width.unwrap_or(suits), ..Preset::default() })?;
            list.push(Named { name: name(&file(x)), figure });
        }
        let Some(second) = second else { continue };
        for (number, map) in maps(title, sweep, &cells, (x, second), &placed, (metric, y)).into_iter().enumerate() {
            let suits = Preset { width: width.unwrap_or(Width::Article), ..Preset::default() };
            let count = if number == 0 { String::new() } else { format!("-{}", number + 1) };
            let both = format!("{}-and-{}{count}", file(x), file(second));
            list.push(Named { name: name(&both), figure: map.draw(&suits)? });
        }
    }
    Ok(list)
}

/// The places of a metric that are shown: all, or the first, the last and some between.
fn places(rows: &[&SummaryRow]) -> Vec<Option<u64>> {
    let all: Vec<Option<u64>> = rows.iter().map(|row| row.point).collect::<BTreeSet<_>>().into_iter().collect();
    let last = all.len().saturating_sub(1);
    let mut some: Vec<Option<u64>> = (0..PLACES).filter_map(|i| all.get(i * last / (PLACES - 1)).copied()).collect();
    some.dedup();
    some
}

fn value_axis(metric: &MetricInfo, told: &[f64]) -> Axis {
    let unit = if metric.unit == "1" { String::new() } else { format!(" ({})", metric.unit) };
    let name = match metric.summing {
        Summing::Wait => format!("median {}", metric.heading),
        _ => metric.heading.to_string(),
    };
    // a letter, maybe with a subscript, is a symbol
    let (letter, below) = name.split_once('_').map_or((name.as_str(), None), |(letter, below)| (letter, Some(below)));
    let label = match (letter.chars().count(), below) {
        (1, None) => format!("*{letter}*{}", literal(&unit)),
        (1, Some(below)) => format!("*{letter}*_{{{below}}}{}", literal(&unit)),
        _ => literal(&format!("{name}{unit}")),
    };
    let (least, most) = told.iter().fold((f64::INFINITY, 0.0_f64), |(lo, hi), x| (lo.min(*x), hi.max(*x)));
    match least > 0.0 && most > 50.0 * least {
        true => Axis::log(label),
        false => Axis::linear(label),
    }
}

/// How rows become points.
struct Cells<'s> {
    x: &'s SweepAxis,
    second: Option<&'s SweepAxis>,
    topologies: BTreeMap<&'s str, &'s SweepCell>,
    treatments: BTreeMap<&'s str, &'s SweepCell>,
}

impl Cells<'_> {
    fn place<'s>(&self, row: &'s SummaryRow) -> Placed<'s> {
        let cell = |of: &str| match of {
            "topology" => self.topologies.get(row.topology.as_str()),
            _ => self.treatments.get(row.treatment.as_str()),
        };
        let number = |axis: &SweepAxis| cell(&axis.of)?.values.get(&axis.key)?.number();
        // the label without what an axis says
        let rest = |of: &str, label: &str| match cell(of) {
            None => label.to_string(),
            Some(cell) => {
                let shown = |key: &str| self.x.of == of && self.x.key == key;
                let others = cell.values.iter().filter(|(key, _)| !shown(key));
                others.fold(cell.base.clone(), |text, (key, value)| format!("{text}, {key} = {value}"))
            }
        };
        let (topology, treatment) = (rest("topology", &row.topology), rest("treatment", &row.treatment));
        let (line, panel) = match self.x.of.as_str() {
            "topology" => (topology, treatment),
            _ => (treatment, topology),
        };
        Placed { x: number(self.x), second: self.second.and_then(number), line, panel, row }
    }
}

fn point(placed: &Placed<'_>) -> Option<Point> {
    let row = placed.row;
    Some(Point { x: placed.x?, y: row.mean.or(row.median)?, interval: row.interval() })
}

/// One line a cell without its parameter.
fn curves(title: &str, cells: &Cells<'_>, placed: &[Placed<'_>], metric: &MetricInfo, y: Axis) -> Option<Curves> {
    let along = distinct(placed.iter().map(|p| p.line.as_str()));
    let across = distinct(placed.iter().map(|p| p.panel.as_str()));
    // where there is one line a panel, the panels are lines of one
    let flat = along.len() == 1 && across.len() > 1;
    let (lines, panels) = if flat { (across, vec![""]) } else { (along, across) };
    let places: Vec<Option<u64>> = placed.iter().map(|p| p.row.point).collect::<BTreeSet<_>>().into_iter().collect();
    let places = if panels.len() > 1 { vec![*places.get(places.len() / 2)?] } else { places };
    if lines.len() > LINES || panels.len() * places.len() > PANELS {
        return None;
    }
    let xs = || placed.iter().filter_map(|p| p.x);
    let (first, last) = xs().fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), x| (lo.min(x), hi.max(x)));
    let seconds: BTreeSet<u64> = placed.iter().filter_map(|p| p.second).map(order_bits).collect();
    let seconds: Vec<u64> = seconds.into_iter().collect();
    let series = |line: &str, panel: &str, place: Option<u64>| {
        let of = |p: &&Placed<'_>| {
            let (l, k) = if flat { (p.panel.as_str(), "") } else { (p.line.as_str(), p.panel.as_str()) };
            l == line && k == panel && p.row.point == place
        };
        let own: Vec<&Placed<'_>> = placed.iter().filter(of).collect();
        let mut points: Vec<Point> = own.iter().filter_map(|p| point(p)).collect();
        points.sort_by(|a, b| a.x.total_cmp(&b.x));
        let level = own.iter().find(|p| p.x.is_none()).and_then(|p| p.row.mean.or(p.row.median));
        let mut draw = Joining::LineAndMarkers;
        if let (true, Some(y)) = (points.is_empty(), level) {
            points = [first, last].map(|x| Point { x, y, interval: None }).to_vec();
            draw = Joining::Line;
        }
        let ordered = own.iter().find_map(|p| p.second).and_then(|s| seconds.binary_search(&order_bits(s)).ok());
        let paint = match (ordered, lines.len() == seconds.len()) {
            (Some(at), true) => Paint::Ordered { at, of: seconds.len() },
            _ => Paint::Auto,
        };
        Series { label: literal(line), points, draw, paint }
    };
    let at = |place: Option<u64>| {
        let row = placed.iter().find(|p| p.row.point == place)?;
        Some(format!("at {}", hydranet_results::statistics::significant(row.row.at?, 3)))
    };
    let panel = |(panel, place): (&str, Option<u64>)| Panel {
        title: match (panel, at(place)) {
            ("", Some(at)) => at,
            (panel, Some(at)) => format!("{}, {at}", literal(panel)),
            (panel, None) => literal(panel),
        },
        series: lines.iter().map(|line| series(line, panel, place)).filter(|s| !s.points.is_empty()).collect(),
        marks: Vec::new(),
    };
    let pairs = panels.iter().flat_map(|panel| places.iter().map(move |place| (*panel, *place)));
    let mut drawn: Vec<Panel> = pairs.map(panel).filter(|panel| !panel.series.is_empty()).collect();
    if drawn.len() == 1 {
        drawn[0].title.clear();
    }
    if drawn.is_empty() {
        return None;
    }
    let x = heading(cells.x);
    Some(Curves {
        title: title.to_string(),
        description: format!("{}, with 95 % intervals, against {}", metric.heading, cells.x.name()),
        x: match (cells.x.log && first > 0.0, first < last) {
            (true, true) => Axis::log(x).within(first, last),
            (false, true) => Axis::linear(x).within(first, last),
            _ => Axis::linear(x),
        },
        y,
        columns: match drawn.len() {
            1 => 1,
            3 | 5.. => 3,
            _ => 2,
        },
        panels: drawn,
        legend: LegendPlace::Auto,
    })
}

/// Bits that rise with the number.
fn order_bits(x: f64) -> u64 {
    let bits = (x + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

#[cfg(test)]
#[path = "sweep_figures_tests.rs"]
mod tests;
