//! From a stream of bytes to plain content: looks through compression and at the first bytes.

use super::compress::Compression;
use super::error::Fault;
use super::text::shown;
use std::io::{self, Chain, Cursor, Read};

/// Bytes of content that are looked at before the format is chosen.
pub(super) const HEAD: usize = 1 << 16;

/// Plain content, and its first bytes.
pub(super) struct Input<'a> {
    pub(super) content: Box<dyn Read + 'a>,
    pub(super) head: Head,
}

/// The first bytes of a file.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) bytes: Vec<u8>,
    /// Whether nothing follows.
    pub(super) is_all: bool,
}

/// A stream whose first bytes have been looked at, as if it had not been touched.
type Rewound<R> = Chain<Cursor<Vec<u8>>, R>;

/// How this is compressed, if it is.
pub(super) fn detect<R: Read>(raw: R) -> io::Result<(Option<Compression>, Rewound<R>)> {
    let (magic, raw) = peek(raw, 6)?;
    Ok((Compression::sniff(&magic), raw))
}

/// Decompresses if needed, and looks at the beginning. UTF-16 becomes UTF-8.
pub(super) fn open<'a>(raw: impl Read + 'a, compression: Option<Compression>) -> Result<Input<'a>, Fault> {
    let plain: Box<dyn Read + 'a> = match compression {
        Some(compression) => compression.reader(raw)?,
        None => Box::new(raw),
    };
    let (bytes, mut content) = peek(plain, HEAD)?;
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        let text = utf16(&mut content)?.into_bytes();
        let bytes = text[..text.len().min(HEAD)].to_vec();
        let head = Head { is_all: bytes.len() == text.len(), bytes };
        return Ok(Input { content: Box::new(Cursor::new(text)), head });
    }
    let head = Head { is_all: bytes.len() < HEAD, bytes };
    Ok(Input { content: Box::new(content), head })
}

/// The first bytes (fewer only if there are no more), and the stream with them put back.
fn peek<R: Read>(mut stream: R, bytes: usize) -> io::Result<(Vec<u8>, Rewound<R>)> {
    let mut head = Vec::new();
    stream.by_ref().take(bytes as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Cursor::new(head).chain(stream)))
}

/// Text of 16-bit units, as Excel saves "Unicode text": the byte order mark says which byte comes first.
fn utf16(content: &mut dyn Read) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    content.read_to_end(&mut bytes)?;
    let little = bytes.starts_with(b"\xFF\xFE");
    let unit = |b: &[u8]| if little { u16::from_le_bytes([b[0], b[1]]) } else { u16::from_be_bytes([b[0], b[1]]) };
    let units = bytes[2..].chunks_exact(2).map(unit);
    let mut text = String::with_capacity(bytes.len() / 2);
    for c in char::decode_utf16(units) {
        text.push(c.map_err(|_| Fault::whole("begins as UTF-16 and is not; save the file as UTF-8"))?);
    }
    if bytes.len() % 2 == 1 {
        let tail: String = text.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
        return Err(Fault::whole(format!("UTF-16 text with half a character at its end, after {}", shown(&tail))));
    }
    Ok(text)
}
