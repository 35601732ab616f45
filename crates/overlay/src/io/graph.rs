//! A network while it is read from a format that declares its nodes: names, links of both kinds, attributes.

use super::ReadOptions;
use super::attributes::{Attribute, Attributes};
use super::error::{Fault, too_many_nodes};
use super::interner::Interner;
use super::report::Report;
use super::text::shown;
use crate::{Names, Overlay};

/// What has been read.
#[derive(Default)]
pub(super) struct Graph {
    names: Interner,
    /// Links without and with a direction.
    edges: Vec<[u32; 2]>,
    arcs: Vec<[u32; 2]>,
    pub(super) attributes: Attributes,
    /// Nodes that only links name, and the first of them.
    undeclared: u64,
    first_undeclared: Option<u32>,
}

impl Graph {
    pub(super) fn len(&self) -> u32 {
        self.names.len() as u32
    }

    pub(super) fn links(&self) -> u64 {
        (self.edges.len() + self.arcs.len()) as u64
    }

    /// The number of this node, and whether it is new.
    pub(super) fn node(&mut self, name: &str) -> Result<(u32, bool), Fault> {
        self.names.add(name).ok_or_else(too_many_nodes)
    }

    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.names.find(name)
    }

    /// The number of a node that a link names; one that nothing declares is counted.
    pub(super) fn undeclared(&mut self, name: &str) -> Result<u32, Fault> {
        let (node, new) = self.node(name)?;
        if new {
            self.undeclared += 1;
            self.first_undeclared.get_or_insert(node);
        }
        Ok(node)
    }

    pub(super) fn link(&mut self, ends: [u32; 2], directed: bool) {
        if directed { self.arcs.push(ends) } else { self.edges.push(ends) }
    }

    /// An attribute of a node, if its name is one that is understood; else it is counted.
    pub(super) fn attribute(
        &mut self,
        node: u32,
        name: &str,
        text: &str,
        options: &ReadOptions,
        report: &mut Report,
        place: impl FnOnce() -> (u64, Option<u64>),
    ) {
        match Attribute::from_name(name).filter(|_| !options.ignore_attributes) {
            Some(attribute) => self.attributes.set(attribute, Some(node), text, place),
            None => report.ignore(format!("node attribute {}", shown(name).trim_matches('`')), 1),
        }
    }

    /// Other names for the nodes, if they are one each and all different.
    pub(super) fn rename(&mut self, labels: &[Option<String>]) -> bool {
        if labels.len() != self.names.len() {
            return false;
        }
        let mut names = Interner::default();
        for label in labels {
            match label.as_deref().map(|l| names.add(l)) {
                Some(Some((_, true))) => {}
                _ => return false,
            }
        }
        self.names = names;
        true
    }

    /// The overlay. A mixed network is directed, its edges two arcs each.
    pub(super) fn build(
        self,
        file_is_directed: bool,
        options: &ReadOptions,
        report: &mut Report,
    ) -> Result<Overlay, Fault> {
        let Graph { attributes, names, mut edges, mut arcs, undeclared, first_undeclared } = self;
        let n = names.len() as u32;
        if let Some(first) = first_undeclared {
            let first = shown(names.get(first));
            report
                .notes
                .push(format!("{undeclared} nodes are named by links alone, the first is {first}: they are nodes"));
        }
        let has_direction = file_is_directed || !arcs.is_empty();
        let overlay = if options.directed.unwrap_or(has_direction) {
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
