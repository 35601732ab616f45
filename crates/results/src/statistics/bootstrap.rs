//! The bias-corrected and accelerated bootstrap (Efron 1987), resampling whole clusters.

use super::describe::quantile_sorted;
use super::interval::{normal, upper};
use super::{Clustered, Interval};
use statrs::distribution::ContinuousCDF;

/// How to resample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resampling {
    /// Number of resamples. 2000 give ends that vary by about a tenth of the width from seed to seed.
    pub resamples: u32,
    /// Confidence level, in `(0, 1)`.
    pub level: f64,
}

impl Default for Resampling {
    /// 2000 resamples at [`super::LEVEL`].
    fn default() -> Resampling {
        Resampling { resamples: 2000, level: super::LEVEL }
    }
}

impl Clustered {
    /// The interval for any statistic of the values: a median, a quantile, a ratio. Clusters are drawn with replacement,
    /// and a drawn cluster brings all its values; acceleration is by leaving out one cluster at a time. `below(bound)`
    /// gives a uniform integer in `0..bound`: `rng.below(bound)` of a stream for bootstrap. `None` below two clusters.
    /// O(resamples · cost of the statistic).
    ///
    /// With few clusters (below about 20) bootstrap intervals are too narrow; for a mean use
    /// [`Clustered::mean_interval`]. If all resamples fall on one side of the value measured, bias is corrected as if half
    /// a resample lay on the other.
    ///
    /// ```
    /// use hydranet_results::statistics::{Clustered, Resampling, median};
    /// use hydranet_topology::{Purpose, Trial, Draw, trial_rng};
    /// let seizures = Clustered::new((0..30).map(|network| (network, (network % 7) as f64)))?;
    /// let mut rng = trial_rng(7, Trial::network(0), Purpose::Bootstrap);
    /// let median = |values: &[f64]| median(values).unwrap_or(0.0);
    /// let interval = seizures.bca_interval(median, Resampling::default(), &mut |bound| rng.below(bound)).unwrap();
    /// assert!(interval.contains(3.0));
    /// # Ok::<(), hydranet_results::statistics::NotFinite>(())
    /// ```
    ///
    /// # Panics
    /// If there are no resamples, `level` is not in `(0, 1)`, or `below` gives `bound` or more.
    pub fn bca_interval(
        &self,
        statistic: impl Fn(&[f64]) -> f64,
        resampling: Resampling,
        below: &mut impl FnMut(u32) -> u32,
    ) -> Option<Interval> {
        let Resampling { resamples, level } = resampling;
        assert!(resamples > 0, "an interval needs resamples");
        let clusters = self.clusters();
        if clusters.len() < 2 {
            return None;
        }
        let groups = u32::try_from(clusters.len()).expect("fewer than 2^32 networks");
        let mut values = Vec::with_capacity(clusters.iter().map(Vec::len).sum());
        let mut resample = || {
            values.clear();
            for _ in 0..groups {
                values.extend_from_slice(&clusters[below(groups) as usize]);
            }
            statistic(&values)
        };
        let mut replicates: Vec<f64> = (0..resamples).map(|_| resample()).collect();
        replicates.sort_unstable_by(f64::total_cmp);
        let measured = statistic(&self.values());
        let bias = bias(&replicates, measured);
        let acceleration = acceleration(clusters, statistic);
        let end = |share: f64| {
            let shifted = bias + normal().inverse_cdf(share);
            let adjusted = normal().cdf(bias + shifted / (1.0 - acceleration * shifted));
            quantile_sorted(&replicates, adjusted)
        };
        let upper = upper(level);
        let (lo, hi) = (end(1.0 - upper)?, end(upper)?);
        Some(Interval { lo: lo.min(hi), hi: lo.max(hi) })
    }
}

/// z₀: the normal quantile of the share of replicates below the value measured; those equal to it count half.
fn bias(sorted: &[f64], measured: f64) -> f64 {
    let below = sorted.partition_point(|&value| value < measured);
    let equal = sorted.partition_point(|&value| value <= measured) - below;
    let share = (below as f64 + equal as f64 / 2.0) / sorted.len() as f64;
    let least = 0.5 / sorted.len() as f64;
    normal().inverse_cdf(share.clamp(least, 1.0 - least))
}

/// a: a sixth of the skewness of the values with one cluster left out; 0 if they do not vary.
fn acceleration(clusters: &[Vec<f64>], statistic: impl Fn(&[f64]) -> f64) -> f64 {
    let without = |left_out: usize| {
        let kept = clusters.iter().enumerate().filter(|&(i, _)| i != left_out);
        statistic(&kept.flat_map(|(_, cluster)| cluster.iter().copied()).collect::<Vec<_>>())
    };
    let jackknife: Vec<f64> = (0..clusters.len()).map(without).collect();
    let center = super::mean(&jackknife).unwrap_or(0.0);
    let moment = |power| jackknife.iter().map(|value| (center - value).powi(power)).sum::<f64>();
    let squares = moment(2);
    if squares > 0.0 { moment(3) / (6.0 * libm::pow(squares, 1.5)) } else { 0.0 }
}

#[cfg(test)]
#[path = "bootstrap_tests.rs"]
mod tests;
