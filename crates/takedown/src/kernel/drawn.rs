//! G(n, p) drawn while nodes are put back: no network is stored at all.
//!
//! Under random removal the order of the nodes of G(n, p) means nothing, so they come back as 0, 1, 2, … and each draws its
//! links to those that are there: link (t, s) for every s < t with chance p. The refusals between two links are geometric
//! (Batagelj & Brandes 2005), so the cost is O(n + m α) and 4 bytes a node. A link waits a few dozen turns between its
//! draw and its use, while the tables of its ends are fetched.

use super::ledger::Ledger;
use super::recorded::{Point, Recorded};
use crate::forest::{ROOT, find, unite};
use hydranet_overlay::memory::{prefetch, spread_zeros};
use hydranet_topology::{Draw, TrialRng};

/// Links between draw and use: a power of two.
const WAITING: usize = 64;
/// Links before its use at which a link's parent is followed one step.
const FOLLOWED: usize = 24;

/// The links of G(n, p) in the order of their later end.
struct Links<'r> {
    rng: &'r mut TrialRng,
    /// ln(1 / (1 − p))
    rate: f64,
    n: u64,
    later: u64,
    earlier: u64,
}

impl Iterator for Links<'_> {
    type Item = (u32, u32);

    #[inline]
    fn next(&mut self) -> Option<(u32, u32)> {
        if self.later >= self.n {
            return None;
        }
        let skip = (self.rng.exponential() / self.rate) as u64;
        self.earlier = self.earlier.saturating_add(skip);
        while self.earlier >= self.later {
            self.earlier -= self.later;
            self.later += 1;
            if self.later >= self.n {
                return None;
            }
        }
        let link = (self.later as u32, self.earlier as u32);
        self.earlier += 1;
        Some(link)
    }
}

/// The curve of a random takedown of G(n, p) at the numbers of removals in `at` (rising).
///
/// A draw of network and order together: all randomness comes from `rng`. O(n + m α) time, 4 bytes a node.
///
/// ```
/// use hydranet_takedown::kernel::{evenly, gnp_drawn};
/// use hydranet_topology::{Purpose, Trial, trial_rng};
/// let rng = &mut trial_rng(1, Trial::network(0), Purpose::Topology);
/// let curve = gnp_drawn(100_000, 4.0 / 100_000.0, &evenly(100_000, 100), rng);
/// assert!((curve[0].largest as f64 / 1e5 - 0.9802).abs() < 0.005); // S = 1 − e^{−4 S}
/// ```
///
/// # Panics
/// If there are 2³¹ nodes or more, p is not in (0, 1), or `at` does not rise or names more than n removals.
pub fn gnp_drawn(n: u32, p: f64, at: &[u64], rng: &mut TrialRng) -> Vec<Point> {
    assert!(n < ROOT, "the kernel takes networks of fewer than 2^31 nodes");
    assert!(p > 0.0 && p < 1.0, "a chance in (0, 1), not {p}");
    assert!(at.last().is_none_or(|&q| q <= n as u64), "at most n removals");
    let mut parent: Vec<u32> = spread_zeros(n as usize);
    let mut ledger = Recorded::new(at);
    let mut links = Links { rng, rate: -libm::log1p(-p), n: n as u64, later: 1, earlier: 0 };
    let mut waiting: [Option<(u32, u32)>; WAITING] = [None; WAITING];
    // nodes 0..there are back and all links between them are in, except those of the last one
    let mut there = 0u32;
    ledger.record(n as usize);
    let mut turn = 0usize;
    let mut left = WAITING;
    while left > 0 {
        let drawn = if left == WAITING { links.next() } else { None };
        match drawn {
            Some((_, target)) => prefetch(&parent, target as usize),
            None => left -= 1, // nothing more is drawn: what waits is used up
        }
        let used = std::mem::replace(&mut waiting[turn % WAITING], drawn);
        if let Some((_, target)) = waiting[(turn + WAITING - FOLLOWED) % WAITING]
            && target < there
        {
            prefetch(&parent, (parent[target as usize] & !ROOT) as usize);
        }
        turn += 1;
        let Some((later, earlier)) = used else { continue };
        while there <= later {
            come_back(&mut parent, there, n, &mut ledger);
            there += 1;
        }
        let (a, b) = (find(&mut parent, later), find(&mut parent, earlier));
        if a.0 != b.0 {
            let [big, small] = unite(&mut parent, a, b);
            ledger.merge(big.0, big.1, small.0, small.1);
        }
    }
    while there < n {
        come_back(&mut parent, there, n, &mut ledger);
        there += 1;
    }
    ledger.record(0);
    ledger.into_points()
}

/// Node v comes back. What is recorded is the state before: after all links of the node before it.
#[inline]
fn come_back(parent: &mut [u32], v: u32, n: u32, ledger: &mut Recorded<'_>) {
    if v > 0 {
        ledger.record((n - v) as usize);
    }
    parent[v as usize] = ROOT | 1;
    ledger.appear(v);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{evenly, percolate_at};
    use hydranet_overlay::Csr;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    /// The same links stored, and taken down from the highest number on.
    #[test]
    fn the_curve_is_that_of_the_stored_network() {
        for (trial, (n, p)) in
            [(1, 0.5), (2, 0.5), (3, 0.9), (40, 0.1), (500, 0.004), (3000, 0.0007), (300, 1e-9)].into_iter().enumerate()
        {
            let stream = || trial_rng(5, Trial::network(trial as u32), Purpose::Topology);
            let rng = &mut stream();
            let links = Links { rng, rate: -libm::log1p(-p), n: n as u64, later: 1, earlier: 0 };
            let edges: Vec<[u32; 2]> = if n > 1 { links.map(|(u, v)| [u, v]).collect() } else { Vec::new() };
            let (stored, dropped) = Csr::from_edges(n, &edges);
            assert_eq!(dropped, Default::default(), "every pair is drawn once");
            let at = evenly(n as u64, 50);
            let order: Vec<u32> = (0..n).rev().collect();
            assert_eq!(gnp_drawn(n, p, &at, &mut stream()), percolate_at(&stored, &order, &at), "n = {n}, p = {p}");
        }
    }

    #[test]
    fn as_many_links_as_expected() {
        let rng = &mut trial_rng(5, Trial::network(99), Purpose::Topology);
        let n = 20_000u64;
        let links = Links { rng, rate: -libm::log1p(-1e-3), n, later: 1, earlier: 0 };
        let (count, want) = (links.count() as f64, 1e-3 * (n * (n - 1) / 2) as f64);
        assert!((count - want).abs() < 4.0 * want.sqrt(), "{count} links, {want} expected");
    }
}
