//! What the tests of lookups share.

use hydranet_overlay::{Csr, Geometry, NodeId, Overlay};

/// A line of numbers, each of which knows the next two on either side.
#[derive(Debug)]
pub(crate) struct Line;

impl Geometry for Line {
    fn distance(&self, from: NodeId, to: NodeId) -> u64 {
        from.abs_diff(to).into()
    }
}

/// The line of the numbers below `n`.
pub(crate) fn line(n: u32) -> Overlay {
    let edges: Vec<_> = (0..n).flat_map(|v| [[v, v + 1], [v, v + 2]]).filter(|e| e[1] < n).collect();
    Overlay::symmetric(Csr::from_edges(n, &edges).0).with_geometry(Line)
}
