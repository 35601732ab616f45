#![doc = include_str!("../README.md")]

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
