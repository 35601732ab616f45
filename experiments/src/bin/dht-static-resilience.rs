//! See `specs/dht-static-resilience.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment(
        "dht-static-resilience",
        include_str!("../../specs/dht-static-resilience.toml"),
        experiments::toolkit(),
    )
}
