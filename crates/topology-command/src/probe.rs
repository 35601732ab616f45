//! What the tests of this crate look at networks with.

use hydranet_overlay::{Overlay, Role, Sources};
use hydranet_topology::{Plugin, Purpose, Topology, Trial, TrialRng, trial_rng};

/// The stream of a network draw under seed 42.
pub(crate) fn rng(trial: u32) -> TrialRng {
    trial_rng(42, Trial::network(trial), Purpose::Topology)
}

/// The network of a trial.
pub(crate) fn draw<M: Plugin + Topology>(params: M::Params, trial: u32) -> Overlay {
    M::new(params).unwrap_or_else(|e| panic!("`{}`: {e}", M::NAME)).generate(&mut rng(trial))
}

/// Checks that parameters are refused, and what is said of which.
pub(crate) fn refused<M: Plugin + Topology>(params: M::Params, param: &str, says: &str) {
    let invalid = M::new(params).err().unwrap_or_else(|| panic!("`{}` takes a bad `{param}`", M::NAME));
    assert!(invalid.param == param && invalid.reason.contains(says), "`{}`: {invalid}", M::NAME);
}

/// Every edge of the closure once, `u < v`.
pub(crate) fn edges(network: &Overlay) -> Vec<[u32; 2]> {
    network.closure().iter_arcs().filter(|[u, v]| u < v).collect()
}

/// The roles as one letter a node.
pub(crate) fn roles(network: &Overlay) -> String {
    (0..network.nodes()).map(|v| ["O", "S", "R", "P"][network.role(v) as usize]).collect()
}

/// The nodes of a role.
pub(crate) fn of_role(network: &Overlay, role: Role) -> Vec<u32> {
    (0..network.nodes()).filter(|&v| network.role(v) == role).collect()
}

/// The components of what is left after nodes are removed, each as a list of nodes: the slow and obvious way.
pub(crate) fn components(network: &Overlay, removed: &[u32]) -> Vec<Vec<u32>> {
    let mut seen = vec![false; network.nodes() as usize];
    removed.iter().for_each(|&v| seen[v as usize] = true);
    let mut found = Vec::new();
    for start in 0..network.nodes() {
        if std::mem::replace(&mut seen[start as usize], true) {
            continue;
        }
        let mut component = vec![start];
        let mut next = 0;
        while next < component.len() {
            for &w in network.closure().row(component[next]) {
                if !std::mem::replace(&mut seen[w as usize], true) {
                    component.push(w);
                }
            }
            next += 1;
        }
        found.push(component);
    }
    found
}

/// Peers that are still commanded after nodes are removed, as DESIGN §5 defines reach.
pub(crate) fn reached(network: &Overlay, removed: &[u32]) -> u32 {
    let peers = |c: &Vec<u32>| c.iter().filter(|&&v| network.role(v) == Role::Peer).count() as u32;
    let components = components(network, removed);
    match network.sources() {
        Sources::AnyNode => components.iter().map(peers).max().unwrap_or(0),
        Sources::Nodes(sources) => components.iter().filter(|c| c.iter().any(|v| sources.contains(v))).map(peers).sum(),
    }
}
