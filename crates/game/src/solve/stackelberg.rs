//! Commitment: the leader announces a mixture, the follower answers it best (von Stackelberg 1934).
//!
//! One linear programme for each arm of the follower (Conitzer & Sandholm, EC 2006): the best mixture of the leader among
//! those against which that arm is a best answer. Ties of the follower go to the leader (a "strong" Stackelberg
//! equilibrium): the leader can always make the wanted answer strictly best at the price of an arbitrarily small change.
//! A leader never gets less than in any Nash equilibrium.

use super::programme::{mixture, run};
use crate::{Bimatrix, GameError, Side};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use serde::{Deserialize, Serialize};

/// A mixture to announce, and what comes of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// Who announces.
    pub leader: Side,
    /// The leader's mixture.
    pub mixture: Vec<f64>,
    /// The follower's answer, counted from 0.
    pub answer: usize,
    /// What the leader gets.
    pub leader_payoff: f64,
    /// What the follower gets.
    pub follower_payoff: f64,
    /// How much the follower could gain by another answer, ≥ 0: 0 but for rounding (below 1e-9 of the follower's range).
    pub follower_gain: f64,
}

/// The best mixture to commit to. One programme an arm of the follower.
///
/// # Errors
/// [`GameError::Programme`] if the solver fails on all arms.
///
/// ```
/// use hydranet_game::{Bimatrix, Matrix, Side, commit};
/// let leader = Matrix::new([[2.0, 4.0], [1.0, 3.0]])?;
/// let follower = Matrix::new([[1.0, 0.0], [0.0, 1.0]])?;
/// let plan = commit(&Bimatrix::new(leader, follower)?, Side::Row)?;
/// assert!((plan.leader_payoff - 3.5).abs() < 1e-9); // the only Nash equilibrium gives 2
/// # Ok::<(), hydranet_game::GameError>(())
/// ```
pub fn commit(game: &Bimatrix, leader: Side) -> Result<Commitment, GameError> {
    let seated = if leader == Side::Row { game.clone() } else { game.exchanged() };
    let (own, other) = (seated.row().scaled(), seated.column().scaled());
    let mut best: Option<Commitment> = None;
    let mut failure = None;
    for answer in 0..own.columns() {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let weights: Vec<Variable> = (0..own.rows()).map(|i| problem.add_var(own.get(i, answer), (0.0, 1.0))).collect();
        for k in (0..own.columns()).filter(|&k| k != answer) {
            let row: Vec<(Variable, f64)> =
                weights.iter().enumerate().map(|(i, &w)| (w, other.get(i, answer) - other.get(i, k))).collect();
            problem.add_constraint(row, ComparisonOp::Ge, 0.0);
        }
        let sum: Vec<(Variable, f64)> = weights.iter().map(|&w| (w, 1.0)).collect();
        problem.add_constraint(sum, ComparisonOp::Eq, 1.0);
        match run(&problem, &weights) {
            Ok(Some(weights)) => {
                let plan = outcome(&seated, leader, mixture(&weights), answer);
                if best.as_ref().is_none_or(|b| plan.leader_payoff > b.leader_payoff) {
                    best = Some(plan);
                }
            }
            Ok(None) => {}
            Err(message) => failure = failure.or(Some(GameError::Programme { arm: answer + 1, message })),
        }
    }
    best.ok_or_else(|| {
        failure.unwrap_or(GameError::Programme { arm: 1, message: "the follower has no best answer".into() })
    })
}

fn outcome(seated: &Bimatrix, leader: Side, mixture: Vec<f64>, answer: usize) -> Commitment {
    let follower = seated.column().against_rows(&mixture);
    let gain = crate::matrix::greatest(&follower) - follower[answer];
    Commitment {
        leader,
        leader_payoff: seated.row().against_rows(&mixture)[answer],
        follower_payoff: follower[answer],
        follower_gain: gain,
        mixture,
        answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Matrix;

    fn textbook() -> Bimatrix {
        let leader = Matrix::new([[2.0, 4.0], [1.0, 3.0]]).unwrap();
        let follower = Matrix::new([[1.0, 0.0], [0.0, 1.0]]).unwrap();
        Bimatrix::new(leader, follower).unwrap()
    }

    #[test]
    fn commitment_beats_the_nash_equilibrium() {
        for (game, leader) in [(textbook(), Side::Row), (textbook().exchanged(), Side::Column)] {
            let plan = commit(&game, leader).unwrap();
            assert!((plan.leader_payoff - 3.5).abs() < 1e-9 && plan.answer == 1, "{plan:?}");
            assert!((plan.mixture[0] - 0.5).abs() < 1e-9 && plan.follower_gain < 1e-9);
            assert!((plan.follower_payoff - 0.5).abs() < 1e-9);
        }
        // the other side leads: announcing the first column, it is answered by the first row
        let plan = commit(&textbook(), Side::Column).unwrap();
        assert!((plan.leader_payoff - 1.0).abs() < 1e-9 && plan.mixture[0] > 1.0 - 1e-9);
    }

    #[test]
    fn in_a_zero_sum_game_commitment_gives_the_value() {
        let payoff = Matrix::new([[3.0, 1.0, 4.0], [2.0, 0.0, 3.0], [1.0, 5.0, 2.0]]).unwrap();
        let game = Bimatrix::zero_sum(payoff);
        assert!((commit(&game, Side::Row).unwrap().leader_payoff - 7.0 / 3.0).abs() < 1e-9);
        assert!((commit(&game, Side::Column).unwrap().leader_payoff + 7.0 / 3.0).abs() < 1e-9);
    }
}
