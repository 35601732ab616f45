//! What a JSON value says about nodes and links, shape by shape.

use crate::io::ReadOptions;
use crate::io::error::Fault;
use crate::io::graph::Graph;
use crate::io::report::Report;
use crate::io::text::shown;
use serde_json::{Map, Value};

const EXPECTED: &str =
    "expected nodes and links (or edges, adjacency, elements, children), a list of pairs, or lists of neighbours";
/// Keys of a node's name, and of the ends of a link, the usual ones first.
const NAMES: [&str; 4] = ["id", "key", "name", "label"];
const ENDS: [[&str; 2]; 7] = [
    ["source", "target"],
    ["from", "to"],
    ["src", "dst"],
    ["start", "end"],
    ["sourceId", "targetId"],
    ["u", "v"],
    ["a", "b"],
];

pub(super) struct Shape<'r> {
    pub(super) graph: Graph,
    pub(super) directed: bool,
    pub(super) options: &'r ReadOptions,
    pub(super) report: &'r mut Report,
}

/// A name: a string, a number, or what networkx makes of a tuple.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Array(list) => {
            let names: Option<Vec<String>> = list.iter().map(name).collect();
            Some(format!("({})", names?.join(", ")))
        }
        _ => None,
    }
}

fn wrong(place: &str, i: usize, value: &Value, expected: &str) -> Fault {
    let text: String = value.to_string().chars().take(60).collect();
    Fault::whole(format!("{place}[{i}]: expected {expected}, found {}", shown(&text)))
}

impl Shape<'_> {
    /// Reads the whole value.
    pub(super) fn read(&mut self, value: &Value) -> Result<(), Fault> {
        match value {
            Value::Object(object) => self.object(object),
            Value::Array(list) => self.list(list),
            _ => Err(Fault::whole(format!("this JSON is no network: {EXPECTED}"))),
        }
    }

    fn object(&mut self, object: &Map<String, Value>) -> Result<(), Fault> {
        // what is around the graph in JSON Graph Format
        if let Some(Value::Object(inner)) =
            object.get("graph").filter(|g| g.get("nodes").is_some() || g.get("edges").is_some())
        {
            return self.object(inner);
        }
        if let Some(Value::Array(graphs)) = object.get("graphs")
            && let Some(Value::Object(first)) = graphs.first()
        {
            if graphs.len() > 1 {
                self.report.notes.push(format!("the file holds {} graphs: the first is read", graphs.len()));
            }
            return self.object(first);
        }
        let kind = object.get("options").and_then(|o| o.get("type")).and_then(Value::as_str);
        self.directed = object.get("directed").and_then(Value::as_bool).unwrap_or(kind == Some("directed"))
            || object.get("data").and_then(|d| d.get("directed")).and_then(Value::as_bool) == Some(true);
        if let Some(elements) = object.get("elements") {
            return self.elements(elements);
        }
        let links = ["links", "edges"].into_iter().find_map(|key| object.get(key).map(|list| (key, list)));
        match (object.get("nodes"), links, object.get("adjacency")) {
            (Some(nodes), None, Some(Value::Array(rows))) => self.adjacency(nodes, rows),
            (nodes, Some((key, Value::Array(links))), _) if nodes.is_none_or(|n| n.is_array() || n.is_object()) => {
                let by_number = match nodes {
                    Some(nodes) => self.nodes(nodes)?,
                    None => false,
                };
                self.links(key, links, by_number && nodes.is_some())
            }
            (Some(Value::Array(nodes)), None, None) if nodes.iter().any(|n| n.get("children").is_none()) => {
                Err(Fault::whole("this JSON has nodes and neither links nor edges"))
            }
            _ if object.contains_key("children") => self.tree(object),
            _ => self.neighbours(object),
        }
    }

    /// Declares nodes. Whether links may name them by their place.
    fn nodes(&mut self, nodes: &Value) -> Result<bool, Fault> {
        let mut has_ids = true;
        match nodes {
            Value::Array(list) => {
                for (i, node) in list.iter().enumerate() {
                    let data = node.get("data").filter(|d| d.is_object()).unwrap_or(node);
                    let own = match data {
                        Value::Object(object) => {
                            has_ids &= object.contains_key("id") || object.contains_key("key");
                            NAMES.iter().find_map(|key| object.get(*key).and_then(name))
                        }
                        scalar => name(scalar),
                    };
                    let own = match own {
                        Some(own) => own,
                        None if data.is_object() => i.to_string(),
                        None => return Err(wrong("nodes", i, node, "a node")),
                    };
                    let (number, new) = self.graph.node(&own)?;
                    if !new {
                        return Err(wrong("nodes", i, node, "a name that no node before has"));
                    }
                    if let Value::Object(object) = data {
                        self.attributes(number, object);
                    }
                }
            }
            Value::Object(map) => {
                for (id, node) in map {
                    let (number, _) = self.graph.node(id)?;
                    if let Value::Object(object) = node {
                        self.attributes(number, object.get("metadata").and_then(Value::as_object).unwrap_or(object));
                    }
                }
            }
            _ => return Err(Fault::whole(format!("`nodes` is neither a list nor an object: {EXPECTED}"))),
        }
        Ok(!has_ids || nodes.is_array())
    }

    fn attributes(&mut self, node: u32, object: &Map<String, Value>) {
        for (key, value) in object {
            if NAMES.contains(&key.as_str()) {
                continue;
            }
            if let (Value::Object(inner), "attributes") = (value, key.as_str()) {
                self.attributes(node, inner);
                continue;
            }
            let text = name(value).unwrap_or_else(|| value.to_string());
            self.graph.attribute(node, key, &text, self.options, self.report, || (1, None));
        }
    }

    /// Links between declared nodes: by name, or by place if no end is a name that is known.
    fn links(&mut self, place: &str, links: &[Value], may_be_places: bool) -> Result<(), Fault> {
        let mut ends = Vec::with_capacity(links.len());
        for (i, link) in links.iter().enumerate() {
            let data = link.get("data").filter(|d| d.is_object()).unwrap_or(link);
            let pair = match data {
                Value::Object(object) => {
                    ENDS.iter().find_map(|[a, b]| Some([end(object.get(*a)?)?, end(object.get(*b)?)?]))
                }
                Value::Array(list) if list.len() >= 2 => name(&list[0]).zip(name(&list[1])).map(|(a, b)| [a, b]),
                _ => None,
            };
            let pair = pair.ok_or_else(|| wrong(place, i, link, "source and target"))?;
            let directed = match (data.get("directed"), data.get("undirected")) {
                (Some(Value::Bool(directed)), _) => *directed,
                (_, Some(Value::Bool(undirected))) => !undirected,
                _ => self.directed,
            };
            ends.push((pair, directed));
        }
        let n = self.graph.len();
        let strange = ends.iter().any(|(pair, _)| pair.iter().any(|name| self.graph.find(name).is_none()));
        let number = |name: &String| name.parse::<u32>().ok().filter(|i| *i < n);
        let are_places = may_be_places
            && strange
            && links.iter().all(|l| ["source", "target"].iter().all(|k| l.get(k).is_some_and(Value::is_u64)))
            && ends.iter().all(|(pair, _)| pair.iter().all(|name| number(name).is_some()));
        if are_places {
            self.report.notes.push("links name nodes by their place in the list".to_owned());
        }
        for (pair, directed) in ends {
            let mut numbers = [0; 2];
            for (out, name) in numbers.iter_mut().zip(&pair) {
                *out = match number(name).filter(|_| are_places) {
                    Some(place) => place,
                    None if n == 0 => self.graph.node(name)?.0,
                    None => self.graph.undeclared(name)?,
                };
            }
            self.graph.link(numbers, directed);
        }
        Ok(())
    }

    /// networkx: the neighbours of each node, in the order of the nodes.
    fn adjacency(&mut self, nodes: &Value, rows: &[Value]) -> Result<(), Fault> {
        self.nodes(nodes)?;
        let n = self.graph.len();
        for (u, row) in rows.iter().enumerate() {
            let list = row.as_array().filter(|_| (u as u64) < u64::from(n));
            let list = list.ok_or_else(|| wrong("adjacency", u, row, "a list of neighbours for each of the nodes"))?;
            for neighbour in list {
                let to = end(neighbour).ok_or_else(|| wrong("adjacency", u, row, "neighbours"))?;
                let v = self.graph.undeclared(&to)?;
                self.graph.link([u as u32, v], self.directed);
            }
        }
        Ok(())
    }

    /// Cytoscape: nodes and edges, apart or in one list.
    fn elements(&mut self, elements: &Value) -> Result<(), Fault> {
        match elements {
            Value::Object(object) => {
                self.nodes(object.get("nodes").unwrap_or(&Value::Array(Vec::new())))?;
                let edges = object.get("edges").and_then(Value::as_array);
                self.links("edges", edges.map_or(&[], Vec::as_slice), false)
            }
            Value::Array(list) => {
                let is_link = |e: &&Value| e.get("data").is_some_and(|d| d.get("source").is_some());
                let nodes: Vec<Value> = list.iter().filter(|e| !is_link(e)).cloned().collect();
                let links: Vec<Value> = list.iter().filter(is_link).cloned().collect();
                self.nodes(&Value::Array(nodes))?;
                self.links("elements", &links, false)
            }
            _ => Err(Fault::whole(format!("`elements` is neither a list nor an object: {EXPECTED}"))),
        }
    }

    /// A tree: the depth of JSON itself is limited.
    fn tree(&mut self, root: &Map<String, Value>) -> Result<(), Fault> {
        let mut open: Vec<(Option<u32>, &Map<String, Value>)> = vec![(None, root)];
        while let Some((parent, node)) = open.pop() {
            let own = NAMES.iter().find_map(|key| node.get(*key).and_then(name));
            let own = own.ok_or_else(|| Fault::whole("a node of the tree has neither id nor name"))?;
            let (number, new) = self.graph.node(&own)?;
            if !new {
                return Err(Fault::whole(format!("two nodes of the tree are called {}", shown(&own))));
            }
            if let Some(parent) = parent {
                self.graph.link([parent, number], false);
            }
            let children = node.get("children").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            for child in children.iter().rev() {
                let child = child.as_object().ok_or_else(|| Fault::whole("a child in the tree is no object"))?;
                open.push((Some(number), child));
            }
        }
        Ok(())
    }

    /// A node and its neighbours: `{"a": ["b"]}`, `{"a": {"b": {}}}`.
    fn neighbours(&mut self, object: &Map<String, Value>) -> Result<(), Fault> {
        let is_row = |value: &Value| match value {
            Value::Array(list) => list.iter().all(|v| name(v).is_some() && !v.is_array()),
            Value::Object(inner) => inner.values().all(|v| v.is_object() || v.is_number() || v.is_null()),
            _ => false,
        };
        let declared = |value: &Value| match value {
            Value::Array(list) => list.iter().all(|v| name(v).is_some_and(|n| object.contains_key(&n))),
            Value::Object(inner) => inner.keys().all(|k| object.contains_key(k)),
            _ => false,
        };
        // of lists of neighbours, most neighbours have a list of their own
        if object.is_empty() || !object.values().all(is_row) || !object.values().any(declared) {
            return Err(Fault::whole(format!("this JSON is no network: {EXPECTED}")));
        }
        for key in object.keys() {
            self.graph.node(key)?;
        }
        for (key, value) in object {
            let u = self.graph.node(key)?.0;
            let names: Vec<String> = match value {
                Value::Array(list) => list.iter().filter_map(name).collect(),
                Value::Object(inner) => inner.keys().cloned().collect(),
                _ => Vec::new(),
            };
            for to in names {
                let v = self.graph.undeclared(&to)?;
                self.graph.link([u, v], false);
            }
        }
        Ok(())
    }

    /// Pairs, objects with two ends, or a matrix.
    fn list(&mut self, list: &[Value]) -> Result<(), Fault> {
        let row = |v: &Value| v.as_array().is_some_and(|r| r.len() == list.len() && r.iter().all(Value::is_number));
        if list.len() > 2 && list.iter().all(row) {
            let mut arcs = Vec::new();
            for (u, row) in list.iter().enumerate() {
                self.graph.node(&u.to_string())?;
                let values = row.as_array().map_or(&[][..], Vec::as_slice);
                arcs.extend(
                    values
                        .iter()
                        .enumerate()
                        .filter(|(_, x)| x.as_f64() != Some(0.0))
                        .map(|(v, _)| [u as u32, v as u32]),
                );
            }
            let sorted: std::collections::BTreeSet<[u32; 2]> = arcs.iter().copied().collect();
            let symmetric = arcs.iter().all(|[u, v]| sorted.contains(&[*v, *u]));
            self.directed = !symmetric;
            arcs.into_iter().for_each(|arc| self.graph.link(arc, !symmetric));
            self.report.notes.push("a matrix: nodes are called 0, 1, …".to_owned());
            return Ok(());
        }
        if let [Value::Object(only)] = list
            && (only.contains_key("nodes") || only.contains_key("elements"))
        {
            return self.object(only);
        }
        // Cytoscape without what is around it
        if list.iter().all(|e| e.get("data").is_some()) && !list.is_empty() {
            return self.elements(&Value::Array(list.to_vec()));
        }
        if list.is_empty() {
            return Err(Fault::whole(format!("an empty list: {EXPECTED}")));
        }
        self.links("list", list, false)
    }
}

/// The name of an end: as it stands, or that of the node which d3 puts there.
fn end(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => NAMES.iter().find_map(|key| object.get(*key).and_then(name)),
        other => name(other),
    }
}
