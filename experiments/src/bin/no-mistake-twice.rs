//! See `specs/no-mistake-twice.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment(
        "no-mistake-twice",
        include_str!("../../specs/no-mistake-twice.toml"),
        experiments::toolkit(),
    )
}
