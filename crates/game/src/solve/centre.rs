//! The analytic centre of the optimal mixtures, by a primal-dual interior-point method (Mehrotra 1992; Wright, *Primal-dual
//! interior-point methods*, 1997, ch. 5). A simplex method ends in a corner of the optimal face; the central path ends
//! inside, so that every arm that some equilibrium plays has weight, and every arm that none plays has slack
//! (Goldman & Tucker 1956). That split is what a canonical equilibrium is computed from.
//!
//! A matrix game has an obvious interior point (uniform mixtures, and a value below or above everything), so every
//! iterate is feasible and the gap is exactly Σ x r + Σ y s. The Newton system is solved unreduced: its normal equations
//! are singular in the limit where equilibria are not unique, which is the only case that this method is used in.

use crate::Matrix;
use crate::linear::solve;
use crate::matrix::{dot, greatest, least};

/// A point near the centre of both optimal faces.
pub(super) struct Centre {
    /// The row player's mixture.
    pub(super) x: Vec<f64>,
    /// The column player's mixture.
    pub(super) y: Vec<f64>,
    /// What each row loses against `y`, ≥ 0.
    pub(super) row_slack: Vec<f64>,
    /// What each column gives above the value against `x`, ≥ 0.
    pub(super) column_slack: Vec<f64>,
}

impl Centre {
    fn gap(&self) -> f64 {
        dot(&self.x, &self.row_slack) + dot(&self.y, &self.column_slack)
    }

    fn pairs(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let rows = self.x.iter().zip(&self.row_slack);
        rows.chain(self.y.iter().zip(&self.column_slack)).map(|(p, s)| (*p, *s))
    }
}

/// Steps of the path; 20 to 40 are usual.
const STEPS: usize = 120;

/// Follows the central path of a game with payoffs in [−½, ½] as far as rounding allows. O((n + m)³) a step.
pub(super) fn centre(a: &Matrix) -> Centre {
    let (n, m) = (a.rows(), a.columns());
    let (x, y) = (vec![1.0 / n as f64; n], vec![1.0 / m as f64; m]);
    let (for_rows, for_columns) = (a.against_columns(&y), a.against_rows(&x));
    let (top, bottom) = (greatest(&for_rows) + 1.0, least(&for_columns) - 1.0);
    let mut at = Centre {
        x,
        y,
        row_slack: for_rows.iter().map(|u| top - u).collect(),
        column_slack: for_columns.iter().map(|u| u - bottom).collect(),
    };
    let count = (n + m) as f64;
    for _ in 0..STEPS {
        let mean = at.gap() / count;
        if mean < 1e-15 {
            break;
        }
        // where some product lags behind, mend that first
        let lag = at.pairs().map(|(p, s)| p * s).fold(f64::INFINITY, f64::min) / mean;
        let target = mean * if lag < 0.05 { 0.7 } else { 0.1 };
        let Some(step) = direction(a, &at, target) else { break };
        let share = longest(&at, &step).min(1.0);
        if share < 1e-4 {
            break;
        }
        let next = moved(&at, &step, share);
        if next.pairs().any(|(p, s)| !(p > 0.0 && s > 0.0)) {
            break;
        }
        at = next;
    }
    at
}

/// The Newton step towards products of `target`.
fn direction(a: &Matrix, at: &Centre, target: f64) -> Option<Centre> {
    let (n, m) = (a.rows(), a.columns());
    let size = n + m + 2;
    let (mut system, mut right) = (vec![0.0; size * size], vec![0.0; size]);
    // row i: (r/x) dx − A dy + dw = target/x − r;  column j: A'dx + (s/y) dy − dv = target/y − s
    for i in 0..n {
        let row = &mut system[i * size..(i + 1) * size];
        row[i] = at.row_slack[i] / at.x[i];
        row[n..n + m].iter_mut().zip(a.row(i)).for_each(|(v, b)| *v = -b);
        row[n + m] = 1.0;
        right[i] = target / at.x[i] - at.row_slack[i];
    }
    for j in 0..m {
        let row = &mut system[(n + j) * size..(n + j + 1) * size];
        (0..n).for_each(|i| row[i] = a.get(i, j));
        row[n + j] = at.column_slack[j] / at.y[j];
        row[n + m + 1] = -1.0;
        right[n + j] = target / at.y[j] - at.column_slack[j];
    }
    system[(size - 2) * size..(size - 2) * size + n].fill(1.0);
    system[(size - 1) * size + n..(size - 1) * size + n + m].fill(1.0);
    let step = solve(system, right, 0.0)?;
    let (dx, dy) = (step[..n].to_vec(), step[n..n + m].to_vec());
    let (dw, dv) = (step[n + m], step[n + m + 1]);
    Some(Centre {
        row_slack: a.against_columns(&dy).iter().map(|u| dw - u).collect(),
        column_slack: a.against_rows(&dx).iter().map(|u| u - dv).collect(),
        x: dx,
        y: dy,
    })
}

/// The share of a step that keeps everything at a tenth of what it was.
fn longest(at: &Centre, step: &Centre) -> f64 {
    at.pairs()
        .zip(step.pairs())
        .flat_map(|((p, s), (dp, ds))| [(p, dp), (s, ds)])
        .filter(|&(_, d)| d < 0.0)
        .map(|(v, d)| -0.9 * v / d)
        .fold(f64::INFINITY, f64::min)
}

fn moved(at: &Centre, step: &Centre, share: f64) -> Centre {
    let add = |v: &[f64], d: &[f64]| v.iter().zip(d).map(|(v, d)| v + share * d).collect();
    Centre {
        x: add(&at.x, &step.x),
        y: add(&at.y, &step.y),
        row_slack: add(&at.row_slack, &step.row_slack),
        column_slack: add(&at.column_slack, &step.column_slack),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_arm_that_some_equilibrium_plays_has_weight() {
        // the columns of this game may mix (2/3, 1/3, 0) or (1/3, 0, 2/3) or anything between; the first row has no place
        let a = Matrix::new([[6.0, 0.0, 3.0], [8.0, -2.0, 3.0], [4.0, 6.0, 5.0]]).unwrap().scaled();
        let at = centre(&a);
        assert!(at.gap() < 1e-10, "{}", at.gap());
        assert!(at.x[0] < 1e-8 && at.row_slack[0] > 0.01);
        assert!(at.y.iter().all(|&p| p > 0.05) && at.column_slack.iter().all(|&s| s < 1e-8));
    }
}
