//! From a stream of bytes to plain content: looks through gzip and at the first bytes.

use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufReader, Chain, Cursor, Read};

/// Bytes of content that are looked at before the format is chosen.
const HEAD: usize = 512;
/// Bytes asked of the disk at a time.
const BUFFER: usize = 1 << 18;

/// Plain content, and its first bytes.
pub(super) struct Input<'a> {
    pub(super) content: Box<dyn Read + 'a>,
    pub(super) head: Vec<u8>,
}

/// A stream whose first bytes have been looked at, as if it had not been touched.
type Rewound<R> = Chain<Cursor<Vec<u8>>, R>;

/// Whether this is gzip.
pub(super) fn detect_gzip<R: Read>(raw: R) -> io::Result<(bool, Rewound<R>)> {
    let (magic, raw) = peek(raw, 2)?;
    Ok((magic == [0x1f, 0x8b], raw))
}

/// Decompresses if needed, and looks at the beginning.
pub(super) fn open<'a>(raw: impl Read + 'a, gzip: bool) -> io::Result<Input<'a>> {
    let plain: Box<dyn Read + 'a> =
        if gzip { Box::new(MultiGzDecoder::new(BufReader::with_capacity(BUFFER, raw))) } else { Box::new(raw) };
    let (head, content) = peek(plain, HEAD)?;
    Ok(Input { content: Box::new(content), head })
}

/// The first bytes (fewer only if there are no more), and the stream with them put back.
fn peek<R: Read>(mut stream: R, bytes: usize) -> io::Result<(Vec<u8>, Rewound<R>)> {
    let mut head = Vec::new();
    stream.by_ref().take(bytes as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Cursor::new(head).chain(stream)))
}
