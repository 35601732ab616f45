//! A matrix of contacts as CSV: names in the first row and the first column, in the same order.

use super::{BadFile, Contacts};
use crate::BadOrganisation;
use std::collections::BTreeSet;

/// Reads a matrix of counts of contacts, rows calling columns; the first cell is ignored. Any number above 0 is a contact.
/// O(n² log n).
///
/// # Errors
/// With line and column: a matrix that is not square, names that differ between rows and columns or stand there twice, cells that are no
/// counts.
///
/// ```
/// let contacts = hydranet_organisation::file::read_matrix("\"who\",\"x\",\"y\"\n\"x\",0,3\n\"y\",0,0\n")?;
/// assert_eq!(contacts.pairs, [[0, 1]]);
/// # Ok::<(), hydranet_organisation::file::BadFile>(())
/// ```
pub fn read_matrix(text: &str) -> Result<Contacts, BadFile> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(super::plain(text).as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| {
            let line = e.position().map_or(0, csv::Position::line);
            BadFile::Line { line, reason: format!("{e}; give a matrix as CSV") }
        })?;
        rows.push((record.position().map_or(0, csv::Position::line), record));
    }
    let Some(((_, heading), rows)) = rows.split_first() else { return Err(BadOrganisation::Empty.into()) };
    let names: Vec<String> = heading.iter().skip(1).map(str::to_string).collect();
    let mut seen = BTreeSet::new();
    if let Some(name) = names.iter().find(|&name| !seen.insert(name)) {
        return Err(BadOrganisation::DuplicateName { name: name.clone() }.into());
    }
    if let Some((line, short)) = rows.iter().find(|(_, row)| row.len() != names.len() + 1) {
        let (found, wanted) = (short.len() as i64 - 1, names.len());
        let reason =
            format!("{found} cells beside the name, but the heading has {wanted}; give every row a cell a column");
        return Err(BadFile::Line { line: *line, reason });
    }
    if rows.len() != names.len() {
        return Err(BadFile::NotSquare { rows: rows.len(), columns: names.len() });
    }
    let mut contacts = Contacts { names, ..Contacts::default() };
    let mut pairs = BTreeSet::new();
    for (i, (line, row)) in rows.iter().enumerate() {
        if row[0] != contacts.names[i] {
            let name = contacts.names[i].clone();
            return Err(BadFile::NamesDiffer { line: *line, row: row[0].to_string(), column: i + 1, name });
        }
        for (j, text) in row.iter().skip(1).enumerate() {
            let count: Option<f64> = text.parse().ok().filter(|&count: &f64| count.is_finite() && count >= 0.0);
            let Some(count) = count else {
                let name = contacts.names[j].clone();
                return Err(BadFile::Cell { line: *line, column: j + 1, name, text: text.to_string() });
            };
            if count > 0.0 && i == j {
                contacts.to_themselves += 1;
            } else if count > 0.0 {
                pairs.insert([i.min(j) as u32, i.max(j) as u32]);
            }
        }
    }
    contacts.pairs = pairs.into_iter().collect();
    Ok(contacts)
}
