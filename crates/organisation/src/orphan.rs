//! What becomes of a network that nobody runs: a rival takes it over, the defender claims it, clean-up ends it, or its old crew comes
//! back, whichever is first.
//!
//! Each cause has a clock of its own and a stream of its own, so that twins which differ in one rate share all other times. Rivals
//! arrive as a Poisson process at λ and each arrival succeeds by a number of its own (thinning, Lewis & Shedler 1979): whoever succeeds
//! at a chance of .3 succeeds at .6, too. With constant hazards l_j the share of cause j by time t is (l_j/L)(1 − e^(−Lt)).

use crate::checks::{not_negative, positive, share};
use crate::law::rate_of_half_life;
use hydranet_topology::{Draw, Invalid, Purpose, Trial, TrialRng, trial_rng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const YEAR: f64 = crate::arrests::YEAR;

/// Parameters of an orphaned network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Orphan {
    /// Rivals that try, a year (≥ 0). Source: no source, sweep 0.05–5.
    pub rivals_per_year: f64,
    /// Chance that a try succeeds, π, from 0 to 1. Source: no source.
    pub takeover_success: f64,
    /// Whether commands are signed: then nobody without the key takes the network over, and `takeover_success` must be 0.
    pub signed: bool,
    /// Days from which rivals can succeed, because names have expired and can be registered anew (≥ 0); left out: from the first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names_expire_days: Option<f64>,
    /// How the lure shrinks with what is left: a try succeeds with π · (share left)^exponent (≥ 0; 0: it does not).
    pub lure_exponent: f64,
    /// Share of the machines that a rival keeps when taking over, from 0 to 1. Source: modelling choice.
    pub rival_keeps: f64,
    /// Mean days until a rival abandons the network, which is an orphan again (> 0); left out: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rival_stays_days: Option<f64>,
    /// Claims of the defender, a year (≥ 0). Source: no source, sweep 0–5.
    pub defender_claims_per_year: f64,
    /// Days as an orphan before the defender can claim it (≥ 0).
    pub watch_from_days: f64,
    /// Half-life of machines that nobody rules, days (> 0); left out: they stay. Source: Conficker, two years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clean_up_half_life_days: Option<f64>,
    /// Whether clean-up also ends the network, with the hazard of one machine; otherwise it only wears it down.
    pub clean_up_ends: bool,
    /// Returns of the old crew, a year (≥ 0).
    pub return_per_year: f64,
}

impl Default for Orphan {
    fn default() -> Orphan {
        Orphan {
            rivals_per_year: 0.3,
            takeover_success: 0.3,
            signed: false,
            names_expire_days: None,
            lure_exponent: 0.0,
            rival_keeps: 0.8,
            rival_stays_days: None,
            defender_claims_per_year: 0.5,
            watch_from_days: 0.0,
            clean_up_half_life_days: Some(730.0),
            clean_up_ends: true,
            return_per_year: 0.0,
        }
    }
}

/// Who has the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The crew that ran it first.
    FirstCrew,
    /// Nobody.
    Orphan,
    /// The rival who took it over, numbered from 1 as they succeed.
    Rival(u32),
    /// The defender.
    Defender,
    /// Nobody, and nothing is left to have.
    Gone,
}

/// What ends an orphan's spell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A rival took it over.
    Rival,
    /// The defender claimed it.
    Defender,
    /// It was cleaned up.
    CleanUp,
    /// The old crew came back.
    Return,
}

impl Cause {
    /// All, in the order of [`Cause::number`].
    pub const ALL: [Cause; 4] = [Cause::Rival, Cause::Defender, Cause::CleanUp, Cause::Return];

    /// Its number for estimators of competing risks, from 0.
    pub const fn number(self) -> u32 {
        self as u32
    }
}

/// Time under one owner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spell {
    /// Day of its start.
    pub from: f64,
    /// Who has the network.
    pub owner: Owner,
    /// Share of the machines at its start.
    pub share: f64,
}

/// Who had the network, up to a horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Ownership {
    /// At least one; starts increase.
    pub spells: Vec<Spell>,
    /// Day on which watching ended.
    pub horizon: f64,
    decay: f64,
}

/// The streams of one orphan.
#[derive(Debug, Clone)]
pub struct Streams {
    rival: TrialRng,
    takeover: TrialRng,
    claim: TrialRng,
    clean_up: TrialRng,
    back: TrialRng,
    stay: TrialRng,
}

impl Streams {
    /// The streams of one trial of an experiment with this seed.
    pub fn new(seed: u64, trial: Trial) -> Streams {
        let stream = |purpose| trial_rng(seed, trial, purpose);
        Streams {
            rival: stream(Purpose::Rival),
            takeover: stream(Purpose::Takeover),
            claim: stream(Purpose::Claim),
            clean_up: stream(Purpose::CleanUp),
            back: stream(Purpose::Return),
            stay: stream(Purpose::RivalStay),
        }
    }
}

impl Orphan {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be; a chance of success above 0 where commands are signed.
    pub fn check(&self) -> Result<(), Invalid> {
        not_negative("rivals_per_year", self.rivals_per_year)?;
        share("takeover_success", self.takeover_success)?;
        let pi = self.takeover_success;
        Invalid::unless(!(self.signed && pi > 0.0), "takeover_success", || {
            format!("0 where commands are signed, not {pi}: nobody else has the key; set it to 0 or `signed` to false")
        })?;
        self.names_expire_days.map_or(Ok(()), |days| not_negative("names_expire_days", days))?;
        not_negative("lure_exponent", self.lure_exponent)?;
        share("rival_keeps", self.rival_keeps)?;
        self.rival_stays_days.map_or(Ok(()), |days| positive("rival_stays_days", days))?;
        not_negative("defender_claims_per_year", self.defender_claims_per_year)?;
        not_negative("watch_from_days", self.watch_from_days)?;
        self.clean_up_half_life_days.map_or(Ok(()), |days| positive("clean_up_half_life_days", days))?;
        not_negative("return_per_year", self.return_per_year)
    }

    /// δ: decay of machines that nobody rules, a day.
    pub fn decay(&self) -> f64 {
        self.clean_up_half_life_days.map_or(0.0, rate_of_half_life)
    }

    /// Follows a network whose first crew runs it until day `orphaned`, up to `horizon`. O(arrivals).
    ///
    /// # Errors
    /// Parameters that [`Orphan::check`] refuses; days that are negative or not finite.
    ///
    /// ```
    /// use hydranet_organisation::orphan::{Orphan, Owner, Streams};
    /// use hydranet_topology::Trial;
    /// let life = Orphan::default().live(30.0, 5.0 * 365.0, &mut Streams::new(7, Trial::network(0)))?;
    /// assert_eq!((life.owner_at(10.0), life.owner_at(30.0)), (Owner::FirstCrew, Owner::Orphan));
    /// # Ok::<(), hydranet_topology::Invalid>(())
    /// ```
    pub fn live(&self, orphaned: f64, horizon: f64, streams: &mut Streams) -> Result<Ownership, Invalid> {
        self.check()?;
        not_negative("orphaned", orphaned)?;
        not_negative("horizon", horizon)?;
        let mut life = Ownership { spells: Vec::new(), horizon, decay: self.decay() };
        let mut enter = |from: f64, owner: Owner, share: f64| {
            if from < horizon || life.spells.is_empty() {
                life.spells.push(Spell { from, owner, share });
            }
            from < horizon
        };
        if orphaned > 0.0 {
            enter(0.0, Owner::FirstCrew, 1.0);
        }
        let (mut start, mut share, mut rivals) = (orphaned, 1.0, 0);
        let mut arrival = orphaned;
        while enter(start, Owner::Orphan, share) {
            let clock = |rate: f64, rng: &mut TrialRng| {
                let wait = rng.exponential();
                if rate > 0.0 { wait / rate } else { f64::INFINITY }
            };
            let claim = self.watch_from_days + clock(self.defender_claims_per_year / YEAR, &mut streams.claim);
            let ends = if self.clean_up_ends { self.decay() } else { 0.0 };
            let clean_up = clock(ends, &mut streams.clean_up);
            let back = clock(self.return_per_year / YEAR, &mut streams.back);
            let (wait, owner) = [(claim, Owner::Defender), (clean_up, Owner::Gone), (back, Owner::FirstCrew)]
                .into_iter()
                .min_by(|a, b| a.0.total_cmp(&b.0))
                .expect("three clocks");
            let others = start + wait;
            let taken = self.takeover(&mut arrival, start, orphaned, share, others.min(horizon), streams);
            let Some(day) = taken else {
                let left = if owner == Owner::Gone { 0.0 } else { share * libm::exp(-self.decay() * wait) };
                enter(others, owner, left);
                break;
            };
            rivals += 1;
            share *= libm::exp(-self.decay() * (day - start)) * self.rival_keeps;
            enter(day, Owner::Rival(rivals), share);
            let stays = streams.stay.exponential();
            let Some(mean) = self.rival_stays_days else { break };
            start = day + mean * stays;
            // whoever came meanwhile found it taken
            arrival = start;
        }
        Ok(life)
    }

    /// The first arrival before `until` that succeeds. Each arrival draws its gap and its luck, whatever the chance.
    fn takeover(
        &self,
        arrival: &mut f64,
        start: f64,
        orphaned: f64,
        share: f64,
        until: f64,
        streams: &mut Streams,
    ) -> Option<f64> {
        let rate = self.rivals_per_year / YEAR;
        loop {
            let gap = streams.rival.exponential();
            let luck = streams.takeover.unit();
            *arrival += if rate > 0.0 { gap / rate } else { f64::INFINITY };
            if *arrival >= until {
                return None;
            }
            let left = share * libm::exp(-self.decay() * (*arrival - start));
            let open = self.names_expire_days.is_none_or(|days| *arrival - orphaned >= days);
            let lure = if self.lure_exponent == 0.0 { 1.0 } else { libm::pow(left, self.lure_exponent) };
            if open && luck < self.takeover_success * lure {
                return Some(*arrival);
            }
        }
    }
}

impl Ownership {
    /// Who has the network on that day.
    pub fn owner_at(&self, day: f64) -> Owner {
        let passed = self.spells.partition_point(|spell| spell.from <= day);
        self.spells[passed.max(1) - 1].owner
    }

    /// How long the network first was an orphan, and what ended that; `None` where nothing did up to the horizon. `None`
    /// altogether if it never was one.
    pub fn first_end(&self) -> Option<(f64, Option<Cause>)> {
        let first = self.spells.iter().position(|spell| spell.owner == Owner::Orphan)?;
        let from = self.spells[first].from;
        let Some(next) = self.spells.get(first + 1) else { return Some((self.horizon - from, None)) };
        let cause = match next.owner {
            Owner::Rival(_) => Cause::Rival,
            Owner::Defender => Cause::Defender,
            Owner::FirstCrew => Cause::Return,
            Owner::Gone | Owner::Orphan => Cause::CleanUp,
        };
        Some((next.from - from, Some(cause)))
    }

    /// Share of the machines that the first rival found, before losses at the takeover; `None` if none came.
    pub fn share_found(&self) -> Option<f64> {
        let at = self.spells.iter().position(|spell| matches!(spell.owner, Owner::Rival(_)))?;
        let (before, day) = (self.spells[at - 1], self.spells[at].from);
        Some(before.share * libm::exp(-self.decay * (day - before.from)))
    }

    /// Harm in days of the whole network's full use: machines times days times `weight` of their owner. Machines that nobody rules
    /// decay meanwhile, ruled ones stay.
    pub fn harm(&self, weight: impl Fn(Owner) -> f64) -> f64 {
        let ends = self.spells.iter().skip(1).map(|spell| spell.from).chain([self.horizon]);
        let of = |(spell, end): (&Spell, f64)| {
            let days = (end - spell.from).max(0.0);
            let machine_days = match spell.owner {
                Owner::Orphan if self.decay > 0.0 => spell.share * -libm::expm1(-self.decay * days) / self.decay,
                _ => spell.share * days,
            };
            machine_days * weight(spell.owner)
        };
        self.spells.iter().zip(ends).map(of).sum()
    }
}

#[cfg(test)]
#[path = "orphan_tests.rs"]
mod tests;
