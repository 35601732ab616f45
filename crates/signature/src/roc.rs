//! How well a score tells another crew from the same one, whatever the threshold: the ROC curve and the area under it.

/// One point of a ROC curve: alarms at a score of at least `threshold`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RocPoint {
    /// Threshold.
    pub threshold: f64,
    /// Share of the same-crew cases at or above it.
    pub false_positives: f64,
    /// Share of the other-crew cases at or above it.
    pub true_positives: f64,
}

/// The ROC curve of scores of same-crew and of other-crew cases, from the highest threshold to the lowest; tied scores are one point. `None` if
/// one side is empty or a score is no number. O(n log n).
pub fn roc(same: &[f64], other: &[f64]) -> Option<Vec<RocPoint>> {
    let mut scores = labelled(same, other)?;
    scores.reverse();
    let (mut false_positives, mut true_positives) = (0u32, 0u32);
    let mut points: Vec<RocPoint> = Vec::new();
    for (threshold, is_other) in scores {
        false_positives += u32::from(!is_other);
        true_positives += u32::from(is_other);
        let point = RocPoint {
            threshold,
            false_positives: false_positives as f64 / same.len() as f64,
            true_positives: true_positives as f64 / other.len() as f64,
        };
        match points.last_mut() {
            Some(last) if last.threshold == threshold => *last = point,
            _ => points.push(point),
        }
    }
    Some(points)
}

/// The area under the ROC curve: the chance that an other-crew case scores higher than a same-crew one, ties counting half. With its standard
/// error by DeLong, DeLong & Clarke-Pearson (1988), which needs two cases on each side (missing otherwise). `None` as [`roc`]. Cases are
/// taken as independent; pairs that share a crew are not, and then the crews are resampled instead. O(n log n).
pub fn auc(same: &[f64], other: &[f64]) -> Option<(f64, Option<f64>)> {
    let scores = labelled(same, other)?;
    // for each case the share of the other side that it beats
    let (mut beats, mut beaten) = (Vec::new(), Vec::new());
    let (mut same_below, mut other_below, mut at) = (0.0, 0.0, 0);
    while at < scores.len() {
        let end = at + scores[at..].partition_point(|s| s.0 == scores[at].0);
        let others = scores[at..end].iter().filter(|s| s.1).count();
        let sames = end - at - others;
        let (half_same, half_other) = (sames as f64 / 2.0, others as f64 / 2.0);
        beats.extend(std::iter::repeat_n((same_below + half_same) / same.len() as f64, others));
        beaten.extend(std::iter::repeat_n(1.0 - (other_below + half_other) / other.len() as f64, sames));
        (same_below, other_below, at) = (same_below + sames as f64, other_below + others as f64, end);
    }
    let area = beats.iter().sum::<f64>() / beats.len() as f64;
    let part = |shares: &[f64]| {
        let n = shares.len() as f64;
        let squares: f64 = shares.iter().map(|s| (s - area) * (s - area)).sum();
        squares / (n - 1.0) / n
    };
    let enough = same.len() > 1 && other.len() > 1;
    Some((area, enough.then(|| libm::sqrt(part(&beats) + part(&beaten)))))
}

/// All scores from low to high, each with whether it is of another crew.
fn labelled(same: &[f64], other: &[f64]) -> Option<Vec<(f64, bool)>> {
    if same.is_empty() || other.is_empty() || same.iter().chain(other).any(|s| s.is_nan()) {
        return None;
    }
    let mut scores: Vec<(f64, bool)> =
        same.iter().map(|&s| (s, false)).chain(other.iter().map(|&s| (s, true))).collect();
    scores.sort_by(|a, b| a.0.total_cmp(&b.0));
    Some(scores)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Independent oracles: all pairs, and the trapezes under the curve.
        #[test]
        fn the_area_is_the_share_of_pairs(
            same in prop::collection::vec(0u8..6, 1..15),
            other in prop::collection::vec(2u8..8, 1..15),
        ) {
            let [same, other] = [same, other].map(|s| s.into_iter().map(f64::from).collect::<Vec<f64>>());
            let (area, error) = auc(&same, &other).unwrap();
            let pairs = other.iter().flat_map(|o| same.iter().map(move |s| if o > s { 1.0 } else if o == s { 0.5 } else { 0.0 }));
            let want = pairs.sum::<f64>() / (same.len() * other.len()) as f64;
            prop_assert!((area - want).abs() < 1e-12);
            let (mut trapezes, mut last) = (0.0, (0.0, 0.0));
            for p in roc(&same, &other).unwrap() {
                trapezes += (p.false_positives - last.0) * (p.true_positives + last.1) / 2.0;
                last = (p.false_positives, p.true_positives);
            }
            prop_assert!((trapezes - want).abs() < 1e-12 && last == (1.0, 1.0));
            prop_assert_eq!(error.is_some(), same.len() > 1 && other.len() > 1);
        }
    }

    #[test]
    fn the_error_of_a_small_table() {
        // by hand: beats 1/2, 1; beaten by 1, 1/2 of the other side; variances 1/8 each, over 2
        let (area, error) = auc(&[1.0, 3.0], &[2.0, 4.0]).unwrap();
        assert_eq!(area, 0.75);
        assert!((error.unwrap() - (0.125f64 / 2.0 * 2.0).sqrt()).abs() < 1e-15);
        assert_eq!(auc(&[], &[1.0]), None);
        assert_eq!(auc(&[f64::NAN], &[1.0]), None);
        assert_eq!(auc(&[0.0, 1.0], &[f64::INFINITY, 2.0]).unwrap(), (1.0, Some(0.0)));
    }
}
