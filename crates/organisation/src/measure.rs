//! What a graph of contacts looks like: density, clustering, efficiency, centralisation, and what the top still reaches.
//!
//! All take contacts by place, sorted or not, each tie in both lists; people who are not there have no contacts and are left out
//! by [`Present`].

mod centralisation;
mod cohesion;
mod present;

pub use centralisation::{betweenness, betweenness_centralisation, degree_centralisation};
pub use cohesion::{Distances, clustering, components, density, distances, efficiency, local_efficiency, transitivity};
pub use present::{Present, Snapshot, stays};
