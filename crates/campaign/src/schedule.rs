//! When an action is done, how often, on what cue, with what chance and at what cost; and the entries of a playbook.

use crate::action::{Action, Actions};
use hydranet_plugin::bounds::{not_negative, positive, share};
use hydranet_plugin::{Built, Invalid, Misread, Params};
use schemars::JsonSchema;
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use toml::de::DeValue;

/// What every action has beside its own parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Schedule {
    /// Day on which it is decided, days after the start (≥ 0); with a cue, the first day on which the cue counts.
    pub at_days: f64,
    /// How often it is done (≥ 1).
    pub times: u32,
    /// Days from one time to the next (> 0).
    pub every_days: f64,
    /// Cue: not before the crawl knows this share of the machines, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when_known: Option<f64>,
    /// Cue: not before the evidence against the operator has this many nats (≥ 0).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when_evidence: Option<f64>,
    /// Cue: not before the operator is identified.
    pub when_identified: bool,
    /// From the decision to the effect, hours (≥ 0). Source: court orders and registrars take days.
    pub delay_hours: f64,
    /// How long it lasts, days (> 0): for actions that can be lifted or go on; left out: for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_days: Option<f64>,
    /// Chance of success against one target, from 0 to 1, before the operator has learnt. Source: 0.94 for TrickBot in 2020 (Microsoft
    /// 2020).
    pub success: f64,
    /// Only what the crawl has found can be hit.
    pub crawled: bool,
    /// What one use costs, in server seizures (≥ 0).
    pub cost: f64,
    /// What one attempt at a target costs, whether it succeeds or not, in server seizures (≥ 0).
    pub cost_per_target: f64,
    /// Observations about the operator that one use yields (≥ 0); a fraction waits until it is whole.
    pub observations: f64,
}

impl Default for Schedule {
    fn default() -> Schedule {
        Schedule {
            at_days: 30.0,
            times: 1,
            every_days: 30.0,
            when_known: None,
            when_evidence: None,
            when_identified: false,
            delay_hours: 0.0,
            duration_days: None,
            success: 1.0,
            crawled: false,
            cost: 0.0,
            cost_per_target: 1.0,
            observations: 0.0,
        }
    }
}

impl Schedule {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        let day = self.at_days;
        Invalid::unless(day >= 0.0 && day.is_finite(), "at_days", || {
            format!("a day from 0 on, not {day}: a takedown before time 0 has nothing to strike")
        })?;
        Invalid::unless((1..=10_000).contains(&self.times), "times", || format!("1 to 10000, not {}", self.times))?;
        positive("every_days", self.every_days)?;
        self.when_known.map_or(Ok(()), |x| share("when_known", x))?;
        self.when_evidence.map_or(Ok(()), |x| not_negative("when_evidence", x))?;
        not_negative("delay_hours", self.delay_hours)?;
        self.duration_days.map_or(Ok(()), |x| positive("duration_days", x))?;
        share("success", self.success)?;
        not_negative("cost", self.cost)?;
        not_negative("cost_per_target", self.cost_per_target)?;
        not_negative("observations", self.observations)
    }
}

/// One entry of a playbook.
#[derive(Debug, Clone)]
pub struct Step {
    /// When, how often, at what cost.
    pub schedule: Schedule,
    /// What.
    pub action: Built<dyn Action>,
}

impl PartialEq for Step {
    /// Actions are equal that have the same name and parameters.
    fn eq(&self, other: &Step) -> bool {
        let key = |s: &Step| (s.action.name, s.action.params.clone());
        self.schedule == other.schedule && key(self) == key(other)
    }
}

impl Serialize for Step {
    /// One table, as it is written in a spec: the schedule, the action's name and its parameters.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let schedule = toml::Table::try_from(&self.schedule).map_err(serde::ser::Error::custom)?;
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in schedule.iter().chain(&self.action.params) {
            map.serialize_entry(key, value)?;
        }
        map.serialize_entry("action", self.action.name)?;
        map.end()
    }
}

impl Step {
    /// Reads a table: `action`, keys of the schedule, and the action's own parameters.
    ///
    /// # Errors
    /// With the place: no such action, a key that nobody knows, an impossible value.
    pub fn read(mut table: Params<'_>, actions: &Actions) -> Result<Step, Misread> {
        let whole = table.span();
        let Some(name) = table.take("action") else {
            return Err(Misread { reason: "missing `action`: which one?".into(), span: whole });
        };
        let span = name.span();
        let DeValue::String(name) = name.get_ref() else {
            return Err(Misread { reason: format!("`action` is a string, not {}", name.get_ref().type_str()), span });
        };
        let row = actions.get(name).map_err(|e| Misread { reason: e.to_string(), span })?;
        let own = table.split::<Schedule>();
        let refused = |reason: String, span| Misread { reason: format!("`action`: {reason}"), span };
        let schedule: Schedule = own.read().map_err(|e| refused(e.reason, e.span))?;
        schedule.check().map_err(|e| refused(e.to_string(), own.span_of(e.param).unwrap_or(whole.clone())))?;
        let action =
            row.build(&table).map_err(|e| Misread { reason: e.to_string(), span: e.span.clone().unwrap_or(whole) })?;
        Ok(Step { schedule, action })
    }
}

/// Whole seconds of so many days.
pub(crate) fn seconds(days: f64) -> u32 {
    (days * 86_400.0 + 0.5).min(4e9) as u32
}
