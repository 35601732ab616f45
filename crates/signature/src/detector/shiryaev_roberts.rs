//! Shiryaev–Roberts: the likelihood ratios of all times at which the change may have begun, summed.
//!
//! R = (1 + R) p₁(x)/p₀(x), alarm at R ≥ A. Without a change R_n − n is a martingale, so the mean time to a false alarm is at least A
//! (Pollak 1985).

use super::Detector;
use crate::contrast::Contrast;

/// The statistic is held below this: a stream that is followed for long after a change overflows nothing.
const MOST: f64 = 1e300;

/// Shiryaev–Roberts against a known profile after the change. O(M) an observation, O(Σ K) memory.
#[derive(Debug, Clone)]
pub struct ShiryaevRoberts {
    ratios: Vec<Vec<f64>>,
    r: f64,
}

impl ShiryaevRoberts {
    /// From R = 0.
    pub fn new(contrast: &Contrast) -> ShiryaevRoberts {
        let ratio = |units: &f64| libm::exp(units * contrast.unit());
        let ratios = (0..contrast.coordinates()).map(|m| contrast.row(m).iter().map(ratio).collect()).collect();
        ShiryaevRoberts { ratios, r: 0.0 }
    }
}

impl Detector for ShiryaevRoberts {
    #[inline]
    fn observe(&mut self, x: &[u32]) -> f64 {
        debug_assert_eq!(x.len(), self.ratios.len());
        let ratio: f64 = self.ratios.iter().zip(x).map(|(row, &k)| row[k as usize]).product();
        self.r = f64::min((1.0 + self.r) * ratio, MOST);
        self.r
    }

    fn restart(&mut self) {
        self.r = 0.0;
    }
}
