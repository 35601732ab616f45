//! The kernel against the plain union-find, in one run: `cargo bench -p hydranet-takedown --bench curve [-- SIZE…]`.
//!
//! Times are medians of interleaved repetitions (plain, kernel, plain, kernel, …), so that the ratio holds when the
//! machine's speed drifts. Sizes are numbers of nodes; mean degree 10. Default: 10⁵ and 10⁶; add 10000000 for the
//! largest row of the table in the README.

#![allow(clippy::print_stdout)]

use hydranet_overlay::{Csr, Overlay, Role, Sources};
use hydranet_takedown::kernel::plain;
use hydranet_takedown::{RemovalOrder, largest_only, percolate};
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let sizes: Vec<u32> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100_000, 1_000_000] } else { sizes };
    println!("one thread, random order, random network of mean degree 10; ns an edge, median");
    println!("{:>10} {:>8} {:>8} {:>7} {:>12} {:>10}", "nodes", "plain", "kernel", "ratio", "everything", "/ kernel");
    for n in sizes {
        row(n);
    }
}

fn row(n: u32) {
    let rng = &mut trial_rng(1, Trial::network(0), Purpose::Topology);
    let links: Vec<[u32; 2]> = (0..5 * n as u64).map(|_| [rng.below(n), rng.below(n)]).collect();
    let (csr, _) = Csr::from_edges(n, &links);
    drop(links);
    let m = csr.arcs() as f64 / 2.0;
    let order = trial_rng(1, Trial::network(0), Purpose::Order).permutation(n);
    // commands come from a thousandth of the nodes, so that the books on reach have work to do
    let roles = (0..n).map(|v| if v % 1000 == 0 { Role::Server } else { Role::Peer }).collect();
    let sources = Sources::Nodes((0..n).step_by(1000).collect());
    let overlay = Overlay::symmetric(csr).with_roles(roles).with_sources(sources);
    let removal = RemovalOrder::nodes(order.clone());
    let mut times = [const { Vec::new() }; 3];
    let repetitions = (40_000_000 / n).clamp(3, 21);
    for repetition in 0..=repetitions {
        let mut take = |slot: usize, run: &dyn Fn() -> u32| {
            let start = Instant::now();
            let got = black_box(run());
            if repetition > 0 {
                times[slot].push(start.elapsed().as_secs_f64() * 1e9 / m);
            }
            got
        };
        let a = take(0, &|| plain::largest(overlay.closure(), &order)[n as usize / 2]);
        let b = take(1, &|| largest_only(overlay.closure(), &order)[n as usize / 2]);
        let c = take(2, &|| percolate(&overlay, &removal).largest[n as usize / 2]);
        assert!(a == b && b == c);
    }
    let median = |list: &mut Vec<f64>| {
        list.sort_by(f64::total_cmp);
        list[list.len() / 2]
    };
    let [plain, kernel, everything] = times.each_mut().map(median);
    println!(
        "{n:>10} {plain:>8.1} {kernel:>8.1} {:>6.2}x {everything:>12.1} {:>9.2}x",
        plain / kernel,
        everything / kernel
    );
}
