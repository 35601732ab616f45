//! UCINET's DL (Borgatti, Everett & Freeman): `DL n=4 format=edgelist1`, labels, `data:`.
//!
//! Read are `fullmatrix` (one matrix), `edgelist1` and `nodelist1`, with labels given or embedded.

use super::error::Fault;
use super::graph::Graph;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::{believed, shown, slurp};
use super::{Format, ReadOptions};
use crate::Overlay;
use std::io::Read;

pub(super) const ROW: Row = Row {
    format: Format::UcinetDl,
    name: "UCINET DL",
    key: "dl",
    endings: &["dl"],
    begins: |head| {
        let text = String::from_utf8_lossy(&head.bytes).to_ascii_lowercase();
        let rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').strip_prefix("dl");
        rest.is_some_and(|r| {
            r.starts_with(|c: char| c.is_whitespace() || c == ',') && r.contains("n") && r.contains('=')
        })
    },
    read,
    write: None,
};

/// The words of a header: `n = 4` is three, and so is `n=4`.
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices() {
        if c.is_whitespace() || matches!(c, ',' | '=') {
            if let Some(s) = start.take() {
                out.push(&text[s..i]);
            }
            if c == '=' {
                out.push("=");
            }
        } else {
            start.get_or_insert(i);
        }
    }
    out.extend(start.map(|s| &text[s..]));
    out
}

/// Names and numbers, separated by blanks or commas; in quotes a name may hold both.
fn items(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return out;
        }
        let quoted = rest.strip_prefix('"').and_then(|r| r.split_once('"'));
        let (item, more) = match quoted {
            Some(found) => found,
            None => rest.split_at(rest.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(rest.len())),
        };
        out.push(item);
        rest = more;
    }
}

/// Reads a DL file.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let lower = text.to_ascii_lowercase();
    let data = lower.find("data:").ok_or_else(|| Fault::whole("there is no `data:` in this DL file"))?;
    let (head, body) = (&lower[..data], &text[data + 5..]);
    let labels_at = head.find("labels:");
    let head_words = words(&head[..labels_at.unwrap_or(head.len())]);
    let value = |key: &str| head_words.windows(3).find(|w| w[0] == key && w[1] == "=").map(|w| w[2]);
    if value("nr").is_some() || value("nc").is_some() || value("nm").is_some_and(|m| m != "1") {
        return Err(Fault::whole("a DL file of several or of two-mode matrices is not read: save one square matrix"));
    }
    let n = value("n")
        .and_then(|w| w.parse::<u64>().ok())
        .ok_or_else(|| Fault::whole("the DL header has no n = number"))?;
    let n = believed(n, text.len() as u64).map_err(Fault::whole)?;
    let embedded = head.contains("embedded");
    let mut graph = Graph::default();
    if let Some(at) = labels_at {
        // as written, not in lower case
        let list = &text[at + 7..data];
        let list = list.split("labels embedded").next().unwrap_or(list);
        for label in items(list) {
            graph.node(label)?;
        }
        if graph.len() != n {
            return Err(Fault::whole(format!("{n} nodes are announced and {} labels differ", graph.len())));
        }
    } else if !embedded {
        for v in 1..=n {
            graph.node(&v.to_string())?;
        }
    }
    let by_number = |word: &str, graph: &mut Graph| -> Result<u32, Fault> {
        if embedded {
            let (v, _) = graph.node(word)?;
            return if v < n { Ok(v) } else { Err(Fault::whole(format!("more names than the {n} of the header"))) };
        }
        match word.parse::<u32>() {
            Ok(i) if (1..=n).contains(&i) => Ok(i - 1),
            _ => graph.find(word).ok_or_else(|| Fault::whole(format!("{} is not a node, 1 to {n}", shown(word)))),
        }
    };
    let mut arcs = Vec::new();
    match value("format").unwrap_or("fullmatrix") {
        "fullmatrix" | "fm" => {
            let mut cells = items(body);
            if embedded {
                if cells.len() < n as usize {
                    return Err(Fault::whole(format!("fewer labels than the {n} of the header")));
                }
                let rows = cells.split_off(n as usize);
                for label in cells {
                    graph.node(label)?;
                }
                cells = rows.chunks(n as usize + 1).flat_map(|row| row.iter().skip(1).copied()).collect();
            }
            if cells.len() as u64 != u64::from(n) * u64::from(n) {
                let want = u64::from(n) * u64::from(n);
                return Err(Fault::whole(format!(
                    "{want} numbers are announced, there are {}: is it cut off?",
                    cells.len()
                )));
            }
            for (i, cell) in cells.iter().enumerate() {
                let x: f64 = cell.parse().map_err(|_| Fault::whole(format!("{} is not a number", shown(cell))))?;
                if x != 0.0 {
                    arcs.push([(i / n as usize) as u32, (i % n as usize) as u32]);
                }
            }
        }
        "edgelist1" | "el1" => {
            for line in body.lines().map(str::trim).filter(|l| !l.is_empty()) {
                let list = items(line);
                let [a, b, ..] = list[..] else {
                    return Err(Fault::whole(format!("expected two nodes in a line, found {}", shown(line))));
                };
                arcs.push([by_number(a, &mut graph)?, by_number(b, &mut graph)?]);
                report.ignore("weights", u64::from(list.len() > 2));
            }
        }
        "nodelist1" | "nl1" => {
            for line in body.lines().map(str::trim).filter(|l| !l.is_empty()) {
                let list = items(line);
                let Some((from, to)) = list.split_first() else { continue };
                let from = by_number(from, &mut graph)?;
                for word in to {
                    arcs.push([from, by_number(word, &mut graph)?]);
                }
            }
        }
        other => {
            let found = shown(other);
            return Err(Fault::whole(format!(
                "DL format {found} is not read; it is fullmatrix, edgelist1 or nodelist1"
            )));
        }
    }
    if graph.len() < n && embedded {
        let named = graph.len();
        report.notes.push(format!("{n} nodes are announced, {named} are named: those without links have no names"));
    }
    report.listed = arcs.len() as u64;
    let sorted: std::collections::BTreeSet<[u32; 2]> = arcs.iter().copied().collect();
    let symmetric = arcs.iter().all(|[u, v]| sorted.contains(&[*v, *u]));
    let once = arcs.iter().filter(|[u, v]| !symmetric || u <= v);
    once.for_each(|arc| graph.link(*arc, !symmetric));
    graph.build(!symmetric, options, report)
}
