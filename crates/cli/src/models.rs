//! The topologies of this workspace: one line a crate.

use hydranet_topology::Models;

/// All topologies of this workspace. A program of your own adds more: `hydranet::models().with(my_topology::MODELS)`.
pub fn models() -> Models {
    Models::default()
        .with(hydranet_topology_command::MODELS)
        .with(hydranet_topology_random::MODELS)
        .with(hydranet_topology_unstructured::MODELS)
        .with(hydranet_topology_dht::MODELS)
        .with(hydranet_topology_file::MODELS)
}
