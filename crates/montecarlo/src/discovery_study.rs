//! `study = "discovery"`: what a defender finds for so many requests, and what seizures cost who knows no more.
//!
//! ```toml
//! study = "discovery"
//! title = "Harder to discover"
//! seed = 1
//! networks = 10
//! requests = [0.01, 0.1, 1.0]
//!
//! [[topology]]
//! model = "gnm"
//! n = 1000
//! m = 4000
//!
//! [[treatment]]
//! strategy = "degree"
//! ```
//!
//! What is measured, against requests a node x: [`MEASURES`]. Those of the crawl itself stand under the treatment `crawl`, the
//! others under that of the takedown that knows what this crawl has found by then. `full-…` is the same with full knowledge,
//! at every x for comparison.

use crate::cost::Size;
use crate::point_study::{self, Points};
use crate::reading::{SpecText, TopologySpec, check_common, files, identity_of, spec_json};
use crate::strategy_axis::{NO_TREATMENT, StrategySpec};
use crate::studies::{Common, Experiment, Kind, Known, Overrides, block, keys};
use crate::{SpecError, Study, Unit};
use hydranet_overlay::Overlay;
use hydranet_results::series::Measure;
use hydranet_results::{Schema, Table};
use hydranet_routing::discovery::{Crawl, Crawler, Population};
use hydranet_routing::knowledge::order_after;
use hydranet_takedown::{Outcome, RemovalOrder, Task, percolate};
use hydranet_topology::{Purpose, Trial, trial_rng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `study = "discovery"`.
pub(crate) static KIND: Kind = Kind {
    name: "discovery",
    about: "what crawlers and sensors find for so many requests, and what a takedown costs who knows no more",
    schemas: &point_study::SCHEMAS,
    summaries: &point_study::SUMMARIES,
    summarize: |tables, _| point_study::summarize(tables, &MEASURES),
    widest: |points| point_study::widest(points, &MEASURES),
    measures: &MEASURES,
    keys: || vec![keys::<DiscoverySettings>("top level")],
    parse: |text, known| Ok(Box::new(DiscoverySpec::read(text, known)?)),
};

/// What is measured.
static MEASURES: [Measure; 12] = [
    Measure::share("coverage", "share of nodes that the crawl has found"),
    Measure::other(
        "bias",
        "1",
        "how much better known those found are than everybody: lists that one stands on, ratio of means",
    ),
    Measure::other(
        "estimate",
        "1",
        "population by capture and recapture in two independent crawls (Chapman 1951), over the true one; \
        missing where no node is in both",
    ),
    Measure::other(
        "estimate-error",
        "1",
        "the standard error that such an estimate states (Seber 1970), over the true population",
    ),
    Measure::other("r", "1", "robustness R of a takedown that knows what the crawl has found"),
    Measure::other("r-cmd", "1", "command robustness of it"),
    Measure::share("seizures-50", "removals until half of the peers are reached, over nodes; missing if never"),
    Measure::share("seizures-10", "removals until a tenth of the peers is reached, over nodes; missing if never"),
    Measure::other("full-r", "1", "r with full knowledge"),
    Measure::other("full-r-cmd", "1", "r-cmd with full knowledge"),
    Measure::share("full-seizures-50", "seizures-50 with full knowledge"),
    Measure::share("full-seizures-10", "seizures-10 with full knowledge"),
];

/// What a discovery spec says beside its topologies and treatments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscoverySettings {
    /// What the experiment is called in figures and reports.
    pub title: String,
    /// What it asks and how, in a few sentences; for reports.
    #[serde(default, rename = "abstract")]
    pub summary: String,
    /// The seed of all randomness. The same seed gives the same bytes.
    pub seed: u64,
    /// Networks drawn of every topology (≥ 1). Intervals are over networks: two at least for an interval.
    pub networks: u32,
    /// Crawls on every network (1 to 2²³ − 1), each with a twin of its own for the estimate of the population.
    #[serde(default = "one")]
    pub orders: u32,
    /// Requests a node at which the crawl is looked at (at least one, increasing, above 0).
    pub requests: Vec<f64>,
    /// Entries that a reply names (≥ 1). The whole list if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<u32>,
    /// Dialable peers that are known at the start (1 to as many as there are).
    #[serde(default = "one")]
    pub seeds: u32,
    /// Share of peers that detect the crawler and refuse to answer (0 to 1).
    #[serde(default)]
    pub refusing: f64,
    /// Sensors (≥ 0).
    #[serde(default)]
    pub sensors: u32,
    /// Share of peers whose list holds a sensor, for each sensor by itself (0 to 1).
    #[serde(default = "one_percent")]
    pub sensor_share: f64,
    /// Calls that every peer makes while sensors wait (≥ 0).
    #[serde(default = "hundred")]
    pub sensor_calls: u32,
    /// Dismantling target C of strategies that work towards one. In (0, 1).
    #[serde(default = "one_percent")]
    pub target: f64,
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
fn hundred() -> u32 {
    100
}

impl DiscoverySettings {
    fn crawl(&self) -> Crawl {
        Crawl {
            requests: *self.requests.last().unwrap_or(&0.0),
            reply: self.reply,
            seeds: self.seeds,
            refusing: self.refusing,
            sensors: self.sensors,
            sensor_share: self.sensor_share,
            sensor_calls: self.sensor_calls,
        }
    }
}

/// A discovery study, checked and ready to run.
#[derive(Debug, Clone)]
pub struct DiscoverySpec {
    settings: DiscoverySettings,
    topologies: Vec<TopologySpec>,
    treatments: Vec<StrategySpec>,
}

impl DiscoverySpec {
    fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<DiscoverySpec, SpecError> {
        let treatments = text.take_tables("treatment")?;
        let topologies = text.take_tables("topology")?;
        let settings = text.settings("[[topology]] or [[treatment]]", check)?;
        let topologies = text.topologies(topologies, known.models)?;
        let treatments = StrategySpec::read_all(&text, treatments, known.strategies, NO_TREATMENT)?;
        Ok(DiscoverySpec { settings, topologies, treatments })
    }
}

fn check(s: &DiscoverySettings) -> Result<(), (&'static str, String)> {
    let must = |holds: bool, key, reason: &str| if holds { Ok(()) } else { Err((key, reason.to_string())) };
    check_common(&common(s))?;
    must((1..1 << 23).contains(&s.orders), "orders", "1 to 8388607 crawls on a network")?;
    let rising = s.requests.first().is_some_and(|&r| r > 0.0) && s.requests.windows(2).all(|w| w[0] < w[1]);
    must(rising, "requests", "at least one number of requests a node; they increase, from above 0 on")?;
    must(s.target > 0.0 && s.target < 1.0, "target", "a share of the nodes, more than 0 and less than 1")?;
    s.crawl().check().map_err(|invalid| (invalid.param, invalid.reason))
}

fn common(s: &DiscoverySettings) -> Common {
    Common {
        title: s.title.clone(),
        seed: s.seed,
        networks: s.networks,
        block: block(s.networks, s.block),
        precision: None,
        max_networks: s.networks,
    }
}

impl Experiment for DiscoverySpec {
    fn kind(&self) -> &'static Kind {
        &KIND
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
        let (s, rows, columns) = (&self.settings, self.topologies.len(), self.treatments.len());
        let (budgets, networks, crawls) = (s.requests.len(), s.networks, s.orders);
        format!(
            "{rows} topologies × {columns} treatments × {budgets} budgets, {networks} networks × {crawls} crawls each"
        )
    }

    fn with(&self, o: &Overrides) -> Result<Box<dyn Experiment>, SpecError> {
        let mut spec = self.clone();
        let s = &mut spec.settings;
        o.apply(&mut s.networks, &mut s.orders, &mut s.seed, &mut s.block);
        check(s).map_err(|(key, reason)| SpecError::plain(format!("`{key}`: {reason}")))?;
        Ok(Box::new(spec))
    }

    fn to_json(&self) -> serde_json::Value {
        let mut json = spec_json(KIND.name, &self.settings, &self.topologies);
        json["treatment"] = self.treatments.iter().map(StrategySpec::to_json).collect();
        json
    }

    fn row_identity(&self) -> String {
        let orders = StrategySpec::fingerprints(&self.treatments);
        identity_of(self.to_json(), self.common().block, &[("files", files(&self.topologies)), ("orders of", orders)])
    }

    fn study(&self) -> Box<dyn Study + '_> {
        Box::new(DiscoveryStudy { spec: self })
    }
}

#[derive(Debug)]
struct DiscoveryStudy<'s> {
    spec: &'s DiscoverySpec,
}

impl Study for DiscoveryStudy<'_> {
    fn schemas(&self) -> &'static [&'static Schema] {
        &point_study::SCHEMAS
    }

    fn run(&self, unit: Unit, tables: &mut [Table]) -> Result<(), String> {
        let [table] = tables else { panic!("one table a schema") };
        let DiscoverySpec { settings, topologies, treatments } = self.spec;
        let topology = &topologies[unit.topology as usize];
        let stream = |trial, purpose| trial_rng(settings.seed, trial, purpose);
        let network = topology.built.value.generate(&mut stream(Trial::network(unit.network), Purpose::Topology));
        let plan = settings.crawl();
        plan.suits(&network).map_err(|why| format!("topology `{}`: {why}", topology.label))?;
        for order in 0..settings.orders {
            // the crawl and its twin: streams that no other order has
            let trials = [2 * order, 2 * order + 1].map(|o| Trial::order_of(unit.network, o));
            let [mut crawler, mut twin] =
                trials.map(|trial| Crawler::start(&network, &plan, stream(trial, Purpose::Crawl)));
            let trial = Trial::order_of(unit.network, order);
            let task = || Task { rng: stream(trial, Purpose::Order), target: settings.target };
            let unsuitable = |label: &str, why: &dyn std::fmt::Display| {
                format!("topology `{}` under treatment `{label}`: {why}", topology.label)
            };
            let mut full = Vec::new();
            for t in treatments {
                let order = t.built.value.nodes(&network, &mut task()).map_err(|e| unsuitable(&t.label, &e))?;
                full.push(taken_down(&network, &order, settings.target));
            }
            for &x in &settings.requests {
                let budget = Crawl { requests: x, ..plan.clone() }.budget(network.nodes());
                crawler.run_to(budget);
                twin.run_to(budget);
                let mut points = Points { table, topology: &topology.label, treatment: "crawl", unit, order };
                found(&mut points, x, &network, [&crawler, &twin])?;
                for (t, full) in treatments.iter().zip(&full) {
                    let rest = &mut stream(trial, Purpose::Defender);
                    let order = order_after(&crawler, &network, &*t.built.value, &mut task(), rest);
                    let order = order.map_err(|e| unsuitable(&t.label, &e))?;
                    let outcome = taken_down(&network, &order, settings.target);
                    points.treatment = &t.label;
                    cost(&mut points, "", x, &outcome)?;
                    cost(&mut points, "full-", x, full)?;
                }
            }
        }
        Ok(())
    }
}

fn taken_down(network: &Overlay, order: &RemovalOrder, target: f64) -> Outcome {
    Outcome::of(&percolate(network, order), target)
}

/// What the crawl knows, and what it makes of it.
fn found(points: &mut Points<'_>, x: f64, network: &Overlay, [crawler, twin]: [&Crawler<'_>; 2]) -> Result<(), String> {
    let (n, arcs) = (network.nodes() as u64, network.out().arcs());
    let count = crawler.found().len() as u64;
    points.push("coverage", x, Some(count), n)?;
    let lists: u64 = crawler.found().iter().map(|&v| network.incoming().degree(v) as u64).sum();
    points.push("bias", x, Some(lists * n), count * arcs)?;
    let p = Population::of(crawler, twin);
    // Chapman's estimate over n, as a quotient of integers; without a common node it says nothing
    let numerator = (p.first + 1) * (p.second + 1) - (p.both + 1);
    points.push("estimate", x, (p.both > 0).then_some(numerator), (p.both + 1) * n)?;
    // in thousandths of a node
    let error = (p.standard_error() * 1e3).round() as u64;
    points.push("estimate-error", x, (p.both > 0).then_some(error), 1000 * n)
}

/// What the takedown came to.
fn cost(points: &mut Points<'_>, prefix: &str, x: f64, o: &Outcome) -> Result<(), String> {
    let (n, peers) = (o.nodes as u64, o.peers as u64);
    points.push(&format!("{prefix}r"), x, Some(o.sum_largest), o.steps * n)?;
    points.push(&format!("{prefix}r-cmd"), x, Some(o.sum_reach), o.steps * peers)?;
    points.push(&format!("{prefix}seizures-50"), x, o.seizures_50, n)?;
    points.push(&format!("{prefix}seizures-10"), x, o.seizures_10, n)
}
