//! What a peer-to-peer network is for, and what is left of it under failure.
//!
//! [`lookup`] routes lookups between live nodes of a structured overlay, by the geometry that its topology attached to
//! it ([`hydranet_overlay::Geometry`]), without repair.
//!
//! Invariant: this crate names no topology model.
//!
//! Invariant: nothing is allocated a hop; what is drawn comes from the generator that the caller hands in.

pub mod lookup;
