//! Typed rows: a struct with named fields for each table, so that no caller counts columns.

use crate::{Column, Schema, Table, Value};

/// A struct that is one row of a table. Labels may be borrowed from the table that is read (`'t`).
pub trait Record<'t>: Sized {
    /// The table that it is a row of.
    const SCHEMA: &'static Schema;

    /// Its values, in the order of the schema.
    fn values(&self) -> Vec<Value<'_>>;

    /// Takes one value after the other, in the order of the schema. The cells panic if they are asked for another kind.
    fn read(cells: &mut Cells<'t>) -> Self;
}

/// The values of one row, taken from left to right.
///
/// # Panics
/// Each method panics if the next column is of another kind: a [`Record`] that contradicts its own schema.
#[derive(Debug)]
pub struct Cells<'t> {
    columns: std::slice::Iter<'t, Column>,
    row: usize,
}

impl<'t> Cells<'t> {
    pub(crate) fn new(table: &'t Table, row: usize) -> Cells<'t> {
        Cells { columns: table.columns().iter(), row }
    }

    fn next(&mut self) -> &'t Column {
        self.columns.next().expect("a record has as many fields as its schema")
    }

    /// A count.
    pub fn count(&mut self) -> u64 {
        match self.next() {
            Column::Count(counts) => counts[self.row],
            other => mismatch("count", other),
        }
    }

    /// A count that may be missing.
    pub fn nullable_count(&mut self) -> Option<u64> {
        match self.next() {
            Column::NullableCount(counts) => counts[self.row],
            other => mismatch("count or empty", other),
        }
    }

    /// A real.
    pub fn real(&mut self) -> f64 {
        match self.next() {
            Column::Real(reals) => reals[self.row],
            other => mismatch("real", other),
        }
    }

    /// A real that may be missing.
    pub fn nullable_real(&mut self) -> Option<f64> {
        match self.next() {
            Column::NullableReal(reals) => reals[self.row],
            other => mismatch("real or empty", other),
        }
    }

    /// A text.
    pub fn text(&mut self) -> &'t str {
        match self.next() {
            Column::Text(texts) => texts.get(self.row),
            other => mismatch("text", other),
        }
    }
}

fn mismatch(wanted: &str, found: &Column) -> ! {
    panic!("a record asks for {wanted} where its schema has {found:?}")
}
