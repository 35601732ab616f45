//! See `specs/centralized-vs-p2p.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet::experiment(
        "centralized-vs-p2p",
        include_str!("../../specs/centralized-vs-p2p.toml"),
        experiments::models(),
    )
}
