//! One panel of curves: what is drawn in which order.

use crate::{
    canvas::{Align, Canvas, Pen, Stand, Type},
    frame::{Frame, Labels},
    geometry::Rect,
    layout::{Arrangement, MARK_ROW},
    legend::Obstacles,
    palette::{INK, MUTED, SeriesStyle},
    panel::Panel,
    preset::size,
    text::Line,
    trace::Trace,
};

const SMALL: Type = Type { size: size::SMALL, color: INK, align: Align::Left, stand: Stand::Baseline, upwards: false };

/// A panel whose frame has its place.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) panel: &'a Panel,
    pub(crate) frame: Frame,
    labels: Labels,
    traces: Vec<Trace>,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(panel: &'a Panel, frame: Frame, labels: Labels, styles: &[SeriesStyle]) -> Self {
        let series = panel.series.iter().zip(styles);
        let traces = series.map(|(series, style)| Trace::new(&frame, series, *style)).collect();
        Self { panel, frame, labels, traces }
    }

    /// What a legend must not cover.
    pub(crate) fn obstacles(&self) -> Obstacles {
        let mut obstacles = Obstacles::default();
        let mut scratch = Canvas::new(crate::Family::Sans);
        self.data(&mut scratch, &mut obstacles);
        self.markers(&mut scratch, &mut obstacles);
        let Rect { top, bottom, .. } = self.frame.rect;
        let marks = self.panel.marks.iter().filter_map(|mark| self.frame.x.at(mark.x));
        obstacles.segments.extend(marks.map(|x| ((x, top), (x, bottom))));
        obstacles
    }

    pub(crate) fn draw(&self, canvas: &mut Canvas, plan: &Arrangement, title: &str) {
        let Rect { left, top, right, bottom } = self.frame.rect;
        self.frame.grid(canvas, &plan.x_ticks, &plan.y_ticks);
        for mark in &self.panel.marks {
            if let Some(x) = self.frame.x.at(mark.x).filter(|x| self.frame.rect.contains((*x, top))) {
                canvas.dashed(&[(x, top - 1.5), (x, bottom)], Pen { color: INK, width: size::THIN }, &[1.2, 1.5]);
            }
        }
        self.data(canvas, &mut Obstacles::default());
        self.frame.axes(canvas, &plan.x_ticks, &plan.y_ticks, self.labels);
        self.markers(canvas, &mut Obstacles::default());
        for (row, marks) in mark_rows(canvas, self.panel, &self.frame, plan.width).iter().enumerate() {
            for (at, label) in marks {
                canvas.set(label, (*at, top - 4.0 - row as f64 * MARK_ROW), SMALL);
            }
        }
        if !title.trim().is_empty() {
            let room = if plan.frames.len() > 1 { right - left } else { plan.width - left - size::BORDER };
            let line = Line::parse(canvas.family, title).wrap(canvas.family, room / size::SMALL, 1).swap_remove(0);
            canvas.set(&line, (left, top - 5.0 - plan.mark_rows as f64 * MARK_ROW), SMALL);
        }
        if self.traces.iter().all(Trace::is_empty) {
            let how = Type { color: MUTED, align: Align::Middle, stand: Stand::Middle, ..SMALL };
            canvas.text("no data", ((left + right) / 2.0, (top + bottom) / 2.0), how);
        }
    }

    /// All bands, then all lines.
    fn data(&self, canvas: &mut Canvas, obstacles: &mut Obstacles) {
        for trace in &self.traces {
            trace.draw_band(canvas, &self.frame.rect, obstacles);
        }
        for trace in &self.traces {
            trace.draw_line(canvas, &self.frame.rect, obstacles);
        }
    }

    fn markers(&self, canvas: &mut Canvas, obstacles: &mut Obstacles) {
        for (i, trace) in self.traces.iter().enumerate() {
            trace.draw_markers(canvas, &self.frame.rect, (i, self.traces.len()), obstacles);
        }
    }
}

/// Between two labels of reference marks.
const GAP: f64 = 5.0;

/// Labels of reference marks and their left edges, in as many rows as keep them apart; the first row is the lowest.
pub(crate) fn mark_rows(canvas: &Canvas, panel: &Panel, frame: &Frame, page: f64) -> Vec<Vec<(f64, Line)>> {
    let Rect { left, right, top, .. } = frame.rect;
    let mut rows: Vec<(f64, Vec<(f64, Line)>)> = Vec::new();
    let placed = panel.marks.iter().filter_map(|mark| Some((frame.x.at(mark.x)?, &mark.label)));
    let mut placed: Vec<(f64, &String)> =
        placed.filter(|(x, label)| frame.rect.contains((*x, top)) && !label.is_empty()).collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (x, label) in placed {
        let line = Line::parse(canvas.family, label);
        let (start, end) = ((left - 12.0).max(size::BORDER), (right + 8.0).min(page - size::BORDER));
        let line = line.wrap(canvas.family, (end - start) / size::SMALL, 1).swap_remove(0);
        let width = line.width() * size::SMALL;
        let at = (x - width / 2.0).min(end - width).max(start);
        // beside a neighbour a label may move until it starts at its line, else it goes one row up
        let fits = |(taken, _): &(f64, Vec<(f64, Line)>)| {
            let moved = at.max(taken + GAP);
            moved == at || (moved <= x && moved + width <= end)
        };
        let row = rows.iter().position(fits).unwrap_or_else(|| {
            rows.push((f64::NEG_INFINITY, Vec::new()));
            rows.len() - 1
        });
        let at = at.max(rows[row].0 + GAP);
        rows[row].0 = at + width;
        rows[row].1.push((at, line));
    }
    rows.into_iter().map(|(_, row)| row).collect()
}
