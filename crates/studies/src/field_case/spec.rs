//! The cases of a study of cases: `[[case]]` tables, the parameters that are fitted, and the published points.

use crate::SpecError;
use crate::campaign_spec::{MECHANISMS, Nothing, mechanism, step};
use crate::reading::{SpecText, TopologySpec};
use crate::studies::Known;
use hydranet_campaign::{Campaign, Sample, Story};
use hydranet_topology::{Invalid, Params};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Observable {
    /// Commanded machines, as a share of those at the start.
    Reach,
    /// Machines online, as a share of those at the start.
    Online,
    /// Machines, on or off, as a share of those at the start.
    Members,
    /// Machines that the defender knows, as a share of the machines.
    Known,
    /// Servers in service, as a share of those at the start.
    Servers,
    /// Servers rebuilt so far, over the servers at the start.
    Rebuilt,
}

impl Observable {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Observable::Reach => "reach",
            Observable::Online => "online",
            Observable::Members => "members",
            Observable::Known => "known",
            Observable::Servers => "servers",
            Observable::Rebuilt => "rebuilt",
        }
    }

    /// Count and what it is a share of.
    pub(crate) fn of(self, now: &Sample, start: &Sample) -> [u64; 2] {
        let [count, whole] = match self {
            Observable::Reach => [now.reach, start.reach],
            Observable::Online => [now.online, start.online],
            Observable::Members => [now.members, start.members],
            Observable::Known => [now.known, now.members],
            Observable::Servers => [now.servers, start.servers],
            Observable::Rebuilt => [now.rebuilt, start.servers],
        };
        [count.into(), whole.into()]
    }
}

/// A parameter that is fitted: one `[[case.prior]]` table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Prior {
    /// Its path: a mechanism and its parameter, such as `operator.rebuild_days`, or `action`, the number of the action from 1,
    /// and a key of its schedule, such as `action.1.success`.
    pub parameter: String,
    /// Lower end.
    pub from: f64,
    /// Upper end (above `from`).
    pub to: f64,
    /// Uniform in the logarithm (`from` above 0): for scales that are not known.
    #[serde(default)]
    pub log: bool,
}

/// A published point: one `[[case.published]]` table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Published {
    /// What was published: `reach`, `online`, `members`, `known`, `servers`, `rebuilt`.
    pub observable: Observable,
    /// Days after the start (≥ 0, within the life).
    pub day: f64,
    /// The share.
    pub share: f64,
    /// How exactly it is known, standard deviation (> 0).
    pub sigma: f64,
    /// Whether draws are chosen by it; held out if not.
    #[serde(default = "yes")]
    pub fit: bool,
    /// What was said, and where.
    #[serde(default)]
    pub says: String,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) topology: TopologySpec,
    pub(crate) source: String,
    pub(crate) cannot: String,
    pub(crate) campaign: Campaign,
    pub(crate) priors: Vec<Prior>,
    pub(crate) published: Vec<Published>,
}

/// Reads a `[[case]]` table. `taken` are the labels before it.
pub(crate) fn read_case<'l>(
    text: &SpecText<'_>,
    mut table: Params<'_>,
    known: Known<'_>,
    taken: impl Iterator<Item = &'l String>,
) -> Result<Case, SpecError> {
    let whole = table.span();
    let (label, span) = text.name(&mut table, "label")?;
    text.unique("cases", taken, (&label, span))?;
    let (source, _) = text.name(&mut table, "source")?;
    let (cannot, _) = text.name(&mut table, "cannot")?;
    let write = "[case.topology] with a `model`";
    let Some(mut topology) = text.as_table(table.take("topology"), "topology", write)? else {
        return Err(text.fail(format!("case `{label}` has no {write}"), Some(whole)));
    };
    let (model, span) = text.name(&mut topology, "model")?;
    let entry = known.models.get(&model).map_err(|e| text.fail(e.to_string(), Some(span)))?;
    let built = entry.build(&topology).map_err(|e| text.bad(&e))?;
    let mut campaign = Campaign::default();
    for name in MECHANISMS {
        if let Some(own) = text.as_table(table.take(name), name, &format!("[case.{name}] above its keys"))? {
            mechanism(text, &mut campaign, name, &own)?;
        }
    }
    for action in text.as_tables(table.take("action"), "action", "[[case.action]]")? {
        campaign.playbook.push(step(text, action)?);
    }
    let mut priors = Vec::new();
    for prior in text.as_tables(table.take("prior"), "prior", "[[case.prior]]")? {
        let read: Prior = prior.read().map_err(|e| text.fail(format!("`prior`: {}", e.reason), Some(e.span)))?;
        let refuse = |reason: String| text.fail(format!("`prior`: {reason}"), Some(prior.span()));
        let range = read.from < read.to && (!read.log || read.from > 0.0);
        if !(range && read.from.is_finite() && read.to.is_finite()) {
            return Err(refuse("`from` is below `to`, and above 0 with `log`".into()));
        }
        for end in [read.from, read.to] {
            set(&mut campaign.clone(), &read.parameter, end).map_err(refuse)?;
        }
        priors.push(read);
    }
    let mut published = Vec::new();
    for point in text.as_tables(table.take("published"), "published", "[[case.published]]")? {
        let read: Published =
            point.read().map_err(|e| text.fail(format!("`published`: {}", e.reason), Some(e.span)))?;
        let inside = read.day >= 0.0 && read.day <= campaign.time.days && read.sigma > 0.0 && read.share >= 0.0;
        if !inside {
            let reason = format!(
                "`published`: a day within the life of {} days, a share of 0 or more and a `sigma` above 0",
                campaign.time.days
            );
            return Err(text.fail(reason, Some(point.span())));
        }
        published.push(read);
    }
    if published.is_empty() {
        return Err(text.fail(format!("case `{label}` has no [[case.published]]"), Some(whole)));
    }
    table.read::<Nothing>().map_err(|e| text.fail(e.reason, Some(e.span)))?;
    Ok(Case { topology: TopologySpec { label, built }, source, cannot, campaign, priors, published })
}

/// Sets a parameter by its path.
pub(crate) fn set(campaign: &mut Campaign, path: &str, value: f64) -> Result<(), String> {
    let known = "such as `operator.rebuild_days` or `action.1.success`";
    let (mechanism, key) = path.split_once('.').ok_or_else(|| format!("`{path}` is no path; write one {known}"))?;
    match mechanism {
        "time" => place(&mut campaign.time, key, value, hydranet_campaign::Time::check),
        "churn" => place(&mut campaign.churn, key, value, hydranet_campaign::Churn::check),
        "maintenance" => place(&mut campaign.maintenance, key, value, hydranet_campaign::Maintenance::check),
        "command" => place(&mut campaign.command, key, value, hydranet_campaign::Command::check),
        "operator" => place(&mut campaign.operator, key, value, hydranet_campaign::Operator::check),
        "evidence" => place(&mut campaign.evidence, key, value, hydranet_campaign::Evidence::check),
        "crawl" => place(&mut campaign.crawl, key, value, hydranet_campaign::Crawl::check),
        "fleet" => place(&mut campaign.fleet, key, value, hydranet_campaign::Fleet::check),
        "action" => {
            let (number, key) = key.split_once('.').unwrap_or((key, ""));
            let steps = campaign.playbook.len();
            let number = number.parse::<usize>().ok().filter(|n| (1..=steps).contains(n));
            let number = number.ok_or_else(|| format!("`{path}`: the case has {steps} actions, numbered from 1"))?;
            let schedule = &mut campaign.playbook[number - 1].schedule;
            place(schedule, key, value, hydranet_campaign::Schedule::check)
        }
        other => Err(format!("no mechanism `{other}`; there are {}, and action", MECHANISMS.join(", "))),
    }
}

fn place<T: Serialize + DeserializeOwned + Clone>(
    to: &mut T,
    key: &str,
    value: f64,
    check: fn(&T) -> Result<(), Invalid>,
) -> Result<(), String> {
    let mut json = serde_json::to_value(&*to).expect("parameters are plain values");
    let whole = json.get(key).is_some_and(|old| old.is_u64());
    json[key] = if whole { serde_json::json!(value.round().max(0.0) as u64) } else { serde_json::json!(value) };
    // unknown keys and keys that are no numbers are refused here
    let changed: T = serde_json::from_value(json).map_err(|e| format!("`{key}`: {e}"))?;
    check(&changed).map_err(|e| e.to_string())?;
    *to = changed;
    Ok(())
}

/// The share at the report nearest to a published day.
pub(crate) fn at(story: &Story, point: &Published, start: &Sample) -> Option<f64> {
    let place = (point.day * 86_400.0 / story.span as f64).round() as usize;
    let [count, whole] = point.observable.of(story.samples.get(place)?, start);
    (whole > 0).then(|| count as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_set_by_path() {
        let mut campaign = Campaign::default();
        set(&mut campaign, "operator.rebuild_days", 3.5).unwrap();
        set(&mut campaign, "churn.half_life_days", 700.0).unwrap();
        set(&mut campaign, "operator.names_per_day", 250.4).unwrap();
        assert_eq!((campaign.operator.rebuild_days, campaign.operator.names_per_day), (3.5, 250));
        assert_eq!(campaign.churn.half_life_days, Some(700.0));
        let mut refused = |path: &str, value, want: &str| {
            let why = set(&mut campaign, path, value).unwrap_err();
            assert!(why.contains(want), "{why}");
        };
        refused("operator", 1.0, "no path");
        refused("operater.rebuild_days", 1.0, "no mechanism `operater`");
        refused("operator.rebuild_day", 1.0, "unknown field `rebuild_day`");
        refused("operator.rebuild_share", 1.5, "0 to 1");
        refused("action.1.success", 0.5, "0 actions");
    }
}
