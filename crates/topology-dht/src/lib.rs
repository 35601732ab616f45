#![doc = include_str!("../README.md")]

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
