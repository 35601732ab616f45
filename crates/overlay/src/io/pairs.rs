//! Networks out of columns that somebody else has read: Parquet, a data frame, a database.

use super::edge_list::links::Links;
use super::formats::readable;
use super::report::Report;
use super::text::shown;
use super::{Format, Loaded, ReadError, ReadOptions};
use crate::io::edge_list::ends_of;
use std::path::Path;

/// One column of a table: its title and a value a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// The title.
    pub title: String,
    /// The values, as text; `None` where there is none.
    pub values: Vec<Option<String>>,
}

/// The places of the two columns that hold the ends of links, by their titles, or as [`ReadOptions::columns`] names them.
///
/// # Errors
/// A reason, if they cannot be told.
pub fn ends_by_title(columns: &[TableColumn], options: &ReadOptions) -> Result<[usize; 2], String> {
    let titles: Vec<String> = columns.iter().map(|c| c.title.clone()).collect();
    ends_of(&titles, options)
}

/// A network out of a table whose columns have titles: those of the ends are found as in a CSV file, or named by
/// [`ReadOptions::columns`].
///
/// # Errors
/// If the two columns cannot be told, differ in length, or lack a value.
pub fn read_columns(
    columns: &[TableColumn],
    source_name: impl AsRef<Path>,
    options: &ReadOptions,
) -> Result<Loaded, ReadError> {
    let path = source_name.as_ref().to_owned();
    let unusable = |reason: String| ReadError::Unusable { path: path.clone(), reason };
    let titles: Vec<String> = columns.iter().map(|c| c.title.clone()).collect();
    let [a, b] = ends_of(&titles, options).map_err(unusable)?;
    let (first, second) = (&columns[a], &columns[b]);
    if first.values.len() != second.values.len() {
        return Err(unusable(format!("columns of different lengths; {}", readable())));
    }
    let mut report = Report::new(Format::Parquet, None);
    let mut links = Links::default();
    for (i, pair) in first.values.iter().zip(&second.values).enumerate() {
        let (Some(u), Some(v)) = pair else {
            let column = if pair.0.is_none() { first } else { second };
            return Err(unusable(format!("row {} has no value in column {}", i + 1, shown(&column.title))));
        };
        links.push([u, v], true).map_err(|fault| fault.of(&path, None))?;
    }
    report.listed = links.len() as u64;
    report.header = Some(titles.join(" "));
    report.columns = Some([first.title.clone(), second.title.clone()]);
    report.ignore("third and later columns", if columns.len() > 2 { report.listed } else { 0 });
    let numbered = links.number().map_err(|fault| fault.of(&path, None))?;
    if numbered.n == 0 {
        return Err(unusable("holds no row".to_owned()));
    }
    let overlay = if options.directed == Some(true) {
        report.arcs(numbered.n, &numbered.links)
    } else {
        report.edges(numbered.n, &numbered.links)
    };
    let overlay = overlay.with_names(numbered.names);
    report.finish(&overlay);
    Ok(Loaded { overlay, report })
}
