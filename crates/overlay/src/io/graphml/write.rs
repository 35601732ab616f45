//! Writes GraphML: everything that an overlay holds.

use super::{ANY, COMMAND_SOURCES};
use crate::io::attributes::Attribute;
use crate::io::written::refuse_repeated_names;
use crate::io::{Format, WriteError};
use crate::{Names, Overlay, Sources};
use std::borrow::Cow;
use std::io::{self, Write};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"#;

/// Writes everything as GraphML: reading it back gives the same overlay. networkx, igraph and gephi read it too.
/// O(n + m).
///
/// # Errors
/// If the output fails, if a name holds a character that XML cannot hold, or if two nodes have the same name.
pub fn write_graphml(overlay: &Overlay, mut out: impl Write) -> Result<(), WriteError> {
    refuse_repeated_names(overlay)?;
    if let Names::Strings { .. } = overlay.names() {
        for v in 0..overlay.nodes() {
            let name = overlay.names().get(v);
            if !name.chars().all(is_xml) {
                let reason = "holds a character that XML cannot hold";
                return Err(WriteError::Name { format: Format::GraphMl, name: name.into_owned(), reason });
            }
        }
    }
    out.write_all(HEAD.as_bytes())?;
    let any = *overlay.sources() == Sources::AnyNode;
    if any {
        let name = COMMAND_SOURCES;
        writeln!(out, r#"  <key id="{name}" for="graph" attr.name="{name}" attr.type="string"/>"#)?;
    }
    for attribute in Attribute::ALL.into_iter().filter(|a| has(overlay, *a)) {
        let (name, kind) = attribute.name_and_type();
        write!(out, r#"  <key id="{name}" for="node" attr.name="{name}" attr.type="{kind}">"#)?;
        match attribute {
            Attribute::Role => writeln!(out, "<default>peer</default></key>")?,
            Attribute::Source => writeln!(out, "<default>false</default></key>")?,
            _ => writeln!(out, "</key>")?,
        }
    }
    let directed = !overlay.is_symmetric();
    let kind = if directed { "directed" } else { "undirected" };
    writeln!(out, r#"  <graph id="overlay" edgedefault="{kind}">"#)?;
    if any {
        writeln!(out, r#"    <data key="{COMMAND_SOURCES}">{ANY}</data>"#)?;
    }
    for v in 0..overlay.nodes() {
        node(overlay, v, &mut out)?;
    }
    let names = overlay.names();
    for [u, v] in overlay.out().iter_arcs().filter(|[u, v]| directed || u < v) {
        let (source, target) = (names.get(u), names.get(v));
        writeln!(out, r#"    <edge source="{}" target="{}"/>"#, escaped(&source), escaped(&target))?;
    }
    out.write_all(b"  </graph>\n</graphml>\n")?;
    Ok(())
}

/// Whether the overlay says anything about this.
pub(in crate::io) fn has(overlay: &Overlay, attribute: Attribute) -> bool {
    match attribute {
        Attribute::Role => overlay.roles().is_some(),
        Attribute::Source => matches!(overlay.sources(), Sources::Nodes(_)),
        Attribute::Provider => overlay.provider().is_some(),
        Attribute::Routable => overlay.routable().is_some(),
        Attribute::Layer => overlay.layer().is_some(),
        Attribute::Cost => overlay.cost().is_some(),
    }
}

fn node(overlay: &Overlay, v: u32, out: &mut impl Write) -> io::Result<()> {
    let i = v as usize;
    write!(out, r#"    <node id="{}">"#, escaped(&overlay.names().get(v)))?;
    if overlay.roles().is_some() {
        write!(out, r#"<data key="role">{}</data>"#, overlay.role(v))?;
    }
    if let Sources::Nodes(list) = overlay.sources()
        && list.binary_search(&v).is_ok()
    {
        write!(out, r#"<data key="source">true</data>"#)?;
    }
    if let Some(provider) = overlay.provider() {
        write!(out, r#"<data key="provider">{}</data>"#, provider[i])?;
    }
    if let Some(routable) = overlay.routable() {
        write!(out, r#"<data key="routable">{}</data>"#, routable[i])?;
    }
    if let Some(layer) = overlay.layer() {
        write!(out, r#"<data key="layer">{}</data>"#, layer[i])?;
    }
    if let Some(cost) = overlay.cost() {
        // the shortest digits that read back as the same number
        write!(out, r#"<data key="cost">{:?}</data>"#, cost[i])?;
    }
    writeln!(out, "</node>")
}

/// Characters of XML 1.0.
pub(in crate::io) fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// For an attribute in double quotes. White space other than a blank would be read as a blank, hence its numbers.
pub(in crate::io) fn escaped(text: &str) -> Cow<'_, str> {
    const SPECIAL: [char; 6] = ['&', '<', '>', '"', '\t', '\n'];
    if !text.contains(SPECIAL) && !text.contains('\r') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
    out.into()
}
