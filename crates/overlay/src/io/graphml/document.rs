//! The elements of a GraphML file, from `<graphml>` to a network.

use super::attributes::{Attribute, Attributes};
use super::xml::{Token, Xml};
use super::{ANY, COMMAND_SOURCES};
use crate::io::error::{Fault, too_many_nodes};
use crate::io::interner::Interner;
use crate::io::report::Report;
use crate::io::text::shown;
use crate::{Names, Overlay};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// What a `<key>` announces.
#[derive(Clone)]
enum Key {
    Node(Attribute),
    Sources,
    /// For a message: `node attribute label`.
    Unknown(String),
}

/// An edge whose ends are not both declared yet.
struct Early {
    ends: [String; 2],
    directed: bool,
    place: usize,
}

pub(super) struct Document<'a, 'r> {
    xml: Xml<'a>,
    report: &'r mut Report,
    /// `graphml:`, if the root element has such a prefix.
    prefix: String,
    keys: BTreeMap<String, Key>,
    attributes: Attributes,
    names: Interner,
    /// Links without and with a direction.
    edges: Vec<[u32; 2]>,
    arcs: Vec<[u32; 2]>,
    early: Vec<Early>,
    /// What `edgedefault` says, once the graph has begun.
    directed: Option<bool>,
}

impl<'a, 'r> Document<'a, 'r> {
    pub(super) fn new(text: &'a str, report: &'r mut Report) -> Self {
        Document {
            xml: Xml::new(text),
            report,
            prefix: String::new(),
            keys: BTreeMap::new(),
            attributes: Attributes::default(),
            names: Interner::default(),
            edges: Vec::new(),
            arcs: Vec::new(),
            early: Vec::new(),
            directed: None,
        }
    }

    pub(super) fn read(mut self, directed: Option<bool>) -> Result<Overlay, Fault> {
        self.root()?;
        while let Some(element) = self.child()? {
            match self.name(&element) {
                "key" => self.key(&element)?,
                "graph" if self.directed.is_some() => {
                    return Err(self.xml.fault("a second <graph>; a network file holds one: split the file"));
                }
                "graph" => self.graph(&element)?,
                _ => self.skip(&element)?,
            }
        }
        self.nothing_else()?;
        let Some(file_is_directed) = self.directed else {
            return Err(Fault::whole("there is no <graph> in this file"));
        };
        self.resolve_early()?;
        self.build(file_is_directed, directed)
    }

    /// The next element inside the current one; `None` at its end.
    fn child(&mut self) -> Result<Option<BytesStart<'a>>, Fault> {
        loop {
            match self.xml.next()? {
                Token::Start(element) => return Ok(Some(element)),
                Token::End => return Ok(None),
                Token::Text(text) if !text.trim().is_empty() => {
                    let place = self.xml.start + (text.len() - text.trim_start().len());
                    let reason = format!("expected an element, found the text {}", shown(text.trim()));
                    return Err(self.xml.fault_at(place, reason));
                }
                Token::Comment => self.report.comments += 1,
                _ => {}
            }
        }
    }

    /// Everything up to and including the start of `<graphml>`.
    fn root(&mut self) -> Result<(), Fault> {
        loop {
            match self.xml.next()? {
                Token::Start(e) if e.local_name().as_ref() == "graphml" => {
                    let name = e.name();
                    self.prefix = name.as_ref().strip_suffix("graphml").unwrap_or_default().to_owned();
                    return Ok(());
                }
                Token::Start(e) => {
                    let found = shown(&format!("<{}>", e.name().as_ref()));
                    return Err(self.xml.fault(format!("expected <graphml>, found {found}: this is another format")));
                }
                Token::Doctype => self.report.notes.push("the document type is skipped".to_owned()),
                Token::Comment => self.report.comments += 1,
                Token::Text(text) if !text.trim().is_empty() => {
                    return Err(self.xml.fault(format!("expected <graphml>, found {}", shown(text.trim()))));
                }
                Token::EndOfFile => return Err(self.xml.fault("the file ends before <graphml>")),
                _ => {}
            }
        }
    }

    /// After `</graphml>`.
    fn nothing_else(&mut self) -> Result<(), Fault> {
        loop {
            match self.xml.next()? {
                Token::EndOfFile => return Ok(()),
                Token::Start(_) => return Err(self.xml.fault("something follows after </graphml>")),
                Token::Text(text) if !text.trim().is_empty() => {
                    return Err(self.xml.fault("something follows after </graphml>"));
                }
                _ => {}
            }
        }
    }

    /// The element's name if it belongs to GraphML; else a name that nothing has.
    fn name<'e>(&self, element: &'e BytesStart<'a>) -> &'e str {
        element.name().0.strip_prefix(self.prefix.as_str()).unwrap_or("")
    }

    /// Leaves out an element. Descriptions and data say nothing about the network; the rest is counted.
    fn skip(&mut self, element: &BytesStart<'a>) -> Result<(), Fault> {
        if !matches!(self.name(element), "desc" | "data") {
            self.report.ignore(format!("element <{}>", element.name().0), 1);
        }
        self.xml.skip()
    }

    fn key(&mut self, element: &BytesStart<'a>) -> Result<(), Fault> {
        let [id, of, name] = self.xml.attributes(element, ["id", "for", "attr.name"])?;
        let id = id.ok_or_else(|| self.xml.fault("a <key> has no id"))?;
        let of = of.unwrap_or_else(|| "all".to_owned());
        let name = name.unwrap_or_else(|| id.clone());
        let is_of = |what: &str| of == what || of == "all";
        let key = match Attribute::from_name(&name) {
            Some(attribute) if is_of("node") => {
                if !self.attributes.declare(attribute) {
                    let reason = format!("a second node attribute {}; case does not matter: rename one", shown(&name));
                    return Err(self.xml.fault(reason));
                }
                Key::Node(attribute)
            }
            _ if is_of("graph") && name == COMMAND_SOURCES => Key::Sources,
            _ => Key::Unknown(format!("{of} attribute {name}")),
        };
        if self.keys.insert(id.clone(), key.clone()).is_some() {
            return Err(self.xml.fault(format!("a second <key> with the id {}", shown(&id))));
        }
        while let Some(inner) = self.child()? {
            match (self.name(&inner), &key) {
                ("default", Key::Node(attribute)) => self.value(*attribute, None)?,
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    /// The text of the current element is the value of an attribute.
    fn value(&mut self, attribute: Attribute, node: Option<u32>) -> Result<(), Fault> {
        let place = self.xml.start;
        let text = self.xml.text()?;
        self.attributes.set(attribute, node, &text).map_err(|reason| self.xml.fault_at(place, reason))
    }

    fn graph(&mut self, element: &BytesStart<'a>) -> Result<(), Fault> {
        let [default] = self.xml.attributes(element, ["edgedefault"])?;
        let directed = match default.as_deref() {
            Some("directed") => true,
            Some("undirected") => false,
            None => {
                self.report.notes.push("<graph> has no edgedefault: taken as undirected".to_owned());
                false
            }
            Some(other) => {
                let reason = format!("edgedefault is {}; expected directed or undirected", shown(other));
                return Err(self.xml.fault(reason));
            }
        };
        self.directed = Some(directed);
        while let Some(inner) = self.child()? {
            match self.name(&inner) {
                "node" => self.node(&inner)?,
                "edge" => self.edge(&inner, directed)?,
                "data" => self.data(&inner, None)?,
                "hyperedge" => {
                    return Err(self.xml.fault("hyperedges are not supported: an edge joins two nodes"));
                }
                _ => self.skip(&inner)?,
            }
        }
        Ok(())
    }

    fn node(&mut self, element: &BytesStart<'a>) -> Result<(), Fault> {
        let [id] = self.xml.attributes(element, ["id"])?;
        let id = id.ok_or_else(|| self.xml.fault("a <node> has no id"))?;
        let (node, new) = self.names.add(&id).ok_or_else(too_many_nodes)?;
        if !new {
            return Err(self.xml.fault(format!("a second node with the id {}", shown(&id))));
        }
        while let Some(inner) = self.child()? {
            match self.name(&inner) {
                "data" => self.data(&inner, Some(node))?,
                "graph" => {
                    let reason =
                        format!("node {} holds a graph of its own; nested graphs are not supported", shown(&id));
                    return Err(self.xml.fault(format!("{reason}: ungroup it")));
                }
                _ => self.skip(&inner)?,
            }
        }
        Ok(())
    }

    fn edge(&mut self, element: &BytesStart<'a>, default: bool) -> Result<(), Fault> {
        let [source, target, directed] = self.xml.attributes(element, ["source", "target", "directed"])?;
        let (Some(source), Some(target)) = (source, target) else {
            return Err(self.xml.fault("an <edge> needs both source and target"));
        };
        let directed = match directed.as_deref() {
            None => default,
            Some("true" | "1") => true,
            Some("false" | "0") => false,
            Some(other) => {
                return Err(self.xml.fault(format!("directed is {}; expected true or false", shown(other))));
            }
        };
        self.report.listed += 1;
        match (self.names.find(&source), self.names.find(&target)) {
            (Some(u), Some(v)) => self.link([u, v], directed),
            _ => self.early.push(Early { ends: [source, target], directed, place: self.xml.start }),
        }
        while let Some(inner) = self.child()? {
            match self.name(&inner) {
                "data" => self.edge_data(&inner)?,
                "graph" => return Err(self.xml.fault("an <edge> holds a graph; nested graphs are not supported")),
                _ => self.skip(&inner)?,
            }
        }
        Ok(())
    }

    fn link(&mut self, ends: [u32; 2], directed: bool) {
        if directed { self.arcs.push(ends) } else { self.edges.push(ends) }
    }

    /// `<data>` of a node, or of the graph.
    fn data(&mut self, element: &BytesStart<'a>, node: Option<u32>) -> Result<(), Fault> {
        match (self.key_of(element)?, node) {
            (Key::Node(attribute), Some(_)) => self.value(attribute, node),
            (Key::Sources, None) => {
                let place = self.xml.start;
                let text = self.xml.text()?;
                if text != ANY {
                    let reason = format!("{COMMAND_SOURCES} is {}; only `{ANY}` is allowed", shown(&text));
                    return Err(self.xml.fault_at(place, format!("{reason}; mark nodes with the attribute source")));
                }
                self.attributes.any_source = true;
                Ok(())
            }
            (key, _) => self.ignore_data(key),
        }
    }

    fn edge_data(&mut self, element: &BytesStart<'a>) -> Result<(), Fault> {
        let key = self.key_of(element)?;
        self.ignore_data(key)
    }

    fn ignore_data(&mut self, key: Key) -> Result<(), Fault> {
        let what = match key {
            Key::Unknown(what) => what,
            Key::Sources => format!("{COMMAND_SOURCES} outside <graph>"),
            Key::Node(attribute) => format!("{} outside a node", attribute.name_and_type().0),
        };
        self.report.ignore(what, 1);
        self.xml.skip()
    }

    fn key_of(&self, element: &BytesStart<'a>) -> Result<Key, Fault> {
        let [id] = self.xml.attributes(element, ["key"])?;
        let id = id.ok_or_else(|| self.xml.fault("a <data> has no key"))?;
        Ok(self.keys.get(&id).cloned().unwrap_or_else(|| Key::Unknown(format!("undeclared key {}", shown(&id)))))
    }

    /// Edges that came before their nodes.
    fn resolve_early(&mut self) -> Result<(), Fault> {
        for Early { ends, directed, place } in std::mem::take(&mut self.early) {
            let find = |name: &String| {
                self.names.find(name).ok_or_else(|| {
                    self.xml.fault_at(place, format!("an edge names the node {}, which is not declared", shown(name)))
                })
            };
            let ends = [find(&ends[0])?, find(&ends[1])?];
            self.link(ends, directed);
        }
        Ok(())
    }

    fn build(self, file_is_directed: bool, wanted: Option<bool>) -> Result<Overlay, Fault> {
        let Document { report, attributes, names, mut edges, mut arcs, .. } = self;
        let n = names.len() as u32;
        let has_direction = file_is_directed || !arcs.is_empty();
        let overlay = if wanted.unwrap_or(has_direction) {
            for [u, v] in edges {
                arcs.push([u, v]);
                if u != v {
                    arcs.push([v, u]);
                }
            }
            report.arcs(n, &arcs)
        } else {
            report.direction_dropped = has_direction;
            edges.append(&mut arcs);
            report.edges(n, &edges)
        };
        let names = Names::from_strings((0..n).map(|v| names.get(v)));
        attributes.fill(overlay.with_names(names), &mut report.notes)
    }
}
