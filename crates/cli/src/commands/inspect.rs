//! `hydranet inspect`: what a network file was taken for, and what is in it.

use super::draw;
use crate::args::InspectArgs;
use crate::failure::Failure;
use crate::output;
use hydranet_overlay::{Overlay, Sources};

/// First names that are shown.
const NAMES: u32 = 8;

/// Reads a file and tells.
pub(crate) fn inspect(args: &InspectArgs) -> Result<(), Failure> {
    let loaded = draw::load(&args.input, &args.file)?;
    let (overlay, report) = (&loaded.overlay, &loaded.report);
    let (components, largest) = components(overlay);
    let names: Vec<String> = (0..overlay.nodes().min(NAMES)).map(|v| overlay.names().get(v).into_owned()).collect();
    let attributes = attributes(overlay);
    if args.json {
        let object = serde_json::json!({
            "file": args.input.display().to_string(),
            "format": report.format.key(),
            "compression": report.compression.map(|c| c.name()),
            "separator": report.separator,
            "titles": report.header,
            "columns": report.columns,
            "directed": report.directed,
            "nodes": report.nodes,
            "links": report.edges,
            "edges": overlay.closure().arcs() / 2,
            "components": components,
            "largest_component": largest,
            "isolated": report.isolated,
            "listed": report.listed,
            "dropped": { "self_loops": report.dropped.self_loops, "duplicates": report.dropped.duplicates },
            "announced": report.announced,
            "attributes": attributes,
            "ignored": report.ignored,
            "notes": report.notes,
            "first_names": names,
        });
        let text = serde_json::to_string_pretty(&object).map_err(|e| Failure::failed_error(&e))?;
        return output::print(&(text + "\n"));
    }
    let mut text = format!("{report}\n");
    if let Some(separator) = &report.separator {
        text.push_str(&format!("separator: {separator}\n"));
    }
    text.push_str(&format!("components: {components}, the largest of {largest} nodes\n"));
    let list = if attributes.is_empty() { "none".to_owned() } else { attributes.join(", ") };
    text.push_str(&format!("node attributes: {list}\n"));
    let names: Vec<String> = names.iter().map(|n| n.escape_debug().to_string()).collect();
    let more = if overlay.nodes() > NAMES { ", …" } else { "" };
    text.push_str(&format!("first names: {}{more}\n", names.join(", ")));
    output::print(&text)
}

/// The attributes that nodes have.
fn attributes(overlay: &Overlay) -> Vec<&'static str> {
    let has = [
        ("role", overlay.roles().is_some()),
        ("source", matches!(overlay.sources(), Sources::Nodes(_))),
        ("provider", overlay.provider().is_some()),
        ("routable", overlay.routable().is_some()),
        ("layer", overlay.layer().is_some()),
        ("cost", overlay.cost().is_some()),
    ];
    has.into_iter().filter(|(_, has)| *has).map(|(name, _)| name).collect()
}

/// How many components there are, and the nodes of the largest. O(n + m).
fn components(overlay: &Overlay) -> (u32, u32) {
    let csr = overlay.closure();
    let mut seen = vec![false; csr.nodes() as usize];
    let (mut count, mut largest) = (0, 0);
    let mut open = Vec::new();
    for start in 0..csr.nodes() {
        if std::mem::replace(&mut seen[start as usize], true) {
            continue;
        }
        count += 1;
        let mut size = 0;
        open.push(start);
        while let Some(v) = open.pop() {
            size += 1;
            for &w in csr.row(v) {
                if !std::mem::replace(&mut seen[w as usize], true) {
                    open.push(w);
                }
            }
        }
        largest = largest.max(size);
    }
    (count, largest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_overlay::Csr;

    #[test]
    fn pieces() {
        let of = |n, links: &[[u32; 2]]| components(&Overlay::directed(Csr::from_arcs(n, links).0));
        assert_eq!(of(0, &[]), (0, 0));
        assert_eq!(of(3, &[]), (3, 1));
        assert_eq!(of(6, &[[1, 0], [2, 1], [4, 3]]), (3, 3));
    }
}
