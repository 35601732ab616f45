#![doc = include_str!("../README.md")]

use hydranet_topology::{Registration, Topology};

mod barabasi_albert;
mod bits;
mod bounds_and_draws;
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
