//! S1 and Σs² at chosen numbers of removals: for networks whose whole curve would not fit in memory.

use super::ledger::Ledger;

/// What is left at one number of removals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Number of removals, q.
    pub removed: u64,
    /// S1: nodes in the largest component.
    pub largest: u64,
    /// Σs² over all components.
    pub sum_squares: u128,
}

/// Numbers of removals, evenly spaced from none to all of `n`: `points` + 1 of them (fewer for a small n).
pub fn evenly(n: u64, points: u64) -> Vec<u64> {
    let mut list: Vec<u64> =
        (0..=points.max(1)).map(|i| (i as u128 * n as u128 / points.max(1) as u128) as u64).collect();
    list.dedup();
    list
}

/// Keeps S1 and Σs², and writes them down where they are asked for.
pub(super) struct Recorded<'a> {
    /// Where they are still asked for, rising; the kernel comes from above.
    wanted: &'a [u64],
    points: Vec<Point>,
    largest: u64,
    core: u64,
    sum_squares: u128,
}

impl<'a> Recorded<'a> {
    /// # Panics
    /// If `wanted` is not rising.
    pub(super) fn new(wanted: &'a [u64]) -> Recorded<'a> {
        assert!(wanted.windows(2).all(|w| w[0] < w[1]), "numbers of removals rise");
        Recorded { wanted, points: Vec::with_capacity(wanted.len()), largest: 0, core: 0, sum_squares: 0 }
    }

    /// By rising number of removals.
    pub(super) fn into_points(mut self) -> Vec<Point> {
        self.points.reverse();
        self.points
    }
}

impl Ledger for Recorded<'_> {
    #[inline]
    fn appear(&mut self, _: u32) {
        self.largest = self.largest.max(1);
        self.sum_squares += 1;
    }
    #[inline]
    fn merge(&mut self, _: u32, root_size: u32, _: u32, gone_size: u32) {
        let (a, b) = (root_size as u64, gone_size as u64);
        self.largest = self.largest.max(a + b);
        self.sum_squares += 2 * a as u128 * b as u128;
    }
    #[inline]
    fn join_core(&mut self, _: u32) {
        self.sum_squares += 2 * self.core as u128 + 1;
        self.core += 1;
        self.largest = self.largest.max(self.core);
    }
    #[inline]
    fn fall_into_core(&mut self, _: u32, size: u32) {
        self.sum_squares += 2 * self.core as u128 * size as u128;
        self.core += size as u64;
        self.largest = self.largest.max(self.core);
    }
    #[inline]
    fn record(&mut self, removed: usize) {
        if self.wanted.last() == Some(&(removed as u64)) {
            self.wanted = &self.wanted[..self.wanted.len() - 1];
            let (largest, sum_squares) = (self.largest, self.sum_squares);
            self.points.push(Point { removed: removed as u64, largest, sum_squares });
        }
    }
}
