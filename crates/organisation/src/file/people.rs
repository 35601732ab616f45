//! A table of people: name, role, and who leads them.

use super::{BadFile, Contacts};
use crate::Organisation;
use std::collections::{BTreeMap, BTreeSet};

/// Reads a table with the columns `name`, `role` and `superior` (in any order; `superior` empty for those whom nobody leads, several names
/// parted by `;`), and joins it with `contacts`, whose pairs become peers where neither leads the other. Levels count
/// orders down from the top. Roles must be among `roles` if any are given. O((n + m) log n).
///
/// # Errors
/// With line: a column that is missing, a superior or contact who is not in the table, a role that is not announced. A hierarchy without a
/// top or in a circle, a role that nobody has.
///
/// ```
/// use hydranet_organisation::file::{Contacts, read_people};
/// let crew = read_people("name,role,superior\nboss,top,\nann,courier,boss\n", &[], &Contacts::default())?;
/// assert_eq!((crew.roles(), crew.people()[1].level), (&["top".to_string(), "courier".to_string()][..], 1));
/// # Ok::<(), hydranet_organisation::file::BadFile>(())
/// ```
pub fn read_people(text: &str, roles: &[&str], contacts: &Contacts) -> Result<Organisation, BadFile> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(super::plain(text).as_bytes());
    let bad = |e: csv::Error| {
        let line = e.position().map_or(1, csv::Position::line);
        BadFile::Line { line, reason: format!("{e}; give a table as CSV") }
    };
    let heading = reader.headers().map_err(bad)?.clone();
    let column = |name: &str| {
        let reason = || format!("no column `{name}`; the columns are `name`, `role` and `superior`");
        heading.iter().position(|h| h == name).ok_or_else(|| BadFile::Line { line: 1, reason: reason() })
    };
    let [name, role, superior] = [column("name")?, column("role")?, column("superior")?];
    let mut known: Vec<String> = roles.iter().map(|role| role.to_string()).collect();
    let (mut people, mut places, mut led) = (Vec::new(), BTreeMap::new(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(bad)?;
        let line = record.position().map_or(0, csv::Position::line);
        let number = match known.iter().position(|known| *known == record[role]) {
            Some(number) => number,
            None if roles.is_empty() => {
                known.push(record[role].to_string());
                known.len() - 1
            }
            None => {
                let reason = format!("no role `{}`; the roles are {}", &record[role], known.join(", "));
                return Err(BadFile::Line { line, reason });
            }
        };
        places.entry(record[name].to_string()).or_insert(people.len() as u32);
        let leaders = record[superior].split(';').map(str::trim).filter(|s| !s.is_empty());
        led.extend(leaders.map(|leader| (line, leader.to_string(), people.len() as u32)));
        people.push((record[name].to_string(), number as u32));
    }
    let place = |line: u64, name: &String| {
        let remedy = "give everybody a line of their own";
        places.get(name).copied().ok_or_else(|| BadFile::UnknownName { line, name: name.clone(), remedy })
    };
    let mut orders = Vec::new();
    for (line, leader, subordinate) in &led {
        orders.push([place(*line, leader)?, *subordinate]);
    }
    let ordered: BTreeSet<[u32; 2]> = orders.iter().map(|&[a, b]| [a.min(b), a.max(b)]).collect();
    let mut peers = Vec::new();
    for &[a, b] in &contacts.pairs {
        let (a, b) = (place(0, &contacts.names[a as usize])?, place(0, &contacts.names[b as usize])?);
        if !ordered.contains(&[a.min(b), a.max(b)]) {
            peers.push([a, b]);
        }
    }
    Ok(Organisation::of_orders(people, known, &orders, &peers)?)
}
