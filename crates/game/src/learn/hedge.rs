//! Hedge, or multiplicative weights (Littlestone & Warmuth 1994; Freund & Schapire 1997; Cesa-Bianchi & Lugosi 2006, ch. 2).

use super::learner::{Information, Learner, Observation, Scale, check_arms, check_rate, check_rounds};
use super::memory::Memory;
use crate::GameError;
use crate::matrix::greatest;

/// Weights exp(η · sum of gains). With η = √(8 ln N / T) over payoffs of width 1 the regret of the mixtures after T rounds
/// is at most √(T ln N / 2), against any opponent.
#[derive(Debug, Clone)]
pub struct Hedge {
    eta: f64,
    memory: Memory,
    mixture: Vec<f64>,
}

impl Hedge {
    /// With the rate that is best for so many rounds, over payoffs of this scale.
    ///
    /// # Errors
    /// [`GameError::Parameter`] without an arm or a round.
    pub fn tuned(arms: usize, rounds: u64, scale: Scale) -> Result<Hedge, GameError> {
        check_arms(arms)?;
        let eta = (8.0 * libm::log(arms as f64) / check_rounds(rounds)?).sqrt() / scale.width();
        Hedge::new(arms, eta, None)
    }

    /// With a rate in units of 1/payoff, over all rounds or the last `window` ones.
    ///
    /// # Errors
    /// [`GameError::Parameter`].
    pub fn new(arms: usize, eta: f64, window: Option<usize>) -> Result<Hedge, GameError> {
        let memory = Memory::new(arms, window)?;
        Ok(Hedge { eta: check_rate(eta)?, memory, mixture: vec![1.0 / arms as f64; arms] })
    }

    /// The rate, in units of 1/payoff.
    pub fn eta(&self) -> f64 {
        self.eta
    }

    /// √(T ln N / 2) times the width of the payoffs: the most that the mixtures of a tuned Hedge can regret.
    pub fn regret_bound(arms: usize, rounds: u64, scale: Scale) -> f64 {
        (rounds as f64 * libm::log(arms as f64) / 2.0).sqrt() * scale.width()
    }
}

impl Learner for Hedge {
    fn name(&self) -> &'static str {
        "hedge"
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
        softmax(self.memory.totals(), self.eta, &mut self.mixture);
    }
}

/// p ∝ exp(η · total), without overflow.
pub(super) fn softmax(totals: &[f64], eta: f64, out: &mut [f64]) {
    let top = greatest(totals);
    let mut sum = 0.0;
    for (p, total) in out.iter_mut().zip(totals) {
        *p = libm::exp(eta * (total - top));
        sum += *p;
    }
    out.iter_mut().for_each(|p| *p /= sum);
}
