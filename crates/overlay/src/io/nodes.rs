//! A table of node attributes beside the network: `--nodes attrs.csv`.

use super::attributes::{Attribute, Attributes};
use super::edge_list::dialect::is_number;
use super::edge_list::fields::{Separator, split};
use super::error::Fault;
use super::input;
use super::report::Report;
use super::text::{lines, shown, slurp};
use super::{Loaded, ReadError};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Titles of the column that names nodes; else it is the first.
const KEYS: [&str; 6] = ["id", "node", "name", "key", "node_id", "label"];

/// The title of a column that says in which country a node stands.
const COUNTRY: &str = "country";

/// What a node table may say, a line each: name and meaning.
pub fn node_attributes() -> impl Iterator<Item = (&'static str, &'static str)> {
    Attribute::ALL.into_iter().map(|a| (a.name_and_type().0, a.meaning()))
}

/// Attributes of nodes, a row a node.
#[derive(Debug, Clone, Default)]
pub struct NodeTable {
    titles: Vec<String>,
    /// Line and fields.
    rows: Vec<(u64, Vec<String>)>,
    path: std::path::PathBuf,
}

impl NodeTable {
    /// Reads a table: a row of titles, then a row a node; comma, semicolon or tab separates. The column called `id`,
    /// `node`, `name`, `key` or `label`, else the first, holds the names of the nodes.
    ///
    /// # Errors
    /// If the file cannot be read, or is no such table.
    pub fn read(path: impl AsRef<Path>) -> Result<NodeTable, ReadError> {
        let path = path.as_ref();
        let file = File::open(path).map_err(|e| ReadError::from_io(path, e))?;
        NodeTable::read_from(file, path)
    }

    /// As [`NodeTable::read`], from any stream.
    ///
    /// # Errors
    /// As [`NodeTable::read`].
    pub fn read_from(content: impl Read, source_name: impl AsRef<Path>) -> Result<NodeTable, ReadError> {
        let path = source_name.as_ref();
        let (compression, raw) = input::detect(content).map_err(|e| ReadError::from_io(path, e))?;
        let read = || -> Result<NodeTable, Fault> {
            let text = slurp(&mut input::open(raw, compression)?.content)?;
            let mut table = NodeTable { path: path.to_owned(), ..NodeTable::default() };
            let first = lines(&text).map(|(_, l)| l).find(|l| !l.trim().is_empty()).unwrap_or("");
            let sign = [b'\t', b';', b','].into_iter().find(|s| first.as_bytes().contains(s));
            let separator = sign.map_or(Separator::White, Separator::Sign);
            let mut fields = Vec::new();
            for (number, line) in lines(&text).filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
                let line = if separator == Separator::White { line.trim() } else { line };
                split(line, separator, b'"', &mut fields).map_err(|t| Fault::at(number, t.reason()))?;
                let row: Vec<String> = fields.drain(..).map(|f| f.into_owned()).collect();
                if table.titles.is_empty() {
                    table.titles = row;
                } else if row.len() != table.titles.len() {
                    let (found, want) = (row.len(), table.titles.len());
                    return Err(Fault::at(number, format!("{found} columns where the titles are {want}")));
                } else {
                    table.rows.push((number, row));
                }
            }
            let known = table.titles.iter().any(|t| table.attribute(t).is_some());
            if !known || table.titles.iter().any(|t| is_number(t)) {
                let names: Vec<&str> = node_attributes().map(|(name, _)| name).collect();
                return Err(Fault::at(
                    1,
                    format!("no column is called {}; the first row holds titles", names.join(", ")),
                ));
            }
            Ok(table)
        };
        read().map_err(|fault| fault.of(path, compression))
    }

    /// What the column of this title says. Whoever hosts a node and the country that it stands in both say which nodes fall
    /// together, so `country` stands for `provider` in a table that has no such column.
    fn attribute(&self, title: &str) -> Option<Attribute> {
        let is = |name: &'static str| move |title: &str| title.eq_ignore_ascii_case(name);
        let host = |title: &String| is(Attribute::Provider.name_and_type().0)(title);
        Attribute::from_name(title)
            .or_else(|| (is(COUNTRY)(title) && !self.titles.iter().any(host)).then_some(Attribute::Provider))
    }

    /// What is said of a column `country`.
    fn country_note(&self) -> Option<String> {
        let title = self.titles.iter().find(|title| title.eq_ignore_ascii_case(COUNTRY))?;
        Some(match self.attribute(title) {
            Some(_) => format!("column {title} is taken for the provider: nodes of a country fall together"),
            None => format!(
                "column {title} is left out: the column provider says which nodes fall together; leave that one out for countries"
            ),
        })
    }

    /// Gives the attributes to a network. Columns that are not understood are ignored and counted; what the network had of
    /// an attribute before is replaced.
    ///
    /// # Errors
    /// If a row names no node of the network or one that an earlier row has named, if a value is not allowed, or if an
    /// attribute without a default is missing for a node.
    pub fn apply(&self, loaded: Loaded) -> Result<Loaded, ReadError> {
        let Loaded { overlay, mut report } = loaded;
        let key = KEYS.iter().find_map(|k| self.titles.iter().position(|t| t.eq_ignore_ascii_case(k))).unwrap_or(0);
        let mut filled = || -> Result<_, Fault> {
            let names: BTreeMap<String, u32> =
                (0..overlay.nodes()).map(|v| (overlay.names().get(v).into_owned(), v)).collect();
            let mut attributes = Attributes::default();
            let mut seen = vec![false; overlay.nodes() as usize];
            let mut strangers = 0u64;
            let mut first_stranger = None;
            for (line, row) in &self.rows {
                let Some(&v) = names.get(&row[key]) else {
                    strangers += 1;
                    first_stranger.get_or_insert((*line, row[key].clone()));
                    continue;
                };
                if std::mem::replace(&mut seen[v as usize], true) {
                    return Err(Fault::at(*line, format!("a second row for the node {}", shown(&row[key]))));
                }
                for (title, value) in self.titles.iter().zip(row).enumerate().filter(|(i, _)| *i != key).map(|(_, p)| p)
                {
                    match self.attribute(title) {
                        Some(_) if value.is_empty() => {}
                        Some(attribute) => attributes.set(attribute, Some(v), value, || (*line, None)),
                        None if title.eq_ignore_ascii_case(COUNTRY) => {}
                        None => report.ignore(format!("column {title} of the node table"), 1),
                    }
                }
            }
            report.notes.extend(self.country_note());
            if let Some((line, name)) = first_stranger {
                if strangers == self.rows.len() as u64 {
                    return Err(Fault::at(
                        line,
                        format!("the network has no node {}, and none of the others", shown(&name)),
                    ));
                }
                report.notes.push(format!(
                    "{strangers} rows of the node table name no node, the first is {} in line {line}",
                    shown(&name)
                ));
            }
            Ok(attributes)
        };
        let place = |fault: Fault| fault.of(&self.path, None);
        let attributes = filled().map_err(place)?;
        let overlay = attributes.fill(overlay, &mut report.notes).map_err(place)?;
        Ok(Loaded { overlay, report: finished(report) })
    }
}

fn finished(mut report: Report) -> Report {
    report.notes.dedup();
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::{ReadOptions, read_from};

    /// Providers of a path of three nodes and the notes, once this table is applied.
    fn applied(table: &str) -> (Option<Vec<u32>>, String) {
        let network = read_from(&b"a b\nb c\n"[..], "net.txt", &ReadOptions::default()).expect("a network");
        let table = NodeTable::read_from(table.as_bytes(), "attrs.csv").expect("a table");
        let Loaded { overlay, report } = table.apply(network).expect("it fits");
        (overlay.provider().map(<[u32]>::to_vec), report.notes.join("; "))
    }

    #[test]
    fn a_country_stands_for_the_provider() {
        let (groups, notes) = applied("id,Country\na,NL\nb,RO\nc,NL\n");
        assert_eq!(groups, Some(vec![0, 1, 0]));
        assert!(notes.contains("column Country is taken for the provider"), "{notes}");
        let (groups, notes) = applied("id,country,provider\na,NL,7\nb,RO,8\nc,NL,8\n");
        assert_eq!(groups, Some(vec![7, 8, 8]));
        assert!(notes.contains("column country is left out"), "{notes}");
    }
}
