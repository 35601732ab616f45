//! Tables as CSV: a header of column names, `\n` line ends, RFC 4180 quoting, nothing at all for a missing value, and
//! reals in the fewest digits that read back to the same bits (always with a point or an exponent).

use crate::{Column, ColumnKind, RowError, Schema, Table, Value};
use std::io;

/// Writes the whole table. The writer is not flushed. O(values).
///
/// # Errors
/// What the writer says.
pub fn write(table: &Table, mut out: impl io::Write) -> io::Result<()> {
    write_header(table.schema(), &mut out)?;
    write_rows(table, out)
}

/// Writes the header alone.
///
/// # Errors
/// What the writer says.
pub fn write_header(schema: &Schema, out: impl io::Write) -> io::Result<()> {
    let mut out = csv::Writer::from_writer(out);
    out.write_record(schema.fields.iter().map(|field| field.name)).map_err(plain)?;
    out.flush()
}

/// Writes the rows without a header: what comes behind [`write_header`], table by table.
///
/// # Errors
/// What the writer says.
pub fn write_rows(table: &Table, out: impl io::Write) -> io::Result<()> {
    let mut out = csv::Writer::from_writer(out);
    let mut number = String::new();
    for row in 0..table.rows() {
        for column in table.columns() {
            number.clear();
            let field = match column {
                Column::Text(texts) => texts.get(row),
                Column::Count(counts) => display(&mut number, Some(counts[row])),
                Column::NullableCount(counts) => display(&mut number, counts[row]),
                Column::Real(reals) => display(&mut number, Some(reals[row])),
                Column::NullableReal(reals) => display(&mut number, reals[row]),
            };
            out.write_field(field).map_err(plain)?;
        }
        out.write_record(None::<&[u8]>).map_err(plain)?;
    }
    out.flush()
}

/// What the system said, as it said it: that a disk is full must not be hidden in an error of another kind.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The shortest digits that read back to the same value are what `Debug` prints.
fn display<T: std::fmt::Debug>(buffer: &mut String, value: Option<T>) -> &str {
    use std::fmt::Write;
    if let Some(value) = value {
        write!(buffer, "{value:?}").expect("a String takes everything");
    }
    buffer
}

/// Why a CSV file is not this table. Without the path, which the caller knows.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CsvError {
    /// The system failed to deliver the content.
    #[error("cannot be read")]
    Io(#[from] io::Error),
    /// The header lacks a column.
    #[error("table `{table}` needs a column `{column}`; the header has {found}")]
    NoColumn {
        /// The table that was asked for.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What the header has.
        found: String,
    },
    /// The header names a column twice, or one that the table does not have.
    #[error("table `{table}` has no {}column `{column}`; remove it", if *.twice { "second " } else { "" })]
    ExtraColumn {
        /// The table that was asked for.
        table: &'static str,
        /// The column.
        column: String,
        /// Is it the second of its name?
        twice: bool,
    },
    /// The text breaks the rules of CSV.
    #[error("{reason}")]
    Malformed {
        /// What is wrong, with its line.
        reason: String,
    },
    /// A value cannot be read.
    #[error("line {line}: column `{column}` holds {kind}, not {found:?}")]
    Value {
        /// The line, from 1.
        line: u64,
        /// The column.
        column: &'static str,
        /// What it holds.
        kind: ColumnKind,
        /// What stands there.
        found: String,
    },
    /// A value can be read, but is not allowed.
    #[error("line {line}: {source}")]
    Row {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        source: RowError,
    },
}

impl From<csv::Error> for CsvError {
    fn from(error: csv::Error) -> CsvError {
        let reason = error.to_string();
        match error.into_kind() {
            csv::ErrorKind::Io(error) => CsvError::Io(error),
            _ => CsvError::Malformed { reason },
        }
    }
}

/// Reads what [`write()`] wrote. Columns may stand in any order, lines may end in `\r\n`, and a byte-order mark is passed
/// over: spreadsheets do all of that. O(values).
///
/// ```
/// use hydranet_results::{csv, summary::SUMMARY};
/// let error = csv::read("topology,metric\n".as_bytes(), &SUMMARY).unwrap_err();
/// assert_eq!(error.to_string(), "table `summary` needs a column `treatment`; the header has topology, metric");
/// ```
///
/// # Errors
/// If the columns are not those of the schema, or a value cannot be read; with the line.
pub fn read(input: impl io::Read, schema: &'static Schema) -> Result<Table, CsvError> {
    let mut whole = Table::new(schema);
    read_pieces(
        input,
        schema,
        |_| true,
        |table| {
            whole.append(&table);
            Ok(())
        },
    )?;
    Ok(whole)
}

/// Rows that a piece has at most.
const PIECE: usize = 4096;

/// Reads the rows that `wanted` keeps, by their fields in the order of the schema, and hands them on in pieces. Memory is that of a
/// piece. O(values).
///
/// # Errors
/// As [`read`], and what `take` refuses.
pub fn read_pieces(
    input: impl io::Read,
    schema: &'static Schema,
    wanted: impl Fn(&[Value<'_>]) -> bool,
    mut take: impl FnMut(Table) -> Result<(), CsvError>,
) -> Result<(), CsvError> {
    let mut input = csv::Reader::from_reader(input);
    let order = columns(input.headers()?, schema)?;
    let mut table = Table::new(schema);
    let mut record = csv::StringRecord::new();
    while input.read_record(&mut record)? {
        let line = record.position().map_or(0, |position| position.line());
        let mut row = Vec::with_capacity(order.len());
        for (field, &place) in schema.fields.iter().zip(&order) {
            let text = &record[place];
            let value = parse(field.kind, text);
            row.push(value.ok_or_else(|| CsvError::Value {
                line,
                column: field.name,
                kind: field.kind,
                found: text.to_owned(),
            })?);
        }
        if wanted(&row) {
            table.push(&row).map_err(|source| CsvError::Row { line, source })?;
        }
        if table.rows() == PIECE {
            take(std::mem::replace(&mut table, Table::new(schema)))?;
        }
    }
    take(table)
}

/// For each column of the schema, its place in the file.
fn columns(header: &csv::StringRecord, schema: &Schema) -> Result<Vec<usize>, CsvError> {
    let table = schema.name;
    for (place, name) in header.iter().enumerate() {
        let twice = header.iter().take(place).any(|earlier| earlier == name);
        // parameters that vary are for whoever asks for them
        if twice || schema.position(name).is_none() && !crate::sweep::is_parameter(name) {
            return Err(CsvError::ExtraColumn { table, column: name.to_owned(), twice });
        }
    }
    let found = || header.iter().collect::<Vec<_>>().join(", ");
    let place = |column| header.iter().position(|name| name == column);
    let place = |column| place(column).ok_or_else(|| CsvError::NoColumn { table, column, found: found() });
    schema.fields.iter().map(|field| place(field.name)).collect()
}

fn parse(kind: ColumnKind, text: &str) -> Option<Value<'_>> {
    match kind {
        ColumnKind::Text => Some(Value::Text(text)),
        ColumnKind::NullableCount | ColumnKind::NullableReal if text.is_empty() => Some(Value::Missing),
        ColumnKind::Count | ColumnKind::NullableCount => text.parse().ok().map(Value::Count),
        ColumnKind::Real | ColumnKind::NullableReal => text.parse().ok().map(Value::Real),
    }
}

#[cfg(test)]
#[path = "csv_tests.rs"]
mod tests;
