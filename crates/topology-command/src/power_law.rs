//! Heavy-tailed whole numbers: P(x) ∝ x^−a on min..=max, for the sizes of networks and of hosting providers.
//!
//! Drawn by rejection-inversion (Hörmann & Derflinger 1996): the area under the continuous x^−a is inverted, and a
//! draw whose step of the histogram lies below the curve is drawn again. Exact for every a ≥ 0, O(1) a draw, nothing
//! is tabulated. Powers and logarithms are [`libm`]'s, so
//! that the draws are the same on every platform.

use hydranet_topology::{Draw, Invalid, TrialRng};

/// The law with its constants worked out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PowerLaw {
    exponent: f64,
    min: u32,
    max: u32,
    low: f64,
    high: f64,
}

impl PowerLaw {
    /// P(x) ∝ x^−exponent on `min..=max`; `param` is blamed for an exponent that makes no sense.
    pub(crate) fn new(param: &'static str, exponent: f64, min: u32, max: u32) -> Result<PowerLaw, Invalid> {
        debug_assert!(1 <= min && min <= max);
        let sensible = exponent.is_finite() && (0.0..=20.0).contains(&exponent);
        Invalid::unless(sensible, param, || format!("the exponent must be from 0 to 20, not {exponent}"))?;
        let mut law = PowerLaw { exponent, min, max, low: 0.0, high: 0.0 };
        law.low = law.area(min as f64 + 0.5) - law.weight(min);
        law.high = law.area(max as f64 + 0.5);
        Ok(law)
    }

    /// One draw.
    pub(crate) fn draw(&self, rng: &mut TrialRng) -> u32 {
        if self.min == self.max {
            return self.min;
        }
        loop {
            let u = self.low + rng.unit() * (self.high - self.low);
            let x = libm::round(self.inverse(u)).clamp(self.min as f64, self.max as f64) as u32;
            if u >= self.area(x as f64 + 0.5) - self.weight(x) {
                return x;
            }
        }
    }

    fn weight(&self, x: u32) -> f64 {
        libm::pow(x as f64, -self.exponent)
    }

    /// ∫ t^−a dt from 1 to x.
    fn area(&self, x: f64) -> f64 {
        let b = 1.0 - self.exponent;
        if b == 0.0 { libm::log(x) } else { libm::expm1(b * libm::log(x)) / b }
    }

    fn inverse(&self, area: f64) -> f64 {
        let b = 1.0 - self.exponent;
        if b == 0.0 { libm::exp(area) } else { libm::exp(libm::log1p(b * area) / b) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::rng;

    #[test]
    fn frequencies_follow_the_law() {
        for (exponent, min, max) in [(0.0, 1, 6), (0.5, 1, 10), (1.0, 1, 12), (2.0, 3, 9), (2.5, 1, 20), (3.5, 10, 14)]
        {
            let law = PowerLaw::new("x", exponent, min, max).unwrap();
            let mut rng = rng(3);
            let (n, kinds) = (50_000, (max - min + 1) as usize);
            let mut counts = vec![0u32; kinds];
            for _ in 0..n {
                counts[(law.draw(&mut rng) - min) as usize] += 1;
            }
            let weights: Vec<f64> = (min..=max).map(|x| (x as f64).powf(-exponent)).collect();
            let sum: f64 = weights.iter().sum();
            // chi-square: mean k, variance 2k; five standard deviations
            let chi: f64 = std::iter::zip(&counts, &weights)
                .map(|(&c, w)| (c as f64 - n as f64 * w / sum).powi(2) / (n as f64 * w / sum))
                .sum();
            let k = (kinds - 1) as f64;
            assert!(chi < k + 5.0 * (2.0 * k).sqrt(), "exponent {exponent}: chi-square {chi} of {k} degrees");
        }
    }

    #[test]
    fn the_ends_are_reached_and_kept() {
        for (exponent, max) in [(0.0, u32::MAX), (1.0, u32::MAX), (20.0, u32::MAX), (2.0, 2)] {
            let law = PowerLaw::new("x", exponent, 1, max).unwrap();
            let mut rng = rng(4);
            assert!((0..2000).all(|_| (1..=max).contains(&law.draw(&mut rng))));
        }
        assert_eq!(PowerLaw::new("x", 2.0, 7, 7).unwrap().draw(&mut rng(5)), 7);
        for exponent in [f64::NAN, -0.1, f64::INFINITY] {
            assert!(PowerLaw::new("x", exponent, 1, 2).is_err());
        }
    }
}
