//! See `specs/helps-but-does-not-cure.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet::experiment(
        "helps-but-does-not-cure",
        include_str!("../../specs/helps-but-does-not-cure.toml"),
        experiments::models(),
    )
}
