//! The quick path through a line of two plain integers: most lines of most edge lists.

use super::fields;

/// A line of exactly two plain integers, and its length with its end. Anything else is `None`.
#[inline]
pub(super) fn integers(line: &[u8], sign: u8) -> Option<([u64; 2], usize)> {
    let (a, end) = digits(line, 0)?;
    let (start, signs) = fields::gap(line, end, sign);
    if start == end || signs != u32::from(sign != 0) {
        return None;
    }
    let (b, end) = digits(line, start)?;
    match line.get(end) {
        None => Some(([a, b], end)),
        Some(b'\n') => Some(([a, b], end + 1)),
        Some(b'\r') => Some(([a, b], end + 1 + usize::from(line.get(end + 1) == Some(&b'\n')))),
        Some(_) => None,
    }
}

/// Up to 19 digits without a leading zero, and where they end.
#[inline]
fn digits(line: &[u8], start: usize) -> Option<(u64, usize)> {
    let mut value = 0u64;
    let mut at = start;
    while let Some(digit) = line.get(at).map(|b| b.wrapping_sub(b'0')).filter(|d| *d < 10) {
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    let count = at - start;
    (count > 0 && count < 20 && (count == 1 || line[start] != b'0')).then_some((value, at))
}
