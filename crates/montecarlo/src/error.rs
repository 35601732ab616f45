//! What can go wrong between a spec and its rows.

use std::ops::Range;

/// A spec that cannot be run, and where it says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecError {
    /// What the text is called: a path.
    pub source_name: String,
    /// The whole text, for a snippet.
    pub text: String,
    /// What is wrong, and what is allowed.
    pub reason: String,
    /// Byte range in the text, where there is one.
    pub span: Option<Range<usize>>,
}

impl SpecError {
    pub(crate) fn new(source: &str, text: &str, reason: String, span: Option<Range<usize>>) -> SpecError {
        SpecError { source_name: source.into(), text: text.into(), reason, span }
    }

    /// Line and column of the place, counted from 1.
    pub fn line_column(&self) -> Option<(usize, usize)> {
        let before = self.text.get(..self.span.as_ref()?.start)?;
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Some((before.matches('\n').count() + 1, before[line_start..].chars().count() + 1))
    }
}

/// The text of a spec, kept for what can be told only from a network that is drawn by it.
#[derive(Debug, Clone)]
pub struct Origin {
    source: String,
    text: String,
}

impl Origin {
    pub(crate) fn new(source: &str, text: &str) -> Origin {
        Origin { source: source.into(), text: text.into() }
    }

    /// An error in this text.
    pub fn fail(&self, reason: String, span: Option<Range<usize>>) -> SpecError {
        SpecError::new(&self.source, &self.text, reason, span)
    }
}

impl std::fmt::Display for SpecError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.source_name.is_empty() {
            write!(f, "{}:", self.source_name)?;
            if let Some((line, column)) = self.line_column() {
                write!(f, "{line}:{column}:")?;
            }
            f.write_str(" ")?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for SpecError {}
