//! The bootstrap over networks: what the whole solution, mixtures too, would have been on other networks.

use super::samples::{enough, mean_matrix};
use super::value::Estimate;
use crate::{GameError, Matrix, solve};
use hydranet_topology::{Draw, TrialRng};

/// Solutions of resampled games, summed up: the mean, the standard deviation (`error`) and percentile intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct Bootstrap {
    /// The value.
    pub value: Estimate,
    /// The probability of each row.
    pub row: Vec<Estimate>,
    /// The probability of each column.
    pub column: Vec<Estimate>,
    /// In how many of the solutions each row is played, as a share.
    pub row_played: Vec<f64>,
    /// In how many of the solutions each column is played, as a share.
    pub column_played: Vec<f64>,
}

/// Draws the samples (one matrix a network) anew with replacement, solves the mean, and does so `resamples` times (Efron
/// 1979). Equilibria jump where arms are nearly as good: read the mixtures' intervals beside the exploitability.
///
/// # Errors
/// [`GameError::TooFew`] below two samples or resamples, [`GameError::Samples`], [`GameError::Parameter`] for a level outside
/// (0, 1), or of the solver.
pub fn bootstrap(samples: &[Matrix], resamples: usize, level: f64, rng: &mut TrialRng) -> Result<Bootstrap, GameError> {
    enough(samples, 2, "a bootstrap over networks")?;
    checked(resamples, level)?;
    let solutions = (0..resamples).map(|_| solve(&mean_matrix(drawn(samples, rng))?)).collect::<Result<Vec<_>, _>>()?;
    let over = |value: &dyn Fn(usize) -> f64| percentiles((0..resamples).map(value).collect(), level);
    let share =
        |played: &dyn Fn(usize) -> bool| (0..resamples).filter(|&k| played(k)).count() as f64 / resamples as f64;
    let (rows, columns) = (samples[0].rows(), samples[0].columns());
    Ok(Bootstrap {
        value: over(&|k| solutions[k].value),
        row: (0..rows).map(|i| over(&|k| solutions[k].row[i])).collect(),
        column: (0..columns).map(|j| over(&|k| solutions[k].column[j])).collect(),
        row_played: (0..rows).map(|i| share(&|k| solutions[k].row[i] > 0.0)).collect(),
        column_played: (0..columns).map(|j| share(&|k| solutions[k].column[j] > 0.0)).collect(),
    })
}

pub(super) fn checked(resamples: usize, level: f64) -> Result<(), GameError> {
    if resamples < 2 {
        return Err(GameError::TooFew { what: "a bootstrap", found: resamples, needed: 2 });
    }
    if !(level > 0.0 && level < 1.0) {
        return Err(GameError::Parameter { name: "level", value: level, allowed: "it lies between 0 and 1" });
    }
    Ok(())
}

/// As many samples, drawn with replacement.
pub(super) fn drawn<'a>(samples: &'a [Matrix], rng: &mut TrialRng) -> Vec<&'a Matrix> {
    (0..samples.len()).map(|_| &samples[rng.below(samples.len() as u32) as usize]).collect()
}

/// Mean, standard deviation and the middle `level` of at least two values.
pub(super) fn percentiles(mut values: Vec<f64>, level: f64) -> Estimate {
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let error = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0)).sqrt();
    let at = |share: f64| {
        let place = share * (n - 1.0);
        let (below, part) = (place.floor() as usize, place.fract());
        let above = (below + 1).min(values.len() - 1);
        values[below] + part * (values[above] - values[below])
    };
    let tail = (1.0 - level) / 2.0;
    Estimate { mean, error, lo: at(tail), hi: at(1.0 - tail) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{noisy, rng};
    use super::*;

    #[test]
    fn percentiles_interpolate() {
        let found = percentiles((0..=100).map(f64::from).collect(), 0.9);
        assert!((found.lo - 5.0).abs() < 1e-9 && (found.hi - 95.0).abs() < 1e-9 && found.mean == 50.0);
    }

    #[test]
    fn mixtures_spread_with_the_noise() {
        let truth = Matrix::new([[4.0, 1.0], [2.0, 3.0], [-9.0, -9.0]]).unwrap();
        let (mut rng, mut draws) = (rng(5), rng(6));
        let samples: Vec<Matrix> = (0..30).map(|_| noisy(&truth, 0.5, &mut rng)).collect();
        let found = bootstrap(&samples, 200, 0.95, &mut draws).unwrap();
        assert!(found.value.lo < 2.5 && 2.5 < found.value.hi && found.value.error > 0.01);
        assert!(found.row[0].lo < 0.25 && 0.25 < found.row[0].hi, "{:?}", found.row);
        assert_eq!((found.row_played[2], found.row[2].hi), (0.0, 0.0));
        assert!(
            bootstrap(&samples[..1], 10, 0.95, &mut draws).is_err()
                && bootstrap(&samples, 1, 0.95, &mut draws).is_err()
        );
    }
}
