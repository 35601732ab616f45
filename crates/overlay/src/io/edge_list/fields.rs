//! One line of an edge list or a table, taken apart with care.
//!
//! Quotes are those of RFC 4180, read strictly: a quote opens a field only at its beginning, and after the closing one a
//! separator must follow. General readers of CSV let anything pass there, and give other names than the file means.

use crate::io::text::shown;
use std::borrow::Cow;

const RULE: &str = "an edge list has one edge a line: two names separated by spaces, tabs or a comma";

/// What stands between the names of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) enum Separator {
    /// Any number of blanks and tabs.
    White,
    /// One sign; blanks around it are not part of the names.
    Sign(u8),
    /// Several signs, such as `->`.
    Arrow(&'static str),
}

impl std::fmt::Display for Separator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Separator::White => f.write_str("white space"),
            Separator::Sign(b'\t') => f.write_str("tab"),
            Separator::Sign(b',') => f.write_str("comma"),
            Separator::Sign(b';') => f.write_str("semicolon"),
            Separator::Sign(sign) => write!(f, "`{}`", char::from(*sign).escape_debug()),
            Separator::Arrow(arrow) => write!(f, "`{arrow}`"),
        }
    }
}

/// Why a line cannot be taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::io) enum Trouble {
    /// A quote is opened and not closed: the next line may belong to it.
    Open,
    Other(String),
}

impl Trouble {
    pub(in crate::io) fn reason(self) -> String {
        match self {
            Trouble::Open => "a quote is opened and not closed in this line".to_owned(),
            Trouble::Other(reason) => reason,
        }
    }
}

/// White space within a line.
pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | 0x0b | 0x0c)
}

/// Whether a comment begins here.
pub(in crate::io) fn is_comment(text: &[u8]) -> bool {
    text.first().is_some_and(|b| matches!(b, b'#' | b'%')) || text.starts_with(b"//")
}

/// Skips blanks and signs: where they end, and how many signs they were.
#[inline]
pub(super) fn gap(line: &[u8], start: usize, sign: u8) -> (usize, u32) {
    let (mut at, mut signs) = (start, 0);
    while let Some(&byte) = line.get(at).filter(|b| is_blank(**b) || **b == sign) {
        signs += u32::from(byte == sign);
        at += 1;
    }
    (at, signs)
}

/// The fields of a line without blanks at its ends.
pub(in crate::io) fn split<'a>(
    line: &'a str,
    separator: Separator,
    quote: u8,
    out: &mut Vec<Cow<'a, str>>,
) -> Result<(), Trouble> {
    out.clear();
    match separator {
        Separator::White => {
            let mut at = gap(line.as_bytes(), 0, 0).0;
            while at < line.len() {
                let (name, end) = name(line, at, quote)?;
                out.push(name);
                at = gap(line.as_bytes(), end, 0).0;
            }
        }
        Separator::Sign(sign) if !line.as_bytes().contains(&quote) => {
            out.extend(line.split(char::from(sign)).map(|field| Cow::Borrowed(field.trim())));
        }
        Separator::Sign(sign) => return signed(line, sign, quote, out),
        Separator::Arrow(arrow) => out.extend(line.split(arrow).map(|field| Cow::Borrowed(unquoted(field.trim())))),
    }
    Ok(())
}

/// A name without the quotes around it.
pub(in crate::io) fn unquoted(name: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = name.strip_prefix(quote).and_then(|n| n.strip_suffix(quote)) {
            return inner;
        }
    }
    name
}

fn signed<'a>(line: &'a str, sign: u8, quote: u8, out: &mut Vec<Cow<'a, str>>) -> Result<(), Trouble> {
    let bytes = line.as_bytes();
    let blank = |b: u8| is_blank(b) && b != sign;
    let mut at = 0;
    loop {
        while bytes.get(at).is_some_and(|b| blank(*b)) {
            at += 1;
        }
        let start = at;
        if bytes.get(at) == Some(&quote) {
            let mut name = String::new();
            let mut from = at + 1;
            loop {
                let close = bytes[from..].iter().position(|b| *b == quote).ok_or(Trouble::Open)? + from;
                name.push_str(&line[from..close]);
                at = close + 1;
                if bytes.get(at) != Some(&quote) {
                    break;
                }
                name.push(char::from(quote));
                from = at + 1;
            }
            out.push(Cow::Owned(name));
            let end = at;
            while bytes.get(at).is_some_and(|b| blank(*b)) {
                at += 1;
            }
            if bytes.get(at).is_some_and(|b| *b != sign) {
                return Err(after(&line[start..end]));
            }
        } else {
            at = bytes[at..].iter().position(|b| *b == sign).map_or(line.len(), |length| at + length);
            out.push(Cow::Borrowed(line[start..at].trim()));
        }
        if at >= bytes.len() {
            return Ok(());
        }
        at += 1;
    }
}

fn after(quoted: &str) -> Trouble {
    Trouble::Other(format!("after the closing quote of {} a separator must follow", shown(quoted)))
}

/// The first two names of a line without blanks at its ends, and whether more follows; or what is wrong.
pub(super) fn pair(line: &str, quote: u8) -> Result<([Cow<'_, str>; 2], bool), Trouble> {
    let bytes = line.as_bytes();
    let (first, end) = name(line, 0, quote)?;
    let (start, _) = gap(bytes, end, 0);
    if start == line.len() || is_comment(&bytes[start..]) {
        return Err(found_one(&first));
    }
    let (second, end) = name(line, start, quote)?;
    let (rest, _) = gap(bytes, end, 0);
    Ok(([first, second], rest < line.len()))
}

/// A line with one name only.
pub(super) fn found_one(name: &str) -> Trouble {
    Trouble::Other(format!("expected two node names, found one ({}); {RULE}", shown(name)))
}

/// An end of a link without a name; which.
pub(super) fn is_empty(which: &str) -> Trouble {
    Trouble::Other(format!("the {which} name is empty; {RULE}"))
}

/// The name, if the line is nothing else.
pub(super) fn only(line: &str) -> Option<Cow<'_, str>> {
    let (name, end) = name(line, 0, b'"').ok()?;
    (end == line.len()).then_some(name)
}

/// The name that starts here, and where the line goes on. In quotes a name may hold separators.
fn name(line: &str, start: usize, quote: u8) -> Result<(Cow<'_, str>, usize), Trouble> {
    let bytes = line.as_bytes();
    let (from, to, next) = if bytes.get(start) == Some(&quote) {
        let length = bytes[start + 1..].iter().position(|b| *b == quote).ok_or(Trouble::Open)?;
        let to = start + 1 + length;
        if bytes.get(to + 1).is_some_and(|b| !is_blank(*b)) {
            return Err(after(&line[start..=to]));
        }
        (start + 1, to, to + 1)
    } else {
        let to = bytes[start..].iter().position(|b| is_blank(*b)).map_or(line.len(), |length| start + length);
        (start, to, to)
    };
    if from == to {
        return Err(Trouble::Other(format!("a name is empty; {RULE}")));
    }
    Ok((line[from..to].into(), next))
}

/// Why this name cannot stand in an edge list, if it cannot: it would be read as something else.
pub(super) fn objection(text: &str) -> Option<&'static str> {
    let unfit = |b: u8| is_blank(b) || matches!(b, b',' | b';') || b.is_ascii_control();
    if text.is_empty() {
        Some("is empty; write GraphML (.graphml) instead")
    } else if text.bytes().any(unfit) {
        Some("holds white space, a separator or a control character; write GraphML (.graphml) instead")
    } else if is_comment(text.as_bytes()) {
        Some("begins like a comment; write GraphML (.graphml) instead")
    } else if text.starts_with(['"', '\'', '\u{feff}', '(', '[', '{', '<', '*']) {
        Some("begins with a quote, a bracket or a byte order mark; write GraphML (.graphml) instead")
    } else {
        None
    }
}

/// The fields of one line, with quotes.
pub(in crate::io) fn quoted(line: &[u8], sign: u8) -> Option<Vec<String>> {
    let mut out = Vec::new();
    split(std::str::from_utf8(line).ok()?, Separator::Sign(sign), b'"', &mut out).ok()?;
    Some(out.into_iter().map(Cow::into_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, separator: Separator, want: &[&str]) {
        let mut out = Vec::new();
        split(line, separator, b'"', &mut out).unwrap();
        assert_eq!(out, want, "{line}");
    }

    #[test]
    fn fields() {
        let comma = Separator::Sign(b',');
        check("North Gate, South Quay ,", comma, &["North Gate", "South Quay", ""]);
        check("\"a, \"\"b\"\"\" , \" c \",d", comma, &["a, \"b\"", " c ", "d"]);
        check("5\" pipe,x", comma, &["5\" pipe", "x"]);
        check("\"a\nb\",c", comma, &["a\nb", "c"]);
        check("a b\tc", Separator::Sign(b'\t'), &["a b", "c"]);
        check("a|b|-1", Separator::Sign(b'|'), &["a", "b", "-1"]);
        check("\"a b\" c\t d", Separator::White, &["a b", "c", "d"]);
        check("a -> \"b c\"-> d", Separator::Arrow("->"), &["a", "b c", "d"]);
        let mut out = Vec::new();
        assert_eq!(split("\"a,b", comma, b'"', &mut out), Err(Trouble::Open));
        assert!(matches!(split("\"a\"b,c", comma, b'"', &mut out), Err(Trouble::Other(_))));
    }
}
