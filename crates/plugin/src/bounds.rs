//! Conditions that many plug-ins put on their parameters, with one wording. Each refuses NaN.

use crate::Invalid;

/// Refuses what is not a share.
///
/// # Errors
/// If `x` is not in [0, 1].
pub fn share(param: &'static str, x: f64) -> Result<(), Invalid> {
    Invalid::unless((0.0..=1.0).contains(&x), param, || format!("a share from 0 to 1, not {x}"))
}

/// Refuses what is negative, infinite or not a number.
///
/// # Errors
/// If `x` is not in [0, ∞).
pub fn not_negative(param: &'static str, x: f64) -> Result<(), Invalid> {
    Invalid::unless(x >= 0.0 && x.is_finite(), param, || format!("0 or more, not {x}"))
}

/// Refuses what is not above 0 and finite.
///
/// # Errors
/// If `x` is not in (0, ∞).
pub fn positive(param: &'static str, x: f64) -> Result<(), Invalid> {
    Invalid::unless(x > 0.0 && x.is_finite(), param, || format!("more than 0, not {x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bound: fn(&'static str, f64) -> Result<(), Invalid>, good: &[f64], bad: &[f64]) {
        good.iter().for_each(|&x| assert_eq!(bound("x", x), Ok(()), "{x}"));
        for &x in bad.iter().chain(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY]) {
            let refused = bound("x", x).unwrap_err();
            assert!(refused.param == "x" && refused.reason.ends_with(&format!("not {x}")), "{refused}");
        }
    }

    #[test]
    fn bounds_are_where_they_are_said_to_be() {
        check(share, &[0.0, 0.5, 1.0], &[-1e-9, 1.0 + 1e-9]);
        check(not_negative, &[0.0, 1e300], &[-1e-300]);
        check(positive, &[1e-300, 1e300], &[0.0, -1.0]);
    }
}
