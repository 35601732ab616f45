//! Adjacency lists: a node and its neighbours a line, as networkx writes them, or `node: neighbours`; and networkx's other
//! kind, in which a node and the number of its neighbours come first, then a neighbour a line.
//!
//! Links have no direction unless the user says so: the files do not tell.

use super::edge_list::fields::{Separator, is_comment, split};
use super::error::Fault;
use super::graph::Graph;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::{lines, shown, slurp};
use super::{Format, ReadOptions};
use crate::Overlay;
use std::collections::BTreeSet;
use std::io::Read;

pub(super) const ROW: Row = Row {
    format: Format::AdjacencyList,
    name: "adjacency list",
    key: "adjacency-list",
    endings: &["adjlist", "adj", "multiline_adjlist", "madjlist"],
    begins,
    read,
    write: None,
};

/// Whether the content can be nothing but an adjacency list.
fn begins(head: &Head) -> bool {
    let text = String::from_utf8_lossy(&head.bytes);
    let is_networkx = text.starts_with('#') && text.lines().nth(1).is_some_and(|l| l.starts_with("# GMT "));
    if is_networkx {
        return true;
    }
    let mut rows: Vec<&str> =
        text.lines().map(str::trim).filter(|l| !l.is_empty() && !is_comment(l.as_bytes())).collect();
    if !head.is_all {
        rows.pop();
    }
    if rows.len() < 2 {
        return false;
    }
    let colon = |row: &&str| head_of(row).is_some();
    if rows.iter().all(colon) {
        return true;
    }
    // every node has a line of its own, and lines differ in length: not a list of links
    if !head.is_all || rows[0].contains(['"', ',', ';', '|', '{', '(']) {
        return false;
    }
    let mut firsts = BTreeSet::new();
    let mut widths = BTreeSet::new();
    for row in &rows {
        let mut words = row.split_whitespace();
        if !firsts.insert(words.next().unwrap_or("")) {
            return false;
        }
        widths.insert(words.count());
    }
    widths.len() > 1
        && widths.iter().any(|w| *w > 1)
        && rows.iter().all(|row| row.split_whitespace().all(|word| firsts.contains(word)))
}

/// `a: b c` → `a` and `b c`.
fn head_of(row: &str) -> Option<(&str, &str)> {
    let (node, rest) = row.split_once(':')?;
    let fits = !node.trim().is_empty()
        && (rest.is_empty() || rest.starts_with(char::is_whitespace))
        && !rest.contains(':')
        && !node.trim().contains(char::is_whitespace);
    fits.then(|| (node.trim(), rest.trim()))
}

/// Reads an adjacency list of either kind.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let mut rows = Vec::new();
    for (number, line) in lines(&text).map(|(number, line)| (number, line.trim())) {
        if is_comment(line.as_bytes()) {
            report.comments += 1;
        } else if !line.is_empty() {
            // networkx: what follows a # is a comment
            rows.push((number, line.split(" #").next().unwrap_or(line)));
        }
    }
    let mut graph = Graph::default();
    if is_counted(&rows) {
        counted(&rows, &mut graph, report)?;
        report.notes.push("each node with the number of its neighbours, then a neighbour a line".to_owned());
    } else {
        plain(&rows, &mut graph)?;
    }
    report.listed = graph.links();
    if graph.len() == 0 {
        return Err(Fault::whole("holds no node; an adjacency list has a node and its neighbours a line"));
    }
    graph.build(false, options, report)
}

/// Whether every node is followed by as many lines as it says.
fn is_counted(rows: &[(u64, &str)]) -> bool {
    let mut at = 0;
    while at < rows.len() {
        let mut words = rows[at].1.split_whitespace();
        // the head of a node: its name and a number
        let (Some(_), Some(count), None) = (words.next(), words.next(), words.next()) else { return false };
        let Ok(count) = count.parse::<usize>() else { return false };
        at = at.saturating_add(1).saturating_add(count);
    }
    // networkx writes what a link has behind each neighbour, if only {}
    at == rows.len() && rows.iter().any(|(_, row)| row.ends_with('}'))
}

fn counted(rows: &[(u64, &str)], graph: &mut Graph, report: &mut Report) -> Result<(), Fault> {
    let mut at = 0;
    while let Some((_, row)) = rows.get(at) {
        let (name, count) = row.split_once(char::is_whitespace).unwrap_or((row, "0"));
        let count: usize = count.trim().parse().unwrap_or(0);
        let u = graph.node(name)?.0;
        for (_, row) in &rows[at + 1..=at + count] {
            let (name, data) = row.split_once(char::is_whitespace).unwrap_or((row, ""));
            report.ignore("attributes of links", u64::from(!matches!(data.trim(), "" | "{}")));
            let v = graph.node(name)?.0;
            graph.link([u, v], false);
        }
        at += 1 + count;
    }
    Ok(())
}

fn plain(rows: &[(u64, &str)], graph: &mut Graph) -> Result<(), Fault> {
    let has_heads = rows.iter().all(|(_, row)| head_of(row).is_some());
    let separator = match [b'\t', b',', b';'].into_iter().find(|s| rows.iter().any(|(_, r)| r.as_bytes().contains(s))) {
        Some(sign) if sign != b'\t' || rows.iter().any(|(_, r)| r.contains(' ')) => Separator::Sign(sign),
        _ => Separator::White,
    };
    // `1: a b`, `2: b c`: numbered pairs, or the neighbours of 1 and 2?
    let heads: BTreeSet<&str> = rows.iter().filter_map(|(_, row)| head_of(row)).map(|(head, _)| head).collect();
    let numbered = |from: usize| {
        rows.iter().enumerate().all(|(i, (_, row))| head_of(row).is_some_and(|(h, _)| h == (i + from).to_string()))
    };
    let pairs =
        || rows.iter().all(|(_, row)| head_of(row).is_some_and(|(_, rest)| rest.split_whitespace().count() == 2));
    let strange = || {
        rows.iter()
            .filter_map(|(_, row)| head_of(row))
            .all(|(_, rest)| rest.split_whitespace().all(|w| !heads.contains(w)))
    };
    if has_heads && rows.len() > 1 && (numbered(1) || numbered(0)) && pairs() && strange() {
        return Err(Fault::whole("numbered pairs, or a node and its neighbours? take the numbers out"));
    }
    let mut names = Vec::new();
    for (number, row) in rows {
        let (head, rest) = if has_heads { head_of(row).unwrap_or((row, "")) } else { ("", *row) };
        split(rest, separator, b'"', &mut names).map_err(|t| Fault::at(*number, t.reason()))?;
        names.retain(|name| !name.is_empty());
        let mut list = names.iter();
        let u = match (has_heads, list.next()) {
            (true, first) => {
                let u = graph.node(head)?.0;
                if let Some(first) = first {
                    let v = graph.node(first)?.0;
                    graph.link([u, v], false);
                }
                u
            }
            (false, Some(first)) => graph.node(first)?.0,
            (false, None) => return Err(Fault::at(*number, format!("expected a node, found {}", shown(row)))),
        };
        for name in list {
            let v = graph.node(name)?.0;
            graph.link([u, v], false);
        }
    }
    Ok(())
}
