//! Text of the formats that are small enough to be held whole, and how to speak of a piece of it.

use super::error::Fault;
use std::io::Read;

/// The whole content as text.
pub(super) fn slurp(content: &mut dyn Read) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    content.read_to_end(&mut bytes)?;
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|e| {
        let (place, bytes) = (e.utf8_error().valid_up_to(), e.as_bytes());
        let before = String::from_utf8_lossy(&bytes[..place]);
        let (line, column) = place_of(&before, before.len());
        let reason = format!("not text: byte {:#04x} is not UTF-8; save the file as UTF-8", bytes[place]);
        Fault::At { line, column: Some(column), reason }
    })
}

/// Line and column, both from 1, of a byte offset.
pub(super) fn place_of(text: &str, offset: usize) -> (u64, u64) {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let mut line = 1 + before.bytes().filter(|b| *b == b'\n').count() as u64;
    // a carriage return alone ends a line too
    line += before.as_bytes().windows(2).filter(|w| w[0] == b'\r' && w[1] != b'\n').count() as u64;
    let start = before.rfind(['\n', '\r']).map_or(0, |i| i + 1);
    (line, 1 + before[start..].chars().count() as u64)
}

/// The lines of a text with their numbers from 1. Ends of lines are `\n`, `\r\n` or `\r`.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let mut rest = text;
    let mut number = 0;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.bytes().position(|b| b == b'\n' || b == b'\r').unwrap_or(rest.len());
        let (line, tail) = rest.split_at(end);
        rest = tail.strip_prefix("\r\n").or_else(|| tail.get(1..)).unwrap_or("");
        number += 1;
        Some((number, line))
    })
}

/// A network of this size is believed without links.
const BELIEVED: u64 = 1_000_000;

/// The number of nodes that a file announces, if it is one of a network with so many links or lines: a number alone must
/// not make anything large.
pub(super) fn believed(nodes: u64, links: u64) -> Result<u32, String> {
    match u32::try_from(nodes) {
        Ok(n) if nodes <= BELIEVED.max(links.saturating_mul(1000)) && n < u32::MAX => Ok(n),
        Ok(_) => Err(format!("{nodes} nodes and only {links} entries: this is not a network")),
        Err(_) => Err(format!("{nodes} nodes; 32 bits number {}", u32::MAX)),
    }
}

/// A piece of a file for a message: short, and without anything that a terminal would act upon.
pub(super) fn shown(piece: &str) -> String {
    let mut out: String = piece.chars().take(40).flat_map(|c| c.escape_debug()).collect();
    if piece.chars().nth(40).is_some() {
        out.push('…');
    }
    format!("`{}`", out.replace("\\'", "'").replace("\\\"", "\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_kinds_of_line_ends() {
        let all: Vec<_> = lines("a\nb\r\nc\rd\n\n").collect();
        assert_eq!(all, [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "")]);
        assert_eq!(lines("").count(), 0);
        assert_eq!(place_of("a\nb\r\nc\rdé!", 10), (4, 3));
    }

    #[test]
    fn where_it_is_not_text() {
        let fault = slurp(&mut &b"ab\nc\xff"[..]).unwrap_err();
        assert!(matches!(fault, Fault::At { line: 2, column: Some(2), .. }), "{fault:?}");
        assert_eq!(slurp(&mut &b"\xEF\xBB\xBFx"[..]).unwrap(), "x");
    }

    #[test]
    fn pieces_are_short_and_harmless() {
        assert_eq!(shown("it's \"x\"\u{1b}"), "`it's \"x\"\\u{1b}`");
        assert_eq!(shown(&"x".repeat(50)).chars().count(), 43);
    }
}
