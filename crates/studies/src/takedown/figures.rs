//! The figures of a takedown study, from its summary tables.
//!
//! Every study gets the same set; what it was made for decides which one is the paper's. Nothing is simulated here, and
//! raw rows are not needed: the tables are the small ones that are committed.

mod axes;
mod tables;

use super::band_table::BandRow;
use super::degrees::DegreeCountRow;
use super::metrics::{
    BROADCAST_COVERAGE, LOOKUP_SUCCESS, MEASURED, R, R_CMD, SEIZURES_10, SEIZURES_10_FRACTION, SET_SIZE,
};
use super::table::seconds;
use crate::shared::by_treatment::{Rows, Wanted};
use crate::{Folder, ShowError};
use axes::Axes;
use hydranet_charts::{Axis, Chart, ChartError, Named, Preset, Width, literal};
use hydranet_results::summary::SummaryRow;
use hydranet_results::{MetricInfo, Metrics};
use tables::Tables;

/// All figures of a takedown study, from the tables in its folder.
pub(super) fn figures(folder: &Folder, width: Option<Width>) -> Result<Vec<Named>, ShowError> {
    let (summary, seconds) = (folder.summary()?, seconds(folder)?);
    let (bands, degrees) = (folder.rows::<BandRow>("bands")?, folder.rows::<DegreeCountRow>("degrees")?);
    let title = folder.run.title.as_str();
    let tables = Tables { title, summary: &summary, bands: &bands, degrees: &degrees, seconds: &seconds };
    let mut list = draw(&tables, width)?;
    list.extend(function(title, &summary, width)?);
    Ok(list)
}

/// All figures but that of the function. `width` overrides the width that suits each figure.
fn draw(tables: &Tables<'_>, width: Option<Width>) -> Result<Vec<Named>, ChartError> {
    let wide = Preset { width: width.unwrap_or(Width::TwoColumn), ..Preset::default() };
    let text = Preset { width: width.unwrap_or(Width::Article), ..Preset::default() };
    let axes = Axes::of(tables.summary);
    let mut list = Vec::new();
    let mut add = |name: &str, figure| list.push(Named { name: name.replace('_', "-"), figure });
    add("seizures", axes.seizures(tables).draw(&wide)?);
    let fraction = || Axis::linear("removed fraction, *f*").within(0.0, 1.0);
    let share = |label: &str| Axis::linear(label).within(0.0, 1.0);
    add("largest", axes.panels(tables, "largest", fraction(), share("largest component, *S*_{1}/*N*")).draw(&wide)?);
    add("reach", axes.panels(tables, "reach", fraction(), share("command reach, share of peers")).draw(&wide)?);
    // far below one node there is nothing to see
    let highest = tables.bands.iter().filter(|r| r.measure == "susceptibility").map(|r| r.mean).fold(1.0, f64::max);
    let chi = Axis::log("susceptibility, *χ* (nodes)").within(1e-3, highest * 1.5);
    add("susceptibility", axes.panels(tables, "susceptibility", fraction(), chi).draw(&wide)?);
    let benchmark = axes.benchmark();
    for (name, metric, axis) in [
        ("robustness", &R.info, Axis::linear("robustness, *R*")),
        ("command-robustness", &R_CMD.info, Axis::linear("command robustness, *R*_{cmd}")),
        ("seizures-to-10-percent", &SEIZURES_10.info, Axis::log("seizures until 10 % of the peers are reached")),
    ]
    .into_iter()
    .filter(|_| !benchmark)
    {
        add(name, axes.bars(tables, metric, axis).draw(&text)?);
    }
    if axes.grid() && !benchmark {
        let axis = Axis::log("seizures until 10 % reach, share of nodes");
        add("seizures-map", axes.map(tables, &SEIZURES_10_FRACTION.info, axis).draw(&text)?);
    }
    // many strategies: a benchmark, which is read by network
    if benchmark {
        add(
            "set-size-map",
            axes.map(tables, &SET_SIZE.info, Axis::log("dismantling set size, share of nodes")).draw(&wide)?,
        );
        add("robustness-map", axes.map(tables, &R.info, Axis::linear("robustness, *R*")).draw(&wide)?);
    }
    let spent = tables.bands.iter().any(|row| row.measure == "spent");
    if spent {
        add("largest-by-cost", axes.by_cost(tables).draw(&wide)?);
    }
    for measure in measures(tables) {
        add(measure.name, axes.measure(tables, measure).draw(&wide)?);
    }
    if !tables.seconds.is_empty() {
        add("seconds-map", axes.seconds(tables).draw(&wide)?);
    }
    add("degrees", axes.degrees(tables).draw(&text)?);
    Ok(list)
}

/// The measures that were taken along the takedown.
fn measures(tables: &Tables<'_>) -> Vec<&'static MetricInfo> {
    let taken = |info: &&'static MetricInfo| tables.summary.iter().any(|row| row.is(info) && row.at > Some(0.0));
    MEASURED.infos().into_iter().filter(taken).collect()
}

/// What networks are for, along a takedown: nothing where that was not measured.
fn function(title: &str, summary: &[SummaryRow], width: Option<Width>) -> Result<Option<Named>, ShowError> {
    // a topology has one of the two
    let works = |row: &&SummaryRow| row.is(&LOOKUP_SUCCESS.info) || row.is(&BROADCAST_COVERAGE.info);
    let name = |row: &SummaryRow| SummaryRow { metric: LOOKUP_SUCCESS.info.name.into(), ..row.clone() };
    let rows: Vec<SummaryRow> = summary.iter().filter(works).map(name).collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let chart = Rows { title, rows: &rows };
    let panel = |t| Wanted { title: literal(t), treatment: t.to_string(), metric: &LOOKUP_SUCCESS.info };
    let panels = chart.treatments().into_iter().map(panel).collect();
    let axes = (
        Axis::linear("removed fraction, *f*").within(0.0, 1.0),
        Axis::linear("lookups or commands that get through, share").within(0.0, 1.0),
    );
    let description = "share of lookups between live nodes that arrive (structured overlays), or of live nodes that hear a \
                       command (others), against the removed fraction";
    let figure = chart.draw(panels, axes, description, &|row| row.at, width)?;
    Ok(Some(Named { name: "function".to_string(), figure }))
}
