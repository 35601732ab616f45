//! Uniformly random perfect matchings of stubs: the pairing of the configuration model [1].
//!
//! Shuffling 10⁷ stubs in place misses the cache at every step. So each stub is first dealt to one of up to 1024 heaps,
//! independently and uniformly (writes run along as many streams), and each heap, which fits in the cache, is put in
//! random order by itself; heaps laid end to end are a uniformly random order [2]. Neighbours in that order are
//! partners. Inside a heap only every second place is drawn: the partner of a stub must be uniform among those that
//! are left, whichever stub comes first.
//!
//! [1] B. Bollobás. A probabilistic proof of an asymptotic formula for the number of labelled regular graphs. Eur. J.
//! Comb. 1, 311 (1980).
//! [2] C. R. Rao. Generation of random permutations of given number of elements using random sampling numbers. Sankhyā A
//! 23, 305 (1961); M. Sandelius. A simple randomization procedure. J. R. Stat. Soc. B 24, 472 (1962).

use hydranet_topology::{Draw, TrialRng};
use rand::Rng;

/// Stubs in a heap: 64 KiB.
const HEAP: usize = 1 << 14;
/// Bits of a heap's number at most: more write streams miss the TLB.
const MOST_BITS: u32 = 10;

/// Pairs all stubs at random: node `v` has `degrees.nth(v)` of them. O(stubs). Loops and repeats are left in.
///
/// # Panics
/// If the number of stubs is odd.
pub(crate) fn matching(rng: &mut TrialRng, degrees: impl Iterator<Item = u32> + Clone) -> Vec<[u32; 2]> {
    let total: usize = degrees.clone().map(|d| d as usize).sum();
    assert!(total.is_multiple_of(2), "an odd number of stubs cannot be paired");
    let mut pairs = vec![[0u32; 2]; total / 2];
    let stubs = pairs.as_flattened_mut();
    let bits = if total <= HEAP { 0 } else { (total / HEAP).ilog2().clamp(1, MOST_BITS) };
    let mut heaps = Heaps { bits, rng: rng.clone(), word: 0, left: 0 };
    // once through to learn the sizes, once more with the same words to deal
    let mut ends = vec![0usize; 1 << bits];
    if bits == 0 {
        ends[0] = total;
    } else {
        (0..total).for_each(|_| ends[heaps.next()] += 1);
        heaps = Heaps { bits, rng: rng.clone(), word: 0, left: 0 };
    }
    let mut next: Vec<usize> = Vec::with_capacity(ends.len());
    let mut sum = 0;
    for end in &mut ends {
        next.push(sum);
        sum += *end;
        *end = sum;
    }
    for (v, d) in degrees.enumerate() {
        for _ in 0..d {
            let place = &mut next[if bits == 0 { 0 } else { heaps.next() }];
            stubs[*place] = v as u32;
            *place += 1;
        }
    }
    if bits > 0 {
        *rng = heaps.rng;
    }
    let mut start = 0;
    for end in ends {
        pair_up(rng, &mut stubs[start..end], end);
        start = end;
    }
    pairs
}

/// Numbers of heaps: as many as fit are cut from each word.
struct Heaps {
    bits: u32,
    rng: TrialRng,
    word: u64,
    left: u32,
}

impl Heaps {
    #[inline]
    fn next(&mut self) -> usize {
        if self.left == 0 {
            self.word = self.rng.next_u64();
            self.left = 64 / self.bits;
        }
        let heap = self.word & ((1 << self.bits) - 1);
        self.word >>= self.bits;
        self.left -= 1;
        heap as usize
    }
}

/// Orders a heap that ends before place `end` of all stubs, from its end down, so that partners are uniform. Pairs are
/// the places 2i and 2i + 1 of all stubs; a stub whose partner lies in another heap is itself drawn.
#[inline]
fn pair_up(rng: &mut TrialRng, heap: &mut [u32], end: usize) {
    let mut left = heap.len();
    if !end.is_multiple_of(2) && left > 0 {
        heap.swap(left - 1, rng.below(left as u32) as usize);
        left -= 1;
    }
    while left >= 2 {
        heap.swap(left - 2, rng.below(left as u32 - 1) as usize);
        left -= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::assert_uniform;
    use hydranet_topology::{Purpose, Trial, trial_rng};
    use std::collections::BTreeMap;

    #[test]
    fn all_matchings_are_equally_likely() {
        // 8 stubs have 7 · 5 · 3 = 105 perfect matchings
        let mut seen = BTreeMap::new();
        let mut rng = trial_rng(42, Trial::network(0), Purpose::Topology);
        for _ in 0..10_500 {
            let mut pairs = matching(&mut rng, [1; 8].into_iter());
            pairs.iter_mut().for_each(|p| p.sort_unstable());
            pairs.sort_unstable();
            *seen.entry(pairs).or_insert(0) += 1;
        }
        assert_uniform(&seen, 105);
    }

    #[test]
    fn heaps_keep_every_stub_and_pair_evenly() {
        let n = 30_000u32;
        let mut rng = trial_rng(42, Trial::network(1), Purpose::Topology);
        let mut far = 0f64;
        let mut counts = vec![0u32; n as usize];
        for [u, v] in matching(&mut rng, (0..n).map(|v| 1 + 2 * (v % 2))) {
            counts[u as usize] += 1;
            counts[v as usize] += 1;
            far += u.abs_diff(v) as f64;
        }
        assert!(counts.iter().enumerate().all(|(v, &c)| c == 1 + 2 * (v as u32 % 2)));
        // |u − v| of independent uniform nodes: mean n/3, standard deviation n/√18, over n pairs
        let (mean, sd) = (far / n as f64, n as f64 / 18f64.sqrt() / (n as f64).sqrt());
        assert!((mean - n as f64 / 3.0).abs() < 5.0 * sd, "{mean}");
    }

    #[test]
    #[should_panic(expected = "odd number of stubs")]
    fn odd_sums_are_refused() {
        matching(&mut trial_rng(0, Trial::network(0), Purpose::Topology), [1, 2].into_iter());
    }
}
