//! `study = "field-case"`: takedowns that happened, against what was published about them.
//!
//! ```toml
//! study = "field-case"
//! title = "Abandoned"
//! seed = 2009
//! draws = 100
//! keep = 0.1
//!
//! [[case]]
//! label = "Conficker"
//! source = "…"
//! cannot = "…"
//! [case.topology]
//! model = "gnm"
//! n = 100
//! m = 400
//! [[case.prior]]
//! parameter = "churn.half_life_days"
//! from = 100
//! to = 3000
//! [[case.published]]
//! observable = "members"
//! day = 100
//! share = 0.9
//! sigma = 0.05
//! ```
//!
//! A case has a topology, tables of mechanisms and actions as in a campaign study, parameters with a uniform prior (or uniform in
//! the logarithm), and published points. Every draw is one life of one network with parameters of its own; how the draws
//! nearest to the fitted points are kept, and what they foretell, stands in [`hydranet_results::field_case`].

use crate::campaign_spec::{MECHANISMS, Nothing, mechanism, step};
use crate::cost::{LINEAR, Size};
use crate::reading::{SpecText, TopologySpec, check_common, files, identity_of, spec_json};
use crate::studies::{Common, Experiment, Kind, Known, Overrides, block, keys};
use crate::{SpecError, Study, Unit};
use hydranet_campaign::{Campaign, Sample, Story};
use hydranet_overlay::Overlay;
use hydranet_results::field_case::{
    COURSES, CourseRow, DRAWS, DrawRow, FITS, FitRow, POSTERIOR, PREDICTIVE, PUBLISHED, summarize,
};
use hydranet_results::{Schema, Table};
use hydranet_topology::{Draw, Invalid, Params, Purpose, Trial, trial_rng};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Draws come last: their file marks a block as finished.
static SCHEMAS: [&Schema; 3] = [&COURSES, &FITS, &DRAWS];
static SUMMARIES: [(&str, &Schema); 3] =
    [("posterior", &POSTERIOR), ("predictive", &PREDICTIVE), ("published", &PUBLISHED)];

/// `study = "field-case"`.
pub(crate) static KIND: Kind = Kind {
    name: "field-case",
    about: "takedowns that happened: parameters drawn from a prior, those nearest to what was published, what they foretell",
    schemas: &SCHEMAS,
    summaries: &SUMMARIES,
    summarize: |tables, spec| {
        let [courses, fits, draws] = tables else { panic!("one table a schema") };
        let keep = spec["keep"].as_f64().expect("a spec says how many draws are kept");
        let (posterior, predictive, published) = summarize(courses, fits, draws, keep);
        vec![Table::of(&posterior), Table::of(&predictive), Table::of(&published)]
    },
    widest: |_| 0.0,
    keys: || {
        vec![
            keys::<FieldCaseSettings>("top level"),
            keys::<Prior>("[[case.prior]]"),
            keys::<Published>("[[case.published]]"),
        ]
    },
    parse: |text, known| Ok(Box::new(FieldCases::read(text, known)?)),
};

/// What such a spec says beside its cases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldCaseSettings {
    /// What the experiment is called in figures and reports.
    pub title: String,
    /// What it asks and how, in a few sentences; for reports.
    #[serde(default, rename = "abstract")]
    pub summary: String,
    /// The seed of all randomness. The same seed gives the same bytes.
    pub seed: u64,
    /// Draws from the prior of every case (≥ 1); each is a life of a network of its own.
    pub draws: u32,
    /// Share of the draws that are kept (above 0, at most 1).
    #[serde(default = "tenth")]
    pub keep: f64,
    /// Days between recorded points of a course (> 0).
    #[serde(default = "day")]
    pub record_days: f64,
    /// Draws of one case that are written to one file as they finish (≥ 1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<u32>,
}

fn tenth() -> f64 {
    0.1
}
fn day() -> f64 {
    1.0
}

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
    fn name(self) -> &'static str {
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
    fn of(self, now: &Sample, start: &Sample) -> [u64; 2] {
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
struct Case {
    topology: TopologySpec,
    source: String,
    cannot: String,
    campaign: Campaign,
    priors: Vec<Prior>,
    published: Vec<Published>,
}

/// A study of cases, checked and ready to run.
#[derive(Debug, Clone)]
pub struct FieldCases {
    settings: FieldCaseSettings,
    cases: Vec<Case>,
}

impl FieldCases {
    fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<FieldCases, SpecError> {
        let tables = text.take_tables("case")?;
        let settings: FieldCaseSettings = text.settings("[[case]]", check)?;
        let mut cases: Vec<Case> = Vec::new();
        for table in tables {
            let taken = cases.iter().map(|c| &c.topology.label);
            let case = read_case(&text, table, known, taken)?;
            cases.push(case);
        }
        if cases.is_empty() {
            return Err(text.fail("a study of cases needs at least one [[case]]".into(), None));
        }
        Ok(FieldCases { settings, cases })
    }
}

fn read_case<'l>(
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
fn set(campaign: &mut Campaign, path: &str, value: f64) -> Result<(), String> {
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

fn check(s: &FieldCaseSettings) -> Result<(), (&'static str, String)> {
    let must = |holds: bool, key, reason: String| if holds { Ok(()) } else { Err((key, reason)) };
    must(s.draws >= 1, "draws", "at least 1 draw".into())?;
    check_common(&common(s))?;
    must(s.keep > 0.0 && s.keep <= 1.0, "keep", format!("a share above 0 and at most 1, not {}", s.keep))?;
    must(s.record_days > 0.0 && s.record_days < 1e5, "record_days", format!("more than 0 days, not {}", s.record_days))
}

fn common(s: &FieldCaseSettings) -> Common {
    Common {
        title: s.title.clone(),
        seed: s.seed,
        networks: s.draws,
        block: block(s.draws, s.block),
        precision: None,
        max_networks: s.draws,
    }
}

impl Experiment for FieldCases {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn common(&self) -> Common {
        common(&self.settings)
    }

    fn topologies(&self) -> u32 {
        self.cases.len() as u32
    }

    fn size(&self, topology: u32) -> Size {
        Size::of(&self.cases[topology as usize].topology, self.settings.seed)
    }

    fn unit_cost(&self, topology: u32, size: Size) -> f64 {
        let campaign = &self.cases[topology as usize].campaign;
        LINEAR * size.sum() * f64::from(campaign.fleet.networks) * campaign.time.days.max(1.0)
    }

    fn extent(&self) -> String {
        let (cases, s) = (self.cases.len(), &self.settings);
        format!("{cases} cases, {} draws each, the nearest {} kept", s.draws, (s.draws as f64 * s.keep).ceil())
    }

    fn with(&self, o: &Overrides) -> Result<Box<dyn Experiment>, SpecError> {
        if o.orders.is_some() {
            return Err(SpecError::plain("--orders: every draw of a case is one life of one network".into()));
        }
        let mut spec = self.clone();
        let s = &mut spec.settings;
        o.apply(&mut s.draws, &mut 1, &mut s.seed, &mut s.block);
        check(s).map_err(|(key, reason)| SpecError::plain(format!("`{key}`: {reason}")))?;
        Ok(Box::new(spec))
    }

    fn to_json(&self) -> serde_json::Value {
        let topologies: Vec<TopologySpec> = self.cases.iter().map(|c| c.topology.clone()).collect();
        let mut json = spec_json(KIND.name, &self.settings, &topologies);
        let case = |c: &Case| {
            serde_json::json!({
                "label": c.topology.label, "source": c.source, "cannot": c.cannot, "prior": c.priors,
                "published": c.published, "campaign": crate::campaign_spec::campaign_json(&c.campaign),
            })
        };
        json["case"] = self.cases.iter().map(case).collect();
        json
    }

    fn row_identity(&self) -> String {
        let mut json = self.to_json();
        let object = json.as_object_mut().expect("a spec is a table");
        // how many are kept is decided when rows are summed up, and texts decide nothing
        object.remove("keep");
        object.remove("draws");
        for case in object["case"].as_array_mut().expect("a list") {
            let case = case.as_object_mut().expect("a table");
            case.remove("source");
            case.remove("cannot");
        }
        let topologies: Vec<TopologySpec> = self.cases.iter().map(|c| c.topology.clone()).collect();
        identity_of(json, self.common().block, &[("files", files(&topologies))])
    }

    fn study(&self) -> Box<dyn Study + '_> {
        Box::new(Lives(self))
    }
}

#[derive(Debug)]
struct Lives<'s>(&'s FieldCases);

impl Study for Lives<'_> {
    fn schemas(&self) -> &'static [&'static Schema] {
        &SCHEMAS
    }

    fn run(&self, unit: Unit, tables: &mut [Table]) -> Result<(), String> {
        let [courses, fits, draws] = tables else { panic!("one table a schema") };
        let settings = &self.0.settings;
        let case = &self.0.cases[unit.topology as usize];
        let label = case.topology.label.as_str();
        let trial = Trial::network(unit.network);
        let rng = &mut trial_rng(settings.seed, trial, Purpose::Prior);
        let mut campaign = case.campaign.clone();
        for Prior { parameter, from, to, log } in &case.priors {
            let (from, to, u) = (*from, *to, rng.unit());
            let value = if *log { from * libm::pow(to / from, u) } else { from + (to - from) * u };
            set(&mut campaign, parameter, value).map_err(|why| format!("case `{label}`: {why}"))?;
            let row = DrawRow { case: label, draw: unit.network.into(), parameter, from, to, value };
            draws.push_record(&row).map_err(|e| e.to_string())?;
        }
        let draw = |i| {
            let rng = &mut trial_rng(settings.seed, Trial::order_of(unit.network, i), Purpose::Topology);
            case.topology.built.value.generate(rng)
        };
        let networks: Vec<Overlay> = (0..campaign.fleet.networks).map(draw).collect();
        let story = campaign.run(&networks, settings.seed, trial).map_err(|why| format!("case `{label}`: {why}"))?;
        let start = story.samples[0];
        let mut observables: Vec<Observable> = Vec::new();
        for point in &case.published {
            if !observables.contains(&point.observable) {
                observables.push(point.observable);
            }
        }
        let every = ((settings.record_days * 86_400.0 / story.span as f64).round() as usize).max(1);
        for observable in observables {
            for (i, sample) in story.samples.iter().enumerate().step_by(every) {
                let [count, whole] = observable.of(sample, &start);
                let hour = i as u64 * story.span as u64 / 3600;
                let row = CourseRow {
                    case: label,
                    draw: unit.network.into(),
                    observable: observable.name(),
                    hour,
                    count,
                    whole,
                };
                courses.push_record(&row).map_err(|e| e.to_string())?;
            }
        }
        for (number, point) in case.published.iter().enumerate() {
            let row = FitRow {
                case: label,
                draw: unit.network.into(),
                point: number as u64,
                observable: point.observable.name(),
                day: point.day,
                published: point.share,
                sigma: point.sigma,
                fitted: point.fit.into(),
                simulated: at(&story, point, &start),
            };
            fits.push_record(&row).map_err(|e| e.to_string())?;
        }
        Ok(())
    }
}

/// The share at the report nearest to a published day.
fn at(story: &Story, point: &Published, start: &Sample) -> Option<f64> {
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
