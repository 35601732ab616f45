//! See `specs/discovery.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment("discovery", include_str!("../../specs/discovery.toml"), experiments::toolkit())
}
