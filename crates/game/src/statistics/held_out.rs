//! Exploitability on data that the solution has not seen.
//!
//! The mixtures that solve a noisy matrix are an equilibrium *of that matrix*: there their NashConv is 0, whatever the truth.
//! So networks are split in two, one half is solved, the other judges, and then the other way round. The judge is noisy, too,
//! and a best response to noise always gains something: the estimate is biased up, and stands beside its floor
//! ([`super::noise_floor`]).

use super::bootstrap::{checked, drawn, percentiles};
use super::noise::noise_floor;
use super::samples::{enough, mean_matrix};
use super::value::cell_error;
use crate::{GameError, Matrix, nash_conv, solve};
use hydranet_topology::{Draw, TrialRng};

/// How exploitability is estimated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// The share of networks on which is solved first; the rest judges, and then the other way round.
    pub share: f64,
    /// Over how many random splits is averaged.
    pub splits: usize,
    /// Bootstrap samples for the interval; each is one random split with networks drawn anew *within* the halves, so that no
    /// network is on both sides.
    pub resamples: usize,
    /// The level of the interval.
    pub level: f64,
}

impl Default for Split {
    fn default() -> Split {
        Split { share: 0.5, splits: 20, resamples: 200, level: 0.95 }
    }
}

/// Held-out exploitability, as NashConv in units of payoff.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeldOut {
    /// The mean over splits and directions.
    pub nash_conv: f64,
    /// The lower end of the bootstrap interval.
    pub lo: f64,
    /// The upper end.
    pub hi: f64,
    /// What an equilibrium would show by noise alone: the mean over the same splits of the floor for the arms that are
    /// played.
    pub floor: f64,
}

/// The held-out NashConv of the solution of the mean of these samples, one matrix a network.
///
/// # Errors
/// [`GameError::TooFew`] if a half would have less than two networks, [`GameError::Samples`], [`GameError::Parameter`] for a
/// share or level outside (0, 1), or of the solver.
pub fn held_out(samples: &[Matrix], plan: Split, rng: &mut TrialRng) -> Result<HeldOut, GameError> {
    enough(samples, 4, "held-out exploitability")?;
    checked(plan.resamples, plan.level)?;
    if !(plan.share > 0.0 && plan.share < 1.0) {
        return Err(GameError::Parameter { name: "share", value: plan.share, allowed: "it lies between 0 and 1" });
    }
    if plan.splits == 0 {
        return Err(GameError::Parameter { name: "splits", value: 0.0, allowed: "there is at least one" });
    }
    let first = ((samples.len() as f64 * plan.share).round() as usize).clamp(2, samples.len() - 2);
    let (mut sum, mut floor) = (0.0, 0.0);
    for _ in 0..plan.splits {
        let (one, two) = halves(samples, first, rng);
        let (gap, noise) = both_ways(&one, &two)?;
        sum += gap;
        floor += noise;
    }
    let again = (0..plan.resamples).map(|_| {
        let (one, two) = halves(samples, first, rng);
        let one: Vec<Matrix> = drawn(&one, rng).into_iter().cloned().collect();
        let two: Vec<Matrix> = drawn(&two, rng).into_iter().cloned().collect();
        Ok(both_ways(&one, &two)?.0)
    });
    let spread = percentiles(again.collect::<Result<Vec<f64>, GameError>>()?, plan.level);
    let splits = plan.splits as f64;
    Ok(HeldOut { nash_conv: sum / splits, lo: spread.lo, hi: spread.hi, floor: floor / splits })
}

fn halves(samples: &[Matrix], first: usize, rng: &mut TrialRng) -> (Vec<Matrix>, Vec<Matrix>) {
    let order = rng.permutation(samples.len() as u32);
    let of = |part: &[u32]| part.iter().map(|&k| samples[k as usize].clone()).collect();
    (of(&order[..first]), of(&order[first..]))
}

/// Held-out NashConv and its floor, the mean of both directions.
fn both_ways(one: &[Matrix], two: &[Matrix]) -> Result<(f64, f64), GameError> {
    let (mut gap, mut floor) = (0.0, 0.0);
    for (solved, judging) in [(one, two), (two, one)] {
        let solution = solve(&mean_matrix(solved)?)?;
        let (x, y) = (&solution.row, &solution.column);
        gap += nash_conv(&mean_matrix(judging)?, x, y)? / 2.0;
        let (rows, columns) = (solution.row_support().len(), solution.column_support().len());
        floor += noise_floor(cell_error(judging)?, rows, columns, x, y) / 2.0;
    }
    Ok((gap, floor))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{noisy, rng};
    use super::*;

    fn rock_paper_scissors() -> Matrix {
        Matrix::new([[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]]).unwrap()
    }

    /// At a cell error of .2 the solved profile has a true NashConv of .198, shows .279 held out, and 0 in sample.
    #[test]
    fn in_sample_is_nothing_and_held_out_is_biased_up() {
        let truth = rock_paper_scissors();
        let mut rng = rng(7);
        let (mut real, mut held, mut own) = (0.0, 0.0, 0.0);
        let reps = 4000;
        for _ in 0..reps {
            let (seen, other) = (noisy(&truth, 0.2, &mut rng), noisy(&truth, 0.2, &mut rng));
            let solution = solve(&seen).unwrap();
            let at = |a: &Matrix| nash_conv(a, &solution.row, &solution.column).unwrap() / f64::from(reps);
            real += at(&truth);
            held += at(&other);
            own += at(&seen);
        }
        // the standard deviation of one is about .1: three standard errors of 4,000 are .005
        assert!((real - 0.198).abs() < 0.006 && (held - 0.279).abs() < 0.006, "{real} {held}");
        assert!(own < 1e-9);
    }

    #[test]
    fn a_split_shows_what_noise_leaves() {
        let truth = rock_paper_scissors();
        let (mut noise, mut draws) = (rng(8), rng(9));
        // 50 networks with cells of sd 1: halves have a cell error of .2
        let plan = Split { splits: 4, resamples: 20, ..Split::default() };
        let found: Vec<HeldOut> = (0..60)
            .map(|_| {
                let samples: Vec<Matrix> = (0..50).map(|_| noisy(&truth, 1.0, &mut noise)).collect();
                held_out(&samples, plan, &mut draws).unwrap()
            })
            .collect();
        let mean = |of: &dyn Fn(&HeldOut) -> f64| found.iter().map(of).sum::<f64>() / 60.0;
        assert!((mean(&|h| h.nash_conv) - 0.279).abs() < 0.03, "{}", mean(&|h| h.nash_conv));
        // the solved mixtures are less even than the true ones, and their floor a little higher
        assert!((mean(&|h| h.floor) - 0.195).abs() < 0.02, "{}", mean(&|h| h.floor));
        assert!(found.iter().all(|h| h.lo <= h.hi && h.lo > 0.0));
    }

    #[test]
    fn too_little_is_refused() {
        let samples = vec![rock_paper_scissors(); 3];
        assert!(matches!(held_out(&samples, Split::default(), &mut rng(1)), Err(GameError::TooFew { needed: 4, .. })));
        let plan = Split { share: 1.0, ..Split::default() };
        assert!(held_out(&vec![rock_paper_scissors(); 8], plan, &mut rng(1)).is_err());
    }
}
