//! What a program answers: ids, one a line.

/// Why an answer is no order. Lines are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadAnswer {
    #[error("line {line} of what it wrote is `{text}`, not a node: one id a line, 0 to {last}")]
    NotAnId { line: usize, text: String, last: i64 },
    #[error("line {line} of what it wrote names node {id} again, which fell in line {earlier}; a node falls once")]
    Again { line: usize, id: u32, earlier: usize },
}

/// Bytes that an order of `n` nodes takes at most: ten digits and a line end each, and as much again for comments.
pub(crate) fn longest(n: u32) -> u64 {
    64 * u64::from(n) + (1 << 20)
}

/// Ids below `n`, none twice.
pub(crate) fn read(said: &[u8], n: u32) -> Result<Vec<u32>, BadAnswer> {
    let mut order = Vec::new();
    let mut line_of = vec![0usize; n as usize];
    for (line, bytes) in (1..).zip(said.split(|&byte| byte == b'\n')) {
        let bytes = bytes.trim_ascii();
        if bytes.is_empty() || bytes.starts_with(b"#") {
            continue;
        }
        let text = std::str::from_utf8(bytes).ok();
        let digits = text.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(id) = digits.and_then(|text| text.parse::<u32>().ok()).filter(|&id| id < n) else {
            return Err(BadAnswer::NotAnId { line, text: excerpt(bytes), last: i64::from(n) - 1 });
        };
        match std::mem::replace(&mut line_of[id as usize], line) {
            0 => order.push(id),
            earlier => return Err(BadAnswer::Again { line, id, earlier }),
        }
    }
    Ok(order)
}

/// The beginning of a line, with everything that a terminal could obey escaped.
fn excerpt(bytes: &[u8]) -> String {
    const SHOWN: usize = 60;
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4 * SHOWN)]).into_owned();
    let mut shown: String = text.chars().take(SHOWN).collect::<String>().escape_debug().to_string();
    if text.chars().count() > SHOWN {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(said: &[u8], want: Result<&[u32], &str>) {
        match (read(said, 4), want) {
            (Ok(order), Ok(want)) => assert_eq!(order, want),
            (Err(error), Err(words)) => assert!(error.to_string().contains(words), "{error}"),
            (got, want) => panic!("{got:?}, not {want:?}"),
        }
    }

    #[test]
    fn one_id_a_line() {
        check(b"3\n0\n", Ok(&[3, 0]));
        check(b"# by degree\r\n\r\n 2 \r\n03", Ok(&[2, 3]));
        check(b"", Ok(&[]));
        check(b"3\n4\n", Err("line 2 of what it wrote is `4`, not a node: one id a line, 0 to 3"));
        check(b"-1", Err("`-1`"));
        check(b"+1", Err("`+1`"));
        check(b"1 2", Err("`1 2`"));
        check(b"1.0", Err("`1.0`"));
        check(b"99999999999999999999", Err("`99999999999999999999`"));
        check(b"1\n\n1", Err("line 3 of what it wrote names node 1 again, which fell in line 1"));
        check(b"\x1b[2J", Err("`\\u{1b}[2J`"));
        check(b"\xff\xfe", Err("not a node"));
        check(&[b'x'; 5000], Err("x…`"));
    }
}
