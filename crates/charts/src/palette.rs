//! Colours, dashes and marker shapes: how series are told apart, by eyes of every kind and on a black-and-white print.
//!
//! Colours: Okabe & Ito 2008, "Color Universal Design", without its yellow, which is too light for a line on paper.

use crate::color::hex;
pub(crate) use crate::color::{Color, INK, WHITE};

pub(crate) const GRID: Color = Color(230, 230, 230);
pub(crate) const RULE: Color = Color(200, 200, 200);
pub(crate) const MUTED: Color = Color(110, 110, 110);

pub(crate) const COLORS: [Color; 8] = [
    Color(0, 114, 178),
    Color(213, 94, 0),
    Color(0, 158, 115),
    Color(204, 121, 167),
    Color(230, 159, 0),
    Color(86, 180, 233),
    Color(60, 60, 60),
    Color(140, 86, 75),
];

/// Light grey behind every second group of bars, and behind what is missing.
pub(crate) const SHADE: Color = Color(246, 247, 249);
pub(crate) const MISSING: Color = Color(246, 246, 246);

/// On a web page: the class of each colour, and the colour on a light and on a dark page. Dark ones are lighter and a little
/// paler, each at least 4.5 : 1 on the dark paper.
pub(crate) const THEME: [(&str, (Color, Color)); 15] = [
    ("ki", (INK, Color(226, 228, 231))),
    ("kw", (WHITE, Color(23, 26, 31))),
    ("kg", (GRID, Color(48, 53, 61))),
    ("kr", (RULE, Color(78, 84, 94))),
    ("km", (MUTED, Color(154, 160, 170))),
    ("ks", (SHADE, Color(30, 34, 40))),
    ("kn", (MISSING, Color(34, 38, 44))),
    ("k0", (COLORS[0], Color(77, 159, 219))),
    ("k1", (COLORS[1], Color(240, 130, 62))),
    ("k2", (COLORS[2], Color(46, 190, 146))),
    ("k3", (COLORS[3], Color(221, 150, 193))),
    ("k4", (COLORS[4], Color(240, 178, 48))),
    ("k5", (COLORS[5], Color(143, 211, 250))),
    ("k6", (COLORS[6], Color(196, 199, 204))),
    ("k7", (COLORS[7], Color(196, 143, 131))),
];

/// The class of a colour and how opaque it is, for a tint of a series' colour; `#rrggbb` for any other.
pub(crate) fn class_of(color: Color) -> (String, f64) {
    let tints = || COLORS.iter().enumerate().flat_map(|(i, c)| TINTS.map(|share| (i, c.tint(share), share)));
    match THEME.iter().find(|(_, (light, _))| *light == color) {
        Some((class, _)) => ((*class).to_owned(), 1.0),
        None => tints()
            .find(|(_, tint, _)| *tint == color)
            .map_or_else(|| (hex(color), 1.0), |(i, _, share)| (format!("k{i}"), share)),
    }
}

/// Shares of a series' colour that hatched bars use.
pub(crate) const TINTS: [f64; 2] = [0.35, 0.6];

const DASHES: [&[f64]; 5] = [&[], &[6.0, 1.6], &[3.2, 1.4], &[7.0, 1.5, 1.2, 1.5], &[1.5, 1.2]];

/// The shape of a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Circle,
    Square,
    Triangle,
    Diamond,
    Wedge,
    Pentagon,
    Plus,
    Star,
}

const SHAPES: [Shape; 8] = [
    Shape::Circle,
    Shape::Square,
    Shape::Triangle,
    Shape::Diamond,
    Shape::Wedge,
    Shape::Pentagon,
    Shape::Plus,
    Shape::Star,
];

/// How one series is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SeriesStyle {
    pub(crate) color: Color,
    pub(crate) dash: &'static [f64],
    pub(crate) shape: Shape,
    /// A white inside: the second round of the palette.
    pub(crate) hollow: bool,
}

impl SeriesStyle {
    /// Style number `slot`; the first forty differ.
    pub(crate) fn slot(slot: usize) -> Self {
        let round = slot / 8;
        Self {
            color: COLORS[slot % 8],
            dash: DASHES[slot % 5],
            shape: SHAPES[(slot + 3 * round) % 8],
            hollow: round % 2 == 1,
        }
    }

    /// Number `at` of `of` series that have an order: viridis without its yellow end, which is too light for a line on paper.
    pub(crate) fn ordered(at: usize, of: usize) -> Self {
        let share = at as f64 / of.saturating_sub(1).max(1) as f64;
        Self { color: Color::viridis(0.76 * share), dash: &[], ..Self::slot(at % 8) }
    }

    /// Black, short dashes: theory, bounds, references.
    pub(crate) fn reference() -> Self {
        Self { color: INK, dash: &[2.4, 1.6], shape: Shape::Circle, hollow: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_styles_differ() {
        for a in 0..40 {
            for b in 0..a {
                assert_ne!(SeriesStyle::slot(a), SeriesStyle::slot(b), "{a} and {b}");
            }
        }
    }

    #[test]
    fn ordered_colours_rise_and_can_be_seen_on_paper() {
        for of in 2..=12 {
            let shades: Vec<f64> = (0..of).map(|at| SeriesStyle::ordered(at, of).color.luminance()).collect();
            assert!(shades.windows(2).all(|w| w[0] < w[1]), "{of}: {shades:?}");
            // 2 : 1 against white, as the lightest of the other colours
            assert!(shades[of - 1] < 0.475, "{of}: {shades:?}");
        }
    }

    #[test]
    fn neighbours_differ_without_colour() {
        for a in 0..8 {
            for b in 0..a {
                assert_ne!(SeriesStyle::slot(a).shape, SeriesStyle::slot(b).shape, "{a} and {b}");
            }
            assert_ne!(SeriesStyle::slot(a).dash, SeriesStyle::slot(a + 1).dash);
        }
    }
}
