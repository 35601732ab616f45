//! Legends: measured with the font's widths, put where no data is, or outside.

use crate::{
    canvas::{Align, Canvas, Pen, Stand, Type},
    geometry::{Pt, Rect},
    hatch, marker,
    palette::{Color, INK, RULE, SeriesStyle, WHITE},
    preset::size,
    text::Line,
};

/// Where the legend goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LegendPlace {
    /// Inside at the edge of a lone panel where it covers no curve, band or mark; in the free cell of a grid of panels; else
    /// outside.
    #[default]
    Auto,
    /// Below the chart, in as many columns as fit.
    Below,
    /// To the right of the chart, in one column.
    Right,
    /// None.
    Hidden,
}

/// The sample that stands before a label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Key {
    /// A data line, a marker, or both.
    Curve { style: SeriesStyle, line: Option<f64>, marker: bool },
    /// A bar with the pattern of this number.
    Bar { color: Color, pattern: usize },
}

/// One line of a legend.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LegendEntry {
    pub(crate) label: String,
    pub(crate) key: Key,
}

/// Length of a sample with a line: two or three dashes beside the marker.
const KEY: f64 = 24.0;
/// Length of a sample that is a marker only, and of a bar.
const SHORT_KEY: f64 = 8.0;
const BAR_KEY: f64 = 14.0;
const AFTER_KEY: f64 = 5.0;
const PADDING: f64 = 4.0;

/// Longest sample and distance between columns.
#[derive(Debug, Clone, Copy)]
struct Spacing {
    key: f64,
    between: f64,
}

const LOOSE: Spacing = Spacing { key: KEY, between: 14.0 };
const TIGHT: Spacing = Spacing { key: 18.0, between: 9.0 };

/// A legend whose size is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Legend {
    /// By column.
    columns: Vec<Column>,
    key: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

#[derive(Debug, Clone, PartialEq)]
struct Column {
    left: f64,
    entries: Vec<(Line, Key)>,
}

impl Legend {
    /// Lays entries out column by column, all columns equally long if possible. Labels that do not fit into a legend of `most`
    /// points end in an ellipsis.
    fn lay_out(canvas: &Canvas, entries: &[LegendEntry], columns: usize, most: f64, spacing: Spacing) -> Self {
        let keys = entries.iter().map(|entry| entry.key.width());
        let key = keys.fold(0.0, f64::max).min(spacing.key);
        let room = (most - key - AFTER_KEY - 2.0 * PADDING) / size::SMALL;
        let columns = columns.clamp(1, entries.len().max(1));
        let (each, longer) = (entries.len() / columns, entries.len() % columns);
        let mut legend = Self { columns: Vec::new(), key, width: 0.0, height: 0.0 };
        let (mut left, mut rest) = (PADDING, entries);
        for i in 0..columns {
            let (column, others) = rest.split_at(each + usize::from(i < longer));
            rest = others;
            let set = |entry: &LegendEntry| {
                let line = Line::parse(canvas.family, &entry.label);
                (line.wrap(canvas.family, room, 1).swap_remove(0), entry.key)
            };
            let column: Vec<(Line, Key)> = column.iter().map(set).collect();
            let widest = column.iter().map(|(line, _)| line.width()).fold(0.0, f64::max) * size::SMALL;
            legend.columns.push(Column { left, entries: column });
            left += key + AFTER_KEY + widest + spacing.between;
        }
        let rows = each + usize::from(longer > 0);
        legend.width = left - spacing.between + PADDING;
        legend.height = rows as f64 * size::LEADING + 2.0 * PADDING - 2.0;
        legend
    }

    /// One column.
    pub(crate) fn column(canvas: &Canvas, entries: &[LegendEntry], most: f64) -> Self {
        Self::lay_out(canvas, entries, 1, most, LOOSE)
    }

    /// So many columns, whatever their width.
    pub(crate) fn columns(canvas: &Canvas, entries: &[LegendEntry], columns: usize) -> Self {
        Self::lay_out(canvas, entries, columns, f64::INFINITY, LOOSE)
    }

    /// As many columns as fit into `most` points of width, set more tightly if that makes one more fit.
    pub(crate) fn wide(canvas: &Canvas, entries: &[LegendEntry], most: f64) -> Self {
        let fits = (2..=entries.len()).rev().filter(|columns| {
            // eight entries in seven columns are no lower than in four
            entries.len().div_ceil(*columns) < entries.len().div_ceil(columns - 1)
        });
        fits.flat_map(|columns| {
            [LOOSE, TIGHT].map(|spacing| Self::lay_out(canvas, entries, columns, f64::INFINITY, spacing))
        })
        .find(|legend| legend.width <= most)
        .unwrap_or_else(|| Self::column(canvas, entries, most))
    }

    /// Draws it with its upper left corner at `at`; `boxed` puts it on white with a thin frame.
    pub(crate) fn draw(&self, canvas: &mut Canvas, at: Pt, boxed: Boxed) {
        if boxed == Boxed::Yes {
            let rect = Rect::at(at.0, at.1, self.width, self.height);
            canvas.rect(rect, WHITE);
            canvas.outline(rect, Pen { color: RULE, width: size::HAIR });
        }
        let how = Type { size: size::SMALL, color: INK, align: Align::Left, stand: Stand::Middle, upwards: false };
        for column in &self.columns {
            for (i, (line, key)) in column.entries.iter().enumerate() {
                let (x, y) = (at.0 + column.left, at.1 + PADDING - 1.0 + size::LEADING * (i as f64 + 0.5));
                key.draw(canvas, (x, y), self.key);
                canvas.set(line, (x + self.key + AFTER_KEY, y), how);
            }
        }
    }
}

/// Whether a legend gets a frame: inside a panel it does, outside it needs none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Boxed {
    Yes,
    No,
}

impl Key {
    fn width(self) -> f64 {
        match self {
            Self::Curve { line: Some(_), .. } => KEY,
            Self::Curve { line: None, .. } => SHORT_KEY,
            Self::Bar { .. } => BAR_KEY,
        }
    }

    /// Draws the sample from `x` on, centred in `room`.
    fn draw(self, canvas: &mut Canvas, (x, y): Pt, room: f64) {
        match self {
            Self::Curve { style, line, marker } => {
                if let Some(width) = line {
                    canvas.dashed(&[(x, y), (x + room, y)], Pen { color: style.color, width }, style.dash);
                }
                if marker {
                    marker::mark(canvas, (x + room / 2.0, y), style);
                }
            }
            Self::Bar { color, pattern } => hatch::bar(canvas, Rect::at(x, y - 3.0, room, 6.0), color, pattern),
        }
    }
}

/// What a legend must not cover.
#[derive(Debug, Clone, Default)]
pub(crate) struct Obstacles {
    pub(crate) segments: Vec<(Pt, Pt)>,
    pub(crate) areas: Vec<Vec<Pt>>,
    pub(crate) boxes: Vec<Rect>,
}

impl Obstacles {
    pub(crate) fn line(&mut self, line: &[Pt]) {
        self.segments.extend(line.windows(2).map(|pair| (pair[0], pair[1])));
    }

    pub(crate) fn area(&mut self, area: &[Pt]) {
        self.line(area);
        self.areas.push(area.to_vec());
    }

    /// Whether nothing drawn touches the rectangle.
    pub(crate) fn clear_of(&self, rect: &Rect) -> bool {
        let middle = ((rect.left + rect.right) / 2.0, (rect.top + rect.bottom) / 2.0);
        !self.boxes.iter().any(|other| other.overlaps(rect))
            && !self.segments.iter().any(|segment| rect.clip(*segment).is_some())
            && !self.areas.iter().any(|area| encloses(area, middle))
    }
}

/// Even-odd rule.
fn encloses(area: &[Pt], (x, y): Pt) -> bool {
    let mut inside = false;
    for (i, &(ax, ay)) in area.iter().enumerate() {
        let (bx, by) = area[(i + area.len() - 1) % area.len()];
        if (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax) {
            inside = !inside;
        }
    }
    inside
}

/// A place inside `panel` for a box of this size that covers nothing: corners first, then along the edges.
pub(crate) fn find_place(panel: &Rect, (width, height): (f64, f64), obstacles: &Obstacles) -> Option<Pt> {
    const INSET: f64 = 6.0;
    const AIR: f64 = 3.0;
    let (left, top) = (panel.left + INSET, panel.top + 2.0);
    let (right, bottom) = (panel.right - width - 2.0, panel.bottom - height - INSET);
    if right < left || bottom < top {
        return None;
    }
    let steps = (1..16).map(|i| f64::from(i) / 16.0);
    let edges = steps.flat_map(|t| {
        let (x, y) = (left + t * (right - left), top + t * (bottom - top));
        [(right, y), (left, y), (x, top), (x, bottom)]
    });
    [(right, top), (left, bottom), (right, bottom), (left, top)]
        .into_iter()
        .chain(edges)
        .find(|&(x, y)| obstacles.clear_of(&Rect::at(x, y, width, height).grown(AIR)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Family;

    const PANEL: Rect = Rect { left: 0.0, top: 0.0, right: 200.0, bottom: 100.0 };

    fn entries(labels: &[&str]) -> Vec<LegendEntry> {
        let key = |i| Key::Curve { style: SeriesStyle::slot(i), line: Some(1.0), marker: true };
        labels.iter().enumerate().map(|(i, label)| LegendEntry { label: (*label).to_owned(), key: key(i) }).collect()
    }

    fn check(line: &[Pt], expected: Option<Pt>) {
        let mut obstacles = Obstacles::default();
        obstacles.line(line);
        assert_eq!(find_place(&PANEL, (60.0, 40.0), &obstacles), expected, "{line:?}");
    }

    #[test]
    fn a_free_corner_is_taken() {
        let (left, top, right, bottom) = (6.0, 2.0, 138.0, 54.0);
        check(&[], Some((right, top)));
        check(&[(0.0, 0.0), (200.0, 100.0)], Some((right, top)));
        check(&[(0.0, 0.0), (200.0, 0.0), (200.0, 100.0)], Some((left, bottom)));
        check(&[(0.0, 100.0), (200.0, 10.0)], Some((right, bottom)));
        check(&[(0.0, 90.0), (100.0, 90.0), (150.0, 0.0), (200.0, 90.0)], Some((left, top)));
        // one long segment without a point near any corner counts as much as many points
        check(&[(-50.0, 20.0), (250.0, 20.0)], Some((left, bottom)));
    }

    #[test]
    fn no_place_where_data_is_everywhere() {
        let zigzag: Vec<Pt> = (0..=20).map(|i| (f64::from(i) * 10.0, if i % 2 == 0 { 0.0 } else { 100.0 })).collect();
        check(&zigzag, None);
        let mut band = Obstacles::default();
        band.area(&PANEL.grown(50.0).corners());
        assert_eq!(find_place(&PANEL, (60.0, 40.0), &band), None, "inside a wide band is not free");
        assert_eq!(find_place(&PANEL, (300.0, 40.0), &Obstacles::default()), None, "wider than the panel");
    }

    #[test]
    fn layout_fits_the_width() {
        let canvas = Canvas::new(Family::Sans);
        let seven = entries(&["beacon", "fleet", "tiered", "linked servers", "super-peer", "gnutella", "kademlia"]);
        let wide = Legend::wide(&canvas, &seven, 500.0);
        assert!(wide.width <= 500.0 && wide.columns.len() > 1, "{wide:?}");
        let narrow = Legend::wide(&canvas, &seven, 120.0);
        assert_eq!(narrow.columns.len(), 1);
        let long = entries(&["an unreasonably long label that no column of any paper could ever hold in one line"]);
        let cut = Legend::wide(&canvas, &long, 120.0);
        assert!(cut.width <= 120.0 + 1e-9 && cut.columns[0].entries[0].0.plain().ends_with('…'), "{cut:?}");
        assert!(Legend::wide(&canvas, &[], 100.0).width <= 100.0);
    }
}
