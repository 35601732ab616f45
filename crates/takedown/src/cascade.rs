//! Cascades of overload (Motter & Lai, Phys. Rev. E 66, 065102, 2002).
//!
//! Every pair of connected nodes exchanges one unit along its shortest paths; the load of a node is what passes through it, its
//! betweenness. A node can carry (1 + α) times its load in the intact network. When nodes are removed, paths and loads shift;
//! whatever is overloaded fails, all at once; loads are computed anew; until nobody is overloaded. G = S1/N is what is left.
//!
//! O(n m) a round. In parallel; the result does not depend on the number of threads.

use hydranet_measures::components::components;
use hydranet_measures::paths::{Load, node_betweenness, sources};
use hydranet_overlay::{NodeId, Overlay};
use hydranet_topology::{Purpose, Trial, trial_rng};

/// What loads a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Carries {
    /// What passes through it and what it sends and receives itself. Nobody's capacity is 0.
    #[default]
    EndsToo,
    /// What passes through it only: betweenness proper. A node that nothing passed through fails when anything does,
    /// whatever α is.
    TransitOnly,
}

/// How much nodes can bear.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerance {
    /// Spare capacity α ≥ 0, as a share of the initial load.
    pub alpha: f64,
    /// What loads a node.
    pub load: Carries,
}

/// What a cascade came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cascade {
    /// The nodes that were overloaded, round by round, rising. Seeds are not among them.
    pub rounds: Vec<Vec<NodeId>>,
    /// Size of the largest component that is left, S1.
    pub largest: u32,
}

impl Cascade {
    /// Nodes that failed by overload, seeds not counted.
    pub fn avalanche(&self) -> u32 {
        self.rounds.iter().map(|round| round.len() as u32).sum()
    }
}

/// Loads are sums of many floats: what exceeds the capacity by less than this share does not exceed it.
const NOISE: f64 = 1e-9;

/// Removes the seeds, and then whatever is overloaded, on the symmetric closure, until the network is stable.
///
/// ```
/// use hydranet_overlay::{Csr, Overlay};
/// use hydranet_takedown::cascade::{Carries, Tolerance, cascade};
/// // on a ring of 6, the removal of one node leaves a path of 5, the middle of which carries 8 where it carried 7
/// let ring = Overlay::symmetric(Csr::from_edges(6, &[[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [5, 0]]).0);
/// let fragile = cascade(&ring, &[0], Tolerance { alpha: 0.0, load: Carries::EndsToo });
/// let robust = cascade(&ring, &[0], Tolerance { alpha: 0.2, load: Carries::EndsToo });
/// assert_eq!((fragile.rounds, fragile.largest), (vec![vec![3]], 2));
/// assert_eq!((robust.rounds, robust.largest), (vec![], 5));
/// ```
///
/// # Panics
/// If a seed is not a node, or α is negative or not a number.
pub fn cascade(overlay: &Overlay, seeds: &[NodeId], tolerance: Tolerance) -> Cascade {
    assert!(tolerance.alpha >= 0.0, "spare capacity α = {} is a number of at least 0", tolerance.alpha);
    let csr = overlay.closure();
    let mut gone = vec![false; csr.nodes() as usize];
    let load = match tolerance.load {
        Carries::EndsToo => Load::WithEnds,
        Carries::TransitOnly => Load::Between,
    };
    // all sources: nothing is drawn
    let mut unused = trial_rng(0, Trial::network(0), Purpose::Measure);
    let mut loads = |gone: &[bool]| {
        let from = sources(csr, |v| !gone[v as usize], None, &mut unused);
        node_betweenness(csr, Some(gone), &from, load)
    };
    let bearable = |load: f64| load * (1.0 + tolerance.alpha) * (1.0 + NOISE) + NOISE;
    let capacity: Vec<f64> = loads(&gone).into_iter().map(bearable).collect();
    seeds.iter().for_each(|&v| gone[v as usize] = true);
    let mut rounds = Vec::new();
    loop {
        let now = loads(&gone);
        let failing: Vec<NodeId> =
            (0..csr.nodes()).filter(|&v| !gone[v as usize] && now[v as usize] > capacity[v as usize]).collect();
        if failing.is_empty() {
            break;
        }
        failing.iter().for_each(|&v| gone[v as usize] = true);
        rounds.push(failing);
    }
    let largest = components(csr, |v| !gone[v as usize]).iter().map(Vec::len).max().unwrap_or(0) as u32;
    Cascade { rounds, largest }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{by_enumeration, random_network};
    use hydranet_overlay::Csr;
    use hydranet_topology::{Draw, TrialRng};

    /// Every path of every pair walked, in every round.
    fn slowly(csr: &Csr, seeds: &[u32], tolerance: Tolerance) -> Cascade {
        let loads = |gone: &[u32]| {
            let left: Vec<_> = csr.iter_arcs().filter(|a| a.iter().all(|v| !gone.contains(v))).collect();
            let (between, ends, _) = by_enumeration(&Csr::from_edges(csr.nodes(), &left).0);
            if tolerance.load == Carries::EndsToo { ends } else { between }
        };
        let capacity: Vec<f64> = loads(&[]).iter().map(|l| l * (1.0 + tolerance.alpha)).collect();
        let mut gone = seeds.to_vec();
        let mut rounds = Vec::new();
        loop {
            let now = loads(&gone);
            let over = |&v: &u32| !gone.contains(&v) && now[v as usize] > capacity[v as usize] + 1e-7;
            let failing: Vec<u32> = (0..csr.nodes()).filter(over).collect();
            if failing.is_empty() {
                break;
            }
            gone.extend(&failing);
            rounds.push(failing);
        }
        let largest = components(csr, |v| !gone.contains(&v)).iter().map(Vec::len).max().unwrap_or(0) as u32;
        Cascade { rounds, largest }
    }

    #[test]
    fn agrees_with_all_paths_walked() {
        let mut avalanches = 0;
        for trial in 0..300 {
            let rng = &mut trial_rng(61, Trial::network(trial), Purpose::Topology);
            let csr = random_network(rng, 20);
            let seeds: Vec<u32> = (0..1 + rng.below(2)).map(|_| rng.below(csr.nodes())).collect();
            let load = [Carries::EndsToo, Carries::TransitOnly][trial as usize % 2];
            // multiples of no simple fraction: loads are rational, and must not lie on the capacity
            let tolerance = Tolerance { alpha: 0.317 * rng.below(3) as f64, load };
            let got = cascade(&Overlay::symmetric(csr.clone()), &seeds, tolerance);
            assert_eq!(got, slowly(&csr, &seeds, tolerance));
            avalanches += (got.avalanche() > 0) as u32;
        }
        assert!(avalanches > 30, "{avalanches}");
    }

    /// Two hubs share the traffic between two groups; when one falls, the other carries all of it.
    #[test]
    fn a_parallel_bridge_fails_below_its_share() {
        let (a, b, bridges) = (8u32, 8, [16u32, 17]);
        let clique = |from: u32, k: u32| (from..from + k).flat_map(move |u| (from..u).map(move |v| [u, v]));
        let links: Vec<[u32; 2]> = clique(0, a)
            .chain(clique(8, b))
            .chain(bridges.into_iter().flat_map(|h| (0..16).map(move |v| [v, h])))
            .collect();
        let overlay = Overlay::symmetric(Csr::from_edges(18, &links).0);
        // of the 64 pairs across, each bridge carries half, and it is an end of 17: 49. Alone it carries 64 + 16 = 80, which
        // is 63 % more
        let run = |alpha| cascade(&overlay, &[16], Tolerance { alpha, load: Carries::EndsToo });
        assert_eq!(run(0.6).rounds, [[17]]);
        assert_eq!((run(0.6).largest, run(0.7).avalanche(), run(0.7).largest), (8, 0, 17));
    }

    fn preferential(n: u32, rng: &mut TrialRng) -> Csr {
        let mut links = vec![[0, 1], [1, 2], [2, 0]];
        for v in 3..n {
            for _ in 0..2 {
                let [x, y] = links[rng.below(links.len() as u32 - 1) as usize];
                links.push([v, if rng.chance(0.5) { x } else { y }]);
            }
        }
        Csr::from_edges(n, &links).0
    }

    /// Motter & Lai's result: on a scale-free network the loss of the most loaded node sets off a cascade that leaves a small
    /// part, the loss of a random node does not; on a homogeneous network neither does.
    #[test]
    fn scale_free_networks_fear_the_loss_of_their_hub() {
        let n = 400;
        let alpha = 0.25;
        let (mut hub_left, mut random_left, mut even_left) = (0.0, 0.0, 0.0);
        let trials = 6;
        for trial in 0..trials {
            let rng = &mut trial_rng(62, Trial::network(trial), Purpose::Topology);
            let left = |csr: &Csr, seed: u32| {
                let tolerance = Tolerance { alpha, load: Carries::EndsToo };
                cascade(&Overlay::symmetric(csr.clone()), &[seed], tolerance).largest as f64 / n as f64 / trials as f64
            };
            let most_loaded = |csr: &Csr, rng: &mut TrialRng| {
                let loads = node_betweenness(csr, None, &sources(csr, |_| true, None, rng), Load::Between);
                (0..n).max_by(|&a, &b| loads[a as usize].total_cmp(&loads[b as usize])).unwrap()
            };
            let scale_free = preferential(n, rng);
            let hub = most_loaded(&scale_free, rng);
            hub_left += left(&scale_free, hub);
            let anybody = rng.below(n);
            random_left += left(&scale_free, anybody);
            // a ring with random chords: three or four links a node
            let mut mates = rng.permutation(n);
            let chords: Vec<[u32; 2]> = mates.chunks_exact_mut(2).map(|pair| [pair[0], pair[1]]).collect();
            let ring = (0..n).map(|v| [v, (v + 1) % n]);
            let even = Csr::from_edges(n, &ring.chain(chords).collect::<Vec<_>>()).0;
            let top = most_loaded(&even, rng);
            even_left += left(&even, top);
        }
        assert!(hub_left < 0.6 && random_left > 0.85 && even_left > 0.8, "{hub_left} {random_left} {even_left}");
    }
}
