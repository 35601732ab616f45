//! Arms that another arm, or a mixture of others, beats whatever the other player does.
//!
//! A strictly dominated arm is in no equilibrium. A weakly dominated one may be: it loses only against arms that the other
//! player does not use. Domination by mixtures is a linear programme an arm (Conitzer & Sandholm, EC 2005); what the solver
//! says is computed again before it is believed. Differences below 1e-9 of the payoffs' range count as none.

use super::programme::{mixture, run};
use super::zero_sum::support;
use crate::matrix::least;
use crate::{GameError, Matrix};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use serde::{Deserialize, Serialize};

/// By what an arm is dominated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dominance {
    /// The dominated arm, counted from 0.
    pub arm: usize,
    /// Better against every arm of the other player; else only never worse, and somewhere better.
    pub strict: bool,
    /// The better mixture over all arms; a single arm where one does it.
    pub by: Vec<f64>,
}

/// Below this, in units of the payoffs' range, two payoffs are one.
const SAME: f64 = 1e-9;

/// The dominated rows of a player who gets `payoff` and chooses rows, in order of the rows; strict domination is told
/// before weak, and domination by one arm before that by a mixture. Equal arms do not dominate each other. O(rows²
/// columns) and two programmes for each row that no single row dominates strictly.
///
/// # Errors
/// [`GameError::Programme`].
pub fn dominated_rows(payoff: &Matrix) -> Result<Vec<Dominance>, GameError> {
    let scaled = payoff.scaled();
    let mut found = Vec::new();
    for arm in 0..scaled.rows() {
        found.extend(dominance(&scaled, arm).map_err(|message| GameError::Programme { arm: arm + 1, message })?);
    }
    Ok(found)
}

/// The dominated columns, where `payoff` is what the *column* player gets.
///
/// # Errors
/// [`GameError::Programme`].
pub fn dominated_columns(payoff: &Matrix) -> Result<Vec<Dominance>, GameError> {
    dominated_rows(&payoff.transposed())
}

fn dominance(a: &Matrix, arm: usize) -> Result<Option<Dominance>, String> {
    if a.rows() == 1 || a.range() == 0.0 {
        return Ok(None);
    }
    let told = |by: Vec<f64>| judge(a, arm, &by).map(|strict| Dominance { arm, strict, by });
    let single = |k: usize| {
        let mut by = vec![0.0; a.rows()];
        by[k] = 1.0;
        by
    };
    let pure: Vec<Dominance> = (0..a.rows()).filter(|&k| k != arm).filter_map(|k| told(single(k))).collect();
    if let Some(strict) = pure.iter().find(|d| d.strict) {
        return Ok(Some(strict.clone()));
    }
    if let Some(by) = better(a, arm, true)?.and_then(told)
        && by.strict
    {
        return Ok(Some(by));
    }
    if let Some(weak) = pure.into_iter().next() {
        return Ok(Some(weak));
    }
    Ok(better(a, arm, false)?.and_then(told))
}

/// Does the mixture dominate the arm, and strictly?
fn judge(a: &Matrix, arm: usize, by: &[f64]) -> Option<bool> {
    if support(by) == [arm] {
        return None;
    }
    let gains: Vec<f64> = a.against_rows(by).iter().zip(a.row(arm)).map(|(b, own)| b - own).collect();
    let worst = least(&gains);
    (worst >= -SAME && gains.iter().any(|&g| g > SAME)).then_some(worst > SAME)
}

/// The mixture of other rows with the greatest least gain over the arm, or with the greatest sum of gains none of which is
/// negative.
fn better(a: &Matrix, arm: usize, strict: bool) -> Result<Option<Vec<f64>>, String> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let gain = |k: usize, j: usize| a.get(k, j) - a.get(arm, j);
    let total = |k: usize| (0..a.columns()).map(|j| gain(k, j)).sum::<f64>();
    let others: Vec<usize> = (0..a.rows()).filter(|&k| k != arm).collect();
    let weights: Vec<Variable> =
        others.iter().map(|&k| problem.add_var(if strict { 0.0 } else { total(k) }, (0.0, 1.0))).collect();
    let least = problem.add_var(if strict { 1.0 } else { 0.0 }, if strict { (-1.0, 1.0) } else { (0.0, 0.0) });
    for j in 0..a.columns() {
        let mut row: Vec<(Variable, f64)> = weights.iter().zip(&others).map(|(&w, &k)| (w, gain(k, j))).collect();
        row.push((least, -1.0));
        problem.add_constraint(row, ComparisonOp::Ge, 0.0);
    }
    let sum: Vec<(Variable, f64)> = weights.iter().map(|&w| (w, 1.0)).collect();
    problem.add_constraint(sum, ComparisonOp::Eq, 1.0);
    Ok(run(&problem, &weights)?.map(|weights| {
        let mut whole = vec![0.0; a.rows()];
        others.iter().zip(mixture(&weights)).for_each(|(&k, p)| whole[k] = p);
        whole
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[&[f64]], want: &[(usize, bool)]) -> Vec<Dominance> {
        let found = dominated_rows(&Matrix::new(rows).unwrap()).unwrap();
        assert_eq!(found.iter().map(|d| (d.arm, d.strict)).collect::<Vec<_>>(), want, "{found:?}");
        found
    }

    #[test]
    fn domination_by_one_arm() {
        check(&[&[1.0, 2.0], &[0.0, 1.0]], &[(1, true)]);
        check(&[&[1.0, 2.0], &[1.0, 1.0]], &[(1, false)]);
        check(&[&[1.0, 2.0], &[1.0, 2.0]], &[]);
        check(&[&[1.0, -1.0], &[-1.0, 1.0]], &[]);
        check(&[&[1.0, 2.0]], &[]);
        check(&[&[1e6, 2e6], &[0.0, 1e6]], &[(1, true)]);
    }

    #[test]
    fn domination_by_a_mixture() {
        let strict = check(&[&[3.0, 0.0], &[0.0, 3.0], &[1.0, 1.0]], &[(2, true)]);
        assert!((strict[0].by[0] - 0.5).abs() < 1e-9, "{:?}", strict[0].by);
        // half of the first and half of the second give (1.5, 1.5, 1) against (1.5, 1.5, 0)
        check(&[&[3.0, 0.0, 1.0], &[0.0, 3.0, 1.0], &[1.5, 1.5, 0.0]], &[(2, false)]);
        check(&[&[3.0, 0.0], &[0.0, 3.0], &[1.6, 1.6]], &[]);
        let columns = Matrix::new([[3.0, 0.0, 1.0], [0.0, 3.0, 1.0]]).unwrap();
        assert_eq!(dominated_columns(&columns).unwrap()[0].arm, 2);
    }
}
