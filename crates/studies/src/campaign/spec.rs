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

use crate::Known;
use crate::shared::strategy_axis::refuse_foreign;
use hydranet_campaign::{Campaign, overlay};
use hydranet_montecarlo::{Origin, SpecError, SpecText, TopologySpec};
use hydranet_topology::{Invalid, Params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a campaign spec says beside its tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignSettings {
    /// Hours between recorded days (> 0); made a whole number of reports.
    #[serde(default = "day")]
    pub record_hours: f64,
}

impl Default for CampaignSettings {
    fn default() -> CampaignSettings {
        CampaignSettings { record_hours: day() }
    }
}

fn day() -> f64 {
    24.0
}

/// What a treatment is called that says nothing of itself.
pub(super) const ALONE: &str = "left alone";

/// One column of cells: a playbook with its settings.
#[derive(Debug, Clone)]
pub struct Treatment {
    /// What tables and figures call it.
    pub label: String,
    /// The campaign.
    pub campaign: Campaign,
    /// What its text says, by path, with the place.
    pub(super) said: Vec<Said>,
}

/// A parameter that stands in the text of a spec.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said {
    /// `operator.learns`, `action.1.times`; `action.1` for a whole action.
    pub(super) path: String,
    pub(super) place: Range<usize>,
}

/// A campaign experiment, checked and ready to run.
#[derive(Debug, Clone)]
pub struct Campaigns {
    /// What it says beside its tables.
    pub settings: CampaignSettings,
    /// The rows of its table of cells.
    pub topologies: Vec<TopologySpec>,
    /// The columns.
    pub treatments: Vec<Treatment>,
    /// The text.
    pub(super) origin: Origin,
}

impl Campaigns {
    /// Reads a spec of this kind.
    ///
    /// # Errors
    /// With the place: a key that nobody knows, an impossible value, two cells with one label, nothing to do.
    pub fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<Campaigns, SpecError> {
        let topologies = text.take_tables("topology")?;
        let tables = text.take_tables("treatment")?;
        let mut base = DeTable::new();
        for name in Campaign::table_names() {
            if let Some(table) = text.take_table(name)? {
                put(&mut base, name, table);
            }
        }
        let settings = text.settings("[[topology]], [[treatment]] or [churn], [operator], …", check)?;
        let topologies = text.topologies(topologies, known.models)?;
        let mut spec = Campaigns { settings, topologies, treatments: Vec::new(), origin: text.origin() };
        for mut table in tables {
            let span = table.span();
            let (label, label_span) = text.label(&mut table, (ALONE, &span))?;
            text.unique("treatments", spec.treatments.iter().map(|t| &t.label), (&label, label_span))?;
            let own = |key: &str| key == "action" || Campaign::table_names().any(|name| name == key);
            refuse_foreign(&text, &table, known, own)?;
            let merged = overlay(base.clone(), table.into_table().into_inner());
            let mut said = Vec::new();
            all_said("", &merged, &mut said);
            let merged = Params::new(Spanned::new(span, merged));
            let campaign = Campaign::read(merged, known.actions, "treatment").map_err(|e| {
                let unknown = e.reason.starts_with("unknown field");
                let more = "; a treatment has `label`, [[treatment.action]] and tables of mechanisms such as [treatment.operator]";
                text.fail(e.reason + if unknown { more } else { "" }, Some(e.span))
            })?;
            spec.treatments.push(Treatment { label, campaign, said });
        }
        if spec.treatments.is_empty() {
            return Err(
                text.fail("a campaign needs at least one [[treatment]], with [[treatment.action]] in it".into(), None)
            );
        }
        Ok(spec)
    }
}

/// What the tables of a treatment say.
fn all_said(path: &str, table: &DeTable<'_>, into: &mut Vec<Said>) {
    for (key, value) in table {
        let path = if path.is_empty() { key.get_ref().to_string() } else { format!("{path}.{}", key.get_ref()) };
        match value.get_ref() {
            DeValue::Table(inner) => all_said(&path, inner, into),
            DeValue::Array(list) if path == "action" => {
                for (step, number) in list.iter().zip(1..) {
                    let path = format!("action.{number}");
                    into.push(Said { path: path.clone(), place: step.span() });
                    if let DeValue::Table(inner) = step.get_ref() {
                        all_said(&path, inner, into);
                    }
                }
            }
            _ => into.push(Said { path, place: key.span() }),
        }
    }
}

/// Puts a table back under its name.
fn put<'i>(to: &mut DeTable<'i>, name: &'static str, table: Params<'i>) {
    let table = table.into_table();
    let span = table.span();
    to.insert(Spanned::new(span.clone(), name.into()), Spanned::new(span, DeValue::Table(table.into_inner())));
}

fn check(s: &CampaignSettings) -> Result<(), Invalid> {
    let must = |holds: bool, key, reason: String| Invalid::unless(holds, key, || reason);
    let hours = s.record_hours;
    must(hours > 0.0 && hours < 1e6, "record_hours", format!("more than 0 hours, not {hours}"))
}
