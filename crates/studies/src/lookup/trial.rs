//! Static resilience: lookups between live nodes while more and more nodes have failed, and nobody repairs anything.

use super::KIND;
use super::rows::LookupRow;
use super::spec::Lookup;
use crate::shared::interfered_treatment::ConditionsSpec;
use hydranet_montecarlo::{Header, SpecError, Study, StudyKind, TopologySpec, Unit, UnitError};
use hydranet_overlay::{Geometry, Live, Overlay};
use hydranet_results::Table;
use hydranet_routing::interference::Interfered;
use hydranet_routing::iterative::ask;
use hydranet_routing::lookup::{self, Sides, Surroundings, Tally};
use hydranet_takedown::{Items, Strategy, Task, Unsuitable};
use hydranet_topology::{Purpose, Trial, TrialRng, trial_rng};
use serde_json::{Map, Value};
use std::sync::Arc;

/// All nodes, those that fail first in front, and where batches end.
fn failing(
    seed: u64,
    network: &Overlay,
    strategy: &dyn Strategy,
    trial: Trial,
) -> Result<(Vec<u32>, Vec<u32>), Unsuitable> {
    let task = &mut Task::new(trial_rng(seed, trial, Purpose::Order));
    let order = strategy.nodes(network, task)?;
    match order.items {
        Items::Nodes(nodes) => Ok((nodes, order.batch_ends)),
        Items::Edges(_) => Err(Unsuitable { reason: "it removes edges; lookups are measured while nodes fail".into() }),
    }
}

/// Live nodes from which on closed forms are given.
const MANY: usize = 1000;

impl Study for Lookup {
    fn kind(&self) -> &'static StudyKind {
        &KIND
    }

    fn topologies(&self) -> &[TopologySpec] {
        &self.topologies
    }

    fn treatments(&self) -> Vec<&str> {
        self.treatments.iter().map(|t| t.strategy.label.as_str()).collect()
    }

    fn check_models(&self, header: &Header) -> Result<(), SpecError> {
        (0..self.topologies.len()).filter(|&i| self.doubtful[i]).try_for_each(|i| self.check_topology(header.seed, i))
    }

    fn check_networks(&self, header: &Header) -> Result<(), SpecError> {
        (0..self.topologies.len()).try_for_each(|i| self.check_topology(header.seed, i))
    }

    fn extent(&self, header: &Header) -> String {
        let (rows, columns, s) = (self.topologies.len(), self.treatments.len(), &self.settings);
        format!(
            "{rows} topologies × {columns} treatments = {} cells, {} networks × {} orders × {} shares × {} lookups each",
            rows * columns,
            header.networks,
            header.orders,
            s.fractions.len(),
            s.pairs
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
        let mut some = self.clone();
        some.treatments = these.iter().map(|&t| self.treatments[t].clone()).collect();
        Some(Arc::new(some))
    }

    fn run(&self, header: &Header, unit: Unit, tables: &mut [Table]) -> Result<(), UnitError> {
        let (settings, seed) = (&self.settings, header.seed);
        let topology = &self.topologies[unit.topology as usize];
        let rng = &mut trial_rng(seed, Trial::network(unit.network), Purpose::Topology);
        // drawn once: all treatments see the same network, so that differences between them are paired
        let network = topology.built.value.generate(rng);
        let geometry = network.geometry().ok_or_else(|| no_geometry(topology))?;
        for conditions in &self.treatments {
            let (treatment, built) = (&conditions.strategy.label, &conditions.strategy.built);
            let cell = [topology.label.as_str(), treatment.as_str()];
            let plain = conditions.interference.is_none() && conditions.iterative.is_none();
            for order in 0..header.orders {
                let trial = Trial::order_of(unit.network, order);
                let (mut nodes, batches) =
                    failing(seed, &network, &*built.value, trial).map_err(|e| UnitError::cell(cell[0], cell[1], e))?;
                let interfered =
                    conditions.interfere(&network, seed, trial).map_err(|e| UnitError::cell(cell[0], cell[1], e))?;
                if let Some(interfered) = &interfered {
                    // the defender's nodes do not fail, and nobody looks for them
                    nodes.retain(|v| !interfered.is_captured(*v));
                }
                let rng = &mut trial_rng(seed, trial, Purpose::Lookup);
                let mut live = Live::all(network.nodes());
                let mut dead = 0;
                for (point, fraction) in settings.fractions.iter().enumerate() {
                    let removed = removals(*fraction, nodes.len(), &batches);
                    if let Some(why) = too_few(*fraction, nodes.len(), &batches) {
                        return Err(UnitError::cell(cell[0], cell[1], why));
                    }
                    nodes[dead..removed].iter().for_each(|v| live.remove(*v));
                    dead = removed;
                    let alive = &nodes[removed..];
                    let job = Job { network: &network, geometry, conditions, alive, lookups: settings.pairs };
                    let tally = job.run(interfered.as_ref(), &live, rng).ok_or_else(|| {
                        let why =
                            format!("at the share {fraction} nobody in the eclipsed range is left to be looked for");
                        UnitError::cell(cell[0], cell[1], why)
                    })?;
                    let row = LookupRow {
                        topology: &topology.label,
                        model: topology.built.name,
                        treatment,
                        strategy: built.name,
                        network: unit.network.into(),
                        order: order.into(),
                        point: point as u64,
                        nodes: nodes.len() as u64,
                        removed: removed as u64,
                        lookups: tally.lookups(),
                        failed: tally.failed,
                        captured: tally.captured,
                        hops: tally.hops(),
                        requests: conditions.iterative.map(|_| tally.requests),
                        hops_p50: tally.hops_quantile(0.5),
                        hops_p90: tally.hops_quantile(0.9),
                        // a fixed number of failures is as good as independent ones where many are left
                        expected: (plain && alive.len() >= MANY)
                            .then(|| geometry.failed_share(removed as f64 / nodes.len() as f64))
                            .flatten(),
                    };
                    tables[0].push_record(&row)?;
                }
            }
        }
        Ok(())
    }
}

/// The lookups of one trial at one share.
struct Job<'a> {
    network: &'a Overlay,
    geometry: &'a dyn Geometry,
    conditions: &'a ConditionsSpec,
    alive: &'a [u32],
    lookups: u64,
}

impl Job<'_> {
    /// `None` if there is nobody to look for.
    fn run(&self, interfered: Option<&Interfered<'_>>, live: &Live, rng: &mut TrialRng) -> Option<Tally> {
        let Some(interfered) = interfered else {
            return Some(self.between(live, lookup::pairs(self.alive, self.lookups, rng)));
        };
        let targets: Vec<u32> = self.alive.iter().copied().filter(|v| interfered.is_target(*v)).collect();
        let around = Sides::new(interfered, live);
        let some = !targets.is_empty();
        some.then(|| self.between(&around, lookup::pairs_to(self.alive, &targets, self.lookups, rng)))
    }

    fn between(&self, around: &impl Surroundings, pairs: impl Iterator<Item = [u32; 2]>) -> Tally {
        match self.conditions.iterative {
            Some(plan) => ask(self.network, self.geometry, around, plan, pairs),
            None => lookup::route(self.network, self.geometry, around, pairs),
        }
    }
}

/// Why a topology cannot be part of a lookup study.
pub(super) fn no_geometry(topology: &TopologySpec) -> UnitError {
    UnitError::topology(
        &topology.label,
        format!(
            "`{}` is no structured overlay: it has no geometry by which lookups are routed; chord, kademlia and hypercube have one",
            topology.built.name
        ),
    )
}

/// Why nobody can be looked for at a share, if so few live on.
pub(super) fn too_few(fraction: f64, nodes: usize, batch_ends: &[u32]) -> Option<String> {
    let removed = removals(fraction, nodes, batch_ends);
    (nodes < removed + 2).then(|| {
        format!("at the share {fraction}, {removed} of {nodes} nodes have failed: a lookup needs two live ones")
    })
}

/// How many nodes have failed at a share: rounded; to the end of the batch that the last of them is in.
fn removals(fraction: f64, nodes: usize, batch_ends: &[u32]) -> usize {
    let removed = (fraction * nodes as f64).round() as u32;
    let whole = batch_ends.iter().copied().find(|end| *end >= removed && removed > 0);
    whole.unwrap_or(removed) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_fall_whole() {
        assert_eq!(removals(0.3, 65536, &[]), 19661);
        assert_eq!((removals(0.0, 10, &[4, 10]), removals(0.1, 10, &[4, 10]), removals(0.4, 10, &[4, 10])), (0, 4, 4));
        assert_eq!(removals(0.5, 10, &[4, 10]), 10);
    }
}
