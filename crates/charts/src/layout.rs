//! Where panels stand on the page, once everything around them has been measured.
//!
//! Margins depend on tick labels, tick labels on the room for the axis, and that on the margins: a few rounds settle it.

use crate::{
    axis::Extent,
    canvas::{Align, Canvas, Stand, Type},
    error::ChartError,
    frame::{Frame, Labels, X_LABELS, fitting_x, fitting_y, places},
    geometry::Rect,
    palette::INK,
    preset::{Height, size},
    text::Line,
    ticks::Ticks,
};

/// Least width and height of a panel, in points.
const LEAST: (f64, f64) = (50.0, 36.0);
/// A panel title's share of the height.
const TITLE: f64 = 12.0;
/// A row of labels of reference marks.
pub(crate) const MARK_ROW: f64 = 9.5;
/// Line to line of an axis label.
const LABEL_LEADING: f64 = 11.0;

/// What has to find a place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) width: f64,
    pub(crate) height: Height,
    pub(crate) columns: usize,
    /// Number of panels.
    pub(crate) count: usize,
    pub(crate) titled: bool,
    pub(crate) mark_rows: usize,
    pub(crate) x: (&'a str, Extent),
    pub(crate) y: (&'a str, Extent),
    /// Room for a legend below and to the right.
    pub(crate) below: f64,
    pub(crate) beside: f64,
}

/// Where it is.
#[derive(Debug, Clone)]
pub(crate) struct Arrangement {
    pub(crate) frames: Vec<(Frame, Labels)>,
    pub(crate) x_ticks: Ticks,
    pub(crate) y_ticks: Ticks,
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// All panels together.
    pub(crate) grid: Rect,
    /// What is free after the last panel.
    pub(crate) spare: Option<Rect>,
    /// Rows of labels of reference marks above each panel.
    pub(crate) mark_rows: usize,
    x_label: Vec<Line>,
    y_label: Vec<Line>,
}

impl Arrangement {
    pub(crate) fn new(canvas: &Canvas, request: &Request<'_>) -> Result<Self, ChartError> {
        let columns = request.columns.clamp(1, request.count.max(1));
        let rows = request.count.div_ceil(columns).max(1);
        let (across, down) = (columns as f64, rows as f64);
        let family = canvas.family;
        let title = if request.titled { TITLE } else { 0.0 };
        let head = title + request.mark_rows as f64 * MARK_ROW;
        let top = size::BORDER + if head > 0.0 { head + 2.0 } else { size::SMALL * 0.5 };
        let gap_y = X_LABEL_GAP + head;
        let aspect = if request.count > 1 { 0.66 } else { 0.62 };
        let (mut left, mut right, mut bottom, mut gap_x) = (40.0, 8.0, 36.0, 14.0);
        let panel_size = |left: f64, right: f64, bottom: f64, gap_x: f64| {
            let width = (request.width - left - right - request.beside - (across - 1.0) * gap_x) / across;
            let height = match request.height {
                Height::Auto => (width * aspect).clamp(LEAST.1 + 10.0, 205.0),
                Height::Points(height) => (height - top - bottom - request.below - (down - 1.0) * gap_y) / down,
            };
            (width, height)
        };
        let (mut x_ticks, mut y_ticks) = (Ticks::default(), Ticks::default());
        let (mut x_label, mut y_label) = (Vec::new(), Vec::new());
        for round in 0..4 {
            let panel = panel_size(left, right, bottom, gap_x);
            x_ticks = fitting_x(canvas, request.x.1, panel.0.max(1.0));
            y_ticks = fitting_y(request.y.1, panel.1.max(1.0));
            let marks = places(&request.x.1.ruler(0.0, panel.0), &x_ticks);
            let beyond = |at: f64, label: &str| at + canvas.width(label, size::SMALL) / 2.0 - panel.0;
            let over_right = marks.iter().map(|(at, label)| beyond(*at, label)).fold(0.0, f64::max);
            let over_left = marks.iter().map(|(at, label)| beyond(panel.0 - at, label)).fold(0.0, f64::max);
            let widest = places(&request.y.1.ruler(0.0, panel.1), &y_ticks)
                .iter()
                .map(|(_, label)| canvas.width(label, size::SMALL))
                .fold(0.0, f64::max);
            let room = (down * panel.1 + (down - 1.0) * gap_y + top + bottom - 2.0 * size::BORDER, across * panel.0);
            y_label = label_lines(family, request.y.0, room.0);
            x_label = label_lines(family, request.x.0, room.1 + left * 0.5);
            let beside_axis = (widest + size::GAP + size::TICK).max(over_left);
            let y_room = if y_label.is_empty() { 0.0 } else { 3.0 + y_label.len() as f64 * LABEL_LEADING };
            let x_room = if x_label.is_empty() { 0.0 } else { 4.0 + x_label.len() as f64 * LABEL_LEADING };
            let needed = [
                size::BORDER + y_room + beside_axis,
                size::BORDER + over_right.max(3.0),
                X_LABELS + size::BORDER + x_room,
                (over_left + over_right + 7.0).max(14.0),
            ];
            // margins that may shrink again could swing for ever
            for (margin, needed) in [&mut left, &mut right, &mut bottom, &mut gap_x].into_iter().zip(needed) {
                *margin = if round < 2 { needed } else { margin.max(needed) };
            }
        }
        let panel = panel_size(left, right, bottom, gap_x);
        for (axis, left, least) in [("width", panel.0, LEAST.0), ("height", panel.1, LEAST.1)] {
            if left.is_nan() || left < least {
                return Err(ChartError::Room { axis, left, least });
            }
        }
        let slot = |i: usize| {
            let (column, row) = ((i % columns) as f64, (i / columns) as f64);
            Rect::at(left + column * (panel.0 + gap_x), top + row * (panel.1 + gap_y), panel.0, panel.1)
        };
        let frame = |i: usize| {
            let labels = Labels { x: i + columns >= request.count, y: i.is_multiple_of(columns) };
            (Frame::new(slot(i), request.x.1, request.y.1), labels)
        };
        let last = slot(columns * rows - 1);
        let grid = Rect { left, top, right: last.right, bottom: last.bottom };
        let spare = (request.count < columns * rows).then(|| {
            let free = slot(request.count);
            Rect { top: free.top - head + X_LABELS, right: last.right, ..free }
        });
        let height = match request.height {
            Height::Auto => (grid.bottom + bottom + request.below).ceil(),
            Height::Points(height) => height,
        };
        let frames = (0..request.count).map(frame).collect();
        let mark_rows = request.mark_rows;
        Ok(Self { frames, x_ticks, y_ticks, width: request.width, height, grid, spare, mark_rows, x_label, y_label })
    }

    /// Axis labels, once for all panels.
    pub(crate) fn labels(&self, canvas: &mut Canvas) {
        let base = Type { size: size::LABEL, color: INK, align: Align::Middle, stand: Stand::Top, upwards: false };
        let (middle_x, middle_y) = ((self.grid.left + self.grid.right) / 2.0, (self.grid.top + self.grid.bottom) / 2.0);
        for (i, line) in self.x_label.iter().enumerate() {
            let half = line.width() * size::LABEL / 2.0;
            let x = within(middle_x, half, self.width);
            let y = self.grid.bottom + X_LABELS + 5.0 + i as f64 * LABEL_LEADING;
            canvas.set(line, (x, y), base);
        }
        for (i, line) in self.y_label.iter().enumerate() {
            let half = line.width() * size::LABEL / 2.0;
            let y = within(middle_y, half, self.height);
            let x = size::BORDER + i as f64 * LABEL_LEADING;
            canvas.set(line, (x, y), Type { upwards: true, ..base });
        }
    }
}

/// Below a panel when another one follows: half a tick label and air.
const X_LABEL_GAP: f64 = 13.0;

/// A centre moved so that what reaches `half` to both sides stays on the page.
fn within(middle: f64, half: f64, page: f64) -> f64 {
    middle.min(page - size::BORDER - half).max(size::BORDER + half)
}

fn label_lines(family: crate::Family, label: &str, room: f64) -> Vec<Line> {
    if label.is_empty() {
        return Vec::new();
    }
    Line::parse(family, label).wrap(family, (room / size::LABEL).max(4.0), 2)
}
