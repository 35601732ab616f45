//! Writes edge lists.

use super::{DIRECTED, NODE, SIGNATURE, fields};
use crate::io::written::{Label, Written, refuse_repeated_names};
use crate::io::{Format, WriteError};
use crate::{Names, Overlay, Sources};
use std::borrow::Cow;
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

/// Writes a CSV table: see [`write_table`].
pub(in crate::io) fn write_csv(overlay: &Overlay, out: &mut dyn Write) -> Result<Written, WriteError> {
    write_table(overlay, b',', out)
}

/// Writes a table that any program reads: one row of titles, `source` and `target`, a link a row, quotes where a name
/// needs them (RFC 4180), no comments. Nodes without links, direction and attributes have no place in it.
pub(in crate::io) fn write_table(overlay: &Overlay, separator: u8, out: &mut dyn Write) -> Result<Written, WriteError> {
    refuse_repeated_names(overlay)?;
    let names = overlay.names();
    let sign = char::from(separator);
    let directed = !overlay.is_symmetric();
    let quoted = |v: u32| -> Cow<'_, str> {
        let name = names.get(v);
        let plain = !name.is_empty()
            && name.trim() == name
            && !name.contains([sign, '"', '\n', '\r', '\u{feff}'])
            && !name.starts_with(['#', '%', '\''])
            && !name.starts_with("//");
        if plain { name } else { format!("\"{}\"", name.replace('"', "\"\"")).into() }
    };
    writeln!(out, "source{sign}target")?;
    for [u, v] in overlay.out().iter_arcs().filter(|[u, v]| directed || u < v) {
        writeln!(out, "{}{sign}{}", quoted(u), quoted(v))?;
    }
    let mut written = Written::without_attributes(overlay);
    let lone = linked(overlay).iter().filter(|l| !**l).count();
    if lone > 0 {
        written.left_out.push(format!("{lone} nodes without links: a table of links has no place for them"));
    }
    if directed {
        written.left_out.push("direction: read the table with --directed".to_owned());
    }
    Ok(written)
}
