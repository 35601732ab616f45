//! Differences with their standard error, and several of them looked at together.

use super::clustered::linearized_error;
use super::interval::around;
use super::{Clustered, Interval, mean, sd};
use statrs::distribution::{ContinuousCDF, StudentsT};
use std::collections::BTreeMap;

/// A difference, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// The difference.
    pub mean: f64,
    /// The sample standard deviation of the differences of pairs; `None` of a single one.
    pub sd: Option<f64>,
    /// The standard error of the difference, by clusters; `None` below two.
    pub error: Option<f64>,
    /// Number of pairs.
    pub pairs: u64,
    /// Number of clusters (networks) that they have.
    pub clusters: u64,
}

impl Contrast {
    /// The interval of Student's t with clusters − 1 degrees; `None` below two clusters, of width 0 where no pair differs
    /// from another.
    ///
    /// # Panics
    /// If `level` is not in `(0, 1)`.
    pub fn interval(&self, level: f64) -> Option<Interval> {
        Some(around(self.mean, self.error?, self.clusters as usize - 1, level))
    }

    /// The two-sided p-value of no difference; `None` below two clusters. Where no pair differs from another: 1 if all are 0, 0
    /// otherwise.
    pub fn p(&self) -> Option<f64> {
        let error = self.error?;
        if error == 0.0 {
            return Some(if self.mean == 0.0 { 1.0 } else { 0.0 });
        }
        let t = StudentsT::new(0.0, 1.0, self.clusters as f64 - 1.0).expect("at least one degree of freedom");
        Some((2.0 * t.cdf(-(self.mean / error).abs())).min(1.0))
    }
}

impl Clustered {
    /// The mean of differences as a [`Contrast`]; `None` without values. O(n).
    pub fn contrast(&self) -> Option<Contrast> {
        let values = self.values();
        let mean = mean(&values)?;
        let (pairs, clusters) = (values.len() as u64, self.clusters().len() as u64);
        Some(Contrast { mean, sd: sd(&values), error: self.standard_error(mean), pairs, clusters })
    }
}

/// A weighted sum of quotients of totals over trials that share their streams: each trial with its cluster, and numerator and
/// denominator of every quotient. With the weights 1 and −1 it is the difference of two. Linearised as each quotient is by itself
/// ([`super::ratio_estimate`]), with the residuals of all quotients of a cluster taken together, so that what they share
/// cancels. `sd` is that of the weighted sums of the trials' own quotients. `None` without trials, or if the denominators of a
/// quotient are all 0. O(n log clusters).
///
/// # Panics
/// If a number is not finite, or a trial has not one quotient a weight.
pub fn weighted_totals(trials: &[(u64, Vec<[f64; 2]>)], weights: &[f64]) -> Option<Contrast> {
    let mut clusters = BTreeMap::<u64, Vec<[f64; 2]>>::new();
    for (cluster, quotients) in trials {
        assert_eq!(quotients.len(), weights.len(), "quotients of a trial in cluster {cluster}");
        let sums = clusters.entry(*cluster).or_insert_with(|| vec![[0.0; 2]; weights.len()]);
        for ([over, under], [a, b]) in sums.iter_mut().zip(quotients) {
            assert!(a.is_finite() && b.is_finite(), "{a}/{b} in cluster {cluster}");
            (*over, *under) = (*over + a, *under + b);
        }
    }
    let total = |i: usize, part: usize| clusters.values().map(|sums| sums[i][part]).sum::<f64>();
    let unders: Vec<f64> = (0..weights.len()).map(|i| total(i, 1)).collect();
    let ratios: Vec<f64> = (0..weights.len()).map(|i| total(i, 0) / unders[i]).collect();
    let residual = |sums: &Vec<[f64; 2]>| {
        let one = |(i, w): (usize, &f64)| w * ((sums[i][0] - ratios[i] * sums[i][1]) / unders[i]);
        weights.iter().enumerate().map(one).sum::<f64>()
    };
    let own = |quotients: &Vec<[f64; 2]>| weights.iter().zip(quotients).map(|(w, [a, b])| w * (a / b)).sum::<f64>();
    let own: Vec<f64> = trials.iter().map(|(_, q)| q).filter(|q| q.iter().all(|[_, b]| *b != 0.0)).map(own).collect();
    (!trials.is_empty() && unders.iter().all(|under| *under != 0.0)).then(|| Contrast {
        mean: weights.iter().zip(&ratios).map(|(w, ratio)| w * ratio).sum(),
        sd: sd(&own),
        error: linearized_error(clusters.values().map(residual), 1.0),
        pairs: trials.len() as u64,
        clusters: clusters.len() as u64,
    })
}

/// P-values adjusted for being looked at together (Holm 1979): whatever depends on what, the chance that any true "no
/// difference" has an adjusted value of at most α is at most α. In the order of `p`. O(n log n).
///
/// ```
/// use hydranet_results::statistics::holm;
/// let adjusted = holm(&[0.01, 0.04, 0.03]);
/// assert!(adjusted.iter().zip([0.03, 0.06, 0.06]).all(|(got, want)| (got - want).abs() < 1e-15));
/// ```
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let (mut adjusted, mut least) = (vec![0.0; p.len()], 0.0_f64);
    for (rank, i) in order.into_iter().enumerate() {
        least = least.max((p[i] * (p.len() - rank) as f64).min(1.0));
        adjusted[i] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{LEVEL, ratio_estimate};

    #[test]
    fn p_values_as_scipy() {
        // scipy.stats.ttest_1samp([.11, .10, .10, .13], 0) and ([1, -1, 2], 0)
        let check = |values: &[f64], p: f64| {
            let c = Clustered::new((0..).zip(values.iter().copied())).unwrap().contrast().unwrap();
            assert!((c.p().unwrap() - p).abs() < 1e-9 * p.max(1e-3), "{values:?}: {:?}, not {p}", c.p());
        };
        check(&[0.11, 0.10, 0.10, 0.13], P_FOUR);
        check(&[1.0, -1.0, 2.0], P_THREE);
        check(&[0.0, 0.0], 1.0);
        check(&[0.5, 0.5], 0.0);
        assert_eq!(Clustered::new([(0, 1.0), (0, 2.0)]).unwrap().contrast().unwrap().p(), None, "one network");
    }
    // t = 15.556349 with 3 degrees; t = 0.755929 with 2: 1 − t/√(2 + t²)
    const P_FOUR: f64 = 0.000_577_197_676_414_398_2;
    const P_THREE: f64 = 0.528_595_479_208_967_6;

    /// Trials with their cluster and the quotients of either side.
    fn difference(pairs: &[(u64, [f64; 2], [f64; 2])]) -> Option<Contrast> {
        let trials: Vec<_> = pairs.iter().map(|(cluster, a, b)| (*cluster, vec![*a, *b])).collect();
        weighted_totals(&trials, &[1.0, -1.0])
    }

    #[test]
    fn a_constant_denominator_is_a_mean_of_differences() {
        let pairs: Vec<_> = [(0, 3.0, 1.0), (0, 5.0, 2.0), (1, 4.0, 4.0), (2, 9.0, 3.0)]
            .map(|(g, a, c)| (g, [a, 2.0], [c, 2.0]))
            .to_vec();
        let totals = difference(&pairs).unwrap();
        let means =
            Clustered::new(pairs.iter().map(|(g, a, c)| (*g, (a[0] - c[0]) / 2.0))).unwrap().contrast().unwrap();
        assert!(
            (totals.mean - means.mean).abs() < 1e-14 && (totals.error.unwrap() - means.error.unwrap()).abs() < 1e-14
        );
        assert_eq!((totals.pairs, totals.clusters), (4, 3));
        // against a reference that never varies it is the quotient's own interval
        let fixed: Vec<_> = pairs.iter().map(|(g, a, _)| (*g, [a[0], a[0] + *g as f64], [1.0, 4.0])).collect();
        let alone = ratio_estimate(fixed.iter().map(|(g, a, _)| (*g, a[0], a[1])), LEVEL).unwrap();
        let shifted = difference(&fixed).unwrap().interval(LEVEL).unwrap();
        assert!(
            (shifted.lo + 0.25 - alone.lo.unwrap()).abs() < 1e-12
                && (shifted.hi + 0.25 - alone.hi.unwrap()).abs() < 1e-12
        );
        assert_eq!(difference(&[]), None);
    }

    #[test]
    fn holm_is_monotone_and_never_less() {
        assert_eq!(holm(&[]), [0.0; 0]);
        assert_eq!(holm(&[0.2]), [0.2]);
        assert_eq!(holm(&[0.9, 0.8, 0.7]), [1.0, 1.0, 1.0]);
        // statsmodels.stats.multitest.multipletests([.001, .02, .03, .2], method = "holm")
        let adjusted = holm(&[0.03, 0.001, 0.2, 0.02]);
        assert!(
            adjusted.iter().zip([0.06, 0.004, 0.2, 0.06]).all(|(got, want)| (got - want).abs() < 1e-15),
            "{adjusted:?}"
        );
    }
}
