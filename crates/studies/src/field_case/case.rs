//! The cases of a study of cases: `[[case]]` tables, the parameters that are fitted, and the published points.

use crate::Known;
use hydranet_campaign::{Actions, Campaign, Sample, Trajectory};
use hydranet_montecarlo::{SpecError, SpecText, TopologySpec};
use hydranet_topology::Params;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::DeValue;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Observable {
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
    pub(super) fn name(self) -> &'static str {
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
    pub(super) fn of(self, now: &Sample, start: &Sample) -> [u64; 2] {
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
pub(super) struct Prior {
    /// Its path: a table and its key, such as `operator.rebuild_days`, or `action`, the number of the action from 1, and a key
    /// of its schedule or its own, such as `action.1.success`.
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
pub(super) struct Published {
    /// What was published: `reach`, `online`, `members`, `known`, `servers`, `rebuilt`.
    pub observable: Observable,
    /// Days after the start (≥ 0, within the days that are followed).
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

/// One case; its label is that of its topology.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) source: String,
    pub(super) cannot: String,
    /// Draws at most.
    pub(super) draws: Option<u32>,
    pub(super) campaign: Campaign,
    pub(super) priors: Vec<Prior>,
    pub(super) published: Vec<Published>,
}

/// Reads a `[[case]]` table. `taken` are the labels before it.
pub(super) fn read_case<'l>(
    text: &SpecText<'_>,
    mut table: Params<'_>,
    known: Known<'_>,
    taken: impl Iterator<Item = &'l String>,
) -> Result<(TopologySpec, Case), SpecError> {
    let whole = table.span();
    let (label, span) = text.name(&mut table, "label")?;
    text.unique("cases", taken, (&label, span))?;
    let (source, _) = text.name(&mut table, "source")?;
    let (cannot, _) = text.name(&mut table, "cannot")?;
    let most = table.take("draws");
    let draws = most.map(|value| whole_number(text, &value)).transpose()?;
    let write = "[case.topology] with a `model`";
    let Some(mut topology) = text.as_table(table.take("topology"), "topology", write)? else {
        return Err(text.fail(format!("case `{label}` has no {write}"), Some(whole)));
    };
    let (model, span) = text.name(&mut topology, "model")?;
    let entry = known.models.get(&model).map_err(|e| text.fail(e.to_string(), Some(span)))?;
    let built = entry.build(&topology).map_err(|e| text.bad(&e))?;
    let priors = text.as_tables(table.take("prior"), "prior", "[[case.prior]]")?;
    let points = text.as_tables(table.take("published"), "published", "[[case.published]]")?;
    let actions = known.actions;
    let campaign = Campaign::read(table, actions, "case").map_err(|e| text.fail(e.reason, Some(e.span)))?;
    let priors =
        priors.iter().map(|table| read_prior(text, table, &campaign, actions)).collect::<Result<Vec<Prior>, _>>()?;
    let mut published = Vec::new();
    for point in points {
        let read: Published =
            point.read().map_err(|e| text.fail(format!("`published`: {}", e.reason), Some(e.span)))?;
        let inside = read.day >= 0.0 && read.day <= campaign.time.days && read.sigma > 0.0 && read.share >= 0.0;
        if !inside {
            let reason = format!(
                "`published`: a day within the {} days that are followed, a share of 0 or more and a `sigma` above 0",
                campaign.time.days
            );
            return Err(text.fail(reason, Some(point.span())));
        }
        published.push(read);
    }
    if published.is_empty() {
        return Err(text.fail(format!("case `{label}` has no [[case.published]]"), Some(whole)));
    }
    Ok((TopologySpec { label, built }, Case { source, cannot, draws, campaign, priors, published }))
}

/// How many draws a case has at most.
fn whole_number(text: &SpecText<'_>, value: &Spanned<DeValue<'_>>) -> Result<u32, SpecError> {
    let number = value.get_ref().as_integer().and_then(|i| i.as_str().parse::<u32>().ok());
    number.filter(|draws| *draws >= 1).ok_or_else(|| {
        let reason =
            "`draws`: how many draws this case has at most, a whole number from 1 on; left out: `networks` of the spec";
        text.fail(reason.into(), Some(value.span()))
    })
}

/// Reads a `[[case.prior]]` table: its ends are values that the parameter can have.
fn read_prior(
    text: &SpecText<'_>,
    table: &Params<'_>,
    campaign: &Campaign,
    actions: &Actions,
) -> Result<Prior, SpecError> {
    let prior: Prior = table.read().map_err(|e| text.fail(format!("`prior`: {}", e.reason), Some(e.span)))?;
    let range = prior.from < prior.to && (!prior.log || prior.from > 0.0);
    if !(range && prior.from.is_finite() && prior.to.is_finite()) {
        let reason = "`prior`: `from` is below `to`, and above 0 with `log`".into();
        return Err(text.fail(reason, Some(table.span())));
    }
    for (key, end) in [("from", prior.from), ("to", prior.to)] {
        campaign.clone().set(&prior.parameter, end, actions).map_err(|e| {
            let key = if e.is_value() { key } else { "parameter" };
            text.fail(format!("`prior`: {e}"), table.span_of(key))
        })?;
    }
    Ok(prior)
}

/// The share at the report nearest to a published day.
pub(super) fn at(trajectory: &Trajectory, point: &Published, start: &Sample) -> Option<f64> {
    let place = (point.day * 86_400.0 / trajectory.span as f64).round() as usize;
    let [count, whole] = point.observable.of(trajectory.samples.get(place)?, start);
    (whole > 0).then(|| count as f64 / whole as f64)
}
