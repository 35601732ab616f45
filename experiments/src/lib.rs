//! The experiments of Hydranet: one binary of a few lines each (`src/bin`), its spec beside it (`specs`).
//!
//! Every binary takes the flags of `hydranet run`. A program of your own that knows more:
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     hydranet_cli::experiment("my-study", "title = …", experiments::toolkit()) // .with_topologies(mine::MODELS)
//! }
//! ```

use hydranet_cli::Toolkit;

/// What the experiments can name: everything in this workspace.
pub fn toolkit() -> Toolkit {
    Toolkit::default()
}
