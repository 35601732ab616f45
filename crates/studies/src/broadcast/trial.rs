//! A unit of a broadcast study: floods and push gossip among the live nodes of one network.

use super::KIND;
use super::spec::{Broadcast, BroadcastSettings, Flow, Pushes};
use crate::shared::interfered_treatment::ConditionsSpec;
use crate::shared::points::Points;
use hydranet_montecarlo::{Header, Study, StudyKind, TopologySpec, Unit, UnitError};
use hydranet_overlay::{Csr, Overlay};
use hydranet_results::Table;
use hydranet_routing::broadcast::{Forwarding, Gossip, Spread, flood_64, gossip};
use hydranet_routing::directed::{contacts, entries, exchanges, measure};
use hydranet_takedown::{Items, Task};
use hydranet_topology::{Purpose, Trial, TrialRng, trial_rng};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::sync::Arc;

impl Study for Broadcast {
    fn kind(&self) -> &'static StudyKind {
        &KIND
    }

    fn topologies(&self) -> &[TopologySpec] {
        &self.topologies
    }

    fn treatments(&self) -> Vec<&str> {
        self.treatments.iter().map(|t| t.strategy.label.as_str()).collect()
    }

    fn extent(&self, header: &Header) -> String {
        let (rows, columns, fractions) = (self.topologies.len(), self.treatments.len(), self.settings.fractions.len());
        let (networks, orders) = (header.networks, header.orders);
        format!(
            "{rows} topologies × {columns} treatments × {fractions} fractions, {networks} networks × {orders} orders each"
        )
    }

    fn spec(&self) -> Map<String, Value> {
        let mut spec = crate::shared::settings_json(&self.settings, &self.topologies);
        spec.insert("treatment".into(), self.treatments.iter().map(ConditionsSpec::to_json).collect());
        spec
    }

    fn fingerprints(&self) -> Vec<String> {
        ConditionsSpec::fingerprints(&self.treatments)
    }

    fn by_cell(&self) -> bool {
        true
    }

    fn with_treatments(&self, these: &[usize]) -> Option<Arc<dyn Study>> {
        let treatments = these.iter().map(|&t| self.treatments[t].clone()).collect();
        Some(Arc::new(Broadcast { treatments, ..self.clone() }))
    }

    fn run(&self, header: &Header, unit: Unit, tables: &mut [Table]) -> Result<(), UnitError> {
        let [table] = tables else { panic!("one table a schema") };
        let Broadcast { settings, topologies, treatments } = self;
        let seed = header.seed;
        let topology = &topologies[unit.topology as usize];
        let rng = &mut trial_rng(seed, Trial::network(unit.network), Purpose::Topology);
        let network = topology.built.value.generate(rng);
        let untouched = flow(settings.flow, &network);
        for treatment in treatments {
            let label = &treatment.strategy.label;
            let cell = [topology.label.as_str(), label.as_str()];
            for order in 0..header.orders {
                let trial = Trial::order_of(unit.network, order);
                let task = &mut Task::new(trial_rng(seed, trial, Purpose::Order));
                let removal = treatment
                    .strategy
                    .built
                    .value
                    .nodes(&network, task)
                    .map_err(|e| UnitError::cell(cell[0], cell[1], e))?;
                let Items::Nodes(mut list) = removal.items else { unreachable!("nodes were asked for") };
                let mut rng = trial_rng(seed, trial, Purpose::Measure);
                let points = Points { table, topology: &topology.label, treatment: label, unit, order };
                match treatment.interfere(&network, seed, trial).map_err(|e| UnitError::cell(cell[0], cell[1], e))? {
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
) -> Result<(), UnitError> {
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

fn reach(points: &mut Points<'_>, name: &str, x: f64, spread: &Spread) -> Result<(), UnitError> {
    points.push(&format!("{name}-coverage"), x, Some(spread.reached().into()), spread.alive.into())?;
    for (share, percent) in [(0.5, 50), (0.9, 90), (0.99, 99)] {
        let rounds = spread.rounds_to(share).map(u64::from);
        // where nobody lives, there is nothing to wait for
        points.push(&format!("{name}-rounds-{percent}"), x, rounds, u64::from(spread.alive > 0))?;
    }
    Ok(())
}
