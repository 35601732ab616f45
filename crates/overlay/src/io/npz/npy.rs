//! One array of numpy: a header that is a Python dictionary, then the values (NEP 1).

pub(super) const MAGIC: &[u8] = b"\x93NUMPY";

/// An array.
#[derive(Debug, Default)]
pub(super) struct Array {
    pub(super) shape: Vec<u64>,
    /// Whether columns follow each other, instead of rows.
    pub(super) fortran: bool,
    /// The values, if they are numbers.
    pub(super) values: Vec<f64>,
    /// The text, if it is one.
    pub(super) text: String,
}

impl Array {
    /// The values as indices.
    pub(super) fn whole(&self) -> Vec<u64> {
        self.values.iter().map(|x| if *x >= 0.0 { *x as u64 } else { u64::MAX }).collect()
    }

    pub(super) fn parse(bytes: &[u8]) -> Result<Array, String> {
        let cut = || "the array is cut off".to_owned();
        if !bytes.starts_with(MAGIC) {
            return Err("not an array of numpy".to_owned());
        }
        let version = *bytes.get(6).ok_or_else(cut)?;
        let (length, start): (usize, usize) = match (version, bytes.get(8..10), bytes.get(8..12)) {
            (1, Some(b), _) => (usize::from(u16::from_le_bytes([b[0], b[1]])), 10),
            (2 | 3, _, Some(b)) => (u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize, 12),
            _ => return Err("an array of a version that is not known".to_owned()),
        };
        let end = start.checked_add(length).ok_or_else(cut)?;
        let header = String::from_utf8_lossy(bytes.get(start..end).ok_or_else(cut)?).into_owned();
        let data = &bytes[end..];
        let after = |key: &str| header.split_once(key).map(|(_, rest)| rest.trim_start_matches([':', ' ']));
        let kind = after("'descr'").and_then(|r| r.strip_prefix('\'')).and_then(|r| r.split('\'').next());
        let kind = kind.ok_or("an array of records is no matrix")?;
        let shape = after("'shape'").and_then(|r| r.strip_prefix('(')).and_then(|r| r.split(')').next());
        let shape = shape.ok_or("an array without a shape")?;
        let shape: Result<Vec<u64>, _> =
            shape.split(',').map(str::trim).filter(|w| !w.is_empty()).map(str::parse::<u64>).collect();
        let shape = shape.map_err(|_| "a shape that is not of whole numbers")?;
        let count = shape.iter().try_fold(1u64, |product, side| product.checked_mul(*side)).ok_or_else(cut)?;
        let mut array = Array {
            shape,
            fortran: after("'fortran_order'").is_some_and(|r| r.starts_with("True")),
            ..Array::default()
        };
        let big = kind.starts_with('>');
        let letter = kind.trim_start_matches(['<', '>', '|', '=']);
        let width: usize = letter.get(1..).and_then(|w| w.parse().ok()).unwrap_or(1);
        let value_bytes = if letter.starts_with('U') { width.saturating_mul(4) } else { width };
        let needed = count.checked_mul(value_bytes as u64).ok_or_else(cut)?;
        if value_bytes == 0 || needed > data.len() as u64 {
            return Err(cut());
        }
        let data = &data[..needed as usize];
        if letter.starts_with(['S', 'U']) {
            let step = if letter.starts_with('U') { 4 } else { 1 };
            let first = data.chunks_exact(step).map(|c| if big { c[step - 1] } else { c[0] });
            array.text = first.take_while(|b| *b != 0).map(char::from).collect();
            return Ok(array);
        }
        let read: fn([u8; 8]) -> f64 = match letter {
            "b1" | "?" | "u1" => |b| f64::from(b[0]),
            "i1" => |b| f64::from(b[0] as i8),
            "i2" => |b| f64::from(i16::from_le_bytes([b[0], b[1]])),
            "u2" => |b| f64::from(u16::from_le_bytes([b[0], b[1]])),
            "i4" => |b| f64::from(i32::from_le_bytes([b[0], b[1], b[2], b[3]])),
            "u4" => |b| f64::from(u32::from_le_bytes([b[0], b[1], b[2], b[3]])),
            "i8" => |b| i64::from_le_bytes(b) as f64,
            "u8" => |b| u64::from_le_bytes(b) as f64,
            "f4" => |b| f64::from(f32::from_le_bytes([b[0], b[1], b[2], b[3]])),
            "f8" => f64::from_le_bytes,
            other => return Err(format!("values of kind {} are not read", crate::io::text::shown(other))),
        };
        array.values = data
            .chunks_exact(width)
            .map(|chunk| {
                let mut word = [0; 8];
                word[..width].copy_from_slice(chunk);
                if big {
                    word[..width].reverse();
                }
                read(word)
            })
            .collect();
        Ok(array)
    }
}
