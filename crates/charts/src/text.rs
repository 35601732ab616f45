//! Labels: a little markup, real widths, wrapping.
//!
//! Markup, everywhere a label is shown: `*f*` sets a variable in italics, `_{c}` and `^{-3}` lower and raise. A hyphen
//! inside `^{}` or `_{}` becomes a minus. A backslash keeps the next character as it is. Lone stars, underscores and
//! carets are ordinary characters, so that names such as `linked_servers` need no escapes.

use crate::font::{Family, REPLACEMENT};

const SMALL: f64 = 0.72;
const RAISE: f64 = 0.36;
const LOWER: f64 = -0.16;

/// One character, ready to be set. Lengths are shares of the label's type size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) character: char,
    pub(crate) italic: bool,
    pub(crate) scale: f64,
    pub(crate) rise: f64,
    pub(crate) advance: f64,
}

/// One line of text without a position.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Line(pub(crate) Vec<Glyph>);

impl Line {
    /// Reads the markup.
    pub(crate) fn parse(family: Family, markup: &str) -> Self {
        let mut line = Self::default();
        line.read(family, &markup.chars().collect::<Vec<_>>(), Setting { italic: false, scale: 1.0, rise: 0.0 });
        line
    }

    fn read(&mut self, family: Family, text: &[char], setting: Setting) {
        let mut i = 0;
        while i < text.len() {
            if text[i] == '\\' && i + 1 < text.len() {
                self.push(family, text[i + 1], setting);
                i += 2;
            } else if let Some(end) = closing_star(text, i) {
                self.read(family, &text[i + 1..end], Setting { italic: true, ..setting });
                i = end + 1;
            } else if let Some(end) = closing_brace(text, i) {
                let rise = setting.rise + setting.scale * if text[i] == '^' { RAISE } else { LOWER };
                let inner: Vec<char> =
                    text[i + 2..end].iter().map(|c| if *c == '-' { '\u{2212}' } else { *c }).collect();
                self.read(family, &inner, Setting { scale: setting.scale * SMALL, rise, ..setting });
                i = end + 1;
            } else {
                self.push(family, text[i], setting);
                i += 1;
            }
        }
    }

    fn push(&mut self, family: Family, character: char, Setting { italic, scale, rise }: Setting) {
        let character = if character.is_control() { ' ' } else { character };
        let (character, italic, advance) = [(character, italic), (character, false), (REPLACEMENT, false)]
            .into_iter()
            .find_map(|(c, slanted)| family.advance(c, slanted).map(|advance| (c, slanted, advance)))
            .unwrap_or(('?', false, 0.6));
        self.0.push(Glyph { character, italic, scale, rise, advance: advance * scale });
    }

    /// Width as a share of the type size.
    pub(crate) fn width(&self) -> f64 {
        self.0.iter().map(|glyph| glyph.advance).sum()
    }

    /// The characters without markup.
    pub(crate) fn plain(&self) -> String {
        self.0.iter().map(|glyph| glyph.character).collect()
    }

    /// Breaks the line at spaces so that no part is wider than `most`; what does not fit into `lines` ends in an ellipsis.
    pub(crate) fn wrap(&self, family: Family, most: f64, lines: usize) -> Vec<Self> {
        let mut done: Vec<Self> = Vec::new();
        let mut rest = &self.0[..];
        while !rest.is_empty() {
            let fits = prefix(rest, most);
            if fits == rest.len() {
                done.push(Self(rest.to_vec()));
                break;
            }
            if done.len() + 1 == lines.max(1) {
                let dots = Self::parse(family, "…");
                let mut last = rest[..prefix(rest, most - dots.width())].to_vec();
                while last.last().is_some_and(|glyph| glyph.character == ' ') {
                    last.pop();
                }
                last.extend(dots.0);
                done.push(Self(last));
                break;
            }
            match (1..=fits).rev().find(|at| breaks(rest, *at)) {
                Some(space) => {
                    done.push(Self(rest[..space].to_vec()));
                    rest = &rest[space + 1..];
                }
                None => {
                    done.push(Self(rest[..fits.max(1)].to_vec()));
                    rest = &rest[fits.max(1)..];
                }
            }
        }
        if done.is_empty() { vec![Self::default()] } else { done }
    }
}

#[derive(Clone, Copy)]
struct Setting {
    italic: bool,
    scale: f64,
    rise: f64,
}

/// Whether a line may end before the space at `at`: not inside `m = 4`.
fn breaks(glyphs: &[Glyph], at: usize) -> bool {
    let relation = |glyph: &Glyph| "=<>≤≥≈~±×·+−".contains(glyph.character);
    glyphs[at].character == ' ' && !relation(&glyphs[at - 1]) && !glyphs.get(at + 1).is_some_and(relation)
}

fn prefix(glyphs: &[Glyph], most: f64) -> usize {
    let mut width = 0.0;
    glyphs
        .iter()
        .position(|glyph| {
            width += glyph.advance;
            width > most + 1e-9
        })
        .unwrap_or(glyphs.len())
}

/// Index of the star that closes one at `open`: text between them, no space just inside.
fn closing_star(text: &[char], open: usize) -> Option<usize> {
    (text[open] == '*').then_some(())?;
    let end = open + 1 + text[open + 1..].iter().position(|c| *c == '*')?;
    (end > open + 1 && text[open + 1] != ' ' && text[end - 1] != ' ').then_some(end)
}

/// Index of the brace that closes a `_{` or `^{` at `mark`.
fn closing_brace(text: &[char], mark: usize) -> Option<usize> {
    (matches!(text[mark], '_' | '^') && text.get(mark + 1) == Some(&'{')).then_some(())?;
    Some(mark + 2 + text[mark + 2..].iter().position(|c| *c == '}')?)
}

/// A label as plain text, for tables and pages: `*S*_{1}` is S_1, `10^{-3}` is 10^−3.
#[must_use]
pub fn unmarked(label: &str) -> String {
    let mut rise = 0.0;
    Line::parse(Family::Sans, label).0.iter().fold(String::new(), |mut text, glyph| {
        if glyph.rise != rise && glyph.rise != 0.0 {
            text.push(if glyph.rise < 0.0 { '_' } else { '^' });
        }
        rise = glyph.rise;
        text.push(glyph.character);
        text
    })
}

/// A label in which nothing is markup, such as a name out of a file: `beacon_2*` is drawn as it stands.
///
/// ```
/// assert_eq!(hydranet_charts::literal("beacon_2*"), r"beacon\_2\*");
/// ```
#[must_use]
pub fn literal(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for c in label.chars() {
        if matches!(c, '*' | '_' | '^' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markup: &str, plain: &str, italics: &str, raised: &str) {
        let line = Line::parse(Family::Sans, markup);
        assert_eq!(line.plain(), plain, "{markup}");
        let pick = |keep: &dyn Fn(&Glyph) -> bool| -> String {
            line.0.iter().filter(|g| keep(g)).map(|g| g.character).collect()
        };
        assert_eq!(pick(&|g| g.italic), italics, "italics of {markup}");
        assert_eq!(pick(&|g| g.rise != 0.0), raised, "raised or lowered in {markup}");
    }

    #[test]
    fn markup() {
        check("plain", "plain", "", "");
        check("removed, *f*", "removed, f", "f", "");
        check("*f*_{c}", "fc", "f", "c");
        check("10^{-3}", "10−3", "", "−3");
        check("*N*^{2*k*}", "N2k", "Nk", "2k");
        check("linked_servers", "linked_servers", "", "");
        check("a^b", "a^b", "", "");
        check("degree*", "degree*", "", "");
        check("2 * 3 * 4", "2 * 3 * 4", "", "");
        check("**", "**", "", "");
        check("_{open", "_{open", "", "");
        check(r"\*f\*", "*f*", "", "");
        check("a\nb", "a b", "", "");
        check("", "", "", "");
    }

    #[test]
    fn plain_text_keeps_indices_apart() {
        for (markup, text) in [
            ("largest component, *S*_{1}/*N*", "largest component, S_1/N"),
            ("10^{-3} of *R*_{cmd}", "10^−3 of R_cmd"),
            ("plain", "plain"),
        ] {
            assert_eq!(unmarked(markup), text);
        }
    }

    #[test]
    fn literal_labels_are_drawn_as_they_stand() {
        for label in ["beacon_2*", "*f*_{c}", "10^{-3}", r"a\b", "", "plain"] {
            check(&literal(label), label, "", "");
        }
    }

    #[test]
    fn missing_characters_are_seen() {
        check("漢字 ok", "\u{FFFD}\u{FFFD} ok", "", "");
    }

    #[test]
    fn width_is_the_fonts() {
        // DejaVu Sans: M is 1767 of 2048 units wide, i is 569
        assert!((Line::parse(Family::Sans, "Mi").width() - (1767.0 + 569.0) / 2048.0).abs() < 1e-12);
    }

    fn wrapped(text: &str, most: f64, lines: usize) -> Vec<String> {
        Line::parse(Family::Sans, text).wrap(Family::Sans, most, lines).iter().map(Line::plain).collect()
    }

    #[test]
    fn wrapping() {
        assert_eq!(wrapped("one two", 99.0, 2), ["one two"]);
        assert_eq!(wrapped("one two", 3.0, 2), ["one", "two"]);
        assert_eq!(wrapped("linked servers of degree four", 6.0, 2), ["linked", "servers of…"]);
        assert_eq!(wrapped("abcdefghij", 3.0, 1), ["abc…"]);
        assert_eq!(wrapped("Albert, m = 4", 6.5, 2), ["Albert,", "m = 4"]);
        assert_eq!(wrapped("", 3.0, 2), [""]);
        assert_eq!(wrapped("abc", 0.0, 2).len(), 2);
        for line in Line::parse(Family::Sans, "a rather long label of many words").wrap(Family::Sans, 5.0, 3) {
            assert!(line.width() <= 5.0);
        }
    }
}
