//! Intervals by formula.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// The confidence level of every interval in files and figures.
pub const LEVEL: f64 = 0.95;

/// A confidence interval, both ends included; `lo ≤ hi`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub lo: f64,
    /// The upper end.
    pub hi: f64,
}

impl Interval {
    /// Is the value in it?
    pub fn contains(&self, value: f64) -> bool {
        self.lo <= value && value <= self.hi
    }
}

/// The quantile of Student's t at `share` in `(0, 1)` with `degrees` degrees of freedom.
///
/// ```
/// use hydranet_results::statistics::student_t_quantile;
/// assert!((student_t_quantile(0.975, 29) - 2.0452).abs() < 5e-5);
/// ```
///
/// # Panics
/// If `share` is not in `(0, 1)` or `degrees` is 0.
pub fn student_t_quantile(share: f64, degrees: usize) -> f64 {
    assert!(share > 0.0 && share < 1.0, "a quantile of Student's t lies at a share between 0 and 1, not at {share}");
    let t = StudentsT::new(0.0, 1.0, degrees as f64).expect("at least one degree of freedom");
    t.inverse_cdf(share)
}

/// The interval for the mean of *independent* values: mean ± t·sd/√n with n − 1 degrees; `None` below two values. For
/// trials that share networks see [`super::Clustered::mean_interval`]. O(n).
///
/// # Panics
/// If `level` is not in `(0, 1)`.
pub fn student_t_interval(values: &[f64], level: f64) -> Option<Interval> {
    let (mean, sd) = (super::mean(values)?, super::sd(values)?);
    Some(around(mean, sd / (values.len() as f64).sqrt(), values.len() - 1, level))
}

pub(super) fn around(mean: f64, standard_error: f64, degrees: usize, level: f64) -> Interval {
    let half = if standard_error > 0.0 { student_t_quantile(upper(level), degrees) * standard_error } else { 0.0 };
    Interval { lo: mean - half, hi: mean + half }
}

/// Where the upper end of a two-sided interval lies.
pub(super) fn upper(level: f64) -> f64 {
    assert!(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1, not at {level}");
    0.5 + level / 2.0
}

/// The standard normal distribution.
pub(super) fn normal() -> Normal {
    Normal::standard()
}

/// The interval for the share of successes in *independent* trials (Wilson 1927, without continuity correction), within
/// `[0, 1]` and of sensible width also at 0 and at all; `None` without trials. O(1).
///
/// # Panics
/// If there are more successes than trials, or `level` is not in `(0, 1)`.
pub fn wilson_interval(successes: u64, trials: u64, level: f64) -> Option<Interval> {
    assert!(successes <= trials, "{successes} successes in {trials} trials");
    let z = normal().inverse_cdf(upper(level));
    if trials == 0 {
        return None;
    }
    let (n, p) = (trials as f64, successes as f64 / trials as f64);
    let Interval { lo, hi } = score_interval(p, n, z);
    // at the ends the formula gives 0 and 1 but for rounding
    let lo = if successes == 0 { 0.0 } else { lo };
    let hi = if successes == trials { 1.0 } else { hi };
    Some(Interval { lo, hi })
}

/// Wilson's interval for a share `p` of `n` trials, with `z` standard errors to either side.
pub(super) fn score_interval(p: f64, n: f64, z: f64) -> Interval {
    let scale = 1.0 + z * z / n;
    let center = (p + z * z / (2.0 * n)) / scale;
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / scale;
    Interval { lo: center - half, hi: center + half }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_as_scipy() {
        for (share, degrees, want) in T_QUANTILES {
            let got = student_t_quantile(share, degrees);
            assert!((got - want).abs() < 1e-9 * want.abs().max(1.0), "t({share}, {degrees}) = {got}, not {want}");
        }
    }
    // scipy.stats.t.ppf
    const T_QUANTILES: [(f64, usize, f64); 12] = [
        (0.975, 1, 12.706204736174694),
        (0.975, 2, 4.302652729749462),
        (0.975, 3, 3.1824463052837078),
        (0.975, 9, 2.262157162798205),
        (0.975, 29, 2.045229642132703),
        (0.975, 199, 1.9719565442517533),
        (0.975, 9999, 1.960201263621357),
        (0.95, 5, 2.0150483733330233),
        (0.995, 12, 3.0545395893929013),
        (0.9995, 4, 8.610301581379522),
        (0.025, 29, -2.045229642132704),
        (0.6, 7, 0.2631668613520229),
    ];

    #[test]
    fn wilson_as_scipy() {
        for (successes, trials, level, lo, hi) in WILSON {
            let got = wilson_interval(successes, trials, level).unwrap();
            assert!((got.lo - lo).abs() < 1e-12 && (got.hi - hi).abs() < 1e-12, "{successes}/{trials}: {got:?}");
        }
        assert_eq!(wilson_interval(0, 0, 0.95), None);
        assert_eq!(wilson_interval(0, 10, 0.95).unwrap().lo, 0.0);
        assert_eq!(wilson_interval(10, 10, 0.95).unwrap().hi, 1.0);
    }
    // scipy.stats.binomtest(k, n).proportion_ci(level, "wilson")
    const WILSON: [(u64, u64, f64, f64, f64); 7] = [
        (0, 10, 0.95, 0.0, 0.27753279986288926),
        (1, 10, 0.95, 0.017876213095072896, 0.4041500267952385),
        (5, 10, 0.95, 0.236593090512564, 0.7634069094874361),
        (10, 10, 0.95, 0.7224672001371109, 1.0),
        (37, 200, 0.95, 0.13730192800616045, 0.24457062761151752),
        (81, 263, 0.95, 0.2552885198782742, 0.36620957698280004),
        (3, 7, 0.99, 0.11637368051613817, 0.8102850959116125),
    ];

    #[test]
    fn student_as_scipy() {
        // scipy.stats.t.interval(.95, 4, mean, sem) of the values
        let values = [2.0, 4.0, 4.0, 5.0, 9.0];
        let got = student_t_interval(&values, 0.95).unwrap();
        assert!((got.lo - STUDENT.0).abs() < 1e-9 && (got.hi - STUDENT.1).abs() < 1e-9, "{got:?}");
        assert_eq!(student_t_interval(&[1.0], 0.95), None);
        assert_eq!(student_t_interval(&[0.1; 7], 0.95), Some(Interval { lo: 0.1, hi: 0.1 }));
    }
    const STUDENT: (f64, f64) = (1.5860324292680095, 8.01396757073199);

    #[test]
    #[should_panic(expected = "a confidence level lies between 0 and 1, not at 95")]
    fn levels_are_shares() {
        student_t_interval(&[1.0, 2.0], 95.0);
    }
}
