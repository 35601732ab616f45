//! Waiting times of which some never ended: the product-limit estimate.

use super::Interval;
use super::interval::{normal, upper};
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
    /// Its interval: Greenwood's variance on the complementary log-log scale, so that it stays within `[0, 1]`
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
            let interval = (share > 0.0 && share < 1.0).then(|| {
                let half = z * greenwood.sqrt() / libm::log(share).abs();
                Interval { lo: libm::pow(share, libm::exp(half)), hi: libm::pow(share, libm::exp(-half)) }
            });
            curve.push(Survival { time: same[0].0, at_risk: left, events, share, interval });
        }
        left -= same.len() as u64;
    }
    curve
}

/// The first time at which at most half are left; `None` if it never comes to that.
pub fn median_wait(curve: &[Survival]) -> Option<f64> {
    curve.iter().find(|s| s.share <= 0.5).map(|s| s.time)
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
