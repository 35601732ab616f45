//! How a mechanism joins the engine.
//!
//! A mechanism is a table of a [`Campaign`] (its parameters) and what it does and remembers in one trajectory (its
//! [`Acts`]). The engine calls a few hooks of all of them, always in the order of the list in `mechanisms.rs`:
//!
//! 1. `cycle`: in every cycle, before the defender acts;
//! 2. `resist` and `struck`: while the defender acts, before and after every effect of an action;
//! 3. `answer`: in every cycle, after the defender has acted;
//! 4. `report`, then `tell`: at every report.
//!
//! To add one: a file with its parameters and its `Acts`, a field of [`Campaign`], a line of the list. Every mechanism has
//! random streams of its own, so that one that is switched off leaves no trace in the others.

use crate::state::State;
use crate::{Churn, Hideouts, Sample};
use hydranet_topology::{Purpose, Trial, TrialRng, trial_rng};
use std::fmt::Debug;

/// The parameters of a mechanism.
pub(crate) trait Mechanism {
    /// What it does and remembers in one trajectory.
    type Acts: Acts;

    /// At time 0, in a network that has just been made.
    fn start(&self, start: &Start<'_>, state: &mut State) -> Self::Acts;
}

/// What a mechanism does in one trajectory. Every hook does nothing unless it says otherwise.
pub(crate) trait Acts: Debug {
    /// One cycle, before the defender acts.
    fn cycle(&mut self, _state: &mut State) {}

    /// Factor on the chance of success of an action that has taken effect `uses` times before, from 0 to 1.
    fn resist(&self, _action: &str, _uses: u32) -> f64 {
        1.0
    }

    /// An action has taken effect.
    fn struck(&mut self, _strike: &Strike, _state: &mut State) {}

    /// The rest of the cycle, after the defender has acted.
    fn answer(&mut self, _state: &mut State) {}

    /// What is done from report to report.
    fn report(&mut self, _state: &mut State) {}

    /// What is told of it at a report, when all have done theirs.
    fn tell(&self, _state: &State, _sample: &mut Sample) {}
}

/// One effect of an action.
#[derive(Debug)]
pub(crate) struct Strike {
    /// Observations about the operator that it yields.
    pub(crate) observations: f64,
}

/// What a trajectory starts from.
pub(crate) struct Start<'c> {
    /// The comings and goings of the campaign: the operator recruits by them.
    pub(crate) comings: &'c Churn,
    /// The places that an operator who learns can be in: the defender seeks there.
    pub(crate) hideouts: Option<&'c Hideouts>,
    pub(crate) seed: u64,
    pub(crate) trial: Trial,
    /// The stream of churn: the network itself has drawn from it who can be dialled.
    pub(crate) churn: TrialRng,
    /// The network shares its operator with others: what is observed in it is looked at together with what is observed there.
    pub(crate) pooled: bool,
}

impl Start<'_> {
    /// A random stream.
    pub(crate) fn stream(&self, purpose: Purpose) -> TrialRng {
        trial_rng(self.seed, self.trial, purpose)
    }
}
