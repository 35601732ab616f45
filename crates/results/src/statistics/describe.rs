//! Numbers that describe a sample. Sums run from left to right: the same order of values gives the same bits.

/// The arithmetic mean; `None` of nothing. O(n). Exact if all values are equal.
pub fn mean(values: &[f64]) -> Option<f64> {
    // around the first value: a constant sample has exactly that mean, and no spread by rounding
    let first = *values.first()?;
    Some(first + values.iter().map(|value| value - first).sum::<f64>() / values.len() as f64)
}

/// The sample standard deviation, with n − 1; `None` below two values. O(n).
pub fn sd(values: &[f64]) -> Option<f64> {
    let mean = mean(values)?;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (values.len() > 1).then(|| (squares / (values.len() - 1) as f64).sqrt())
}

/// The quantile at `share` in `[0, 1]`, linear between order statistics (type 7 of Hyndman & Fan 1996, the default of R
/// and NumPy); `None` of nothing. O(n log n).
///
/// ```
/// use hydranet_results::statistics::quantile;
/// assert_eq!(quantile(&[4.0, 1.0, 3.0, 2.0], 0.25), Some(1.75));
/// ```
///
/// # Panics
/// If `share` is not in `[0, 1]`.
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut values = values.to_vec();
    values.sort_unstable_by(f64::total_cmp);
    quantile_sorted(&values, share)
}

/// The middle value, or the mean of the two in the middle; `None` of nothing. O(n log n).
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// [`quantile`] of values in ascending order. O(1).
pub(super) fn quantile_sorted(values: &[f64], share: f64) -> Option<f64> {
    assert!((0.0..=1.0).contains(&share), "a quantile lies at a share from 0 to 1, not at {share}");
    let place = share * values.len().checked_sub(1)? as f64;
    let (low, high) = (values[place.floor() as usize], values[place.ceil() as usize]);
    Some(low + (high - low) * place.fract())
}

/// A number rounded to so many significant digits, as it is written in a file that is kept: finer than any interval, and half as
/// long.
///
/// ```
/// assert_eq!(hydranet_results::statistics::significant(0.123456789, 4), 0.1235);
/// assert_eq!(hydranet_results::statistics::significant(0.0, 4), 0.0);
/// ```
///
/// # Panics
/// If `digits` is 0.
pub fn significant(x: f64, digits: usize) -> f64 {
    format!("{x:.*e}", digits - 1).parse().expect("a number as it was printed")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R's `sleep$extra`, a published example: mean 1.54, sd 2.0176.
    const SLEEP: [f64; 20] =
        [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0, 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    #[test]
    fn as_numpy() {
        let near = |a: Option<f64>, b: f64| assert!((a.unwrap() - b).abs() < 1e-12, "{a:?} {b}");
        near(mean(&SLEEP), MEAN);
        near(sd(&SLEEP), SD);
        for (share, want) in QUANTILES {
            near(quantile(&SLEEP, share), want);
        }
        near(median(&SLEEP), QUANTILES[2].1);
    }
    // numpy.mean, numpy.std(ddof=1), numpy.quantile
    const MEAN: f64 = 1.54;
    const SD: f64 = 2.0179197209007103;
    const QUANTILES: [(f64, f64); 5] = [(0.0, -1.6), (0.1, -0.3), (0.5, 0.95), (0.77, 3.4), (1.0, 5.5)];

    #[test]
    fn small_samples() {
        assert_eq!((mean(&[]), sd(&[]), median(&[])), (None, None, None));
        assert_eq!((mean(&[3.0]), sd(&[3.0]), median(&[3.0])), (Some(3.0), None, Some(3.0)));
        assert_eq!((mean(&[0.1; 3]), sd(&[0.1; 3])), (Some(0.1), Some(0.0)));
    }
}
