//! LGL (Adai, Date, Wieland & Marcotte 2004): `# node`, then its neighbours a line, each perhaps with a weight.

use super::edge_list::dialect::is_number;
use super::error::Fault;
use super::graph::Graph;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::{lines, shown, slurp};
use super::{Format, ReadOptions};
use crate::Overlay;
use std::io::Read;

pub(super) const ROW: Row = Row {
    format: Format::Lgl,
    name: "LGL",
    key: "lgl",
    endings: &["lgl"],
    begins: |head| {
        let text = String::from_utf8_lossy(&head.bytes);
        let rows: Vec<Vec<&str>> =
            text.lines().map(|l| l.split_whitespace().collect()).filter(|r: &Vec<_>| !r.is_empty()).collect();
        let is_head = |r: &Vec<&str>| r[0] == "#" && r.len() == 2;
        let is_link =
            |r: &Vec<&str>| r[0] != "#" && (r.len() == 1 || r.len() == 2 && is_number(r[1]) && r[1].contains('.'));
        let links = || rows.iter().filter(|r| !is_head(r));
        let complete = if head.is_all { rows.len() } else { rows.len().saturating_sub(1) };
        rows.first().is_some_and(is_head)
            && links().next().is_some()
            && rows[..complete].iter().all(|r| is_head(r) || is_link(r))
            // a name that is a neighbour, or more heads than one: not the one comment of a broken list
            && (links().any(|r| r.len() == 2) || rows.iter().filter(|r| is_head(r)).count() > 1)
    },
    read,
    write: None,
};

/// Reads an LGL file.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let mut graph = Graph::default();
    let mut from = None;
    for (number, line) in lines(&text).map(|(number, line)| (number, line.trim())) {
        if line.is_empty() {
            continue;
        }
        if let Some(name) = line.strip_prefix('#').map(str::trim) {
            if name.is_empty() || name.contains(char::is_whitespace) {
                return Err(Fault::at(number, format!("expected the name of one node after #, found {}", shown(name))));
            }
            from = Some(graph.node(name)?.0);
            continue;
        }
        let Some(u) = from else { return Err(Fault::at(number, "expected `# node` before its neighbours")) };
        let mut words = line.split_whitespace();
        let name = words.next().unwrap_or(line);
        match (words.next(), words.next()) {
            (None, _) => {}
            (Some(weight), None) if is_number(weight) => report.ignore("weights", 1),
            _ => {
                return Err(Fault::at(
                    number,
                    format!("expected a neighbour and perhaps a weight, found {}", shown(line)),
                ));
            }
        }
        let v = graph.node(name)?.0;
        graph.link([u, v], false);
    }
    report.listed = graph.links();
    if graph.len() == 0 {
        return Err(Fault::whole("holds no node; LGL has `# node`, then a neighbour a line"));
    }
    graph.build(false, options, report)
}
