//! See `specs/dht-static-resilience.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet::experiment(
        "dht-static-resilience",
        include_str!("../../specs/dht-static-resilience.toml"),
        experiments::models(),
    )
}
