//! A priority queue over small integers, with random ties, for keys that change in one direction only.
//!
//! One list a key. A node whose key changes stays where it is: whoever takes it out compares the key under which it was
//! kept with the key that it has, and puts it back where it belongs. That is exact as long as keys only fall while the
//! highest are taken, or only rise while the lowest are taken, and a change of key costs nothing (moving the node at every
//! change, as Batagelj & Zaveršnik 2003 do for cores, costs four cache misses). A list is taken as a whole, in random
//! order: while it is walked nobody joins it, so the next of its members that still belongs there is a uniform draw among
//! all that do. And who comes next is known ahead, so that memory can be asked for in time.

use hydranet_topology::{Draw, TrialRng};
use std::collections::BTreeMap;

/// Keys below this have a list each, ready; the few nodes beyond share a tree of lists.
const READY: usize = 1 << 12;

/// Nodes kept by key.
pub(crate) struct Buckets {
    ready: Vec<Vec<u32>>,
    beyond: BTreeMap<u32, Vec<u32>>,
    /// No ready list is occupied outside `lowest..=highest`.
    lowest: usize,
    highest: usize,
}

impl Buckets {
    pub(crate) fn new() -> Buckets {
        Buckets { ready: Vec::new(), beyond: BTreeMap::new(), lowest: READY, highest: 0 }
    }

    /// The nodes `nodes`, each under its key.
    pub(crate) fn from_keys(nodes: impl Iterator<Item = (u32, u32)>) -> Buckets {
        let mut buckets = Buckets::new();
        nodes.for_each(|(v, key)| buckets.put(v, key));
        buckets
    }

    /// Keeps `v` under `key`.
    #[inline]
    pub(crate) fn put(&mut self, v: u32, key: u32) {
        let k = key as usize;
        if k >= READY {
            self.beyond.entry(key).or_default().push(v);
            return;
        }
        if k >= self.ready.len() {
            self.ready.resize_with(k + 1, Vec::new);
        }
        self.ready[k].push(v);
        self.lowest = self.lowest.min(k);
        self.highest = self.highest.max(k);
    }

    /// Takes all nodes of the highest key that is kept, in random order, with that key.
    pub(crate) fn take_highest(&mut self, rng: &mut TrialRng) -> Option<(Vec<u32>, u32)> {
        if let Some((key, list)) = self.beyond.pop_last() {
            return Some((in_random_order(list, rng), key));
        }
        while self.ready.get(self.highest)?.is_empty() {
            self.highest = self.highest.checked_sub(1)?;
        }
        let list = std::mem::take(&mut self.ready[self.highest]);
        Some((in_random_order(list, rng), self.highest as u32))
    }

    /// Takes all nodes of the lowest key that is kept, in random order, with that key.
    pub(crate) fn take_lowest(&mut self, rng: &mut TrialRng) -> Option<(Vec<u32>, u32)> {
        while self.lowest < self.ready.len() {
            if !self.ready[self.lowest].is_empty() {
                let list = std::mem::take(&mut self.ready[self.lowest]);
                return Some((in_random_order(list, rng), self.lowest as u32));
            }
            self.lowest += 1;
        }
        self.beyond.pop_first().map(|(key, list)| (in_random_order(list, rng), key))
    }
}

fn in_random_order(mut list: Vec<u32>, rng: &mut TrialRng) -> Vec<u32> {
    rng.shuffle(&mut list);
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn in_order_of_keys() {
        let mut rng = trial_rng(1, Trial::network(0), Purpose::Order);
        let keys: Vec<u32> =
            (0..500).map(|_| if rng.chance(0.2) { rng.below(100_000) } else { rng.below(20) }).collect();
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        type Take = fn(&mut Buckets, &mut TrialRng) -> Option<(Vec<u32>, u32)>;
        let mut check = |take: Take, want: &[u32]| {
            let mut buckets = Buckets::from_keys(keys.iter().enumerate().map(|(v, &k)| (v as u32, k)));
            let mut got = Vec::new();
            while let Some((list, key)) = take(&mut buckets, &mut rng) {
                assert!(list.iter().all(|&v| keys[v as usize] == key));
                got.extend(list.iter().map(|_| key));
            }
            assert_eq!(got, want);
        };
        check(Buckets::take_lowest, &sorted);
        sorted.reverse();
        check(Buckets::take_highest, &sorted);
    }
}
