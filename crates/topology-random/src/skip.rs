//! Skipping over the pairs that a sparse random graph leaves unlinked.
//!
//! Going through `total` possible links and keeping each with probability p costs O(total). The number of refusals
//! between two links is geometric, so it can be drawn at once, and the cost is O(links) [1].
//!
//! [1] V. Batagelj, U. Brandes. Efficient generation of large random networks. Phys. Rev. E 71, 036113 (2005).

use hydranet_topology::{Draw, TrialRng};

/// Calls `found` with the index of every success among `total` trials of chance `p`, in increasing order.
pub(crate) fn successes(rng: &mut TrialRng, total: u64, p: f64, mut found: impl FnMut(u64)) {
    if p <= 0.0 || total == 0 {
        return;
    }
    if p >= 1.0 {
        return (0..total).for_each(found);
    }
    // the same numbers as `failures_before_success`, with one logarithm a link instead of two
    let rate = -libm::log1p(-p);
    let mut at = 0u64;
    loop {
        // saturates: a skip beyond 2^64 ends the walk
        let skip = (rng.exponential() / rate) as u64;
        at = at.saturating_add(skip);
        if at >= total {
            return;
        }
        found(at);
        at += 1;
    }
}

/// Turns increasing indices of the pairs `v < u` (row `u` holds the `u` pairs `[u, 0..u]`) into pairs, in amortised
/// O(1) an index and O(n) in all.
#[derive(Debug, Default)]
pub(crate) struct TriangleWalk {
    row: u64,
    start: u64,
}

impl TriangleWalk {
    /// The pair of an index that is no smaller than the ones before.
    pub(crate) fn pair(&mut self, index: u64) -> [u32; 2] {
        while index - self.start >= self.row {
            self.start += self.row;
            self.row += 1;
        }
        [self.row as u32, (index - self.start) as u32]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn every_trial_succeeds_with_its_chance() {
        let mut rng = trial_rng(1, Trial::network(0), Purpose::Topology);
        for p in [0.0, 0.05, 0.5, 0.97, 1.0] {
            let mut hits = [0u32; 7];
            for _ in 0..20_000 {
                successes(&mut rng, 7, p, |i| hits[i as usize] += 1);
            }
            for h in hits {
                // five standard deviations of a binomial
                assert!((h as f64 - 20_000.0 * p).abs() <= 5.0 * (20_000.0 * p * (1.0 - p)).sqrt(), "{hits:?} at {p}");
            }
        }
        successes(&mut rng, u64::MAX, 1e-300, |i| panic!("a link at {i}"));
    }

    #[test]
    fn triangle_indices() {
        let mut walk = TriangleWalk::default();
        let all: Vec<_> = (0..6).map(|i| walk.pair(i)).collect();
        assert_eq!(all, [[1, 0], [2, 0], [2, 1], [3, 0], [3, 1], [3, 2]]);
    }
}
