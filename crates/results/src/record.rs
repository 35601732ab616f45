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

/// A kind of row, whatever it borrows from: what generic code names where rows come and go. [`crate::table!`] writes it.
pub trait Rows: 'static {
    /// The row, its labels borrowed for `'t`.
    type Row<'t>: Record<'t>;
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

/// A table whose record is declared with it: one line a column, so that the two cannot disagree. A line says name, kind of
/// column, Rust type, unit and meaning; `, version = 2,` behind the name of the table where columns have
/// changed since the first.
///
/// ```
/// hydranet_results::table! {
///     /// One row a lookup.
///     HOPS "hops" HopRow<'t> {
///         topology: Text &'t str, "", "label of the topology";
///         hops: NullableCount Option<u64>, "hops", "length of the lookup; empty if it failed";
///     }
/// }
/// let table = hydranet_results::Table::of(&[HopRow { topology: "chord", hops: Some(5) }]);
/// assert_eq!(table.records::<HopRow<'_>>().next().unwrap().hops, Some(5));
/// assert_eq!(HOPS.fields[1].unit, "hops");
/// ```
#[macro_export]
macro_rules! table {
    // rows that borrow their labels from the table that is read
    ($(#[$doc:meta])* $schema:ident $name:literal $(, version = $version:literal,)? $row:ident<$life:lifetime> {
        $($field:ident: $kind:ident $type:ty, $unit:literal, $meaning:literal;)*
    }) => {
        $crate::table!(@schema $(#[$doc])* $schema $name ($($version)?) { $($field: $kind, $unit, $meaning;)* });
        #[doc = concat!("A row of [`", stringify!($schema), "`]; the fields are its columns.")]
        #[derive(Debug, Clone, PartialEq, Default)]
        #[allow(missing_docs)] // each is described in the schema, once
        pub struct $row<$life> {
            $(pub $field: $type,)*
        }
        impl<'t> $crate::Record<'t> for $row<'t> { $crate::table!(@record $schema $row { $($field: $kind;)* }); }
        impl $crate::Rows for $row<'static> {
            type Row<'t> = $row<'t>;
        }
    };
    // rows that own their labels
    ($(#[$doc:meta])* $schema:ident $name:literal $(, version = $version:literal,)? $row:ident {
        $($field:ident: $kind:ident $type:ty, $unit:literal, $meaning:literal;)*
    }) => {
        $crate::table!(@schema $(#[$doc])* $schema $name ($($version)?) { $($field: $kind, $unit, $meaning;)* });
        #[doc = concat!("A row of [`", stringify!($schema), "`]; the fields are its columns.")]
        #[derive(Debug, Clone, PartialEq, Default)]
        #[allow(missing_docs)] // each is described in the schema, once
        pub struct $row {
            $(pub $field: $type,)*
        }
        impl<'t> $crate::Record<'t> for $row { $crate::table!(@record $schema $row { $($field: $kind;)* }); }
        impl $crate::Rows for $row {
            type Row<'t> = $row;
        }
    };
    (@schema $(#[$doc:meta])* $schema:ident $name:literal ($($version:literal)?) {
        $($field:ident: $kind:ident, $unit:literal, $meaning:literal;)*
    }) => {
        $(#[$doc])*
        pub static $schema: $crate::Schema = $crate::Schema {
            name: $name,
            version: $crate::table!(@version $($version)?),
            fields: &[$($crate::Field {
                name: stringify!($field),
                kind: $crate::ColumnKind::$kind,
                unit: $unit,
                meaning: $meaning,
            }),*],
        };
    };
    (@record $schema:ident $row:ident { $($field:ident: $kind:ident;)* }) => {
        const SCHEMA: &'static $crate::Schema = &$schema;

        fn values(&self) -> Vec<$crate::Value<'_>> {
            vec![$($crate::table!(@value self.$field, $kind)),*]
        }

        fn read(cells: &mut $crate::Cells<'t>) -> Self {
            $row { $($field: $crate::table!(@read cells, $kind).into()),* }
        }
    };
    (@version) => { 1 };
    (@version $version:literal) => { $version };
    // borrowed or owned
    (@value $value:expr, Text) => { AsRef::<str>::as_ref(&$value).into() };
    (@value $value:expr, $kind:ident) => { $value.into() };
    (@read $cells:ident, Text) => { $cells.text() };
    (@read $cells:ident, Count) => { $cells.count() };
    (@read $cells:ident, NullableCount) => { $cells.nullable_count() };
    (@read $cells:ident, Real) => { $cells.real() };
    (@read $cells:ident, NullableReal) => { $cells.nullable_real() };
}
