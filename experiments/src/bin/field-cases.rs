//! See `specs/field-cases.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment("field-cases", include_str!("../../specs/field-cases.toml"), experiments::toolkit())
}
