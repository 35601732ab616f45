//! What a table is made of: names, kinds, units and meanings of its columns, as constants that a program can print.

use serde::Serialize;
use std::fmt;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// An integer from 0 to 2⁶³ − 1: a count, or an index that counts from 0. (Signed 64 bits in Parquet, which is what
    /// every reader makes of an integer column; no study has measured a negative integer yet.)
    Count,
    /// A count or nothing.
    NullableCount,
    /// A finite 64-bit real.
    Real,
    /// A finite real or nothing.
    NullableReal,
    /// UTF-8 text, few different values.
    Text,
}

impl ColumnKind {
    /// May a value be missing?
    pub const fn nullable(self) -> bool {
        matches!(self, ColumnKind::NullableCount | ColumnKind::NullableReal)
    }
}

impl fmt::Display for ColumnKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            ColumnKind::Count => "count",
            ColumnKind::NullableCount => "count or empty",
            ColumnKind::Real => "real",
            ColumnKind::NullableReal => "real or empty",
            ColumnKind::Text => "text",
        })
    }
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name, in snake_case.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// The unit of its values in words ("nodes", "removals"); "1" for ratios, empty for text and for numbers that are
    /// names.
    pub unit: &'static str,
    /// What it means, in one line, with its formula.
    pub meaning: &'static str,
}

/// The columns of one kind of table, in their order.
///
/// ```
/// use hydranet_results::summary::SUMMARY;
/// for field in SUMMARY.fields {
///     println!("{:14} {:14} {:8} {}", field.name, field.kind, field.unit, field.meaning);
/// }
/// assert_eq!(SUMMARY.position("unit"), Some(6));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Schema {
    /// What one table of this kind is called, in snake_case: also the usual name of its file.
    pub name: &'static str,
    /// Goes up whenever a column changes its name, kind, place or meaning.
    pub version: u32,
    /// The columns.
    pub fields: &'static [Field],
}

impl Schema {
    /// Where the column of this name stands, from 0. O(columns).
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

/// Shorthand for the schemas of tests.
#[cfg(test)]
pub(crate) const fn field(name: &'static str, kind: ColumnKind, unit: &'static str, meaning: &'static str) -> Field {
    Field { name, kind, unit, meaning }
}

impl Schema {
    /// What is not in order with its columns, one line each: names are in snake_case, none stands twice, each has a meaning, and
    /// text has no unit. For the tests of whoever declares tables.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (i, field) in self.fields.iter().enumerate() {
            let mut must = |holds: bool, what: &str| {
                if !holds {
                    faults.push(format!("table `{}`, column `{}`: {what}", self.name, field.name));
                }
            };
            let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            must(field.name.chars().all(legal), "its name is not in snake_case");
            must(self.position(field.name) == Some(i), "stands twice");
            must(field.meaning.len() > 5, "has no meaning");
            must(field.kind != ColumnKind::Text || field.unit.is_empty(), "text has no unit");
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{differences, summary};

    #[test]
    fn every_column_is_described() {
        for schema in [&summary::SUMMARY, &differences::DIFFERENCES] {
            assert_eq!(schema.faults(), [""; 0]);
        }
        static BAD: Schema = Schema {
            name: "bad",
            version: 1,
            fields: &[
                field("a", ColumnKind::Text, "m", "what it is"),
                field("A b", ColumnKind::Real, "", ""),
                field("a", ColumnKind::Real, "", "what it is"),
            ],
        };
        assert_eq!(BAD.faults().len(), 4, "{:?}", BAD.faults());
    }
}
