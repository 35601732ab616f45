//! What exploitability an indifferent profile seems to have, because the greatest of several noisy numbers is above their
//! mean. A held-out NashConv near this floor says nothing.

use crate::matrix::dot;
use libm::{erfc, exp, log};

/// The mean of the greatest of `count` independent standard normal numbers, by integration of its density
/// N φ Φ^(N − 1); 0 for one number. To about 1e-9 for up to 10⁹ numbers. O(1).
///
/// ```
/// use hydranet_game::statistics::expected_maximum;
/// assert!((expected_maximum(2) - 0.5641895835).abs() < 1e-9); // 1/√π
/// ```
///
/// # Panics
/// If `count` is 0.
pub fn expected_maximum(count: usize) -> f64 {
    assert!(count > 0, "the greatest of no numbers has no mean");
    if count == 1 {
        return 0.0;
    }
    let n = count as f64;
    let density = |x: f64| {
        let below = 0.5 * erfc(-x / std::f64::consts::SQRT_2);
        if below == 0.0 {
            return 0.0;
        }
        let normal = exp(-x * x / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
        n * normal * exp((n - 1.0) * log(below))
    };
    // Simpson's rule; beyond ±12 there is less than 1e-32
    let (steps, from, to) = (4000, -12.0, 12.0);
    let h = (to - from) / f64::from(steps);
    let value = |k: i32| {
        let x = from + h * f64::from(k);
        let weight = if k == 0 || k == steps { 1.0 } else { f64::from(2 + 2 * (k % 2)) };
        weight * x * density(x)
    };
    (0..=steps).map(value).sum::<f64>() * h / 3.0
}

/// NashConv that a profile shows on a matrix of cells with standard error `cell_error`, if every one of `rows` rows is as
/// good as the others against `y`, and every one of `columns` columns against `x`, in truth: s (m_rows ‖y‖ + m_columns ‖x‖)
/// with m the expected maximum of so many normal numbers. Rows that are truly worse do not compete: count those that are
/// played or tied. In units of payoff.
///
/// # Panics
/// If there are no rows or columns.
pub fn noise_floor(cell_error: f64, rows: usize, columns: usize, x: &[f64], y: &[f64]) -> f64 {
    let norm = |mixture: &[f64]| dot(mixture, mixture).sqrt();
    cell_error * (expected_maximum(rows) * norm(y) + expected_maximum(columns) * norm(x))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{noisy, rng};
    use super::*;
    use crate::{Matrix, nash_conv};

    #[test]
    fn expected_maxima() {
        let table = [
            (1, 0.0),
            (2, 0.5642),
            (3, 0.8463),
            (4, 1.0294),
            (5, 1.1630),
            (8, 1.4236),
            (10, 1.5388),
            (16, 1.7660),
            (20, 1.8675),
        ];
        for (count, want) in table {
            assert!((expected_maximum(count) - want).abs() < 5.1e-5, "{count}: {}", expected_maximum(count));
        }
        let three = 1.5 / std::f64::consts::PI.sqrt();
        assert!((expected_maximum(3) - three).abs() < 1e-9, "the closed form of three");
        assert!((expected_maximum(1_000_000) - 4.8635).abs() < 1e-3);
    }

    #[test]
    fn an_indifferent_profile_shows_the_floor() {
        let third = [1.0 / 3.0; 3];
        let truth = Matrix::new([[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]]).unwrap();
        let mut rng = rng(1);
        for (error, want) in [(0.4, 0.391), (0.2, 0.195), (0.1, 0.098)] {
            let floor = noise_floor(error, 3, 3, &third, &third);
            assert!((floor - want).abs() < 5.1e-4, "{floor} for {want}");
            let seen: f64 =
                (0..3000).map(|_| nash_conv(&noisy(&truth, error, &mut rng), &third, &third).unwrap()).sum::<f64>()
                    / 3000.0;
            assert!((seen / floor - 1.0).abs() < 0.05, "{seen} for {floor}");
        }
    }
}
