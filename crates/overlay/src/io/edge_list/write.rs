//! Writes edge lists.

use super::{DIRECTED, NODE, SIGNATURE, fields};
use crate::io::write::{Label, refuse_repeated_names};
use crate::io::{Format, WriteError};
use crate::{Names, Overlay, Sources};
use std::io::Write;

/// Writes links and names as an edge list. Nodes without links stand in comments that [`read`](crate::io::read)
/// understands. Roles, command sources and other attributes have no place in this format: for them write GraphML.
/// O(n + m).
///
/// Reading it back gives the same links; and the same node numbers, unless names are integers that do not increase.
///
/// # Errors
/// If the output fails, if a name would be read as something else (white space, comment signs), or if two nodes have
/// the same name.
pub fn write_edge_list(overlay: &Overlay, mut out: impl Write) -> Result<(), WriteError> {
    let names = overlay.names();
    refuse_repeated_names(overlay)?;
    if let Names::Strings { .. } = names {
        for v in 0..overlay.nodes() {
            let name = names.get(v);
            if let Some(reason) = fields::objection(&name) {
                return Err(WriteError::Name { format: Format::EdgeList, name: name.into_owned(), reason });
            }
        }
    }
    let directed = !overlay.is_symmetric();
    let (mark, link) = if directed { (DIRECTED, "arc a line, from and to") } else { ("", "edge a line") };
    writeln!(out, "# {SIGNATURE}{mark}: one {link}; `# {NODE}NAME` is a node, with or without links")?;
    if overlay.roles().is_some() || *overlay.sources() != Sources::AnyNode {
        writeln!(out, "# An edge list has no place for roles and command sources: for them write GraphML.")?;
    }
    writeln!(out, "# Nodes: {} Edges: {}", overlay.nodes(), overlay.edges())?;
    // words are numbered in order of first appearance: naming all nodes first keeps their order
    let name_all = matches!(names, Names::Strings { .. });
    let linked = if name_all { None } else { Some(linked(overlay)) };
    for v in 0..overlay.nodes() {
        if linked.as_ref().is_none_or(|l| !l[v as usize]) {
            writeln!(out, "# {NODE}{}", Label(names, v))?;
        }
    }
    for [u, v] in overlay.out().iter_arcs().filter(|[u, v]| directed || u < v) {
        writeln!(out, "{}\t{}", Label(names, u), Label(names, v))?;
    }
    Ok(())
}

/// Which nodes have a link.
fn linked(overlay: &Overlay) -> Vec<bool> {
    let out = overlay.out();
    let mut linked: Vec<bool> = (0..overlay.nodes()).map(|v| out.degree(v) > 0).collect();
    out.targets().iter().for_each(|&v| linked[v as usize] = true);
    linked
}
