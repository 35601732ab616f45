//! Players who do not learn: one mixture for ever, drawn anew each round.

use super::learner::{Information, Learner, Observation};
use crate::{GameError, QuantalResponse, Side, Solution, check_mixture};

/// The same mixture in every round, independently.
#[derive(Debug, Clone)]
pub struct Fixed {
    name: &'static str,
    mixture: Vec<f64>,
}

impl Fixed {
    /// Any mixture.
    ///
    /// # Errors
    /// [`GameError::Mixture`].
    pub fn new(mixture: Vec<f64>) -> Result<Fixed, GameError> {
        check_mixture(Side::Row, &mixture, mixture.len().max(1))?;
        Ok(Fixed { name: "fixed", mixture })
    }

    /// One side of an equilibrium.
    pub fn equilibrium(solution: &Solution, side: Side) -> Fixed {
        let mixture = if side == Side::Row { &solution.row } else { &solution.column };
        Fixed { name: "equilibrium", mixture: mixture.clone() }
    }

    /// One side of a quantal response equilibrium.
    pub fn quantal_response(point: &QuantalResponse, side: Side) -> Fixed {
        let mixture = if side == Side::Row { &point.row } else { &point.column };
        Fixed { name: "qre", mixture: mixture.clone() }
    }
}

impl Learner for Fixed {
    fn name(&self) -> &'static str {
        self.name
    }

    fn information(&self) -> Information {
        Information::Nothing
    }

    fn mixture(&self) -> &[f64] {
        &self.mixture
    }

    fn observe(&mut self, _: &Observation<'_>) {}
}
