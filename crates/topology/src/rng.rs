//! Randomness: one constructor, numbered purposes, and the few ways of drawing that results depend on.
//!
//! Every generator is ChaCha8 with the experiment's seed as its key and `trial << 8 | purpose` as its stream. Streams
//! of one key never overlap, so the draw of a network never shares a number with the order in which its nodes fall:
//! a reference implementation that seeds both with the same number finds R = 0.413 for G(n,m) with mean degree 3.5,
//! where theory says 0.3775. The cell is not part of the key: the same trial has the same streams in every cell, so that
//! differences between cells are paired (common random numbers).
//!
//! Bounded integers, shuffles and unit reals are our own over the raw 64-bit words, because libraries may change the
//! way they draw from one release to the next; transcendental functions are [`libm`]'s, whose bits are the same on
//! every platform.

use rand::Rng;
use rand::SeedableRng;

/// The generator of one purpose of one trial. The algorithm is fixed; this alias is the one line that names it.
pub type TrialRng = rand_chacha::ChaCha8Rng;

/// What a stream of random numbers is for. The numbers are part of every result: never reuse or change one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Purpose {
    /// Drawing the network.
    Topology = 1,
    /// The order of a random strategy.
    Order = 2,
    /// Breaking ties of a strategy that ranks.
    Ties = 3,
    /// Sampling while measuring (pairs, sources).
    Measure = 4,
    /// Sessions, absences, losses.
    Churn = 5,
    /// What the defender does by chance.
    Defender = 6,
    /// What the operator does by chance.
    Operator = 7,
    /// Resampling for intervals.
    Bootstrap = 8,
    /// Crawling and discovery.
    Crawl = 9,
    /// The pairs between which lookups are routed.
    Lookup = 16,
    /// Upkeep of contact lists.
    Maintenance = 32,
    /// How commands spread.
    Command = 33,
    /// New machines of a network.
    Recruitment = 34,
    /// What observations are worth.
    Evidence = 35,
    /// Moves between the networks of a fleet.
    Fleet = 36,
    /// Parameters of a case from the field.
    Prior = 37,
    /// Which of the servers taken come back, when, and where.
    Rebuild = 38,
    /// Who finds back through the fallback channel, and to whom.
    Fallback = 39,
    /// Who is brought back by other means, and to whom.
    Repair = 40,
    /// What observations say about a suspect who is not the operator.
    Suspect = 41,
    /// Whether an identified operator is arrested.
    Custody = 42,
    /// Which machines an operator who moves takes along.
    Migration = 43,
    /// Where an operator who learns from takedowns goes.
    Hideout = 44,
    /// Where a defender who learns from takedowns strikes next.
    Search = 45,
    /// When somebody of an organisation is arrested.
    Arrest = 96,
    /// Who is exposed.
    Exposure = 97,
    /// Whom an arrest reveals.
    Reveal = 98,
    /// How long a vacancy lasts.
    Vacancy = 99,
    /// Who takes over the contacts of the arrested.
    HandOver = 100,
    /// Which contacts a seizure burns.
    Seizure = 101,
    /// Who knows whom in an organisation.
    Organisation = 102,
    /// Rivals that try to take an orphaned network over.
    Rival = 104,
    /// Whether a rival's attempt succeeds.
    Takeover = 105,
    /// The defender's claim to an orphaned network.
    Claim = 106,
    /// Clean-up of an orphaned network.
    CleanUp = 107,
    /// Return of the crew that ran a network first.
    Return = 108,
    /// How long a rival keeps a network.
    RivalStay = 109,
}

/// The number of a Monte Carlo replicate: which network of the topology, and which order on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Trial {
    /// Index of the network draw, from 0.
    pub network: u32,
    /// Index of the order (replicate on that network), from 0; below 2²⁴.
    pub order: u32,
}

impl Trial {
    /// The draw of a network itself; its orders are [`Trial::order_of`].
    pub const fn network(network: u32) -> Trial {
        Trial { network, order: 0 }
    }

    /// Replicate `order` on a network.
    ///
    /// # Panics
    /// If `order` is 2²⁴ or more.
    pub const fn order_of(network: u32, order: u32) -> Trial {
        assert!(order < 1 << 24, "at most 2^24 orders on one network");
        Trial { network, order }
    }

    /// 56 bits: it does not depend on how many networks and orders there are in all.
    const fn number(self) -> u64 {
        (self.network as u64) << 24 | self.order as u64
    }
}

/// The generator for one purpose of one trial of an experiment with this seed. O(1), about 0.1 µs.
pub fn trial_rng(seed: u64, trial: Trial, purpose: Purpose) -> TrialRng {
    let mut key = [0u8; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(b"hydranet");
    let mut rng = TrialRng::from_seed(key);
    // right after seeding: later it would keep its word position
    rng.set_stream(trial.number() << 8 | purpose as u64);
    rng
}

/// Which trial a generator of [`trial_rng`] was made for: for what runs outside of the program and must know.
///
/// ```
/// use hydranet_topology::{Purpose, Trial, trial_of, trial_rng};
/// let trial = Trial::order_of(7, 2);
/// assert_eq!(trial_of(&trial_rng(1, trial, Purpose::Order)), trial);
/// ```
pub fn trial_of(rng: &TrialRng) -> Trial {
    let number = rng.get_stream() >> 8;
    Trial { network: (number >> 24) as u32, order: (number & 0xff_ffff) as u32 }
}

/// The ways of drawing that results depend on. Values are stable for ever: golden tests hold them.
pub trait Draw: Rng {
    /// A uniform integer in `0..bound`, without bias (Lemire 2019).
    ///
    /// # Panics
    /// If `bound` is 0.
    #[inline]
    fn below(&mut self, bound: u32) -> u32 {
        assert!(bound > 0, "an empty range has nothing to draw");
        let mut product = self.next_u32() as u64 * bound as u64;
        if (product as u32) < bound {
            let reject_under = bound.wrapping_neg() % bound;
            while (product as u32) < reject_under {
                product = self.next_u32() as u64 * bound as u64;
            }
        }
        (product >> 32) as u32
    }

    /// A uniform integer in `0..bound`, without bias, for bounds beyond 32 bits.
    ///
    /// # Panics
    /// If `bound` is 0.
    #[inline]
    fn below_u64(&mut self, bound: u64) -> u64 {
        assert!(bound > 0, "an empty range has nothing to draw");
        let mut product = self.next_u64() as u128 * bound as u128;
        if (product as u64) < bound {
            let reject_under = bound.wrapping_neg() % bound;
            while (product as u64) < reject_under {
                product = self.next_u64() as u128 * bound as u128;
            }
        }
        (product >> 64) as u64
    }

    /// A uniform real in `[0, 1)` with 53 random bits.
    #[inline]
    fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// `true` with probability `p`; never for `p ≤ 0`, always for `p ≥ 1`.
    #[inline]
    fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// An exponential waiting time with mean 1, by inversion; in `[0, ∞)`.
    #[inline]
    fn exponential(&mut self) -> f64 {
        -libm::log1p(-self.unit())
    }

    /// A standard normal number (Box & Muller 1958; the sine half is not used). O(1).
    fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(2.0 * self.exponential());
        radius * libm::cos(std::f64::consts::TAU * self.unit())
    }

    /// How many failures precede the next success of chance `p` in `(0, 1]`; saturates at `u64::MAX`. O(1).
    /// Skips over the pairs that a sparse random graph leaves unlinked (Batagelj & Brandes 2005).
    #[inline]
    fn failures_before_success(&mut self, p: f64) -> u64 {
        if p >= 1.0 {
            return 0;
        }
        (self.exponential() / -libm::log1p(-p)) as u64
    }

    /// Puts the slice in uniformly random order (Fisher–Yates). O(n).
    ///
    /// # Panics
    /// If the slice has 2³² entries or more.
    #[inline]
    fn shuffle<T>(&mut self, slice: &mut [T]) {
        assert!(slice.len() <= u32::MAX as usize, "shuffles are limited to 2^32 - 1 entries");
        for i in (1..slice.len()).rev() {
            slice.swap(i, self.below(i as u32 + 1) as usize);
        }
    }

    /// A uniformly random permutation of `0..n`. O(n).
    fn permutation(&mut self, n: u32) -> Vec<u32> {
        let mut order: Vec<u32> = (0..n).collect();
        self.shuffle(&mut order);
        order
    }

    /// `count` different integers of `0..bound`, uniformly, appended to `out` (Floyd 1987). O(count²) comparisons:
    /// for the small counts of link lists.
    ///
    /// # Panics
    /// If `count > bound`.
    fn distinct(&mut self, bound: u32, count: u32, out: &mut Vec<u32>) {
        assert!(count <= bound, "cannot draw {count} different numbers below {bound}");
        let start = out.len();
        for top in bound - count..bound {
            let x = self.below(top + 1);
            out.push(if out[start..].contains(&x) { top } else { x });
        }
    }
}

impl<R: Rng + ?Sized> Draw for R {}

#[cfg(test)]
mod tests {
    use super::*;

    fn rng(trial: u32, purpose: Purpose) -> TrialRng {
        trial_rng(7, Trial::network(trial), purpose)
    }

    #[test]
    fn golden_words() {
        let mut a = rng(0, Purpose::Topology);
        let words: Vec<u64> = (0..3).map(|_| a.next_u64()).collect();
        assert_eq!(words, GOLDEN_WORDS, "value-breaking: every result of every experiment changes");
        let mut a = rng(3, Purpose::Order);
        assert_eq!(a.permutation(10), GOLDEN_PERMUTATION);
        let draws: Vec<u32> = (0..8).map(|_| a.below(1000)).collect();
        assert_eq!(draws, GOLDEN_BELOW);
    }
    const GOLDEN_WORDS: [u64; 3] = [8335009566577764301, 15087066182269567376, 2509657393947292311];
    const GOLDEN_PERMUTATION: [u32; 10] = [5, 1, 7, 4, 9, 0, 6, 2, 8, 3];
    const GOLDEN_BELOW: [u32; 8] = [564, 239, 67, 378, 638, 509, 20, 522];

    #[test]
    fn streams_differ() {
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..4 {
            for network in 0..8 {
                for order in 0..4 {
                    for purpose in [Purpose::Topology, Purpose::Order, Purpose::Ties] {
                        assert!(seen.insert(trial_rng(seed, Trial::order_of(network, order), purpose).next_u64()));
                    }
                }
            }
        }
    }

    #[test]
    fn bounded_draws_are_uniform() {
        for bound in [1u32, 2, 3, 7, 10, 1000, (1 << 31) + 3] {
            let mut r = rng(1, Purpose::Measure);
            let n = 20_000;
            let mean = (0..n).map(|_| r.below(bound) as f64).sum::<f64>() / n as f64;
            let (want, sd) = ((bound as f64 - 1.0) / 2.0, bound as f64 / 12f64.sqrt() / (n as f64).sqrt());
            assert!((mean - want).abs() <= 4.0 * sd, "mean {mean} of draws below {bound}");
            let big = bound as u64 * 5_000_000_011;
            let mean = (0..n).map(|_| r.below_u64(big) as f64).sum::<f64>() / n as f64;
            assert!((mean / big as f64 - 0.5).abs() <= 4.0 / 12f64.sqrt() / (n as f64).sqrt());
        }
    }

    #[test]
    fn distinct_sets_are_uniform() {
        // all 10 subsets of 3 out of 5 are equally likely: chi-square with 9 degrees, 99.9 % point 27.9
        let mut r = rng(2, Purpose::Measure);
        let mut counts = std::collections::BTreeMap::new();
        for _ in 0..10_000 {
            let mut set = Vec::new();
            r.distinct(5, 3, &mut set);
            set.sort_unstable();
            *counts.entry(set).or_insert(0u32) += 1;
        }
        assert_eq!(counts.len(), 10);
        let chi: f64 = counts.values().map(|&c| (c as f64 - 1000.0).powi(2) / 1000.0).sum();
        assert!(chi < 27.9, "chi-square {chi}");
    }

    #[test]
    fn geometric_skips_have_their_mean() {
        for p in [0.9, 0.5, 0.1, 0.001] {
            let mut r = rng(4, Purpose::Measure);
            let n = 20_000;
            let mean = (0..n).map(|_| r.failures_before_success(p) as f64).sum::<f64>() / n as f64;
            let (want, sd) = ((1.0 - p) / p, (1.0 - p).sqrt() / p / (n as f64).sqrt());
            assert!((mean - want).abs() < 4.0 * sd, "{mean} for {want}");
        }
        assert_eq!(rng(0, Purpose::Measure).failures_before_success(1.0), 0);
    }
}
