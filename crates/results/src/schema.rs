//! What a table is made of: names, kinds, units and meanings of its columns, as constants that a program can print.

use serde::Serialize;
use std::fmt;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
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

impl Kind {
    /// May a value be missing?
    pub const fn nullable(self) -> bool {
        matches!(self, Kind::NullableCount | Kind::NullableReal)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Kind::Count => "count",
            Kind::NullableCount => "count or empty",
            Kind::Real => "real",
            Kind::NullableReal => "real or empty",
            Kind::Text => "text",
        })
    }
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name, in snake_case.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The unit of its values in words ("nodes", "removals"); "1" for ratios, empty for text and for numbers that are
    /// names.
    pub unit: &'static str,
    /// What it means, in one line, with its formula.
    pub meaning: &'static str,
}

/// The columns of one kind of table, in their order.
///
/// ```
/// use hydranet_results::takedown::TRIALS;
/// for field in TRIALS.fields {
///     println!("{:14} {:14} {:8} {}", field.name, field.kind, field.unit, field.meaning);
/// }
/// assert_eq!(TRIALS.position("nodes"), Some(7));
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
pub(crate) const fn field(name: &'static str, kind: Kind, unit: &'static str, meaning: &'static str) -> Field {
    Field { name, kind, unit, meaning }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{band_table, degrees, lookup, series, summary, takedown};

    /// Every schema of this crate.
    const ALL: [&Schema; 11] = [
        &takedown::TRIALS,
        &takedown::CURVES,
        &summary::SUMMARY,
        &summary::DIFFERENCES,
        &band_table::BANDS,
        &degrees::DEGREES,
        &degrees::DEGREE_COUNTS,
        &series::POINTS,
        &series::SERIES,
        &lookup::LOOKUPS,
        &lookup::LOOKUP_SUMMARY,
    ];

    #[test]
    fn every_column_is_described() {
        for schema in ALL {
            for (i, field) in schema.fields.iter().enumerate() {
                let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                assert!(field.name.chars().all(legal), "{}", field.name);
                assert_eq!(schema.position(field.name), Some(i), "{} stands twice in {}", field.name, schema.name);
                assert!(field.meaning.len() > 5, "{} of {} has no meaning", field.name, schema.name);
                assert!(field.kind != Kind::Text || field.unit.is_empty());
            }
        }
    }
}
