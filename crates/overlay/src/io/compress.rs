//! Compression: told by the first bytes, looked through while reading, written where the ending asks for it.
//!
//! A reader never trusts what a compressed stream announces. What comes out is counted against what goes in: text that
//! describes a network shrinks to a hundredth at most, so a stream that grows much more is a bomb and is refused.

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use lzma_rust2::{XzOptions, XzReader, XzWriter};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::rc::Rc;

/// Bytes asked of the disk at a time.
const BUFFER: usize = 1 << 18;
/// So much may come out of any stream.
const FREE: u64 = if cfg!(test) { 1 << 20 } else { 1 << 26 };
/// Beyond that, at most so many bytes for one that goes in.
const MOST: u64 = 400;
/// Kilobytes that an xz stream may ask for.
const XZ_MEMORY: u32 = 1 << 18;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compression {
    /// `.gz`
    Gzip,
    /// `.bz2`
    Bzip2,
    /// `.xz`
    Xz,
    /// `.zst`
    Zstd,
}

impl Compression {
    /// All of them.
    pub const ALL: [Compression; 4] = [Compression::Gzip, Compression::Bzip2, Compression::Xz, Compression::Zstd];

    /// The name in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
            Compression::Bzip2 => "bzip2",
            Compression::Xz => "xz",
            Compression::Zstd => "zstd",
        }
    }

    /// The ending of its files, without the point.
    pub const fn ending(self) -> &'static str {
        match self {
            Compression::Gzip => "gz",
            Compression::Bzip2 => "bz2",
            Compression::Xz => "xz",
            Compression::Zstd => "zst",
        }
    }

    const fn magic(self) -> &'static [u8] {
        match self {
            Compression::Gzip => &[0x1f, 0x8b],
            Compression::Bzip2 => b"BZh",
            Compression::Xz => &[0xfd, b'7', b'z', b'X', b'Z', 0],
            Compression::Zstd => &[0x28, 0xb5, 0x2f, 0xfd],
        }
    }

    /// What the first bytes say.
    pub(super) fn sniff(head: &[u8]) -> Option<Compression> {
        // bzip2's is plain text: a digit and a block or the end of the stream must follow
        let is_block = |c: Compression| {
            c != Compression::Bzip2
                || head.get(3).is_some_and(u8::is_ascii_digit) && head.get(4).is_none_or(|b| matches!(b, 0x31 | 0x17))
        };
        Compression::ALL.into_iter().find(|c| head.starts_with(c.magic()) && is_block(*c))
    }

    /// What the ending of a path says, in any case.
    pub fn of_path(path: impl AsRef<Path>) -> Option<Compression> {
        let ending = path.as_ref().extension()?.to_str()?.to_ascii_lowercase();
        Compression::ALL.into_iter().find(|c| c.ending() == ending)
    }

    /// Plain bytes out of a compressed stream.
    pub(super) fn reader<'a>(self, raw: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
        let taken = Rc::new(Cell::new(0));
        let raw = BufReader::with_capacity(BUFFER, Counted { inner: raw, taken: Rc::clone(&taken) });
        let inner: Box<dyn Read + 'a> = match self {
            Compression::Gzip => Box::new(MultiGzDecoder::new(raw)),
            Compression::Bzip2 => Box::new(MultiBzDecoder::new(raw)),
            Compression::Xz => Box::new(XzReader::new_mem_limit(raw, true, XZ_MEMORY)),
            Compression::Zstd => Box::new(Frames { state: State::Between(raw) }),
        };
        Ok(Box::new(Bounded { inner, taken, given: 0 }))
    }

    /// Compresses what is written by `fill`.
    pub(super) fn write<E: From<io::Error>>(
        self,
        out: &mut dyn Write,
        fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Compression::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(out, flate2::Compression::default());
                fill(&mut encoder)?;
                encoder.finish()?;
            }
            Compression::Bzip2 => {
                let mut encoder = bzip2::write::BzEncoder::new(out, bzip2::Compression::default());
                fill(&mut encoder)?;
                encoder.finish()?;
            }
            Compression::Xz => {
                let mut encoder = XzWriter::new(out, XzOptions::with_preset(6))?;
                fill(&mut encoder)?;
                encoder.finish()?;
            }
            Compression::Zstd => {
                // its encoder pulls: the content is made first
                let mut content = Vec::new();
                fill(&mut content)?;
                out.write_all(&compress_to_vec(&content[..], CompressionLevel::Fastest))?;
            }
        }
        Ok(())
    }
}

impl std::fmt::Display for Compression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + got as u64);
        Ok(got)
    }
}

struct Bounded<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
    given: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.given += got as u64;
        if self.given > FREE && self.given / MOST > self.taken.get() {
            let why = format!("it grows to more than {MOST} times its size: unpack it first if this is meant");
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        Ok(got)
    }
}

/// The frames of a zstd stream, one after the other.
struct Frames<R: BufRead> {
    state: State<R>,
}

enum State<R: BufRead> {
    Between(R),
    Inside(Box<StreamingDecoder<R, FrameDecoder>>),
    End,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, State::End) {
                State::End => return Ok(0),
                State::Between(mut raw) => {
                    if raw.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    // a skippable frame: 8 bytes of head, then as many as it says
                    let skipped = raw.fill_buf()?.get(..8).and_then(|h| {
                        let word = |b: &[u8]| u32::from_le_bytes([b[0], b[1], b[2], b[3]]);
                        (word(h) & 0xffff_fff0 == 0x184d_2a50).then(|| u64::from(word(&h[4..])))
                    });
                    if let Some(length) = skipped {
                        io::copy(&mut raw.by_ref().take(8 + length), &mut io::sink())?;
                        self.state = State::Between(raw);
                        continue;
                    }
                    let decoder = StreamingDecoder::new(raw)
                        .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e.to_string()))?;
                    self.state = State::Inside(Box::new(decoder));
                }
                State::Inside(mut decoder) => match decoder.read(buffer) {
                    Ok(0) if !buffer.is_empty() => self.state = State::Between(decoder.into_inner()),
                    Ok(got) => {
                        self.state = State::Inside(decoder);
                        return Ok(got);
                    }
                    Err(e) => return Err(io::Error::new(io::ErrorKind::InvalidData, e.to_string())),
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(c: Compression, content: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        c.write(&mut out, |w| w.write_all(content)).unwrap();
        out
    }

    fn unpack(c: Compression, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        c.reader(bytes)?.read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn there_and_back() {
        let content: Vec<u8> = (0..20_000u32).flat_map(|i| format!("{i} {}\n", i * 7 % 1000).into_bytes()).collect();
        for c in Compression::ALL {
            let packed = pack(c, &content);
            assert_eq!(Compression::sniff(&packed), Some(c));
            assert_eq!(unpack(c, &packed).unwrap(), content, "{c}");
            // members one after the other are one content
            let twice = unpack(c, &[packed.clone(), packed.clone()].concat()).unwrap();
            assert_eq!(twice.len(), 2 * content.len(), "{c}");
            for cut in [packed.len() / 2, packed.len() - 3] {
                assert!(unpack(c, &packed[..cut]).is_err(), "{c} cut at {cut}");
            }
        }
        assert_eq!(Compression::sniff(b"BZhou 1\n"), None);
    }

    #[test]
    fn bombs_are_refused() {
        let zeros = vec![b'0'; 4 << 20];
        for c in [Compression::Gzip, Compression::Bzip2, Compression::Xz, Compression::Zstd] {
            let error = unpack(c, &pack(c, &zeros)).unwrap_err();
            assert!(error.to_string().contains("more than 400 times"), "{c}: {error}");
        }
    }
}
