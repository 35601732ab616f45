//! See `specs/arms-race.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment("arms-race", include_str!("../../specs/arms-race.toml"), experiments::toolkit())
}
