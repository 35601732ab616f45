//! The spec of a campaign study: a TOML file with `study = "campaign"`.
//!
//! ```toml
//! study = "campaign"
//! title = "How long does it stay down?"
//! seed = 2012
//! networks = 10
//!
//! [churn]                     # for all treatments; [treatment.churn] says what differs in one
//! session_hours = 8.0
//!
//! [[topology]]
//! model = "beacon"
//! peers = 1000
//!
//! [[treatment]]
//! label = "seize once"
//! [[treatment.action]]
//! action = "seize-servers"
//! at_days = 30
//! ```
//!
//! Every mechanism has its table, a field of [`Campaign`]. Those of a treatment lie over those for all, key by key: what a treatment
//! leaves out is what the spec says. `hydranet describe campaign` lists every parameter.

use crate::cost::Size;
use crate::reading::{SpecText, TopologySpec, check_common, files, identity_of, spec_json};
use crate::strategy_axis::refuse_foreign;
use crate::studies::{Common, Experiment, Kind, Known, Overrides, block};
use crate::{SpecError, Study, campaign_study};
use hydranet_campaign::{ACTIONS, Actions, Campaign, overlay};
use hydranet_results::campaign::METRICS;
use hydranet_topology::Params;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a campaign spec says beside its tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignSettings {
    /// What the experiment is called in figures and reports.
    pub title: String,
    /// What it asks and how, in a few sentences; for reports.
    #[serde(default, rename = "abstract")]
    pub summary: String,
    /// The seed of all randomness. The same seed gives the same bytes.
    pub seed: u64,
    /// Networks drawn of every topology (≥ 1). Intervals are over networks: two at least for an interval.
    pub networks: u32,
    /// Replicates on every network and treatment (≥ 1, below 2²⁴).
    #[serde(default = "one")]
    pub orders: u32,
    /// Hours between recorded days (> 0); made a whole number of reports.
    #[serde(default = "day")]
    pub record_hours: f64,
    /// Draw more networks until the 95 % interval of the share of harm averted is at most this wide on either side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<f64>,
    /// With `precision`: never draw more networks than this.
    #[serde(default = "thousand")]
    pub max_networks: u32,
    /// Networks of one topology that are written to one file as they finish (≥ 1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<u32>,
}

fn one() -> u32 {
    1
}
fn day() -> f64 {
    24.0
}
fn thousand() -> u32 {
    1000
}

/// A sentence that a report answers with a number of the summary: one `[[claim]]` table. It decides no row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The sentence.
    pub says: String,
    /// What the number is, in words.
    pub measured: String,
    /// Label of the topology that it is read in.
    pub topology: String,
    /// Label of the treatment.
    pub treatment: String,
    /// Name of the metric.
    pub metric: String,
    /// The sentence holds if the number is this or more: a report then gives a verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// The sentence holds if the number is this or less. At most one of the two is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
}

/// One column of cells: a playbook with its settings.
#[derive(Debug, Clone)]
pub(crate) struct Treatment {
    pub(crate) label: String,
    pub(crate) campaign: Campaign,
}

/// A campaign experiment, checked and ready to run.
#[derive(Debug, Clone)]
pub struct CampaignSpec {
    /// What it says beside its tables.
    pub settings: CampaignSettings,
    /// The rows of its table of cells.
    pub topologies: Vec<TopologySpec>,
    pub(crate) treatments: Vec<Treatment>,
    /// Sentences that its report answers.
    pub claims: Vec<Claim>,
}

impl CampaignSpec {
    /// Reads a spec of this kind.
    ///
    /// # Errors
    /// With the place: a key that nobody knows, an impossible value, two cells with one label, nothing to do.
    pub fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<CampaignSpec, SpecError> {
        let topologies = text.take_tables("topology")?;
        let tables = text.take_tables("treatment")?;
        let claims = text.take_tables("claim")?;
        let mut base = DeTable::new();
        for name in Campaign::table_names() {
            if let Some(table) = text.take_table(name)? {
                put(&mut base, name, table);
            }
        }
        let actions = actions();
        let settings = text.settings("[[topology]], [[treatment]] or [churn], [operator], …", check)?;
        let topologies = text.topologies(topologies, known.models)?;
        let mut spec = CampaignSpec { settings, topologies, treatments: Vec::new(), claims: Vec::new() };
        for mut table in tables {
            let span = table.span();
            let (label, label_span) = text.label(&mut table, ("left alone", &span))?;
            text.unique("treatments", spec.treatments.iter().map(|t| &t.label), (&label, label_span))?;
            let own = |key: &str| key == "action" || Campaign::table_names().any(|name| name == key);
            refuse_foreign(&text, &table, own)?;
            let merged = overlay(base.clone(), table.into_table().into_inner());
            let merged = Params::new(Spanned::new(span, merged));
            let campaign = Campaign::read(merged, &actions, "treatment").map_err(|e| {
                let unknown = e.reason.starts_with("unknown field");
                let more = "; a treatment has `label`, [[treatment.action]] and tables of mechanisms such as [treatment.operator]";
                text.fail(e.reason + if unknown { more } else { "" }, Some(e.span))
            })?;
            spec.treatments.push(Treatment { label, campaign });
        }
        if spec.treatments.is_empty() {
            return Err(
                text.fail("a campaign needs at least one [[treatment]], with [[treatment.action]] in it".into(), None)
            );
        }
        for table in claims {
            let claim = spec.claim(&text, &table)?;
            spec.claims.push(claim);
        }
        Ok(spec)
    }

    fn claim(&self, text: &SpecText<'_>, table: &Params<'_>) -> Result<Claim, SpecError> {
        let claim: Claim = table.read().map_err(|e| text.fail(format!("`claim`: {}", e.reason), Some(e.span)))?;
        let names = |list: Vec<&str>| list.join(", ");
        let topologies: Vec<&str> = self.topologies.iter().map(|t| t.label.as_str()).collect();
        let treatments: Vec<&str> = self.treatments.iter().map(|t| t.label.as_str()).collect();
        let metrics: Vec<&str> = METRICS.iter().map(|m| m.name).collect();
        let axes = [
            ("topology", &claim.topology, topologies),
            ("treatment", &claim.treatment, treatments),
            ("metric", &claim.metric, metrics),
        ];
        for (key, value, known) in axes {
            if !known.contains(&value.as_str()) {
                let reason = format!("`claim`: no {key} `{value}` here; there are {}", names(known));
                return Err(text.fail(reason, table.span_of(key)));
            }
        }
        if claim.at_least.is_some() && claim.at_most.is_some() {
            let reason = "`claim`: `at_least` and `at_most` together; give the one that the sentence needs".to_string();
            return Err(text.fail(reason, table.span_of("at_most")));
        }
        Ok(claim)
    }
}

/// The actions that a playbook can name.
pub(crate) fn actions() -> Actions {
    Actions::default().with(ACTIONS)
}

/// Puts a table back under its name.
fn put<'i>(to: &mut DeTable<'i>, name: &'static str, table: Params<'i>) {
    let table = table.into_table();
    let span = table.span();
    to.insert(Spanned::new(span.clone(), name.into()), Spanned::new(span, DeValue::Table(table.into_inner())));
}

impl Experiment for CampaignSpec {
    fn kind(&self) -> &'static Kind {
        &campaign_study::KIND
    }

    fn common(&self) -> Common {
        common(&self.settings)
    }

    fn topologies(&self) -> u32 {
        self.topologies.len() as u32
    }

    fn size(&self, topology: u32) -> Size {
        Size::of(&self.topologies[topology as usize], self.settings.seed)
    }

    fn extent(&self) -> String {
        let (rows, columns) = (self.topologies.len(), self.treatments.len());
        let s = &self.settings;
        let cells = rows * columns;
        format!(
            "{rows} topologies × {columns} treatments = {cells} cells, {} networks × {} replicates each",
            s.networks, s.orders
        )
    }

    fn with(&self, overrides: &Overrides) -> Result<Box<dyn Experiment>, SpecError> {
        let mut spec = self.clone();
        let s = &mut spec.settings;
        overrides.apply(&mut s.networks, &mut s.orders, &mut s.seed, &mut s.block);
        check(s).map_err(|(key, reason)| SpecError::plain(format!("`{key}`: {reason}")))?;
        Ok(Box::new(spec))
    }

    fn to_json(&self) -> serde_json::Value {
        let mut json = spec_json(self.kind().name, &self.settings, &self.topologies);
        json["treatment"] = self.treatments.iter().map(treatment_json).collect::<Vec<_>>().into();
        json["claim"] = serde_json::to_value(&self.claims).expect("claims are plain values");
        json
    }

    fn row_identity(&self) -> String {
        let mut json = self.to_json();
        json.as_object_mut().expect("a spec is a table").remove("claim");
        identity_of(json, self.common().block, &[("files", files(&self.topologies))])
    }

    fn study(&self) -> Box<dyn Study + '_> {
        Box::new(campaign_study::CampaignStudy { spec: self })
    }
}

fn treatment_json(t: &Treatment) -> serde_json::Value {
    let mut json = campaign_json(&t.campaign);
    json["label"] = t.label.clone().into();
    json
}

/// All parameters of a campaign.
pub(crate) fn campaign_json(c: &Campaign) -> serde_json::Value {
    serde_json::to_value(c).expect("tables are plain values")
}

fn common(s: &CampaignSettings) -> Common {
    Common {
        title: s.title.clone(),
        seed: s.seed,
        networks: s.networks,
        block: block(s.networks, s.block),
        precision: s.precision,
        max_networks: s.max_networks,
    }
}

fn check(s: &CampaignSettings) -> Result<(), (&'static str, String)> {
    let must = |holds: bool, key, reason: String| if holds { Ok(()) } else { Err((key, reason)) };
    check_common(&common(s))?;
    let lives = s.orders >= 1 && s.orders < 1 << 24;
    must(lives, "orders", format!("1 to 16777215 replicates on a network, not {}", s.orders))?;
    let hours = s.record_hours;
    must(hours > 0.0 && hours < 1e6, "record_hours", format!("more than 0 hours, not {hours}"))
}
