//! How fast networks are drawn: `cargo bench -p hydranet-topology-random --bench generation [-- NODES] [MODEL…]`.
//!
//! Every model draws a network of mean degree 10 (10⁶ nodes unless told otherwise); shown is the best of 3, from the
//! first draw to the finished rows. `of it rows` is the time of [`Csr::from_edges`] alone on the same edges in random
//! order. The last column is the time beside that of a plain union-find that puts the nodes of the same
//! network back in random order: two such curves are what generation may cost. All in one run, since the machine's speed
//! drifts.

#![allow(clippy::print_stdout)]

use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Draw, Params, Purpose, Trial, trial_rng};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let (numbers, names): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).filter(|a| !a.starts_with('-')).partition(|a| a.chars().all(|c| c.is_ascii_digit()));
    let n: u32 = numbers.first().map_or(1_000_000, |n| n.parse().expect("a number of nodes"));
    let half = n / 2;
    let side = (n as f64).sqrt() as u32;
    let (third, tenth) = (libm::cbrt(n as f64) as u32, n / 1000);
    let p = 10.0 / n as f64;
    let jobs = [
        ("gnp", format!("n = {n}\nmean_degree = 10")),
        ("gnm", format!("n = {n}\nmean_degree = 10")),
        ("random-regular", format!("n = {n}\nd = 10")),
        ("watts-strogatz", format!("n = {n}\nk = 10\np = 0.1")),
        ("barabasi-albert", format!("n = {n}\nm = 5")),
        ("powerlaw-cluster", format!("n = {n}\nm = 5\np = 0.5")),
        ("configuration-model", format!("n = {n}\ndegree_dist = {{ kind = \"poisson\", mean = 10 }}")),
        ("configuration-model", format!("n = {n}\ndegree_dist = {{ kind = \"power-law\", exponent = 2.5, min = 4 }}")),
        ("random-geometric", format!("n = {n}\nmean_degree = 10")),
        ("random-geometric", format!("n = {n}\nmean_degree = 10\ndim = 3\ntorus = true")),
        ("stochastic-block-model", format!("sizes = [{half}, {half}]\np = [[{p}, {p}], [{p}, {p}]]")),
        ("planted-partition", format!("l = {tenth}\nk = 1000\np_in = 0.005\np_out = {}", p / 2.0)),
        ("grid", format!("dims = [{side}, {side}]\nperiodic = true")),
        ("grid", format!("dims = [{third}, {third}, {third}]")),
    ];
    println!(
        "{:<24} {:>10} {:>8} {:>8} {:>10} {:>10} {:>8}",
        "model", "edges", "s", "ns/edge", "of it rows", "curve, s", "/ curve"
    );
    for (name, params) in jobs.iter().filter(|(name, _)| names.is_empty() || names.iter().any(|n| n == name)) {
        let row = hydranet_topology_random::MODELS.iter().find(|row| row.name == *name).expect("a model of the table");
        let model = row.build(&Params::parse(params).expect("TOML")).expect("parameters that work").value;
        let (mut best, mut rows, mut curve, mut edges) = ([f64::MAX; 3], 0.0, 0.0, 0);
        for trial in 0..3 {
            let mut rng = trial_rng(1, Trial::network(trial), Purpose::Topology);
            let (took, network) = timed(|| model.generate(&mut rng));
            let (order, links) = (rng.permutation(network.nodes()), shuffled_edges(&network, &mut rng));
            let times = [
                took,
                timed(|| Csr::from_edges(network.nodes(), &links)).0,
                timed(|| union_find(network.out(), &order)).0,
            ];
            best.iter_mut().zip(times).for_each(|(best, time)| *best = best.min(time));
            [_, rows, curve] = best;
            edges = network.edges();
        }
        let [s, ..] = best;
        println!(
            "{name:<24} {edges:>10} {s:>8.3} {:>8.1} {rows:>10.3} {curve:>10.3} {:>8.2}",
            s * 1e9 / edges as f64,
            s / curve
        );
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let got = black_box(work());
    (start.elapsed().as_secs_f64(), got)
}

fn shuffled_edges(network: &Overlay, rng: &mut hydranet_topology::TrialRng) -> Vec<[u32; 2]> {
    let mut edges: Vec<[u32; 2]> = network.out().iter_arcs().filter(|[u, v]| u < v).collect();
    rng.shuffle(&mut edges);
    edges
}

/// Largest component after every return: the whole curve, plainly.
fn union_find(g: &Csr, order: &[u32]) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..g.nodes()).collect();
    let mut size = vec![0u32; g.nodes() as usize];
    let mut largest = 0;
    let mut curve = Vec::with_capacity(order.len());
    for &v in order.iter().rev() {
        size[v as usize] = 1;
        let mut root = v;
        for &w in g.row(v) {
            if size[w as usize] == 0 {
                continue;
            }
            let mut other = find(&mut parent, w);
            if other != root {
                if size[other as usize] > size[root as usize] {
                    std::mem::swap(&mut other, &mut root);
                }
                parent[other as usize] = root;
                size[root as usize] += size[other as usize];
            }
        }
        largest = largest.max(size[root as usize]);
        curve.push(largest);
    }
    curve
}

fn find(parent: &mut [u32], mut v: u32) -> u32 {
    while parent[v as usize] != v {
        parent[v as usize] = parent[parent[v as usize] as usize];
        v = parent[v as usize];
    }
    v
}
