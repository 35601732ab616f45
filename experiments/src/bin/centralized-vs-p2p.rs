//! See `specs/centralized-vs-p2p.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment(
        "centralized-vs-p2p",
        include_str!("../../specs/centralized-vs-p2p.toml"),
        experiments::toolkit(),
    )
}
