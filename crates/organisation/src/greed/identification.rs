//! When evidence of drift μ and variance 2μ a day first reaches A: an inverse Gaussian time.
//!
//! The variance is the drift's double because evidence is a log-likelihood ratio (the law of a shift of a normal mean). So e^(−E)
//! is a martingale, which gives the second term of the distribution its factor e^A.

use crate::checks::positive;
use crate::law::normal_cdf;
use hydranet_topology::Invalid;

/// The first time at which evidence reaches a threshold, without a lower bound at which the suspect would be dropped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Identification {
    /// A, nats (> 0).
    pub threshold: f64,
    /// μ, nats a day (> 0).
    pub drift: f64,
}

impl Identification {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        positive("threshold", self.threshold)?;
        positive("drift", self.drift)
    }

    /// A/μ, days.
    pub fn mean(&self) -> f64 {
        self.threshold / self.drift
    }

    /// √(2A)/μ, days.
    pub fn sd(&self) -> f64 {
        libm::sqrt(2.0 * self.threshold) / self.drift
    }

    /// P(T ≤ t) = Φ((μt − A)/√(2μt)) + e^A Φ(−(A + μt)/√(2μt)); 0 for t ≤ 0.
    ///
    /// ```
    /// use hydranet_organisation::greed::Identification;
    /// let time = Identification { threshold: 95f64.ln(), drift: 0.1 };
    /// assert!((time.by(60.0) - 0.7718).abs() < 5e-5);
    /// ```
    pub fn by(&self, days: f64) -> f64 {
        if days <= 0.0 {
            return 0.0;
        }
        let (gone, wide) = (self.drift * days, libm::sqrt(2.0 * self.drift * days));
        let z = (self.threshold + gone) / wide;
        // beyond z = 25 the tail underflows while e^A overflows: Φ(−z) ≈ φ(z)(1 − 1/z² + 3/z⁴)/z, relative error below 15/z⁶
        let mirrored = if z > 25.0 {
            let series = (1.0 - 1.0 / (z * z) + 3.0 / (z * z * z * z)) / z;
            libm::exp(self.threshold - z * z / 2.0) * series / libm::sqrt(std::f64::consts::TAU)
        } else {
            libm::exp(self.threshold) * normal_cdf(-z)
        };
        normal_cdf((gone - self.threshold) / wide) + mirrored
    }

    /// E e^(−rT) = exp(−A(√(1 + 4r/μ) − 1)/2), for r ≥ 0 a day.
    pub fn discounted(&self, rate: f64) -> f64 {
        libm::exp(-self.threshold * (libm::sqrt(1.0 + 4.0 * rate / self.drift) - 1.0) / 2.0)
    }

    /// Mean time where evidence is looked at every `days` only: the threshold is overshot by .5826 standard deviations of
    /// a step (Siegmund 1985, Sequential Analysis, ch. X; −ζ(½)/√(2π)). Good to a few tenths of a step while steps are
    /// small against A.
    pub fn mean_with_reports(&self, days: f64) -> f64 {
        self.mean() + 0.582_597_157_939 * libm::sqrt(2.0 * self.drift * days) / self.drift
    }
}
