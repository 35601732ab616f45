//! Networks and oracles for tests: of this crate, and of takedown's, which takes this file in by its path.

use crate::paths::Bfs;
use hydranet_overlay::Csr;
use hydranet_topology::{Draw, TrialRng};

pub(crate) fn random_network(rng: &mut TrialRng, largest: u32) -> Csr {
    let n = 1 + rng.below(largest);
    let links: Vec<[u32; 2]> = (0..rng.below(3 * n)).map(|_| [rng.below(n), rng.below(n)]).collect();
    Csr::from_edges(n, &links).0
}

/// Every shortest path of every pair, walked one by one.
pub(crate) fn by_enumeration(csr: &Csr) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let edges: Vec<[u32; 2]> = csr.iter_arcs().filter(|[u, v]| u < v).collect();
    let (mut between, mut ends) = (vec![0.0; csr.nodes() as usize], vec![0.0; csr.nodes() as usize]);
    let mut along = vec![0.0; edges.len()];
    for s in 0..csr.nodes() {
        let mut bfs = Bfs::new(csr.nodes());
        let reached = bfs.run(csr, s).to_vec();
        for &t in reached.iter().filter(|&&t| t > s) {
            let mut paths = vec![vec![t]];
            for d in (0..bfs.distance(t)).rev() {
                let longer = |path: Vec<u32>| {
                    let closer = csr.row(*path.last().unwrap()).iter().filter(|&&w| bfs.distance(w) == d);
                    closer.map(|&w| [path.clone(), vec![w]].concat()).collect::<Vec<_>>()
                };
                paths = paths.into_iter().flat_map(longer).collect();
            }
            let share = 1.0 / paths.len() as f64;
            for path in paths {
                path[1..path.len() - 1].iter().for_each(|&v| between[v as usize] += share);
                path.iter().for_each(|&v| ends[v as usize] += share);
                for step in path.windows(2) {
                    let edge = [step[0].min(step[1]), step[0].max(step[1])];
                    along[edges.binary_search(&edge).unwrap()] += share;
                }
            }
        }
    }
    (between, ends, along)
}
