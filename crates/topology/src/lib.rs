//! The contract that a topology crate implements, and nothing that knows a particular topology.
//!
//! A topology crate, ours or anybody's, is a handful of types that implement [`Model`], one `const` table of
//! [`Entry`] rows, and one test:
//!
//! ```
//! use hydranet_overlay::{Csr, Overlay};
//! use hydranet_topology::{Entry, Invalid, Model, Topology, TrialRng};
//! use schemars::JsonSchema;
//! use serde::{Deserialize, Serialize};
//!
//! /// Parameters of a ring.
//! #[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
//! #[serde(deny_unknown_fields)]
//! pub struct RingParams {
//!     /// Number of nodes (≥ 3).
//!     pub n: u32,
//! }
//!
//! #[derive(Debug)]
//! pub struct Ring(RingParams);
//!
//! impl Topology for Ring {
//!     fn generate(&self, _: &mut TrialRng) -> Overlay {
//!         let n = self.0.n;
//!         let edges: Vec<_> = (0..n).map(|v| [v, (v + 1) % n]).collect();
//!         Overlay::symmetric(Csr::from_edges(n, &edges).0)
//!     }
//! }
//!
//! impl Model for Ring {
//!     type Params = RingParams;
//!     const NAME: &'static str = "ring";
//!     const ABOUT: &'static str = "every node knows its two neighbours on a circle";
//!     const EXAMPLE: &'static str = "n = 100";
//!     fn new(params: RingParams) -> Result<Ring, Invalid> {
//!         Invalid::unless(params.n >= 3, "n", || format!("a ring has at least 3 nodes, not {}", params.n))?;
//!         Ok(Ring(params))
//!     }
//! }
//!
//! pub const MODELS: &[Entry] = &[hydranet_topology::entry::<Ring>()];
//! hydranet_topology::check(MODELS); // in the crate's own test
//! ```
//!
//! Strategies of `hydranet-takedown` join in the same way, through the same [`Registry`].
//!
//! Invariant: this crate depends on no topology crate.
//!
//! Invariant: [`rng`] is the only place in the project that makes random generators.

mod check;
mod invalid;
mod model;
mod params;
pub mod registry;
pub mod rng;

pub use check::{check, check_rows};
pub use invalid::{BadParams, Invalid};
pub use model::{Entry, Model, Models, Topology, entry};
pub use params::{Misread, Param, Params, params_of};
pub use registry::{Built, Registry, UnknownName};
pub use rng::{Draw, Purpose, Trial, TrialRng, trial_rng};
