//! From which nodes paths are counted: all of them, or a sample.

use crate::components::components;
use hydranet_overlay::Csr;
use hydranet_topology::{Draw, TrialRng};

/// A node that paths are counted from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Source {
    /// The node.
    pub node: u32,
    /// How many nodes it stands for, itself included.
    pub weight: f64,
}

/// All nodes for which `alive` holds and that are not isolated, each standing for itself.
pub fn all_sources(csr: &Csr, alive: impl Fn(u32) -> bool) -> Vec<Source> {
    let linked = (0..csr.nodes()).filter(|&v| alive(v) && csr.row(v).iter().any(|&w| alive(w)));
    linked.map(|node| Source { node, weight: 1.0 }).collect()
}

/// The sources of one pass. Isolated nodes are left out: no path starts there.
///
/// With `samples`, that many are drawn without replacement *in every component* (all of it where it is no larger), so
/// that small components are exact and every node has a score; the cost is at most that of `samples` searches of the
/// whole network. Without, all nodes, and nothing is drawn.
pub fn sources(csr: &Csr, alive: impl Fn(u32) -> bool, samples: Option<u32>, rng: &mut TrialRng) -> Vec<Source> {
    let Some(samples) = samples else { return all_sources(csr, alive) };
    let mut list = Vec::new();
    for mut part in components(csr, alive) {
        let size = part.len() as u32;
        if size < 2 {
            continue;
        }
        let drawn = samples.min(size);
        if drawn < size {
            for i in 0..drawn {
                let j = i + rng.below(size - i);
                part.swap(i as usize, j as usize);
            }
        }
        let weight = size as f64 / drawn as f64;
        list.extend(part[..drawn as usize].iter().map(|&node| Source { node, weight }));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn every_component_is_sampled() {
        // a path of 6, an edge, an isolated node
        let (csr, _) = Csr::from_edges(9, &[[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [6, 7]]);
        let rng = &mut trial_rng(1, Trial::network(0), Purpose::Order);
        assert_eq!(sources(&csr, |_| true, None, rng).len(), 8);
        let sampled = sources(&csr, |_| true, Some(3), rng);
        assert_eq!(sampled.len(), 5);
        assert_eq!(sampled.iter().map(|s| s.weight).sum::<f64>(), 8.0);
        // without node 2: a pair, a path of 3, an edge
        let sampled = sources(&csr, |v| v != 2, Some(2), rng);
        assert_eq!(sampled.iter().map(|s| s.weight).collect::<Vec<_>>(), [1.0, 1.0, 1.5, 1.5, 1.0, 1.0]);
        assert_eq!(components(&csr, |v| v != 2).len(), 4);
    }
}
