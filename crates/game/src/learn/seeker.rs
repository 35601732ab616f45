//! A seeker who knows the rule by which another player hides, and searches the likeliest place.

use super::learner::{Information, Learner, Observation};
use crate::GameError;
use crate::classic::{Hider, places_checked};
use crate::matrix::argmax;

/// Keeps the chance of each place by Bayes' rule and searches the likeliest one, the first of several: the best answer to every
/// [`Hider`]. A search of payoff above ½ has found what it was after.
#[derive(Debug, Clone)]
pub struct Seeker {
    rule: Hider,
    belief: Vec<f64>,
    mixture: Vec<f64>,
}

impl Seeker {
    /// A seeker of somebody who hides by this rule.
    ///
    /// # Errors
    /// [`GameError::Parameter`] below two places.
    pub fn new(places: u32, rule: Hider) -> Result<Seeker, GameError> {
        let n = places_checked(places)? as usize;
        let mut seeker = Seeker { rule, belief: vec![1.0 / n as f64; n], mixture: vec![0.0; n] };
        seeker.mixture[0] = 1.0;
        Ok(seeker)
    }

    /// The place to search next.
    pub fn search(&self) -> usize {
        argmax(&self.belief)
    }

    /// What a search told, and what one who knows the rule expects of the move after it. O(places).
    pub fn told(&mut self, searched: usize, hit: bool) {
        let n = self.belief.len();
        if hit {
            self.belief.fill(0.0);
            self.belief[searched] = 1.0;
        } else {
            self.belief[searched] = 0.0;
            let sum: f64 = self.belief.iter().sum();
            self.belief.iter_mut().for_each(|b| *b /= sum);
        }
        if self.rule == Hider::Equilibrium {
            self.belief.fill(1.0 / n as f64);
        } else if self.rule.moves(hit) {
            self.belief.iter_mut().for_each(|b| *b = (1.0 - *b) / (n - 1) as f64);
        }
        self.mixture.fill(0.0);
        self.mixture[argmax(&self.belief)] = 1.0;
    }
}

impl Learner for Seeker {
    fn name(&self) -> &'static str {
        "seeker"
    }

    fn information(&self) -> Information {
        Information::Bandit
    }

    fn mixture(&self) -> &[f64] {
        &self.mixture
    }

    fn observe(&mut self, seen: &Observation<'_>) {
        if let Some(arm) = seen.arm {
            self.told(arm, seen.gain > 0.5);
        }
    }
}
