//! Never where it was: another arm every round, whatever happened.

use super::learner::{Information, Learner, Observation, check_arms};
use crate::GameError;

/// Leaves its arm after every round for another one, each with the same chance; of a single arm there is no other.
#[derive(Debug, Clone)]
pub struct AlwaysMove {
    mixture: Vec<f64>,
}

impl AlwaysMove {
    /// The first arm is any, with the same chance.
    ///
    /// # Errors
    /// [`GameError::Parameter`] without an arm.
    pub fn new(arms: usize) -> Result<AlwaysMove, GameError> {
        check_arms(arms)?;
        Ok(AlwaysMove { mixture: vec![1.0 / arms as f64; arms] })
    }
}

impl Learner for AlwaysMove {
    fn name(&self) -> &'static str {
        "always-move"
    }

    fn information(&self) -> Information {
        Information::Nothing
    }

    fn mixture(&self) -> &[f64] {
        &self.mixture
    }

    fn played(&mut self, arm: usize) {
        let arms = self.mixture.len();
        if arms > 1 {
            self.mixture.fill(1.0 / (arms - 1) as f64);
            self.mixture[arm] = 0.0;
        }
    }

    fn observe(&mut self, _: &Observation<'_>) {}
}
