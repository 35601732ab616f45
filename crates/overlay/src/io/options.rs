//! What to assume about a file instead of finding it out.

use super::Format;

/// What to assume about a file instead of finding it out. Everything may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The format; by the content, then by the ending, unless given.
    pub format: Option<Format>,
    /// Whether links have a direction; as the file says unless given, and a plain edge list says no.
    pub directed: Option<bool>,
    /// Of a table: whether the first row holds column titles; by the evidence unless given.
    pub header: Option<bool>,
    /// Of a table: the two columns that hold the ends of a link, by title or by number from 1.
    pub columns: Option<[String; 2]>,
    /// Of a table: what separates columns. A blank stands for any white space.
    pub separator: Option<char>,
    /// Whether to leave node attributes (role, cost, provider, …) unread.
    pub ignore_attributes: bool,
}

impl ReadOptions {
    /// Whether anything is said that only a table can have.
    pub(super) fn is_about_tables(&self) -> bool {
        self.header.is_some() || self.columns.is_some() || self.separator.is_some()
    }

    /// Two columns as a command line names them: `a,b`. In quotes a title may hold a comma.
    ///
    /// # Errors
    /// If these are not two names.
    pub fn columns_of(text: &str) -> Result<[String; 2], String> {
        let fields = super::edge_list::fields::quoted(text.as_bytes(), b',').unwrap_or_default();
        match fields.as_slice() {
            [a, b] if !a.trim().is_empty() && !b.trim().is_empty() => Ok([a.trim().to_owned(), b.trim().to_owned()]),
            _ => Err(format!("two column titles (or numbers from 1) separated by a comma, not `{text}`")),
        }
    }

    /// A separator as a command line names it: one character, or `tab`, `space`, `comma`, `semicolon`, `pipe`.
    ///
    /// # Errors
    /// If it is neither.
    pub fn separator_of(text: &str) -> Result<char, String> {
        match text {
            "tab" | "\\t" => return Ok('\t'),
            "space" | "blank" | "whitespace" => return Ok(' '),
            "comma" => return Ok(','),
            "semicolon" => return Ok(';'),
            "pipe" => return Ok('|'),
            _ => {}
        }
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '"' | '\n' | '\r') => Ok(c),
            _ => Err(format!("one sign, or tab, space, comma, semicolon or pipe, not `{text}`")),
        }
    }
}
