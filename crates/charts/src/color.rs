//! Colours of the screen: mixing, contrast, and the scale for numbers.
//!
//! Viridis: Smith & van der Walt 2015; polynomial fit by M. Zucker, within 1/100 of the table.

/// A colour of the screen, red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Color(pub(crate) u8, pub(crate) u8, pub(crate) u8);

/// Text and axes.
pub(crate) const INK: Color = Color(26, 26, 26);
/// Paper.
pub(crate) const WHITE: Color = Color(255, 255, 255);

/// `#rrggbb`.
pub(crate) fn hex(Color(r, g, b): Color) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
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
