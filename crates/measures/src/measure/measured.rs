//! What every measure takes and gives: how much work it may do, and a value with how it came about.

/// A measured value and how it came about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The value or its estimate. NaN where the measure is not defined for the network.
    pub value: f64,
    /// Standard deviation of an estimate from random samples; none where chance plays no part.
    pub standard_error: Option<f64>,
    /// How it was computed, in a few words: `exact, …` or the approximation.
    pub method: &'static str,
}

impl Measured {
    /// A value in which chance plays no part.
    pub(super) fn exactly(value: f64, method: &'static str) -> Measured {
        Measured { value, standard_error: None, method }
    }
}

/// Where exact computation ends and how much work an approximation may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Spectra of networks of at most this many nodes are computed whole: O(n³) time, 8 n² bytes.
    pub dense: u32,
    /// The same for effective resistances alone: there an estimate costs as much as the spectrum (up to 2,000 nodes in seconds), and is
    /// off by a quarter where a bottleneck decides.
    pub resistances: u32,
    /// Breadth-first searches at most, O(m) each: distances are exact up to this many nodes, and sampled beyond.
    pub searches: u32,
    /// Random vectors for the trace of a large matrix (≥ 2).
    pub probes: u32,
    /// Lanczos vectors kept at a time (≥ 4): 8 n bytes each.
    pub steps: u32,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { dense: 512, resistances: 2000, searches: 2048, probes: 32, steps: 80 }
    }
}

/// Mean and standard error of independent estimates.
pub(super) fn mean_and_error(samples: &[f64]) -> (f64, f64) {
    let count = samples.len() as f64;
    let mean = samples.iter().sum::<f64>() / count;
    let squares: f64 = samples.iter().map(|x| (x - mean) * (x - mean)).sum();
    (mean, (squares / (count - 1.0) / count).sqrt())
}
