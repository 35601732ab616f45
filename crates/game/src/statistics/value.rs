//! Intervals: of the value of an estimated game, and of all of its cells at once.

use super::samples::{enough, mean_matrix};
use crate::{GameError, Matrix, Side, check_mixture};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// A mean with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub error: f64,
    /// The lower end of the interval.
    pub lo: f64,
    /// The upper end.
    pub hi: f64,
}

/// Mean ± t · sd/√n of independent values.
fn estimate(values: &[f64], quantile: f64) -> Estimate {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    let error = (variance / n).sqrt();
    Estimate { mean, error, lo: mean - quantile * error, hi: mean + quantile * error }
}

/// The interval of the value of a zero-sum game that was estimated by the mean of these matrices, one a network, with the
/// mixtures that solve that mean: the t interval of x'A_t y. By the envelope theorem the value changes with the cells as
/// x'A y does with the mixtures held, so nothing need be solved again. Trials that share a network are averaged first
/// ([`super::means_by_network`]). O(cells) a sample.
///
/// # Errors
/// [`GameError::TooFew`] below two samples, [`GameError::Samples`], [`GameError::Mixture`], or [`GameError::Parameter`] for
/// a level outside (0, 1).
pub fn value_interval(samples: &[Matrix], x: &[f64], y: &[f64], level: f64) -> Result<Estimate, GameError> {
    enough(samples, 2, "an interval of the value")?;
    check_mixture(Side::Row, x, samples[0].rows())?;
    check_mixture(Side::Column, y, samples[0].columns())?;
    let values: Vec<f64> = samples.iter().map(|a| a.mean(x, y)).collect();
    Ok(estimate(&values, t_quantile(level, 1, samples.len())?))
}

/// Intervals for all cells that hold at once with at least this level (Bonferroni): t intervals at level
/// 1 − (1 − level)/cells. Row by row.
///
/// # Errors
/// As [`value_interval`].
pub fn cell_intervals(samples: &[Matrix], level: f64) -> Result<Vec<Vec<Estimate>>, GameError> {
    enough(samples, 2, "intervals of the cells")?;
    let (rows, columns) = (samples[0].rows(), samples[0].columns());
    let quantile = t_quantile(level, rows * columns, samples.len())?;
    let cell = |i: usize, j: usize| {
        let values: Vec<f64> = samples.iter().map(|a| a.get(i, j)).collect();
        estimate(&values, quantile)
    };
    Ok((0..rows).map(|i| (0..columns).map(|j| cell(i, j)).collect()).collect())
}

/// The half-width, in standard errors, of `count` normal intervals that hold at once (Bonferroni).
///
/// # Errors
/// [`GameError::Parameter`] for a level outside (0, 1) or no interval.
///
/// ```
/// use hydranet_game::statistics::bonferroni_z;
/// assert!((bonferroni_z(0.95, 9)? - 2.77).abs() < 0.005);
/// # Ok::<(), hydranet_game::GameError>(())
/// ```
pub fn bonferroni_z(level: f64, count: usize) -> Result<f64, GameError> {
    let tail = tail(level, count)?;
    Ok(-Normal::standard().inverse_cdf(tail))
}

fn t_quantile(level: f64, count: usize, samples: usize) -> Result<f64, GameError> {
    let tail = tail(level, count)?;
    let t = StudentsT::new(0.0, 1.0, (samples - 1) as f64).expect("two samples have a degree of freedom");
    Ok(-t.inverse_cdf(tail))
}

fn tail(level: f64, count: usize) -> Result<f64, GameError> {
    if !(level > 0.0 && level < 1.0) {
        return Err(GameError::Parameter { name: "level", value: level, allowed: "it lies between 0 and 1" });
    }
    if count == 0 {
        return Err(GameError::Parameter { name: "intervals", value: 0.0, allowed: "there is at least one" });
    }
    Ok((1.0 - level) / (2.0 * count as f64))
}

/// The root of the mean over the cells of their squared standard errors, for the mean of these samples.
///
/// # Errors
/// As [`value_interval`].
pub fn cell_error(samples: &[Matrix]) -> Result<f64, GameError> {
    enough(samples, 2, "a standard error")?;
    let mean = mean_matrix(samples)?;
    let n = samples.len() as f64;
    let squares: f64 =
        samples.iter().flat_map(|a| a.cells().iter().zip(mean.cells()).map(|(a, m)| (a - m) * (a - m))).sum();
    Ok((squares / (n - 1.0) / n / mean.cells().len() as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::bootstrap;
    use super::super::tests::{noisy, rng};
    use super::*;
    use crate::solve;

    #[test]
    fn simultaneous_intervals() {
        for (count, z) in [(1, 1.96), (9, 2.77), (16, 2.96), (25, 3.09), (64, 3.36)] {
            let found = bonferroni_z(0.95, count).unwrap();
            assert!((found - z).abs() < 0.0051, "{count}: {found}");
        }
        assert!(bonferroni_z(1.0, 1).is_err() && bonferroni_z(0.95, 0).is_err());
    }

    #[test]
    fn cells_are_covered_together() {
        let truth = Matrix::new([[4.0, 1.0, 0.0], [2.0, 3.0, 1.0]]).unwrap();
        let mut rng = rng(2);
        let reps = 500;
        let mut whole = 0;
        for _ in 0..reps {
            let samples: Vec<Matrix> = (0..8).map(|_| noisy(&truth, 1.0, &mut rng)).collect();
            let cells = cell_intervals(&samples, 0.95).unwrap();
            let all =
                (0..2).all(|i| (0..3).all(|j| cells[i][j].lo <= truth.get(i, j) && truth.get(i, j) <= cells[i][j].hi));
            whole += u32::from(all);
        }
        // independent cells: (1 − .05/6)^6 = .951; three standard errors of 500
        assert!((f64::from(whole) / f64::from(reps) - 0.951).abs() < 0.029, "{whole} of {reps}");
    }

    #[test]
    fn the_envelope_covers_and_agrees_with_the_bootstrap() {
        let truth = Matrix::new([[0.0, -1.0, 2.0], [1.0, 0.0, -1.0], [-2.0, 1.0, 0.0]]).unwrap();
        let (mut rng, mut draws) = (rng(3), rng(4));
        let (mut covered, mut by_formula, mut by_bootstrap) = (0, 0.0, 0.0);
        for rep in 0..400 {
            let samples: Vec<Matrix> = (0..40).map(|_| noisy(&truth, 0.8, &mut rng)).collect();
            let solution = solve(&mean_matrix(&samples).unwrap()).unwrap();
            let interval = value_interval(&samples, &solution.row, &solution.column, 0.95).unwrap();
            assert!((interval.mean - solution.value).abs() < 1e-9);
            covered += u32::from(interval.lo <= 0.0 && 0.0 <= interval.hi);
            if rep < 20 {
                by_formula += interval.error;
                by_bootstrap += bootstrap(&samples, 300, 0.95, &mut draws).unwrap().value.error;
            }
        }
        assert!((368..=388).contains(&covered), "92 to 97 % of 400, not {covered}");
        assert!((by_bootstrap / by_formula - 1.0).abs() < 0.05, "{by_bootstrap} for {by_formula}");
    }

    #[test]
    fn too_little_is_refused() {
        let one = [Matrix::new([[1.0, 2.0]]).unwrap()];
        let error = value_interval(&one, &[1.0], &[0.5, 0.5], 0.95).unwrap_err().to_string();
        assert_eq!(error, "1 samples are too few for an interval of the value; give at least 2");
        assert!(cell_intervals(&one, 0.95).is_err());
    }
}
