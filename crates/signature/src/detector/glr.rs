//! GLR: the largest log-likelihood ratio over the time of the change *and* the profile after it.
//!
//! For a change n observations ago with counts n_k since, the best profile is n_k/n, and the ratio is Σ n_k ln(n_k/(n p₀k)). The time of
//! change is looked for within the last `window` observations only, and at least `least` observations ago (window-limited: Willsky &
//! Jones 1976, Lai 1998): a change that needs more than `window` observations to be seen is missed. Without a lower end one rare
//! category would be a "profile" of its own after one observation.

use super::mixture_cusum::no_zero;
use super::{Detector, n_ln_n_table, starts};
use crate::profile::Profile;
use hydranet_topology::Invalid;

/// Window-limited GLR against a known baseline. O(window · M) an observation, O(window · M + Σ K) memory.
#[derive(Debug, Clone)]
pub struct Glr {
    ln_before: Vec<f64>,
    start: Vec<usize>,
    least: usize,
    window: usize,
    n_ln_n: Vec<f64>,
    ring: Vec<u32>, // cells, M an observation
    seen: u64,
    counts: Vec<u32>,
    ago: usize,
}

impl Glr {
    /// Looks for changes between `least` (≥ 1) and `window` observations ago.
    ///
    /// # Errors
    /// If a baseline share is 0, there is no coordinate, or not 1 ≤ `least` ≤ `window`.
    pub fn new(before: &[Profile], least: usize, window: usize) -> Result<Glr, Invalid> {
        no_zero(before)?;
        Invalid::unless(!before.is_empty(), "before", || "at least one coordinate".to_string())?;
        let ordered = least >= 1 && least <= window;
        Invalid::unless(ordered, "least", || format!("at least 1 and at most the window of {window}, not {least}"))?;
        let start = starts(before.iter().map(Profile::categories));
        Ok(Glr {
            ln_before: before.iter().flat_map(|p| p.shares()).map(|&p| libm::log(p)).collect(),
            counts: vec![0; start[before.len()]],
            start,
            least,
            window,
            n_ln_n: n_ln_n_table(window),
            ring: vec![0; window * before.len()],
            seen: 0,
            ago: 0,
        })
    }

    /// How many observations ago the change is by the last statistic, this one counted; 0 before `least` were seen.
    pub fn since(&self) -> u64 {
        self.ago as u64
    }
}

impl Detector for Glr {
    fn observe(&mut self, x: &[u32]) -> f64 {
        let m = self.start.len() - 1;
        debug_assert_eq!(x.len(), m);
        let slot = (self.seen % self.window as u64) as usize;
        for (i, &k) in x.iter().enumerate() {
            assert!((k as usize) < self.start[i + 1] - self.start[i], "code {k} of coordinate {i} is too large");
            self.ring[slot * m + i] = (self.start[i] + k as usize) as u32;
        }
        self.seen += 1;
        let known = self.seen.min(self.window as u64) as usize;
        // backwards in time, one observation more each
        self.counts.fill(0);
        let (mut best, mut sum, mut at) = (0.0, 0.0, slot);
        self.ago = 0;
        for n in 1..=known {
            for &cell in &self.ring[at * m..(at + 1) * m] {
                let count = &mut self.counts[cell as usize];
                sum += self.n_ln_n[*count as usize + 1] - self.n_ln_n[*count as usize] - self.ln_before[cell as usize];
                *count += 1;
            }
            let ratio = sum - m as f64 * self.n_ln_n[n];
            if n >= self.least && (ratio > best || self.ago == 0) {
                (best, self.ago) = (f64::max(ratio, 0.0), n);
            }
            at = if at == 0 { self.window - 1 } else { at - 1 };
        }
        best
    }

    fn restart(&mut self) {
        (self.seen, self.ago) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Independent oracle: counts of every suffix, from scratch.
        #[test]
        fn it_is_the_best_suffix(x in prop::collection::vec((0u32..3, 0u32..2), 1..30), least in 1usize..4, more in 0usize..12) {
            let before = [Profile::new(vec![0.5, 0.3, 0.2]).unwrap(), Profile::new(vec![0.6, 0.4]).unwrap()];
            let window = least + more;
            let mut glr = Glr::new(&before, least, window).unwrap();
            for t in 1..=x.len() {
                let got = glr.observe(&[x[t - 1].0, x[t - 1].1]);
                let mut want = 0f64;
                for n in least..=window.min(t) {
                    let suffix = &x[t - n..t];
                    let part = |k: usize, same: &dyn Fn(&(u32, u32)) -> bool, p: &Profile| {
                        let c = suffix.iter().filter(|x| same(x)).count() as f64;
                        if c == 0.0 { 0.0 } else { c * (c / n as f64 / p.shares()[k]).ln() }
                    };
                    let first: f64 = (0..3).map(|k| part(k, &|x| x.0 == k as u32, &before[0])).sum();
                    let second: f64 = (0..2).map(|k| part(k, &|x| x.1 == k as u32, &before[1])).sum();
                    want = want.max(first + second);
                }
                prop_assert!((got - want).abs() < 1e-9, "{got} for {want} at {t}");
            }
        }
    }

    #[test]
    fn refusals() {
        assert!(Glr::new(&[Profile::uniform(2)], 0, 5).is_err());
        assert!(Glr::new(&[Profile::uniform(2)], 6, 5).unwrap_err().to_string().contains("window of 5"));
        assert!(Glr::new(&[], 1, 5).is_err());
    }
}
