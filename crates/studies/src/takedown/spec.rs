//! The spec of a takedown study: a TOML file.
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

use super::treatment::{CascadeSpec, TreatmentSpec};
use super::trial::Takedown;
use crate::Known;
use crate::shared::strategy_axis::StrategySpec;
use hydranet_montecarlo::{SpecError, SpecText};
use hydranet_routing::knowledge::Knowledge;
use hydranet_takedown::Removes;
use hydranet_takedown::budget::RemovalCost;
use hydranet_takedown::measure::Measure;
use hydranet_takedown::repair::Repair;
use hydranet_topology::{Invalid, Params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a spec says beside its topologies and treatments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Dismantling target C: the set size is the smallest q with S1(q) ≤ C·N, or 1 where C·N < 1. In (0, 1).
    #[serde(default = "one_percent")]
    pub target: f64,
    /// Evenly spaced points at which curves are recorded, beside some thirty a decade at their beginning (≥ 2).
    #[serde(default = "two_hundred")]
    pub points: u32,
    /// Measures of what is left, taken at the removed fractions `measure_at`: see `hydranet describe measures`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measure: Vec<Measure>,
    /// Removed fractions at which `measure` is taken (each 0 to 1).
    #[serde(default = "start", skip_serializing_if = "is_start")]
    pub measure_at: Vec<f64>,
    /// Removed fractions at which it is measured what the network is for (increasing, each 0 to below 1): lookups where the
    /// topology has a geometry, a broadcast from the command sources elsewhere. Left out: not measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub function_at: Vec<f64>,
    /// With `function_at`: lookups a trial and fraction (≥ 1).
    #[serde(default = "thousand_lookups", skip_serializing_if = "is_thousand")]
    pub lookups: u64,
    /// Afterwards, also tell how long every strategy takes on the first network of every topology, in `seconds.csv`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub time: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            target: one_percent(),
            points: two_hundred(),
            measure: Vec::new(),
            measure_at: start(),
            function_at: Vec::new(),
            lookups: thousand_lookups(),
            time: false,
        }
    }
}

fn one_percent() -> f64 {
    0.01
}
fn two_hundred() -> u32 {
    200
}
fn start() -> Vec<f64> {
    vec![0.0]
}
fn is_start(list: &Vec<f64>) -> bool {
    *list == start()
}
fn thousand_lookups() -> u64 {
    1000
}
fn is_thousand(lookups: &u64) -> bool {
    *lookups == thousand_lookups()
}

impl Takedown {
    /// Reads a spec of this kind.
    ///
    /// # Errors
    /// With the place: text that is not TOML; a key, model or strategy that nobody knows; a parameter out of range; two
    /// cells with one label; no topology or no treatment.
    pub fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<Takedown, SpecError> {
        let treatments = text.take_tables("treatment")?;
        let topologies = text.take_tables("topology")?;
        let settings = text.settings("[[topology]] or [[treatment]]", check)?;
        let topologies = text.topologies(topologies, known.models)?;
        let mut spec = Takedown { settings, topologies, treatments: Vec::new() };
        for mut table in treatments {
            let (removes, _) = text.word(&mut table, "removes", (&["nodes", "edges"], "nodes"))?;
            let removes = if removes == "edges" { Removes::Edges } else { Removes::Nodes };
            let costs = RemovalCost::ALL.map(RemovalCost::name);
            let (cost, cost_span) = text.word(&mut table, "removal_cost", (&costs, "unit"))?;
            let cost = RemovalCost::named(cost).expect("one of them");
            cost_fits(cost, removes).map_err(|e| text.fail(e.to_string(), Some(cost_span)))?;
            let cascade = cascade(&text, &mut table, removes)?;
            let knowledge = knowledge(&text, &mut table, removes)?;
            let reads = cascade.is_some() || spec.settings.reads_the_network();
            let repair = repair(&text, &mut table, (removes, reads))?;
            let taken = spec.treatments.iter().map(|t| &t.label);
            let StrategySpec { label, built } = StrategySpec::read(&text, table, known, taken)?;
            spec.treatments.push(TreatmentSpec { label, built, removes, cost, cascade, knowledge, repair });
        }
        if spec.treatments.is_empty() {
            return Err(text.fail("an experiment needs at least one [[treatment]] with a `strategy`".into(), None));
        }
        Ok(spec)
    }
}

/// Takes `cascade = { … }` out of a treatment.
fn cascade(text: &SpecText<'_>, table: &mut Params<'_>, removes: Removes) -> Result<Option<CascadeSpec>, SpecError> {
    let write = "cascade = { alpha = 0.2 }, or leave it out";
    text.taken(table, "cascade", write, |spec| cascade_fits(spec, removes))
}

/// Takes `repair = { … }` out of a treatment. `static_reads`: something is asked for that is read off the network as it was.
fn repair(text: &SpecText<'_>, table: &mut Params<'_>, asked: (Removes, bool)) -> Result<Option<Repair>, SpecError> {
    let write = "repair = { max_degree = 10 }, or leave it out";
    text.taken(table, "repair", write, |spec| repair_fits(spec, asked))
}

/// Takes `knowledge = { crawl = { … } }` out of a treatment.
fn knowledge(text: &SpecText<'_>, table: &mut Params<'_>, removes: Removes) -> Result<Option<Knowledge>, SpecError> {
    let write = "knowledge = { crawl = { requests = 0.1 } }, or leave it out";
    text.taken(table, "knowledge", write, |spec| knowledge_fits(spec, removes))
}

/// Refuses costs that what is removed does not have.
pub(super) fn cost_fits(cost: RemovalCost, removes: Removes) -> Result<(), Invalid> {
    Invalid::unless(removes == Removes::Nodes || cost == RemovalCost::Unit, "removal_cost", || {
        "\"unit\" where edges are removed: they have no cost of their own".into()
    })
}

/// Refuses a cascade out of range, or after edges.
pub(super) fn cascade_fits(spec: &CascadeSpec, removes: Removes) -> Result<(), Invalid> {
    let capacity = spec.alpha >= 0.0 && spec.alpha.is_finite();
    Invalid::unless(capacity, "alpha", || format!("a number of at least 0, not {}", spec.alpha))?;
    Invalid::unless(spec.seeds > 0, "seeds", || "at least 1".into())?;
    Invalid::unless(removes == Removes::Nodes, "removes", || "overload follows seized nodes, not edges".into())
}

/// Refuses repair out of range, after edges, or where something is read off the network as it was.
pub(super) fn repair_fits(spec: &Repair, (removes, static_reads): (Removes, bool)) -> Result<(), Invalid> {
    Invalid::unless(removes == Removes::Nodes, "removes", || "repair follows seized nodes, not edges".into())?;
    Invalid::unless(!static_reads, "repair", || {
        "`measure`, `function_at` and `cascade` read the network as it was drawn; leave them out where it repairs itself".into()
    })?;
    spec.check()
}

/// Refuses knowledge out of range, or of edges.
pub(super) fn knowledge_fits(spec: &Knowledge, removes: Removes) -> Result<(), Invalid> {
    Invalid::unless(removes == Removes::Nodes, "removes", || {
        "knowledge is of nodes: with it, nodes are removed, not edges".into()
    })?;
    spec.crawl.check()
}

impl Settings {
    /// Whether something is asked for that is read off the network as it was drawn.
    pub(super) fn reads_the_network(&self) -> bool {
        !(self.measure.is_empty() && self.function_at.is_empty())
    }
}

pub(super) fn check(s: &Settings) -> Result<(), Invalid> {
    let share = s.target > 0.0 && s.target < 1.0;
    Invalid::unless(share, "target", || {
        format!("a share of the nodes, more than 0 and less than 1, not {}", s.target)
    })?;
    Invalid::unless(s.points >= 2, "points", || format!("at least 2 points on a curve, not {}", s.points))?;
    let inside = s.function_at.iter().all(|f| (0.0..1.0).contains(f)) && s.function_at.windows(2).all(|w| w[0] < w[1]);
    Invalid::unless(inside, "function_at", || "removed fractions increase, from 0 on, and stay below 1".into())?;
    Invalid::unless(s.lookups >= 1, "lookups", || "at least 1 lookup a trial and fraction".into())?;
    let shares = s.measure_at.iter().all(|at| (0.0..=1.0).contains(at));
    Invalid::unless(shares && !s.measure_at.is_empty(), "measure_at", || {
        "removed fractions, each 0 to 1, one at least".into()
    })
}
