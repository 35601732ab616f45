//! See `specs/kademlia-k.toml`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hydranet_cli::experiment("kademlia-k", include_str!("../../specs/kademlia-k.toml"), experiments::toolkit())
}
