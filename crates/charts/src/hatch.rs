//! Filled bars that differ without colour: plain, striped, empty, crossed, …

use crate::{
    canvas::{Canvas, Pen},
    geometry::Rect,
    palette::{Color, MISSING, RULE, TINTS, WHITE},
};

/// Draws a bar in one of six patterns (numbers beyond repeat), outlined in its colour.
pub(crate) fn bar(canvas: &mut Canvas, rect: Rect, color: Color, pattern: usize) {
    let (paper, rising, falling) = match pattern % 6 {
        0 => (color, false, false),
        1 => (WHITE, true, false),
        2 => (color.tint(TINTS[0]), false, false),
        3 => (WHITE, true, true),
        4 => (color.tint(TINTS[1]), false, true),
        _ => (WHITE, false, false),
    };
    canvas.rect(rect, paper);
    let pen = Pen { color, width: 0.6 };
    if rising {
        stripes(canvas, rect, 2.4, 1.0, pen);
    }
    if falling {
        stripes(canvas, rect, 2.4, -1.0, pen);
    }
    canvas.outline(rect, Pen { color, width: 0.6 });
}

/// A cell without a value.
pub(crate) fn missing(canvas: &mut Canvas, rect: Rect) {
    canvas.rect(rect, MISSING);
    stripes(canvas, rect, 4.0, 1.0, Pen { color: RULE, width: 0.5 });
}

/// Slanted lines `apart` points from each other; `slant` 1 rises, -1 falls.
fn stripes(canvas: &mut Canvas, rect: Rect, apart: f64, slant: f64, pen: Pen) {
    let step = apart * std::f64::consts::SQRT_2;
    let height = rect.height();
    // starts on a fixed lattice, so that neighbours match
    let first = ((rect.left - height) / step).floor() as i64;
    let last = ((rect.right + height) / step).ceil() as i64;
    for k in first..=last {
        let x = k as f64 * step;
        let line = if slant > 0.0 {
            ((x, rect.bottom), (x + height, rect.top))
        } else {
            ((x, rect.top), (x + height, rect.bottom))
        };
        if let Some((a, b)) = rect.clip(line) {
            canvas.line(&[a, b], pen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{canvas::Element, font::Family, palette::INK};

    #[test]
    fn stripes_stay_inside() {
        let rect = Rect::at(10.0, 10.0, 30.0, 7.0);
        for pattern in 0..7 {
            let mut canvas = Canvas::new(Family::Sans);
            bar(&mut canvas, rect, INK, pattern);
            for element in &canvas.elements {
                if let Element::Stroke { points, .. } = element {
                    assert!(points.iter().all(|p| rect.grown(1e-9).contains(*p)), "pattern {pattern}");
                }
            }
        }
    }
}
