//! Static resilience: lookups between live nodes while more and more nodes have failed, and nobody repairs anything.

use crate::LookupSettings;
use crate::conditions::ConditionsSpec;
use crate::studies::{Kind, keys};
use crate::{LookupSpec, Study, TopologySpec, Unit};
use hydranet_overlay::{Geometry, Live, Overlay};
use hydranet_results::lookup::{LOOKUP_SUMMARY, LOOKUPS, LookupMetric, LookupRow, lookup_summary};
use hydranet_results::{Schema, Table};
use hydranet_routing::interference::{CutOff, Eclipse, Interfered, Interference};
use hydranet_routing::iterative::{Iterative, ask};
use hydranet_routing::lookup::{self, Sides, Surroundings, Tally};
use hydranet_takedown::{Items, Strategy, Task};
use hydranet_topology::{Purpose, Trial, TrialRng, trial_rng};

static SCHEMAS: [&Schema; 1] = [&LOOKUPS];

/// `study = "lookup"`.
pub(crate) static KIND: Kind = Kind {
    name: "lookup",
    about: "which lookups of a structured overlay still arrive when nodes fail in the order of a strategy",
    schemas: &SCHEMAS,
    summaries: &[("summary", &LOOKUP_SUMMARY)],
    summarize: |tables, _| vec![Table::of(&lookup_summary(&tables[0]))],
    widest,
    measures: &[],
    keys: || {
        vec![
            keys::<LookupSettings>("top level"),
            keys::<Iterative>("[[treatment]], iterative = { … }"),
            keys::<Interference>("[[treatment]], interference = { … }"),
            keys::<Eclipse>("eclipse = { … } of an interference"),
            keys::<CutOff>("cut_off = { … } of an interference"),
        ]
    },
    parse: |text, known| Ok(Box::new(LookupSpec::read(text, known)?)),
};

/// Half the width of the widest interval for a failed share.
fn widest(lookups: &Table) -> f64 {
    lookup_summary(lookups)
        .iter()
        .filter(|row| row.metric == LookupMetric::Failed.name())
        .filter_map(|row| Some((row.hi? - row.lo?) / 2.0))
        .fold(0.0, f64::max)
}

/// The lookup study of a spec.
#[derive(Debug)]
pub struct LookupStudy<'s> {
    spec: &'s LookupSpec,
}

impl<'s> LookupStudy<'s> {
    /// The study that a spec describes.
    pub fn new(spec: &'s LookupSpec) -> LookupStudy<'s> {
        LookupStudy { spec }
    }

    /// All nodes, those that fail first in front, and where batches end.
    fn order(&self, network: &Overlay, strategy: &dyn Strategy, trial: Trial) -> Result<(Vec<u32>, Vec<u32>), String> {
        let task = &mut Task::new(trial_rng(self.spec.settings.seed, trial, Purpose::Order));
        let order = strategy.nodes(network, task).map_err(|e| e.reason)?;
        match order.items {
            Items::Nodes(nodes) => Ok((nodes, order.batch_ends)),
            Items::Edges(_) => Err("it removes edges; lookups are measured while nodes fail".into()),
        }
    }
}

/// Live nodes from which on closed forms are given.
const MANY: usize = 1000;

impl Study for LookupStudy<'_> {
    fn schemas(&self) -> &'static [&'static Schema] {
        &SCHEMAS
    }

    fn run(&self, unit: Unit, tables: &mut [Table]) -> Result<(), String> {
        let settings = &self.spec.settings;
        let topology = &self.spec.topologies[unit.topology as usize];
        let rng = &mut trial_rng(settings.seed, Trial::network(unit.network), Purpose::Topology);
        // drawn once: all treatments see the same network, so that differences between them are paired
        let network = topology.built.value.generate(rng);
        let geometry = network.geometry().ok_or_else(|| no_geometry(topology))?;
        for conditions in &self.spec.treatments {
            let (treatment, built) = (&conditions.strategy.label, &conditions.strategy.built);
            let unsuitable =
                |why: String| format!("topology `{}` under treatment `{treatment}`: {why}", topology.label);
            let plain = conditions.interference.is_none() && conditions.iterative.is_none();
            for order in 0..settings.orders {
                let trial = Trial::order_of(unit.network, order);
                let (mut nodes, batches) = self.order(&network, &*built.value, trial).map_err(unsuitable)?;
                let interfered = conditions.interfere(&network, settings.seed, trial).map_err(unsuitable)?;
                if let Some(interfered) = &interfered {
                    // the defender's nodes do not fail, and nobody looks for them
                    nodes.retain(|v| !interfered.is_captured(*v));
                }
                let rng = &mut trial_rng(settings.seed, trial, Purpose::Lookup);
                let mut live = Live::all(network.nodes());
                let mut dead = 0;
                for (point, fraction) in settings.fractions.iter().enumerate() {
                    let removed = removals(*fraction, nodes.len(), &batches);
                    if let Some(why) = too_few(*fraction, nodes.len(), &batches) {
                        return Err(unsuitable(why));
                    }
                    nodes[dead..removed].iter().for_each(|v| live.remove(*v));
                    dead = removed;
                    let alive = &nodes[removed..];
                    let job = Job { network: &network, geometry, conditions, alive, lookups: settings.pairs };
                    let tally = job.run(interfered.as_ref(), &live, rng).ok_or_else(|| {
                        unsuitable(format!(
                            "at the share {fraction} nobody in the eclipsed range is left to be looked for"
                        ))
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
                    tables[0].push_record(&row).map_err(|e| e.to_string())?;
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
pub(crate) fn no_geometry(topology: &TopologySpec) -> String {
    format!(
        "topology `{}` ({}) is no structured overlay: it has no geometry by which lookups are routed; chord, kademlia and hypercube have one",
        topology.label, topology.built.name
    )
}

/// Why nobody can be looked for at a share, if so few live on.
pub(crate) fn too_few(fraction: f64, nodes: usize, batch_ends: &[u32]) -> Option<String> {
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
