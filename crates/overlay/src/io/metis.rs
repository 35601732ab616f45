//! METIS graph files (Karypis & Kumar 1998, manual §4.1.1): line i lists the neighbours of node i, from 1.

use super::error::Fault;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::{lines, shown, slurp};
use super::written::Written;
use super::{Format, ReadOptions, WriteError};
use crate::{Csr, Names, Overlay};
use std::io::{Read, Write};

pub(super) const ROW: Row = Row {
    format: Format::Metis,
    name: "METIS",
    key: "metis",
    endings: &["metis", "graph"],
    begins,
    read,
    write: Some(write),
};

/// Whether the header's counts hold for all that follows and every neighbour lists back: no list of links does so. Small
/// files only; larger ones are told by their ending.
fn begins(head: &Head) -> bool {
    if !head.is_all {
        return false;
    }
    let Ok(text) = std::str::from_utf8(&head.bytes) else { return false };
    let mut rows = text.lines().map(str::trim).filter(|l| !l.starts_with('%'));
    let header: Vec<Option<u64>> = rows.next().unwrap_or("").split_whitespace().map(|w| w.parse().ok()).collect();
    let [Some(n), Some(m)] = header[..] else { return false };
    let mut rows: Vec<&str> = rows.collect();
    while rows.len() as u64 > n && rows.last().is_some_and(|l| l.is_empty()) {
        rows.pop();
    }
    if n < 3 || m < 2 || rows.len() as u64 != n {
        return false;
    }
    let mut arcs = std::collections::BTreeSet::new();
    for (u, row) in rows.iter().enumerate() {
        for word in row.split_whitespace() {
            match word.parse::<u64>() {
                Ok(v) if (1..=n).contains(&v) && v != u as u64 + 1 => drop(arcs.insert([u as u64 + 1, v])),
                _ => return false,
            }
        }
    }
    arcs.len() as u64 == 2 * m && arcs.iter().all(|[u, v]| arcs.contains(&[*v, *u]))
}

/// `nodes edges [format [node weights]]`.
struct Header {
    line: u64,
    nodes: u64,
    edges: u64,
    /// Numbers before the neighbours: a size, weights.
    before: usize,
    /// Whether every neighbour is followed by a weight.
    edge_weights: bool,
}

/// Reads a METIS file.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let mut lines = lines(&text).map(|(number, line)| (number, line.trim())).filter(|(_, line)| {
        let is_comment = line.starts_with('%');
        report.comments += u64::from(is_comment);
        !is_comment
    });
    // an empty line is a node without neighbours, but not before the header
    let (line, first) = lines.find(|(_, l)| !l.is_empty()).ok_or_else(|| Fault::whole("the file has no header"))?;
    let header = header(line, first)?;
    let mut arcs: Vec<[u32; 2]> = Vec::new();
    let mut node = 0u64;
    for (number, line) in lines {
        if node == header.nodes {
            if !line.is_empty() {
                let reason = format!("more lines than the {node} nodes that line {} promises", header.line);
                return Err(Fault::at(number, reason));
            }
            continue;
        }
        neighbours(line, node as u32, &header, &mut arcs).map_err(|reason| Fault::at(number, reason))?;
        node += 1;
    }
    if node < header.nodes {
        let promised = header.nodes;
        return Err(Fault::whole(format!(
            "the header promises {promised} nodes, there are {node} lines: is it cut off?"
        )));
    }
    if arcs.len() as u64 != header.edges * 2 {
        let (edges, found) = (header.edges, arcs.len());
        return Err(Fault::whole(format!(
            "the header promises {edges} edges, so {} neighbours in all, each edge from both ends; there are {found}",
            edges * 2
        )));
    }
    report.ignore("node sizes and weights", header.before as u64 * node);
    report.ignore("edge weights", if header.edge_weights { arcs.len() as u64 } else { 0 });
    report.listed = header.edges;
    let (csr, mut dropped) = Csr::from_arcs(node as u32, &arcs);
    if let Some([u, v]) = csr.iter_arcs().find(|[u, v]| !csr.has_arc(*v, *u)) {
        let (u, v) = (u + 1, v + 1);
        return Err(Fault::whole(format!("node {u} lists {v} as a neighbour, but {v} does not list {u}")));
    }
    dropped.duplicates /= 2;
    report.dropped = dropped;
    let overlay = if options.directed == Some(true) { Overlay::directed(csr) } else { Overlay::symmetric(csr) };
    Ok(overlay.with_names(Names::from_integers((1..=node).collect())))
}

fn header(line: u64, text: &str) -> Result<Header, Fault> {
    let wrong = |what: &str| {
        let reason = format!("{what}: {}; expected `nodes edges [format [node weights]]`", shown(text));
        Fault::at(line, reason)
    };
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    if !(2..=4).contains(&words.len()) {
        return Err(wrong("not the header of a METIS file"));
    }
    let number = |i: usize| words[i].parse::<u32>().map(u64::from).map_err(|_| wrong("not a number of 32 bits"));
    let format = words.get(2).copied().unwrap_or("0");
    if format.len() > 3 || !format.bytes().all(|b| matches!(b, b'0' | b'1')) {
        return Err(wrong("the format is up to three digits, 0 or 1"));
    }
    let digit = |place: usize| format.len() > place && format.as_bytes()[format.len() - 1 - place] == b'1';
    let constraints = match words.len() {
        4 => number(3)?,
        _ => u64::from(digit(1)),
    };
    let weights = if digit(1) { constraints as usize } else { 0 };
    let before = usize::from(digit(2)) + weights;
    Ok(Header { line, nodes: number(0)?, edges: number(1)?, before, edge_weights: digit(0) })
}

/// Adds the arcs of one line.
fn neighbours(line: &str, node: u32, header: &Header, arcs: &mut Vec<[u32; 2]>) -> Result<(), String> {
    let mut words = line.split_ascii_whitespace();
    for _ in 0..header.before {
        weight(words.next())?;
    }
    while let Some(word) = words.next() {
        match word.parse::<u32>() {
            Ok(i) if i >= 1 && u64::from(i) <= header.nodes => arcs.push([node, i - 1]),
            _ => return Err(format!("the neighbour {} is not a number from 1 to {}", shown(word), header.nodes)),
        }
        if header.edge_weights {
            weight(words.next())?;
        }
    }
    Ok(())
}

fn weight(word: Option<&str>) -> Result<(), String> {
    let word = word.ok_or("the line ends where the header's format promises a weight")?;
    word.parse::<f64>().map(|_| ()).map_err(|_| format!("the weight {} is not a number", shown(word)))
}

/// Writes METIS. Names and attributes have no place in it, and neither has direction.
fn write(overlay: &Overlay, out: &mut dyn Write) -> Result<Written, WriteError> {
    if !overlay.is_symmetric() {
        return Err(WriteError::Directed { format: Format::Metis });
    }
    writeln!(out, "{} {}", overlay.nodes(), overlay.edges())?;
    for v in 0..overlay.nodes() {
        let row: Vec<String> = overlay.out().row(v).iter().map(|w| (w + 1).to_string()).collect();
        writeln!(out, "{}", row.join(" "))?;
    }
    Ok(Written::without_attributes(overlay).without_names(overlay, 1))
}
