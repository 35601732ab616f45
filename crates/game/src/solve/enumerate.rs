//! All extreme equilibria of a small bimatrix game, by pairs of vertices of the best-response polytopes (Mangasarian 1964;
//! von Stengel 2002). Slow, obvious, and right on degenerate games, where enumeration of supports finds nothing: an
//! equilibrium is a pair of vertices such that every arm of either player is unused or a best answer.

use crate::linear::solve;
use crate::{Bimatrix, GameError, Matrix};
use serde::{Deserialize, Serialize};

/// An equilibrium of a bimatrix game.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Equilibrium {
    /// The row player's mixture.
    pub row: Vec<f64>,
    /// The column player's mixture.
    pub column: Vec<f64>,
    /// What the row player gets.
    pub row_payoff: f64,
    /// What the column player gets.
    pub column_payoff: f64,
}

/// Systems that are solved at most, each player: C(20, 10).
const SYSTEMS: f64 = 184_756.0;

/// Below this a slack is none; cells are in [1, 2].
const TIGHT: f64 = 1e-9;

/// All extreme equilibria, in order of the row player's mixture. O(C(n + m, n) · n³).
///
/// # Errors
/// [`GameError::TooLarge`] beyond 184,756 systems of equations, as 10 × 10 arms have them.
pub fn equilibria(game: &Bimatrix) -> Result<Vec<Equilibrium>, GameError> {
    let (n, m) = (game.row().rows(), game.row().columns());
    let systems = (1..=n.min(m)).map(|k| (n.max(m) + k) as f64 / k as f64).product::<f64>();
    if systems > SYSTEMS * 1.001 {
        return Err(GameError::TooLarge { pairs: systems, allowed: SYSTEMS });
    }
    // labels 0..n: row i unused or best; n..n + m: column j unused or best
    let rows = vertices(&game.column().scaled().transposed());
    let columns = vertices(&game.row().scaled());
    let mut found = Vec::new();
    for (x, used) in &rows {
        for (y, other) in &columns {
            let met = (0..n).all(|i| used[i] || other[m + i]) && (0..m).all(|j| used[n + j] || other[j]);
            if met {
                found.push(Equilibrium {
                    row_payoff: game.row().mean(x, y),
                    column_payoff: game.column().mean(x, y),
                    row: x.clone(),
                    column: y.clone(),
                });
            }
        }
    }
    Ok(found)
}

/// The vertices other than 0 of {z ≥ 0, M z ≤ 1} with M = payoffs + 1.5 in [1, 2], as mixtures, and which of the
/// inequalities (first z_k ≥ 0, then the rows of M) are tight.
fn vertices(payoff: &Matrix) -> Vec<(Vec<f64>, Vec<bool>)> {
    let (arms, answers) = (payoff.columns(), payoff.rows());
    let mut found: Vec<(Vec<f64>, Vec<bool>)> = Vec::new();
    let mut chosen: Vec<usize> = (0..arms).collect();
    loop {
        if let Some(vertex) = vertex(payoff, &chosen)
            && found.iter().all(|(z, _)| z.iter().zip(&vertex.0).any(|(a, b)| (a - b).abs() > 1e-8))
        {
            found.push(vertex);
        }
        // the next combination in order
        let Some(k) = (0..arms).rev().find(|&k| chosen[k] < answers + k) else { break };
        chosen[k] += 1;
        (k + 1..arms).for_each(|l| chosen[l] = chosen[l - 1] + 1);
    }
    found.sort_by(|a, b| {
        a.0.iter().zip(&b.0).map(|(a, b)| a.total_cmp(b)).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
    found
}

fn vertex(payoff: &Matrix, tight: &[usize]) -> Option<(Vec<f64>, Vec<bool>)> {
    let arms = payoff.columns();
    if tight[arms - 1] < arms {
        return None; // the origin
    }
    let mut system = vec![0.0; arms * arms];
    let mut right = vec![0.0; arms];
    for (row, &k) in tight.iter().enumerate() {
        let cells = &mut system[row * arms..(row + 1) * arms];
        if k < arms {
            cells[k] = 1.0;
        } else {
            cells.iter_mut().zip(payoff.row(k - arms)).for_each(|(c, a)| *c = a + 1.5);
            right[row] = 1.0;
        }
    }
    let z = solve(system, right, 1e-11)?;
    let slack = (0..payoff.rows()).map(|r| 1.0 - payoff.row(r).iter().zip(&z).map(|(a, z)| (a + 1.5) * z).sum::<f64>());
    let all: Vec<f64> = z.iter().copied().chain(slack).collect();
    if all.iter().any(|&s| s < -TIGHT) {
        return None;
    }
    let sum: f64 = z.iter().map(|z| z.max(0.0)).sum();
    Some((
        z.iter().map(|z| if *z <= TIGHT { 0.0 } else { z / sum }).collect(),
        all.iter().map(|&s| s <= TIGHT).collect(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gains;

    fn check(a: &[&[f64]], b: &[&[f64]], want: usize) -> Vec<Equilibrium> {
        let game = Bimatrix::new(Matrix::new(a).unwrap(), Matrix::new(b).unwrap()).unwrap();
        let found = equilibria(&game).unwrap();
        for e in &found {
            assert!(gains(&game, &e.row, &e.column).unwrap().nash_conv() < 1e-9, "{e:?}");
        }
        assert_eq!(found.len(), want, "{found:?}");
        found
    }

    #[test]
    fn equilibria_are_all_found() {
        // battle of the sexes: two pure ones and a mixed one
        let found = check(&[&[3.0, 0.0], &[0.0, 2.0]], &[&[2.0, 0.0], &[0.0, 3.0]], 3);
        assert!((found[1].row[0] - 0.6).abs() < 1e-12 && (found[1].column[0] - 0.4).abs() < 1e-12);
        // the game of commitment has one, in which the leader gets 2
        assert_eq!(check(&[&[2.0, 4.0], &[1.0, 3.0]], &[&[1.0, 0.0], &[0.0, 1.0]], 1)[0].row_payoff, 2.0);
        // degenerate: any mixture of the rows against the first column
        check(&[&[1.0, 0.0], &[1.0, 1.0]], &[&[1.0, 0.0], &[1.0, 0.0]], 2);
    }

    #[test]
    fn large_games_are_refused() {
        let a = Matrix::from_fn(11, 11, |i, j| (i * j) as f64).unwrap();
        assert!(matches!(equilibria(&Bimatrix::zero_sum(a)), Err(GameError::TooLarge { .. })));
    }
}
