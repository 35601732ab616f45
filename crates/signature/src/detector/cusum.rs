//! CUSUM: the largest log-likelihood ratio over all times at which the change may have begun.
//!
//! S = max(0, S + ln p₁(x)/p₀(x)), alarm at S ≥ h (Page 1954). Among detectors with the same mean time between false alarms none has a
//! smaller worst-case mean delay (Lorden 1971, Moustakides 1986). Where the ratios lie on a lattice the sum is kept in whole units, so that
//! a threshold of 4 ln 2 means four steps after any number of observations.

use super::Detector;
use crate::contrast::Contrast;

/// CUSUM against a known profile after the change. O(M) an observation, O(Σ K) memory.
#[derive(Debug, Clone)]
pub struct Cusum {
    contrast: Contrast,
    units: f64,
}

impl Cusum {
    /// From 0.
    pub fn new(contrast: Contrast) -> Cusum {
        Cusum { contrast, units: 0.0 }
    }

    /// What it weighs.
    pub fn contrast(&self) -> &Contrast {
        &self.contrast
    }
}

impl Detector for Cusum {
    #[inline]
    fn observe(&mut self, x: &[u32]) -> f64 {
        self.units = f64::max(0.0, self.units + self.contrast.units(x));
        self.units * self.contrast.unit()
    }

    fn restart(&mut self) {
        self.units = 0.0;
    }
}
