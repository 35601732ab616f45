//! Structured overlays: who knows whom in a distributed hash table, and by which distance it routes.
//!
//! Nodes are numbered in the order of their identifiers. In a *full* identifier space every identifier is a node, as in
//! the static-resilience experiments of Gummadi et al. (SIGCOMM 2003); in a *sparse* one, n identifiers are drawn at
//! random. Arcs are what a routing table holds, so that most overlays are directed: `u → v` says that u can forward to v.
//! Every network carries its [`hydranet_overlay::Geometry`].
//!
//! ```
//! use hydranet_overlay::Live;
//! use hydranet_topology::{Plugin, Purpose, Topology, Trial, trial_rng};
//! use hydranet_topology_dht::{Hypercube, HypercubeParams};
//!
//! let model = Hypercube::new(HypercubeParams { bits: 4 })?;
//! let network = model.generate(&mut trial_rng(42, Trial::network(0), Purpose::Topology));
//! let geometry = network.geometry().expect("a structured overlay has one");
//! assert_eq!(geometry.distance(0b0000, 0b0101), 2);
//! assert_eq!(geometry.next_hop(0, network.out().row(0), 0b0101, &Live::all(16)), Some(0b0001));
//! # Ok::<(), hydranet_topology::Invalid>(())
//! ```
//!
//! Invariant: every model is O(n + m) in time and memory, but for the sorting of drawn identifiers.
//!
//! Invariant: no draw depends on a transcendental function of the standard library.

use hydranet_topology::{Registration, Topology};

mod butterfly;
mod can;
mod chord;
mod de_bruijn;
mod division;
mod hypercube;
mod ids;
mod kademlia;
mod pastry;
mod plaxton_tree;
mod prefix;
mod ring;
mod rows;
mod skip_graph;
mod symphony;
#[cfg(test)]
mod testing;
mod xor;

pub use butterfly::{Butterfly, ButterflyParams};
pub use can::{Can, CanParams};
pub use chord::{Chord, ChordParams, Fingers};
pub use de_bruijn::{DeBruijn, DeBruijnParams};
pub use hypercube::{Hypercube, HypercubeParams};
pub use kademlia::{Kademlia, KademliaParams};
pub use pastry::{Pastry, PastryParams};
pub use plaxton_tree::{PlaxtonTree, PlaxtonTreeParams};
pub use skip_graph::{SkipGraph, SkipGraphParams};
pub use symphony::{Symphony, SymphonyParams};

/// The models of this crate.
pub const MODELS: &[Registration<dyn Topology>] = &[
    Registration::of::<Chord>(),
    Registration::of::<Kademlia>(),
    Registration::of::<PlaxtonTree>(),
    Registration::of::<Pastry>(),
    Registration::of::<Hypercube>(),
    Registration::of::<Can>(),
    Registration::of::<Symphony>(),
    Registration::of::<DeBruijn>(),
    Registration::of::<Butterfly>(),
    Registration::of::<SkipGraph>(),
];

#[cfg(test)]
mod tests {
    #[test]
    fn models_keep_their_promises() {
        hydranet_topology::check(super::MODELS);
    }
}
