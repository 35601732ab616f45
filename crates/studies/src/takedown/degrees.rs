//! Degree distributions: how many nodes have which degree, by network and pooled.

use hydranet_results::{Table, table};
use std::collections::{BTreeMap, BTreeSet};

table! {
    /// One row a network and degree.
    DEGREES "degrees" DegreeRow<'t> {
        topology: Text &'t str, "", "label of the topology in the spec";
        network: Count u64, "", "index of the network draw, from 0";
        degree: Count u64, "links", "number of links of a node, in the symmetric closure";
        nodes: Count u64, "nodes", "nodes of this degree";
    }
}

table! {
    /// One row a topology and degree, all networks together.
    DEGREE_COUNTS "degree_counts" DegreeCountRow {
        topology: Text String, "", "label of the topology in the spec";
        degree: Count u64, "links", "number of links of a node, in the symmetric closure";
        nodes: Count u64, "nodes", "nodes of this degree in all networks together";
        networks: Count u64, "networks", "networks of the topology";
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
