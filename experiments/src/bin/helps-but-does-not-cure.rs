//! See `specs/helps-but-does-not-cure.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment(
        "helps-but-does-not-cure",
        include_str!("../../specs/helps-but-does-not-cure.toml"),
        experiments::toolkit(),
    )
}
