//! One kind of line end, so that lines can be counted.
//!
//! The parser takes CR, LF and CR LF, but counts LF only, and tells where it began to look for a record: before the blank lines that it skips. With
//! one LF a line, the last one included, the line of a record follows from where its end is.

use std::io::{Read, Result};

/// Turns CR and CR LF into LF, and ends the last line if it has no end.
#[derive(Debug)]
pub(super) struct Lines<R> {
    input: R,
    after_return: bool,
    open: bool,
}

impl<R> Lines<R> {
    pub(super) fn new(input: R) -> Lines<R> {
        Lines { input, after_return: false, open: false }
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let read = self.input.read(buffer)?;
            if read == 0 {
                buffer[0] = b'\n';
                return Ok(usize::from(std::mem::take(&mut self.open)));
            }
            let mut written = 0;
            for at in 0..read {
                let byte = buffer[at];
                let second_half = byte == b'\n' && self.after_return;
                self.after_return = byte == b'\r';
                if !second_half {
                    buffer[written] = if byte == b'\r' { b'\n' } else { byte };
                    written += 1;
                }
            }
            if written > 0 {
                self.open = buffer[written - 1] != b'\n';
                return Ok(written);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends() {
        /// Hands out so many bytes at a time.
        struct Pieces<'a>(&'a [u8], usize);
        impl Read for Pieces<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
                let n = self.1.min(buffer.len());
                (&mut self.0).take(n as u64).read(&mut buffer[..n])
            }
        }
        let check = |text: &str, want: &str| {
            for piece in 1..5 {
                let mut got = String::new();
                Lines::new(Pieces(text.as_bytes(), piece)).read_to_string(&mut got).unwrap();
                assert_eq!(got, want, "{text:?} in pieces of {piece}");
            }
        };
        check("a\r\nb\r\n", "a\nb\n");
        check("a\rb", "a\nb\n");
        check("a\n\r\n\r\rb\n", "a\n\n\n\nb\n");
        check("", "");
    }
}
