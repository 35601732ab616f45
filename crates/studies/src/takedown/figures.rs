//! The figures of a takedown study, from its summary tables.
//!
//! Every study gets the same set; what it was made for decides which one is the paper's. Nothing is simulated here, and
//! raw rows are not needed: the tables are the small ones that are committed.

mod axes;
mod tables;

pub use tables::Tables;

use crate::by_treatment::{Rows, Wanted};
use crate::cells::distinct;
use axes::Axes;
use hydranet_charts::{Axis, Chart, ChartError, Named, Preset, Width, literal};
use hydranet_results::series::SeriesRow;

/// All figures of a takedown study. `width` overrides the width that suits each figure.
///
/// # Errors
/// If a figure cannot be laid out in the width.
pub fn figures(tables: &Tables<'_>, width: Option<Width>) -> Result<Vec<Named>, ChartError> {
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
        ("robustness", "r", Axis::linear("robustness, *R*")),
        ("command-robustness", "r_cmd", Axis::linear("command robustness, *R*_{cmd}")),
        ("seizures-to-10-percent", "seizures_10", Axis::log("seizures until 10 % of the peers are reached")),
    ]
    .into_iter()
    .filter(|_| !benchmark)
    {
        add(name, axes.bars(tables, metric, axis).draw(&text)?);
    }
    if axes.grid() && !benchmark {
        let axis = Axis::log("seizures until 10 % reach, share of nodes");
        add("seizures-map", axes.map(tables, "seizures_10_fraction", axis).draw(&text)?);
    }
    // many strategies: a benchmark, which is read by network
    if benchmark {
        add(
            "set-size-map",
            axes.map(tables, "set_size", Axis::log("dismantling set size, share of nodes")).draw(&wide)?,
        );
        add("robustness-map", axes.map(tables, "r", Axis::linear("robustness, *R*")).draw(&wide)?);
    }
    let spent = tables.bands.iter().any(|row| row.measure == "spent");
    if spent {
        add("largest-by-cost", axes.by_cost(tables).draw(&wide)?);
    }
    for measure in measures(tables) {
        add(measure, axes.measure(tables, measure).draw(&wide)?);
    }
    if !tables.seconds.is_empty() {
        add("seconds-map", axes.seconds(tables).draw(&wide)?);
    }
    add("degrees", axes.degrees(tables).draw(&text)?);
    Ok(list)
}

/// The measures that were taken along the takedown, in the order of their first row.
fn measures<'t>(tables: &Tables<'t>) -> Vec<&'t str> {
    distinct(tables.measures.iter().filter(|row| row.removed > 0.0).map(|row| row.measure.as_str()))
}

/// What networks are for, along a takedown: nothing where that was not measured.
///
/// # Errors
/// If the figure cannot be laid out in the width.
pub fn function(title: &str, rows: &[SeriesRow], width: Option<Width>) -> Result<Option<Named>, ChartError> {
    const MEASURE: &str = "function";
    let works = |row: &&SeriesRow| ["lookup-success", "broadcast-coverage"].contains(&row.measure.as_str());
    let rows: Vec<SeriesRow> =
        rows.iter().filter(works).map(|row| SeriesRow { measure: MEASURE.into(), ..row.clone() }).collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let chart = Rows { title, rows: &rows };
    let panels = chart.treatments().into_iter();
    let panels = panels.map(|t| Wanted { title: literal(t), treatment: t.to_string(), measure: MEASURE }).collect();
    let axes = (
        Axis::linear("removed fraction, *f*").within(0.0, 1.0),
        Axis::linear("lookups or commands that get through, share").within(0.0, 1.0),
    );
    let description = "share of lookups between live nodes that arrive (structured overlays), or of live nodes that hear a \
                       command (others), against the removed fraction";
    let figure = chart.draw(panels, axes, description, &|row| Some(row.x), width)?;
    Ok(Some(Named { name: MEASURE.to_string(), figure }))
}
