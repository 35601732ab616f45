//! The values of one column in memory.

use crate::ColumnKind;
use std::collections::HashMap;
use std::ops::Range;

/// One column, by its kind. A missing value is `None`: there is no number that stands for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// [`ColumnKind::Count`]; all below 2⁶³.
    Count(Vec<u64>),
    /// [`ColumnKind::NullableCount`]; all below 2⁶³.
    NullableCount(Vec<Option<u64>>),
    /// [`ColumnKind::Real`]; all finite.
    Real(Vec<f64>),
    /// [`ColumnKind::NullableReal`]; all finite.
    NullableReal(Vec<Option<f64>>),
    /// [`ColumnKind::Text`]
    Text(Text),
}

impl Column {
    pub(crate) fn new(kind: ColumnKind) -> Column {
        match kind {
            ColumnKind::Count => Column::Count(Vec::new()),
            ColumnKind::NullableCount => Column::NullableCount(Vec::new()),
            ColumnKind::Real => Column::Real(Vec::new()),
            ColumnKind::NullableReal => Column::NullableReal(Vec::new()),
            ColumnKind::Text => Column::Text(Text::default()),
        }
    }

    /// Adds these rows of another column of the same kind.
    pub(crate) fn append(&mut self, other: &Column, rows: Range<usize>) {
        match (self, other) {
            (Column::Count(a), Column::Count(b)) => a.extend_from_slice(&b[rows]),
            (Column::NullableCount(a), Column::NullableCount(b)) => a.extend_from_slice(&b[rows]),
            (Column::Real(a), Column::Real(b)) => a.extend_from_slice(&b[rows]),
            (Column::NullableReal(a), Column::NullableReal(b)) => a.extend_from_slice(&b[rows]),
            (Column::Text(a), Column::Text(b)) => a.append(b, rows),
            _ => unreachable!("columns of one schema have the same kinds"),
        }
    }
}

/// Texts that repeat: a code for each row into a dictionary of the different texts, in the order of their first row.
/// Equal rows therefore have equal codes and dictionaries, however they were put together.
#[derive(Debug, Clone, Default)]
pub struct Text {
    codes: Vec<u32>,
    dictionary: Vec<String>,
    /// Only looked into, never walked.
    lookup: HashMap<String, u32>,
}

impl Text {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// No rows?
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The text of a row. O(1).
    ///
    /// # Panics
    /// If there is no such row.
    pub fn get(&self, row: usize) -> &str {
        &self.dictionary[self.codes[row] as usize]
    }

    /// The texts of all rows.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.codes.iter().map(|&code| self.dictionary[code as usize].as_str())
    }

    /// For each row, the index of its text in [`Text::dictionary`].
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The different texts, in the order of their first row.
    pub fn dictionary(&self) -> &[String] {
        &self.dictionary
    }

    pub(crate) fn push(&mut self, text: &str) {
        // sorted rows repeat their labels: no hashing then
        let repeated = self.codes.last().copied().filter(|&code| self.dictionary[code as usize] == text);
        let code = repeated.unwrap_or_else(|| self.code(text));
        self.codes.push(code);
    }

    fn code(&mut self, text: &str) -> u32 {
        if let Some(&code) = self.lookup.get(text) {
            return code;
        }
        let code = u32::try_from(self.dictionary.len()).expect("fewer than 2^32 different texts fit into memory");
        self.dictionary.push(text.to_owned());
        self.lookup.insert(text.to_owned(), code);
        code
    }

    fn append(&mut self, other: &Text, rows: Range<usize>) {
        let mut translated = vec![None; other.dictionary.len()];
        for &code in &other.codes[rows] {
            let slot = &mut translated[code as usize];
            let code = *slot.get_or_insert_with(|| self.code(&other.dictionary[code as usize]));
            self.codes.push(code);
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.codes == other.codes && self.dictionary == other.dictionary
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(values: &[&str]) -> Text {
        let mut text = Text::default();
        values.iter().for_each(|value| text.push(value));
        text
    }

    #[test]
    fn equal_rows_have_equal_dictionaries() {
        let whole = text(&["b", "a", "a", "b", "c"]);
        assert_eq!(whole.codes(), [0, 1, 1, 0, 2]);
        assert_eq!(whole.dictionary(), ["b", "a", "c"]);
        for split in 0..=5 {
            let mut parts = Text::default();
            parts.append(&whole, 0..split);
            parts.append(&whole, split..5);
            assert_eq!(parts, whole);
        }
        let mut tail = Text::default();
        tail.append(&whole, 3..5);
        assert_eq!(tail, text(&["b", "c"]));
        assert_eq!(whole.iter().collect::<Vec<_>>(), ["b", "a", "a", "b", "c"]);
    }
}
