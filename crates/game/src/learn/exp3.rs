//! EXP3: Hedge for a player who sees only the payoff of the arm that was played (Auer, Cesa-Bianchi, Freund & Schapire 2002;
//! in the form with losses and without forced exploration, Bubeck & Cesa-Bianchi 2012, theorem 3.1).

use super::hedge::softmax;
use super::learner::{Information, Learner, Observation, Scale, check_arms, check_rate, check_rounds};
use crate::GameError;

/// Weights exp(−η · sum of estimated losses), where the loss of the played arm, in [0, 1], is divided by its probability.
/// With η = √(2 ln N / (T N)) the pseudo-regret after T rounds is at most √(2 T N ln N) widths of the payoffs.
#[derive(Debug, Clone)]
pub struct Exp3 {
    eta: f64,
    scale: Scale,
    /// Minus the estimated losses.
    totals: Vec<f64>,
    mixture: Vec<f64>,
}

impl Exp3 {
    /// With the rate that is best for so many rounds; payoffs outside of the scale are taken as its nearest end.
    ///
    /// # Errors
    /// [`GameError::Parameter`] without an arm or a round.
    pub fn tuned(arms: usize, rounds: u64, scale: Scale) -> Result<Exp3, GameError> {
        check_arms(arms)?;
        let eta = (2.0 * libm::log(arms as f64) / (check_rounds(rounds)? * arms as f64)).sqrt();
        Exp3::new(arms, eta, scale)
    }

    /// With a rate per width of the scale.
    ///
    /// # Errors
    /// [`GameError::Parameter`].
    pub fn new(arms: usize, eta: f64, scale: Scale) -> Result<Exp3, GameError> {
        check_arms(arms)?;
        let mixture = vec![1.0 / arms as f64; arms];
        Ok(Exp3 { eta: check_rate(eta)?, scale, totals: vec![0.0; arms], mixture })
    }

    /// The rate, per width of the scale.
    pub fn eta(&self) -> f64 {
        self.eta
    }

    /// √(2 T N ln N) times the width of the payoffs: the bound of the pseudo-regret of a tuned EXP3.
    pub fn regret_bound(arms: usize, rounds: u64, scale: Scale) -> f64 {
        (2.0 * rounds as f64 * arms as f64 * libm::log(arms as f64)).sqrt() * scale.width()
    }
}

impl Learner for Exp3 {
    fn name(&self) -> &'static str {
        "exp3"
    }

    fn information(&self) -> Information {
        Information::Bandit
    }

    fn mixture(&self) -> &[f64] {
        &self.mixture
    }

    fn observe(&mut self, seen: &Observation<'_>) {
        let Some(arm) = seen.arm else { return };
        let loss = ((self.scale.hi - seen.gain) / self.scale.width()).clamp(0.0, 1.0);
        self.totals[arm] -= loss / seen.mixture[arm];
        softmax(&self.totals, self.eta, &mut self.mixture);
    }
}
