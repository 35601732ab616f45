//! Laws of waiting times.

use crate::checks::{not_negative, positive};
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long something takes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Delay {
    /// Lognormal: most are near the median, some take very long.
    Lognormal {
        /// Median, days (> 0).
        median_days: f64,
        /// Standard deviation of the logarithm (≥ 0).
        sigma: f64,
    },
    /// Exponential: no memory.
    Exponential {
        /// Mean, days (> 0).
        mean_days: f64,
    },
    /// Always as long.
    Fixed {
        /// Days (≥ 0).
        days: f64,
    },
}

impl Delay {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        match *self {
            Delay::Lognormal { median_days, sigma } => {
                positive("median_days", median_days)?;
                not_negative("sigma", sigma)
            }
            Delay::Exponential { mean_days } => positive("mean_days", mean_days),
            Delay::Fixed { days } => not_negative("days", days),
        }
    }

    /// Days. Takes two numbers from the stream whatever the law, so that another law moves no later draw. O(1).
    pub fn draw(&self, rng: &mut TrialRng) -> f64 {
        let (wait, angle) = (rng.exponential(), rng.unit());
        match *self {
            // Box & Muller 1958, the sine half is not used
            Delay::Lognormal { median_days, sigma } => {
                let normal = libm::sqrt(2.0 * wait) * libm::cos(std::f64::consts::TAU * angle);
                median_days * libm::exp(sigma * normal)
            }
            Delay::Exponential { mean_days } => mean_days * wait,
            Delay::Fixed { days } => days,
        }
    }
}

/// Weights that change, of which one is drawn: a binary tree of sums, each made of its two halves and never of differences,
/// so that rounding does not pile up.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    sums: Vec<f64>,
    leaves: usize,
}

impl Weights {
    pub(crate) fn new(count: usize) -> Weights {
        let leaves = count.next_power_of_two();
        Weights { sums: vec![0.0; 2 * leaves], leaves }
    }

    pub(crate) fn total(&self) -> f64 {
        self.sums[1]
    }

    /// O(log n); adds room when `place` is new.
    pub(crate) fn set(&mut self, place: u32, weight: f64) {
        let place = place as usize;
        if place >= self.leaves {
            let mut wider = Weights::new(place + 1);
            wider.sums[wider.leaves..][..self.leaves].copy_from_slice(&self.sums[self.leaves..]);
            (1..wider.leaves).rev().for_each(|i| wider.sums[i] = wider.sums[2 * i] + wider.sums[2 * i + 1]);
            *self = wider;
        }
        let mut i = self.leaves + place;
        if self.sums[i] == weight {
            return;
        }
        self.sums[i] = weight;
        while i > 1 {
            i /= 2;
            self.sums[i] = self.sums[2 * i] + self.sums[2 * i + 1];
        }
    }

    /// A place in proportion to its weight; the total must not be 0. O(log n).
    pub(crate) fn draw(&self, rng: &mut TrialRng) -> u32 {
        let mut left = rng.unit() * self.total();
        let mut i = 1;
        while i < self.leaves {
            i *= 2;
            // a half of weight 0 is never entered, whatever rounding says
            if left >= self.sums[i] && self.sums[i + 1] > 0.0 {
                left -= self.sums[i];
                i += 1;
            } else if self.sums[i] <= 0.0 {
                i += 1;
            }
        }
        (i - self.leaves) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn weights_are_drawn_in_proportion() {
        let mut weights = Weights::new(3);
        [(0, 1.0), (1, 5.0), (2, 2.0), (6, 1.0), (1, 0.0)].into_iter().for_each(|(place, w)| weights.set(place, w));
        assert_eq!(weights.total(), 4.0);
        let rng = &mut trial_rng(1, Trial::network(0), Purpose::Exposure);
        let mut seen = [0u32; 8];
        (0..40_000).for_each(|_| seen[weights.draw(rng) as usize] += 1);
        for (place, want) in [(0, 0.25), (1, 0.0), (2, 0.5), (6, 0.25), (7, 0.0)] {
            let got = f64::from(seen[place]) / 4e4;
            assert!((got - want).abs() <= 4.0 * (want * (1.0 - want) / 4e4f64).sqrt(), "{place}: {got}");
        }
    }

    #[test]
    fn delays_have_their_medians_and_means() {
        let rng = &mut trial_rng(2, Trial::network(0), Purpose::Vacancy);
        let n = 20_000;
        let below = (0..n).filter(|_| Delay::Lognormal { median_days: 30.0, sigma: 1.0 }.draw(rng) < 30.0).count();
        assert!((below as f64 / n as f64 - 0.5).abs() < 4.0 * 0.5 / (n as f64).sqrt());
        let mean = (0..n).map(|_| Delay::Exponential { mean_days: 8.0 }.draw(rng)).sum::<f64>() / n as f64;
        assert!((mean - 8.0).abs() < 4.0 * 8.0 / (n as f64).sqrt(), "{mean}");
        assert_eq!(Delay::Fixed { days: 3.0 }.draw(rng), 3.0);
        assert!(Delay::Fixed { days: -1.0 }.check().unwrap_err().to_string().contains("`days`: 0 or more"));
        assert!(Delay::Exponential { mean_days: 0.0 }.check().is_err());
    }
}
