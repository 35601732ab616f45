//! Centralities: a score a node (or edge), indexed by its number; the higher, the more central.
//!
//! All are on the network as it is handed in, which is a symmetric closure mostly; PageRank goes along arcs. Sampled versions
//! draw from the generator that they are given, and nothing else. Results do not depend on the number of threads.

mod betweenness;
mod closeness;
mod collective_influence;
mod coreness;
mod degree;
mod eigenvector;
mod pagerank;

pub use betweenness::{betweenness, edge_betweenness, sampled_betweenness, sampled_edge_betweenness};
pub use closeness::{Nearness, closeness, sampled_closeness};
pub use collective_influence::collective_influence;
pub use coreness::coreness;
pub use degree::degree;
pub use eigenvector::{EigenvectorScores, PowerIteration, eigenvector};
pub use pagerank::{Surfer, pagerank, pagerank_with_incoming};
