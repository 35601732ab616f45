//! Adds resolution and texts to a PNG file, so that LaTeX and word processors show it at its true size.

/// Length of the signature and the IHDR chunk, after which ancillary chunks may stand (PNG specification, 5.6).
const HEAD: usize = 8 + 25;

/// Puts a `pHYs` chunk and one `iTXt` chunk per text behind the header.
pub(crate) fn with_metadata(mut file: Vec<u8>, dpi: f64, texts: &[(&str, &str)]) -> Vec<u8> {
    let per_metre = ((dpi / 0.0254).round() as u32).to_be_bytes();
    let mut chunks = chunk(b"pHYs", &[&per_metre[..], &per_metre[..], &[1]].concat());
    for (key, text) in texts {
        // keyword, end, not compressed, method 0, no language, no translated keyword
        chunks.extend(chunk(b"iTXt", &[key.as_bytes(), &[0; 5], text.as_bytes()].concat()));
    }
    file.splice(HEAD..HEAD, chunks);
    file
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    [&(data.len() as u32).to_be_bytes()[..], kind, data, &crc.sum().to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_well_formed() {
        // the IEND chunk of every PNG file
        assert_eq!(chunk(b"IEND", b""), [0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82]);
        let file = with_metadata(vec![7; HEAD + 3], 300.0, &[("Title", "χ")]);
        assert_eq!(&file[HEAD..HEAD + 8], [0, 0, 0, 9, b'p', b'H', b'Y', b's']);
        assert_eq!(&file[HEAD + 8..HEAD + 12], 11811_u32.to_be_bytes());
        assert_eq!(&file[file.len() - 3..], [7; 3]);
    }
}
