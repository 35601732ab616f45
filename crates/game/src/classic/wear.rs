//! Learning that wears a weapon out: each use of an action makes its next success less likely by a factor 1 − λ.

use crate::GameError;

/// Mean number of successes of one action over `uses` uses, the first of which succeeds with chance `success`:
/// p (1 − (1 − λ)^n) / λ, and p n at λ = 0. `None` uses are for ever: p/λ, infinite at λ = 0.
///
/// # Errors
/// [`GameError::Parameter`] for a chance or a λ outside [0, 1].
///
/// ```
/// let after_five = hydranet_game::classic::total_successes(1.0, 0.1, Some(5))?;
/// assert!((after_five - 4.0951).abs() < 1e-12);
/// # Ok::<(), hydranet_game::GameError>(())
/// ```
pub fn total_successes(success: f64, lambda: f64, uses: Option<u32>) -> Result<f64, GameError> {
    for (name, value) in [("success", success), ("lambda", lambda)] {
        if !(0.0..=1.0).contains(&value) {
            return Err(GameError::Parameter { name, value, allowed: "it is a share in [0, 1]" });
        }
    }
    Ok(match uses {
        Some(0) => 0.0,
        Some(n) if lambda == 0.0 => success * f64::from(n),
        // expm1 and log1p: a small λ loses no digits
        Some(n) => success * -libm::expm1(f64::from(n) * libm::log1p(-lambda)) / lambda,
        None if success == 0.0 => 0.0,
        None => success / lambda,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_series() {
        for (lambda, five, ever) in [(0.1, 4.10, 10.0), (0.2, 3.36, 5.0), (0.5, 1.94, 2.0)] {
            assert!((total_successes(1.0, lambda, Some(5)).unwrap() - five).abs() < 0.00501);
            assert!((total_successes(1.0, lambda, None).unwrap() - ever).abs() < 1e-12);
        }
        for lambda in [0.0, 1e-9, 0.3, 0.99, 1.0] {
            for n in [0, 1, 2, 7, 40] {
                let slow: f64 = (0..n).map(|k| 0.8 * (1.0f64 - lambda).powi(k)).sum();
                assert!((total_successes(0.8, lambda, Some(n as u32)).unwrap() - slow).abs() < 1e-12);
            }
        }
        assert!(total_successes(1.1, 0.1, None).is_err() && total_successes(0.5, -0.1, None).is_err());
        assert_eq!(total_successes(0.0, 0.0, None).unwrap(), 0.0);
    }
}
