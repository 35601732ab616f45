//! How large the networks of a topology are, and what a unit costs in proportion to that.

use crate::TopologySpec;
use hydranet_topology::{Purpose, Trial, trial_rng};

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
