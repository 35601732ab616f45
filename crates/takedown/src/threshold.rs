//! Where a network falls apart, read off a curve: the peak of the second component, and when it is no threshold.
//!
//! At a percolation threshold the largest component breaks into pieces of its own order, so that the second component S2 is largest
//! there (Stauffer & Aharony, Introduction to Percolation Theory, 1994; Margolina et al., Phys. Lett. A 98, 1983). With heavy-tailed
//! degrees the susceptibility (Σs² − S1²)/N does not do: the hubs make it peak inside the phase in which the network holds
//! together. Erased configuration models with γ = 2.5 and minimum 2 have their peak of χ at 0.70, 0.76, 0.68 for N = 10³, 10⁵ and
//! 10⁷, that of S2 at 0.69, 0.92, 0.98, and 1 − 1/(κ − 1) of the same networks is 0.88, 0.97, 0.99 (experiment `percolation-at-scale`).
//!
//! A curve always has a highest S2, whether anything falls apart or not. It is a threshold if three things hold, all of them told
//! by counts:
//!
//! 1. it comes after the first removal: a fleet of networks that are not linked is in pieces already;
//! 2. the network breaks into parts: S2 at its peak is more than ln n, with n nodes left, as many as the components beside a giant
//!    one have away from a threshold (Erdős & Rényi 1960). A hub that takes single nodes with it leaves S2 = 1;
//! 3. it breaks there and not little by little: within [`WINDOW`]·N^(−1/3) of the removals before and after the peak, S1 falls to an
//!    eighth ([`FALL`]) or less. N^(−1/3) is the width of the critical window of a random network; on lattices it is narrower, so that
//!    the same window holds it. Where it is wider (power laws with γ from 3 to 4: N^(−(γ − 3)/(γ − 1)); Cohen et al. 2002), S1 need not fall
//!    so far inside, and it does if S1/N is small already where the window begins: at most [`SMALL`]·N^(−1/3), and a half.
//!
//! S1 at the peak itself tells less: it is 0.8·N^(2/3) in Erdős–Rényi networks of any size, but 3, 6 and 10 times N^(2/3) on a square
//! lattice of 10³, 10⁴ and 10⁵ nodes, where theory has N^(91/96), and 4 times in a tree of 5,000, which has no threshold.
//! Of 200 networks each, S1 falls by this factor (median, and 5 % lie below):
//!
//! | network, N | median | 5 % |
//! |---|---|---|
//! | Erdős–Rényi, c = 4, 10³ and 10⁴ | 80, 74 | 35, 28 |
//! | random 4-regular, 10³ and 10⁴ | 66, 79 | 34, 40 |
//! | square lattice, 10³, 10⁴ and 10⁵ | 24, 29, 36 | 12, 13, 16 |
//! | power law, γ = 3.5, 10³ and 10⁴ | 25, 17 | 5, 5 |
//! | power law, γ = 2.5, 10³ and 10⁴ | 86, 78 | 3, 4 |
//! | Barabási–Albert, m = 2, 10⁴ | 39 | 5 |
//! | tree of five levels, 5,000 | 5 | 2 |
//!
//! One network in ten with heavy tails is refused, and one tree in ten is not: so metrics give a mean only where most trials have a threshold.

use crate::Curve;
use std::fmt;

/// Half of the window around the peak, in units of N^(−1/3) of all removals.
pub const WINDOW: f64 = 2.0;

/// By which factor S1 falls within it, at least.
pub const FALL: u64 = 8;

/// What S1/N is at most where nothing holds together any more, in units of N^(−1/3).
pub const SMALL: f64 = 3.0;

/// Why a curve has no threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoThreshold {
    /// S2 is largest before anything is removed.
    InPieces,
    /// It loses single nodes or small groups, or all at once; no second component of any size appears.
    NoParts,
    /// S1 falls little by little: about as large a part holds together after the peak of S2 as before.
    LittleByLittle,
}

impl fmt::Display for NoThreshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoThreshold::InPieces => "in pieces before the first removal",
            NoThreshold::NoParts => "it does not break into parts: no second component of any size",
            NoThreshold::LittleByLittle => "it crumbles little by little: S1 does not break down where S2 peaks",
        })
    }
}

/// The peak of the second component, and what tells whether it is a threshold: counts, so that rows can hold them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SecondPeak {
    /// Nodes before the first removal, N.
    pub nodes: u64,
    /// Removals in the order, L.
    pub steps: u64,
    /// The q at which S2 is highest (the first, if there are several).
    pub removed: u64,
    /// Nodes that are left there.
    pub left: u64,
    /// S2 there.
    pub second: u64,
    /// S1 half a window earlier: see [`window`].
    pub before: u64,
    /// S1 half a window later.
    pub after: u64,
}

/// Half of the window around a threshold, in removals: 2·N^(−1/3) of an order of `steps`.
pub fn window(nodes: u32, steps: u64) -> u64 {
    (WINDOW * steps as f64 / libm::cbrt(f64::from(nodes.max(1)))) as u64
}

impl SecondPeak {
    /// Reads a curve. O(L).
    pub fn of(curve: &Curve) -> SecondPeak {
        let (mut removed, mut second) = (0, 0);
        for (q, &s2) in curve.second.iter().enumerate() {
            if s2 > second {
                (removed, second) = (q, s2);
            }
        }
        let half = window(curve.nodes, curve.steps() as u64) as usize;
        SecondPeak {
            nodes: curve.nodes.into(),
            steps: curve.steps() as u64,
            removed: removed as u64,
            left: curve.alive(removed),
            second: second.into(),
            before: curve.largest[removed.saturating_sub(half)].into(),
            after: curve.largest[(removed + half).min(curve.steps())].into(),
        }
    }

    /// S1/N where the window begins is of the order of a critical network's.
    fn small_before(&self) -> bool {
        let n = self.nodes as f64;
        // of a hundred nodes, 3·N^(−1/3) is no small share
        self.before as f64 <= (SMALL * n / libm::cbrt(n.max(1.0))).min(n / 2.0)
    }

    /// The percolation threshold f_c: the removed fraction at which S2 is highest.
    ///
    /// # Errors
    /// If the peak is no threshold: see [the module](self).
    pub fn threshold(&self) -> Result<f64, NoThreshold> {
        let parts = libm::log(self.left.max(1) as f64).max(1.0);
        if self.second as f64 <= parts {
            Err(NoThreshold::NoParts)
        } else if self.removed == 0 {
            Err(NoThreshold::InPieces)
        } else if self.before < FALL * self.after.max(1) && !self.small_before() {
            Err(NoThreshold::LittleByLittle)
        } else {
            Ok(self.removed as f64 / self.steps as f64)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RemovalOrder, percolate};
    use hydranet_overlay::{Csr, Overlay};
    use hydranet_topology::{Draw, Params, Purpose, Trial, trial_rng};

    /// Networks of a model, at random: how many have a threshold, the mean of those, and of the peaks of χ.
    fn of(model: &str, params: &str, networks: u32) -> (u32, f64, f64) {
        let row = hydranet_topology_random::MODELS.iter().find(|row| row.name == model).unwrap();
        let built = row.build(&Params::parse(params).unwrap()).unwrap().value;
        let outcomes = (0..networks).map(|i| {
            let network = built.generate(&mut trial_rng(5, Trial::network(i), Purpose::Topology));
            random(&network, i)
        });
        let outcomes: Vec<_> = outcomes.collect();
        let found: Vec<f64> = outcomes.iter().filter_map(|o| o.f_c().ok()).collect();
        let chi = outcomes.iter().filter_map(crate::Outcome::f_chi).sum::<f64>() / f64::from(networks);
        (found.len() as u32, found.iter().sum::<f64>() / found.len() as f64, chi)
    }

    fn random(network: &Overlay, i: u32) -> crate::Outcome {
        let order = trial_rng(5, Trial::network(i), Purpose::Order).permutation(network.nodes());
        crate::Outcome::of(&percolate(network, &RemovalOrder::nodes(order)), 0.01)
    }

    fn why(links: &[[u32; 2]], n: u32) -> Vec<Option<NoThreshold>> {
        let network = Overlay::symmetric(Csr::from_edges(n, links).0);
        (0..20).map(|i| random(&network, i).f_c().err()).collect()
    }

    #[test]
    fn random_networks_have_their_exact_threshold() {
        // 1 − 1/c, from which the peak of a network of N lies N^(−1/3) off and less: 0.046 at 10⁴
        let (found, f_c, _) = of("gnm", "n = 10000\nmean_degree = 4.0", 20);
        assert!(found == 20 && (f_c - 0.75).abs() < 0.046, "{found}, {f_c}");
        // 1 − 1/(d − 1)
        let (found, f_c, _) = of("random-regular", "n = 10000\nd = 4", 20);
        assert!(found == 20 && (f_c - 2.0 / 3.0).abs() < 0.046, "{found}, {f_c}");
        // a lattice, 0.4073 (Newman & Ziff 2000), to a width of L^(−3/4) = 0.032
        let (found, f_c, _) = of("grid", "dims = [100, 100]", 20);
        assert!(found >= 18 && (f_c - 0.4073).abs() < 0.032, "{found}, {f_c}");
    }

    #[test]
    fn heavy_tails_creep_towards_one() {
        let law = |n: u32| format!("n = {n}\ndegree_dist = {{ kind = \"power-law\", exponent = 2.5, min = 2 }}");
        let at = |n, networks| of("configuration-model", &law(n), networks);
        let (small, large) = (at(1_000, 40), at(30_000, 20));
        assert!(small.0 > 30 && large.0 > 15, "{small:?} {large:?}");
        // f_c of most networks within the shift of finite ones, N^(−1/4) of theirs, below 1 − 1/(κ − 1): 0.879 and 0.955
        assert!(large.1 - small.1 > 0.1 && large.1 < 0.955 && large.1 > 0.955 - 0.1, "{small:?} {large:?}");
        // with γ = 3.5 the critical window is N^(−0.2) wide, and ever more of ours lies inside
        let law = "n = 300000\ndegree_dist = { kind = \"power-law\", exponent = 3.5, min = 2 }";
        assert!(of("configuration-model", law, 10).0 >= 8);
        // the peak of χ does not follow
        assert!(large.2 < large.1 - 0.08, "{large:?}");
    }

    #[test]
    fn what_does_not_fall_apart_has_none() {
        let star: Vec<[u32; 2]> = (1..1000).map(|v| [0, v]).collect();
        assert!(why(&star, 1000).iter().all(|why| *why == Some(NoThreshold::NoParts)));
        // twenty stars of fifty
        let fleet: Vec<[u32; 2]> = (0..1000).filter(|v| v % 50 != 0).map(|v| [v - v % 50, v]).collect();
        assert!(why(&fleet, 1000).iter().all(|why| *why == Some(NoThreshold::InPieces)));
        // a tree of ten children a node
        let tree: Vec<[u32; 2]> = (1..5000).map(|v| [(v - 1) / 10, v]).collect();
        assert!(why(&tree, 5000).iter().filter(|why| why.is_none()).count() < 10);
        // complete networks shrink and never break
        let complete: Vec<[u32; 2]> = (0..60).flat_map(|u| (0..u).map(move |v| [u, v])).collect();
        assert!(why(&complete, 60).iter().all(|why| *why == Some(NoThreshold::NoParts)));
        assert_eq!(SecondPeak::default().threshold(), Err(NoThreshold::NoParts));
    }
}
