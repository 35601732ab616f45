//! Evidence: what takedowns and watching tell about who runs the network, and when it is enough.
//!
//! Every observation moves the log-likelihood ratio of "this is the operator" by a normal step of mean D and variance
//! 2D nats (the law of a shift of a normal mean). At A = ln((1 − β)/α) the operator is identified (Wald 1945): the chance of naming
//! an innocent is at most α. Old evidence fades: machines are wiped, traces overwritten.

use crate::Sample;
use crate::dossier::Dossier;
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
    /// Chance of naming an innocent, α, above 0 and below 1. Source: Wald 1945, usual 0.01.
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
    /// Half-life of evidence, days (> 0); left out: it does not fade.
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

    /// What so many observations add, nats; a fraction of one is worth a fraction. O(1).
    pub fn draw(&self, observations: f64, rng: &mut TrialRng) -> f64 {
        let drift = self.nats * observations;
        drift + libm::sqrt(2.0 * drift) * rng.normal()
    }
}

impl Mechanism for Evidence {
    type Acts = Investigation;

    fn start(&self, start: &Start<'_>, _state: &mut State) -> Investigation {
        Investigation { law: self.clone(), rng: start.stream(Purpose::Evidence) }
    }
}

/// The gathering of evidence about one operator.
#[derive(Debug)]
pub(crate) struct Investigation {
    law: Evidence,
    rng: TrialRng,
}

impl Acts for Investigation {
    fn struck(&mut self, strike: &Strike, state: &mut State) {
        state.dossier.observe(&self.law, strike.observations, state.clock.now, &mut self.rng);
    }

    fn report(&mut self, state: &mut State) {
        state.dossier.fade(&self.law, state.clock.span);
        self.watch(state);
        state.gone |= state.dossier.arrested(state.clock.now);
    }

    fn tell(&self, state: &State, sample: &mut Sample) {
        sample.nats = state.dossier.nats;
    }
}

impl Investigation {
    /// Evidence from watching since the last report, in proportion to the reach then: a silenced network tells nothing.
    fn watch(&mut self, state: &mut State) {
        let (law, now) = (&self.law, state.clock.now);
        let talk = state.reach.count as f64 / state.reach.first.max(1) as f64;
        let days = now.saturating_sub(seconds(law.watch_from_days)).min(state.clock.span) as f64 / 86_400.0;
        if law.watch_per_day > 0.0 && days > 0.0 && state.dossier.identified.is_none() {
            state.cost += law.watch_cost_per_day * days;
            state.dossier.observe(law, law.watch_per_day * days * talk.min(1.0), now, &mut self.rng);
        }
    }
}

impl Dossier {
    /// Adds observations made up to `now`.
    pub(crate) fn observe(&mut self, law: &Evidence, observations: f64, now: u32, rng: &mut TrialRng) {
        if observations <= 0.0 || self.identified.is_some() {
            return;
        }
        self.nats += law.draw(observations, rng);
        if self.nats >= law.threshold() {
            let arrested = rng.chance(law.arrest_share);
            self.identify(law, now, arrested);
        }
    }

    /// The operator is identified, and arrested in time if it comes to that.
    pub(crate) fn identify(&mut self, law: &Evidence, now: u32, arrested: bool) {
        self.identified = Some(now);
        if arrested {
            self.arrest_at = Some(now.saturating_add((law.arrest_days * 86_400.0).min(4e9) as u32));
        }
    }

    /// Evidence fades over so many seconds.
    pub(crate) fn fade(&mut self, law: &Evidence, seconds: u32) {
        if let (Some(days), None) = (law.half_life_days, self.identified) {
            self.nats *= libm::exp2(-(seconds as f64) / (days * 86_400.0));
        }
    }
}
