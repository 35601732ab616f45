//! Evidence: what takedowns and watching tell about who runs the network, and when it is enough.
//!
//! One sequential test an operator (Wald 1945). Every observation moves the log-likelihood ratio of "this is the operator" by
//! a normal step of mean D and variance 2D nats (the law of a shift of a normal mean); observations are looked at one by
//! one, however many come at once. At A = ln((1 − β)/α) the operator is identified. Of somebody who is not the operator the step
//! has mean −D: the ratio is then a martingale of mean 1 on the scale of chances, and whoever is innocent ever gets there
//! with a chance of at most e^−A = α/(1 − β), however long it goes on (Ville 1939). Beside the operator stands one such
//! suspect, whom as many observations are about, so that the rate of false identification is measured and not only bounded;
//! naming the suspect changes nothing in the network.
//!
//! Old evidence fades: machines are wiped, traces overwritten. What speaks for an innocent fades too, so that with a
//! half-life the bound holds no longer; what becomes of it is measured.

use crate::Sample;
use crate::dossier::{Dossier, File};
use crate::mechanism::{Acts, Mechanism, Start, Strike};
use crate::schedule::seconds;
use crate::state::State;
use hydranet_plugin::bounds::{not_negative, positive, share};
use hydranet_topology::{Draw, Invalid, Purpose, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Evidence {
    /// What one observation is worth on average, D, nats (> 0). Source: modelling choice; 0.02–0.5 spans 228 to 9 observations.
    pub nats: f64,
    /// Wald's first error α, above 0 and below 1: a suspect who is not the operator is named with a chance of at most α/(1 − β)
    /// where evidence does not fade. Source: Wald 1945, usual 0.01.
    pub alpha: f64,
    /// Wald's second error β, above 0 and below 1: it lowers the threshold a little. There is no lower bound at which the operator
    /// would be dropped as a suspect: whoever is watched for long enough is named. Source: Wald 1945, usual 0.05.
    pub beta: f64,
    /// Observations a day from watching the network (≥ 0), from `watch_from_days` on until identification, in proportion to how much of
    /// it is within the operator's reach: a silenced network tells nothing. Source: modelling choice.
    pub watch_per_day: f64,
    /// First day of watching, days (≥ 0).
    pub watch_from_days: f64,
    /// What a watched day costs, in server seizures (≥ 0).
    pub watch_cost_per_day: f64,
    /// Half-life of evidence, days (> 0); left out: it does not fade. Where it does, α/(1 − β) bounds nothing: see
    /// `false_identification`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half_life_days: Option<f64>,
    /// From identification to arrest, days (≥ 0). Source: months in published cases.
    pub arrest_days: f64,
    /// Chance that an identified operator is arrested at all, from 0 to 1. Source: many are out of reach of the law.
    pub arrest_share: f64,
}

impl Default for Evidence {
    fn default() -> Evidence {
        Evidence {
            nats: 0.1,
            alpha: 0.01,
            beta: 0.05,
            watch_per_day: 0.0,
            watch_from_days: 0.0,
            watch_cost_per_day: 0.0,
            half_life_days: None,
            arrest_days: 30.0,
            arrest_share: 1.0,
        }
    }
}

impl Evidence {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        positive("nats", self.nats)?;
        for (param, x) in [("alpha", self.alpha), ("beta", self.beta)] {
            Invalid::unless(x > 0.0 && x < 1.0, param, || format!("a chance above 0 and below 1, not {x}"))?;
        }
        let sum = self.alpha + self.beta;
        Invalid::unless(sum < 1.0, "alpha", || format!("`alpha` + `beta` below 1, not {sum}"))?;
        not_negative("watch_per_day", self.watch_per_day)?;
        not_negative("watch_from_days", self.watch_from_days)?;
        not_negative("watch_cost_per_day", self.watch_cost_per_day)?;
        self.half_life_days.map_or(Ok(()), |days| positive("half_life_days", days))?;
        not_negative("arrest_days", self.arrest_days)?;
        share("arrest_share", self.arrest_share)
    }

    /// A = ln((1 − β)/α), nats.
    pub fn threshold(&self) -> f64 {
        libm::log((1.0 - self.beta) / self.alpha)
    }

    /// What so many observations say of the operator, nats. O(1).
    pub fn draw(&self, observations: f64, rng: &mut TrialRng) -> f64 {
        let drift = self.nats * observations;
        drift + libm::sqrt(2.0 * drift) * rng.normal()
    }

    /// What so many observations say of somebody who is not the operator, nats. O(1).
    pub fn draw_of_innocent(&self, observations: f64, rng: &mut TrialRng) -> f64 {
        let drift = self.nats * observations;
        libm::sqrt(2.0 * drift) * rng.normal() - drift
    }
}

impl Mechanism for Evidence {
    type Acts = Investigation;

    fn start(&self, start: &Start<'_>, _state: &mut State) -> Investigation {
        let test = (!start.pooled).then(|| Test::new(self, |purpose| start.stream(purpose)));
        Investigation { law: self.clone(), test }
    }
}

/// The test of who one operator is: of all networks that the operator runs, one test.
#[derive(Debug)]
pub(crate) struct Test {
    law: Evidence,
    /// Whether it comes to an arrest once the operator is identified.
    custody: bool,
    operator: TrialRng,
    suspect: TrialRng,
}

impl Test {
    pub(crate) fn new(law: &Evidence, stream: impl Fn(Purpose) -> TrialRng) -> Test {
        Test {
            law: law.clone(),
            custody: stream(Purpose::Custody).chance(law.arrest_share),
            operator: stream(Purpose::Evidence),
            suspect: stream(Purpose::Suspect),
        }
    }

    /// Looks at observations made up to `now`, one by one; what is left of a whole one waits. With the identification of
    /// the operator it ends. O(observations).
    pub(crate) fn look(&mut self, file: &mut File, observations: f64, now: u32) {
        if file.dossier.identified.is_some() {
            return;
        }
        file.waiting += observations;
        let threshold = self.law.threshold();
        // a hair below one: rates are added up
        while file.waiting > 1.0 - 1e-9 {
            file.waiting -= 1.0;
            let Dossier { nats, identified, arrest_at, suspect, misidentified } = &mut file.dossier;
            *nats += self.law.draw(1.0, &mut self.operator);
            *suspect += self.law.draw_of_innocent(1.0, &mut self.suspect);
            if *suspect >= threshold && misidentified.is_none() {
                *misidentified = Some(now);
            }
            if *nats >= threshold {
                *identified = Some(now);
                *arrest_at = self.custody.then(|| now.saturating_add(seconds(self.law.arrest_days)));
                return;
            }
        }
    }

    /// Evidence fades over so many seconds.
    pub(crate) fn fade(&self, file: &mut File, seconds: u32) {
        if let (Some(days), None) = (self.law.half_life_days, file.dossier.identified) {
            let left = libm::exp2(-(seconds as f64) / (days * 86_400.0));
            file.dossier.nats *= left;
            file.dossier.suspect *= left;
        }
    }
}

/// The gathering of evidence in one network.
#[derive(Debug)]
pub(crate) struct Investigation {
    law: Evidence,
    /// Its own test; without one, observations wait for that of the fleet.
    test: Option<Test>,
}

impl Acts for Investigation {
    fn struck(&mut self, strike: &Strike, state: &mut State) {
        self.observe(strike.observations, state);
    }

    fn report(&mut self, state: &mut State) {
        if let Some(test) = &self.test {
            test.fade(&mut state.file, state.clock.span);
        }
        self.watch(state);
        state.gone |= state.file.dossier.arrested(state.clock.now);
    }

    fn tell(&self, state: &State, sample: &mut Sample) {
        sample.nats = state.file.dossier.nats;
    }
}

impl Investigation {
    fn observe(&mut self, observations: f64, state: &mut State) {
        match &mut self.test {
            Some(test) => test.look(&mut state.file, observations, state.clock.now),
            None => state.file.waiting += observations,
        }
    }

    /// Evidence from watching since the last report, in proportion to the reach then: a silenced network tells nothing.
    fn watch(&mut self, state: &mut State) {
        let (law, now) = (&self.law, state.clock.now);
        let talk = state.reach.count as f64 / state.reach.first.max(1) as f64;
        let days = now.saturating_sub(seconds(law.watch_from_days)).min(state.clock.span) as f64 / 86_400.0;
        if law.watch_per_day > 0.0 && days > 0.0 && state.file.dossier.identified.is_none() {
            state.cost += law.watch_cost_per_day * days;
            let observations = law.watch_per_day * days * talk.min(1.0);
            self.observe(observations, state);
        }
    }
}

#[cfg(test)]
#[path = "evidence_tests.rs"]
mod tests;
