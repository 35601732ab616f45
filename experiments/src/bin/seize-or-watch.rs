//! See `specs/seize-or-watch.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment("seize-or-watch", include_str!("../../specs/seize-or-watch.toml"), experiments::toolkit())
}
