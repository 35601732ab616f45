//! The members of a small zip archive, by its directory. Own, because the kept crates bring an entropy source and ciphers;
//! numpy only ever stores members or deflates them.

use flate2::read::DeflateDecoder;
use std::io::Read;

/// A member may grow to so many times the archive, or to 64 MiB.
const MOST: u64 = 400;
const FREE: u64 = 1 << 26;

/// Names and contents. What the directory says about sizes bounds nothing: the bytes that are there do.
pub(super) fn members(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let damaged = || "the zip archive is damaged or cut off; fetch the file again".to_owned();
    let word = |at: usize| bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize);
    let half = |at: usize| bytes.get(at..at + 2).map(|b| usize::from(u16::from_le_bytes([b[0], b[1]])));
    // the end record has a comment of up to 64 KiB behind it
    let from = bytes.len().saturating_sub(22 + 65_535);
    let end = (from..bytes.len().saturating_sub(21)).rev().find(|&i| bytes[i..].starts_with(b"PK\x05\x06"));
    let end = end.ok_or_else(damaged)?;
    let count = half(end + 10).ok_or_else(damaged)?;
    let mut at = word(end + 16).ok_or_else(damaged)?;
    let mut out = Vec::new();
    let mut total = 0u64;
    for _ in 0..count.min(64) {
        let entry = |offset: usize| at.checked_add(offset).ok_or_else(damaged);
        if bytes.get(at..).is_none_or(|b| !b.starts_with(b"PK\x01\x02")) {
            return Err(damaged());
        }
        let method = half(entry(10)?).ok_or_else(damaged)?;
        let packed = word(entry(20)?).ok_or_else(damaged)?;
        let [name, extra, comment] = [28, 30, 32].map(|o| half(at + o).unwrap_or(0));
        let place = word(entry(42)?).ok_or_else(damaged)?;
        let title = bytes.get(at + 46..at + 46 + name).ok_or_else(damaged)?;
        let title = String::from_utf8_lossy(title).into_owned();
        // the local head repeats name and extra, with lengths of its own
        let [local_name, local_extra] = [26, 28].map(|o| place.checked_add(o).and_then(half).unwrap_or(0));
        let start = place.checked_add(30 + local_name + local_extra).ok_or_else(damaged)?;
        let raw = bytes.get(start..).ok_or_else(damaged)?;
        // sizes above 4 GiB stand elsewhere: what follows is enough for the decoder
        let raw = raw.get(..packed).unwrap_or(raw);
        let content = match method {
            0 => raw.to_vec(),
            8 => {
                let room = FREE.max(bytes.len() as u64 * MOST);
                let mut content = Vec::new();
                DeflateDecoder::new(raw).take(room + 1).read_to_end(&mut content).map_err(|_| damaged())?;
                if content.len() as u64 > room {
                    return Err(format!(
                        "{title} grows to more than {MOST} times its size: unpack it first if this is meant"
                    ));
                }
                content
            }
            other => return Err(format!("a zip archive packed by method {other}; numpy stores or deflates")),
        };
        total += content.len() as u64;
        if total > 4 * FREE.max(bytes.len() as u64 * MOST) {
            return Err("the archive grows without bound".to_owned());
        }
        out.push((title, content));
        at = entry(46 + name + extra + comment)?;
    }
    if out.is_empty() {
        return Err(damaged());
    }
    Ok(out)
}
