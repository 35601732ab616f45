//! Waiting times of which some never ended: the product-limit estimate.

use super::interval::{normal, upper};
use super::{Interval, student_t_quantile};
use statrs::distribution::ContinuousCDF;

/// The estimate just after one time at which something happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Survival {
    /// The time, in the unit of the waits.
    pub time: f64,
    /// Waits that had neither ended nor been cut off before it.
    pub at_risk: u64,
    /// Waits that ended at it.
    pub events: u64,
    /// Chance to wait longer.
    pub share: f64,
    /// Its interval: Greenwood's variance (or the jackknife's over clusters) on the complementary log-log scale, so that it stays within `[0, 1]`
    /// (Kalbfleisch & Prentice 1980); `None` where the share is 0 or 1.
    pub interval: Option<Interval>,
}

/// The product-limit estimate (Kaplan & Meier 1958) of waits `(time, ended)`; a wait that did not end was cut off at its time,
/// after the events of that time. One entry a time with an event. O(n log n).
///
/// ```
/// use hydranet_results::statistics::kaplan_meier;
/// let curve = kaplan_meier(&[(1.0, true), (2.0, false), (3.0, true)], 0.95);
/// assert_eq!(curve.iter().map(|s| (s.time, s.at_risk, s.share)).collect::<Vec<_>>(), [(1.0, 3, 2.0 / 3.0), (3.0, 1, 0.0)]);
/// ```
///
/// # Panics
/// If `level` is not in `(0, 1)`.
pub fn kaplan_meier(waits: &[(f64, bool)], level: f64) -> Vec<Survival> {
    let z = normal().inverse_cdf(upper(level));
    let mut waits = waits.to_vec();
    waits.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut share, mut greenwood, mut curve) = (1.0, 0.0, Vec::new());
    let mut left = waits.len() as u64;
    for same in waits.chunk_by(|a, b| a.0 == b.0) {
        let events = same.iter().filter(|w| w.1).count() as u64;
        if events > 0 {
            share = if events == left { 0.0 } else { share * (left - events) as f64 / left as f64 };
            greenwood += events as f64 / (left as f64 * (left - events) as f64);
            let interval = log_log(share, z * share * greenwood.sqrt());
            curve.push(Survival { time: same[0].0, at_risk: left, events, share, interval });
        }
        left -= same.len() as u64;
    }
    curve
}

/// The interval of a share that is half so wide on its own scale, carried over from that of log(−log); `None` at 0 and 1.
fn log_log(share: f64, half: f64) -> Option<Interval> {
    (share > 0.0 && share < 1.0).then(|| {
        let half = half / share / libm::log(share).abs();
        Interval { lo: libm::pow(share, libm::exp(half)), hi: libm::pow(share, libm::exp(-half)) }
    })
}

/// As [`kaplan_meier`], of waits `(cluster, time, ended)` that are not independent within a cluster: several lives of one network.
///
/// The curve is the same. Where a cluster holds more than one wait the standard error is the jackknife's over clusters,
/// √((G − 1)/G · Σ (S₋g(t) − S̄(t))²) with S₋g the curve without cluster g (Lipsitz, Dear & Zhao 1994), with Student's t of G − 1
/// degrees; where every wait is a cluster of its own, Greenwood's. Without cut-off waits and with clusters of one size it is the
/// standard error of a mean of clusters ([`super::Clustered`]). `None` below two clusters. O(G · n log n).
///
/// # Panics
/// If `level` is not in `(0, 1)`.
pub fn kaplan_meier_clustered(waits: &[(u64, f64, bool)], level: f64) -> Vec<Survival> {
    let plain = |without: Option<u64>| -> Vec<(f64, bool)> {
        waits.iter().filter(|w| Some(w.0) != without).map(|w| (w.1, w.2)).collect()
    };
    let mut curve = kaplan_meier(&plain(None), level);
    let mut clusters: Vec<u64> = waits.iter().map(|w| w.0).collect();
    clusters.sort_unstable();
    clusters.dedup();
    if clusters.len() == waits.len() {
        return curve;
    }
    let groups = clusters.len() as f64;
    // sum and sum of squares of what each curve without a cluster differs from the whole one by
    let mut sums = vec![[0.0; 2]; curve.len()];
    for cluster in &clusters {
        let rest = kaplan_meier(&plain(Some(*cluster)), level);
        let mut steps = rest.iter().peekable();
        let mut share = 1.0;
        for (whole, sum) in curve.iter().zip(&mut sums) {
            while let Some(step) = steps.next_if(|step| step.time <= whole.time) {
                share = step.share;
            }
            let differs = share - whole.share;
            *sum = [sum[0] + differs, sum[1] + differs * differs];
        }
    }
    let t = (clusters.len() > 1).then(|| student_t_quantile(upper(level), clusters.len() - 1));
    for (at, [sum, squares]) in curve.iter_mut().zip(sums) {
        let variance = (groups - 1.0) / groups * (squares - sum * sum / groups).max(0.0);
        at.interval = t.and_then(|t| log_log(at.share, t * variance.sqrt()));
    }
    curve
}

/// The first time at which at most half are left; `None` if it never comes to that.
pub fn median_wait(curve: &[Survival]) -> Option<f64> {
    curve.iter().find(|s| s.share <= 0.5).map(|s| s.time)
}

#[cfg(test)]
mod tests {
    use super::super::Clustered;
    use super::*;
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    #[test]
    fn freireich_1963() {
        // remission times (weeks) of 21 patients under 6-MP, + for cut off: a textbook's example (Cox & Oakes 1984, p. 49)
        let ended = [6.0, 6.0, 6.0, 7.0, 10.0, 13.0, 16.0, 22.0, 23.0];
        let cut = [6.0, 9.0, 10.0, 11.0, 17.0, 19.0, 20.0, 25.0, 32.0, 32.0, 34.0, 35.0];
        let waits: Vec<(f64, bool)> = ended.iter().map(|&t| (t, true)).chain(cut.iter().map(|&t| (t, false))).collect();
        let curve = kaplan_meier(&waits, 0.95);
        let want = [
            (6.0, 21, 0.857),
            (7.0, 17, 0.807),
            (10.0, 15, 0.753),
            (13.0, 12, 0.690),
            (16.0, 11, 0.627),
            (22.0, 7, 0.538),
            (23.0, 6, 0.448),
        ];
        assert_eq!(curve.len(), want.len());
        for (got, (time, at_risk, share)) in curve.iter().zip(want) {
            assert_eq!((got.time, got.at_risk), (time, at_risk));
            assert!((got.share - share).abs() < 5e-4, "{got:?} for {share}");
        }
        // R's survfit(conf.type = "log-log") at 6 weeks
        let first = curve[0].interval.unwrap();
        assert!((first.lo - 0.620).abs() < 1e-3 && (first.hi - 0.952).abs() < 1e-3, "{first:?}");
        assert_eq!(median_wait(&curve), Some(23.0));
        assert_eq!(median_wait(&curve[..6]), None);
        assert!(kaplan_meier(&[(5.0, false)], 0.95).is_empty());
    }

    #[test]
    fn clusters_without_cut_off_waits_are_means_of_clusters() {
        // three lives of each of four networks; after 2 days: 1/3, 2/3, 2/3, 1 of them wait
        let waits = [[1.0, 2.0, 5.0], [1.0, 6.0, 7.0], [2.0, 3.0, 8.0], [4.0, 9.0, 9.5]];
        let waits: Vec<(u64, f64, bool)> =
            waits.iter().zip(0..).flat_map(|(lives, g)| lives.map(|time| (g, time, true))).collect();
        let curve = kaplan_meier_clustered(&waits, 0.95);
        let at = curve.iter().find(|s| s.time == 2.0).unwrap();
        let still = Clustered::new(waits.iter().map(|w| (w.0, f64::from(u8::from(w.1 > 2.0))))).unwrap();
        let half = (still.mean_interval(0.95).unwrap().hi - at.share) / (at.share * at.share.ln().abs());
        let interval = at.interval.unwrap();
        assert!((at.share - 2.0 / 3.0).abs() < 1e-12);
        assert!((interval.lo - at.share.powf(half.exp())).abs() < 1e-9, "{interval:?}");
        assert!((interval.hi - at.share.powf((-half).exp())).abs() < 1e-9, "{interval:?}");
    }

    #[test]
    fn single_lives_are_no_clusters() {
        let waits = [(0, 1.0, true), (1, 2.0, false), (2, 3.0, true), (3, 3.5, true)];
        let plain: Vec<(f64, bool)> = waits.iter().map(|w| (w.1, w.2)).collect();
        assert_eq!(kaplan_meier_clustered(&waits, 0.95), kaplan_meier(&plain, 0.95));
        let one = kaplan_meier_clustered(&[(7, 1.0, true), (7, 2.0, true)], 0.95);
        assert_eq!(one[0].interval, None, "one network says nothing of others");
        assert!(kaplan_meier_clustered(&[], 0.95).is_empty());
    }

    /// Twenty networks of five lives each; the networks differ by a factor in their rates, and the end cuts off a third.
    #[test]
    fn intervals_by_clusters_cover_and_those_without_do_not() {
        let rng = &mut trial_rng(11, Trial::network(0), Purpose::Bootstrap);
        // P(T > 1) = E exp(−Z) for Z exponential of mean 1: a half
        let (repetitions, mut covered, mut blind) = (600, 0, 0);
        for _ in 0..repetitions {
            let mut waits = Vec::new();
            for network in 0..20 {
                let rate = rng.exponential();
                for _ in 0..5 {
                    let (time, end) = (rng.exponential() / rate.max(1e-9), 0.5 + 2.0 * rng.unit());
                    waits.push((network, time.min(end), time <= end));
                }
            }
            let at = |curve: Vec<Survival>| curve.iter().take_while(|s| s.time <= 1.0).last().and_then(|s| s.interval);
            let covers = |interval: Option<Interval>| u32::from(interval.is_some_and(|i| i.contains(0.5)));
            covered += covers(at(kaplan_meier_clustered(&waits, 0.95)));
            blind += covers(at(kaplan_meier(&waits.iter().map(|w| (w.1, w.2)).collect::<Vec<_>>(), 0.95)));
        }
        // three standard errors of a share of 600 at .95, and at .92 to .97
        let share = |count: u32| f64::from(count) / f64::from(repetitions);
        assert!((share(covered) - 0.95).abs() < 0.027, "{}", share(covered));
        assert!(share(blind) < 0.88, "as if all lives were independent: {}", share(blind));
    }
}
