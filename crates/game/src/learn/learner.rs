//! What a learner is: a mixture for the next round that depends on what it has seen, and on nothing else.
//!
//! Learners draw nothing themselves. [`crate::play()`] draws arms from their mixtures, each player on a stream of its own, so
//! that a learner is a deterministic function of its history and can also be played in expectation, without any draw.

use crate::{GameError, Matrix};
use hydranet_topology::{Draw, TrialRng};
use serde::{Deserialize, Serialize};

/// What a player is told after a round. Each is told at least as much as the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Information {
    /// Nothing.
    Nothing,
    /// The payoff of the arm that was played.
    Bandit,
    /// The payoff that each arm would have had.
    Full,
}

impl Information {
    /// As in a spec: `nothing`, `bandit`, `full`.
    pub const fn name(self) -> &'static str {
        match self {
            Information::Nothing => "nothing",
            Information::Bandit => "bandit",
            Information::Full => "full",
        }
    }
}

/// What a player is told about one past round.
#[derive(Debug, Clone, Copy)]
pub struct Observation<'a> {
    /// The mixture from which the arm was drawn.
    pub mixture: &'a [f64],
    /// The arm that was played; `None` where mixtures are played in expectation.
    pub arm: Option<usize>,
    /// What was got, in the player's own payoff: more is better.
    pub gain: f64,
    /// What each arm would have got; `None` under [`Information::Bandit`].
    pub gains: Option<&'a [f64]>,
}

/// A player that learns.
pub trait Learner {
    /// Its name, in the field's words.
    fn name(&self) -> &'static str;

    /// What it must be told. [`crate::play()`] refuses a learner that is told less.
    fn information(&self) -> Information;

    /// The mixture for the next round.
    fn mixture(&self) -> &[f64];

    /// The arm that was drawn for this round; a player knows its own arm without delay.
    fn played(&mut self, arm: usize) {
        let _ = arm;
    }

    /// Learns from one past round. Rounds come in their order, each once.
    fn observe(&mut self, seen: &Observation<'_>);
}

/// The least and the greatest payoff that can occur: learning rates are relative to it. Fix it for a whole study: rates
/// that follow each game's own range compare nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// The least payoff.
    pub lo: f64,
    /// The greatest payoff, ≥ `lo`.
    pub hi: f64,
}

impl Scale {
    /// The range of the payoffs of one matrix.
    pub fn of(payoff: &Matrix) -> Scale {
        let (lo, hi) = payoff.bounds();
        Scale { lo, hi }
    }

    /// A range that holds the payoffs of all of these.
    pub fn of_all<'a>(payoffs: impl IntoIterator<Item = &'a Matrix>) -> Scale {
        payoffs.into_iter().map(Scale::of).fold(Scale { lo: f64::INFINITY, hi: f64::NEG_INFINITY }, |a, b| Scale {
            lo: a.lo.min(b.lo),
            hi: a.hi.max(b.hi),
        })
    }

    /// The width; 1 where all payoffs are equal, so that a rate is finite.
    pub fn width(self) -> f64 {
        if self.hi > self.lo { self.hi - self.lo } else { 1.0 }
    }
}

/// An arm of a mixture, by inversion: one draw. O(arms).
pub fn draw(mixture: &[f64], rng: &mut TrialRng) -> usize {
    let mut left = rng.unit();
    let mut last = 0;
    for (arm, &p) in mixture.iter().enumerate() {
        if p > 0.0 {
            if left < p {
                return arm;
            }
            left -= p;
            last = arm;
        }
    }
    last
}

/// Arms and rounds of a learner, checked.
pub(super) fn check_arms(arms: usize) -> Result<(), GameError> {
    if arms == 0 {
        return Err(GameError::Parameter { name: "arms", value: 0.0, allowed: "a learner has at least one arm" });
    }
    Ok(())
}

pub(super) fn check_rate(rate: f64) -> Result<f64, GameError> {
    if !(rate.is_finite() && rate >= 0.0) {
        return Err(GameError::Parameter {
            name: "eta",
            value: rate,
            allowed: "a learning rate is finite and at least 0",
        });
    }
    Ok(rate)
}

pub(super) fn check_rounds(rounds: u64) -> Result<f64, GameError> {
    if rounds == 0 {
        return Err(GameError::Parameter {
            name: "rounds",
            value: 0.0,
            allowed: "a rate is set for at least one round",
        });
    }
    Ok(rounds as f64)
}
