//! Win-stay, lose-shift (Robbins 1952; Nowak & Sigmund 1993): "not the same mistake twice".

use super::learner::{Information, Learner, Observation, check_arms};
use crate::GameError;

/// Stays with its arm as long as it gets at least `aspiration`, else shifts to another arm, each with the same chance. News
/// that come late about an arm that was already left change nothing.
#[derive(Debug, Clone)]
pub struct WinStayLoseShift {
    aspiration: f64,
    arm: Option<usize>,
    mixture: Vec<f64>,
}

impl WinStayLoseShift {
    /// A payoff below `aspiration` is a loss. The first arm is any, with the same chance.
    ///
    /// # Errors
    /// [`GameError::Parameter`] without an arm, or with an aspiration that is not a number.
    pub fn new(arms: usize, aspiration: f64) -> Result<WinStayLoseShift, GameError> {
        check_arms(arms)?;
        if aspiration.is_nan() {
            return Err(GameError::Parameter { name: "aspiration", value: aspiration, allowed: "it is a payoff" });
        }
        Ok(WinStayLoseShift { aspiration, arm: None, mixture: vec![1.0 / arms as f64; arms] })
    }
}

impl Learner for WinStayLoseShift {
    fn name(&self) -> &'static str {
        "win-stay-lose-shift"
    }

    fn information(&self) -> Information {
        Information::Bandit
    }

    fn mixture(&self) -> &[f64] {
        &self.mixture
    }

    fn played(&mut self, arm: usize) {
        if self.arm != Some(arm) {
            self.arm = Some(arm);
            self.mixture.fill(0.0);
            self.mixture[arm] = 1.0;
        }
    }

    fn observe(&mut self, seen: &Observation<'_>) {
        let arms = self.mixture.len();
        if seen.arm.is_some() && seen.arm == self.arm && seen.gain < self.aspiration && arms > 1 {
            self.mixture.fill(1.0 / (arms - 1) as f64);
            self.mixture[seen.arm.unwrap_or(0)] = 0.0;
            self.arm = None;
        }
    }
}
