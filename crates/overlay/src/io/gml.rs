//! GML (Himsolt 1997), as networkx, igraph and the collections of Newman and of the Internet Topology Zoo have it.
//!
//! Nodes are called by their `label`, if every node has one and no two the same, else by their `id`.

use super::error::Fault;
use super::graph::Graph;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::{place_of, shown, slurp};
use super::written::{Written, refuse_repeated_names};
use super::{Format, ReadOptions, WriteError};
use crate::Overlay;
use crate::io::attributes::Attribute;
use crate::io::graphml::write::has;
use quick_xml::escape::resolve_predefined_entity;
use std::io::{Read, Write};

pub(super) const ROW: Row = Row {
    format: Format::Gml,
    name: "GML",
    key: "gml",
    endings: &["gml"],
    begins: |head| begins(&String::from_utf8_lossy(&head.bytes)),
    read,
    write: Some(write),
};

/// Lists in lists; a file of more is not by a program.
const DEEPEST: usize = 64;

/// `graph [`, with nothing but keys and values before it.
fn begins(text: &str) -> bool {
    let mut tokens = Tokens::new(text);
    let mut was_graph = false;
    for i in 0..64 {
        match tokens.next() {
            Ok(Some(Token::Word(word))) if i == 0 && !word.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                return false;
            }
            Ok(Some(Token::Word(word))) => was_graph = word.eq_ignore_ascii_case("graph"),
            Ok(Some(Token::Open)) => return was_graph,
            Ok(Some(Token::Text(_))) => {}
            _ => return false,
        }
    }
    false
}

enum Token<'a> {
    Open,
    Close,
    Word(&'a str),
    /// In quotes.
    Text(&'a str),
}

struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Where the last token begins.
    start: usize,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Tokens<'a> {
        Tokens { text: text.strip_prefix('\u{feff}').unwrap_or(text), at: 0, start: 0 }
    }

    fn fault(&self, reason: impl Into<String>) -> Fault {
        let (line, column) = place_of(self.text, self.start);
        Fault::At { line, column: Some(column), reason: reason.into() }
    }

    fn next(&mut self) -> Result<Option<Token<'a>>, Fault> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte == b'#' {
                self.at = bytes[self.at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |i| self.at + i);
            } else if byte.is_ascii_whitespace() {
                self.at += 1;
            } else {
                break;
            }
        }
        self.start = self.at;
        let rest = &self.text[self.at..];
        let token = match bytes.get(self.at) {
            None => return Ok(None),
            Some(b'[') => Token::Open,
            Some(b']') => Token::Close,
            Some(b'"') => {
                let end = rest[1..].find('"').ok_or_else(|| self.fault("a quote is opened and never closed"))?;
                self.at += end + 2;
                return Ok(Some(Token::Text(&rest[1..=end])));
            }
            Some(_) => {
                let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '[' | ']' | '"'));
                let end = end.unwrap_or(rest.len());
                self.at += end;
                return Ok(Some(Token::Word(&rest[..end])));
            }
        };
        self.at += 1;
        Ok(Some(token))
    }
}

/// What is gathered of a node or an edge until its list ends.
#[derive(Default)]
struct Item {
    id: Option<String>,
    label: Option<String>,
    source: Option<String>,
    target: Option<String>,
    /// Name, value and offset of everything else.
    rest: Vec<(String, String, usize)>,
    start: usize,
}

/// An edge by the ids of its ends, and where it stands.
struct Link {
    ends: [String; 2],
}

/// Reads a GML file.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let mut tokens = Tokens::new(&text);
    let mut graph = Graph::default();
    let mut labels = Vec::new();
    let mut links: Vec<Link> = Vec::new();
    let mut directed = false;
    let mut graphs = 0u32;
    let mut path: Vec<String> = Vec::new();
    let mut item = Item::default();
    while let Some(token) = tokens.next()? {
        let key = match token {
            Token::Close => {
                let Some(closed) = path.pop() else { return Err(tokens.fault("`]` without `[`")) };
                if graphs == 1 && path == ["graph"] {
                    match closed.as_str() {
                        "node" => node(std::mem::take(&mut item), &tokens, &mut graph, &mut labels, options, report)?,
                        "edge" => {
                            let Item { source, target, start, .. } = std::mem::take(&mut item);
                            let (Some(source), Some(target)) = (source, target) else {
                                tokens.start = start;
                                return Err(tokens.fault("an edge needs both source and target"));
                            };
                            links.push(Link { ends: [source, target] });
                        }
                        _ => {}
                    }
                }
                continue;
            }
            Token::Word(word) => word.to_ascii_lowercase(),
            Token::Open | Token::Text(_) => return Err(tokens.fault("expected a key, such as node")),
        };
        let start = tokens.start;
        let (value, is_text) = match tokens.next()? {
            Some(Token::Open) => {
                if path.len() == DEEPEST {
                    return Err(tokens.fault(format!("lists in lists, more than {DEEPEST} deep")));
                }
                graphs += u32::from(path.is_empty() && key == "graph");
                if path == ["graph"] {
                    item = Item { start, ..Item::default() };
                }
                path.push(key);
                continue;
            }
            Some(Token::Word(word)) => (word, false),
            Some(Token::Text(text)) => (text, true),
            _ => return Err(tokens.fault(format!("the key {} has no value", shown(&key)))),
        };
        let value = if is_text { unescaped(value) } else { value.to_owned() };
        match path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["graph"] if key == "directed" => directed = value != "0",
            ["graph", "node" | "edge"] => match key.as_str() {
                "id" => item.id = Some(value),
                "label" => item.label = Some(value),
                "source" if path[1] == "edge" => item.source = Some(value),
                "target" if path[1] == "edge" => item.target = Some(value),
                _ => item.rest.push((key, value, start)),
            },
            _ => {}
        }
    }
    if let Some(open) = path.last() {
        return Err(Fault::whole(format!("the file ends inside {} [: it is cut off", shown(open))));
    }
    if graphs == 0 {
        return Err(Fault::whole("there is no graph [ ] in this file"));
    }
    if graphs > 1 {
        report.notes.push(format!("the file holds {graphs} graphs: the first is read"));
    }
    report.listed = links.len() as u64;
    for Link { ends: [a, b] } in links {
        let known = graph.len();
        let ends = [graph.undeclared(&a)?, graph.undeclared(&b)?];
        (known..graph.len()).for_each(|_| labels.push(None));
        graph.link(ends, directed);
    }
    if !graph.rename(&labels) && labels.iter().any(Option::is_some) {
        report.notes.push("nodes are called by their id: not every node has a label of its own".to_owned());
    }
    graph.build(directed, options, report)
}

fn node(
    item: Item,
    tokens: &Tokens<'_>,
    graph: &mut Graph,
    labels: &mut Vec<Option<String>>,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<(), Fault> {
    let (line, column) = place_of(tokens.text, item.start);
    let at = |reason: String| Fault::At { line, column: Some(column), reason };
    let id = item.id.ok_or_else(|| at("a node has no id".to_owned()))?;
    let (number, new) = graph.node(&id)?;
    if !new {
        return Err(at(format!("a second node with the id {}", shown(&id))));
    }
    labels.push(item.label);
    for (key, value, start) in item.rest {
        graph.attribute(number, &key, &value, options, report, || {
            let (line, column) = place_of(tokens.text, start);
            (line, Some(column))
        });
    }
    Ok(())
}

/// A string without its entities.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let entity = rest[1..].find(';').filter(|length| *length <= 10).map(|length| &rest[1..=length]);
        let found = entity.and_then(|name| match name.strip_prefix('#') {
            Some(number) => {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => number.parse().ok(),
                };
                code.and_then(char::from_u32).map(|c| (c.to_string(), name.len()))
            }
            None => resolve_predefined_entity(name).map(|c| (c.to_owned(), name.len())),
        });
        match found {
            Some((text, length)) => {
                out.push_str(&text);
                rest = &rest[length + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// A name as GML can hold it: ASCII, the rest as entities.
fn escaped(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            '&' => out.push_str("&amp;"),
            ' '..='~' => out.push(c),
            c => out.push_str(&format!("&#{};", u32::from(c))),
        }
    }
    out
}

/// Writes GML, attributes included; names are labels.
fn write(overlay: &Overlay, out: &mut dyn Write) -> Result<Written, WriteError> {
    refuse_repeated_names(overlay)?;
    let directed = !overlay.is_symmetric();
    writeln!(out, "graph [\n  directed {}", u8::from(directed))?;
    let columns: Vec<Attribute> = Attribute::ALL.into_iter().filter(|a| has(overlay, *a)).collect();
    for v in 0..overlay.nodes() {
        writeln!(out, "  node [\n    id {v}\n    label \"{}\"", escaped(&overlay.names().get(v)))?;
        for attribute in &columns {
            let value = attribute.value(overlay, v);
            match attribute {
                Attribute::Role => writeln!(out, "    role \"{value}\"")?,
                Attribute::Source | Attribute::Routable => {
                    writeln!(out, "    {} {}", attribute.name_and_type().0, u8::from(value == "true"))?;
                }
                _ => writeln!(out, "    {} {value}", attribute.name_and_type().0)?,
            }
        }
        writeln!(out, "  ]")?;
    }
    for [u, v] in overlay.out().iter_arcs().filter(|[u, v]| directed || u < v) {
        writeln!(out, "  edge [\n    source {u}\n    target {v}\n  ]")?;
    }
    writeln!(out, "]")?;
    Ok(Written::default())
}
