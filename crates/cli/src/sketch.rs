//! A small network as a drawing needs it: places, links, roles, and which component each node is in after so many removals.

use hydranet_charts::{NodeRole, NodeState, by_forces, on_circle};
use hydranet_overlay::{Overlay, Role};

/// A network with a place for every node.
pub(crate) struct Sketch {
    pub(crate) places: Vec<(f64, f64)>,
    pub(crate) kinds: Vec<NodeRole>,
    /// Links of the symmetric closure, each once.
    pub(crate) edges: Vec<(u32, u32)>,
    /// On a circle, by identifier?
    pub(crate) circular: bool,
}

impl Sketch {
    /// Places the nodes: on a circle where a geometry routes along identifiers (node numbers are in their order), by forces elsewhere.
    pub(crate) fn of(overlay: &Overlay) -> Sketch {
        let closure = overlay.closure();
        let n = overlay.nodes();
        let edges: Vec<(u32, u32)> =
            (0..n).flat_map(|u| closure.row(u).iter().filter(move |&&v| u < v).map(move |&v| (u, v))).collect();
        let circular = overlay.geometry().is_some();
        let places = if circular { on_circle(n as usize) } else { by_forces(n as usize, &edges) };
        let kinds = (0..n).map(|v| kind(overlay.role(v))).collect();
        Sketch { places, kinds, edges, circular }
    }

    /// What has become of every node when these are gone. O((n + m) α).
    pub(crate) fn states(&self, removed: &[u32]) -> Vec<NodeState> {
        let n = self.places.len();
        let mut gone = vec![false; n];
        removed.iter().for_each(|&v| gone[v as usize] = true);
        let mut parent: Vec<u32> = (0..n as u32).collect();
        for &(a, b) in self.edges.iter().filter(|(a, b)| !gone[*a as usize] && !gone[*b as usize]) {
            let (a, b) = (top(&mut parent, a), top(&mut parent, b));
            parent[a.max(b) as usize] = a.min(b);
        }
        let tops: Vec<u32> = (0..n as u32).map(|v| top(&mut parent, v)).collect();
        let mut size = vec![0_u32; n];
        tops.iter().zip(&gone).filter(|(_, gone)| !**gone).for_each(|(&t, _)| size[t as usize] += 1);
        let mut ranked: Vec<u32> = (0..n as u32).filter(|&t| size[t as usize] > 0).collect();
        ranked.sort_by_key(|&t| (std::cmp::Reverse(size[t as usize]), t));
        let mut rank = vec![0_u32; n];
        ranked.iter().enumerate().for_each(|(i, &t)| rank[t as usize] = i as u32);
        tops.iter()
            .zip(&gone)
            .map(|(&t, &gone)| match (gone, size[t as usize]) {
                (true, _) => NodeState::Removed,
                (_, 1) => NodeState::Alone,
                _ => NodeState::Component(rank[t as usize]),
            })
            .collect()
    }
}

fn top(parent: &mut [u32], mut v: u32) -> u32 {
    while parent[v as usize] != v {
        parent[v as usize] = parent[parent[v as usize] as usize];
        v = parent[v as usize];
    }
    v
}

fn kind(role: Role) -> NodeRole {
    match role {
        Role::Operator => NodeRole::Operator,
        Role::Server => NodeRole::Server,
        Role::Relay => NodeRole::Relay,
        Role::Peer => NodeRole::Peer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_takedown::{RemovalOrder, percolate};

    #[test]
    fn components_are_those_of_the_kernel() {
        for set in [&["n=60".to_string(), "m=75".to_string()][..], &["n=80".into(), "m=160".into()]] {
            let network =
                crate::commands::draw::network(&crate::Toolkit::default().topologies, "gnm", set, 3, 0).ok().unwrap();
            let sketch = Sketch::of(&network);
            let order: Vec<u32> = (0..network.nodes()).rev().collect();
            let curve = percolate(&network, &RemovalOrder::nodes(order.clone()));
            for q in 0..=order.len() {
                let states = sketch.states(&order[..q]);
                let largest = states.iter().filter(|s| **s == NodeState::Component(0)).count() as u32;
                // a largest component of one node is drawn as alone
                assert!(largest == curve.largest[q] || (largest == 0 && curve.largest[q] <= 1), "{q}");
                assert_eq!(states.iter().filter(|s| **s == NodeState::Removed).count(), q);
            }
        }
    }

    #[test]
    fn overlays_with_a_geometry_stand_on_a_circle() {
        let network =
            crate::commands::draw::network(&crate::Toolkit::default().topologies, "chord", &["bits=5".into()], 1, 0)
                .ok()
                .unwrap();
        let sketch = Sketch::of(&network);
        assert!(sketch.circular);
        assert!(sketch.places.iter().all(|p| ((p.0 - 0.5).hypot(p.1 - 0.5) - 0.5).abs() < 1e-9));
    }
}
