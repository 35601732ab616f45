//! Fictitious play (Brown 1951; convergence in zero-sum games: Robinson 1951), and the best response to the last w rounds.

use super::learner::{Information, Learner, Observation};
use super::memory::Memory;
use crate::GameError;
use crate::matrix::argmax;

/// Plays the arm that would have had the most so far; ties go to the lowest arm, and so does the first round. With a window
/// it is the best response with a memory of w rounds; with a window of 1, Cournot's reply to what was just seen.
#[derive(Debug, Clone)]
pub struct FictitiousPlay {
    memory: Memory,
    windowed: bool,
    mixture: Vec<f64>,
    arm: usize,
}

impl FictitiousPlay {
    /// Over all rounds, or over the last `window` ones.
    ///
    /// # Errors
    /// [`GameError::Parameter`] without an arm or with a window of 0.
    pub fn new(arms: usize, window: Option<usize>) -> Result<FictitiousPlay, GameError> {
        let memory = Memory::new(arms, window)?;
        let mut mixture = vec![0.0; arms];
        mixture[0] = 1.0;
        Ok(FictitiousPlay { memory, windowed: window.is_some(), mixture, arm: 0 })
    }
}

impl Learner for FictitiousPlay {
    fn name(&self) -> &'static str {
        if self.windowed { "best-response" } else { "fictitious-play" }
    }

    fn information(&self) -> Information {
        Information::Full
    }

    fn mixture(&self) -> &[f64] {
        &self.mixture
    }

    fn observe(&mut self, seen: &Observation<'_>) {
        let Some(gains) = seen.gains else { return };
        self.memory.add(gains);
        self.mixture[self.arm] = 0.0;
        self.arm = argmax(self.memory.totals());
        self.mixture[self.arm] = 1.0;
    }
}
