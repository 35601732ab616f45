//! See `specs/discovery.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet::experiment("discovery", include_str!("../../specs/discovery.toml"), experiments::models())
}
