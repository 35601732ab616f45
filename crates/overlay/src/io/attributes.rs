//! The node attributes that fill an overlay, whatever the format that gives them.
//!
//! An attribute may be called `role` and mean something else. If no value of it is one of ours, it is left alone, and the
//! report says so; if some are and some are not, the file is refused: a slip must not change who is who.

use crate::io::error::Fault;
use crate::io::interner::Interner;
use crate::io::text::shown;
use crate::{Names, Overlay, Role, Sources};
use std::collections::BTreeMap;

/// A node attribute that is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) enum Attribute {
    Role,
    Source,
    Provider,
    Routable,
    Layer,
    Cost,
}

impl Attribute {
    pub(in crate::io) const ALL: [Attribute; 6] = [
        Attribute::Role,
        Attribute::Source,
        Attribute::Provider,
        Attribute::Routable,
        Attribute::Layer,
        Attribute::Cost,
    ];

    /// What it means and which values are allowed, in a line.
    pub(in crate::io) const fn meaning(self) -> &'static str {
        match self {
            Attribute::Role => "operator, server, relay or peer [a node without it: peer]",
            Attribute::Source => "true or false: commands enter here [a node without it: false]",
            Attribute::Provider => {
                "whole number or name: who hosts the node; a column country of --nodes stands for it"
            }
            Attribute::Routable => "true or false: whether the node can be dialled",
            Attribute::Layer => "0 to 65535: how far below the top the node stands",
            Attribute::Cost => "number above 0: what removing the node costs",
        }
    }

    /// The name and the type in files.
    pub(in crate::io) const fn name_and_type(self) -> (&'static str, &'static str) {
        match self {
            Attribute::Role => ("role", "string"),
            Attribute::Source => ("source", "boolean"),
            Attribute::Provider => ("provider", "long"),
            Attribute::Routable => ("routable", "boolean"),
            Attribute::Layer => ("layer", "int"),
            Attribute::Cost => ("cost", "double"),
        }
    }

    /// The value of a node, as files have it, of an overlay that has the attribute.
    pub(in crate::io) fn value(self, overlay: &Overlay, v: u32) -> String {
        let i = v as usize;
        match self {
            Attribute::Role => overlay.role(v).to_string(),
            Attribute::Source => match overlay.sources() {
                Sources::Nodes(list) => list.binary_search(&v).is_ok().to_string(),
                Sources::AnyNode => "false".to_owned(),
            },
            Attribute::Provider => overlay.provider().map_or(String::new(), |p| p[i].to_string()),
            Attribute::Routable => overlay.routable().map_or(String::new(), |r| r[i].to_string()),
            Attribute::Layer => overlay.layer().map_or(String::new(), |l| l[i].to_string()),
            // the shortest digits that read back as the same number
            Attribute::Cost => overlay.cost().map_or(String::new(), |c| format!("{:?}", c[i])),
        }
    }

    /// By its name, in any case.
    pub(in crate::io) fn from_name(name: &str) -> Option<Attribute> {
        Attribute::ALL.into_iter().find(|a| a.name_and_type().0.eq_ignore_ascii_case(name))
    }
}

/// One attribute of all nodes, as far as given.
struct Column<T> {
    values: Vec<Option<T>>,
    default: Option<T>,
}

impl<T: Clone> Column<T> {
    /// `node`: `None` for the default.
    fn set(&mut self, node: Option<u32>, value: T) {
        match node {
            None => self.default = Some(value),
            Some(v) => {
                let v = v as usize;
                if self.values.len() <= v {
                    self.values.resize(v + 1, None);
                }
                self.values[v] = Some(value);
            }
        }
    }

    /// One value a node: its own, the file's default, the fallback; else an error about the first node without.
    fn complete(mut self, what: &str, fallback: Option<T>, names: &Names, n: u32) -> Result<Vec<T>, Fault> {
        self.values.resize(n as usize, None);
        let default = self.default.or(fallback);
        let pick = |(v, value): (usize, Option<T>)| {
            value.or_else(|| default.clone()).ok_or_else(|| {
                let name = shown(&names.get(v as u32));
                let advice =
                    "give every node one, or a <default> in the <key>, or leave it out with --ignore-attributes";
                Fault::whole(format!("node {name} has no {what}, but the file declares it: {advice}"))
            })
        };
        self.values.into_iter().enumerate().map(pick).collect()
    }
}

/// Values that are not ours.
struct Strange {
    /// What is wrong with the first, where.
    fault: Fault,
    text: String,
    times: u64,
}

/// All attributes; those that the file declares are there.
#[derive(Default)]
pub(in crate::io) struct Attributes {
    role: Option<Column<Role>>,
    source: Option<Column<bool>>,
    /// Numbers of [`Attributes::provider_names`].
    provider: Option<Column<u32>>,
    provider_names: Interner,
    routable: Option<Column<bool>>,
    layer: Option<Column<u16>>,
    cost: Option<Column<f64>>,
    strange: BTreeMap<&'static str, Strange>,
    /// How many values were taken, by attribute.
    taken: BTreeMap<&'static str, u64>,
    /// The graph says that commands enter anywhere.
    pub(in crate::io) any_source: bool,
}

impl Attributes {
    /// The file declares this attribute, with or without values.
    pub(in crate::io) fn declare(&mut self, attribute: Attribute) {
        fn new<T>(column: &mut Option<Column<T>>) {
            column.get_or_insert_with(|| Column { values: Vec::new(), default: None });
        }
        match attribute {
            Attribute::Role => new(&mut self.role),
            Attribute::Source => new(&mut self.source),
            Attribute::Provider => new(&mut self.provider),
            Attribute::Routable => new(&mut self.routable),
            Attribute::Layer => new(&mut self.layer),
            Attribute::Cost => new(&mut self.cost),
        }
    }

    /// Takes the value of an attribute; `node` is `None` for the default. `place`: line and column of the value.
    pub(in crate::io) fn set(
        &mut self,
        attribute: Attribute,
        node: Option<u32>,
        text: &str,
        place: impl FnOnce() -> (u64, Option<u64>),
    ) {
        fn put<T: Clone>(column: &mut Option<Column<T>>, node: Option<u32>, value: Option<T>) -> Option<()> {
            column.get_or_insert_with(|| Column { values: Vec::new(), default: None }).set(node, value?);
            Some(())
        }
        let text = text.trim();
        let (done, allowed) = match attribute {
            Attribute::Role => (put(&mut self.role, node, Role::from_name(text)), "operator, server, relay or peer"),
            Attribute::Source => (put(&mut self.source, node, boolean(text)), "true or false"),
            Attribute::Routable => (put(&mut self.routable, node, boolean(text)), "true or false"),
            Attribute::Layer => {
                let layer = integral(text).and_then(|x| u16::try_from(x).ok());
                (put(&mut self.layer, node, layer), "a whole number from 0 to 65535")
            }
            Attribute::Cost => {
                let cost = text.parse().ok().filter(|c: &f64| c.is_finite() && *c > 0.0);
                (put(&mut self.cost, node, cost), "a number above 0")
            }
            Attribute::Provider => {
                let number = if text.is_empty() { None } else { self.provider_names.add(text).map(|(n, _)| n) };
                (put(&mut self.provider, node, number), "a number or a name")
            }
        };
        let (name, _) = attribute.name_and_type();
        if done.is_some() {
            *self.taken.entry(name).or_default() += 1;
        } else if let Some(strange) = self.strange.get_mut(name) {
            strange.times += 1;
        } else {
            let advice =
                "rename the attribute if it means something else, or leave attributes out with --ignore-attributes";
            let reason = format!("{name} {} is not allowed: {allowed}; {advice}", shown(text));
            let (line, column) = place();
            let fault = Fault::At { line, column, reason };
            self.strange.insert(name, Strange { fault, text: shown(text), times: 1 });
        }
    }

    /// Leaves out what means something else; refuses what is half ours.
    fn sift(&mut self, notes: &mut Vec<String>) -> Result<(), Fault> {
        for (name, strange) in std::mem::take(&mut self.strange) {
            if self.taken.contains_key(name) {
                return Err(strange.fault);
            }
            let Strange { text, times, .. } = strange;
            notes.push(format!("attribute {name} means something else here ({text}, {times} values): left out"));
            match Attribute::from_name(name).expect("a name of ours") {
                Attribute::Role => self.role = None,
                Attribute::Source => self.source = None,
                Attribute::Provider => self.provider = None,
                Attribute::Routable => self.routable = None,
                Attribute::Layer => self.layer = None,
                Attribute::Cost => self.cost = None,
            }
        }
        Ok(())
    }

    /// Gives the overlay what the file says about its nodes. Adds a note where something was renumbered or left out.
    pub(in crate::io) fn fill(mut self, mut overlay: Overlay, notes: &mut Vec<String>) -> Result<Overlay, Fault> {
        self.sift(notes)?;
        let n = overlay.nodes();
        let named = overlay.clone();
        let names = named.names();
        // a column without any value says nothing
        fn given<T>(column: Option<Column<T>>, n: u32) -> Option<Column<T>> {
            column.filter(|c| n == 0 || c.default.is_some() || c.values.iter().any(Option::is_some))
        }
        if let Some(column) = given(self.role, n) {
            overlay = overlay.with_roles(column.complete("role", Some(Role::Peer), names, n)?);
        }
        if let Some(column) = given(self.provider, n) {
            let numbers = column.complete("provider", None, names, n)?;
            overlay = overlay.with_provider(providers(&self.provider_names, numbers, notes));
        }
        if let Some(column) = given(self.routable, n) {
            overlay = overlay.with_routable(column.complete("routable flag", None, names, n)?);
        }
        if let Some(column) = given(self.layer, n) {
            overlay = overlay.with_layer(column.complete("layer", None, names, n)?);
        }
        if let Some(column) = given(self.cost, n) {
            overlay = overlay.with_cost(column.complete("cost", None, names, n)?);
        }
        let marked =
            given(self.source, n).map(|column| column.complete("source mark", Some(false), names, n)).transpose()?;
        let sources = match marked {
            _ if self.any_source => Sources::AnyNode,
            Some(marks) => Sources::Nodes((0..n).filter(|v| marks[*v as usize]).collect()),
            None => by_role(&overlay, notes),
        };
        Ok(overlay.with_sources(sources))
    }
}

/// Where commands enter if the file marks no sources: at the servers, else at the operators, else anywhere.
fn by_role(overlay: &Overlay, notes: &mut Vec<String>) -> Sources {
    for role in [Role::Server, Role::Operator] {
        let nodes: Vec<u32> = (0..overlay.nodes()).filter(|v| overlay.role(*v) == role).collect();
        if !nodes.is_empty() {
            notes.push(format!("no attribute `source`: commands enter at the {} nodes of role {role}", nodes.len()));
            return Sources::Nodes(nodes);
        }
    }
    Sources::AnyNode
}

/// Numbers as they are; names in order of first appearance among the nodes.
fn providers(names: &Interner, numbers: Vec<u32>, notes: &mut Vec<String>) -> Vec<u32> {
    let value = |number: &u32| integral(names.get(*number)).and_then(|x| u32::try_from(x).ok());
    if let Some(plain) = numbers.iter().map(value).collect() {
        return plain;
    }
    let mut order = vec![None; names.len()];
    let mut next = 0;
    let dense = numbers.into_iter().map(|number| {
        *order[number as usize].get_or_insert_with(|| {
            next += 1;
            next - 1
        })
    });
    let dense = dense.collect();
    notes.push(format!("{next} provider names are numbered in order of first appearance"));
    dense
}

/// `true`, `false` in any case, `1`, `0`.
fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// A whole number, also when written as `2.0` (R and Python have it as a float).
fn integral(text: &str) -> Option<u64> {
    text.parse().ok().or_else(|| {
        let x: f64 = text.parse().ok()?;
        (x >= 0.0 && x < 2f64.powi(53) && x.fract() == 0.0).then_some(x as u64)
    })
}
