//! What a peer-to-peer network is for, and how well it still does it while nodes fall.
//!
//! - [`lookup`]: lookups between live nodes of a structured overlay, by the geometry that its topology attached to it
//!   ([`hydranet_overlay::Geometry`]), without repair;
//! - [`iterative`]: lookups that ask several contacts at a time, as Kademlia does;
//! - [`interference`]: poisoned lists, Sybils, eclipses and cuts, as static treatments;
//! - [`broadcast`]: flooding and push gossip: coverage, and rounds to a share of it;
//! - [`directed`]: who can call whom: strong component, out-reach of command sources, in-degree skew, reciprocity;
//! - [`directed_measure`]: the same as measures of a whole network, with names;
//! - [`discovery`]: what crawlers and sensors find, and how large they think the network is;
//! - [`knowledge`]: a takedown that knows what a crawl has found, and no more.
//!
//! Everything works on the arcs of an [`hydranet_overlay::Overlay`] and a set of live nodes; nothing is symmetrised unless
//! a function says so.
//!
//! Invariant: this crate names no topology model.
//!
//! Invariant: draws come from the generator that the caller passes; no clock, no I/O; nothing is allocated a hop.

pub mod broadcast;
pub mod directed;
pub mod directed_measure;
pub mod discovery;
pub mod interference;
pub mod iterative;
pub mod knowledge;
pub mod lookup;
pub mod out_reach;
#[cfg(test)]
mod testing;
