//! The experiment as it is written down: a TOML file.
//!
//! ```toml
//! title = "Beacon against mesh"
//! seed = 2012
//! networks = 20
//! orders = 5
//!
//! [[topology]]
//! model = "beacon"
//! peers = 1000
//!
//! [[treatment]]
//! strategy = "random"
//! ```
//!
//! Every cell of the experiment is one topology under one treatment. A key that nobody knows is refused, with the
//! nearest one that is known and the place in the file.

use crate::SpecError;
use hydranet_takedown::budget::RemovalCost;
use hydranet_takedown::{Removes, Strategies, Strategy};
use hydranet_topology::{BadParams, Built, Models, Params, Topology};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a spec says beside its topologies and treatments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What the experiment is called in figures and reports.
    pub title: String,
    /// What it asks and how, in a few sentences; for reports.
    #[serde(default, rename = "abstract")]
    pub summary: String,
    /// The seed of all randomness. The same seed gives the same bytes.
    pub seed: u64,
    /// Networks drawn of every topology (≥ 1). Intervals are over networks: two at least for an interval.
    pub networks: u32,
    /// Removal orders on every network and treatment (≥ 1, below 2²⁴).
    #[serde(default = "one")]
    pub orders: u32,
    /// Dismantling target C: the set size is the smallest q with S1(q) ≤ C·N. In (0, 1).
    #[serde(default = "one_percent")]
    pub target: f64,
    /// Evenly spaced points at which curves are recorded, beside some thirty a decade at their beginning (≥ 2).
    #[serde(default = "two_hundred")]
    pub points: u32,
    /// Draw more networks until the 95 % interval of R, of R_cmd, of f_c and of the set size (as a fraction) is at most this
    /// wide on either side, in every cell. Left out: exactly `networks` are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<f64>,
    /// With `precision`: never draw more networks than this.
    #[serde(default = "thousand")]
    pub max_networks: u32,
    /// Networks of one topology that are written to one file as they finish (≥ 1). Left out: so many that there are at
    /// most 500 files a topology.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<u32>,
}

fn one() -> u32 {
    1
}
fn one_percent() -> f64 {
    0.01
}
fn two_hundred() -> u32 {
    200
}
fn thousand() -> u32 {
    1000
}

/// One row of cells.
#[derive(Debug, Clone)]
pub struct TopologySpec {
    /// What tables and figures call it.
    pub label: String,
    /// The model with its parameters.
    pub built: Built<dyn Topology>,
}

/// One column of cells.
#[derive(Debug, Clone)]
pub struct TreatmentSpec {
    /// What tables and figures call it.
    pub label: String,
    /// The strategy with its parameters.
    pub built: Built<dyn Strategy>,
    /// What it removes.
    pub removes: Removes,
    /// What a removal costs, for curves against cost.
    pub cost: RemovalCost,
}

/// An experiment, checked and ready to run.
#[derive(Debug, Clone)]
pub struct Spec {
    /// What it says beside its topologies and treatments.
    pub settings: Settings,
    /// The rows of its table of cells.
    pub topologies: Vec<TopologySpec>,
    /// The columns.
    pub treatments: Vec<TreatmentSpec>,
}

impl Spec {
    /// Reads a spec. `source` is what messages call the text: a path.
    ///
    /// # Errors
    /// With the place: text that is not TOML; a key, model or strategy that nobody knows; a parameter out of range; two
    /// cells with one label; no topology or no treatment.
    pub fn parse(text: &str, source: &str, models: &Models, strategies: &Strategies) -> Result<Spec, SpecError> {
        let fail = |reason: String, span: Option<Range<usize>>| SpecError::new(source, text, reason, span);
        let table = DeTable::parse(text).map_err(|e| fail(e.message().to_string(), e.span()))?;
        let mut params = Params::new(table);
        let topologies = tables(params.take("topology"), "topology").map_err(|(r, s)| fail(r, s))?;
        let treatments = tables(params.take("treatment"), "treatment").map_err(|(r, s)| fail(r, s))?;
        let settings: Settings = params.read().map_err(|e| {
            let hint =
                if e.reason.starts_with("unknown field") { ", or a table [[topology]] or [[treatment]]" } else { "" };
            fail(format!("{}{hint}", e.reason), Some(e.span))
        })?;
        check(&settings).map_err(|(key, reason)| fail(format!("`{key}`: {reason}"), params.span_of(key)))?;
        let bad = |e: BadParams| fail(e.to_string(), e.span.clone());

        let mut spec = Spec { settings, topologies: Vec::new(), treatments: Vec::new() };
        for mut table in topologies {
            let (model, span) = name(&mut table, "model").map_err(|(r, s)| fail(r, s))?;
            let (label, label_span) = label(&mut table, &model, &span).map_err(|(r, s)| fail(r, s))?;
            let entry = models.get(&model).map_err(|e| fail(e.to_string(), Some(span)))?;
            if spec.topologies.iter().any(|t| t.label == label) {
                return Err(fail(
                    format!("two topologies are called `{label}`; give each a `label`"),
                    Some(label_span),
                ));
            }
            spec.topologies.push(TopologySpec { label, built: entry.build(&table).map_err(bad)? });
        }
        for mut table in treatments {
            let (strategy, span) = name(&mut table, "strategy").map_err(|(r, s)| fail(r, s))?;
            let (label, label_span) = label(&mut table, &strategy, &span).map_err(|(r, s)| fail(r, s))?;
            let removes = removes(&mut table).map_err(|(r, s)| fail(r, s))?;
            let cost = removal_cost(&mut table, removes).map_err(|(r, s)| fail(r, s))?;
            let entry = strategies.get(&strategy).map_err(|e| fail(e.to_string(), Some(span)))?;
            if spec.treatments.iter().any(|t| t.label == label) {
                return Err(fail(
                    format!("two treatments are called `{label}`; give each a `label`"),
                    Some(label_span),
                ));
            }
            spec.treatments.push(TreatmentSpec { label, built: entry.build(&table).map_err(bad)?, removes, cost });
        }
        if spec.topologies.is_empty() {
            return Err(fail("an experiment needs at least one [[topology]] with a `model`".into(), None));
        }
        if spec.treatments.is_empty() {
            return Err(fail("an experiment needs at least one [[treatment]] with a `strategy`".into(), None));
        }
        Ok(spec)
    }

    /// The same with other settings.
    ///
    /// # Errors
    /// The key whose value is not allowed, and why.
    pub fn with_settings(mut self, settings: Settings) -> Result<Spec, SpecError> {
        check(&settings).map_err(|(key, reason)| SpecError::plain(format!("`{key}`: {reason}")))?;
        self.settings = settings;
        Ok(self)
    }

    /// The whole spec with all defaults, for provenance.
    pub fn to_json(&self) -> serde_json::Value {
        let mut json = serde_json::to_value(&self.settings).expect("settings are plain values");
        let axis = |label: &str, key: &str, name: &str, params: &toml::Table| {
            let mut cell = serde_json::Map::new();
            cell.insert(key.into(), name.into());
            cell.insert("label".into(), label.into());
            for (k, v) in params {
                cell.insert(k.clone(), serde_json::to_value(v).expect("TOML values are JSON values"));
            }
            cell
        };
        json["topology"] = self
            .topologies
            .iter()
            .map(|t| serde_json::Value::Object(axis(&t.label, "model", t.built.name, &t.built.params)))
            .collect();
        json["treatment"] = self
            .treatments
            .iter()
            .map(|t| {
                let mut cell = axis(&t.label, "strategy", t.built.name, &t.built.params);
                cell.insert("removes".into(), t.removes.name().into());
                cell.insert("removal_cost".into(), t.cost.name().into());
                serde_json::Value::Object(cell)
            })
            .collect();
        json
    }

    /// The part of the spec that decides what a unit's rows are, in canonical form. How many networks there are, and how
    /// the rows are summed up, does not: a unit of a larger run is a unit of a smaller one.
    pub fn row_identity(&self) -> String {
        let mut json = self.to_json();
        let object = json.as_object_mut().expect("a spec is a table");
        for key in ["title", "abstract", "networks", "precision", "max_networks"] {
            object.remove(key);
        }
        object.insert("block".into(), self.block().into());
        object.insert("files".into(), self.topologies.iter().map(|t| t.built.value.fingerprint()).collect());
        object.insert("orders of".into(), self.treatments.iter().map(|t| t.built.value.fingerprint()).collect());
        json.to_string()
    }

    /// Networks of one topology that go to one file.
    pub fn block(&self) -> u32 {
        self.settings.block.unwrap_or_else(|| self.settings.networks.div_ceil(500)).max(1)
    }
}

type Refusal = (String, Option<Range<usize>>);

fn check(s: &Settings) -> Result<(), (&'static str, String)> {
    let must = |holds: bool, key, reason: String| if holds { Ok(()) } else { Err((key, reason)) };
    must(!s.title.trim().is_empty(), "title", "an experiment has a title".into())?;
    must(s.networks >= 1, "networks", "at least 1 network of every topology is drawn".into())?;
    must(
        s.orders >= 1 && s.orders < 1 << 24,
        "orders",
        format!("1 to 16777215 orders on a network, not {}", s.orders),
    )?;
    let share = |x: f64| x > 0.0 && x < 1.0;
    must(share(s.target), "target", format!("a share of the nodes, more than 0 and less than 1, not {}", s.target))?;
    must(s.points >= 2, "points", format!("at least 2 points on a curve, not {}", s.points))?;
    must(s.block != Some(0), "block", "at least 1 network a block".into())?;
    if let Some(p) = s.precision {
        must(share(p), "precision", format!("the half-width of an interval, more than 0 and less than 1, not {p}"))?;
        must(s.networks >= 2, "networks", "with `precision` at least 2 networks are drawn at first".into())?;
        must(s.max_networks >= s.networks, "max_networks", format!("not below `networks` = {}", s.networks))?;
    }
    Ok(())
}

fn tables<'i>(value: Option<Spanned<DeValue<'i>>>, key: &str) -> Result<Vec<Params<'i>>, Refusal> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let span = value.span();
    let wrong = || (format!("`{key}` is a list of tables: write [[{key}]] above the keys of each"), Some(span.clone()));
    let DeValue::Array(list) = value.into_inner() else { return Err(wrong()) };
    list.into_iter()
        .map(|item| {
            let span = item.span();
            match item.into_inner() {
                DeValue::Table(table) => Ok(Params::new(Spanned::new(span, table))),
                _ => Err(wrong()),
            }
        })
        .collect()
}

fn text(value: Spanned<DeValue<'_>>, key: &str) -> Result<(String, Range<usize>), Refusal> {
    let span = value.span();
    match value.into_inner() {
        DeValue::String(s) => Ok((s.into_owned(), span)),
        other => Err((format!("`{key}` is a string, not {}", other.type_str()), Some(span))),
    }
}

fn name(table: &mut Params<'_>, key: &'static str) -> Result<(String, Range<usize>), Refusal> {
    match table.take(key) {
        Some(value) => text(value, key),
        None => Err((format!("missing `{key}`: which one?"), Some(table.span()))),
    }
}

fn label(table: &mut Params<'_>, name: &str, span: &Range<usize>) -> Result<(String, Range<usize>), Refusal> {
    match table.take("label") {
        Some(value) => {
            let (label, span) = text(value, "label")?;
            if label.trim().is_empty() {
                return Err(("`label` is empty; leave it out to use the name".into(), Some(span)));
            }
            Ok((label, span))
        }
        None => Ok((name.to_string(), span.clone())),
    }
}

fn removes(table: &mut Params<'_>) -> Result<Removes, Refusal> {
    let Some(value) = table.take("removes") else { return Ok(Removes::Nodes) };
    let (word, span) = text(value, "removes")?;
    match word.as_str() {
        "nodes" => Ok(Removes::Nodes),
        "edges" => Ok(Removes::Edges),
        _ => Err((format!("`removes` is \"nodes\" or \"edges\", not \"{word}\""), Some(span))),
    }
}

fn removal_cost(table: &mut Params<'_>, removes: Removes) -> Result<RemovalCost, Refusal> {
    let Some(value) = table.take("removal_cost") else { return Ok(RemovalCost::Unit) };
    let (word, span) = text(value, "removal_cost")?;
    match RemovalCost::named(&word) {
        Some(cost) if cost == RemovalCost::Unit || removes == Removes::Nodes => Ok(cost),
        Some(_) => Err((
            "`removal_cost` is \"unit\" where edges are removed: they have no cost of their own".into(),
            Some(span),
        )),
        None => Err((format!("`removal_cost` is \"unit\", \"degree\" or \"overlay\", not \"{word}\""), Some(span))),
    }
}
