//! The words and signs of DOT.

use crate::io::error::Fault;
use crate::io::text::{place_of, shown};

/// A word or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name, and whether it stood in quotes.
    Id(String, bool),
    /// `->` (true) or `--`.
    Arrow(bool),
    /// One of `{ } [ ] ; , = : +`.
    Sign(char),
}

pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Where the last token begins.
    start: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Tokens<'a> {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Tokens { text, at, start: at }
    }

    /// Line and column of the last token.
    pub(super) fn place(&self) -> (u64, u64) {
        place_of(self.text, self.start)
    }

    pub(super) fn fault(&self, reason: impl Into<String>) -> Fault {
        let (line, column) = self.place();
        Fault::At { line, column: Some(column), reason: reason.into() }
    }

    /// Skips blanks and comments.
    fn skip(&mut self) -> Result<(), Fault> {
        loop {
            let rest = &self.text[self.at..];
            let blank = rest.len() - rest.trim_start().len();
            self.at += blank;
            let rest = &self.text[self.at..];
            let at_line_start = self.text[..self.at].ends_with('\n') || self.at == 0;
            let end = if rest.starts_with("/*") {
                self.start = self.at;
                rest.find("*/").map(|i| i + 2).ok_or_else(|| self.fault("a comment is opened and never closed"))?
            } else if rest.starts_with("//") || at_line_start && rest.starts_with('#') {
                rest.find('\n').unwrap_or(rest.len())
            } else {
                return Ok(());
            };
            self.at += end;
        }
    }

    pub(super) fn next(&mut self) -> Result<Option<Token>, Fault> {
        self.skip()?;
        self.start = self.at;
        let rest = &self.text[self.at..];
        let Some(c) = rest.chars().next() else { return Ok(None) };
        let (token, length) = match c {
            '{' | '}' | '[' | ']' | ';' | ',' | '=' | ':' | '+' => (Token::Sign(c), 1),
            '-' if rest.starts_with("->") => (Token::Arrow(true), 2),
            '-' if rest.starts_with("--") => (Token::Arrow(false), 2),
            '"' => self.quoted(rest)?,
            '<' => self.html(rest)?,
            _ => {
                let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.' || !c.is_ascii();
                let minus = usize::from(c == '-');
                let length = rest[minus..].find(|c: char| !is_word(c)).map_or(rest.len(), |i| i + minus);
                if length == minus {
                    return Err(self.fault(format!("unexpected {}", shown(&c.to_string()))));
                }
                (Token::Id(rest[..length].to_owned(), false), length)
            }
        };
        self.at += length;
        Ok(Some(token))
    }

    /// A string: `\"` is a quote, a backslash before a line end joins the lines.
    fn quoted(&self, rest: &str) -> Result<(Token, usize), Fault> {
        let mut name = String::new();
        let mut chars = rest.char_indices().skip(1).peekable();
        while let Some((i, c)) = chars.next() {
            match (c, chars.peek().map(|(_, c)| *c)) {
                ('"', _) => return Ok((Token::Id(name, true), i + 1)),
                ('\\', Some('"')) => {
                    name.push('"');
                    chars.next();
                }
                ('\\', Some('\n')) => drop(chars.next()),
                _ => name.push(c),
            }
        }
        Err(self.fault("a quote is opened and never closed"))
    }

    /// `<…>` with brackets in pairs.
    fn html(&self, rest: &str) -> Result<(Token, usize), Fault> {
        let mut open = 0u32;
        for (i, c) in rest.char_indices() {
            match c {
                '<' => open += 1,
                '>' => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Ok((Token::Id(rest[1..i].to_owned(), true), i + 1));
            }
        }
        Err(self.fault("a < is opened and never closed"))
    }
}
