//! JSON in the shapes that programs write networks in.
//!
//! | shape | of |
//! |---|---|
//! | `nodes` and `links` or `edges` | networkx, d3, sigma, graphology, vis.js, JSON Graph Format |
//! | `nodes` and `adjacency` | networkx |
//! | `elements` | Cytoscape |
//! | `id` and `children` | d3, networkx |
//! | a list of pairs, of objects with two ends, or a square matrix | anything |
//! | an object of lists or of objects: a node and its neighbours | networkx |
//!
//! Several values one after the other (a line each) are taken for one list.

mod shapes;

use super::error::Fault;
use super::graph::Graph;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::slurp;
use super::written::{Written, refuse_repeated_names};
use super::{Format, ReadOptions, WriteError};
use crate::Overlay;
use crate::io::attributes::Attribute;
use crate::io::graphml::write::has;
use serde_json::Value;
use std::io::{Read, Write};

pub(super) const ROW: Row = Row {
    format: Format::Json,
    name: "JSON",
    key: "json",
    endings: &["json", "jsonl", "ndjson", "cyjs", "jgf"],
    begins: |head| {
        let text = String::from_utf8_lossy(&head.bytes);
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let inner = text.strip_prefix(['{', '[']).map(str::trim_start);
        inner.is_some_and(|i| {
            i.starts_with(['"', '{', '[', '}', ']', '-']) || i.starts_with(|c: char| c.is_ascii_digit())
        })
    },
    read,
    write: Some(write),
};

/// Reads a JSON file.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let text = long_integers_as_text(&text).unwrap_or(text);
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(&text).into_iter::<Value>() {
        values.push(value.map_err(|e| {
            let text = e.to_string();
            let reason = text.split(" at line ").next().unwrap_or(&text).to_owned();
            Fault::At {
                line: e.line() as u64,
                column: Some(e.column() as u64),
                reason: format!("malformed JSON: {reason}"),
            }
        })?);
    }
    let value = match values.len() {
        0 => return Err(Fault::whole("the file is empty")),
        1 => values.swap_remove(0),
        _ => Value::Array(values),
    };
    let mut shape = shapes::Shape { graph: Graph::default(), directed: false, options, report };
    shape.read(&value)?;
    let shapes::Shape { graph, directed, .. } = shape;
    report.listed = graph.links();
    graph.build(directed, options, report)
}

/// The text with integers in quotes that a parser would round: they are names. `None` if there is none.
fn long_integers_as_text(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut at, mut copied, mut in_string) = (0, 0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if in_string => at += 1,
            b'"' => in_string = !in_string,
            b'0'..=b'9' | b'-' if !in_string => {
                let is_part = |b: &u8| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E');
                let end = bytes[at..].iter().position(|b| !is_part(b)).map_or(bytes.len(), |i| at + i);
                let number = &text[at..end];
                if end - at > 18 && number.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit()) {
                    out.push_str(&text[copied..at]);
                    out.push_str(&format!("\"{number}\""));
                    copied = end;
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    if copied == 0 {
        return None;
    }
    out.push_str(&text[copied..]);
    Some(out)
}

/// Writes node-link JSON as networkx has it (`links`), attributes included.
fn write(overlay: &Overlay, out: &mut dyn Write) -> Result<Written, WriteError> {
    refuse_repeated_names(overlay)?;
    let directed = !overlay.is_symmetric();
    let names = overlay.names();
    let is_word = matches!(names, crate::Names::Strings { .. });
    let name = |v: u32| {
        let name = names.get(v).into_owned();
        if is_word { Value::String(name).to_string() } else { name }
    };
    write!(out, "{{\"directed\": {directed}, \"multigraph\": false, \"graph\": {{}}, \"nodes\": [")?;
    let columns: Vec<Attribute> = Attribute::ALL.into_iter().filter(|a| has(overlay, *a)).collect();
    for v in 0..overlay.nodes() {
        let comma = if v > 0 { "," } else { "" };
        write!(out, "{comma}\n{{\"id\": {}", name(v))?;
        for attribute in &columns {
            let value = attribute.value(overlay, v);
            let value = if *attribute == Attribute::Role { format!("\"{value}\"") } else { value };
            write!(out, ", \"{}\": {value}", attribute.name_and_type().0)?;
        }
        write!(out, "}}")?;
    }
    write!(out, "\n], \"links\": [")?;
    for (i, [u, v]) in overlay.out().iter_arcs().filter(|[u, v]| directed || u < v).enumerate() {
        let comma = if i > 0 { "," } else { "" };
        write!(out, "{comma}\n{{\"source\": {}, \"target\": {}}}", name(u), name(v))?;
    }
    writeln!(out, "\n]}}")?;
    Ok(Written::default())
}
