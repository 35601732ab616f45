//! See `specs/broadcast-under-failure.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet::experiment(
        "broadcast-under-failure",
        include_str!("../../specs/broadcast-under-failure.toml"),
        experiments::models(),
    )
}
