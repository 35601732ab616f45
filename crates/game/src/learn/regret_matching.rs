//! Regret matching+ (Tammelin 2014; Tammelin, Burch, Johanson & Bowling, IJCAI 2015).

use super::learner::{Information, Learner, Observation, check_arms};
use crate::GameError;
use crate::matrix::dot;

/// Plays arms in proportion to how much more they would have had than the mixture, where a sum that falls below 0 starts
/// again at 0. It has no rate to set; its regret is at most √(N T) widths of the payoffs.
#[derive(Debug, Clone)]
pub struct RegretMatchingPlus {
    regrets: Vec<f64>,
    mixture: Vec<f64>,
}

impl RegretMatchingPlus {
    /// A learner of so many arms.
    ///
    /// # Errors
    /// [`GameError::Parameter`] without an arm.
    pub fn new(arms: usize) -> Result<RegretMatchingPlus, GameError> {
        check_arms(arms)?;
        Ok(RegretMatchingPlus { regrets: vec![0.0; arms], mixture: vec![1.0 / arms as f64; arms] })
    }
}

impl Learner for RegretMatchingPlus {
    fn name(&self) -> &'static str {
        "regret-matching-plus"
    }

    fn information(&self) -> Information {
        Information::Full
    }

    fn mixture(&self) -> &[f64] {
        &self.mixture
    }

    fn observe(&mut self, seen: &Observation<'_>) {
        let Some(gains) = seen.gains else { return };
        let mean = dot(gains, seen.mixture);
        self.regrets.iter_mut().zip(gains).for_each(|(r, g)| *r = (*r + g - mean).max(0.0));
        let sum: f64 = self.regrets.iter().sum();
        let even = 1.0 / self.mixture.len() as f64;
        self.mixture.iter_mut().zip(&self.regrets).for_each(|(p, r)| *p = if sum > 0.0 { r / sum } else { even });
    }
}
