//! What a trial costs on two threads beside one: `cargo bench -p hydranet-toolkit --bench threads`.
//!
//! The same experiment runs on one and on two threads in turn. Printed is the processor time a trial of the two-thread
//! runs over that of the one-thread runs (Linux); 1 means that threads do not get in each other's way.

#![allow(clippy::print_stdout)]

use hydranet_montecarlo::Shard;
use hydranet_montecarlo::engine::{self, HostRecord, Options};
use hydranet_montecarlo::runner::{How, Silent};
use hydranet_toolkit::Toolkit;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

const SPEC: &str = "title = \"threads\"\nseed = 1\nnetworks = 24\norders = 4\n[[topology]]\nmodel = \"gnm\"\nn = 100000\n\
    mean_degree = 10\n[[treatment]]\nstrategy = \"random\"\n[[treatment]]\nstrategy = \"adaptive-degree\"\n";

fn main() {
    let spec = Toolkit::default().parse(SPEC, "bench").expect("a spec that works");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut wall, mut cpu) = ([0.0; 2], [0.0; 2]);
    for repetition in 0..3 {
        for threads in [1, 2] {
            let results = folder.path().join(format!("{repetition}-{threads}"));
            let stop = AtomicBool::new(false);
            let how = How { threads, shard: Shard::WHOLE, fresh: true, stop: &stop };
            let (clock, before) = (Instant::now(), cpu_seconds());
            let options = Options { results: &results, how, progress: &Silent, host: HostRecord::default() };
            engine::run("threads", &spec, &options).expect("it runs");
            wall[threads - 1] += clock.elapsed().as_secs_f64();
            cpu[threads - 1] += cpu_seconds() - before;
        }
    }
    let trials = 3.0 * 24.0 * 4.0 * 2.0;
    println!("wall time a trial: {:.2} ms on 1 thread, {:.2} ms on 2", wall[0] * 1e3 / trials, wall[1] * 1e3 / trials);
    println!(
        "processor time a trial: {:.2} ms and {:.2} ms, ratio {:.2}",
        cpu[0] * 1e3 / trials,
        cpu[1] * 1e3 / trials,
        cpu[1] / cpu[0]
    );
}

/// User and system time of this process, all threads; 0 where the system does not tell.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0 // clock ticks are hundredths of a second on Linux
}
