//! A table of numbers as coloured cells: topologies × strategies.
//!
//! Colours are viridis, which stays in order in grey; the number stands in each cell, in black or white by contrast. A missing
//! value is a hatched cell with a dash.

use crate::{
    axis::{Axis, Extent},
    canvas::{Align, Canvas, Pen, Stand, Type},
    chart::Chart,
    csv::{Csv, field},
    error::ChartError,
    frame::{fitting_y, places, tick_type},
    geometry::Rect,
    hatch,
    hover::{Hover, HoverBox, edges},
    palette::{Color, INK, MISSING, MUTED, WHITE},
    preset::{Height, Preset, size},
    render::Figure,
    scale::Scale,
    text::{Line, unmarked},
    ticks,
};

/// A heat map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HeatMap {
    /// Name of the figure, for its metadata; not drawn.
    pub title: String,
    /// What is to be seen, in a sentence, for readers who cannot see it; not drawn.
    pub description: String,
    /// Names of the rows, from above.
    pub rows: Vec<String>,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Row by row; `None` or a value that is not finite is missing.
    pub cells: Vec<Vec<Option<f64>>>,
    /// Ends of an interval around each value, for the page and the numbers beside the figure; empty where there are none.
    pub intervals: Vec<Vec<Option<(f64, f64)>>>,
    /// The colour axis. On a log scale zeros take the lowest colour.
    pub value: Axis,
}

const LEADING: f64 = 9.0;
const BAR: f64 = 8.0;

impl Chart for HeatMap {
    fn draw(&self, preset: &Preset) -> Result<Figure, ChartError> {
        self.check()?;
        let width = preset.points()?;
        let mut canvas = Canvas::new(preset.family);
        let values = self.cells.iter().flatten().flatten().copied();
        let extent = Extent { slot: false, ..self.value.extent(values)? };
        let plan = Arrangement::new(self, &canvas, width, preset.height, extent)?;
        self.names(&mut canvas, &plan);
        self.table(&mut canvas, &plan, extent);
        self.bar(&mut canvas, &plan, extent);
        let (title, description) = (self.title.clone(), self.description.clone());
        let (csv, hover) = (self.csv(), self.hover(&plan));
        Ok(Figure { width, height: plan.height, title, description, csv, hover, themed: false, canvas })
    }
}

impl HeatMap {
    fn check(&self) -> Result<(), ChartError> {
        if self.rows.is_empty() {
            return Err(ChartError::Nothing { what: "row" });
        }
        if self.columns.is_empty() {
            return Err(ChartError::Nothing { what: "column" });
        }
        let wrong = |label: &str, found, expected| ChartError::Length { label: label.to_owned(), found, expected };
        if self.cells.len() != self.rows.len() {
            return Err(wrong("cells", self.cells.len(), self.rows.len()));
        }
        let expected = self.columns.len();
        match self.rows.iter().zip(&self.cells).find(|(_, row)| row.len() != expected) {
            Some((label, row)) => Err(wrong(label, row.len(), expected)),
            None => Ok(()),
        }
    }

    fn names(&self, canvas: &mut Canvas, plan: &Arrangement) {
        let spread = |i: usize, n: usize| (i as f64 - (n - 1) as f64 / 2.0) * LEADING;
        for (i, lines) in plan.row_names.iter().enumerate() {
            let y = plan.grid.top + (i as f64 + 0.5) * plan.cell.1;
            for (k, line) in lines.iter().enumerate() {
                let at = (plan.grid.left - 4.0, y + spread(k, lines.len()));
                canvas.set(line, at, tick_type(Align::Right, Stand::Middle));
            }
        }
        for (i, lines) in plan.column_names.iter().enumerate() {
            let x = plan.grid.left + (i as f64 + 0.5) * plan.cell.0;
            for (k, line) in lines.iter().enumerate() {
                if plan.upright {
                    let how = Type { upwards: true, ..tick_type(Align::Right, Stand::Middle) };
                    canvas.set(line, (x + spread(k, lines.len()), plan.grid.bottom + 4.0), how);
                } else {
                    let at = (x, plan.grid.bottom + 4.5 + k as f64 * LEADING);
                    canvas.set(line, at, tick_type(Align::Middle, Stand::Top));
                }
            }
        }
    }

    fn table(&self, canvas: &mut Canvas, plan: &Arrangement, extent: Extent) {
        let decimals = ticks::decimals(extent.hi.abs().max(extent.lo.abs()));
        // across decades two digits of each say more than equally many decimals
        let places = |value: f64| match extent.scale {
            _ if value == 0.0 => 0,
            Scale::Log if (1e-4..1e7).contains(&value) => usize::try_from(1 - ticks::exponent(value)).unwrap_or(0),
            _ => decimals,
        };
        let write = |value: f64| ticks::number(value, places(value));
        let widest = self.cells.iter().flatten().flatten().map(|v| canvas.width(&write(*v), 1.0)).fold(0.1, f64::max);
        let size = size::SMALL.min((plan.cell.0 - 4.0) / widest).min((plan.cell.1 - 2.0) / 0.9);
        let ruler = extent.ruler(0.0, 1.0);
        for (i, row) in self.cells.iter().enumerate() {
            for (k, value) in row.iter().enumerate() {
                let left = plan.grid.left + k as f64 * plan.cell.0;
                let cell = Rect::at(left, plan.grid.top + i as f64 * plan.cell.1, plan.cell.0, plan.cell.1);
                let middle = ((cell.left + cell.right) / 2.0, (cell.top + cell.bottom) / 2.0);
                let how = Type { size, ..tick_type(Align::Middle, Stand::Middle) };
                match value.filter(|v| v.is_finite()) {
                    Some(value) => {
                        let color = Color::viridis(ruler.at(value).unwrap_or(0.0));
                        canvas.rect(cell, color);
                        if size >= 5.0 {
                            canvas.text(&write(value), middle, Type { color: color.ink_on(), ..how });
                        }
                    }
                    None => {
                        hatch::missing(canvas, cell);
                        let behind = Rect::at(middle.0, middle.1, 0.0, 0.0).grown(3.2);
                        canvas.rect(behind, MISSING);
                        canvas.text("–", middle, Type { color: MUTED, size: size.max(5.0), ..how });
                    }
                }
            }
        }
        let gap = Pen { color: WHITE, width: 1.0 };
        let Rect { left, top, right, bottom } = plan.grid;
        for i in 1..self.rows.len() {
            let y = top + i as f64 * plan.cell.1;
            canvas.line(&[(left, y), (right, y)], gap);
        }
        for i in 1..self.columns.len() {
            let x = left + i as f64 * plan.cell.0;
            canvas.line(&[(x, top), (x, bottom)], gap);
        }
    }

    fn bar(&self, canvas: &mut Canvas, plan: &Arrangement, extent: Extent) {
        let Rect { left, top, right, bottom } = plan.bar;
        let strips = 128;
        let height = plan.bar.height() / f64::from(strips);
        for i in 0..strips {
            let color = Color::viridis((f64::from(i) + 0.5) / f64::from(strips));
            let lower = bottom - f64::from(i) * height;
            // strips overlap a little, so that no seam shows; the last one must not stick out
            canvas.rect(Rect { left, right, top: (lower - height - 0.3).max(top), bottom: lower }, color);
        }
        let ruler = extent.ruler(bottom, top);
        let scale = fitting_y(extent, plan.bar.height());
        let pen = Pen { color: INK, width: size::HAIR };
        for (y, label) in places(&ruler, &scale) {
            canvas.line(&[(right, y), (right + 2.2, y)], pen);
            canvas.text(&label, (right + 4.5, y), tick_type(Align::Left, Stand::Middle));
        }
        canvas.outline(plan.bar, pen);
        for (i, line) in plan.label.iter().rev().enumerate() {
            let half = line.width() * size::LABEL / 2.0;
            let y = ((top + bottom) / 2.0).min(plan.height - size::BORDER - half).max(size::BORDER + half);
            let x = plan.width - size::BORDER - 2.0 - i as f64 * 11.0;
            let how = Type { size: size::LABEL, upwards: true, ..tick_type(Align::Middle, Stand::Baseline) };
            canvas.set(line, (x, y), how);
        }
    }

    fn hover(&self, plan: &Arrangement) -> Hover {
        let mut boxes = Vec::new();
        for (i, (row, cells)) in self.rows.iter().zip(&self.cells).enumerate() {
            for (k, (column, value)) in self.columns.iter().zip(cells).enumerate() {
                let (left, top) = (plan.grid.left + k as f64 * plan.cell.0, plan.grid.top + i as f64 * plan.cell.1);
                boxes.push(HoverBox {
                    frame: edges(Rect::at(left, top, plan.cell.0, plan.cell.1)),
                    row: unmarked(row),
                    column: unmarked(column),
                    value: value.filter(|v| v.is_finite()),
                    interval: self.interval(i, k),
                });
            }
        }
        Hover::Boxes { label: unmarked(&self.value.label), boxes }
    }

    fn csv(&self) -> String {
        if self.intervals.is_empty() {
            let mut csv = Csv::new(&["row", "column", "value"]);
            for (row, cells) in self.rows.iter().zip(&self.cells) {
                for (column, value) in self.columns.iter().zip(cells) {
                    csv.row([row.clone(), column.clone(), field(value.unwrap_or(f64::NAN))]);
                }
            }
            return csv.finish();
        }
        let mut csv = Csv::new(&["row", "column", "value", "lo", "hi"]);
        for (i, (row, cells)) in self.rows.iter().zip(&self.cells).enumerate() {
            for (k, (column, value)) in self.columns.iter().zip(cells).enumerate() {
                let (lo, hi) = self.interval(i, k).unwrap_or((f64::NAN, f64::NAN));
                csv.row([row.clone(), column.clone(), field(value.unwrap_or(f64::NAN)), field(lo), field(hi)]);
            }
        }
        csv.finish()
    }

    fn interval(&self, row: usize, column: usize) -> Option<(f64, f64)> {
        *self.intervals.get(row)?.get(column)?
    }
}

#[derive(Debug)]
struct Arrangement {
    grid: Rect,
    cell: (f64, f64),
    bar: Rect,
    row_names: Vec<Vec<Line>>,
    column_names: Vec<Vec<Line>>,
    upright: bool,
    label: Vec<Line>,
    width: f64,
    height: f64,
}

impl Arrangement {
    fn new(map: &HeatMap, canvas: &Canvas, width: f64, height: Height, extent: Extent) -> Result<Self, ChartError> {
        let family = canvas.family;
        let wrap = |text: &String, room: f64| Line::parse(family, text).wrap(family, room / size::SMALL, 2);
        let row_names: Vec<Vec<Line>> = map.rows.iter().map(|name| wrap(name, width * 0.34)).collect();
        let widest = |names: &[Vec<Line>]| names.iter().flatten().map(Line::width).fold(0.0, f64::max) * size::SMALL;
        let left = size::BORDER + widest(&row_names) + 4.0;
        let marks = places(&extent.ruler(0.0, 100.0), &fitting_y(extent, 100.0));
        let marks = marks.iter().map(|(_, label)| canvas.width(label, size::SMALL)).fold(0.0, f64::max);
        let label_lines = usize::from(!map.value.label.is_empty());
        let (rows, columns) = (map.rows.len() as f64, map.columns.len() as f64);
        let measure = |label_lines: usize| {
            let right = size::BORDER + label_lines as f64 * 12.0 + marks + 6.0 + BAR + 8.0;
            (right, (width - left - right) / columns)
        };
        let (mut right, mut across) = measure(label_lines);
        // horizontal if no word has to be broken, else upright
        let words = map.columns.iter().flat_map(|name| name.split(' '));
        let word = words.map(|word| canvas.width(word, size::SMALL)).fold(0.0, f64::max);
        let whole = |room: f64| {
            map.columns.iter().all(|name| {
                let lines = Line::parse(family, name).wrap(family, room / size::SMALL, 3);
                lines.len() <= 2
            })
        };
        let upright = word > across - 3.0 || !whole(across - 3.0);
        let room = match (upright, across > 2.2 * LEADING) {
            (false, _) => across - 3.0,
            // two lines beside each other: as short as cuts no name
            (true, true) => {
                let longer = std::iter::successors(Some(word.max(40.0)), |room| Some(room + 6.0));
                longer.take(16).find(|&room| whole(room)).unwrap_or(130.0)
            }
            (true, false) => 90.0,
        };
        let column_names: Vec<Vec<Line>> = map.columns.iter().map(|name| wrap(name, room)).collect();
        let lines = column_names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let below = 6.0 + if upright { widest(&column_names) } else { lines * LEADING } + size::BORDER;
        let top = size::BORDER + size::SMALL * 0.4;
        let name_lines = row_names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let down = match height {
            // a map of few rows is still as high as its colour bar needs for its numbers and name
            Height::Auto => (name_lines * LEADING + 5.0).max(17.0).max(64.0 / rows),
            Height::Points(height) => (height - top - below) / rows,
        };
        let room = rows * down + below;
        let label = match map.value.label.as_str() {
            "" => Vec::new(),
            text => Line::parse(family, text).wrap(family, room / size::LABEL, 2),
        };
        (right, across) = if label.len() > 1 { measure(2) } else { (right, across) };
        for (axis, left, least) in [("width", across * columns, 10.0 * columns), ("height", down * rows, 8.0 * rows)] {
            if left.is_nan() || left < least {
                return Err(ChartError::Room { axis, left, least });
            }
        }
        let grid = Rect::at(left, top, across * columns, down * rows);
        let bar = Rect::at(width - right + 8.0, top, BAR, grid.height());
        let height = match height {
            Height::Auto => (grid.bottom + below).ceil(),
            Height::Points(height) => height,
        };
        Ok(Self { grid, cell: (across, down), bar, row_names, column_names, upright, label, width, height })
    }
}
