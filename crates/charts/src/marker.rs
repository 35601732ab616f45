//! Marker shapes. A white halo keeps them legible where curves cross.

use std::f64::consts::{FRAC_PI_4, PI, TAU};

use crate::{
    canvas::{Canvas, Pen},
    geometry::Pt,
    palette::{SeriesStyle, Shape, WHITE},
    preset::size,
};

const HALO: f64 = 0.55;

/// An interval behind a marker, from `a` to `b` along an axis. An end gets a cap where it stands clear of the marker: pieces of a
/// cap around a marker look like another symbol.
pub(crate) fn whisker(canvas: &mut Canvas, (a, b): (Pt, Pt), middle: Pt, pen: Pen) {
    canvas.line(&[a, b], pen);
    let upright = a.0 == b.0;
    for end in [a, b] {
        if (end.0 - middle.0).abs().max((end.1 - middle.1).abs()) > size::MARKER + HALO + 1.0 {
            let cap = if upright { (1.7, 0.0) } else { (0.0, 1.7) };
            canvas.line(&[(end.0 - cap.0, end.1 - cap.1), (end.0 + cap.0, end.1 + cap.1)], pen);
        }
    }
}

/// Draws a series' marker.
pub(crate) fn mark(canvas: &mut Canvas, at: Pt, style: SeriesStyle) {
    let r = size::MARKER;
    let fill = if style.hollow { WHITE } else { style.color };
    if style.shape == Shape::Circle {
        canvas.disc(at, r + HALO, WHITE);
        canvas.disc(at, r, style.color);
        if style.hollow {
            canvas.disc(at, r - 0.9, WHITE);
        }
        return;
    }
    let outline = outline(at, style.shape, r);
    let mut closed = outline.clone();
    closed.extend_from_slice(&outline[..2]);
    canvas.line(&closed, Pen { color: WHITE, width: 2.0 * HALO });
    canvas.area(&outline, fill, 1.0);
    if style.hollow {
        canvas.line(&closed, Pen { color: style.color, width: 0.8 });
    }
}

pub(crate) fn outline(at: Pt, shape: Shape, r: f64) -> Vec<Pt> {
    let around = |radius: f64, turn: f64| (at.0 + radius * libm::sin(turn), at.1 - radius * libm::cos(turn));
    let polygon = |n: u32, scale: f64, turn: f64| -> Vec<Pt> {
        (0..n).map(|i| around(r * scale, turn + f64::from(i) * TAU / f64::from(n))).collect()
    };
    match shape {
        Shape::Circle => polygon(48, 1.0, 0.0),
        Shape::Square => polygon(4, 1.25, FRAC_PI_4),
        Shape::Triangle => polygon(3, 1.35, 0.0),
        Shape::Diamond => polygon(4, 1.35, 0.0),
        Shape::Wedge => polygon(3, 1.35, PI),
        Shape::Pentagon => polygon(5, 1.2, 0.0),
        Shape::Star => {
            (0..10).map(|i| around(r * if i % 2 == 0 { 1.5 } else { 0.68 }, f64::from(i) * TAU / 10.0)).collect()
        }
        Shape::Plus => {
            let (long, short) = (r * 1.3, r * 0.45);
            [(-short, -long), (short, -long), (short, -short), (long, -short), (long, short), (short, short)]
                .into_iter()
                .chain([
                    (short, long),
                    (-short, long),
                    (-short, short),
                    (-long, short),
                    (-long, -short),
                    (-short, -short),
                ])
                .map(|(dx, dy)| (at.0 + dx, at.1 + dy))
                .collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Family;

    #[test]
    fn every_shape_stays_near_its_place() {
        for slot in 0..16 {
            let mut canvas = Canvas::new(Family::Sans);
            mark(&mut canvas, (10.0, 10.0), SeriesStyle::slot(slot));
            assert!(canvas.elements.len() >= 2, "slot {slot} has a halo and a body");
            for (x, y) in outline((10.0, 10.0), SeriesStyle::slot(slot).shape, 2.0) {
                assert!((x - 10.0).abs() < 3.5 && (y - 10.0).abs() < 3.5);
            }
        }
    }
}
