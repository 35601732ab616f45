#![doc = include_str!("../README.md")]

mod build;
mod convert;
mod csr;
mod geometry;
pub mod io;
pub mod memory;
mod names;
mod overlay;
mod role;
mod visit;

pub use build::Dropped;
pub use csr::Csr;
pub use geometry::{Geometry, Live, LookupState};
pub use names::Names;
pub use overlay::{NodeId, Overlay};
pub use role::{Role, Sources};
pub use visit::{ArcRef, Arcs, EdgeRef, Edges, Undirected};
