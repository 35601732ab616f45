//! Pajek's `.net` (Batagelj & Mrvar): `*Vertices`, then `*Arcs`, `*Edges`, their lists, or a `*Matrix`.
//!
//! Vertices are called by their labels, if all labels differ, else by their numbers. Vertices that the file announces and
//! does not list are nodes too. Of several networks in one file the first is read; partitions and vectors are ignored.

use super::error::Fault;
use super::graph::Graph;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::{believed, lines, shown, slurp};
use super::written::{Written, refuse_repeated_names};
use super::{Format, ReadOptions, WriteError};
use crate::Overlay;
use std::io::{Read, Write};

pub(super) const ROW: Row = Row {
    format: Format::Pajek,
    name: "Pajek",
    key: "pajek",
    endings: &["net", "paj", "pajek"],
    begins: |head| {
        let text = String::from_utf8_lossy(&head.bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let first = text.lines().map(str::trim).find(|l| !l.is_empty() && !l.starts_with('%') && !l.starts_with("/*"));
        first
            .is_some_and(|l| ["*network", "*vertices", "*arcs", "*edges", "*matrix"].iter().any(|word| begins(l, word)))
    },
    read,
    write: Some(write),
};

fn begins(line: &str, word: &str) -> bool {
    line.get(..word.len()).is_some_and(|l| l.eq_ignore_ascii_case(word))
        && line[word.len()..].chars().next().is_none_or(|c| !c.is_alphabetic())
}

#[derive(Clone, Copy, PartialEq)]
enum Section {
    None,
    Vertices,
    Arcs,
    Edges,
    ArcsList,
    EdgesList,
    Matrix,
    Ignored,
}

/// Reads a Pajek file.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let count = lines(&text).count() as u64;
    let mut graph = Graph::default();
    let mut section = Section::None;
    let mut n = 0u32;
    // of a network with two kinds of nodes: how many are of the first
    let mut first_kind = None;
    let mut labels: Vec<Option<String>> = Vec::new();
    let mut row = 0u32;
    let mut has_arcs = false;
    let mut networks = 0;
    for (number, line) in lines(&text).map(|(number, line)| (number, line.trim())) {
        let at = |reason: String| Fault::at(number, reason);
        if line.is_empty() || line.starts_with('%') {
            report.comments += u64::from(!line.is_empty());
            continue;
        }
        if line.starts_with('*') {
            let words: Vec<&str> = line.split_whitespace().collect();
            section = if begins(line, "*vertices") {
                networks += 1;
                let size = |i: usize| words.get(i).and_then(|w| w.parse::<u64>().ok());
                let nodes =
                    size(1).ok_or_else(|| at(format!("expected *Vertices and their number, found {}", shown(line))))?;
                if networks > 1 {
                    Section::Ignored
                } else {
                    n = believed(nodes, count).map_err(at)?;
                    first_kind = size(2).and_then(|k| u32::try_from(k).ok()).filter(|k| *k < n);
                    for v in 1..=n {
                        graph.node(&v.to_string())?;
                    }
                    labels = vec![None; n as usize];
                    Section::Vertices
                }
            } else if networks > 1 {
                Section::Ignored
            } else if begins(line, "*arcslist") {
                Section::ArcsList
            } else if begins(line, "*edgeslist") {
                Section::EdgesList
            } else if begins(line, "*arcs") {
                Section::Arcs
            } else if begins(line, "*edges") {
                Section::Edges
            } else if begins(line, "*matrix") {
                row = 0;
                Section::Matrix
            } else if begins(line, "*network") {
                Section::None
            } else {
                report.ignore(format!("section {}", shown(words[0]).trim_matches('`')), 1);
                Section::Ignored
            };
            has_arcs |= matches!(section, Section::Arcs | Section::ArcsList);
            if networks == 0 && !matches!(section, Section::None | Section::Ignored) {
                return Err(at("expected *Vertices and their number first".to_owned()));
            }
            continue;
        }
        let vertex = |word: &str| match word.parse::<i64>().map(i64::unsigned_abs) {
            Ok(i) if (1..=u64::from(n)).contains(&i) => Ok((i - 1) as u32),
            _ => Err(at(format!("{} is not the number of a vertex, 1 to {n}", shown(word)))),
        };
        match section {
            Section::None => return Err(at(format!("expected a section such as *Vertices, found {}", shown(line)))),
            Section::Ignored => {}
            Section::Vertices => {
                let (id, label) = label(line).map_err(at)?;
                labels[vertex(id)? as usize] = label;
            }
            Section::Arcs | Section::Edges => {
                let mut words = line.split_whitespace();
                let (Some(a), Some(b)) = (words.next(), words.next()) else {
                    return Err(at(format!("expected two vertices, found {}", shown(line))));
                };
                report.listed += 1;
                report.ignore("weights and attributes of links", u64::from(words.next().is_some()));
                graph.link([vertex(a)?, vertex(b)?], section == Section::Arcs);
            }
            Section::ArcsList | Section::EdgesList => {
                let mut words = line.split_whitespace();
                let from = vertex(words.next().unwrap_or(""))?;
                for word in words {
                    report.listed += 1;
                    graph.link([from, vertex(word)?], section == Section::ArcsList);
                }
            }
            Section::Matrix => {
                let (rows, shift) = first_kind.map_or((n, 0), |k| (k, k));
                if row == rows {
                    return Err(at(format!("more rows than the {rows} of the matrix")));
                }
                let mut column = shift;
                for word in line.split_whitespace() {
                    let value: f64 = word.parse().map_err(|_| at(format!("{} is not a number", shown(word))))?;
                    if column == n {
                        return Err(at(format!("more columns than the {} of the matrix", n - shift)));
                    }
                    if value != 0.0 {
                        report.listed += 1;
                        graph.link([row, column], true);
                    }
                    column += 1;
                }
                if column < n {
                    return Err(at(format!("{} columns where the matrix has {}", column - shift, n - shift)));
                }
                row += 1;
            }
        }
    }
    if networks == 0 {
        return Err(Fault::whole("there is no *Vertices in this file"));
    }
    if section == Section::Matrix && row < first_kind.unwrap_or(n) {
        return Err(Fault::whole(format!("the matrix ends after {row} rows: is it cut off?")));
    }
    if networks > 1 {
        report.notes.push(format!("the file holds {networks} networks: the first is read"));
    }
    if let Some(k) = first_kind {
        report.notes.push(format!("two kinds of nodes: {k} and {}", n - k));
    }
    let given = labels.iter().filter(|l| l.is_some()).count();
    let names: Vec<Option<String>> =
        labels.into_iter().enumerate().map(|(v, l)| l.or_else(|| Some((v + 1).to_string()))).collect();
    if given > 0 && !graph.rename(&names) {
        report.notes.push("vertices are called by their numbers: two have the same label".to_owned());
    }
    graph.build(has_arcs, options, report)
}

/// `1 "a label" 0.5 0.5`: number and label.
fn label(line: &str) -> Result<(&str, Option<String>), String> {
    let (id, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim_start();
    let Some(quoted) = rest.strip_prefix('"') else {
        return Ok((id, rest.split_whitespace().next().map(str::to_owned)));
    };
    let mut name = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next() {
            Some('"') => return Ok((id, Some(name))),
            Some('\\') if chars.as_str().starts_with(['"', '\\']) => name.extend(chars.next()),
            Some(c) => name.push(c),
            None => return Err("a quote is opened and not closed in this line".to_owned()),
        }
    }
}

/// Writes Pajek. Attributes have no place in it.
fn write(overlay: &Overlay, out: &mut dyn Write) -> Result<Written, WriteError> {
    refuse_repeated_names(overlay)?;
    writeln!(out, "*Vertices {}", overlay.nodes())?;
    for v in 0..overlay.nodes() {
        let name = overlay.names().get(v);
        if name.contains(['\n', '\r']) {
            let reason = "holds a line break; write GraphML (.graphml) instead";
            return Err(WriteError::Name { format: Format::Pajek, name: name.into_owned(), reason });
        }
        writeln!(out, "{} \"{}\"", v + 1, name.replace('\\', "\\\\").replace('"', "\\\""))?;
    }
    let directed = !overlay.is_symmetric();
    writeln!(out, "{}", if directed { "*Arcs" } else { "*Edges" })?;
    for [u, v] in overlay.out().iter_arcs().filter(|[u, v]| directed || u < v) {
        writeln!(out, "{} {}", u + 1, v + 1)?;
    }
    Ok(Written::without_attributes(overlay))
}
