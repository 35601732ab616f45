//! See `specs/error-and-attack-tolerance.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment(
        "error-and-attack-tolerance",
        include_str!("../../specs/error-and-attack-tolerance.toml"),
        experiments::toolkit(),
    )
}
