//! Bayesian online change-point detection (Adams & MacKay 2007) with Dirichlet-multinomial segments.
//!
//! The length l_t ≥ 1 is that of the segment that *contains* x_t. Before x_t is weighed, a new segment has the prior H and the old one,
//! now l + 1 long, 1 − H; then both are weighed by what they predicted of x_t. So P(l_t = 1) moves with the data. (The common variant
//! that counts the observations *before* a change gives P(run = 0) = H at every step, whatever is seen.) The first observation opens a
//! segment with certainty, and is weighed like any other.
//!
//! With nothing pruned this is exact: the evidence is the sum over all 2^(T−1) segmentations. Pruning drops a length of which the posterior
//! share is below `floor`, and the least likely one when `most_lengths` are kept. So at most 1/`floor` lengths are kept, and memory does not
//! grow with the stream. What it costs:
//!
//! - [`Bocpd::ln_evidence`] is the sum over the segmentations that were kept, a lower bound. If λ is the exact posterior share of those that
//!   were dropped, the gap is −ln(1 − λ), and no posterior chance is off by more than λ: what is left is the exact posterior, given that the
//!   truth was kept.
//! - λ is not known, but its mean is at most [`Bocpd::dropped`], the dropped shares added up, if segments are as the model says: the
//!   posterior chance of what was dropped is a martingale. By Doob's inequality λ ever reaches c with chance at most dropped/c.
//! - At the default floor this is about 10⁻⁶ an observation. A drop matters until the segment that it is about has ended.

use super::{Detector, starts};
use crate::dirichlet::Dirichlet;
use hydranet_topology::Invalid;

/// Settings of the change-point posterior.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BocpdSettings {
    /// Chance that a segment ends at any observation, H, in (0, 1). Default 1/200: segments of 200 observations on average.
    pub hazard: f64,
    /// The statistic is the posterior chance of a change within the last so many observations (≥ 1). A change that is not clear by then is missed for
    /// good, since it is no longer recent: take more than the delay that is expected. Default 35: a week at 5 a day.
    pub within: u32,
    /// Posterior share below which a length is dropped, in [0, 1); 0 keeps all, and then memory grows up to `most_lengths`. Default 10⁻⁶.
    pub floor: f64,
    /// Most lengths that are kept (≥ 2). Default 1,000.
    pub most_lengths: u32,
}

impl Default for BocpdSettings {
    fn default() -> BocpdSettings {
        BocpdSettings { hazard: 1.0 / 200.0, within: 35, floor: 1e-6, most_lengths: 1000 }
    }
}

/// The posterior of the length of the present segment. O((lengths kept) · M + Σ K) an observation, O((lengths kept) · Σ K) memory.
#[derive(Debug, Clone)]
pub struct Bocpd {
    settings: BocpdSettings,
    start: Vec<usize>,
    weights: Vec<f64>,  // Dirichlet weights, all coordinates after each other
    totals: Vec<f64>,   // their sums, one a coordinate
    baseline: Vec<f64>, // counts before the first observation; empty: none
    baseline_length: f64,
    // one slot a length; cell c of slot r stands at c·capacity + r
    capacity: usize,
    slots: usize,
    chance: Vec<f64>,
    length: Vec<f64>,
    cells: Vec<f64>, // weight + count
    seen: f64,
    dropped: f64,
    ln_evidence: f64,
    evidence: f64, // what is not yet in the logarithm
}

impl Bocpd {
    /// With a law of profiles for each coordinate.
    ///
    /// # Errors
    /// If there is no coordinate or a setting is out of its range.
    pub fn new(priors: &[Dirichlet], settings: BocpdSettings) -> Result<Bocpd, Invalid> {
        let BocpdSettings { hazard, within, floor, most_lengths } = settings;
        Invalid::unless(!priors.is_empty(), "priors", || "at least one coordinate".to_string())?;
        Invalid::unless(hazard > 0.0 && hazard < 1.0, "hazard", || {
            format!("a chance above 0 and below 1, not {hazard}")
        })?;
        Invalid::unless(within >= 1, "within", || "at least 1 observation, not 0".to_string())?;
        Invalid::unless((0.0..1.0).contains(&floor), "floor", || format!("a share from 0 to below 1, not {floor}"))?;
        Invalid::unless(most_lengths >= 2, "most_lengths", || format!("at least 2, not {most_lengths}"))?;
        let mut bocpd = Bocpd {
            settings,
            start: starts(priors.iter().map(Dirichlet::categories)),
            weights: priors.iter().flat_map(|d| d.weights()).copied().collect(),
            totals: priors.iter().map(Dirichlet::total).collect(),
            baseline: Vec::new(),
            baseline_length: 0.0,
            capacity: 0,
            slots: 0,
            chance: Vec::new(),
            length: Vec::new(),
            cells: Vec::new(),
            seen: 0.0,
            dropped: 0.0,
            ln_evidence: 0.0,
            evidence: 1.0,
        };
        bocpd.grow(64.min(most_lengths as usize));
        Ok(bocpd)
    }

    /// The stream goes on from a baseline with these counts: one list a coordinate. The first observation is then a new segment with chance
    /// H, like any other, and lengths count the baseline's observations.
    ///
    /// # Errors
    /// If the lists are not as the priors, or the coordinates do not have the same number of observations.
    pub fn after_baseline(mut self, counts: &[Vec<u64>]) -> Result<Bocpd, Invalid> {
        let m = self.totals.len();
        let sizes: Vec<usize> = counts.iter().map(Vec::len).collect();
        let fits = sizes.len() == m && self.start.windows(2).zip(&sizes).all(|(ends, k)| ends[1] - ends[0] == *k);
        Invalid::unless(fits, "baseline", || "one count for every category of every coordinate".to_string())?;
        let sums: Vec<u64> = counts.iter().map(|c| c.iter().sum()).collect();
        let same = sums.iter().all(|s| *s == sums[0]);
        Invalid::unless(same, "baseline", || format!("as many observations in every coordinate, not {sums:?}"))?;
        self.baseline = counts.iter().flatten().map(|&n| n as f64).collect();
        self.baseline_length = sums[0] as f64;
        self.restart();
        Ok(self)
    }

    /// P(l_t ≤ length | x_1..t). O(lengths kept).
    pub fn within(&self, length: u64) -> f64 {
        let kept = self.length.iter().zip(&self.chance).take(self.slots);
        kept.filter(|(l, _)| **l <= length as f64).map(|(_, p)| p).sum()
    }

    /// Every length that is kept, with P(l_t = length | x_1..t), by length. O(n log n) for n lengths.
    pub fn lengths(&self) -> Vec<(u64, f64)> {
        let kept = self.length.iter().zip(&self.chance).take(self.slots);
        let mut lengths: Vec<(u64, f64)> = kept.map(|(l, p)| (*l as u64, *p)).collect();
        lengths.sort_unstable_by_key(|(l, _)| *l);
        lengths
    }

    /// The most probable length; the shorter of equals. 0 before the first observation.
    pub fn most_probable(&self) -> u64 {
        let most = self.lengths().into_iter().fold((0, 0.0), |best, at| if at.1 > best.1 { at } else { best });
        most.0
    }

    /// ln p(x_1..t), nats; a lower bound if something was dropped. A baseline is given, and not part of it.
    pub fn ln_evidence(&self) -> f64 {
        self.ln_evidence + libm::log(self.evidence)
    }

    /// Posterior shares that were dropped, summed over all observations so far: the mean error of a posterior chance is at most this.
    pub fn dropped(&self) -> f64 {
        self.dropped
    }

    /// How many lengths are kept now.
    pub fn kept(&self) -> usize {
        self.slots
    }

    fn grow(&mut self, capacity: usize) {
        let (old, cells) = (self.capacity, self.weights.len());
        let mut table = vec![0.0; cells * capacity];
        for c in 0..cells {
            table[c * capacity..c * capacity + self.slots].copy_from_slice(&self.cells[c * old..c * old + self.slots]);
        }
        (self.cells, self.capacity) = (table, capacity);
        self.chance.resize(capacity, 0.0);
        self.length.resize(capacity, 0.0);
    }

    fn open(&mut self, chance: f64, baseline: bool) {
        if self.slots == self.capacity {
            if self.capacity < self.settings.most_lengths as usize {
                self.grow((2 * self.capacity).min(self.settings.most_lengths as usize));
            } else {
                let least = (0..self.slots).fold(0, |l, r| if self.chance[r] < self.chance[l] { r } else { l });
                self.dropped += self.chance[least];
                self.close(least);
            }
        }
        let r = self.slots;
        self.slots += 1;
        self.chance[r] = chance;
        self.length[r] = if baseline { self.baseline_length } else { 0.0 };
        for (c, weight) in self.weights.iter().enumerate() {
            self.cells[c * self.capacity + r] = weight + if baseline { self.baseline[c] } else { 0.0 };
        }
    }

    fn close(&mut self, r: usize) {
        self.slots -= 1;
        let last = self.slots;
        self.chance[r] = self.chance[last];
        self.length[r] = self.length[last];
        for column in self.cells.chunks_exact_mut(self.capacity) {
            column[r] = column[last];
        }
    }

    fn drop_below_floor(&mut self, sum: f64) -> f64 {
        let most = self.chance[..self.slots].iter().copied().fold(0.0, f64::max);
        let floor = f64::min(self.settings.floor * sum, most); // the most probable length stays
        let (mut kept, mut r) = (0.0, 0);
        while r < self.slots {
            if self.chance[r] < floor {
                self.close(r);
            } else {
                kept += self.chance[r];
                r += 1;
            }
        }
        kept
    }
}

impl Detector for Bocpd {
    fn observe(&mut self, x: &[u32]) -> f64 {
        debug_assert_eq!(x.len(), self.totals.len());
        // both priors, before x_t is weighed
        if self.seen == 0.0 && self.baseline.is_empty() {
            self.open(1.0, false);
        } else {
            if self.seen == 0.0 {
                self.open(1.0, true);
            }
            let (hazard, slots) = (self.settings.hazard, self.slots);
            self.chance[..slots].iter_mut().for_each(|p| *p *= 1.0 - hazard);
            self.open(hazard, false);
        }
        self.seen += 1.0;
        let slots = self.slots;
        for (m, &k) in x.iter().enumerate() {
            assert!((k as usize) < self.start[m + 1] - self.start[m], "code {k} of coordinate {m} is too large");
            let first = (self.start[m] + k as usize) * self.capacity;
            let total = self.totals[m];
            let column = &mut self.cells[first..first + slots];
            for ((p, l), cell) in self.chance[..slots].iter_mut().zip(&self.length[..slots]).zip(column) {
                *p *= *cell / (total + l);
                *cell += 1.0;
            }
        }
        self.length[..slots].iter_mut().for_each(|l| *l += 1.0);
        let sum: f64 = self.chance[..slots].iter().sum();
        let kept = self.drop_below_floor(sum);
        self.dropped += ((sum - kept) / sum).max(0.0);
        self.evidence *= kept;
        if self.evidence < 1e-200 {
            self.ln_evidence += libm::log(self.evidence);
            self.evidence = 1.0;
        }
        // the segment that was there from the beginning is no change, however short it still is
        let (within, old) = (self.settings.within as f64, self.baseline_length + self.seen);
        let (scale, mut recent) = (1.0 / kept, 0.0);
        for (p, l) in self.chance[..self.slots].iter_mut().zip(&self.length[..self.slots]) {
            *p *= scale;
            recent += if *l <= within && *l < old { *p } else { 0.0 };
        }
        recent
    }

    fn restart(&mut self) {
        (self.slots, self.seen, self.dropped, self.ln_evidence, self.evidence) = (0, 0.0, 0.0, 0.0, 1.0);
    }
}
