//! Degree distributions: how many nodes have which degree, by network and pooled.

use crate::schema::field;
use crate::{Cells, Kind, Record, Schema, Table, Value};
use std::collections::{BTreeMap, BTreeSet};

/// One row a network and degree.
pub static DEGREES: Schema = Schema {
    name: "degrees",
    version: 1,
    fields: &[
        field("topology", Kind::Text, "", "label of the topology in the spec"),
        field("network", Kind::Count, "", "index of the network draw, from 0"),
        field("degree", Kind::Count, "links", "number of links of a node, in the symmetric closure"),
        field("nodes", Kind::Count, "nodes", "nodes of this degree"),
    ],
};

/// One row a topology and degree, all networks together.
pub static DEGREE_COUNTS: Schema = Schema {
    name: "degree_counts",
    version: 1,
    fields: &[
        field("topology", Kind::Text, "", "label of the topology in the spec"),
        field("degree", Kind::Count, "links", "number of links of a node, in the symmetric closure"),
        field("nodes", Kind::Count, "nodes", "nodes of this degree in all networks together"),
        field("networks", Kind::Count, "networks", "networks of the topology"),
    ],
};

/// A row of [`DEGREES`]; the fields are its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // each is described in the schema, once
pub struct DegreeRow<'t> {
    pub topology: &'t str,
    pub network: u64,
    pub degree: u64,
    pub nodes: u64,
}

impl<'t> Record<'t> for DegreeRow<'t> {
    const SCHEMA: &'static Schema = &DEGREES;

    fn values(&self) -> Vec<Value<'_>> {
        vec![self.topology.into(), self.network.into(), self.degree.into(), self.nodes.into()]
    }

    fn read(cells: &mut Cells<'t>) -> Self {
        DegreeRow { topology: cells.text(), network: cells.count(), degree: cells.count(), nodes: cells.count() }
    }
}

/// A row of [`DEGREE_COUNTS`]; the fields are its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // each is described in the schema, once
pub struct DegreeCountRow {
    pub topology: String,
    pub degree: u64,
    pub nodes: u64,
    pub networks: u64,
}

impl<'t> Record<'t> for DegreeCountRow {
    const SCHEMA: &'static Schema = &DEGREE_COUNTS;

    fn values(&self) -> Vec<Value<'_>> {
        vec![self.topology.as_str().into(), self.degree.into(), self.nodes.into(), self.networks.into()]
    }

    fn read(cells: &mut Cells<'t>) -> Self {
        DegreeCountRow {
            topology: cells.text().to_owned(),
            degree: cells.count(),
            nodes: cells.count(),
            networks: cells.count(),
        }
    }
}

/// All networks of each topology together; topologies in the order of their first row, degrees rising. O(rows · log).
///
/// # Panics
/// If the table is of another schema.
pub fn pool(degrees: &Table) -> Vec<DegreeCountRow> {
    let mut topologies: Vec<(&str, BTreeMap<u64, u64>, BTreeSet<u64>)> = Vec::new();
    for row in degrees.records::<DegreeRow<'_>>() {
        let place = topologies.iter().position(|(name, ..)| *name == row.topology).unwrap_or_else(|| {
            topologies.push((row.topology, BTreeMap::new(), BTreeSet::new()));
            topologies.len() - 1
        });
        *topologies[place].1.entry(row.degree).or_default() += row.nodes;
        topologies[place].2.insert(row.network);
    }
    let rows = |(topology, counts, networks): (&str, BTreeMap<u64, u64>, BTreeSet<u64>)| {
        let networks = networks.len() as u64;
        let row = move |(degree, nodes)| DegreeCountRow { topology: topology.to_owned(), degree, nodes, networks };
        counts.into_iter().map(row).collect::<Vec<_>>()
    };
    topologies.into_iter().flat_map(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_added_up() {
        let row = |topology, network, degree, nodes| DegreeRow { topology, network, degree, nodes };
        let rows = [row("b", 0, 2, 5), row("b", 1, 2, 4), row("b", 1, 3, 1), row("a", 0, 1, 2)];
        let table = Table::of(&rows);
        assert_eq!(table.records::<DegreeRow<'_>>().collect::<Vec<_>>(), rows);
        let pooled = pool(&table);
        let got: Vec<_> = pooled.iter().map(|r| (r.topology.as_str(), r.degree, r.nodes, r.networks)).collect();
        assert_eq!(got, [("b", 2, 9, 2), ("b", 3, 1, 2), ("a", 1, 2, 1)]);
        assert_eq!(Table::of(&pooled).records::<DegreeCountRow>().collect::<Vec<_>>(), pooled);
    }
}
