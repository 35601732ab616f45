//! Logit quantal response equilibria (McKelvey & Palfrey 1995): each player answers the other's mixture with
//! p_i ∝ exp(λ u_i). λ, in units of 1/payoff, runs from chance (0) to a Nash equilibrium (∞).
//!
//! The branch that starts at λ = 0 is followed by pseudo-arclength continuation in log-probabilities (Turocy, Games and
//! Economic Behavior 51, 2005, whose method Gambit uses): it may turn back in λ, where a walk in λ alone would be lost. Each
//! point that is returned was corrected at its λ exactly, and says by how much a logit answer would differ.

use crate::linear::solve;
use crate::matrix::{dot, greatest};
use crate::{Bimatrix, GameError};
use serde::{Deserialize, Serialize};

/// A quantal response equilibrium.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuantalResponse {
    /// Precision of the players, ≥ 0, in units of 1/payoff.
    pub lambda: f64,
    /// The row player's mixture.
    pub row: Vec<f64>,
    /// The column player's mixture.
    pub column: Vec<f64>,
    /// The certificate: the greatest difference between a probability and its logit answer; at most 1e-9.
    pub residual: f64,
}

/// What the residual may be at most.
const CERTIFICATE: f64 = 1e-9;

/// The cosine of the angle between the tangents before and after a step is at least this.
const STRAIGHT: f64 = 0.9;

/// Steps along the branch at most.
const STEPS: usize = 100_000;

/// The equilibria on the branch from λ = 0, where it first reaches each of these λ; they may come in any order. O((n + m)³)
/// a step, some hundred steps.
///
/// # Errors
/// [`GameError::Parameter`] for a λ that is negative or not finite, [`GameError::PathLost`] where rounding ends the path.
///
/// ```
/// use hydranet_game::{Bimatrix, Matrix, quantal_responses};
/// let game = Bimatrix::zero_sum(Matrix::new([[4.0, 1.0], [2.0, 3.0]])?);
/// let path = quantal_responses(&game, &[0.0, 1.0])?;
/// assert_eq!(path[0].row, [0.5, 0.5]);
/// assert!((path[1].row[0] - 0.37762).abs() < 5e-6);
/// # Ok::<(), hydranet_game::GameError>(())
/// ```
pub fn quantal_responses(game: &Bimatrix, lambdas: &[f64]) -> Result<Vec<QuantalResponse>, GameError> {
    if let Some(&value) = lambdas.iter().find(|l| !(l.is_finite() && **l >= 0.0)) {
        return Err(GameError::Parameter { name: "lambda", value, allowed: "precisions are finite and at least 0" });
    }
    let scale = game.row().range().max(game.column().range());
    let path = Path::new(game, if scale > 0.0 { scale } else { 1.0 });
    let mut order: Vec<usize> = (0..lambdas.len()).collect();
    order.sort_by(|&a, &b| lambdas[a].total_cmp(&lambdas[b]));
    let mut found: Vec<Option<QuantalResponse>> = vec![None; lambdas.len()];
    let mut walk = Walk::new(&path);
    for k in order {
        let point = walk
            .to(&path, lambdas[k] * path.scale)
            .ok_or(GameError::PathLost { reached: walk.at[path.n + path.m] / path.scale, wanted: lambdas[k] })?;
        found[k] = Some(path.told(&point, lambdas[k]));
    }
    Ok(found.into_iter().flatten().collect())
}

/// The game with payoffs over `scale`, and λ times it.
struct Path {
    n: usize,
    m: usize,
    scale: f64,
    /// Row i: what the row player gets with arm i, an arm of the column player each.
    row: Vec<Vec<f64>>,
    /// Row j: what the column player gets with arm j, an arm of the row player each.
    column: Vec<Vec<f64>>,
}

impl Path {
    fn new(game: &Bimatrix, scale: f64) -> Path {
        let (n, m) = (game.row().rows(), game.row().columns());
        // less the middle: a common part of all payoffs changes no answer and costs digits
        let around = |matrix: &crate::Matrix| {
            let (lo, hi) = matrix.bounds();
            let middle = lo + (hi - lo) / 2.0;
            (0..matrix.rows())
                .map(|i| matrix.row(i).iter().map(|a| (a - middle) / scale).collect())
                .collect::<Vec<Vec<f64>>>()
        };
        Path { n, m, scale, row: around(game.row()), column: around(&game.column().transposed()) }
    }

    /// The system's value, one entry an unknown but λ. Unknowns: log-probabilities of the rows, of the columns, λ.
    fn value(&self, at: &[f64]) -> Vec<f64> {
        let (p, q, lambda) = self.parts(at);
        let mut out = Vec::with_capacity(self.n + self.m);
        for (logs, mine, payoffs, other) in
            [(&at[..self.n], &p, &self.row, &q), (&at[self.n..self.n + self.m], &q, &self.column, &p)]
        {
            out.push(mine.iter().sum::<f64>() - 1.0);
            let first = dot(&payoffs[0], other);
            out.extend((1..logs.len()).map(|i| logs[i] - logs[0] - lambda * (dot(&payoffs[i], other) - first)));
        }
        out
    }

    fn parts(&self, at: &[f64]) -> (Vec<f64>, Vec<f64>, f64) {
        let exp = |logs: &[f64]| logs.iter().map(|&u| libm::exp(u)).collect::<Vec<f64>>();
        (exp(&at[..self.n]), exp(&at[self.n..self.n + self.m]), at[self.n + self.m])
    }

    /// The derivative of the system, with `last` as its last row.
    fn derivative(&self, at: &[f64], last: &[f64]) -> Vec<f64> {
        let (n, m) = (self.n, self.m);
        let size = n + m + 1;
        let (p, q, lambda) = self.parts(at);
        let mut out = vec![0.0; size * size];
        let sides = [(0, n, &p, &self.row, n, &q), (n, m, &q, &self.column, 0, &p)];
        for (own, arms, mine, payoffs, others, other) in sides {
            out[own * size + own..own * size + own + arms].copy_from_slice(mine);
            for i in 1..arms {
                let row = &mut out[(own + i) * size..(own + i + 1) * size];
                row[own + i] = 1.0;
                row[own] = -1.0;
                for (k, prob) in other.iter().enumerate() {
                    let gain = payoffs[i][k] - payoffs[0][k];
                    row[others + k] = -lambda * gain * prob;
                    row[size - 1] -= gain * prob;
                }
            }
        }
        out[(size - 1) * size..].copy_from_slice(last);
        out
    }

    /// Newton's method with the last equation `last · (z − from) = 0`; the point and the number of steps.
    fn corrected(&self, from: &[f64], last: &[f64]) -> Option<(Vec<f64>, usize)> {
        let mut at = from.to_vec();
        for steps in 1..=8 {
            let mut right: Vec<f64> = self.value(&at).iter().map(|v| -v).collect();
            right.push(last.iter().zip(&at).zip(from).map(|((l, z), f)| l * (f - z)).sum());
            let step = solve(self.derivative(&at, last), right, 0.0)?;
            at.iter_mut().zip(&step).for_each(|(z, s)| *z += s);
            let size = step.iter().zip(&at).map(|(s, z)| s.abs() / (1.0 + z.abs())).fold(0.0, f64::max);
            if size.is_nan() || size > 1e3 || at[..at.len() - 1].iter().any(|&u| u > 1.0) {
                return None;
            }
            if size < 1e-11 {
                return Some((at, steps));
            }
        }
        None
    }

    /// The unit tangent of the branch, on the side of `before`.
    fn tangent(&self, at: &[f64], before: &[f64]) -> Option<Vec<f64>> {
        let mut right = vec![0.0; at.len()];
        right[at.len() - 1] = 1.0;
        let mut tangent = solve(self.derivative(at, before), right, 0.0)?;
        let length = dot(&tangent, &tangent).sqrt();
        tangent.iter_mut().for_each(|t| *t /= length);
        Some(tangent)
    }

    /// The point in words, with its residual.
    fn told(&self, at: &[f64], lambda: f64) -> QuantalResponse {
        let (p, q, scaled) = self.parts(at);
        let normalised = |mix: Vec<f64>| {
            let sum: f64 = mix.iter().sum();
            mix.into_iter().map(|p| p / sum).collect::<Vec<f64>>()
        };
        let (row, column) = (normalised(p), normalised(q));
        let miss = |mine: &[f64], payoffs: &[Vec<f64>], other: &[f64]| {
            let gains: Vec<f64> = payoffs.iter().map(|r| dot(r, other)).collect();
            logit(&gains, scaled).iter().zip(mine).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
        };
        let residual = miss(&row, &self.row, &column).max(miss(&column, &self.column, &row));
        QuantalResponse { lambda, row, column, residual }
    }
}

/// The logit answer exp(λ u)/Σ exp(λ u).
pub fn logit(payoffs: &[f64], lambda: f64) -> Vec<f64> {
    let top = greatest(payoffs);
    let weights: Vec<f64> = payoffs.iter().map(|u| libm::exp(lambda * (u - top))).collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|w| w / sum).collect()
}

/// Where the walk stands, and where to.
struct Walk {
    at: Vec<f64>,
    direction: Vec<f64>,
    step: f64,
}

impl Walk {
    fn new(path: &Path) -> Walk {
        let mut at = vec![-libm::log(path.n as f64); path.n];
        at.extend(vec![-libm::log(path.m as f64); path.m]);
        at.push(0.0);
        let mut direction = vec![0.0; at.len()];
        direction[path.n + path.m] = 1.0;
        // λ always grows at the start: there the system is regular
        let direction = path.tangent(&at, &direction).unwrap_or(direction);
        Walk { at, direction, step: 0.1 }
    }

    /// Walks on until λ passes `target`, and corrects there.
    fn to(&mut self, path: &Path, target: f64) -> Option<Vec<f64>> {
        let last = path.n + path.m;
        let mut only_lambda = vec![0.0; last + 1];
        only_lambda[last] = 1.0;
        for _ in 0..STEPS {
            if self.at[last] > target {
                // a smaller λ than where the walk stands was passed on the way: go back to the start
                *self = Walk::new(path);
            }
            let tangent = self.direction.clone();
            let guess = |step: f64| self.at.iter().zip(&tangent).map(|(z, t)| z + step * t).collect::<Vec<f64>>();
            // is the target nearer than the next step?
            let share = if tangent[last] > 0.0 { (target - self.at[last]) / tangent[last] } else { f64::INFINITY };
            if share <= self.step {
                let mut start = guess(share);
                start[last] = target;
                if let Some((point, _)) = path.corrected(&start, &only_lambda)
                    && path.told(&point, target).residual <= CERTIFICATE
                {
                    self.direction = path.tangent(&point, &tangent)?;
                    self.at = point.clone();
                    return Some(point);
                }
                self.step = share / 2.0;
            }
            let next = path.corrected(&guess(self.step), &tangent).and_then(|(point, steps)| {
                let ahead = path.tangent(&point, &tangent)?;
                // a sharp bend taken in one step may be a jump to another branch, or the way back
                let smooth = dot(&ahead, &tangent) > STRAIGHT || self.step < 1e-9;
                let short = point[last] <= target || self.step < 1e-9;
                (smooth && short && point[last] >= 0.0).then_some((point, ahead, steps))
            });
            match next {
                Some((point, ahead, steps)) => {
                    (self.at, self.direction) = (point, ahead);
                    if steps <= 4 {
                        self.step *= 1.5;
                    }
                }
                // past the target, a bend, or no convergence
                None => self.step /= 2.0,
            }
            if self.step < 1e-12 {
                return None;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Matrix, gains};
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    #[test]
    fn a_zero_sum_path_is_gambits() {
        let game = Bimatrix::zero_sum(Matrix::new([[4.0, 1.0], [2.0, 3.0]]).unwrap());
        let path = quantal_responses(&game, &[5.0, 0.5, 1.0]).unwrap();
        for (point, (row, column)) in path.iter().zip([(0.26047, 0.44782), (0.45066, 0.40100), (0.37762, 0.37508)]) {
            assert!((point.row[0] - row).abs() < 5.1e-6 && (point.column[0] - column).abs() < 5.1e-6, "{point:?}");
        }
    }

    #[test]
    fn units_of_payoff_do_not_matter() {
        let cells = [[4.0, 1.0, 0.0], [2.0, 3.0, 5.0]];
        let game = Bimatrix::zero_sum(Matrix::new(cells).unwrap());
        let want = quantal_responses(&game, &[3.0]).unwrap();
        for unit in [1e-6, 1e6] {
            let other = Bimatrix::zero_sum(Matrix::new(cells.map(|r| r.map(|a| 7.0 * unit + a * unit))).unwrap());
            let point = &quantal_responses(&other, &[3.0 / unit]).unwrap()[0];
            assert!(point.row.iter().zip(&want[0].row).all(|(a, b)| (a - b).abs() < 1e-7), "{point:?} {want:?}");
        }
    }

    #[test]
    fn a_branch_that_turns_is_followed() {
        // a coordination game with a bad start: the branch from chance ends in the risk-dominant equilibrium
        let a = Matrix::new([[9.0, 0.0], [8.0, 7.0]]).unwrap();
        let game = Bimatrix::new(a.clone(), a.transposed()).unwrap();
        let lambdas = [0.1, 0.5, 1.0, 2.0, 10.0, 100.0];
        for point in quantal_responses(&game, &lambdas).unwrap() {
            assert!(point.residual < 1e-10);
            assert!((point.row[0] - point.column[0]).abs() < 1e-9, "symmetric: {point:?}");
            if point.lambda > 5.0 {
                assert!(gains(&game, &point.row, &point.column).unwrap().nash_conv() < 1e-3);
                assert!(point.row[1] > 0.99, "{point:?}");
            }
        }
    }

    #[test]
    fn a_long_path_ends_in_the_equilibrium_of_greatest_entropy() {
        let payoff = Matrix::new([[6.0, 0.0, 3.0], [8.0, -2.0, 3.0], [4.0, 6.0, 5.0]]).unwrap();
        let solution = crate::solve(&payoff).unwrap();
        let point = quantal_responses(&Bimatrix::zero_sum(payoff), &[2000.0]).unwrap().remove(0);
        for (a, b) in point.row.iter().zip(&solution.row).chain(point.column.iter().zip(&solution.column)) {
            assert!((a - b).abs() < 0.003, "{point:?} {solution:?}");
        }
    }

    #[test]
    fn odd_lambdas_and_flat_games() {
        let flat = Bimatrix::zero_sum(Matrix::new([[1.0, 1.0, 1.0]]).unwrap());
        assert!((quantal_responses(&flat, &[20.0]).unwrap()[0].column[1] - 1.0 / 3.0).abs() < 1e-15);
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(quantal_responses(&flat, &[bad]), Err(GameError::Parameter { name: "lambda", .. })));
        }
    }

    /// Any game of any shape: certified, and the residual is what Newton's equations say, not what they hope.
    #[test]
    fn drawn_games_are_certified() {
        for network in 0..60u32 {
            let mut rng = trial_rng(18, Trial::network(network), Purpose::Measure);
            let (n, m) = (1 + rng.below(7) as usize, 1 + rng.below(7) as usize);
            let mut drawn = || Matrix::from_fn(n, m, |_, _| f64::from(rng.below(5))).unwrap();
            let (a, b) = (drawn(), drawn());
            let game = if network % 2 == 0 { Bimatrix::zero_sum(a) } else { Bimatrix::new(a, b).unwrap() };
            for point in quantal_responses(&game, &[0.0, 0.7, 20.0, 300.0]).unwrap() {
                let (p, q) = (
                    logit(&game.row().against_columns(&point.column), point.lambda),
                    logit(&game.column().against_rows(&point.row), point.lambda),
                );
                let miss = p.iter().zip(&point.row).chain(q.iter().zip(&point.column)).map(|(a, b)| (a - b).abs());
                assert!(miss.fold(0.0, f64::max) < 1e-9, "{point:?}");
                // ln N / λ bounds what a logit answer leaves to a player
                if point.lambda > 0.0 {
                    let left = gains(&game, &point.row, &point.column).unwrap().nash_conv();
                    assert!(left <= ((n as f64).ln() + (m as f64).ln()) / point.lambda + 1e-9, "{left} at {point:?}");
                }
            }
        }
    }
}
