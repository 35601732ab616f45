//! Which nodes fall, in which order, and what is left after every single one.
//!
//! A [`Strategy`] gives a complete [`RemovalOrder`]; [`percolate`] gives, for every prefix of the order, the sizes of
//! the largest and second component, Σs² and the command reach as a [`Curve`]; [`Outcome`] is what is read off a curve:
//! robustness R, percolation threshold, dismantling set size, seizures to a given loss of reach. [`measure`] is for what is
//! said of a whole network (distances, clustering, spectra), [`cascade`] for the overload that follows a removal.
//!
//! ```
//! use hydranet_overlay::{Csr, Overlay};
//! use hydranet_takedown::{Outcome, RemovalOrder, percolate};
//! // a star of 5 nodes, hub first
//! let star = Overlay::symmetric(Csr::from_edges(5, &[[0, 1], [0, 2], [0, 3], [0, 4]]).0);
//! let curve = percolate(&star, &RemovalOrder::nodes(vec![0, 1, 2, 3, 4]));
//! assert_eq!(curve.largest, [5, 1, 1, 1, 1, 0]);
//! let outcome = Outcome::of(&curve, 0.2);
//! assert_eq!(outcome.r(), (5.0 - 1.0) / 25.0); // (N − 1)/N²
//! assert_eq!(outcome.set_size, Some(1));
//! ```
//!
//! Invariant: this crate names no topology model.
//!
//! Invariant: an order is complete. Every node (or edge) stands in it exactly once, so that R is defined.

mod bits;
pub mod budget;
pub mod cascade;
mod curve;
mod dismantle;
mod forest;
mod induced;
pub mod kernel;
pub mod measure;
mod order;
mod outcome;
mod paths;
mod protocol;
pub mod repair;
pub mod strategy;

pub use curve::Curve;
pub use dismantle::reinsert;
pub use kernel::{largest_only, percolate};
pub use order::{Items, RemovalOrder, Removes};
pub use outcome::Outcome;
pub use protocol::Protocol;
pub use strategy::{
    Entry, NetworkSize, Plan, Ranking, STRATEGIES, Strategies, Strategy, Task, Unsuitable, check, check_on, entry,
};
