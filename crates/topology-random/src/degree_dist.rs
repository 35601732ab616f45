//! Laws that degrees are drawn from.

use crate::bounds_and_draws::mean_degree;
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A law of degrees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum DegreeDist {
    /// P(k) ∝ k^(−exponent) for min ≤ k ≤ max.
    PowerLaw {
        /// Exponent γ (≥ 0).
        exponent: f64,
        /// Least degree (≥ 1).
        #[serde(default = "one")]
        min: u32,
        /// Greatest degree (min to n − 1). Left out: the structural cutoff, the largest K ≤ √(⟨k⟩n).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u32>,
    },
    /// P(k) = e^(−mean) mean^k / k!, for k < n.
    Poisson {
        /// Mean of the law (0 to n − 1).
        mean: f64,
    },
}

fn one() -> u32 {
    1
}

/// A law on `min..min + cdf.len()`, as its cumulative sums.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    min: u32,
    cdf: Vec<f64>,
}

impl DegreeDist {
    /// The table of the law for networks of `n` nodes.
    pub(crate) fn table(&self, n: u32) -> Result<Table, Invalid> {
        let param = "degree_dist";
        match *self {
            DegreeDist::PowerLaw { exponent, min, max } => {
                Invalid::unless(exponent >= 0.0 && exponent.is_finite(), param, || {
                    format!("the exponent is not negative, and finite, not {exponent}")
                })?;
                let most = max.unwrap_or(n - 1);
                Invalid::unless(1 <= min && min <= most && most < n, param, || {
                    format!("degrees are 1 ≤ min ≤ max ≤ n − 1 = {}, not min = {min}, max = {most}", n - 1)
                })?;
                // relative to k = min, so that nothing underflows
                let weight = |k: u32| libm::pow(k as f64 / min as f64, -exponent);
                let max = max.unwrap_or_else(|| structural_cutoff(n, min, weight));
                Ok(Table::new(min, (min..=max).map(weight)))
            }
            DegreeDist::Poisson { mean } => {
                mean_degree(mean, n as f64 - 1.0)
                    .map_err(|e| Invalid::new(param, e.reason.replace("mean degree", "mean")))?;
                if mean == 0.0 {
                    return Ok(Table::new(0, [1.0].into_iter()));
                }
                // 12 standard deviations and 30: what lies beyond has less than 2^−53 of the weight
                let reach = 12.0 * mean.sqrt() + 30.0;
                let (from, to) = ((mean - reach).max(0.0) as u32, (mean + reach).min(n as f64 - 1.0) as u32);
                let weight = |k: u32| libm::exp(k as f64 * libm::log(mean) - mean - libm::lgamma(k as f64 + 1.0));
                Ok(Table::new(from, (from..=to).map(weight)))
            }
        }
    }
}

/// The largest K ≤ n − 1 with K² ≤ ⟨k⟩n, where the mean is that of the law cut off at K: up to there, two nodes share
/// at most one edge in expectation, and simple networks with these degrees need not be correlated.
fn structural_cutoff(n: u32, min: u32, weight: impl Fn(u32) -> f64) -> u32 {
    let (mut sum, mut first) = (0.0, 0.0);
    let mut cutoff = min;
    for k in min..n {
        sum += weight(k);
        first += k as f64 * weight(k);
        if (k as f64).powi(2) > first / sum * n as f64 {
            break;
        }
        cutoff = k;
    }
    cutoff
}

impl Table {
    fn new(min: u32, weights: impl Iterator<Item = f64>) -> Table {
        let mut sum = 0.0;
        let mut cdf: Vec<f64> = weights
            .map(|w| {
                sum += w;
                sum
            })
            .collect();
        cdf.iter_mut().for_each(|c| *c /= sum);
        Table { min, cdf }
    }

    /// Least and greatest degree.
    pub(crate) fn range(&self) -> (u32, u32) {
        (self.min, self.min + self.cdf.len() as u32 - 1)
    }

    /// One degree, by inversion.
    #[inline]
    pub(crate) fn draw(&self, rng: &mut TrialRng) -> u32 {
        let u = rng.unit();
        // the last entry is 1 and u is below it, unless rounding has it otherwise
        let at = self.cdf.partition_point(|&c| c <= u).min(self.cdf.len() - 1);
        self.min + at as u32
    }

    /// The exact moment Σ k^power P(k).
    #[cfg(test)]
    pub(crate) fn moment(&self, power: i32) -> f64 {
        let steps = self.cdf.iter().scan(0.0, |before, &c| Some(c - std::mem::replace(before, c)));
        steps.enumerate().map(|(i, p)| p * (self.min as f64 + i as f64).powi(power)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::close;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn tables_have_the_moments_of_their_laws() {
        for mean in [0.1, 3.5, 40.0, 900.0] {
            let table = DegreeDist::Poisson { mean }.table(1_000_000).unwrap();
            close("mean", table.moment(1), mean, 1e-9 * mean);
            close("second moment", table.moment(2), mean * mean + mean, 1e-8 * mean * mean + 1e-9);
        }
        let flat = DegreeDist::PowerLaw { exponent: 0.0, min: 3, max: Some(7) }.table(10).unwrap();
        close("flat", flat.moment(1), 5.0, 1e-12);
        // ζ(2)/ζ(3), far enough out
        let zipf = DegreeDist::PowerLaw { exponent: 3.0, min: 1, max: Some(1_000_000) }.table(1_000_001).unwrap();
        close("zipf", zipf.moment(1), 1.644934 / 1.2020569, 1e-5);
    }

    #[test]
    fn the_structural_cutoff_is_where_it_says() {
        for (exponent, min) in [(2.2, 1), (2.5, 2), (3.0, 1), (0.5, 1)] {
            let n = 10_000u32;
            let dist = |max| DegreeDist::PowerLaw { exponent, min, max }.table(n).unwrap();
            let cutoff = dist(None).range().1;
            let room = |k: u32| dist(Some(k)).moment(1) * n as f64 - (k as f64).powi(2);
            assert!(room(cutoff) >= 0.0 && (cutoff == n - 1 || room(cutoff + 1) < 0.0), "γ = {exponent}: {cutoff}");
        }
    }

    #[test]
    fn draws_follow_the_table() {
        let table = DegreeDist::PowerLaw { exponent: 2.5, min: 2, max: Some(100) }.table(1000).unwrap();
        let mut rng = trial_rng(42, Trial::network(0), Purpose::Topology);
        let draws = 100_000;
        let mean = (0..draws).map(|_| table.draw(&mut rng) as f64).sum::<f64>() / draws as f64;
        let sd = (table.moment(2) - table.moment(1).powi(2)).sqrt() / (draws as f64).sqrt();
        close("mean", mean, table.moment(1), 5.0 * sd);
    }
}
