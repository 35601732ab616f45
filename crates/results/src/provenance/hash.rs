//! SHA-256 of bytes, files and specs.

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::io::{self, Read};

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut digits, byte| {
        write!(digits, "{byte:02x}").expect("a String takes everything");
        digits
    })
}

/// The SHA-256 of these bytes, in 64 lower-case hexadecimal digits.
///
/// ```
/// use hydranet_results::provenance::sha256;
/// assert!(sha256(b"abc").starts_with("ba7816bf8f01cfea")); // FIPS 180-2, appendix B.1
/// ```
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The SHA-256 of all that can be read, in little memory.
///
/// # Errors
/// What the reader says.
pub fn sha256_of(mut input: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match input.read(&mut buffer) {
            Ok(0) => return Ok(hex(&hash.finalize())),
            Ok(read) => hash.update(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The SHA-256 of a JSON value in one canonical form: no spaces, keys in byte order at every level. Two specs that differ
/// only in the order of their keys have the same hash; `1` and `1.0` differ.
///
/// ```
/// use hydranet_results::provenance::canonical_sha256;
/// use serde_json::json;
/// let (a, b) = (json!({"seed": 7, "trials": {"networks": 3, "orders": 1}}), json!({"trials": {"orders": 1, "networks": 3}, "seed": 7}));
/// assert_eq!(canonical_sha256(&a), canonical_sha256(&b));
/// assert_ne!(canonical_sha256(&a), canonical_sha256(&json!({"seed": 8})));
/// ```
pub fn canonical_sha256(value: &Value) -> String {
    let mut text = String::new();
    canonical(value, &mut text);
    sha256(text.as_bytes())
}

fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|&(key, _)| key);
            let member = |(key, value): (&String, &Value), out: &mut String| {
                canonical(&Value::String(key.clone()), out);
                out.push(':');
                canonical(value, out);
            };
            list('{', '}', entries, member, out);
        }
        Value::Array(values) => list('[', ']', values, canonical, out),
        scalar => write!(out, "{scalar}").expect("a String takes everything"),
    }
}

fn list<T>(
    open: char,
    close: char,
    items: impl IntoIterator<Item = T>,
    mut item: impl FnMut(T, &mut String),
    out: &mut String,
) {
    out.push(open);
    for (i, value) in items.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        item(value, out);
    }
    out.push(close);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn canonical_form() {
        let mut out = String::new();
        canonical(&json!({"b": [1, 2.5, null, {"z": "\"", "a": true}], "a": {}, "é": []}), &mut out);
        assert_eq!(out, r#"{"a":{},"b":[1,2.5,null,{"a":true,"z":"\""}],"é":[]}"#);
    }

    #[test]
    fn streams_hash_as_bytes() {
        let bytes = vec![7; 200_000];
        assert_eq!(sha256_of(&bytes[..]).unwrap(), sha256(&bytes));
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
