//! Double oracle (McMahan, Gordon & Blum, ICML 2003): solve a game of few arms, let each player look for the best answer to
//! the other's mixture among *all* arms, add both, and solve again, until neither answer gains. Games too large to be written
//! down are solved so; PSRO (Lanctot et al. 2017) is the same with approximate answers.
//!
//! What an oracle says of its answer need not be exact: it comes with a half-width, and a gain within it counts as none. An
//! oracle should judge its answer on other data than those on which it found it, or it will always see a gain.

use crate::{GameError, Matrix, Solution, solve};

/// An oracle's answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Response<A> {
    /// The arm.
    pub arm: A,
    /// What the answering player gets with it against the mixture, in the row player's payoff for both players.
    pub payoff: f64,
    /// Half of the width of an interval for `payoff`; 0 if it is exact.
    pub half_width: f64,
}

/// The end of a double oracle.
#[derive(Debug, Clone, PartialEq)]
pub struct DoubleOracle<R, C> {
    /// The rows that were tried, in order of coming.
    pub rows: Vec<R>,
    /// The columns that were tried.
    pub columns: Vec<C>,
    /// The payoffs among them.
    pub payoff: Matrix,
    /// The equilibrium of the last small game.
    pub solution: Solution,
    /// Games solved.
    pub steps: usize,
    /// What the row player could still gain, by the last answer.
    pub row_gain: f64,
    /// What the column player could still gain.
    pub column_gain: f64,
    /// Did both oracles run out of gains? If not, `max_steps` was reached.
    pub converged: bool,
}

/// What is asked of the players and of the game.
pub struct Oracles<P, R, C> {
    /// The row player's payoff for two arms. Asked once a pair.
    pub payoff: P,
    /// The best row against a mixture of columns (pairs of arm and probability, all above 0).
    pub best_row: R,
    /// The best column, the one that leaves the row player least, against a mixture of rows.
    pub best_column: C,
}

/// Runs a double oracle from one arm each.
///
/// A gain of at most `tolerance` or of at most its half-width is none, and neither is an answer that is in the game already.
/// On finite sets of arms, with exact oracles, it ends with an equilibrium of the whole game after at most as many steps as
/// both have arms.
///
/// # Errors
/// [`GameError`] of a payoff, of the solver, or for `max_steps` = 0.
pub fn double_oracle<A, B, P, R, C>(
    start: (A, B),
    mut oracles: Oracles<P, R, C>,
    tolerance: f64,
    max_steps: usize,
) -> Result<DoubleOracle<A, B>, GameError>
where
    A: Clone + PartialEq,
    B: Clone + PartialEq,
    P: FnMut(&A, &B) -> f64,
    R: FnMut(&[(B, f64)]) -> Response<A>,
    C: FnMut(&[(A, f64)]) -> Response<B>,
{
    if max_steps == 0 {
        return Err(GameError::Parameter { name: "max_steps", value: 0.0, allowed: "at least one game is solved" });
    }
    let mut cells = vec![vec![(oracles.payoff)(&start.0, &start.1)]];
    let (mut rows, mut columns) = (vec![start.0], vec![start.1]);
    let mut steps = 0;
    loop {
        steps += 1;
        let payoff = Matrix::new(&cells)?;
        let solution = solve(&payoff)?;
        let row = (oracles.best_row)(&played(&columns, &solution.column));
        let column = (oracles.best_column)(&played(&rows, &solution.row));
        let (row_gain, column_gain) = (row.payoff - solution.value, solution.value - column.payoff);
        let new_row = row_gain > tolerance.max(row.half_width) && !rows.contains(&row.arm);
        let new_column = column_gain > tolerance.max(column.half_width) && !columns.contains(&column.arm);
        let converged = !(new_row || new_column);
        if converged || steps == max_steps {
            return Ok(DoubleOracle { rows, columns, payoff, solution, steps, row_gain, column_gain, converged });
        }
        if new_row {
            cells.push(columns.iter().map(|c| (oracles.payoff)(&row.arm, c)).collect());
            rows.push(row.arm);
        }
        if new_column {
            for (r, line) in rows.iter().zip(&mut cells) {
                line.push((oracles.payoff)(r, &column.arm));
            }
            columns.push(column.arm);
        }
    }
}

fn played<A: Clone>(arms: &[A], mixture: &[f64]) -> Vec<(A, f64)> {
    arms.iter().cloned().zip(mixture.iter().copied()).filter(|(_, p)| *p > 0.0).collect()
}

/// A grid of parameters: all combinations of the values of each axis. An arm is a point of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    axes: Vec<Vec<f64>>,
}

impl Grid {
    /// A grid of these axes.
    ///
    /// # Errors
    /// [`GameError::Parameter`]: an axis without values or with one that is not finite, or more than 10⁷ points.
    pub fn new(axes: Vec<Vec<f64>>) -> Result<Grid, GameError> {
        if let Some(&value) = axes.iter().flatten().find(|v| !v.is_finite()) {
            return Err(GameError::Parameter { name: "value on an axis", value, allowed: "values are finite" });
        }
        let points: f64 = axes.iter().map(|a| a.len() as f64).product();
        if !(1.0..=1e7).contains(&points) {
            return Err(GameError::Parameter { name: "points", value: points, allowed: "a grid has 1 to 1e7 points" });
        }
        Ok(Grid { axes })
    }

    /// The points, the last axis fastest.
    pub fn points(&self) -> impl Iterator<Item = Vec<f64>> + '_ {
        let count: usize = self.axes.iter().map(Vec::len).product();
        (0..count).map(|mut k| {
            let mut point = vec![0.0; self.axes.len()];
            for (value, axis) in point.iter_mut().zip(&self.axes).rev() {
                *value = axis[k % axis.len()];
                k /= axis.len();
            }
            point
        })
    }

    /// The point with the greatest value, the first of several, and that value; values that are not numbers are passed over.
    pub fn best(&self, mut value: impl FnMut(&[f64]) -> f64) -> Option<(Vec<f64>, f64)> {
        let mut best: Option<(Vec<f64>, f64)> = None;
        for point in self.points() {
            let v = value(&point);
            if v > best.as_ref().map_or(f64::NEG_INFINITY, |b| b.1) {
                best = Some((point, v));
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classic::blotto;
    use crate::nash_conv;

    fn over(payoff: &Matrix, max_steps: usize) -> DoubleOracle<usize, usize> {
        let whole = |arms: usize, mixture: &[(usize, f64)]| {
            let mut all = vec![0.0; arms];
            mixture.iter().for_each(|&(k, p)| all[k] = p);
            all
        };
        let oracles = Oracles {
            payoff: |&i: &usize, &j: &usize| payoff.get(i, j),
            best_row: |y: &[(usize, f64)]| {
                let best = crate::best_row(payoff, &whole(payoff.columns(), y)).unwrap();
                Response { arm: best.arm, payoff: best.payoff, half_width: 0.0 }
            },
            best_column: |x: &[(usize, f64)]| {
                let losses = payoff.map(|a| -a).unwrap();
                let best = crate::best_column(&losses, &whole(payoff.rows(), x)).unwrap();
                Response { arm: best.arm, payoff: -best.payoff, half_width: 0.0 }
            },
        };
        double_oracle((0, 0), oracles, 1e-9, max_steps).unwrap()
    }

    #[test]
    fn few_arms_solve_the_whole_game() {
        let payoff = blotto(6, 5, 3).unwrap();
        let end = over(&payoff, 49);
        assert!(end.converged && end.steps <= 49, "{} steps", end.steps);
        assert!((end.solution.value - 4.0 / 9.0).abs() < 1e-9);
        // the mixtures are an equilibrium of the whole game
        let (mut x, mut y) = (vec![0.0; 28], vec![0.0; 21]);
        end.rows.iter().zip(&end.solution.row).for_each(|(&i, &p)| x[i] = p);
        end.columns.iter().zip(&end.solution.column).for_each(|(&j, &p)| y[j] = p);
        assert!(nash_conv(&payoff, &x, &y).unwrap() < 1e-8);
        let early = over(&payoff, 2);
        assert!(!early.converged && early.steps == 2 && early.row_gain.max(early.column_gain) > 0.1);
    }

    #[test]
    fn a_gain_within_its_half_width_is_none() {
        let oracles = Oracles {
            payoff: |&a: &u32, &b: &u32| f64::from(a) - f64::from(b),
            best_row: |_: &[(u32, f64)]| Response { arm: 5, payoff: 5.0, half_width: 6.0 },
            best_column: |_: &[(u32, f64)]| Response { arm: 0, payoff: 0.0, half_width: 0.0 },
        };
        let end = double_oracle((0, 0), oracles, 0.0, 10).unwrap();
        assert!(end.converged && end.steps == 1 && end.row_gain == 5.0);
    }

    #[test]
    fn a_continuous_game_on_a_grid() {
        // payoff (x − y)²: the row player mixes 0 and 1, the column player sits in the middle; the value is 1/4
        let grid = Grid::new(vec![(0..=20).map(|k| f64::from(k) / 20.0).collect()]).unwrap();
        let payoff = |x: &[f64], y: &[f64]| (x[0] - y[0]) * (x[0] - y[0]);
        let mean =
            |mix: &[(Vec<f64>, f64)], at: &dyn Fn(&[f64]) -> f64| mix.iter().map(|(a, p)| p * at(a)).sum::<f64>();
        let oracles = Oracles {
            payoff: |x: &Vec<f64>, y: &Vec<f64>| payoff(x, y),
            best_row: |mix: &[(Vec<f64>, f64)]| {
                let (arm, payoff) = grid.best(|x| mean(mix, &|y| payoff(x, y))).unwrap();
                Response { arm, payoff, half_width: 0.0 }
            },
            best_column: |mix: &[(Vec<f64>, f64)]| {
                let (arm, payoff) = grid.best(|y| -mean(mix, &|x| payoff(x, y))).unwrap();
                Response { arm, payoff: -payoff, half_width: 0.0 }
            },
        };
        let end = double_oracle((vec![0.3], vec![0.1]), oracles, 1e-9, 40).unwrap();
        assert!(end.converged && (end.solution.value - 0.25).abs() < 1e-9, "{end:?}");
    }

    #[test]
    fn grids_have_all_points_in_order() {
        let grid = Grid::new(vec![vec![1.0, 2.0], vec![3.0, 4.0]]).unwrap();
        assert_eq!(grid.points().collect::<Vec<_>>(), [[1.0, 3.0], [1.0, 4.0], [2.0, 3.0], [2.0, 4.0]]);
        assert!(Grid::new(vec![vec![]]).is_err() && Grid::new(vec![vec![f64::NAN]]).is_err());
        assert_eq!(grid.best(|_| f64::NAN), None);
    }
}
