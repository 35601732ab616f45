//! The plotted numbers as CSV (RFC 4180 quoting, `\n` line ends). Numbers are the shortest that read back to the same value.

/// Builds a CSV text line by line.
#[derive(Debug)]
pub(crate) struct Csv(csv::Writer<Vec<u8>>);

impl Csv {
    pub(crate) fn new(header: &[&str]) -> Self {
        let mut csv = Self(csv::Writer::from_writer(Vec::new()));
        csv.row(header.iter().map(|name| (*name).to_owned()));
        csv
    }

    /// A row with as many fields as the header has.
    pub(crate) fn row(&mut self, fields: impl IntoIterator<Item = String>) {
        self.0.write_record(fields).expect("a row has a field for every column, and memory takes it");
    }

    pub(crate) fn finish(self) -> String {
        let bytes = self.0.into_inner().expect("memory takes every byte");
        String::from_utf8(bytes).expect("fields are text")
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
