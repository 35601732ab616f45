//! The files of one order: the order itself, and its curve.

use crate::failure::Failure;
use hydranet_overlay::Overlay;
use hydranet_results::write_atomically;
use hydranet_takedown::{Curve, Items, Protocol, RemovalOrder};
use std::path::Path;

pub(super) fn write_order(path: &Path, overlay: &Overlay, order: &RemovalOrder) -> Result<(), Failure> {
    let names = overlay.names();
    // a line holds a name: one that goes over lines, or begins a comment, would be read as something else
    let unfit = |v: &u32| {
        let name = names.get(*v);
        name.contains(['\n', '\r']) || name.starts_with('#') || name.trim() != name || name.is_empty()
    };
    if let Some(v) = (0..overlay.nodes()).find(unfit) {
        let name = names.get(v).escape_debug().to_string();
        return Err(Failure::BadInput(format!(
            "--order-out: the name `{name}` cannot stand in a line of its own: rename the node"
        )));
    }
    write_atomically(path, |out| match &order.items {
        Items::Nodes(list) => list.iter().try_for_each(|&v| writeln!(out, "{}", names.get(v))),
        Items::Edges(list) => list.iter().try_for_each(|&[u, v]| writeln!(out, "{}\t{}", names.get(u), names.get(v))),
    })
    .map_err(|e| Failure::failed_error(&e))
}

pub(super) fn write_curve(
    path: &Path,
    curve: &Curve,
    spent: Option<&[f64]>,
    protocol: &Protocol,
) -> Result<(), Failure> {
    let mut columns = vec![
        ("removed", "q: nodes or edges that are gone"),
        ("largest", "S1: nodes in the largest component"),
        ("second", "S2: nodes in the second largest component"),
        ("sum_squares", "sum of s^2 over all components"),
        ("reach", "peers that a command still reaches"),
    ];
    columns.extend(spent.map(|_| ("spent", "cost of the removals so far")));
    write_atomically(path, |out| {
        writeln!(out, "{}", columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(","))?;
        (0..=curve.steps()).try_for_each(|q| {
            let (s1, s2, sq, reach) = (curve.largest[q], curve.second[q], curve.sum_squares[q], curve.reach[q]);
            match spent {
                Some(spent) => writeln!(out, "{q},{s1},{s2},{sq},{reach},{}", spent[q]),
                None => writeln!(out, "{q},{s1},{s2},{sq},{reach}"),
            }
        })
    })
    .map_err(|e| Failure::failed_error(&e))?;
    // the name and form that "CSV on the Web" (W3C, 2015) gives to what is known about a CSV file
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let column = |(name, meaning): &(&str, &str)| serde_json::json!({ "name": name, "dc:description": meaning });
    let metadata = serde_json::json!({
        "@context": "http://www.w3.org/ns/csvw",
        "url": file,
        "tableSchema": { "columns": columns.iter().map(column).collect::<Vec<_>>() },
        "protocol": protocol,
    });
    let text = serde_json::to_string_pretty(&metadata).map_err(|e| Failure::failed_error(&e))?;
    let beside = path.with_file_name(format!("{file}-metadata.json"));
    write_atomically(&beside, |out| writeln!(out, "{text}")).map_err(|e| Failure::failed_error(&e))
}
