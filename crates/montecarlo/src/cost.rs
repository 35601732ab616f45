//! What a unit costs, estimated from the spec alone: so that shards are dealt by cost and not by count.
//!
//! Units of one topology cost about the same, units of different topologies differ by orders of magnitude: what counts is
//! the size of a network, and whether a treatment takes longer than in proportion to it. The size is that of the first network
//! of the topology, which every shard can draw for itself, so that all of them agree without a word; the time is that of
//! a table. Nothing but the share of the work that a shard takes depends on an estimate.

use crate::{Experiment, PartError, Plan, TopologySpec};
use hydranet_results::write_atomically;
use hydranet_topology::{Purpose, Trial, trial_rng};
use std::path::Path;

/// How large the networks of a topology are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Size {
    /// Nodes of the first network.
    pub nodes: u64,
    /// Its edges.
    pub edges: u64,
}

impl Size {
    /// The size of the first network that a seed draws. O(nodes + edges), as a unit is.
    pub fn of(topology: &TopologySpec, seed: u64) -> Size {
        let rng = &mut trial_rng(seed, Trial::network(0), Purpose::Topology);
        let network = topology.built.value.generate(rng);
        Size { nodes: network.nodes().into(), edges: network.closure().arcs() / 2 }
    }

    /// Nodes and edges.
    pub fn sum(self) -> f64 {
        self.nodes as f64 + self.edges as f64
    }
}

/// Nanoseconds for a node or an edge to draw a network, and to take it down once and record the curve.
pub const LINEAR: f64 = 60.0;

/// Strategies whose orders cost more: nanoseconds for a node or an edge, on networks of some thousand nodes
/// (`results/dismantling-benchmark/seconds.csv`); and whether that is for each of the sources that they search from. A
/// strategy that is not here counts as linear.
const ORDERS: &[(&str, f64, bool)] = &[
    ("closeness", 3.0, true),
    ("betweenness", 8.0, true),
    ("edge-betweenness", 8.0, true),
    ("adaptive-betweenness", 8.0, true),
    ("collective-influence", 300.0, false),
    ("corehd", 60.0, false),
    ("pagerank", 200.0, false),
    ("eigenvector", 400.0, false),
    ("gnd", 4_000.0, false),
    ("bpd", 6_000.0, false),
    ("explosive-immunization", 15_000.0, false),
    ("min-sum", 64_000.0, false),
];

/// Nanoseconds or so, for a node or an edge, of one order of a strategy and the takedown after it.
pub fn order(strategy: &str, params: &toml::Table, size: Size) -> f64 {
    let number = |key: &str| params.get(key).and_then(|v| v.as_float().or(v.as_integer().map(|i| i as f64)));
    let (each, searches) =
        ORDERS.iter().find(|(name, ..)| *name == strategy).map_or((0.0, false), |row| (row.1, row.2));
    let nodes = size.nodes as f64;
    let sources = if searches { number("samples").unwrap_or(nodes).min(nodes) } else { 1.0 };
    // ranked anew after every batch: a share of the nodes, or a count
    let rounds = match number("batch").or(number("recompute")) {
        Some(batch) if searches && batch < 1.0 => (1.0 / batch).min(nodes),
        Some(batch) if searches => (nodes / batch).max(1.0),
        _ => 1.0,
    };
    LINEAR + each * sources * rounds
}

/// The costs of one unit of each topology, in nanoseconds or so; at least 1.
///
/// They are kept in the folder of the parts, because drawing a network of each topology takes a while: a file that is
/// not there, or not of this plan, is made anew, and one that cannot be written is done without.
pub fn costs(spec: &Experiment, plan: &Plan, folder: Option<&Path>) -> Vec<u64> {
    sizes(spec, plan, folder).iter().zip(0..).map(|(&size, topology)| unit(spec, topology, size)).collect()
}

/// The cost of one unit of a topology of this size.
pub fn unit(spec: &Experiment, topology: u32, size: Size) -> u64 {
    // whole numbers: sums of them do not depend on their order
    spec.unit_cost(topology, size).clamp(1.0, 1e18) as u64
}

/// The sizes of the first networks of all topologies.
pub fn sizes(spec: &Experiment, plan: &Plan, folder: Option<&Path>) -> Vec<Size> {
    let path = folder.map(|folder| folder.join("sizes.json"));
    let kept = path.as_ref().and_then(|path| std::fs::read(path).ok());
    if let Some(kept) = kept.and_then(|bytes| serde_json::from_slice::<Vec<Size>>(&bytes).ok())
        && kept.len() == plan.topologies as usize
    {
        return kept;
    }
    let sizes: Vec<Size> = (0..plan.topologies).map(|topology| spec.size(topology)).collect();
    if let Some(path) = path {
        let json = serde_json::to_vec(&sizes).expect("numbers");
        let _: Result<(), PartError> = write_atomically(&path, |out| out.write_all(&json)).map_err(Into::into);
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { nodes: 1000, edges: 3000 };

    fn check(strategy: &str, params: &str, expected: f64) {
        assert_eq!(order(strategy, &params.parse().unwrap(), SIZE), expected, "{strategy} {params}");
    }

    #[test]
    fn orders_cost_what_they_search() {
        check("random", "", LINEAR);
        check("bpd", "", LINEAR + 6000.0);
        check("betweenness", "", LINEAR + 8.0 * 1000.0);
        check("betweenness", "samples = 256", LINEAR + 8.0 * 256.0);
        check("betweenness", "samples = 5000", LINEAR + 8.0 * 1000.0);
        check("adaptive-betweenness", "batch = 0.25\nsamples = 10", LINEAR + 8.0 * 10.0 * 4.0);
        check("adaptive-betweenness", "batch = 2.0\nsamples = 10", LINEAR + 8.0 * 10.0 * 500.0);
    }

    #[test]
    fn every_strategy_with_a_price_exists() {
        let names: Vec<&str> = hydranet_takedown::STRATEGIES.iter().map(|row| row.name).collect();
        for (name, ..) in ORDERS {
            assert!(names.contains(name), "{name}");
        }
    }
}
