//! Parameters of arrests and replacement.

use super::Policy;
use crate::checks::{not_negative, share};
use crate::{Delay, Organisation};
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Days of a year.
pub const YEAR: f64 = 365.0;

/// How an organisation is pressed, and how it heals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Arrests {
    /// What investigators go for.
    pub policy: Policy,
    /// Strikes a year on a person of exposure 1, from 0 to 10. A strike is an arrest, under the policy `seize` a seizure. Source:
    /// uncalibrated, sweep it.
    pub arrest_per_year: f64,
    /// Who is how exposed.
    pub exposure: Exposure,
    /// Chance that an arrest names a superior whom no cut-out hides, from 0 to 1. Source: uncalibrated, sweep 0.1–0.5.
    pub reveal_up: f64,
    /// Chance that it names a peer, from 0 to 1. Source: uncalibrated.
    pub reveal_peer: f64,
    /// Chance that it names a subordinate, from 0 to 1; left out: as a peer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reveal_down: Option<f64>,
    /// Days in jail before the arrested are back in the pool of their role (≥ 0); left out: they never are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jail_days: Option<f64>,
    /// How vacancies are filled; left out: not at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replacement: Option<Replacement>,
    /// Who may follow the mastermind.
    pub heirs: Heirs,
    /// Days within which an heir must have come (≥ 0), where the mastermind is needed. Source: modelling choice.
    pub heir_days: f64,
    /// Whether the operator is gone for good when nobody is on level 0 and no heir came in time. Nothing is replaced from then on.
    pub mastermind_needed: bool,
    /// What a seizure does, under the policy `seize`.
    pub seizure: Seizure,
}

impl Default for Arrests {
    fn default() -> Arrests {
        Arrests {
            policy: Policy::Opportunistic,
            arrest_per_year: 0.1,
            exposure: Exposure::default(),
            reveal_up: 0.3,
            reveal_peer: 0.1,
            reveal_down: None,
            jail_days: Some(365.0),
            replacement: Some(Replacement::default()),
            heirs: Heirs::Pool,
            heir_days: 60.0,
            mastermind_needed: true,
            seizure: Seizure::default(),
        }
    }
}

/// Who is how exposed: the weight of the level times (contacts over the mean at the start) to the power of `activity`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Exposure {
    /// Weights of levels.
    pub levels: ByLevel,
    /// How exposure grows with contacts (≥ 0): 0 not at all, 1 in proportion. Source: activity-proportional exposure, Lindelauf et
    /// al. 2009.
    pub activity: f64,
}

impl Default for Exposure {
    fn default() -> Exposure {
        Exposure { levels: ByLevel::BelowTop, activity: 1.0 }
    }
}

/// Weights of levels in exposure.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ByLevel {
    /// The deepest level alone: foot soldiers carry the use.
    Bottom,
    /// Everybody but the top.
    #[default]
    BelowTop,
    /// Everybody.
    Everybody,
    /// A weight (≥ 0) for each level, from the top down; levels beyond the list have the last one's.
    Weights(Vec<f64>),
}

impl ByLevel {
    pub(crate) fn weight(&self, level: u32, depth: u32) -> f64 {
        match self {
            ByLevel::Bottom => f64::from(level == depth),
            ByLevel::BelowTop => f64::from(level > 0),
            ByLevel::Everybody => 1.0,
            ByLevel::Weights(weights) => weights.get(level as usize).or(weights.last()).copied().unwrap_or(0.0),
        }
    }
}

/// How vacancies are filled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Replacement {
    /// From an arrest to the hand-over. Source: lognormal with median 30 days and sigma 1 is uncalibrated.
    pub delay: Delay,
    /// Who takes a contact of the arrested over.
    pub rule: Rule,
    /// Whether it works.
    pub success: Success,
    /// People outside who can be recruited, for each incumbent of a role (≥ 0, `inf` allowed); rounded down a role.
    pub pool: f64,
}

impl Default for Replacement {
    fn default() -> Replacement {
        let delay = Delay::Lognormal { median_days: 30.0, sigma: 1.0 };
        Replacement { delay, rule: Rule::Position, success: Success::Scarcity, pool: 1.0 }
    }
}

/// Who takes a contact over: of the same role, the recruit among them (Duijn, Kashirin & Sloot 2014 for the first three).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The recruit, who steps into the place; until one comes the contacts wait.
    #[default]
    Position,
    /// Anybody of the role.
    Random,
    /// Who has most contacts.
    Degree,
    /// Who is nearest to the other end.
    Distance,
    /// Who has contacts in common with the other end, in proportion to how many (triadic closure, Diviak 2023).
    Triadic,
}

/// Chance that a contact is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Success {
    /// c/(c + 1), c people of the role left, in place or in the pool. Source: code of a reproduction of Duijn et al. 2014.
    #[default]
    Scarcity,
    /// Always the same, from 0 to 1; 0 where nobody is left.
    Constant(f64),
}

impl Success {
    /// The chance where `left` people of the role are left.
    pub fn chance(self, left: f64) -> f64 {
        match self {
            _ if left <= 0.0 => 0.0,
            Success::Scarcity if left.is_infinite() => 1.0,
            Success::Scarcity => left / (left + 1.0),
            Success::Constant(p) => p,
        }
    }
}

/// Who may follow the mastermind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Heirs {
    /// Nobody.
    Nobody,
    /// Somebody out of the pool of the top's role.
    #[default]
    Pool,
    /// Somebody out of the pool, else the lieutenant (a contact of the fallen, of the uppermost level left) with most contacts, whose place falls vacant.
    PoolOrLieutenant,
}

/// What a seizure does: somebody exposed loses goods, contacts are burnt, nobody is arrested. Of the two ends of a burnt contact
/// the one with more contacts withdraws, and the other looks for somebody else by the rule of replacement, whatever the role; without
/// replacement the contact is lost.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Seizure {
    /// Contacts burnt (≥ 1). Source: modelling choice.
    pub burnt: u32,
    /// Chance that the other end turns to somebody new out of the pool, from 0 to 1; the organisation grows. Source: CAVIAR grew
    /// from 15 to 42 people under eleven seizures.
    pub newcomer: f64,
}

impl Default for Seizure {
    fn default() -> Seizure {
        Seizure { burnt: 1, newcomer: 0.0 }
    }
}

impl Arrests {
    /// Chance that an arrest names a subordinate.
    pub fn reveal_down(&self) -> f64 {
        self.reveal_down.unwrap_or(self.reveal_peer)
    }

    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        let rate = self.arrest_per_year;
        Invalid::unless((0.0..=10.0).contains(&rate), "arrest_per_year", || format!("0 to 10 a year, not {rate}"))?;
        not_negative("activity", self.exposure.activity)?;
        if let ByLevel::Weights(weights) = &self.exposure.levels {
            Invalid::unless(!weights.is_empty(), "levels", || "a weight for each level, not an empty list".into())?;
            weights.iter().try_for_each(|&weight| not_negative("levels", weight))?;
        }
        share("reveal_up", self.reveal_up)?;
        share("reveal_peer", self.reveal_peer)?;
        share("reveal_down", self.reveal_down())?;
        self.jail_days.map_or(Ok(()), |days| not_negative("jail_days", days))?;
        not_negative("heir_days", self.heir_days)?;
        share("newcomer", self.seizure.newcomer)?;
        Invalid::unless(self.seizure.burnt > 0, "burnt", || "1 contact or more, not 0".into())?;
        let Some(replacement) = &self.replacement else { return Ok(()) };
        replacement.delay.check()?;
        let pool = replacement.pool;
        Invalid::unless(pool >= 0.0, "pool", || format!("0 people or more for each incumbent, not {pool}"))?;
        if let Success::Constant(p) = replacement.success {
            share("success", p)?;
        }
        Ok(())
    }

    /// Weight of a place in exposure.
    pub(crate) fn weight(&self, level: u32, depth: u32, contacts: usize, mean: f64) -> f64 {
        let by_level = self.exposure.levels.weight(level, depth);
        let activity = self.exposure.activity;
        if activity == 0.0 {
            by_level
        } else if activity == 1.0 {
            by_level * contacts as f64 / mean
        } else {
            by_level * libm::pow(contacts as f64 / mean, activity)
        }
    }

    /// The mean number of contacts at the start; 1 without ties, where it does not matter.
    pub(crate) fn mean_contacts(organisation: &Organisation) -> f64 {
        let ties = organisation.ties().len();
        if ties == 0 { 1.0 } else { 2.0 * ties as f64 / organisation.len() as f64 }
    }
}
