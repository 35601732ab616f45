//! A table in memory: columns of a fixed schema, filled row by row.

use crate::{Column, ColumnKind, Field, Record, Schema, Text};
use std::collections::BTreeMap;
use std::ops::Range;

/// One value of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Nothing; only where the column may be empty.
    Missing,
    /// For columns of counts. Refused from 2⁶³ on.
    Count(u64),
    /// For real columns. Refused unless finite: what could not be computed is [`Value::Missing`].
    Real(f64),
    /// For text columns.
    Text(&'a str),
}

impl From<u32> for Value<'_> {
    fn from(value: u32) -> Self {
        Value::Count(value.into())
    }
}
impl From<u64> for Value<'_> {
    fn from(value: u64) -> Self {
        Value::Count(value)
    }
}
impl From<f64> for Value<'_> {
    fn from(value: f64) -> Self {
        Value::Real(value)
    }
}
impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Value::Text(value)
    }
}
impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Missing, T::into)
    }
}

/// Why a row was refused. The table is as it was before.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RowError {
    /// Too many or too few values.
    #[error("a row of table `{table}` has {expected} values, not {found}")]
    Width {
        /// The table.
        table: &'static str,
        /// Its number of columns.
        expected: usize,
        /// The number of values given.
        found: usize,
    },
    /// A value of another kind.
    #[error("column `{column}` holds {kind}, not {found}")]
    ColumnKind {
        /// The column.
        column: &'static str,
        /// What it holds.
        kind: ColumnKind,
        /// The value given.
        found: String,
    },
    /// NaN or infinite.
    #[error("column `{column}` holds finite numbers, not {value}; give `Missing` for what cannot be computed")]
    NotFinite {
        /// The column.
        column: &'static str,
        /// The value given.
        value: f64,
    },
    /// A count that does not fit.
    #[error("column `{column}` holds counts up to 2^63 - 1, not {value}")]
    TooLarge {
        /// The column.
        column: &'static str,
        /// The value given.
        value: u64,
    },
}

/// Rows of one schema, stored by column: 8 bytes a number (16 where it may be missing), 4 a text.
///
/// ```
/// use hydranet_results::{Field, ColumnKind, Schema, Table};
/// static HOPS: Schema = Schema {
///     name: "hops",
///     version: 1,
///     fields: &[
///         Field { name: "topology", kind: ColumnKind::Text, unit: "", meaning: "label of the topology" },
///         Field { name: "hops", kind: ColumnKind::NullableCount, unit: "hops", meaning: "length of the lookup; empty if it failed" },
///     ],
/// };
/// let mut table = Table::new(&HOPS);
/// table.push(&["chord".into(), 5_u32.into()])?;
/// table.push(&["chord".into(), None::<u32>.into()])?;
/// assert_eq!(table.nullable_counts("hops"), [Some(5), None]);
/// assert_eq!(
///     table.push(&["chord".into(), 1.5.into()]).unwrap_err().to_string(),
///     "column `hops` holds count or empty, not Real(1.5)"
/// );
/// # Ok::<(), hydranet_results::RowError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    schema: &'static Schema,
    columns: Vec<Column>,
    rows: usize,
}

impl Table {
    /// A table without rows.
    pub fn new(schema: &'static Schema) -> Table {
        Table { schema, columns: schema.fields.iter().map(|field| Column::new(field.kind)).collect(), rows: 0 }
    }

    /// A table of these records.
    ///
    /// # Panics
    /// If a record holds what its own schema refuses: NaN, or a count beyond 2⁶³ − 1.
    pub fn of<'t, R: Record<'t>>(records: &[R]) -> Table {
        let mut table = Table::new(R::SCHEMA);
        for record in records {
            table.push_record(record).expect("a record fits its own schema");
        }
        table
    }

    /// The same with every real rounded to so many significant digits: see [`crate::statistics::significant`]. O(values).
    ///
    /// # Panics
    /// If `digits` is 0.
    #[must_use]
    pub fn rounded(mut self, digits: usize) -> Table {
        let round = |x: &mut f64| *x = crate::statistics::significant(*x, digits);
        for column in &mut self.columns {
            match column {
                Column::Real(reals) => reals.iter_mut().for_each(round),
                Column::NullableReal(reals) => reals.iter_mut().flatten().for_each(round),
                Column::Count(_) | Column::NullableCount(_) | Column::Text(_) => {}
            }
        }
        self
    }

    /// The same with other texts in a column: each that is a key here becomes its value, at once. A table without the column stays as it
    /// is. O(rows).
    ///
    /// # Panics
    /// If the column holds no text.
    #[must_use]
    pub fn relabelled(mut self, column: &str, texts: &BTreeMap<String, String>) -> Table {
        let Some(place) = self.schema.position(column) else { return self };
        let Column::Text(before) = &self.columns[place] else { self.no_such(column, ColumnKind::Text) };
        let dictionary: Vec<&String> = before.dictionary().iter().map(|text| texts.get(text).unwrap_or(text)).collect();
        let mut after = Text::default();
        before.codes().iter().for_each(|&code| after.push(dictionary[code as usize]));
        self.columns[place] = Column::Text(after);
        self
    }

    /// The rows that are wanted, by their number.
    #[must_use]
    pub fn filtered(&self, wanted: impl Fn(usize) -> bool) -> Table {
        let mut some = Table::new(self.schema);
        let mut row = 0;
        while row < self.rows {
            let first = row;
            while row < self.rows && wanted(row) {
                row += 1;
            }
            some.append_rows(self, first..row);
            row += usize::from(row == first);
        }
        some
    }

    /// What the columns are.
    pub fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Adds a row, whole or not at all. O(columns).
    ///
    /// # Errors
    /// If the values do not fit the schema.
    pub fn push(&mut self, row: &[Value<'_>]) -> Result<(), RowError> {
        let Schema { name, fields, .. } = *self.schema;
        if row.len() != fields.len() {
            return Err(RowError::Width { table: name, expected: fields.len(), found: row.len() });
        }
        fields.iter().zip(row).try_for_each(|(field, &value)| check(field, value))?;
        for (column, &value) in self.columns.iter_mut().zip(row) {
            match (column, value) {
                (Column::Count(counts), Value::Count(count)) => counts.push(count),
                (Column::NullableCount(counts), Value::Count(count)) => counts.push(Some(count)),
                (Column::NullableCount(counts), Value::Missing) => counts.push(None),
                (Column::Real(reals), Value::Real(real)) => reals.push(real),
                (Column::NullableReal(reals), Value::Real(real)) => reals.push(Some(real)),
                (Column::NullableReal(reals), Value::Missing) => reals.push(None),
                (Column::Text(texts), Value::Text(text)) => texts.push(text),
                _ => unreachable!("checked above"),
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Adds a typed row.
    ///
    /// # Errors
    /// If a value does not fit: NaN, or a count beyond 2⁶³ − 1.
    ///
    /// # Panics
    /// If the record belongs to another table.
    pub fn push_record<'t, R: Record<'t>>(&mut self, record: &R) -> Result<(), RowError> {
        assert_eq!(self.schema, R::SCHEMA, "a record of another table");
        self.push(&record.values())
    }

    /// All rows as typed records.
    ///
    /// # Panics
    /// If they belong to another table.
    pub fn records<'t, R: Record<'t>>(&'t self) -> impl ExactSizeIterator<Item = R> {
        assert_eq!(self.schema, R::SCHEMA, "records of another table");
        (0..self.rows).map(|row| R::read(&mut crate::Cells::new(self, row)))
    }

    /// Adds the rows of another table of the same schema.
    ///
    /// # Panics
    /// If the schemas differ.
    pub fn append(&mut self, other: &Table) {
        self.append_rows(other, 0..other.rows);
    }

    /// Adds some rows of another table of the same schema.
    ///
    /// # Panics
    /// If the schemas differ, or there are no such rows.
    pub fn append_rows(&mut self, other: &Table, rows: Range<usize>) {
        assert_eq!(self.schema, other.schema, "rows of another table");
        for (column, more) in self.columns.iter_mut().zip(&other.columns) {
            column.append(more, rows.clone());
        }
        self.rows += rows.len();
    }

    /// All columns, in the order of the schema.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// A whole row.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, row: usize) -> Vec<Value<'_>> {
        (0..self.columns.len()).map(|column| self.value(row, column)).collect()
    }

    /// One value, by the place of its column.
    ///
    /// # Panics
    /// If there is no such row or column.
    pub fn value(&self, row: usize, column: usize) -> Value<'_> {
        match &self.columns[column] {
            Column::Count(counts) => counts[row].into(),
            Column::NullableCount(counts) => counts[row].into(),
            Column::Real(reals) => reals[row].into(),
            Column::NullableReal(reals) => reals[row].into(),
            Column::Text(texts) => texts.get(row).into(),
        }
    }

    /// A column of counts.
    ///
    /// # Panics
    /// If the schema has no column of this name and kind, as have all the accessors below.
    pub fn counts(&self, name: &str) -> &[u64] {
        match self.named(name) {
            Column::Count(counts) => counts,
            _ => self.no_such(name, ColumnKind::Count),
        }
    }

    /// A column of counts that may be missing.
    pub fn nullable_counts(&self, name: &str) -> &[Option<u64>] {
        match self.named(name) {
            Column::NullableCount(counts) => counts,
            _ => self.no_such(name, ColumnKind::NullableCount),
        }
    }

    /// A column of reals.
    pub fn reals(&self, name: &str) -> &[f64] {
        match self.named(name) {
            Column::Real(reals) => reals,
            _ => self.no_such(name, ColumnKind::Real),
        }
    }

    /// A column of reals that may be missing.
    pub fn nullable_reals(&self, name: &str) -> &[Option<f64>] {
        match self.named(name) {
            Column::NullableReal(reals) => reals,
            _ => self.no_such(name, ColumnKind::NullableReal),
        }
    }

    /// A text column.
    pub fn texts(&self, name: &str) -> &Text {
        match self.named(name) {
            Column::Text(texts) => texts,
            _ => self.no_such(name, ColumnKind::Text),
        }
    }

    fn named(&self, name: &str) -> &Column {
        let position = self.schema.position(name);
        &self.columns[position.unwrap_or_else(|| panic!("table `{}` has no column `{name}`", self.schema.name))]
    }

    fn no_such(&self, name: &str, kind: ColumnKind) -> ! {
        panic!("column `{name}` of table `{}` does not hold {kind}", self.schema.name)
    }

    /// The same rows with more columns behind: what the schema has beyond that of the table.
    pub(crate) fn with_columns(mut self, schema: &'static Schema, more: Vec<Column>) -> Table {
        self.columns.extend(more);
        assert_eq!(self.columns.len(), schema.fields.len(), "a column for every field");
        Table { schema, ..self }
    }

    /// For readers, which fill whole columns: they must be as long as `rows`.
    pub(crate) fn from_columns(schema: &'static Schema, columns: Vec<Column>, rows: usize) -> Table {
        Table { schema, columns, rows }
    }
}

fn check(field: &Field, value: Value<'_>) -> Result<(), RowError> {
    let column = field.name;
    match (field.kind, value) {
        (ColumnKind::Count | ColumnKind::NullableCount, Value::Count(value)) if value > i64::MAX as u64 => {
            Err(RowError::TooLarge { column, value })
        }
        (ColumnKind::Real | ColumnKind::NullableReal, Value::Real(value)) if !value.is_finite() => {
            Err(RowError::NotFinite { column, value })
        }
        (ColumnKind::Count | ColumnKind::NullableCount, Value::Count(_))
        | (ColumnKind::Real | ColumnKind::NullableReal, Value::Real(_))
        | (ColumnKind::NullableCount | ColumnKind::NullableReal, Value::Missing)
        | (ColumnKind::Text, Value::Text(_)) => Ok(()),
        (kind, found) => Err(RowError::ColumnKind { column, kind, found: format!("{found:?}") }),
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
