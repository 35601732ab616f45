//! TGF, the trivial graph format of yEd: `name label` a line, a line `#`, then `name name label` a line.

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
    format: Format::Tgf,
    name: "TGF",
    key: "tgf",
    endings: &["tgf"],
    begins: |head| {
        let text = String::from_utf8_lossy(&head.bytes);
        let mut before = 0;
        for line in text.lines().map(str::trim) {
            match line {
                "#" => return before > 0 && !text.starts_with('#') && known(&text),
                "" => {}
                _ => before += 1,
            }
        }
        false
    },
    read,
    write: None,
};

/// Whether what follows the line `#` names nodes that stand before it.
fn known(text: &str) -> bool {
    let first = |line: &str| line.split_whitespace().next().map(str::to_owned);
    let mut parts = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let nodes: std::collections::BTreeSet<String> =
        parts.by_ref().take_while(|l| *l != "#").filter_map(first).collect();
    // the last line may be cut off by the end of the sample
    let links: Vec<&str> = parts.take(50).collect();
    let links = if links.len() > 1 { &links[..links.len() - 1] } else { &links[..] };
    links.iter().all(|line| line.split_whitespace().take(2).all(|name| nodes.contains(name)))
}

/// Reads a TGF file. Edges have no direction unless the user says so.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let mut graph = Graph::default();
    let mut are_edges = false;
    for (number, line) in lines(&text).map(|(number, line)| (number, line.trim())) {
        let mut words = line.split_whitespace();
        let Some(first) = words.next() else { continue };
        if line == "#" {
            are_edges = true;
            continue;
        }
        if !are_edges {
            graph.node(first)?;
            report.ignore("labels of nodes", u64::from(words.next().is_some()));
            continue;
        }
        let Some(second) = words.next() else {
            return Err(Fault::at(number, format!("expected two node names, found one ({})", shown(first))));
        };
        report.ignore("labels of links", u64::from(words.next().is_some()));
        let ends = [graph.undeclared(first)?, graph.undeclared(second)?];
        graph.link(ends, false);
    }
    if !are_edges {
        return Err(Fault::whole("there is no line `#` between nodes and edges"));
    }
    report.listed = graph.links();
    graph.build(false, options, report)
}
