//! Estimates by category: dots or bars with confidence intervals, side by side.
//!
//! The value axis is horizontal, so that long category names stay readable; each category is a group of rows, one a series.
//! Dots are the default (Cleveland & McGill 1984): they need no zero and work on a log axis. What is exactly zero is drawn at 0,
//! what is missing says "n/a".

mod data;

use crate::{
    axis::{Axis, Extent, Ruler},
    canvas::{Align, Canvas, Pen, Stand, Type},
    chart::Chart,
    error::ChartError,
    frame::{X_LABELS, fitting_x, places, tick_type, x_ticks},
    geometry::Rect,
    hatch,
    legend::{Boxed, Key, Legend, LegendEntry, LegendPlace, Obstacles, find_place},
    marker,
    palette::{GRID, INK, MUTED, SHADE, SeriesStyle},
    preset::{Height, Preset, size},
    render::Figure,
    scale::Scale,
    text::Line,
    ticks::{self, Ticks},
};

/// A value and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BarValue {
    /// The value, in the unit of the value axis. What is not finite counts as missing.
    pub value: f64,
    /// Lower and upper end of an interval around it.
    pub interval: Option<(f64, f64)>,
}

/// Values of one series, one for each category.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BarSeries {
    /// Name in the legend; may hold markup.
    pub label: String,
    /// One for each category, `None` where there is none.
    pub values: Vec<Option<BarValue>>,
}

/// Dots or bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BarForm {
    /// A marker for the value, a line for the interval.
    #[default]
    Dots,
    /// A bar from 0 (on a log axis: from the axis' lower end), whiskers for the interval.
    Bars,
}

/// Whether values are written beside the dots or bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbers {
    /// No.
    #[default]
    Hidden,
    /// Behind each interval, with three digits.
    Shown,
}

/// A chart of estimates by category.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bars {
    /// Name of the figure, for its metadata; not drawn.
    pub title: String,
    /// What is to be seen, in a sentence, for readers who cannot see it; not drawn.
    pub description: String,
    /// The value axis.
    pub value: Axis,
    /// Names of the groups, from above.
    pub categories: Vec<String>,
    /// Rows of each group, from above.
    pub series: Vec<BarSeries>,
    /// Dots or bars.
    pub form: BarForm,
    /// Whether values are written out.
    pub numbers: Numbers,
    /// Where the legend goes; a single series has none.
    pub legend: LegendPlace,
}

/// Between two groups.
const GROUP_GAP: f64 = 5.0;

impl Chart for Bars {
    fn draw(&self, preset: &Preset) -> Result<Figure, ChartError> {
        self.check()?;
        let width = preset.points()?;
        let mut canvas = Canvas::new(preset.family);
        let extent = self.extent()?;
        let entries = self.entries();
        let mut plan = Arrangement::new(self, &canvas, width, preset.height, extent, (0.0, 0.0))?;
        let mut legend = None;
        if entries.len() > 1 && self.legend != LegendPlace::Hidden {
            let inside = Legend::column(&canvas, &entries, f64::INFINITY);
            let free = (self.legend == LegendPlace::Auto)
                .then(|| find_place(&plan.rect, (inside.width, inside.height), &self.obstacles(&canvas, &plan)))
                .flatten();
            legend = Some(if let Some(at) = free {
                (inside, at, Boxed::Yes)
            } else if self.legend == LegendPlace::Right {
                let beside = Legend::column(&canvas, &entries, width * 0.4);
                plan = Arrangement::new(self, &canvas, width, preset.height, extent, (0.0, beside.width + 4.0))?;
                let at = (width - size::BORDER - beside.width, plan.rect.top - 4.0);
                (beside, at, Boxed::No)
            } else {
                let below = Legend::wide(&canvas, &entries, width - 2.0 * size::BORDER);
                plan = Arrangement::new(self, &canvas, width, preset.height, extent, (below.height, 0.0))?;
                let middle = (plan.rect.left + plan.rect.right - below.width) / 2.0;
                let left = middle.min(width - size::BORDER - below.width).max(size::BORDER);
                let top = plan.height - below.height - 1.0;
                (below, (left, top), Boxed::No)
            });
        }
        self.put(&mut canvas, &plan);
        if let Some((legend, at, boxed)) = legend {
            legend.draw(&mut canvas, at, boxed);
        }
        let (title, description) = (self.title.clone(), self.description.clone());
        let (csv, hover) = (self.csv(), self.hover(&plan));
        Ok(Figure { width, height: plan.height, title, description, csv, hover, themed: true, canvas })
    }
}

impl Bars {
    fn check(&self) -> Result<(), ChartError> {
        if self.categories.is_empty() {
            return Err(ChartError::Nothing { what: "category" });
        }
        if self.series.is_empty() {
            return Err(ChartError::Nothing { what: "series" });
        }
        let expected = self.categories.len();
        match self.series.iter().find(|series| series.values.len() != expected) {
            Some(BarSeries { label, values }) => {
                Err(ChartError::Length { label: label.clone(), found: values.len(), expected })
            }
            None => Ok(()),
        }
    }

    fn estimates(&self) -> impl Iterator<Item = BarValue> + '_ {
        self.series.iter().flat_map(|series| &series.values).filter_map(known)
    }

    fn extent(&self) -> Result<Extent, ChartError> {
        let log = self.value.scale == Scale::Log;
        let ends = self.estimates().filter_map(|e| e.interval).flat_map(|(lo, hi)| [lo, hi]);
        let zero = (self.form == BarForm::Bars && !log).then_some(0.0);
        self.value.extent(self.estimates().map(|e| e.value).chain(ends.filter(|end| !log || *end > 0.0)).chain(zero))
    }

    fn entries(&self) -> Vec<LegendEntry> {
        let entry = |(i, series): (usize, &BarSeries)| {
            let style = SeriesStyle::slot(i);
            let key = match self.form {
                BarForm::Dots => {
                    Key::Curve { style: SeriesStyle { dash: &[], ..style }, line: Some(size::THIN), marker: true }
                }
                BarForm::Bars => Key::Bar { color: style.color, pattern: i },
            };
            LegendEntry { label: series.label.clone(), key }
        };
        self.series.iter().enumerate().map(entry).collect()
    }

    fn number(&self, estimate: BarValue) -> String {
        let largest = self.estimates().map(|e| e.value.abs()).fold(0.0, f64::max);
        ticks::number(estimate.value, if estimate.value == 0.0 { 0 } else { ticks::decimals(largest) })
    }

    /// From the end of an interval to what is written behind it.
    fn beside(&self) -> f64 {
        if self.form == BarForm::Dots { size::MARKER + 2.5 } else { 3.5 }
    }

    /// The row of a series in a group, from its left end to the end of what is written behind it.
    fn row(&self, canvas: &Canvas, plan: &Arrangement, group: usize, series: usize) -> Rect {
        let (top, pitch) = (plan.group(group, self.series.len()) + plan.pitch * series as f64, plan.pitch);
        let mut right = plan.ruler.zero + 16.0;
        if let Some(estimate) = known(&self.series[series].values[group]) {
            right = end(&plan.ruler, estimate) + self.beside();
            if self.numbers == Numbers::Shown {
                right += canvas.width(&self.number(estimate), size::TINY) + 4.0;
            }
        }
        Rect { left: plan.rect.left, top, right: right.max(plan.rect.left), bottom: top + pitch }
    }

    fn obstacles(&self, canvas: &Canvas, plan: &Arrangement) -> Obstacles {
        let rows =
            (0..self.categories.len()).flat_map(|group| (0..self.series.len()).map(move |series| (group, series)));
        Obstacles { boxes: rows.map(|(g, s)| self.row(canvas, plan, g, s)).collect(), ..Obstacles::default() }
    }

    fn put(&self, canvas: &mut Canvas, plan: &Arrangement) {
        let Rect { left, top, right, bottom } = plan.rect;
        let block = plan.pitch * self.series.len() as f64 + GROUP_GAP;
        for (group, lines) in plan.categories.iter().enumerate() {
            let start = plan.group(group, self.series.len()) - GROUP_GAP / 2.0;
            if group % 2 == 1 {
                canvas.rect(Rect { left, top: start, right, bottom: start + block }, SHADE);
            }
            for (i, line) in lines.iter().enumerate() {
                let y = start + block / 2.0 + (i as f64 - (lines.len() - 1) as f64 / 2.0) * CATEGORY_LEADING;
                canvas.set(line, (left - 5.0, y), tick_type(Align::Right, Stand::Middle));
            }
        }
        for (at, _) in places(&plan.ruler, &plan.ticks) {
            canvas.line(&[(at, top), (at, bottom)], Pen { color: GRID, width: size::HAIR });
        }
        // bars stand on the axis line, dots on top of it
        let (spine, pen) = ([(left, top), (left, bottom), (right, bottom)], Pen { color: INK, width: size::SPINE });
        if self.form == BarForm::Dots {
            canvas.line(&spine, pen);
        }
        for group in 0..self.categories.len() {
            for (i, series) in self.series.iter().enumerate() {
                let row = self.row(canvas, plan, group, i);
                self.estimate(canvas, plan, row, i, known(&series.values[group]));
            }
        }
        if self.form == BarForm::Bars {
            canvas.line(&spine, pen);
        }
        x_ticks(canvas, &plan.ruler, &plan.ticks, bottom, true);
        for (i, line) in plan.label.iter().enumerate() {
            let half = line.width() * size::LABEL / 2.0;
            let x = ((left + right) / 2.0).min(plan.width - size::BORDER - half).max(size::BORDER + half);
            let how = Type { size: size::LABEL, ..tick_type(Align::Middle, Stand::Top) };
            canvas.set(line, (x, bottom + X_LABELS + 5.0 + 11.0 * i as f64), how);
        }
    }

    fn estimate(&self, canvas: &mut Canvas, plan: &Arrangement, row: Rect, series: usize, estimate: Option<BarValue>) {
        let style = SeriesStyle::slot(series);
        let y = (row.top + row.bottom) / 2.0;
        let written = Type { size: size::TINY, color: MUTED, ..tick_type(Align::Left, Stand::Middle) };
        let Some(estimate) = estimate else {
            canvas.text("n/a", (plan.ruler.zero + 3.0, y), Type { size: size::TINY - 1.0, ..written });
            return;
        };
        let Some(x) = plan.ruler.at(estimate.value) else {
            return;
        };
        let inside = plan.rect.grown(0.1).contains((x, y));
        let base = plan.ruler.at(0.0).unwrap_or(plan.ruler.zero).clamp(plan.rect.left, plan.rect.right);
        if self.form == BarForm::Bars {
            let x = x.clamp(plan.rect.left, plan.rect.right);
            let bar = Rect { left: base.min(x), right: base.max(x), top: row.top + 0.6, bottom: row.bottom - 0.6 };
            if bar.width() > 0.3 {
                hatch::bar(canvas, bar, style.color, series);
            } else {
                let sliver = Rect { left: base, right: base + 1.4, ..bar };
                canvas.rect(sliver, style.color);
            }
        }
        if let Some((a, b)) = whisker(&plan.ruler, estimate).and_then(|(a, b)| plan.rect.clip(((a, y), (b, y)))) {
            match self.form {
                BarForm::Dots => marker::whisker(canvas, (a, b), (x, y), Pen { color: style.color, width: size::THIN }),
                // no marker to stand clear of: both ends get caps
                BarForm::Bars => {
                    marker::whisker(canvas, (a, b), (f64::INFINITY, y), Pen { color: INK, width: size::THIN })
                }
            }
        }
        if self.form == BarForm::Dots && inside {
            marker::mark(canvas, (x, y), style);
        }
        if self.numbers == Numbers::Shown {
            let x = end(&plan.ruler, estimate).min(plan.rect.right) + self.beside();
            canvas.text(&self.number(estimate), (x, y), written);
        }
    }
}

/// A value that can be drawn.
fn known(value: &Option<BarValue>) -> Option<BarValue> {
    value.filter(|estimate| estimate.value.is_finite())
}

/// Places of an interval's ends; an end at or below 0 on a log axis lies at the axis' start.
fn whisker(ruler: &Ruler, estimate: BarValue) -> Option<(f64, f64)> {
    let at = |v: f64| if ruler.extent.scale == Scale::Log && v <= 0.0 { Some(ruler.zero) } else { ruler.at(v) };
    let (lo, hi) = estimate.interval?;
    Some((at(lo)?, at(hi)?))
}

/// Right end of an estimate and its interval.
fn end(ruler: &Ruler, estimate: BarValue) -> f64 {
    let value = ruler.at(estimate.value).unwrap_or(ruler.zero);
    whisker(ruler, estimate).map_or(value, |(_, hi)| hi.max(value))
}

const CATEGORY_LEADING: f64 = 9.0;

/// Where everything stands.
#[derive(Debug)]
struct Arrangement {
    rect: Rect,
    ruler: Ruler,
    ticks: Ticks,
    pitch: f64,
    width: f64,
    height: f64,
    categories: Vec<Vec<Line>>,
    label: Vec<Line>,
}

impl Arrangement {
    fn new(
        bars: &Bars,
        canvas: &Canvas,
        width: f64,
        height: Height,
        extent: Extent,
        (below, beside): (f64, f64),
    ) -> Result<Self, ChartError> {
        let family = canvas.family;
        let set = |text: &String| Line::parse(family, text).wrap(family, width * 0.34 / size::SMALL, 2);
        let categories: Vec<Vec<Line>> = bars.categories.iter().map(set).collect();
        let widest = categories.iter().flatten().map(Line::width).fold(0.0, f64::max) * size::SMALL;
        let left = size::BORDER + widest + 5.0;
        let numbers = match bars.numbers {
            Numbers::Hidden => 0.0,
            Numbers::Shown => {
                bars.estimates().map(|e| canvas.width(&bars.number(e), size::TINY)).fold(0.0, f64::max)
                    + size::MARKER
                    + 3.0
            }
        };
        let mut right = size::BORDER + numbers.max(3.0);
        let mut ticks = Ticks::default();
        let mut across = 0.0;
        for _ in 0..2 {
            across = width - left - right - beside;
            ticks = fitting_x(canvas, extent, across.max(1.0));
            let marks = places(&extent.ruler(0.0, across), &ticks);
            let over = marks.iter().map(|(at, label)| at + canvas.width(label, size::SMALL) / 2.0 - across);
            right = size::BORDER + numbers.max(over.fold(3.0, f64::max));
        }
        let label = match bars.value.label.as_str() {
            "" => Vec::new(),
            text => Line::parse(family, text).wrap(family, (width - 2.0 * size::BORDER) / size::LABEL, 2),
        };
        let bottom = X_LABELS + size::BORDER + if label.is_empty() { 0.0 } else { 4.0 + 11.0 * label.len() as f64 };
        let (groups, rows) = (categories.len() as f64, bars.series.len() as f64);
        let lines = categories.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let top = size::BORDER + 1.0;
        let pitch = match height {
            Height::Auto => ((lines * CATEGORY_LEADING + 2.0) / rows).max(if rows > 1.0 { 7.6 } else { 10.0 }),
            Height::Points(height) => ((height - top - bottom - below) / groups - GROUP_GAP) / rows,
        };
        for (axis, left, least) in [("width", across, 50.0), ("height", pitch * rows * groups, 5.0 * rows * groups)] {
            if left.is_nan() || left < least {
                return Err(ChartError::Room { axis, left, least });
            }
        }
        let rect = Rect::at(left, top, across, groups * (rows * pitch + GROUP_GAP));
        let ruler = extent.ruler(rect.left, rect.right);
        let height = match height {
            Height::Auto => (rect.bottom + bottom + below).ceil(),
            Height::Points(height) => height,
        };
        Ok(Self { rect, ruler, ticks, pitch, width, height, categories, label })
    }

    /// Top of the first row of a group.
    fn group(&self, group: usize, rows: usize) -> f64 {
        self.rect.top + GROUP_GAP / 2.0 + group as f64 * (rows as f64 * self.pitch + GROUP_GAP)
    }
}
