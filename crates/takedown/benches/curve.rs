//! The kernel against the plain union-find, in one run: `cargo bench -p hydranet-takedown --bench curve [-- SIZE…]`.
//!
//! Times are medians of interleaved repetitions (plain, kernel, plain, kernel, …), so that the ratio holds when the
//! machine's speed drifts. Sizes are numbers of nodes; mean degree 10. Default: 10⁵ and 10⁶; add 10000000 for the
//! largest row of the table in the README.

#![allow(clippy::print_stdout)]

use hydranet_overlay::memory::prefetch;
use hydranet_overlay::{Csr, Overlay, Role, Sources};
use hydranet_takedown::kernel::{Adjacency, plain};
use hydranet_takedown::{RemovalOrder, largest_only, percolate};
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let sizes: Vec<u32> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100_000, 1_000_000] } else { sizes };
    println!("one thread, random order, random network of mean degree 10; ns an edge, median");
    println!("plain: the textbook union-find on vectors as they come; + pages: on the same network in huge pages");
    println!(
        "bound: one sequential pass over the adjacency and one random cache line a node; walk: the rows in this order"
    );
    println!(
        "{:>10} {:>8} {:>8} {:>8} {:>7} {:>12} {:>10} {:>8} {:>8}",
        "nodes", "plain", "+ pages", "kernel", "ratio", "everything", "/ kernel", "bound", "walk"
    );
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
    // from the allocator, in pages of its choice
    let ordinary = Csr::from_rows(csr.offsets().to_vec(), csr.targets().to_vec());
    let order = trial_rng(1, Trial::network(0), Purpose::Order).permutation(n);
    // commands come from a thousandth of the nodes, so that the books on reach have work to do
    let roles = (0..n).map(|v| if v % 1000 == 0 { Role::Server } else { Role::Peer }).collect();
    let sources = Sources::Nodes((0..n).step_by(1000).collect());
    let overlay = Overlay::symmetric(csr).with_roles(roles).with_sources(sources);
    let removal = RemovalOrder::nodes(order.clone());
    let mut times = [const { Vec::new() }; 6];
    let lines: Vec<[u32; 16]> = vec![[1; 16]; n as usize]; // a cache line a node
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
        let a = take(0, &|| plain::largest(&ordinary, &order)[n as usize / 2]);
        let b = take(1, &|| largest_only(overlay.closure(), &order)[n as usize / 2]);
        let c = take(2, &|| percolate(&overlay, &removal).largest[n as usize / 2]);
        assert!(a == b && b == c);
        take(5, &|| plain::largest(overlay.closure(), &order)[n as usize / 2]);
        take(3, &|| bound(overlay.closure(), &order, &lines));
        take(4, &|| walk(overlay.closure(), &order));
    }
    let median = |list: &mut Vec<f64>| {
        list.sort_by(f64::total_cmp);
        list[list.len() / 2]
    };
    let [plain, kernel, everything, bound, walk, pages] = times.each_mut().map(median);
    println!(
        "{n:>10} {plain:>8.1} {pages:>8.1} {kernel:>8.1} {:>6.2}x {everything:>12.1} {:>9.2}x {bound:>8.1} {walk:>8.1}",
        plain / kernel,
        everything / kernel
    );
}

/// What no kernel for a random order can do without: every arc is read once, and for every node one line of its own.
fn bound(network: &Csr, order: &[u32], lines: &[[u32; 16]]) -> u32 {
    let arcs = network.targets().iter().fold(0u32, |sum, &w| sum.wrapping_add(w));
    let nodes = (0..order.len()).rev().fold(0u32, |sum, q| {
        prefetch(lines, order[q.saturating_sub(24)] as usize);
        sum.wrapping_add(lines[order[q] as usize][0])
    });
    arcs ^ nodes
}

/// Every row in the order in which the nodes come back, and nothing done with it.
fn walk(network: &Csr, order: &[u32]) -> u32 {
    (0..order.len()).rev().fold(0u32, |sum, q| {
        network.will_want_soon(order[q.saturating_sub(48)]);
        network.will_want_next(order[q.saturating_sub(24)]);
        network.row(order[q]).iter().fold(sum, |sum, &w| sum.wrapping_add(w))
    })
}
