//! The elements of a GraphML file, from `<graphml>` to a network.

use super::xml::{Token, Xml};
use super::{ANY, COMMAND_SOURCES};
use crate::Overlay;
use crate::io::ReadOptions;
use crate::io::attributes::Attribute;
use crate::io::error::Fault;
use crate::io::graph::Graph;
use crate::io::report::Report;
use crate::io::text::{place_of, shown};
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

/// What a key is for: one id may be used once for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    Graph,
    Node,
    Edge,
}

/// Groups in groups; a file of more is not by an editor.
const DEEPEST: u32 = 64;

/// An edge whose ends are not both declared yet.
struct Early {
    ends: [String; 2],
    directed: bool,
}

pub(super) struct Document<'a, 'r> {
    text: &'a str,
    xml: Xml<'a>,
    report: &'r mut Report,
    /// `graphml:`, if the root element has such a prefix.
    prefix: String,
    keys: BTreeMap<(String, Scope), Key>,
    options: &'r ReadOptions,
    graph: Graph,
    early: Vec<Early>,
    /// What `edgedefault` says, once the graph has begun.
    directed: Option<bool>,
    depth: u32,
    groups: u32,
    graphs: u32,
}

impl<'a, 'r> Document<'a, 'r> {
    pub(super) fn new(text: &'a str, options: &'r ReadOptions, report: &'r mut Report) -> Self {
        Document {
            text,
            xml: Xml::new(text),
            report,
            prefix: String::new(),
            keys: BTreeMap::new(),
            options,
            graph: Graph::default(),
            early: Vec::new(),
            directed: None,
            depth: 0,
            groups: 0,
            graphs: 0,
        }
    }

    pub(super) fn read(mut self) -> Result<Overlay, Fault> {
        self.root()?;
        while let Some(element) = self.child()? {
            match self.name(&element) {
                "key" => self.key(&element)?,
                "graph" if self.directed.is_some() => {
                    self.graphs += 1;
                    self.xml.skip()?;
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
        if self.graphs > 0 {
            let more = self.graphs;
            self.report.notes.push(format!("the file holds {} graphs: the first is read", more + 1));
        }
        if self.groups > 0 {
            let groups = self.groups;
            self.report.notes.push(format!("{groups} groups (nested graphs): group and members are nodes alike"));
        }
        self.graph.build(file_is_directed, self.options, self.report)
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
        let scopes: &[Scope] = match of.as_str() {
            "node" => &[Scope::Node],
            "edge" => &[Scope::Edge],
            "graph" => &[Scope::Graph],
            "all" => &[Scope::Graph, Scope::Node, Scope::Edge],
            _ => &[],
        };
        let mut default_of = None;
        for &scope in scopes {
            let attribute =
                Attribute::from_name(&name).filter(|_| scope == Scope::Node && !self.options.ignore_attributes);
            let key = match attribute {
                Some(attribute) => {
                    default_of = Some(attribute);
                    self.graph.attributes.declare(attribute);
                    Key::Node(attribute)
                }
                None if scope == Scope::Graph && name == COMMAND_SOURCES => Key::Sources,
                None => Key::Unknown(format!("{of} attribute {name}")),
            };
            if self.keys.insert((id.clone(), scope), key).is_some() {
                return Err(self.xml.fault(format!("a second <key> with the id {} for {of}", shown(&id))));
            }
        }
        while let Some(inner) = self.child()? {
            match (self.name(&inner), default_of) {
                ("default", Some(attribute)) => self.value(attribute, None)?,
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    /// The text of the current element is the value of an attribute.
    fn value(&mut self, attribute: Attribute, node: Option<u32>) -> Result<(), Fault> {
        let place = self.xml.start;
        let text = self.xml.text()?;
        let whole = self.text;
        self.graph.attributes.set(attribute, node, &text, || {
            let (line, column) = place_of(whole, place);
            (line, Some(column))
        });
        Ok(())
    }

    fn graph(&mut self, element: &BytesStart<'a>) -> Result<(), Fault> {
        let [default] = self.xml.attributes(element, ["edgedefault"])?;
        let directed = match default.as_deref() {
            Some("directed") => true,
            Some("undirected") => false,
            None if self.depth > 0 => false,
            None => {
                self.report.notes.push("<graph> has no edgedefault: taken as undirected".to_owned());
                false
            }
            Some(other) => {
                let reason = format!("edgedefault is {}; expected directed or undirected", shown(other));
                return Err(self.xml.fault(reason));
            }
        };
        // a nested graph that says nothing is as the one around it
        let directed = if default.is_none() { self.directed.unwrap_or(directed) } else { directed };
        self.directed.get_or_insert(directed);
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.xml.fault(format!("graphs in graphs, more than {DEEPEST} deep")));
        }
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
        self.depth -= 1;
        Ok(())
    }

    fn node(&mut self, element: &BytesStart<'a>) -> Result<(), Fault> {
        let [id] = self.xml.attributes(element, ["id"])?;
        let id = id.ok_or_else(|| self.xml.fault("a <node> has no id"))?;
        let (node, new) = self.graph.node(&id)?;
        if !new {
            return Err(self.xml.fault(format!("a second node with the id {}", shown(&id))));
        }
        while let Some(inner) = self.child()? {
            match self.name(&inner) {
                "data" => self.data(&inner, Some(node))?,
                "graph" => {
                    self.groups += 1;
                    self.graph(&inner)?;
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
        match (self.graph.find(&source), self.graph.find(&target)) {
            (Some(u), Some(v)) => self.graph.link([u, v], directed),
            _ => self.early.push(Early { ends: [source, target], directed }),
        }
        while let Some(inner) = self.child()? {
            match self.name(&inner) {
                "data" => self.edge_data(&inner)?,
                "graph" => return Err(self.xml.fault("an <edge> holds a graph; only nodes can")),
                _ => self.skip(&inner)?,
            }
        }
        Ok(())
    }

    /// `<data>` of a node, or of the graph.
    fn data(&mut self, element: &BytesStart<'a>, node: Option<u32>) -> Result<(), Fault> {
        let scope = if node.is_some() { Scope::Node } else { Scope::Graph };
        match (self.key_of(element, scope)?, node) {
            (Key::Node(attribute), Some(_)) => self.value(attribute, node),
            (Key::Sources, None) => {
                let place = self.xml.start;
                let text = self.xml.text()?;
                if text != ANY {
                    let reason = format!("{COMMAND_SOURCES} is {}; only `{ANY}` is allowed", shown(&text));
                    return Err(self.xml.fault_at(place, format!("{reason}; mark nodes with the attribute source")));
                }
                self.graph.attributes.any_source = !self.options.ignore_attributes;
                Ok(())
            }
            (key, _) => self.ignore_data(key),
        }
    }

    fn edge_data(&mut self, element: &BytesStart<'a>) -> Result<(), Fault> {
        let key = self.key_of(element, Scope::Edge)?;
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

    fn key_of(&self, element: &BytesStart<'a>, scope: Scope) -> Result<Key, Fault> {
        let [id] = self.xml.attributes(element, ["key"])?;
        let id = id.ok_or_else(|| self.xml.fault("a <data> has no key"))?;
        let unknown = || Key::Unknown(format!("undeclared key {}", shown(&id)));
        Ok(self.keys.get(&(id.clone(), scope)).cloned().unwrap_or_else(unknown))
    }

    /// Edges that came before their nodes, or name nodes that nothing declares: these are nodes, as networkx has it.
    fn resolve_early(&mut self) -> Result<(), Fault> {
        for Early { ends: [a, b], directed } in std::mem::take(&mut self.early) {
            let ends = [self.graph.undeclared(&a)?, self.graph.undeclared(&b)?];
            self.graph.link(ends, directed);
        }
        Ok(())
    }
}
