//! See `specs/chipping-away.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment("chipping-away", include_str!("../../specs/chipping-away.toml"), experiments::toolkit())
}
