//! Draws lists of different nodes, one list after the other.

use hydranet_topology::{Draw, TrialRng};
use std::ops::Range;

/// A pool that is never put back in order: the head of a partial Fisher–Yates shuffle is a uniform list whatever order
/// the pool was in before, so a list of k costs O(k), however large the pool.
pub(crate) struct Picker {
    pool: Vec<u32>,
}

impl Picker {
    pub(crate) fn new(pool: Range<u32>) -> Picker {
        Picker { pool: pool.collect() }
    }

    /// `count` different nodes of the pool, uniformly. Draws nothing when that is all of them.
    pub(crate) fn pick(&mut self, count: u32, rng: &mut TrialRng) -> &[u32] {
        let size = self.pool.len() as u32;
        if count < size {
            for i in 0..count {
                self.pool.swap(i as usize, (i + rng.below(size - i)) as usize);
            }
        }
        &self.pool[..count as usize]
    }
}

/// Gives each of `clients` a list of `count` of the `servers`: links `[client, server]`. O(servers + links).
pub(crate) fn attach(
    clients: Range<u32>,
    servers: Range<u32>,
    count: u32,
    rng: &mut TrialRng,
    links: &mut Vec<[u32; 2]>,
) {
    let mut picker = Picker::new(servers);
    for client in clients {
        links.extend(picker.pick(count, rng).iter().map(|&server| [client, server]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::rng;
    use std::collections::BTreeMap;

    #[test]
    fn lists_are_uniform() {
        // the 10 sets of 3 out of 5: chi-square with 9 degrees, 99.9 % point 27.9
        let (mut picker, mut rng) = (Picker::new(10..15), rng(1));
        let mut counts = BTreeMap::new();
        for _ in 0..10_000 {
            let mut set = picker.pick(3, &mut rng).to_vec();
            set.sort_unstable();
            *counts.entry(set).or_insert(0u32) += 1;
        }
        assert!(counts.len() == 10 && counts.keys().flatten().all(|v| (10..15).contains(v)));
        let chi: f64 = counts.values().map(|&c| (c as f64 - 1000.0).powi(2) / 1000.0).sum();
        assert!(chi < 27.9, "chi-square {chi}");
    }

    #[test]
    fn all_of_the_pool_needs_no_draw() {
        let (mut a, mut b) = (rng(1), rng(1));
        assert_eq!(Picker::new(0..4).pick(4, &mut a), [0, 1, 2, 3]);
        assert_eq!(a.below(1 << 31), b.below(1 << 31));
    }
}
