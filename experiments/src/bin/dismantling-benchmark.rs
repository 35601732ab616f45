//! See `specs/dismantling-benchmark.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment(
        "dismantling-benchmark",
        include_str!("../../specs/dismantling-benchmark.toml"),
        experiments::toolkit(),
    )
}
