//! Strategies that rank by a centrality: the nodes (or edges) with the highest score fall first.
//!
//! The scores themselves are in `hydranet-measures`.

mod adaptive_betweenness;
mod adaptive_degree;
mod betweenness;
mod closeness;
mod degree;
mod edge_betweenness;
mod eigenvector;
mod k_core;
mod pagerank;

pub use adaptive_betweenness::{AdaptiveBetweenness, AdaptiveBetweennessParams};
pub use adaptive_degree::{AdaptiveDegree, AdaptiveDegreeParams};
pub use betweenness::{Betweenness, BetweennessParams};
pub use closeness::{Closeness, ClosenessParams, Nearness};
pub use degree::{Degree, DegreeParams};
pub use edge_betweenness::{EdgeBetweenness, EdgeBetweennessParams};
pub use eigenvector::{Eigenvector, EigenvectorParams};
pub use k_core::{KCore, KCoreParams};
pub use pagerank::{PageRank, PageRankParams, Walk};
