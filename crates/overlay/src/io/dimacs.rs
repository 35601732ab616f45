//! DIMACS: `c` comments, a line `p edge NODES EDGES` (or `col`, `sp`, `max`, `tw`), then `e u v` or `a u v weight` a line.
//!
//! Nodes are called `1..=n`. Lines `a` are arcs. Files with the same lines and no `p` (`v 0 label`, `e 0 1 label`) are read
//! too: their nodes are those that lines name.

use super::error::Fault;
use super::graph::Graph;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::{believed, lines, shown, slurp};
use super::{Format, ReadOptions};
use crate::Overlay;
use std::io::Read;

pub(super) const ROW: Row = Row {
    format: Format::Dimacs,
    name: "DIMACS",
    key: "dimacs",
    endings: &["dimacs", "col", "clq", "gr"],
    begins: |head| {
        let text = String::from_utf8_lossy(&head.bytes);
        let mut rows = 0;
        for line in text.lines().take(2000) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let number = |i: usize| words.get(i).is_some_and(|w| w.parse::<u64>().is_ok());
            match words.first() {
                None | Some(&"c" | &"#" | &"%") => {}
                Some(&"p") => return words.len() >= 4 && !number(1) && number(2) && number(3),
                Some(&"t" | &"v" | &"n") if rows > 0 || words.len() > 1 => {}
                Some(&"e" | &"a" | &"edge") if number(1) && number(2) => rows += 1,
                _ => return false,
            }
        }
        rows > 1
    },
    read,
    write: None,
};

/// Reads a DIMACS file.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let count = lines(&text).count() as u64;
    let mut graph = Graph::default();
    let mut size: Option<[u64; 2]> = None;
    for (number, line) in lines(&text).map(|(number, line)| (number, line.trim())) {
        let at = |reason: String| Fault::at(number, reason);
        let words: Vec<&str> = line.split_whitespace().collect();
        let node = |word: Option<&&str>, graph: &mut Graph| -> Result<u32, Fault> {
            let word = word.ok_or_else(|| at(format!("expected two nodes, found {}", shown(line))))?;
            let id: u64 = word.parse().map_err(|_| at(format!("{} is not the number of a node", shown(word))))?;
            match size {
                Some([n, _]) if !(1..=n).contains(&id) => Err(at(format!("{id} is not a node, 1 to {n}"))),
                Some(_) => Ok((id - 1) as u32),
                None => Ok(graph.node(&id.to_string())?.0),
            }
        };
        match words.first() {
            None => {}
            Some(&"c" | &"#" | &"%") => report.comments += 1,
            Some(&"p") => {
                let place = |i: usize| words.get(i).and_then(|w| w.parse::<u64>().ok());
                let (Some(n), Some(m)) = (place(2), place(3)) else {
                    return Err(at(format!("expected `p kind nodes edges`, found {}", shown(line))));
                };
                if size.is_some() || graph.len() > 0 {
                    return Err(at("a second line `p`, or edges before it".to_owned()));
                }
                for v in 1..=believed(n, count).map_err(at)? {
                    graph.node(&v.to_string())?;
                }
                size = Some([n, m]);
            }
            Some(kind @ &("e" | "a" | "edge")) => {
                let ends = [node(words.get(1), &mut graph)?, node(words.get(2), &mut graph)?];
                report.ignore("weights and labels of links", u64::from(words.len() > 3));
                graph.link(ends, *kind == "a");
            }
            Some(&"v") if size.is_none() => drop(node(words.get(1), &mut graph)?),
            Some(&"t") if graph.links() > 0 => {
                return Err(at("a second graph begins here; a network file holds one: split the file".to_owned()));
            }
            Some(&("n" | "t" | "d" | "v" | "x" | "b" | "s")) => report.ignore("other lines", 1),
            // PACE: two numbers after `p tw`
            Some(word) if size.is_some() && word.parse::<u64>().is_ok() => {
                let ends = [node(words.first(), &mut graph)?, node(words.get(1), &mut graph)?];
                graph.link(ends, false);
            }
            Some(word) => return Err(at(format!("a line begins with c, p, e or a, not {}", shown(word)))),
        }
    }
    report.listed = graph.links();
    if let Some([_, m]) = size
        && report.listed < m
        && report.listed * 2 != m
    {
        let found = report.listed;
        return Err(Fault::whole(format!("the line `p` promises {m} edges, there are {found}: is it cut off?")));
    }
    if size.is_none() && graph.len() == 0 {
        return Err(Fault::whole("there is neither a line `p` nor an edge in this file"));
    }
    graph.build(false, options, report)
}
