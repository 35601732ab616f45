//! Curves: what is left of a network against what was removed, with bands, theory lines and small multiples.
//!
//! One chart holds one or more panels with common axes and one legend. Bands lie under all lines, lines under all markers. A
//! series keeps its colour, dash and marker in all panels, by its label.
//!
//! Counts of removals on a log axis start at 0: see [`Zero`](crate::Zero) for how 0 is shown.

use crate::{
    axis::{Axis, Extent},
    canvas::Canvas,
    chart::Chart,
    csv::{Csv, field},
    error::ChartError,
    frame::Frame,
    geometry::Pt,
    hover::{Hover, HoverAxis, HoverPanel, HoverSeries, edges},
    layout::{Arrangement, Request},
    legend::{Boxed, Key, Legend, LegendEntry, LegendPlace, find_place},
    palette::SeriesStyle,
    panel::Panel,
    preset::{Preset, size},
    render::Figure,
    scale::Scale,
    scene::{self, Scene},
    series::{Joining, Paint, Point, Series},
    text::unmarked,
};

/// A chart of curves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curves {
    /// Name of the figure, for its metadata; not drawn.
    pub title: String,
    /// What is to be seen, in a sentence, for readers who cannot see it; not drawn.
    pub description: String,
    /// Common x axis.
    pub x: Axis,
    /// Common y axis.
    pub y: Axis,
    /// Panels beside each other; 0 is read as 1.
    pub columns: usize,
    /// The panels, row by row.
    pub panels: Vec<Panel>,
    /// Where the legend goes.
    pub legend: LegendPlace,
}

impl Chart for Curves {
    fn draw(&self, preset: &Preset) -> Result<Figure, ChartError> {
        Ok(self.drawn(preset)?.0)
    }
}

impl Curves {
    /// The figure, and where its panels stand: for charts that put something beside or below them.
    pub(crate) fn drawn(&self, preset: &Preset) -> Result<(Figure, Arrangement), ChartError> {
        if self.panels.is_empty() {
            return Err(ChartError::Nothing { what: "panel" });
        }
        let width = preset.points()?;
        let mut canvas = Canvas::new(preset.family);
        let styles = self.styles();
        let (x, y) = self.extents()?;
        let many = self.panels.len() > 1;
        let mut request = Request {
            width,
            height: preset.height,
            columns: self.columns,
            count: self.panels.len(),
            titled: many || self.panels.iter().any(|panel| !panel.title.is_empty()),
            mark_rows: 0,
            x: (&self.x.label, x),
            y: (&self.y.label, y),
            below: 0.0,
            beside: 0.0,
        };
        let mut plan = Arrangement::new(&canvas, &request)?;
        let rows = |(panel, (frame, _)): (&Panel, &(_, _))| scene::mark_rows(&canvas, panel, frame, width).len();
        request.mark_rows = self.panels.iter().zip(&plan.frames).map(rows).max().unwrap_or(0);
        if request.mark_rows > 0 {
            plan = Arrangement::new(&canvas, &request)?;
        }
        let mut scenes = self.scenes(&plan, &styles);
        let entries = self.entries(&styles);
        let mut legend = None;
        if !entries.is_empty() && self.legend != LegendPlace::Hidden {
            legend = inside(self.legend, &canvas, &plan, &scenes, &entries);
            if legend.is_none() {
                let (mut key, below, mut beside) = outside(self.legend, &canvas, &entries, width);
                (request.below, request.beside) = (below, beside);
                plan = Arrangement::new(&canvas, &request)?;
                if beside > 0.0 && key.height > plan.height - plan.grid.top {
                    // more entries than the panels are high
                    (key, request.below, beside) = outside(LegendPlace::Below, &canvas, &entries, width);
                    request.beside = beside;
                    plan = Arrangement::new(&canvas, &request)?;
                }
                scenes = self.scenes(&plan, &styles);
                let middle = (plan.grid.left + plan.grid.right - key.width) / 2.0;
                let left = middle.min(width - size::BORDER - key.width).max(size::BORDER);
                let at = if beside > 0.0 {
                    (width - size::BORDER - key.width, plan.grid.top - 4.0)
                } else {
                    (left, plan.height - key.height - 1.0)
                };
                legend = Some((key, at, Boxed::No));
            }
        }
        for (i, scene) in scenes.iter().enumerate() {
            let title = &scene.panel.title;
            let letter = char::from(b'a' + (i % 26) as u8);
            let title = if many { format!("({letter}) {title}") } else { title.clone() };
            scene.draw(&mut canvas, &plan, &title);
        }
        plan.labels(&mut canvas);
        if let Some((legend, at, boxed)) = legend {
            legend.draw(&mut canvas, at, boxed);
        }
        let (title, description) = (self.title.clone(), self.description.clone());
        let (csv, hover) = (self.csv(), self.hover(&plan, &styles));
        Ok((Figure { width, height: plan.height, title, description, csv, hover, themed: true, canvas }, plan))
    }
}

/// A place for the legend that costs no room: in the spare cell of a grid, or where a lone panel is empty.
fn inside(
    place: LegendPlace,
    canvas: &Canvas,
    plan: &Arrangement,
    scenes: &[Scene<'_>],
    entries: &[LegendEntry],
) -> Option<(Legend, Pt, Boxed)> {
    if place != LegendPlace::Auto {
        return None;
    }
    if let Some(spare) = plan.spare {
        let legend = Legend::column(canvas, entries, f64::INFINITY);
        let at = ((spare.left + spare.right - legend.width) / 2.0, (spare.top + spare.bottom - legend.height) / 2.0);
        let fits = legend.width <= spare.width() && legend.height <= spare.height();
        return fits.then_some((legend, at, Boxed::No));
    }
    let [scene] = scenes else { return None };
    let obstacles = scene.obstacles();
    let rect = scene.frame.rect;
    [1, 2].into_iter().find_map(|columns| {
        let legend = Legend::columns(canvas, entries, columns);
        let small = legend.width <= 0.75 * rect.width() && legend.height <= 0.75 * rect.height();
        let at = find_place(&rect, (legend.width, legend.height), &obstacles).filter(|_| small)?;
        Some((legend, at, Boxed::Yes))
    })
}

/// A legend outside, and the room that it takes below and to the right.
fn outside(place: LegendPlace, canvas: &Canvas, entries: &[LegendEntry], width: f64) -> (Legend, f64, f64) {
    if place == LegendPlace::Right {
        let legend = Legend::column(canvas, entries, width * 0.4);
        let room = legend.width + 4.0;
        (legend, 0.0, room)
    } else {
        let legend = Legend::wide(canvas, entries, width - 2.0 * size::BORDER);
        let room = legend.height;
        (legend, room, 0.0)
    }
}

impl Curves {
    fn extents(&self) -> Result<(Extent, Extent), ChartError> {
        let points = || self.panels.iter().flat_map(|panel| &panel.series).flat_map(|series| &series.points);
        let marks = self.panels.iter().flat_map(|panel| &panel.marks).map(|mark| mark.x);
        let x = points().filter(|p| p.y.is_finite()).map(|p| p.x).chain(marks);
        // an interval's end at 0 has no place on a log axis but asks for none either
        let log = self.y.scale == Scale::Log;
        let ends = points().filter(|p| p.y.is_finite()).filter_map(|p| p.interval);
        let ends = ends.flat_map(|(lo, hi)| [lo, hi]).filter(|end| !log || *end > 0.0);
        let y = points().filter(|p| p.x.is_finite()).map(|p| p.y).chain(ends);
        Ok((self.x.extent(x)?, self.y.extent(y)?))
    }

    /// A style for each series of each panel.
    fn styles<'a>(&'a self) -> Vec<Vec<SeriesStyle>> {
        let mut labels: Vec<&str> = Vec::new();
        let mut style = |series: &'a Series| match series.paint {
            Paint::Reference => SeriesStyle::reference(),
            Paint::Slot(slot) => SeriesStyle::slot(slot),
            Paint::Ordered { at, of } => SeriesStyle::ordered(at, of),
            Paint::Auto => {
                let known = labels.iter().position(|known| *known == series.label);
                SeriesStyle::slot(known.unwrap_or_else(|| {
                    labels.push(&series.label);
                    labels.len() - 1
                }))
            }
        };
        let mut row = |panel: &'a Panel| panel.series.iter().map(&mut style).collect();
        self.panels.iter().map(&mut row).collect()
    }

    fn scenes<'a>(&'a self, plan: &Arrangement, styles: &[Vec<SeriesStyle>]) -> Vec<Scene<'a>> {
        let parts = self.panels.iter().zip(&plan.frames).zip(styles);
        parts.map(|((panel, (frame, labels)), styles)| Scene::new(panel, *frame, *labels, styles)).collect()
    }

    fn entries(&self, styles: &[Vec<SeriesStyle>]) -> Vec<LegendEntry> {
        let mut entries: Vec<LegendEntry> = Vec::new();
        for (panel, styles) in self.panels.iter().zip(styles) {
            for (series, style) in panel.series.iter().zip(styles) {
                if !series.label.is_empty() && !entries.iter().any(|entry| entry.label == series.label) {
                    let line = (series.draw != Joining::Markers).then(|| series.line_width());
                    let key = Key::Curve { style: *style, line, marker: series.draw != Joining::Line };
                    entries.push(LegendEntry { label: series.label.clone(), key });
                }
            }
        }
        entries
    }

    fn hover(&self, plan: &Arrangement, styles: &[Vec<SeriesStyle>]) -> Hover {
        let panel = |((panel, (frame, _)), styles): ((&Panel, &(Frame, _)), &Vec<SeriesStyle>)| HoverPanel {
            title: unmarked(&panel.title),
            frame: edges(frame.rect),
            x: HoverAxis::of(&self.x.label, &frame.x),
            y: HoverAxis::of(&self.y.label, &frame.y),
            series: panel
                .series
                .iter()
                .zip(styles)
                .map(|(series, style)| HoverSeries::of(&series.label, *style, &series.points))
                .collect(),
        };
        Hover::Curves(self.panels.iter().zip(&plan.frames).zip(styles).map(panel).collect())
    }

    fn csv(&self) -> String {
        let mut csv = Csv::new(&["panel", "series", "x", "y", "lo", "hi"]);
        for panel in &self.panels {
            for series in &panel.series {
                for Point { x, y, interval } in &series.points {
                    let (lo, hi) = interval.unwrap_or((f64::NAN, f64::NAN));
                    let names = [panel.title.clone(), series.label.clone()];
                    csv.row(names.into_iter().chain([*x, *y, lo, hi].map(field)));
                }
            }
        }
        csv.finish()
    }
}
