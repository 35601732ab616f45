//! The frame around data: grid, axis lines, ticks and their labels.
//!
//! Only the left and the bottom line are drawn (Tufte's range frame without the tricks), ticks point outwards, the grid is
//! light. Axis labels stand with the layout, since several panels may share one.

use crate::{
    axis::{Extent, Ruler},
    canvas::{Align, Canvas, Pen, Stand, Type},
    geometry::{Pt, Rect},
    palette::{GRID, INK, WHITE},
    preset::size,
    ticks::Ticks,
};

/// One panel's place and axes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) rect: Rect,
    pub(crate) x: Ruler,
    pub(crate) y: Ruler,
}

/// Which tick labels a panel shows: inner panels of a grid leave them to the outer ones.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Labels {
    pub(crate) x: bool,
    pub(crate) y: bool,
}

impl Frame {
    pub(crate) fn new(rect: Rect, x: Extent, y: Extent) -> Self {
        Self { rect, x: x.ruler(rect.left, rect.right), y: y.ruler(rect.bottom, rect.top) }
    }

    /// Place of a pair of values; `None` if either has none.
    pub(crate) fn at(&self, x: f64, y: f64) -> Option<Pt> {
        Some((self.x.at(x)?, self.y.at(y)?))
    }

    /// Grid lines at the major ticks.
    pub(crate) fn grid(&self, canvas: &mut Canvas, x: &Ticks, y: &Ticks) {
        let pen = Pen { color: GRID, width: size::HAIR };
        let Rect { left, top, right, bottom } = self.rect;
        for (at, _) in places(&self.x, x) {
            canvas.line(&[(at, top), (at, bottom)], pen);
        }
        for (at, _) in places(&self.y, y) {
            canvas.line(&[(left, at), (right, at)], pen);
        }
    }

    /// Axis lines, ticks and tick labels.
    pub(crate) fn axes(&self, canvas: &mut Canvas, x: &Ticks, y: &Ticks, labels: Labels) {
        let Rect { left, top, right, bottom } = self.rect;
        canvas.line(&[(left, top), (left, bottom), (right, bottom)], SPINE);
        x_ticks(canvas, &self.x, x, bottom, labels.x);
        for at in minor(&self.y, y) {
            canvas.line(&[(left, at), (left - size::MINOR, at)], HAIR);
        }
        for (at, label) in places(&self.y, y) {
            canvas.line(&[(left, at), (left - size::TICK, at)], SPINE);
            if labels.y {
                canvas.text(&label, (left - size::TICK - size::GAP, at), tick_type(Align::Right, Stand::Middle));
            }
        }
        if self.y.extent.slot {
            cut(canvas, (left, (self.y.zero + self.y.start) / 2.0), true);
        }
    }
}

const SPINE: Pen = Pen { color: INK, width: size::SPINE };
const HAIR: Pen = Pen { color: INK, width: size::HAIR };

/// Ticks below a horizontal axis, and their labels if wanted.
pub(crate) fn x_ticks(canvas: &mut Canvas, ruler: &Ruler, ticks: &Ticks, bottom: f64, labelled: bool) {
    for at in minor(ruler, ticks) {
        canvas.line(&[(at, bottom), (at, bottom + size::MINOR)], HAIR);
    }
    for (at, label) in places(ruler, ticks) {
        canvas.line(&[(at, bottom), (at, bottom + size::TICK)], SPINE);
        if labelled {
            canvas.text(&label, (at, bottom + X_LABEL_TOP), tick_type(Align::Middle, Stand::Top));
        }
    }
    if ruler.extent.slot {
        cut(canvas, ((ruler.zero + ruler.start) / 2.0, bottom), false);
    }
}

/// From the bottom of a panel to the capitals of its x tick labels; room for raised exponents is included.
pub(crate) const X_LABEL_TOP: f64 = size::TICK + size::GAP + 1.5;

/// From the bottom of a panel to below its x tick labels.
pub(crate) const X_LABELS: f64 = X_LABEL_TOP + size::SMALL * 0.73 + 1.0;

pub(crate) fn tick_type(align: Align, stand: Stand) -> Type {
    Type { size: size::SMALL, color: INK, align, stand, upwards: false }
}

/// Places and labels of the major ticks, the place for 0 included.
pub(crate) fn places(ruler: &Ruler, ticks: &Ticks) -> Vec<(f64, String)> {
    let zero = ruler.extent.slot.then(|| (ruler.zero, "0".to_owned()));
    let major = ticks.major.iter().filter_map(|tick| Some((ruler.at(tick.value)?, tick.label.clone())));
    zero.into_iter().chain(major).collect()
}

fn minor<'a>(ruler: &'a Ruler, ticks: &'a Ticks) -> impl Iterator<Item = f64> + 'a {
    ticks.minor.iter().filter_map(|value| ruler.at(*value))
}

/// The break in an axis line between 0 and the first decade.
fn cut(canvas: &mut Canvas, (x, y): Pt, upright: bool) {
    let place = |along: f64, across: f64| if upright { (x + across, y - along) } else { (x + along, y - across) };
    canvas.line(&[place(-1.2, 0.0), place(1.2, 0.0)], Pen { color: WHITE, width: 1.6 });
    for side in [-1.2, 1.2] {
        let stroke = [place(side - 1.0, -2.2), place(side + 1.0, 2.2)];
        canvas.line(&stroke, Pen { color: INK, width: size::SPINE });
    }
}

/// As many ticks as fit side by side along `length` points.
pub(crate) fn fitting_x(canvas: &Canvas, extent: Extent, length: f64) -> Ticks {
    fitting(extent, length, 6, |label| canvas.width(label, size::SMALL) + 5.0)
}

/// As many ticks as fit above each other along `length` points.
pub(crate) fn fitting_y(extent: Extent, length: f64) -> Ticks {
    fitting(extent, length, 6, |_| size::SMALL * 1.9)
}

fn fitting(extent: Extent, length: f64, most: usize, room: impl Fn(&str) -> f64) -> Ticks {
    let ruler = extent.ruler(0.0, length);
    let mut ticks = Ticks::default();
    for count in (1..=most).rev() {
        ticks = extent.ticks(count);
        let places = places(&ruler, &ticks);
        let apart = |pair: &[(f64, String)]| pair[1].0 - pair[0].0 >= (room(&pair[0].1) + room(&pair[1].1)) / 2.0;
        if places.windows(2).all(apart) {
            return ticks;
        }
    }
    ticks.major.truncate(1);
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{font::Family, scale::Scale};

    #[test]
    fn ticks_never_touch() {
        let canvas = Canvas::new(Family::Sans);
        for (scale, lo, hi) in [(Scale::Linear, 0.0, 1.0), (Scale::Linear, 0.0, 3e6), (Scale::Log, 1e-9, 1e9)] {
            for length in [10.0, 40.0, 100.0, 300.0] {
                let extent = Extent { scale, lo, hi, slot: false };
                let ticks = fitting_x(&canvas, extent, length);
                assert!(!ticks.major.is_empty());
                let ruler = extent.ruler(0.0, length);
                for pair in places(&ruler, &ticks).windows(2) {
                    let widths = canvas.width(&pair[0].1, size::SMALL) + canvas.width(&pair[1].1, size::SMALL);
                    assert!(pair[1].0 - pair[0].0 > widths / 2.0);
                }
            }
        }
    }
}
