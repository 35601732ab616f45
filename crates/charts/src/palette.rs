//! Colours, dashes and marker shapes: how series are told apart, by eyes of every kind and on a black-and-white print.
//!
//! Colours: Okabe & Ito 2008, "Color Universal Design", without its yellow, which is too light for a line on paper.
//! Viridis: Smith & van der Walt 2015; polynomial fit by M. Zucker, within 1/100 of the table.

/// A colour of the screen, red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Color(pub(crate) u8, pub(crate) u8, pub(crate) u8);

pub(crate) const INK: Color = Color(26, 26, 26);
pub(crate) const WHITE: Color = Color(255, 255, 255);
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
            .map_or_else(|| (crate::web::hex(color), 1.0), |(i, _, share)| (format!("k{i}"), share)),
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

    /// Black, short dashes: theory, bounds, references.
    pub(crate) fn reference() -> Self {
        Self { color: INK, dash: &[2.4, 1.6], shape: Shape::Circle, hollow: true }
    }
}

impl Color {
    /// Viridis at `t` in 0..=1; values outside are clamped, NaN is the dark end.
    pub(crate) fn viridis(t: f64) -> Self {
        const C: [[f64; 3]; 7] = [
            [0.277_727_327_223_417_7, 0.005_407_344_544_966_578, 0.334_099_805_335_306_1],
            [0.105_093_043_108_577_4, 1.404_613_529_898_575, 1.384_590_162_594_685],
            [-0.330_861_828_725_556_3, 0.214_847_559_468_213, 0.095_095_163_028_236_59],
            [-4.634_230_498_983_486, -5.799_100_973_351_585, -19.332_440_956_279_87],
            [6.228_269_936_347_081, 14.179_933_366_805_09, 56.690_552_600_681_05],
            [4.776_384_997_670_288, -13.745_145_377_746_01, -65.353_032_633_372_34],
            [-5.435_455_855_934_631, 4.645_852_612_178_535, 26.312_435_249_583_2],
        ];
        let t = if t.is_nan() { 0.0 } else { t.clamp(0.0, 1.0) };
        let channel =
            |k: usize| (C.iter().rev().fold(0.0, |sum, c| sum * t + c[k]).clamp(0.0, 1.0) * 255.0).round() as u8;
        Self(channel(0), channel(1), channel(2))
    }

    /// Relative luminance (WCAG 2), 0 for black to 1 for white.
    pub(crate) fn luminance(self) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Ink for text on this colour: black or white, whichever has the greater contrast.
    pub(crate) fn ink_on(self) -> Self {
        let contrast = |ink: Self| {
            let (a, b) = (self.luminance() + 0.05, ink.luminance() + 0.05);
            a.max(b) / a.min(b)
        };
        if contrast(INK) >= contrast(WHITE) { INK } else { WHITE }
    }

    /// Mixed with white; `share` 1 is the colour itself.
    pub(crate) fn tint(self, share: f64) -> Self {
        let mix = |c: u8| (255.0 + (f64::from(c) - 255.0) * share).round() as u8;
        Self(mix(self.0), mix(self.1), mix(self.2))
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
    fn neighbours_differ_without_colour() {
        for a in 0..8 {
            for b in 0..a {
                assert_ne!(SeriesStyle::slot(a).shape, SeriesStyle::slot(b).shape, "{a} and {b}");
            }
            assert_ne!(SeriesStyle::slot(a).dash, SeriesStyle::slot(a + 1).dash);
        }
    }

    #[test]
    fn viridis_matches_its_table() {
        for (t, table) in [(0.0, [68, 1, 84]), (0.5, [33, 145, 140]), (1.0, [253, 231, 37])] {
            let Color(r, g, b) = Color::viridis(t);
            for (found, table) in [r, g, b].into_iter().zip(table) {
                assert!((i32::from(found) - table).abs() <= 5, "at {t}: {r} {g} {b}");
            }
        }
        assert_eq!(Color::viridis(-3.0), Color::viridis(0.0));
        assert_eq!(Color::viridis(f64::NAN), Color::viridis(0.0));
    }

    #[test]
    fn text_has_contrast() {
        assert_eq!(Color::viridis(0.0).ink_on(), WHITE);
        assert_eq!(Color::viridis(1.0).ink_on(), INK);
        for i in 0..=100 {
            let (paper, ink) = (Color::viridis(f64::from(i) / 100.0), Color::viridis(f64::from(i) / 100.0).ink_on());
            let (a, b) = (paper.luminance().max(ink.luminance()), paper.luminance().min(ink.luminance()));
            assert!((a + 0.05) / (b + 0.05) >= 4.1, "at {i} %");
        }
    }
}
