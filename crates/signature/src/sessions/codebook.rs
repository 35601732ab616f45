//! The categories of one column, as the baseline had them.

use super::{Column, Error, Problem, Treat, shortened};
use std::collections::BTreeMap;

/// The name of the bucket of unseen categories.
pub const UNSEEN: &str = "(unseen)";
/// The name of an empty field, which is a category like any other.
pub const EMPTY: &str = "(empty)";

/// Names of categories and their codes 0, 1, …; the last code is that of the bucket of unseen ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Codebook {
    column: String,
    names: Vec<String>,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Words(BTreeMap<String, u32>),
    Bins { edges: Vec<f64>, empty: Option<u32> },
}

impl Codebook {
    /// Categories in the order in which the baseline first has them; bins from low to high.
    pub(super) fn learn(column: &Column, values: &[&str], most: usize) -> Result<Codebook, Error> {
        let name = || column.name.clone();
        let filled: Vec<&str> = values.iter().copied().filter(|v| !v.is_empty()).collect();
        let Some(&first) = filled.first() else {
            return Err(Problem::EmptyColumn { column: name(), rows: values.len() }.anywhere());
        };
        if column.treat == Treat::Words && filled.iter().all(|v| number(v).is_some()) {
            return Err(Problem::Number { column: name(), value: shortened(first) }.anywhere());
        }
        let (mut names, kind) = match column.treat {
            Treat::Bins(bins) => {
                if let Some(bad) = filled.iter().find(|v| number(v).is_none()) {
                    return Err(Problem::NotANumber { column: name(), value: shortened(bad) }.anywhere());
                }
                let edges = quantiles(filled.iter().filter_map(|v| number(v)).collect(), bins);
                let mut names = bin_names(&edges);
                let empty = (filled.len() < values.len()).then(|| {
                    names.push(EMPTY.to_string());
                    names.len() as u32 - 1
                });
                (names, Kind::Bins { edges, empty })
            }
            Treat::Words | Treat::Categories => {
                let (mut names, mut codes) = (Vec::new(), BTreeMap::new());
                for value in values {
                    if !codes.contains_key(*value) {
                        codes.insert(value.to_string(), names.len() as u32);
                        names.push(if value.is_empty() { EMPTY.to_string() } else { value.to_string() });
                    }
                }
                (names, Kind::Words(codes))
            }
        };
        if names.len() > most {
            return Err(Problem::TooManyCategories { column: name(), most }.anywhere());
        }
        names.push(UNSEEN.to_string());
        Ok(Codebook { column: name(), names, kind })
    }

    /// The column.
    pub fn column(&self) -> &str {
        &self.column
    }

    /// Number of categories K, the bucket of unseen ones included.
    pub fn categories(&self) -> usize {
        self.names.len()
    }

    /// What each code stands for.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The code of a value, and whether the baseline had its category. In a column of bins every number has a bin; what is no number is
    /// unseen. O(log K).
    pub fn code(&self, value: &str) -> (u32, bool) {
        let known = match &self.kind {
            Kind::Words(codes) => codes.get(value).copied(),
            Kind::Bins { empty, .. } if value.is_empty() => *empty,
            Kind::Bins { edges, .. } => number(value).map(|x| edges.partition_point(|edge| *edge < x) as u32),
        };
        (known.unwrap_or(self.names.len() as u32 - 1), known.is_some())
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|x: &f64| x.is_finite())
}

/// Upper edges of all bins but the last, at the quantiles; equal ones fall together.
fn quantiles(mut values: Vec<f64>, bins: u32) -> Vec<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let last = values[values.len() - 1];
    let edge = |b: u32| values[(b as usize * values.len()).div_ceil(bins as usize) - 1];
    let mut edges: Vec<f64> = (1..bins).map(edge).collect();
    edges.dedup();
    edges.retain(|e| *e < last);
    edges
}

fn bin_names(edges: &[f64]) -> Vec<String> {
    let (Some(first), Some(last)) = (edges.first(), edges.last()) else { return vec!["any number".to_string()] };
    let mut names = vec![format!("to {first}")];
    names.extend(edges.windows(2).map(|e| format!("above {} to {}", e[0], e[1])));
    names.push(format!("above {last}"));
    names
}
