//! Trials in clusters, their mean and its interval, and differences of pairs.

use super::interval::{around, score_interval, upper};
use super::{Interval, mean, sd, student_t_quantile};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A value that is NaN or infinite: a ratio without a denominator, say. Leave it out, and report how many were.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("the value {value} of cluster {cluster} is not finite; leave out what could not be measured")]
pub struct NotFinite {
    /// The cluster that it is in.
    pub cluster: u64,
    /// The value.
    pub value: f64,
}

/// Values in clusters: for each network, one value an order. No cluster is empty, every value is finite.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clustered {
    clusters: Vec<Vec<f64>>,
}

impl Clustered {
    /// Sorts values by their cluster; within a cluster they keep their order. O(n log clusters).
    ///
    /// ```
    /// use hydranet_results::statistics::{Clustered, Interval};
    /// // two orders on each of three networks
    /// let r = Clustered::new([(0, 0.30), (0, 0.32), (1, 0.40), (1, 0.42), (2, 0.50), (2, 0.52)])?;
    /// let interval = r.mean_interval(0.95).unwrap();
    /// // that of the network means 0.31, 0.41, 0.51: 0.41 ± 4.3027 · 0.1/√3
    /// assert!((interval.hi - 0.6584).abs() < 5e-5);
    /// # Ok::<(), hydranet_results::statistics::NotFinite>(())
    /// ```
    ///
    /// # Errors
    /// If a value is NaN or infinite.
    pub fn new(values: impl IntoIterator<Item = (u64, f64)>) -> Result<Clustered, NotFinite> {
        let mut clusters = BTreeMap::<u64, Vec<f64>>::new();
        for (cluster, value) in values {
            if !value.is_finite() {
                return Err(NotFinite { cluster, value });
            }
            clusters.entry(cluster).or_default().push(value);
        }
        Ok(Clustered { clusters: clusters.into_values().collect() })
    }

    /// The clusters, in the order of their numbers.
    pub fn clusters(&self) -> &[Vec<f64>] {
        &self.clusters
    }

    /// All values, cluster by cluster.
    pub fn values(&self) -> Vec<f64> {
        self.clusters.concat()
    }

    /// The interval for the mean over all values; `None` below two clusters. O(n).
    ///
    /// For clusters of equal size it is the Student t interval of the cluster means. In general the mean over all values
    /// is a ratio of two sums over clusters, Σy / Σn, and its standard error is the linearized one,
    /// √(G/(G−1) · Σ (n_g (ȳ_g − ȳ))²) / n, with G clusters of n_g values (Cochran 1977, §6.3); t has G − 1 degrees. This
    /// is the cluster-robust interval of a regression on a constant (CR1) in statistics packages.
    ///
    /// Few clusters of very unequal size make it too narrow. Ends are not cut to the range of a metric; for shares see
    /// [`Clustered::share_interval`].
    ///
    /// # Panics
    /// If `level` is not in `(0, 1)`.
    pub fn mean_interval(&self, level: f64) -> Option<Interval> {
        let center = mean(&self.values())?;
        let error = self.standard_error(center)?;
        Some(around(center, error, self.clusters.len() - 1, level))
    }

    /// The interval for the mean of shares, values in `[0, 1]`, which stays in `[0, 1]` and is wider towards ½ near the
    /// ends: Wilson's, with Student's t for the normal quantile and so many independent trials, p(1 − p)/SE², as would have
    /// the standard error of [`Clustered::mean_interval`] (the effective sample size of survey statistics; Korn & Graubard 1998, Brown,
    /// Cai & DasGupta 2001). Of a precise share it is that interval. `None` below two clusters; of width 0 if no cluster
    /// differs from the mean: how seldom is what never happened, clusters alone do not say. O(n).
    ///
    /// ```
    /// use hydranet_results::statistics::Clustered;
    /// let interval = Clustered::new([(0, 1.0), (1, 0.6)])?.share_interval(0.95).unwrap();
    /// assert!(interval.lo > 0.0 && interval.lo < 0.05 && interval.hi > 0.98 && interval.hi < 1.0);
    /// # Ok::<(), hydranet_results::statistics::NotFinite>(())
    /// ```
    ///
    /// # Panics
    /// If `level` is not in `(0, 1)`.
    pub fn share_interval(&self, level: f64) -> Option<Interval> {
        let share = mean(&self.values())?;
        let error = self.standard_error(share)?;
        let spread = share * (1.0 - share);
        match error > 0.0 && spread > 0.0 {
            true => {
                let t = student_t_quantile(upper(level), self.clusters.len() - 1);
                let Interval { lo, hi } = score_interval(share, spread / (error * error), t);
                // there but for rounding
                Some(Interval { lo: lo.max(0.0), hi: hi.min(1.0) })
            }
            false => Some(Interval { lo: share, hi: share }),
        }
    }

    /// The standard error of the mean, by clusters; `None` below two.
    pub(super) fn standard_error(&self, center: f64) -> Option<f64> {
        let totals = self.clusters.iter().map(|cluster| cluster.iter().map(|value| value - center).sum::<f64>());
        linearized_error(totals, self.clusters.iter().map(Vec::len).sum::<usize>() as f64)
    }

    /// Mean, spread and interval in one record; `None` without values. O(n).
    ///
    /// # Panics
    /// If `level` is not in `(0, 1)`.
    pub fn estimate(&self, level: f64) -> Option<Estimate> {
        self.with(self.mean_interval(level))
    }

    /// As [`Clustered::estimate`], of shares: with [`Clustered::share_interval`].
    ///
    /// # Panics
    /// If `level` is not in `(0, 1)`.
    pub fn share_estimate(&self, level: f64) -> Option<Estimate> {
        self.with(self.share_interval(level))
    }

    fn with(&self, interval: Option<Interval>) -> Option<Estimate> {
        let values = self.values();
        Some(Estimate {
            mean: mean(&values)?,
            sd: sd(&values),
            lo: interval.map(|interval| interval.lo),
            hi: interval.map(|interval| interval.hi),
            trials: values.len() as u64,
            clusters: self.clusters.len() as u64,
        })
    }
}

/// The standard error of a quotient of sums over clusters, from what each numerator exceeds the quotient of its denominator
/// by, and the sum of denominators; `None` below two clusters.
pub(super) fn linearized_error(residuals: impl ExactSizeIterator<Item = f64>, whole: f64) -> Option<f64> {
    let groups = residuals.len();
    let squares: f64 = residuals.map(|residual| residual * residual).sum();
    (groups >= 2).then(|| (squares * groups as f64 / (groups - 1) as f64).sqrt() / whole)
}

/// What trials come to together, total over total, where a mean of their quotients would count one that has almost nothing to
/// count as much as the others. Each item is a cluster, a numerator and a denominator; those with nothing above
/// and nothing below are left out. The interval is that of [`Clustered::mean_interval`], of which this is the general case (Cochran 1977, §6.3); `sd` is that
/// of the trials' own quotients. `None` if nothing is left, or all
/// denominators are 0. O(n log clusters).
///
/// # Panics
/// If a number is not finite, or `level` is not in `(0, 1)`.
pub fn ratio_estimate(trials: impl IntoIterator<Item = (u64, f64, f64)>, level: f64) -> Option<Estimate> {
    let mut clusters = BTreeMap::<u64, [f64; 2]>::new();
    let mut quotients = Vec::new();
    let mut count = 0;
    for (cluster, over, under) in trials.into_iter().filter(|(_, over, under)| *over != 0.0 || *under != 0.0) {
        assert!(over.is_finite() && under.is_finite(), "{over}/{under} in cluster {cluster}");
        let sums = clusters.entry(cluster).or_default();
        *sums = [sums[0] + over, sums[1] + under];
        count += 1;
        if under != 0.0 {
            quotients.push(over / under);
        }
    }
    let sum = |i: usize| clusters.values().map(|sums| sums[i]).sum::<f64>();
    let (all, groups) = (sum(1), clusters.len());
    let ratio = (all != 0.0).then(|| sum(0) / all)?;
    let error = linearized_error(clusters.values().map(|[over, under]| over - ratio * under), all);
    let interval = error.map(|error| around(ratio, error, groups - 1, level));
    Some(Estimate {
        mean: ratio,
        sd: sd(&quotients),
        lo: interval.map(|interval| interval.lo),
        hi: interval.map(|interval| interval.hi),
        trials: count,
        clusters: groups as u64,
    })
}

/// A mean and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The mean over all trials.
    pub mean: f64,
    /// The sample standard deviation of trials (not of the mean); `None` of a single one.
    pub sd: Option<f64>,
    /// The lower end of the interval for the mean; `None` of a single cluster.
    pub lo: Option<f64>,
    /// Its upper end.
    pub hi: Option<f64>,
    /// Number of trials.
    pub trials: u64,
    /// Number of clusters (networks).
    pub clusters: u64,
}

/// Differences of trials that share their random streams.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// What is measured less what it is compared with, by network.
    pub differences: Clustered,
    /// Trials of either side that have no partner, or whose partner has no value.
    pub unpaired: u64,
}

/// Pairs trials by network and order, and subtracts: `measured` less `reference`. With common random numbers the
/// differences spread less than either side, and their interval is narrower than that of two independent samples. A trial
/// without a value (`None`) stays unpaired. O(n log n).
///
/// ```
/// use hydranet_results::statistics::paired;
/// let a = [((0, 0), Some(0.5)), ((0, 1), Some(0.7)), ((1, 0), None)];
/// let b = [((0, 0), Some(0.4)), ((0, 1), Some(0.5)), ((1, 0), Some(0.3))];
/// let pairs = paired(a, b)?;
/// assert_eq!(pairs.differences.clusters(), [[0.5 - 0.4, 0.7 - 0.5]]);
/// assert_eq!(pairs.unpaired, 2); // the one without a value, and its partner
/// # Ok::<(), hydranet_results::statistics::NotFinite>(())
/// ```
///
/// # Errors
/// If a value is NaN or infinite.
pub fn paired(
    measured: impl IntoIterator<Item = ((u64, u64), Option<f64>)>,
    reference: impl IntoIterator<Item = ((u64, u64), Option<f64>)>,
) -> Result<Paired, NotFinite> {
    let mut reference: BTreeMap<(u64, u64), Option<f64>> = reference.into_iter().collect();
    let (mut differences, mut unpaired) = (Vec::new(), 0);
    for (trial, value) in measured {
        match (value, reference.remove(&trial)) {
            (Some(value), Some(Some(other))) => differences.push((trial.0, value - other)),
            (_, Some(_)) => unpaired += 2,
            (_, None) => unpaired += 1,
        }
    }
    unpaired += reference.len() as u64;
    Ok(Paired { differences: Clustered::new(differences)?, unpaired })
}

#[cfg(test)]
#[path = "clustered_tests.rs"]
mod tests;
