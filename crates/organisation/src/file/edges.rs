//! A list of edges: two names a line.

use super::{BadFile, Contacts};
use crate::BadOrganisation;
use std::collections::{BTreeMap, BTreeSet};

/// Reads two names a line, parted by blanks, tabs, a comma or a semicolon; what follows (a weight) is ignored, and so are empty
/// lines and those that start with `#` or `%`. People are numbered as they come. O(m log n).
///
/// # Errors
/// With its line: a line with a single name. A file that names nobody.
pub fn read_edges(text: &str) -> Result<Contacts, BadFile> {
    let mut contacts = Contacts::default();
    let (mut places, mut pairs) = (BTreeMap::new(), BTreeSet::new());
    for (i, line) in super::plain(text).lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', '%']) {
            continue;
        }
        let mut fields = line.split([' ', '\t', ',', ';']).map(|f| f.trim_matches('"')).filter(|f| !f.is_empty());
        let (Some(a), Some(b)) = (fields.next(), fields.next()) else {
            let reason = format!("`{line}` names one person; give two names a line");
            return Err(BadFile::Line { line: i as u64 + 1, reason });
        };
        let mut place = |name: &str| {
            *places.entry(name.to_string()).or_insert_with(|| {
                contacts.names.push(name.to_string());
                contacts.names.len() as u32 - 1
            })
        };
        let (a, b) = (place(a), place(b));
        if a == b {
            contacts.to_themselves += 1;
        } else {
            pairs.insert([a.min(b), a.max(b)]);
        }
    }
    if contacts.names.is_empty() {
        return Err(BadOrganisation::Empty.into());
    }
    contacts.pairs = pairs.into_iter().collect();
    Ok(contacts)
}
