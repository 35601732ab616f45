//! The embedded typefaces. Figures use these and no others, so that they look the same on every machine.
//!
//! The files in `fonts/` are subsets (see `fonts/subset`) of DejaVu Sans and Libertinus Serif, each with its licence beside it.
//! Advance widths come from the font itself: labels are laid out with real widths, not with a guess per letter.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb;
use ttf_parser::Face;

/// Typeface of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Family {
    /// DejaVu Sans: open shapes, reads well at 8 pt.
    #[default]
    Sans,
    /// Libertinus Serif: goes with LaTeX body text.
    Serif,
}

/// Stands in for a character that the font lacks, so that a reader sees that something is missing.
pub(crate) const REPLACEMENT: char = '\u{FFFD}';

static FILES: [&[u8]; 4] = [
    include_bytes!("../fonts/DejaVuSans.ttf"),
    include_bytes!("../fonts/DejaVuSans-Oblique.ttf"),
    include_bytes!("../fonts/LibertinusSerif-Regular.otf"),
    include_bytes!("../fonts/LibertinusSerif-Italic.otf"),
];

static FACES: LazyLock<[Face<'static>; 4]> =
    LazyLock::new(|| FILES.map(|file| Face::parse(file, 0).expect("an embedded font is whole")));

static DATABASE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut database = fontdb::Database::new();
    for file in FILES {
        database.load_font_data(file.to_vec());
    }
    Arc::new(database)
});

impl Family {
    /// Family name as the font files spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sans => "DejaVu Sans",
            Self::Serif => "Libertinus Serif",
        }
    }

    /// Height of a capital or a digit as a share of the type size.
    pub(crate) fn cap_height(self) -> f64 {
        match self {
            Self::Sans => 0.729,
            Self::Serif => 0.658,
        }
    }

    fn face(self, italic: bool) -> &'static Face<'static> {
        &FACES[usize::from(self == Self::Serif) * 2 + usize::from(italic)]
    }

    /// Advance width of a character as a share of the type size; `None` if the face has no glyph for it.
    pub(crate) fn advance(self, character: char, italic: bool) -> Option<f64> {
        let face = self.face(italic);
        let glyph = face.glyph_index(character)?;
        Some(f64::from(face.glyph_hor_advance(glyph)?) / f64::from(face.units_per_em()))
    }
}

/// The embedded fonts as usvg wants them; system fonts are never looked at.
pub(crate) fn database() -> Arc<fontdb::Database> {
    DATABASE.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_has_what_labels_need() {
        for family in [Family::Sans, Family::Serif] {
            for character in "AZaz09−–—·×⟨⟩≤≥∞χκλβρ₀₁₂⁰¹²³⁻→őßéČš\u{2009}\u{202F}\u{FFFD}…".chars()
            {
                assert!(family.advance(character, false).is_some(), "{family:?} lacks {character:?}");
            }
            for character in "fNSkPRx".chars() {
                assert!(family.advance(character, true).is_some(), "{family:?} italic lacks {character:?}");
            }
            assert!(family.advance('漢', false).is_none());
        }
    }

    #[test]
    fn database_knows_the_families_by_name() {
        for family in [Family::Sans, Family::Serif] {
            let found = database().faces().filter(|face| face.families[0].0 == family.name()).count();
            assert_eq!(found, 2, "{family:?}: upright and italic");
        }
    }
}
