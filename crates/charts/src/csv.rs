//! The plotted numbers as CSV (RFC 4180 quoting, `\n` line ends). Numbers are the shortest that read back to the same value.

/// Builds a CSV text line by line.
#[derive(Debug, Default)]
pub(crate) struct Csv(String);

impl Csv {
    pub(crate) fn new(header: &[&str]) -> Self {
        let mut csv = Self::default();
        csv.row(header.iter().map(|name| (*name).to_owned()));
        csv
    }

    pub(crate) fn row(&mut self, fields: impl IntoIterator<Item = String>) {
        for (i, field) in fields.into_iter().enumerate() {
            if i > 0 {
                self.0.push(',');
            }
            if field.contains([',', '"', '\n', '\r']) {
                self.0.push('"');
                self.0.push_str(&field.replace('"', "\"\""));
                self.0.push('"');
            } else {
                self.0.push_str(&field);
            }
        }
        self.0.push('\n');
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// A number as a field; what is not finite is a missing value.
pub(crate) fn field(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_and_numbers() {
        let mut csv = Csv::new(&["a", "b"]);
        csv.row(["x, \"y\"".to_owned(), field(0.1)]);
        csv.row([field(f64::NAN), field(-2.0)]);
        assert_eq!(csv.finish(), "a,b\n\"x, \"\"y\"\"\",0.1\n,-2\n");
    }
}
