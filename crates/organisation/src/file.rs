//! Measured organisations: matrices of contacts, lists of edges, and tables of people.
//!
//! Readers take text, and say line, column and remedy of what they refuse. A contact in either direction is a tie.

mod edges;
mod matrix;
mod people;

pub use edges::read_edges;
pub use matrix::read_matrix;
pub use people::read_people;

use crate::{BadOrganisation, Organisation, Person, Place, Tie};
use std::collections::BTreeSet;

/// Who was seen, and who was in contact with whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contacts {
    /// Codes, in the order of the file.
    pub names: Vec<String>,
    /// Pairs of positions, the smaller first, each once, sorted.
    pub pairs: Vec<[Place; 2]>,
    /// Contacts of somebody with themselves, left out.
    pub to_themselves: u32,
}

/// Without the byte order mark that spreadsheets write.
fn plain(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Why a file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadFile {
    /// Not the format at all.
    #[error("line {line}: {reason}")]
    Line {
        /// Line, from 1.
        line: u64,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// Rows and columns of different number.
    #[error("the matrix is not square: {rows} rows and {columns} columns; give every person a row and a column")]
    NotSquare {
        /// Rows below the heading.
        rows: usize,
        /// Columns beside the names.
        columns: usize,
    },
    /// A row in the place of another person.
    #[error(
        "line {line}: row `{row}` stands where column {column} is `{name}`; give rows and columns the same names in the same order"
    )]
    NamesDiffer {
        /// Line, from 1.
        line: u64,
        /// The row's name.
        row: String,
        /// The column, from 1 beside the names.
        column: usize,
        /// The column's name.
        name: String,
    },
    /// A cell that is no count.
    #[error("line {line}, column {column} (`{name}`): `{text}` is no count of contacts; use 0 or a number above it")]
    Cell {
        /// Line, from 1.
        line: u64,
        /// The column, from 1 beside the names.
        column: usize,
        /// The column's name.
        name: String,
        /// What stands there.
        text: String,
    },
    /// Somebody who is not there.
    #[error("line {line}: nobody is called `{name}`; {remedy}")]
    UnknownName {
        /// Line, from 1; 0 where it was not read from a line.
        line: u64,
        /// The name.
        name: String,
        /// What to do.
        remedy: &'static str,
    },
    /// What was read is no organisation.
    #[error(transparent)]
    Organisation(#[from] BadOrganisation),
}

impl Contacts {
    /// The organisation below `top`: levels are distances from it, who is nearer leads, and people of one level are peers. Who
    /// does not reach the top stands one level below the deepest. Everybody has the role `member`, the top `mastermind`.
    /// O((n + m) log n).
    ///
    /// # Errors
    /// If nobody is called `top`.
    ///
    /// ```
    /// use hydranet_organisation::file::read_edges;
    /// let crew = read_edges("a b\nb c\nd e\n")?.below("a")?;
    /// assert_eq!(crew.people().iter().map(|p| p.level).collect::<Vec<_>>(), [0, 1, 2, 3, 3]);
    /// # Ok::<(), hydranet_organisation::file::BadFile>(())
    /// ```
    pub fn below(&self, top: &str) -> Result<Organisation, BadFile> {
        let remedy = "name a person of the file as the top";
        let unknown = || BadFile::UnknownName { line: 0, name: top.into(), remedy };
        let top = self.names.iter().position(|name| name == top).ok_or_else(unknown)?;
        let mut contacts = vec![Vec::new(); self.names.len()];
        for &[a, b] in &self.pairs {
            contacts[a as usize].push(b);
            contacts[b as usize].push(a);
        }
        let mut level = vec![u32::MAX; self.names.len()];
        level[top] = 0;
        let (mut queue, mut head) = (vec![top as u32], 0);
        while let Some(&v) = queue.get(head) {
            head += 1;
            for &w in &contacts[v as usize] {
                if level[w as usize] == u32::MAX {
                    level[w as usize] = level[v as usize] + 1;
                    queue.push(w);
                }
            }
        }
        let deepest = queue.last().map_or(0, |&v| level[v as usize]);
        let level: Vec<u32> = level.iter().map(|&l| l.min(deepest + 1)).collect();
        let person =
            |(v, name): (usize, &String)| Person { name: name.clone(), level: level[v], role: u32::from(v != top) };
        let tie = |&[a, b]: &[Place; 2]| match level[a as usize].cmp(&level[b as usize]) {
            std::cmp::Ordering::Less => Tie::superior(a, b),
            std::cmp::Ordering::Equal => Tie::peer(a, b),
            std::cmp::Ordering::Greater => Tie::superior(b, a),
        };
        let roles = ["mastermind", "member"][..if level.len() > 1 { 2 } else { 1 }].iter().map(|r| r.to_string());
        let people = self.names.iter().enumerate().map(person).collect();
        Ok(Organisation::new(people, roles.collect(), self.pairs.iter().map(tie).collect())?)
    }

    /// Everybody of either, and every pair of either: phases of one organisation taken together. O((n + m) log(n + m)).
    pub fn union(&self, other: &Contacts) -> Contacts {
        let mut names = self.names.clone();
        let mut known: std::collections::BTreeMap<String, Place> =
            names.iter().enumerate().map(|(i, name)| (name.clone(), i as u32)).collect();
        for name in &other.names {
            known.entry(name.clone()).or_insert_with(|| {
                names.push(name.clone());
                names.len() as u32 - 1
            });
        }
        let place = |v: Place| known[&other.names[v as usize]];
        let theirs = other.pairs.iter().map(|&[a, b]| (place(a), place(b))).map(|(a, b)| [a.min(b), a.max(b)]);
        let pairs: BTreeSet<[Place; 2]> = self.pairs.iter().copied().chain(theirs).collect();
        Contacts { names, pairs: pairs.into_iter().collect(), to_themselves: self.to_themselves + other.to_themselves }
    }

    /// Contacts of everybody, sorted: what [`crate::measure`] takes.
    pub fn contacts(&self) -> Vec<Vec<Place>> {
        let mut contacts = vec![Vec::new(); self.names.len()];
        for &[a, b] in &self.pairs {
            contacts[a as usize].push(b);
            contacts[b as usize].push(a);
        }
        contacts.iter_mut().for_each(|list| list.sort_unstable());
        contacts
    }
}

#[cfg(test)]
#[path = "file_tests.rs"]
pub(crate) mod tests;
