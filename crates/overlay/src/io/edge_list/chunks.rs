//! A stream in pieces that hold whole lines.

use crate::io::error::Fault;
use std::io::{ErrorKind, Read};

const CHUNK: usize = 1 << 20;
/// No line of an edge list is this long; a binary file may be one "line".
const LONGEST_LINE: usize = 1 << 26;

/// Calls `f` with all lines of the stream, as many at a time as fit in a buffer. The last may lack its end.
pub(super) fn each(content: &mut dyn Read, mut f: impl FnMut(&[u8]) -> Result<(), Fault>) -> Result<(), Fault> {
    let mut buffer = vec![0u8; CHUNK];
    let mut filled = 0;
    loop {
        let mut at_end = false;
        while filled < buffer.len() && !at_end {
            match content.read(&mut buffer[filled..]) {
                Ok(0) => at_end = true,
                Ok(got) => filled += got,
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e.into()),
            }
        }
        let whole = if at_end { filled } else { whole_lines(&buffer[..filled]) };
        f(&buffer[..whole])?;
        if at_end {
            return Ok(());
        }
        buffer.copy_within(whole..filled, 0);
        filled -= whole;
        if filled == buffer.len() {
            if filled >= LONGEST_LINE {
                return Err(Fault::whole(format!("a line is longer than {LONGEST_LINE} bytes: not an edge list")));
            }
            buffer.resize(filled * 2, 0);
        }
    }
}

/// How many bytes the lines take whose end is here. A carriage return at the very end may be half of one.
fn whole_lines(text: &[u8]) -> usize {
    match text.iter().rposition(|b| matches!(b, b'\n' | b'\r')) {
        None => 0,
        Some(end) if text[end] == b'\r' && end + 1 == text.len() => {
            text[..end].iter().rposition(|b| matches!(b, b'\n' | b'\r')).map_or(0, |i| i + 1)
        }
        Some(end) => end + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_not_torn() {
        for (text, want) in [("", 0), ("ab", 0), ("a\nb", 2), ("a\r\nb", 3), ("a\rb", 2), ("a\nb\r", 2), ("a\r", 0)] {
            assert_eq!(whole_lines(text.as_bytes()), want, "{text:?}");
        }
        // lines of a length that puts every boundary somewhere else
        let text: String = (0..300_000).map(|i| format!("{i} {}\r\n", i * 7)).collect();
        let (mut all, mut calls) = (Vec::new(), 0);
        each(&mut text.as_bytes(), |chunk| {
            assert!(chunk.is_empty() || chunk.ends_with(b"\r\n"));
            all.extend_from_slice(chunk);
            calls += 1;
            Ok(())
        })
        .unwrap();
        assert!(all == text.as_bytes() && calls > 3);
    }

    #[test]
    fn a_long_line_is_still_a_line() {
        let text = format!("{} b\nc d", "a".repeat(3 * CHUNK));
        let mut seen = 0;
        each(&mut text.as_bytes(), |chunk| {
            seen += chunk.len();
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, text.len());
    }
}
