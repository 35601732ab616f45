//! The windowed G-test: the last observations, split in two at the place where the halves differ most.
//!
//! No baseline is needed: the window is compared with itself. Because the split is searched for, the largest G is not chi-square:
//! 95 % of windows of 100 without a change stay below 14.6 (four equal categories), not below 7.8. The threshold comes from
//! [`scan_quantile`](crate::g_test::scan_quantile) for one window, or from a calibration for a stream.

use super::{Detector, starts};
use crate::g_test::Scan;
use hydranet_topology::Invalid;

/// Largest G over all splits of the last `window` observations. O(window · M) an observation, O(window · M + Σ K) memory.
#[derive(Debug, Clone)]
pub struct WindowedG {
    start: Vec<usize>,
    window: usize,
    least: usize,
    ring: Vec<u32>,
    next: usize,
    known: usize,
    scan: Scan,
    ago: usize,
}

impl WindowedG {
    /// For coordinates with these numbers of categories; both sides of a split have at least `least` (≥ 1) observations. Until 2 `least`
    /// are seen the statistic is 0.
    ///
    /// # Errors
    /// If there is no coordinate, one has no category, or `window` is below 2 `least`.
    pub fn new(categories: &[usize], least: usize, window: usize) -> Result<WindowedG, Invalid> {
        let shape = !categories.is_empty() && categories.iter().all(|k| *k > 0);
        Invalid::unless(shape, "categories", || "at least one coordinate, each with a category".to_string())?;
        let fits = least >= 1 && window >= 2 * least;
        Invalid::unless(fits, "window", || {
            format!("two sides of at least {least} observations (1 or more), not {window}")
        })?;
        let start = starts(categories.iter().copied());
        let (m, cells) = (categories.len(), start[categories.len()]);
        let ring = vec![0; window * m];
        Ok(WindowedG { scan: Scan::new(m, cells, window), start, window, least, ring, next: 0, known: 0, ago: 0 })
    }

    /// How many observations the later side of the best split has; 0 before 2 `least` were seen.
    pub fn since(&self) -> u64 {
        self.ago as u64
    }
}

impl Detector for WindowedG {
    fn observe(&mut self, x: &[u32]) -> f64 {
        let m = self.start.len() - 1;
        debug_assert_eq!(x.len(), m);
        for (i, &k) in x.iter().enumerate() {
            assert!((k as usize) < self.start[i + 1] - self.start[i], "code {k} of coordinate {i} is too large");
            self.ring[self.next * m + i] = (self.start[i] + k as usize) as u32;
        }
        let last = self.next;
        self.next = (self.next + 1) % self.window;
        self.known = (self.known + 1).min(self.window);
        let first = (last + self.window + 1 - self.known) % self.window;
        let older = first..(first + self.known).min(self.window);
        let newer = 0..self.known - older.len();
        let parts = [&self.ring[older.start * m..older.end * m], &self.ring[newer.start * m..newer.end * m]];
        let (g, before) = self.scan.best(parts, self.least);
        self.ago = if before == 0 { 0 } else { self.known - before };
        g
    }

    fn restart(&mut self) {
        (self.next, self.known, self.ago) = (0, 0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::g_test::g_statistic;
    use proptest::prelude::*;

    proptest! {
        /// Independent oracle: the two-sample G of every split of the window, from scratch.
        #[test]
        fn it_is_the_best_split(x in prop::collection::vec(0u32..3, 1..40), least in 1usize..4, more in 0usize..10) {
            let window = 2 * least + more;
            let mut detector = WindowedG::new(&[3], least, window).unwrap();
            for t in 1..=x.len() {
                let got = detector.observe(&[x[t - 1]]);
                let seen = &x[t.saturating_sub(window)..t];
                let counts = |part: &[u32]| [0, 1, 2].map(|k| part.iter().filter(|x| **x == k).count() as u64);
                let splits = least..(seen.len() + 1).saturating_sub(least).max(least);
                let want = splits.map(|s| g_statistic(&counts(&seen[..s]), &counts(&seen[s..]))).fold(0.0, f64::max);
                prop_assert!((got - want).abs() < 1e-9, "{got} for {want} at {t}");
            }
        }
    }

    #[test]
    fn refusals() {
        assert!(WindowedG::new(&[3], 10, 19).unwrap_err().to_string().contains("19"));
        assert!(WindowedG::new(&[], 1, 10).is_err() && WindowedG::new(&[0], 1, 10).is_err());
    }
}
