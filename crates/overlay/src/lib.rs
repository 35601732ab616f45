//! One network: compact adjacency, roles, command sources, node attributes, and its files.
//!
//! An [`Overlay`] is what a topology draws, a strategy looks at and a takedown removes nodes from. Its nodes are the
//! dense numbers `0..n`; an arc `u → v` means "u knows v and can contact it". Overlays whose arcs all go both ways say
//! so ([`Overlay::is_symmetric`]). Measures of connectivity use the symmetric closure ([`Overlay::closure`]), routing
//! and crawling use the arcs.
//!
//! Invariant: an overlay is simple. No self-loops, no parallel arcs, rows sorted. Whoever builds one learns what was
//! dropped ([`Dropped`]).
//!
//! Invariant: this crate draws nothing at random and knows no model.
//!
//! ```
//! use hydranet_overlay::{Csr, Overlay, Role, Sources};
//! // a hub that three peers report to
//! let (csr, dropped) = Csr::from_edges(4, &[[0, 1], [0, 2], [0, 3], [3, 0]]);
//! assert_eq!(dropped.duplicates, 1);
//! let beacon = Overlay::symmetric(csr)
//!     .with_roles(vec![Role::Server, Role::Peer, Role::Peer, Role::Peer])
//!     .with_sources(Sources::Nodes(vec![0]));
//! assert_eq!((beacon.nodes(), beacon.edges(), beacon.peers()), (4, 3, 3));
//! // any petgraph algorithm runs on it
//! assert_eq!(petgraph::algo::connected_components(&beacon.undirected()), 1);
//! ```

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
