//! The checksum of a whole file inside the file: hashed with zeros in its place, then put there.

use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// The metadata key of the checksum.
pub(super) const KEY: &str = "hydranet.sha256";

/// The value that the footer is encoded with.
pub(super) const ZEROS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Bytes between the key and its value in Thrift's compact protocol: "field 2, a string", "64 bytes".
const BETWEEN: [u8; 2] = [0x18, 64];

/// Where the digits of the checksum stand in a footer.
fn place(footer: &[u8]) -> Option<usize> {
    let mark = [KEY.as_bytes(), &BETWEEN].concat();
    // ours is the last entry of the metadata: what a caller's value may contain comes before
    let start = footer.windows(mark.len()).rposition(|window| window == mark)? + mark.len();
    (start + ZEROS.len() <= footer.len()).then_some(start)
}

/// Hashes what passes; holds the footer back, to put the checksum in.
pub(super) struct Sealed<W> {
    out: W,
    hash: Sha256,
    footer: Option<Vec<u8>>,
}

impl<W: Write> Sealed<W> {
    pub(super) fn new(out: W) -> Sealed<W> {
        Sealed { out, hash: Sha256::new(), footer: None }
    }

    /// From here on it is footer.
    pub(super) fn hold(&mut self) {
        self.footer = Some(Vec::new());
    }

    /// Writes the footer with the checksum.
    pub(super) fn finish(mut self) -> io::Result<W> {
        let mut footer = self.footer.take().unwrap_or_default();
        let place = place(&footer).ok_or_else(|| io::Error::other("the footer has no place for the checksum"))?;
        self.hash.update(&footer);
        footer[place..place + ZEROS.len()].copy_from_slice(crate::provenance::hex(&self.hash.finalize()).as_bytes());
        self.out.write_all(&footer)?;
        Ok(self.out)
    }
}

impl<W: Write> Write for Sealed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(footer) = &mut self.footer {
            footer.extend_from_slice(bytes);
            return Ok(bytes.len());
        }
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What the seal says about a file.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    Whole,
    NotParquet,
    Truncated,
    Unsealed,
    Damaged { expected: String, found: String },
}

/// Reads the file once from end to end, in small pieces, and leaves it at an unspecified position.
pub(super) fn inspect(file: &mut File) -> io::Result<Verdict> {
    const MAGIC: [u8; 4] = *b"PAR1";
    let length = file.seek(SeekFrom::End(0))?;
    let mut magic = [0; 4];
    file.rewind()?;
    let start = file.take(4).read(&mut magic)?;
    if start < 4 || magic != MAGIC {
        return Ok(if start > 0 && MAGIC.starts_with(&magic[..start]) {
            Verdict::Truncated
        } else {
            Verdict::NotParquet
        });
    }
    if length < 12 {
        return Ok(Verdict::Truncated);
    }
    let mut tail = [0; 8];
    file.seek(SeekFrom::Start(length - 8))?;
    file.read_exact(&mut tail)?;
    let [a, b, c, d, end @ ..] = tail;
    let footer_length = u64::from(u32::from_le_bytes([a, b, c, d]));
    if end != MAGIC || footer_length > length - 12 {
        return Ok(Verdict::Truncated);
    }
    let footer_start = length - 8 - footer_length;
    let mut footer = Vec::new();
    file.seek(SeekFrom::Start(footer_start))?;
    file.take(footer_length).read_to_end(&mut footer)?;
    let Some(place) = place(&footer) else { return Ok(Verdict::Unsealed) };

    let mut hash = Sha256::new();
    file.rewind()?;
    let mut left = footer_start;
    let mut buffer = vec![0; 1 << 16];
    while left > 0 {
        let piece = &mut buffer[..left.min(1 << 16) as usize];
        file.read_exact(piece)?;
        hash.update(&*piece);
        left -= piece.len() as u64;
    }
    let digits = place..place + ZEROS.len();
    let expected = String::from_utf8_lossy(&footer[digits.clone()]).into_owned();
    footer[digits].copy_from_slice(ZEROS.as_bytes());
    hash.update(&footer);
    hash.update(tail);
    let found = crate::provenance::hex(&hash.finalize());
    Ok(if expected == found { Verdict::Whole } else { Verdict::Damaged { expected, found } })
}
