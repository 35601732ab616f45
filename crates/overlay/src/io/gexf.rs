//! GEXF (Gephi's exchange format, 1.1 to 1.3), as networkx and Gephi write it.

use super::error::Fault;
use super::graph::Graph;
use super::graphml::write::{escaped, has, is_xml};
use super::graphml::xml::{Token, Xml, root};
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::{place_of, shown, slurp};
use super::written::{Written, refuse_repeated_names};
use super::{Format, ReadOptions, WriteError};
use crate::Overlay;
use crate::io::attributes::Attribute;
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;
use std::io::{Read, Write};

pub(super) const ROW: Row = Row {
    format: Format::Gexf,
    name: "GEXF",
    key: "gexf",
    endings: &["gexf"],
    begins: |head| root(&head.bytes).is_some_and(|root| root == "gexf"),
    read,
    write: Some(write),
};

/// Reads a GEXF file. Dynamics, colours and places are ignored; a node in a node is a node.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let mut reader = Reader {
        text: &text,
        xml: Xml::new(&text),
        graph: Graph::default(),
        titles: BTreeMap::new(),
        class: String::new(),
        early: Vec::new(),
        directed: None,
        node: Vec::new(),
        options,
        report,
    };
    reader.elements()?;
    let Some(directed) = reader.directed else {
        return Err(Fault::whole("there is no <graph> in this file"));
    };
    for (ends, directed) in std::mem::take(&mut reader.early) {
        let ends = [reader.graph.undeclared(&ends[0])?, reader.graph.undeclared(&ends[1])?];
        reader.graph.link(ends, directed);
    }
    reader.graph.build(directed, options, reader.report)
}

struct Reader<'a, 'r> {
    text: &'a str,
    xml: Xml<'a>,
    graph: Graph,
    /// Titles of node attributes by their ids.
    titles: BTreeMap<String, String>,
    /// What the attributes that are declared now are for.
    class: String,
    early: Vec<([String; 2], bool)>,
    directed: Option<bool>,
    /// The open elements: the node that each is, or is in.
    node: Vec<Option<u32>>,
    options: &'r ReadOptions,
    report: &'r mut Report,
}

impl<'a> Reader<'a, '_> {
    /// All elements, in order; what each means depends on its name and on the node around it alone.
    fn elements(&mut self) -> Result<(), Fault> {
        loop {
            match self.xml.next()? {
                Token::Start(element) => {
                    let around = self.node.last().copied().flatten();
                    let node = self.element(&element, around)?;
                    self.node.push(node.or(around));
                }
                Token::End => drop(self.node.pop()),
                Token::Comment => self.report.comments += 1,
                Token::EndOfFile => return Ok(()),
                _ => {}
            }
        }
    }

    /// The node that this element is, if it is one.
    fn element(&mut self, element: &BytesStart<'a>, around: Option<u32>) -> Result<Option<u32>, Fault> {
        match element.local_name().as_ref() {
            "graph" => {
                if self.directed.is_some() {
                    return Err(self.xml.fault("a second <graph>; a network file holds one: split the file"));
                }
                let [kind] = self.xml.attributes(element, ["defaultedgetype"])?;
                self.directed = Some(kind.as_deref() == Some("directed"));
            }
            "attributes" => {
                let [class] = self.xml.attributes(element, ["class"])?;
                self.class = class.unwrap_or_default();
            }
            "attribute" if self.class == "node" => {
                if let [Some(id), Some(title)] = self.xml.attributes(element, ["id", "title"])? {
                    self.titles.insert(id, title);
                }
            }
            "node" => {
                let [id] = self.xml.attributes(element, ["id"])?;
                let id = id.ok_or_else(|| self.xml.fault("a <node> has no id"))?;
                let (node, new) = self.graph.node(&id)?;
                if !new {
                    return Err(self.xml.fault(format!("a second node with the id {}", shown(&id))));
                }
                return Ok(Some(node));
            }
            "attvalue" => {
                let [key, old, value] = self.xml.attributes(element, ["for", "id", "value"])?;
                if let (Some(node), Some(key), Some(value)) = (around, key.or(old), value) {
                    let title = self.titles.get(&key).cloned().unwrap_or(key);
                    let (text, start) = (self.text, self.xml.start);
                    self.graph.attribute(node, &title, &value, self.options, self.report, || {
                        let (line, column) = place_of(text, start);
                        (line, Some(column))
                    });
                }
            }
            "edge" => self.edge(element)?,
            _ => {}
        }
        Ok(None)
    }

    fn edge(&mut self, element: &BytesStart<'a>) -> Result<(), Fault> {
        let [source, target, kind] = self.xml.attributes(element, ["source", "target", "type"])?;
        let (Some(source), Some(target)) = (source, target) else {
            return Err(self.xml.fault("an <edge> needs both source and target"));
        };
        let directed = match kind.as_deref() {
            None => self.directed.unwrap_or(false),
            Some("directed") => true,
            Some("undirected" | "mutual") => false,
            Some(other) => {
                return Err(self
                    .xml
                    .fault(format!("type is {}; expected directed, undirected or mutual", shown(other))));
            }
        };
        self.report.listed += 1;
        match (self.graph.find(&source), self.graph.find(&target)) {
            (Some(u), Some(v)) => self.graph.link([u, v], directed),
            _ => self.early.push(([source, target], directed)),
        }
        Ok(())
    }
}

/// Writes GEXF 1.3, attributes included.
fn write(overlay: &Overlay, out: &mut dyn Write) -> Result<Written, WriteError> {
    refuse_repeated_names(overlay)?;
    let names = overlay.names();
    for v in 0..overlay.nodes() {
        let name = names.get(v);
        if !name.chars().all(is_xml) {
            let reason = "holds a character that XML cannot hold";
            return Err(WriteError::Name { format: Format::Gexf, name: name.into_owned(), reason });
        }
    }
    let directed = !overlay.is_symmetric();
    let kind = if directed { "directed" } else { "undirected" };
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<gexf xmlns="http://gexf.net/1.3" version="1.3">"#)?;
    writeln!(out, r#"  <graph mode="static" defaultedgetype="{kind}">"#)?;
    let columns: Vec<Attribute> = Attribute::ALL.into_iter().filter(|a| has(overlay, *a)).collect();
    if !columns.is_empty() {
        writeln!(out, r#"    <attributes class="node">"#)?;
        for attribute in &columns {
            let (name, kind) = attribute.name_and_type();
            let kind = if kind == "int" { "integer" } else { kind };
            writeln!(out, r#"      <attribute id="{name}" title="{name}" type="{kind}"/>"#)?;
        }
        writeln!(out, "    </attributes>")?;
    }
    writeln!(out, "    <nodes>")?;
    for v in 0..overlay.nodes() {
        let name = names.get(v);
        write!(out, r#"      <node id="{}" label="{}""#, escaped(&name), escaped(&name))?;
        if columns.is_empty() {
            writeln!(out, "/>")?;
            continue;
        }
        write!(out, "><attvalues>")?;
        for attribute in &columns {
            let value = attribute.value(overlay, v);
            write!(out, r#"<attvalue for="{}" value="{value}"/>"#, attribute.name_and_type().0)?;
        }
        writeln!(out, "</attvalues></node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for (i, [u, v]) in overlay.out().iter_arcs().filter(|[u, v]| directed || u < v).enumerate() {
        let (source, target) = (names.get(u), names.get(v));
        writeln!(out, r#"      <edge id="{i}" source="{}" target="{}"/>"#, escaped(&source), escaped(&target))?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")?;
    Ok(Written::default())
}
