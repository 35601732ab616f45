//! Rows of series as curves: one panel a treatment, or a measure of it; one curve a topology.

use crate::cells::distinct;
use hydranet_charts::{
    Axis, Chart, ChartError, Curves, Figure, LegendPlace, Panel, Point, Preset, Series, Width, literal,
};
use hydranet_results::series::SeriesRow;

/// A panel to draw.
pub(crate) struct Wanted {
    /// Its title; may hold markup.
    pub(crate) title: String,
    pub(crate) treatment: String,
    pub(crate) measure: &'static str,
}

/// The rows of an experiment.
pub(crate) struct Rows<'r> {
    pub(crate) title: &'r str,
    pub(crate) rows: &'r [SeriesRow],
}

impl<'r> Rows<'r> {
    /// Treatments in the order of the experiment.
    pub(crate) fn treatments(&self) -> Vec<&'r str> {
        distinct(self.rows.iter().map(|row| row.treatment.as_str()))
    }

    /// One curve a topology in each panel. `place` says where a row stands on the x axis, `width` overrides the width that suits.
    ///
    /// # Errors
    /// If the figure cannot be laid out in the width.
    pub(crate) fn draw(
        &self,
        panels: Vec<Wanted>,
        (x, y): (Axis, Axis),
        description: &str,
        place: &dyn Fn(&SeriesRow) -> Option<f64>,
        width: Option<Width>,
    ) -> Result<Figure, ChartError> {
        let topologies = distinct(self.rows.iter().map(|row| row.topology.as_str()));
        let single = panels.len() == 1;
        let point = |row: &SeriesRow| Some(Point { x: place(row)?, y: row.mean?, interval: row.lo.zip(row.hi) });
        let series = |wanted: &Wanted, topology: &str| {
            // a mean over the few trials that came to it says little of the others
            let of = |r: &&SeriesRow| {
                let cell = r.topology == topology && r.treatment == wanted.treatment;
                cell && r.measure == wanted.measure && r.trials >= r.missing
            };
            Series {
                label: literal(topology),
                points: self.rows.iter().filter(of).filter_map(point).collect(),
                ..Series::default()
            }
        };
        let panel = |wanted: &Wanted| Panel {
            title: wanted.title.clone(),
            series: topologies.iter().map(|topology| series(wanted, topology)).collect(),
            marks: Vec::new(),
        };
        // a panel without a point says nothing; a figure without one says so
        let mut drawn: Vec<Panel> = panels.iter().map(panel).collect();
        let empty = |panel: &Panel| panel.series.iter().all(|series| series.points.is_empty());
        if !drawn.iter().all(empty) {
            drawn.retain(|panel| !empty(panel));
        }
        let curves = Curves {
            title: self.title.to_string(),
            description: description.to_string(),
            x,
            y,
            columns: if single { 1 } else { 2 },
            panels: drawn,
            legend: LegendPlace::Auto,
        };
        let suits = if single { Width::Article } else { Width::TwoColumn };
        curves.draw(&Preset { width: width.unwrap_or(suits), ..Preset::default() })
    }
}
