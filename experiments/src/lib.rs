//! The experiments of Hydranet: one binary of a few lines each (`src/bin`), its spec beside it (`specs`).
//!
//! Every binary takes the flags of `hydranet run`. A program of your own that knows more topologies:
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     hydranet::experiment("my-study", "title = …", experiments::models()) // .with(my_topology::MODELS)
//! }
//! ```

/// The topologies that the experiments can name: the workspace's. Add a crate's `MODELS` in `crates/cli/src/models.rs`.
pub use hydranet::models;
