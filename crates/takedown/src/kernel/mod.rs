//! The percolation kernel: the whole curve in one pass.
//!
//! Nodes are put back in reverse order and components merged (Newman & Ziff 2001), O(n + m α). What makes it fast is
//! the *core*: the first component to pass a threshold size (about n^⅔). From then on most insertions touch a
//! core node, and all that must be known of a neighbour is two bits (dead; alive; alive and in the core), which stay in
//! cache where the parents of a union-find do not. Every other component keeps a circular list of its members, so that
//! each node is relabelled once, when its component falls into the core.
//!
//! [`plain`] is the textbook union-find: the baseline of the benchmarks and an oracle of the tests.

mod adjacency;
pub mod computed;
mod drawn;
mod edges;
mod ledger;
mod nodes;
pub mod plain;
mod recorded;

pub use adjacency::Adjacency;
pub use drawn::gnp_drawn;
pub use ledger::Command;
pub use recorded::{Point, evenly};

use crate::{Curve, Items, RemovalOrder};
use hydranet_overlay::Overlay;
use ledger::{Everything, LargestOnly};

/// The full curve of a takedown: S1, S2, Σs² and reach after every removal, on the symmetric closure.
///
/// O(n + m α) time; 40 bytes a node beside the network.
///
/// # Panics
/// If the order is not complete: every node (or edge of the closure) exactly once.
pub fn percolate(overlay: &Overlay, order: &RemovalOrder) -> Curve {
    let command = Command::of(overlay);
    let csr = overlay.closure();
    match &order.items {
        Items::Nodes(list) => {
            let mut everything = Everything::new(csr.nodes(), list.len(), &command);
            nodes::put_back(csr, list, &mut everything);
            everything.into_curve()
        }
        Items::Edges(list) => {
            assert!(list.len() as u64 * 2 == csr.arcs(), "an edge order names every edge of the network once");
            let mut everything = Everything::new(csr.nodes(), list.len(), &command);
            edges::put_back(csr.nodes(), list, &mut everything);
            everything.into_curve()
        }
    }
}

/// S1 and Σs² at the numbers of removals in `at`, rising: 12 bytes a node beside the network and the order, and no more
/// for a finer curve.
///
/// # Panics
/// If `order` is not a permutation of the nodes, or `at` does not rise.
pub fn percolate_at<A: Adjacency>(network: &A, order: &[u32], at: &[u64]) -> Vec<Point> {
    let mut recorded = recorded::Recorded::new(at);
    nodes::put_back(network, order, &mut recorded);
    recorded.into_points()
}

/// S1 alone for every number of removed nodes q = 0 … n: what R and the set size need. The fastest curve.
///
/// `network` may be stored ([`hydranet_overlay::Csr`], symmetric) or computed ([`Adjacency`]).
///
/// # Panics
/// If `order` is not a permutation of the nodes.
pub fn largest_only<A: Adjacency>(network: &A, order: &[u32]) -> Vec<u32> {
    let mut largest = LargestOnly::new(order.len());
    nodes::put_back(network, order, &mut largest);
    largest.into_values()
}
