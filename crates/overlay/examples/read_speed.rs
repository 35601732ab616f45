//! How long reading takes: `cargo run --release -p hydranet-overlay --example read_speed FILE [REPEATS]`.

#![allow(clippy::print_stdout, reason = "a measurement")]

use hydranet_overlay::io;
use std::time::Instant;

fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().expect("a file");
    let repeats: u32 = args.next().map_or(5, |n| n.parse().expect("a number"));
    for _ in 0..repeats {
        let start = Instant::now();
        let loaded = io::read(&path).unwrap_or_else(|e| panic!("{e}"));
        let seconds = start.elapsed().as_secs_f64();
        println!("{seconds:.3} s: {} nodes, {} links", loaded.report.nodes, loaded.report.edges);
    }
}
