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

use crate::cost::{self, Size};
use crate::reading::{SpecText, TopologySpec, axis_json, check_common, files, identity_of, spec_json};
use crate::studies::{Common, Experiment, Kind, Known, Overrides, block};
use crate::{SpecError, StrategySpec, Study, TakedownStudy, takedown_study};
use hydranet_results::Table;
use hydranet_routing::knowledge::Knowledge;
use hydranet_takedown::budget::RemovalCost;
use hydranet_takedown::measure::Measure;
use hydranet_takedown::repair::Repair;
use hydranet_takedown::{Removes, Strategy};
use hydranet_topology::{Built, Invalid, Params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
fn thousand() -> u32 {
    1000
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
    /// Whether overload spreads after the first seizures, and how much nodes bear.
    pub cascade: Option<CascadeSpec>,
    /// What the strategy knows of the network; everything if left out.
    pub knowledge: Option<Knowledge>,
    /// Whether the network repairs itself after removals, and how; it does not if left out.
    pub repair: Option<Repair>,
}

/// Overload after the first seizures (Motter & Lai 2002): `cascade = { alpha = 0.2, seeds = 1 }`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CascadeSpec {
    /// Spare capacity α (≥ 0): a node bears (1 + α) times its load in the whole network.
    pub alpha: f64,
    /// How many nodes of the order are seized before overload spreads (≥ 1).
    #[serde(default = "one")]
    pub seeds: u32,
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
    /// Reads a spec of this kind.
    ///
    /// # Errors
    /// With the place: text that is not TOML; a key, model or strategy that nobody knows; a parameter out of range; two
    /// cells with one label; no topology or no treatment.
    pub fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<Spec, SpecError> {
        let treatments = text.take_tables("treatment")?;
        let topologies = text.take_tables("topology")?;
        let settings = text.settings("[[topology]] or [[treatment]]", check)?;
        let topologies = text.topologies(topologies, known.models)?;
        let mut spec = Spec { settings, topologies, treatments: Vec::new() };
        for mut table in treatments {
            let (removes, _) = text.word(&mut table, "removes", (&["nodes", "edges"], "nodes"))?;
            let removes = if removes == "edges" { Removes::Edges } else { Removes::Nodes };
            let costs = RemovalCost::ALL.map(RemovalCost::name);
            let (cost, cost_span) = text.word(&mut table, "removal_cost", (&costs, "unit"))?;
            let cost = RemovalCost::named(cost).expect("one of them");
            if removes == Removes::Edges && cost != RemovalCost::Unit {
                let reason = "`removal_cost` is \"unit\" where edges are removed: they have no cost of their own";
                return Err(text.fail(reason.into(), Some(cost_span)));
            }
            let cascade = cascade(&text, &mut table, removes)?;
            let knowledge = knowledge(&text, &mut table, removes)?;
            let s = &spec.settings;
            let repair = repair(
                &text,
                &mut table,
                (removes, cascade.is_some() || !(s.measure.is_empty() && s.function_at.is_empty())),
            )?;
            let taken = spec.treatments.iter().map(|t| &t.label);
            let StrategySpec { label, built } = StrategySpec::read(&text, table, known.strategies, taken)?;
            spec.treatments.push(TreatmentSpec { label, built, removes, cost, cascade, knowledge, repair });
        }
        if spec.treatments.is_empty() {
            return Err(text.fail("an experiment needs at least one [[treatment]] with a `strategy`".into(), None));
        }
        Ok(spec)
    }
}

impl Experiment for Spec {
    fn kind(&self) -> &'static Kind {
        &takedown_study::KIND
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

    fn unit_cost(&self, _: u32, size: Size) -> f64 {
        let orders = self.treatments.iter().map(|t| cost::order(&*t.built.value, size));
        cost::LINEAR * size.sum() + f64::from(self.settings.orders) * orders.fold(0.0, |a, b| a + b) * size.sum()
    }

    fn extent(&self) -> String {
        let (rows, columns) = (self.topologies.len(), self.treatments.len());
        let s = &self.settings;
        format!(
            "{rows} topologies × {columns} treatments = {} cells, {} networks × {} orders each",
            rows * columns,
            s.networks,
            s.orders
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
        json["treatment"] = self
            .treatments
            .iter()
            .map(|t| {
                let mut cell = axis_json("strategy", t.built.name, &t.label, &t.built.params);
                cell.insert("removes".into(), t.removes.name().into());
                cell.insert("removal_cost".into(), t.cost.name().into());
                if let Some(cascade) = t.cascade {
                    cell.insert("cascade".into(), serde_json::to_value(cascade).expect("numbers"));
                }
                if let Some(knowledge) = &t.knowledge {
                    let json = serde_json::to_value(knowledge).expect("parameters are plain values");
                    cell.insert("knowledge".into(), json);
                }
                if let Some(repair) = &t.repair {
                    cell.insert("repair".into(), serde_json::to_value(repair).expect("numbers"));
                }
                serde_json::Value::Object(cell)
            })
            .collect();
        json
    }

    fn row_identity(&self) -> String {
        let orders = self.treatments.iter().map(|t| t.built.value.fingerprint()).collect();
        identity_of(self.to_json(), self.common().block, &[("files", files(&self.topologies)), ("orders of", orders)])
    }

    fn study(&self) -> Box<dyn Study + '_> {
        Box::new(TakedownStudy::new(self))
    }

    fn timings(&self, clock: &dyn Fn() -> f64) -> Option<Table> {
        self.settings.time.then(|| TakedownStudy::new(self).timings(clock))
    }
}

/// Takes `cascade = { … }` out of a treatment.
fn cascade(text: &SpecText<'_>, table: &mut Params<'_>, removes: Removes) -> Result<Option<CascadeSpec>, SpecError> {
    let write = "cascade = { alpha = 0.2 }, or leave it out";
    text.taken(table, "cascade", write, |spec: &CascadeSpec| {
        let capacity = spec.alpha >= 0.0 && spec.alpha.is_finite();
        Invalid::unless(capacity, "alpha", || format!("a number of at least 0, not {}", spec.alpha))?;
        Invalid::unless(spec.seeds > 0, "seeds", || "at least 1".into())?;
        Invalid::unless(removes == Removes::Nodes, "removes", || "overload follows seized nodes, not edges".into())
    })
}

/// Takes `repair = { … }` out of a treatment. `static_reads`: something is asked for that is read off the network as it was.
fn repair(
    text: &SpecText<'_>,
    table: &mut Params<'_>,
    (removes, static_reads): (Removes, bool),
) -> Result<Option<Repair>, SpecError> {
    let write = "repair = { max_degree = 10 }, or leave it out";
    text.taken(table, "repair", write, |spec: &Repair| {
        Invalid::unless(removes == Removes::Nodes, "removes", || "repair follows seized nodes, not edges".into())?;
        Invalid::unless(!static_reads, "repair", || {
            "`measure`, `function_at` and `cascade` read the network as it was drawn; leave them out where it repairs itself".into()
        })?;
        spec.check()
    })
}

/// Takes `knowledge = { crawl = { … } }` out of a treatment.
fn knowledge(text: &SpecText<'_>, table: &mut Params<'_>, removes: Removes) -> Result<Option<Knowledge>, SpecError> {
    let write = "knowledge = { crawl = { requests = 0.1 } }, or leave it out";
    text.taken(table, "knowledge", write, |spec: &Knowledge| {
        Invalid::unless(removes == Removes::Nodes, "removes", || {
            "knowledge is of nodes: with it, nodes are removed, not edges".into()
        })?;
        spec.crawl.check()
    })
}

fn common(s: &Settings) -> Common {
    Common {
        title: s.title.clone(),
        seed: s.seed,
        networks: s.networks,
        block: block(s.networks, s.block),
        precision: s.precision,
        max_networks: s.max_networks,
    }
}

fn check(s: &Settings) -> Result<(), (&'static str, String)> {
    let must = |holds: bool, key, reason: String| if holds { Ok(()) } else { Err((key, reason)) };
    check_common(&common(s))?;
    must(
        s.orders >= 1 && s.orders < 1 << 24,
        "orders",
        format!("1 to 16777215 orders on a network, not {}", s.orders),
    )?;
    let share = s.target > 0.0 && s.target < 1.0;
    must(share, "target", format!("a share of the nodes, more than 0 and less than 1, not {}", s.target))?;
    must(s.points >= 2, "points", format!("at least 2 points on a curve, not {}", s.points))?;
    let inside = s.function_at.iter().all(|f| (0.0..1.0).contains(f)) && s.function_at.windows(2).all(|w| w[0] < w[1]);
    must(inside, "function_at", "removed fractions increase, from 0 on, and stay below 1".into())?;
    must(s.lookups >= 1, "lookups", "at least 1 lookup a trial and fraction".into())?;
    let shares = s.measure_at.iter().all(|at| (0.0..=1.0).contains(at));
    must(shares && !s.measure_at.is_empty(), "measure_at", "removed fractions, each 0 to 1, one at least".into())
}
