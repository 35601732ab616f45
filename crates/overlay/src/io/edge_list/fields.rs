//! One line of an edge list, taken apart with care.

use crate::io::text::shown;

const RULE: &str = "an edge list has one edge a line: two names separated by spaces, tabs or a comma";

/// White space within a line.
pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | 0x0b | 0x0c)
}

/// A separator that stands for itself: two of them have an empty field between them.
const fn is_hard(byte: u8) -> bool {
    matches!(byte, b',' | b';')
}

/// Whether a comment begins here.
pub(super) fn is_comment(text: &[u8]) -> bool {
    text.first().is_some_and(|b| matches!(b, b'#' | b'%')) || text.starts_with(b"//")
}

/// Skips separators: where they end, and how many of them are commas or semicolons.
#[inline]
pub(super) fn gap(line: &[u8], start: usize) -> (usize, u32) {
    let (mut at, mut hard) = (start, 0);
    while let Some(&byte) = line.get(at).filter(|b| is_blank(**b) || is_hard(**b)) {
        hard += u32::from(is_hard(byte));
        at += 1;
    }
    (at, hard)
}

/// The first two names of a line without blanks at its ends, and whether more follows; or what is wrong.
pub(super) fn pair(line: &str) -> Result<([&str; 2], bool), String> {
    let bytes = line.as_bytes();
    if bytes.first().is_some_and(|b| is_hard(*b)) {
        return Err(format!("the first name is empty; {RULE}"));
    }
    let (first, end) = name(line, 0)?;
    let (start, hard) = gap(bytes, end);
    if start == line.len() || is_comment(&bytes[start..]) {
        return Err(format!("expected two node names, found one ({}); {RULE}", shown(first)));
    }
    if hard > 1 {
        return Err(format!("the second name is empty; {RULE}"));
    }
    let (second, end) = name(line, start)?;
    let (rest, _) = gap(bytes, end);
    Ok(([first, second], rest < line.len()))
}

/// The name, if the line is nothing else.
pub(super) fn only(line: &str) -> Option<&str> {
    let (name, end) = name(line, 0).ok()?;
    (end == line.len()).then_some(name)
}

/// The name that starts here, and where the line goes on. In double quotes a name may hold separators.
fn name(line: &str, start: usize) -> Result<(&str, usize), String> {
    let bytes = line.as_bytes();
    let is_separator = |b: &u8| is_blank(*b) || is_hard(*b);
    let (from, to, next) = if bytes.get(start) == Some(&b'"') {
        let length = line[start + 1..].find('"').ok_or("a quote is opened and not closed in this line")?;
        let to = start + 1 + length;
        if bytes.get(to + 1).is_some_and(|b| !is_separator(b)) {
            return Err(format!("after the closing quote of {} a separator must follow", shown(&line[start..=to])));
        }
        (start + 1, to, to + 1)
    } else {
        let to = bytes[start..].iter().position(is_separator).map_or(line.len(), |length| start + length);
        (start, to, to)
    };
    if from == to {
        return Err(format!("a name is empty; {RULE}"));
    }
    Ok((&line[from..to], next))
}

/// Why this name cannot stand in an edge list, if it cannot: it would be read as something else.
pub(super) fn objection(text: &str) -> Option<&'static str> {
    let unfit = |b: u8| is_blank(b) || is_hard(b) || b.is_ascii_control();
    if text.is_empty() {
        Some("is empty; write GraphML (.graphml) instead")
    } else if text.bytes().any(unfit) {
        Some("holds white space, a separator or a control character; write GraphML (.graphml) instead")
    } else if is_comment(text.as_bytes()) {
        Some("begins like a comment; write GraphML (.graphml) instead")
    } else if text.starts_with(['"', '\u{feff}']) {
        Some("begins with a quote or a byte order mark; write GraphML (.graphml) instead")
    } else {
        None
    }
}
