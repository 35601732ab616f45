//! Measures of a whole network (all of [`hydranet_measures::measure`]), and of what a takedown leaves.

pub use hydranet_measures::measure::*;

use crate::{Items, RemovalOrder};
use hydranet_measures::components::among;
use hydranet_overlay::{Csr, Overlay};

/// What is left when the first `removed` items of an order are gone, as a network of its own: the closure among the nodes
/// that are left (with edge removal all nodes), in their old order, without attributes. O(n + m log m).
///
/// Measured by itself: pairs and means are over the nodes that are left, not over those there were.
///
/// # Panics
/// If `removed` is more than the order's length.
pub fn survivors(overlay: &Overlay, order: &RemovalOrder, removed: usize) -> Overlay {
    let csr = overlay.closure();
    match &order.items {
        Items::Nodes(list) => {
            let mut alive = vec![true; csr.nodes() as usize];
            list[..removed].iter().for_each(|&v| alive[v as usize] = false);
            let left: Vec<u32> = (0..csr.nodes()).filter(|&v| alive[v as usize]).collect();
            among(csr, &left)
        }
        Items::Edges(list) => Overlay::symmetric(Csr::from_edges(csr.nodes(), &list[removed..]).0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survivors_by_hand() {
        let ring = Overlay::symmetric(Csr::from_edges(5, &[[0, 1], [1, 2], [2, 3], [3, 4], [4, 0]]).0);
        let nodes = RemovalOrder::nodes(vec![2, 0, 1, 3, 4]);
        let edges = RemovalOrder::edges(vec![[0, 1], [0, 4], [1, 2], [2, 3], [3, 4]]);
        let left = |order: &RemovalOrder, removed| survivors(&ring, order, removed).out().clone();
        assert_eq!(left(&nodes, 0), *ring.closure());
        // 0 1 3 4 are now 0 1 2 3
        assert_eq!(left(&nodes, 1), Csr::from_edges(4, &[[0, 1], [0, 3], [2, 3]]).0);
        assert_eq!(left(&nodes, 5), Csr::empty(0));
        assert_eq!(left(&edges, 3), Csr::from_edges(5, &[[2, 3], [3, 4]]).0);
    }
}
