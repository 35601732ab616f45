//! The figures of a lookup study, from its summary table: failed paths against failed nodes, and how long the others are.
//!
//! Where a closed form is known for random failure, it is drawn as a line and the measurement as markers on it.

use super::metrics::{FAILED, HOPS_MEAN};
use crate::shared::cells::distinct;
use crate::{Folder, ShowError};
use hydranet_charts::{
    Axis, Chart, ChartError, Curves, Joining, LegendPlace, Named, Paint, Panel, Point, Preset, Series, Width, literal,
};
use hydranet_results::MetricInfo;
use hydranet_results::summary::SummaryRow;

/// The figures of a lookup study, from the summary in its folder.
pub(super) fn figures(folder: &Folder, width: Option<Width>) -> Result<Vec<Named>, ShowError> {
    Ok(draw(&folder.run.title, &folder.summary()?, width)?)
}

fn draw(title: &str, summary: &[SummaryRow], width: Option<Width>) -> Result<Vec<Named>, ChartError> {
    let topologies = distinct(summary.iter().map(|row| row.topology.as_str()));
    let treatments = distinct(summary.iter().map(|row| row.treatment.as_str()));
    let suits = if treatments.len() > 1 { Width::TwoColumn } else { Width::Article };
    let preset = Preset { width: width.unwrap_or(suits), ..Preset::default() };
    let chart = |metric: &MetricInfo, y: Axis, description: &str| Curves {
        title: title.to_string(),
        description: description.to_string(),
        x: Axis::linear("failed nodes, share *f*").within(0.0, 1.0),
        y,
        columns: treatments.len().min(if treatments.len() == 3 { 3 } else { 2 }),
        panels: treatments
            .iter()
            .map(|treatment| Panel {
                title: if treatments.len() > 1 { literal(treatment) } else { String::new() },
                series: series(summary, metric, &topologies, treatment),
                marks: Vec::new(),
            })
            .collect(),
        legend: LegendPlace::Right,
    };
    let failed = chart(
        &FAILED.info,
        Axis::linear("failed lookups, share").within(0.0, 1.0),
        "share of lookups between live nodes that fail (under an eclipse: of those for the range that it covers), against the share \
         of nodes that failed; lines without markers are closed forms",
    );
    // where almost nothing arrives, the interval of its length says nothing and would set the scale
    let longest = summary.iter().filter(|r| r.is(&HOPS_MEAN.info)).filter_map(|r| r.mean).fold(1.0, f64::max);
    let hops = chart(
        &HOPS_MEAN.info,
        // dead contacts cost iterative lookups many rounds
        match longest > 20.0 {
            true => Axis::log("mean length of lookups that arrive (hops or rounds)").within(1.0, longest * 1.2),
            false => Axis::linear("mean length of lookups that arrive (hops)").within(0.0, (longest * 1.1).ceil()),
        },
        "mean hops of the lookups that arrive, if one in a thousand does, against the share of nodes that failed; where most fail, \
         it is the short ones that arrive",
    );
    [("failed-lookups", failed), ("hops", hops)]
        .into_iter()
        .map(|(name, chart)| Ok(Named { name: name.to_string(), figure: chart.draw(&preset)? }))
        .collect()
}

/// The closed forms first, so that they lie beneath; then one series a topology.
fn series(summary: &[SummaryRow], metric: &MetricInfo, topologies: &[&str], treatment: &str) -> Vec<Series> {
    let rows = |topology: &str| {
        let topology = topology.to_owned();
        summary.iter().filter(move |r| r.is(metric) && r.topology == topology && r.treatment == treatment)
    };
    let theory = topologies.iter().enumerate().filter_map(|(slot, topology)| {
        let points = rows(topology).map(|r| Some(Point { x: r.at?, y: r.expected?, interval: None }));
        let points: Vec<Point> = points.collect::<Option<_>>()?;
        let label = format!("{}, theory", literal(topology));
        Some(Series { label, points, draw: Joining::Line, paint: Paint::Slot(slot) })
    });
    let measured = topologies.iter().enumerate().map(|(slot, topology)| Series {
        label: literal(topology),
        points: rows(topology)
            .filter(|r| metric.name != HOPS_MEAN.info.name || says_something(summary, r))
            .filter_map(|r| Some(Point { x: r.at?, y: r.mean?, interval: r.lo.zip(r.hi) }))
            .collect(),
        draw: if rows(topology).all(|r| r.expected.is_some()) { Joining::Markers } else { Joining::LineAndMarkers },
        paint: Paint::Slot(slot),
    });
    theory.chain(measured).collect()
}

/// Whether one lookup in a thousand arrives: the length of fewer is that of a handful of short ones.
fn says_something(summary: &[SummaryRow], row: &SummaryRow) -> bool {
    let same = |r: &&SummaryRow| (&r.topology, &r.treatment, r.point) == (&row.topology, &row.treatment, row.point);
    let failed = summary.iter().filter(same).find(|r| r.is(&FAILED.info));
    failed.and_then(|r| r.mean).is_none_or(|failed| failed <= 0.999)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(topology: &str, removed: f64, mean: f64, expected: Option<f64>) -> SummaryRow {
        SummaryRow {
            topology: topology.into(),
            treatment: "random".into(),
            metric: FAILED.info.name.into(),
            point: Some((removed * 10.0) as u64),
            at: Some(removed),
            mean: Some(mean),
            lo: Some(mean - 0.01),
            hi: Some(mean + 0.01),
            expected,
            trials: 1,
            networks: 1,
            ..SummaryRow::default()
        }
    }

    #[test]
    fn closed_forms_are_lines_under_points() {
        let summary =
            [row("tree", 0.0, 0.0, Some(0.0)), row("tree", 0.3, 0.9, Some(0.89)), row("ring", 0.3, 0.1, None)];
        let series = series(&summary, &FAILED.info, &["tree", "ring"], "random");
        let drawn: Vec<_> = series.iter().map(|s| (s.label.as_str(), s.draw, s.paint, s.points.len())).collect();
        assert_eq!(
            drawn,
            [
                ("tree, theory", Joining::Line, Paint::Slot(0), 2),
                ("tree", Joining::Markers, Paint::Slot(0), 2),
                ("ring", Joining::LineAndMarkers, Paint::Slot(1), 1)
            ]
        );
        assert_eq!(series[0].points[1].y, 0.89);
        let names: Vec<_> = draw("title", &summary, None).unwrap().into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["failed-lookups", "hops"]);
    }
}
