//! `study = "broadcast"`: how far and how fast a command spreads while nodes fall.
//!
//! ```toml
//! study = "broadcast"
//! title = "Floods and gossip under failure"
//! seed = 1
//! networks = 10
//! fractions = [0.0, 0.3, 0.6]
//!
//! [[topology]]
//! model = "gnm"
//! n = 1000
//! m = 4000
//!
//! [[treatment]]
//! strategy = "random"
//! ```
//!
//! What is measured, against the removed fraction x of the nodes: [`MEASURES`].

use crate::conditions::ConditionsSpec;
use crate::cost::Size;
use crate::point_study::{self, Points};
use crate::reading::{SpecText, TopologySpec, check_common, files, identity_of, spec_json};
use crate::strategy_axis::NO_TREATMENT;
use crate::studies::{Common, Experiment, Kind, Known, Overrides, block, keys};
use crate::{SpecError, Study, Unit};
use hydranet_overlay::{Csr, Overlay};
use hydranet_results::series::Measure;
use hydranet_results::{Schema, Table};
use hydranet_routing::broadcast::{Forwarding, Gossip, Spread, flood_64, gossip};
use hydranet_routing::directed::{contacts, entries, exchanges, measure};
use hydranet_routing::interference::{CutOff, Eclipse, Interference};
use hydranet_takedown::{Items, Task};
use hydranet_topology::{Purpose, Trial, TrialRng, trial_rng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// `study = "broadcast"`.
pub(crate) static KIND: Kind = Kind {
    name: "broadcast",
    about: "coverage and rounds of floods and push gossip, and strong components, when a share of the nodes is gone",
    schemas: &point_study::SCHEMAS,
    summaries: &point_study::SUMMARIES,
    summarize: |tables, _| point_study::summarize(tables, &MEASURES),
    widest: |points| point_study::widest(points, &MEASURES),
    measures: &MEASURES,
    keys: || {
        vec![
            keys::<BroadcastSettings>("top level"),
            keys::<Interference>("[[treatment]], interference = { … }"),
            keys::<Eclipse>("eclipse = { … } of an interference"),
            keys::<CutOff>("cut_off = { … } of an interference"),
        ]
    },
    parse: |text, known| Ok(Box::new(BroadcastSpec::read(text, known)?)),
};

/// What is measured.
static MEASURES: [Measure; 13] = [
    Measure::share("flood-coverage", "share of live nodes that hear a flood, the sources among them"),
    Measure::other(
        "flood-rounds-50",
        "rounds",
        "rounds until half of the live nodes have heard; missing if they never do",
    ),
    Measure::other("flood-rounds-90", "rounds", "the same, 90 %"),
    Measure::other("flood-rounds-99", "rounds", "the same, 99 %"),
    Measure::share("gossip-coverage", "share of live nodes that hear push gossip, the sources among them"),
    Measure::other("gossip-rounds-50", "rounds", "as those of floods"),
    Measure::other("gossip-rounds-90", "rounds", "the same, 90 %"),
    Measure::other("gossip-rounds-99", "rounds", "the same, 99 %"),
    Measure::other("gossip-messages", "messages", "pushes a live node"),
    Measure::share("strong-component", "share of live nodes in the largest strong component of the calls"),
    Measure::share("out-reach", "share of live nodes that a command reaches along calls from where it enters"),
    Measure::share("reciprocity", "share of arcs between live nodes whose opposite is one, too"),
    Measure::other("in-degree-peak", "1", "highest in-degree over the mean one, live nodes only"),
];

/// What carries a broadcast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// Calls: from a peer to those that it knows and can dial.
    #[default]
    Calls,
    /// Open connections: both ways wherever one side can call the other (peers that cannot be dialled ask).
    Exchanges,
}

/// Who pushes in gossip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pushes {
    /// A node pushes once, in the round after it heard.
    #[default]
    Once,
    /// A node that has heard pushes in every round.
    EveryRound,
}

/// What a broadcast spec says beside its topologies and treatments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BroadcastSettings {
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
    /// Removed fractions of the nodes at which broadcasts are made (1 to 64 of them, increasing, 0 to below 1).
    pub fractions: Vec<f64>,
    /// What carries a broadcast: `calls` or `exchanges`.
    #[serde(default)]
    pub flow: Flow,
    /// Fanout of push gossip (≥ 1).
    #[serde(default = "four")]
    pub fanout: u32,
    /// Most rounds of push gossip (≥ 1).
    #[serde(default = "hundred")]
    pub rounds: u32,
    /// Who pushes in gossip: `once` or `every-round`.
    #[serde(default)]
    pub pushes: Pushes,
    /// Networks of one topology that are written to one file as they finish (≥ 1). Left out: so many that there are at
    /// most 500 files a topology.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<u32>,
}

fn one() -> u32 {
    1
}
fn four() -> u32 {
    4
}
fn hundred() -> u32 {
    100
}

/// A broadcast study, checked and ready to run.
#[derive(Debug, Clone)]
pub struct BroadcastSpec {
    settings: BroadcastSettings,
    topologies: Vec<TopologySpec>,
    treatments: Vec<ConditionsSpec>,
}

impl BroadcastSpec {
    fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<BroadcastSpec, SpecError> {
        let treatments = text.take_tables("treatment")?;
        let topologies = text.take_tables("topology")?;
        let settings = text.settings("[[topology]] or [[treatment]]", check)?;
        let topologies = text.topologies(topologies, known.models)?;
        let treatments = ConditionsSpec::read_all(&text, treatments, known, false, NO_TREATMENT)?;
        Ok(BroadcastSpec { settings, topologies, treatments })
    }
}

fn check(s: &BroadcastSettings) -> Result<(), (&'static str, String)> {
    let must = |holds: bool, key, reason: &str| if holds { Ok(()) } else { Err((key, reason.to_string())) };
    check_common(&common(s))?;
    must((1..1 << 24).contains(&s.orders), "orders", "1 to 16777215 orders on a network")?;
    must((1..=64).contains(&s.fractions.len()), "fractions", "1 to 64 removed fractions")?;
    let inside = s.fractions.iter().all(|f| (0.0..1.0).contains(f)) && s.fractions.windows(2).all(|w| w[0] < w[1]);
    must(inside, "fractions", "removed fractions increase, from 0 on, and stay below 1")?;
    must(s.fanout >= 1, "fanout", "at least 1 push a node")?;
    must(s.rounds >= 1, "rounds", "at least 1 round")
}

fn common(s: &BroadcastSettings) -> Common {
    Common {
        title: s.title.clone(),
        seed: s.seed,
        networks: s.networks,
        block: block(s.networks, s.block),
        precision: None,
        max_networks: s.networks,
    }
}

impl Experiment for BroadcastSpec {
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
        let (fractions, networks, orders) = (s.fractions.len(), s.networks, s.orders);
        format!(
            "{rows} topologies × {columns} treatments × {fractions} fractions, {networks} networks × {orders} orders each"
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
        json["treatment"] = self.treatments.iter().map(ConditionsSpec::to_json).collect();
        json
    }

    fn row_identity(&self) -> String {
        let orders = ConditionsSpec::fingerprints(&self.treatments);
        identity_of(self.to_json(), self.common().block, &[("files", files(&self.topologies)), ("orders of", orders)])
    }

    fn study(&self) -> Box<dyn Study + '_> {
        Box::new(BroadcastStudy { spec: self })
    }
}

#[derive(Debug)]
struct BroadcastStudy<'s> {
    spec: &'s BroadcastSpec,
}

impl Study for BroadcastStudy<'_> {
    fn schemas(&self) -> &'static [&'static Schema] {
        &point_study::SCHEMAS
    }

    fn run(&self, unit: Unit, tables: &mut [Table]) -> Result<(), String> {
        let [table] = tables else { panic!("one table a schema") };
        let BroadcastSpec { settings, topologies, treatments } = self.spec;
        let topology = &topologies[unit.topology as usize];
        let rng = &mut trial_rng(settings.seed, Trial::network(unit.network), Purpose::Topology);
        let network = topology.built.value.generate(rng);
        let untouched = flow(settings.flow, &network);
        for treatment in treatments {
            let label = &treatment.strategy.label;
            let unsuitable = |e: String| format!("topology `{}` under treatment `{label}`: {e}", topology.label);
            for order in 0..settings.orders {
                let trial = Trial::order_of(unit.network, order);
                let task = &mut Task::new(trial_rng(settings.seed, trial, Purpose::Order));
                let removal =
                    treatment.strategy.built.value.nodes(&network, task).map_err(|e| unsuitable(e.to_string()))?;
                let Items::Nodes(mut list) = removal.items else { unreachable!("nodes were asked for") };
                let mut rng = trial_rng(settings.seed, trial, Purpose::Measure);
                let points = Points { table, topology: &topology.label, treatment: label, unit, order };
                match treatment.interfere(&network, settings.seed, trial).map_err(unsuitable)? {
                    None => broadcasts(settings, &network, &untouched, (&list, 0), points, &mut rng)?,
                    Some(interfered) => {
                        // the defender's nodes and the sinkholes pass nothing on: as good as dead from the start
                        let changed = interfered.overlay(&network);
                        list.retain(|v| !interfered.is_captured(*v));
                        let mut dead: Vec<u32> = (0..network.nodes()).filter(|v| interfered.is_captured(*v)).collect();
                        dead.extend(network.nodes()..changed.nodes());
                        let lost = dead.len();
                        dead.extend(list);
                        broadcasts(
                            settings,
                            &changed,
                            &flow(settings.flow, &changed),
                            (&dead, lost),
                            points,
                            &mut rng,
                        )?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The graph along which commands spread.
fn flow(flow: Flow, network: &Overlay) -> Cow<'_, Csr> {
    match flow {
        Flow::Calls => contacts(network),
        Flow::Exchanges => Cow::Owned(exchanges(network)),
    }
}

/// All fractions of one order: the floods together, in the bits of a word. The first `lost` nodes of the order pass nothing
/// on from the start; fractions are of the others.
fn broadcasts(
    settings: &BroadcastSettings,
    network: &Overlay,
    graph: &Csr,
    (order, lost): (&[u32], usize),
    mut points: Points<'_>,
    rng: &mut TrialRng,
) -> Result<(), String> {
    let n = network.nodes() as usize;
    let (mut words, mut starts) = (vec![0u64; n], vec![0u64; n]);
    let mut lanes = Vec::new();
    for (lane, &fraction) in settings.fractions.iter().enumerate() {
        let removed = lost + (fraction * (n - lost) as f64 + 0.5) as usize;
        let mut alive = vec![true; n];
        order[..removed.min(n)].iter().for_each(|&v| alive[v as usize] = false);
        let sources = entries(network, graph, &alive, rng);
        (0..n).for_each(|v| words[v] |= (alive[v] as u64) << lane);
        sources.iter().for_each(|&v| starts[v as usize] |= 1 << lane);
        lanes.push((fraction, alive, sources));
    }
    let floods = flood_64(graph, &words, &starts, lanes.len() as u32, u32::MAX);
    let forwarding = match settings.pushes {
        Pushes::Once => Forwarding::Once,
        Pushes::EveryRound => Forwarding::EveryRound,
    };
    let plan = Gossip { fanout: settings.fanout, rounds: settings.rounds, forwarding };
    for ((x, alive, sources), flood) in lanes.iter().zip(floods) {
        let gossip = gossip(graph, alive, sources, plan, rng);
        for (name, spread) in [("flood", &flood), ("gossip", &gossip)] {
            reach(&mut points, name, *x, spread)?;
        }
        let directed = measure(network, alive);
        points.push("gossip-messages", *x, Some(gossip.messages), gossip.alive.into())?;
        points.push("strong-component", *x, Some(directed.largest_strong.into()), directed.alive.into())?;
        points.push("out-reach", *x, Some(directed.out_reach.into()), directed.alive.into())?;
        points.push("reciprocity", *x, Some(directed.answered), directed.arcs)?;
        let most_known = u64::from(directed.most_known) * u64::from(directed.alive);
        points.push("in-degree-peak", *x, Some(most_known), directed.arcs)?;
    }
    Ok(())
}

fn reach(points: &mut Points<'_>, name: &str, x: f64, spread: &Spread) -> Result<(), String> {
    points.push(&format!("{name}-coverage"), x, Some(spread.reached().into()), spread.alive.into())?;
    for (share, percent) in [(0.5, 50), (0.9, 90), (0.99, 99)] {
        let rounds = spread.rounds_to(share).map(u64::from);
        // where nobody lives, there is nothing to wait for
        points.push(&format!("{name}-rounds-{percent}"), x, rounds, u64::from(spread.alive > 0))?;
    }
    Ok(())
}
