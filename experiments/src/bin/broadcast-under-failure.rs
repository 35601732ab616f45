//! See `specs/broadcast-under-failure.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment(
        "broadcast-under-failure",
        include_str!("../../specs/broadcast-under-failure.toml"),
        experiments::toolkit(),
    )
}
