//! A measured network, read from a file: the model `file`.
//!
//! ```
//! use hydranet_topology::{Plugin, Purpose, Topology, Trial, trial_rng};
//! use hydranet_topology_file::{NetworkFile, NetworkFileParams};
//!
//! let params = NetworkFileParams { path: "sample:karate-club".into(), ..Default::default() };
//! let file = NetworkFile::new(params)?;
//! let network = file.generate(&mut trial_rng(42, Trial::network(0), Purpose::Topology));
//! assert_eq!((network.nodes(), network.edges()), (34, 78));
//! # Ok::<(), hydranet_topology::Invalid>(())
//! ```

mod file_format;
mod load;
pub mod network_file;
mod parquet_file;
mod samples;

pub use file_format::FileFormat;
pub use load::load;
pub use network_file::{NetworkFile, NetworkFileParams};

use hydranet_topology::{Registration, Topology};

/// The one model of this crate.
pub const MODELS: &[Registration<dyn Topology>] = &[Registration::of::<NetworkFile>()];

#[cfg(test)]
mod tests {
    #[test]
    fn models_keep_their_promises() {
        hydranet_topology::check(super::MODELS);
    }
}
