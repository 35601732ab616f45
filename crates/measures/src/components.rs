//! Pieces of a network: connected components, strong components along arcs, parts as networks of their own.

use crate::induced::{ABSENT, induced};
use hydranet_overlay::{Csr, Overlay};

/// The components of the nodes for which `alive` holds, each with its members in no particular order. O(n + m).
pub fn components(csr: &Csr, alive: impl Fn(u32) -> bool) -> Vec<Vec<u32>> {
    let mut seen = vec![false; csr.nodes() as usize];
    let mut parts = Vec::new();
    for start in 0..csr.nodes() {
        if seen[start as usize] || !alive(start) {
            continue;
        }
        seen[start as usize] = true;
        let mut part = vec![start];
        let mut head = 0;
        while let Some(&v) = part.get(head) {
            head += 1;
            for &w in csr.row(v) {
                if !seen[w as usize] && alive(w) {
                    seen[w as usize] = true;
                    part.push(w);
                }
            }
        }
        parts.push(part);
    }
    parts
}

/// The largest component by itself (of equal ones that with the lowest node), as a network of its own: nodes keep their order,
/// not their numbers, and no attributes. O(n + m).
pub fn largest_component(overlay: &Overlay) -> Overlay {
    let csr = overlay.closure();
    let mut parts = components(csr, |_| true);
    parts.sort_by_key(|part| std::cmp::Reverse(part.len())); // stable: found by rising lowest node
    let mut part = parts.into_iter().next().unwrap_or_default();
    part.sort_unstable();
    among(csr, &part)
}

/// The network among some nodes, which are listed rising, as one of its own. O(n + arcs of the nodes).
pub fn among(csr: &Csr, nodes: &[u32]) -> Overlay {
    Overlay::symmetric(induced(csr, nodes, &mut vec![ABSENT; csr.nodes() as usize]))
}
