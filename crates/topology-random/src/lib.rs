//! Random-graph models: the classics of network science, and the regular shapes that they are measured against.
//!
//! Names and parameter letters are networkx's; where a model differs from networkx's, its page says so. Every model
//! makes a simple undirected network in which all nodes are peers and commands may enter anywhere.
//!
//! ```
//! use hydranet_topology::{Plugin, Purpose, Topology, Trial, trial_rng};
//! use hydranet_topology_random::{Gnm, GnmParams};
//!
//! let model = Gnm::new(GnmParams { n: 1000, m: Some(1750), mean_degree: None })?;
//! let network = model.generate(&mut trial_rng(42, Trial::network(0), Purpose::Topology));
//! assert_eq!((network.nodes(), network.edges()), (1000, 1750));
//! # Ok::<(), hydranet_topology::Invalid>(())
//! ```
//!
//! Invariant: every model is O(n + m) in time and memory, and exact: it samples the law that its page states, except
//! where the page names the error.
//!
//! Invariant: no draw depends on a transcendental function of the standard library.

use hydranet_topology::{Registration, Topology};

mod barabasi_albert;
mod bits;
mod common;
mod configuration;
mod degree_dist;
mod given;
mod gnm;
mod gnp;
mod grid;
mod plain;
mod planted_partition;
mod powerlaw_cluster;
mod random_geometric;
mod random_regular;
mod skip;
mod stochastic_block;
mod stubs;
mod switching;
#[cfg(test)]
mod testing;
mod watts_strogatz;

pub use barabasi_albert::{BarabasiAlbert, BarabasiAlbertParams};
pub use configuration::{ConfigurationModel, ConfigurationModelParams};
pub use degree_dist::DegreeDist;
pub use gnm::{Gnm, GnmParams};
pub use gnp::{Gnp, GnpParams};
pub use grid::{Grid, GridParams};
pub use plain::{Complete, CompleteParams, Cycle, CycleParams, Path, PathParams, Star, StarParams};
pub use planted_partition::{PlantedPartition, PlantedPartitionParams};
pub use powerlaw_cluster::{PowerlawCluster, PowerlawClusterParams};
pub use random_geometric::{RandomGeometric, RandomGeometricParams};
pub use random_regular::{RandomRegular, RandomRegularParams};
pub use stochastic_block::{StochasticBlockModel, StochasticBlockModelParams};
pub use watts_strogatz::{WattsStrogatz, WattsStrogatzParams};

/// The models of this crate.
pub const MODELS: &[Registration<dyn Topology>] = &[
    Registration::of::<Gnp>(),
    Registration::of::<Gnm>(),
    Registration::of::<RandomRegular>(),
    Registration::of::<WattsStrogatz>(),
    Registration::of::<BarabasiAlbert>(),
    Registration::of::<PowerlawCluster>(),
    Registration::of::<ConfigurationModel>(),
    Registration::of::<RandomGeometric>(),
    Registration::of::<StochasticBlockModel>(),
    Registration::of::<PlantedPartition>(),
    Registration::of::<Grid>(),
    Registration::of::<Complete>(),
    Registration::of::<Star>(),
    Registration::of::<Cycle>(),
    Registration::of::<Path>(),
];

#[cfg(test)]
mod tests {
    #[test]
    fn models_keep_their_promises() {
        hydranet_topology::check(super::MODELS);
    }
}
