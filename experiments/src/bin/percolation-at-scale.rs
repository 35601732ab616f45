//! See `specs/percolation-at-scale.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment(
        "percolation-at-scale",
        include_str!("../../specs/percolation-at-scale.toml"),
        experiments::toolkit(),
    )
}
