//! One takedown of one network: the order, the curve and everything that is read off it. Studies make rows of it, and so does
//! whoever has a network at hand.

use super::recorded::recorded;
use super::rows::{CurveRow, TrialRow};
use super::treatment::{CascadeSpec, TreatmentSpec};
use hydranet_overlay::Overlay;
use hydranet_takedown::budget::{RemovalCost, Spending};
use hydranet_takedown::cascade::{Carries, Cascade, Tolerance, cascade};
use hydranet_takedown::repair::percolate_repaired;
use hydranet_takedown::{Curve, Items, Outcome, RemovalOrder, Removes, Task, Unsuitable, percolate};
use hydranet_topology::{Purpose, Trial, trial_rng};

/// What a takedown is asked beside its treatment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// The seed of all randomness.
    pub seed: u64,
    /// Which network and order it is: its random streams.
    pub trial: Trial,
    /// Dismantling target C, in (0, 1).
    pub target: f64,
    /// Where things fall in batches: count each batch as gone from its first removal on.
    pub batches: bool,
}

impl Asked {
    /// The order of a treatment on a network.
    ///
    /// # Errors
    /// If the strategy cannot rank this network.
    pub fn order(self, network: &Overlay, treatment: &TreatmentSpec) -> Result<RemovalOrder, Unsuitable> {
        let Asked { seed, trial, target, .. } = self;
        let task = &mut Task { rng: trial_rng(seed, trial, Purpose::Order), target };
        let strategy = &treatment.built.value;
        if let Some(knowledge) = &treatment.knowledge {
            return knowledge.order(network, &**strategy, task, trial_rng(seed, trial, Purpose::Crawl));
        }
        match treatment.removes {
            Removes::Nodes => strategy.nodes(network, task),
            Removes::Edges => strategy.edges(network, task),
        }
    }
}

/// What rows call a takedown.
#[derive(Debug, Clone, Copy)]
pub struct Called<'t> {
    /// Label of the topology.
    pub topology: &'t str,
    /// The model that drew the network.
    pub model: &'t str,
    /// Label of the treatment.
    pub treatment: &'t str,
    /// What must be equal for two curves to be compared: [`hydranet_takedown::Protocol`] as text.
    pub protocol: &'t str,
    /// Network and order.
    pub trial: Trial,
}

/// One takedown.
#[derive(Debug, Clone)]
pub struct Taken {
    /// What fell, first to last.
    pub removal: RemovalOrder,
    /// What was left after each removal.
    pub curve: Curve,
    /// What is read off the curve.
    pub outcome: Outcome,
    /// The cost of the removals so far, at every removal.
    pub spent: Vec<f64>,
    /// What is read off the curve against cost.
    pub spending: Spending,
    /// Overload after the first seizures, where the treatment asks for it, and how many those are.
    pub overload: Option<(u32, Cascade)>,
}

impl Taken {
    /// Takes a network down. O(nodes + edges), beside the order and the cascade.
    ///
    /// # Errors
    /// If the strategy cannot rank this network, or its removals have no cost of the kind that is asked for.
    pub fn of(network: &Overlay, treatment: &TreatmentSpec, asked: Asked) -> Result<Taken, Unsuitable> {
        let removal = asked.order(network, treatment)?;
        let mut curve = match treatment.repair {
            Some(repair) => percolate_repaired(network, &removal, repair),
            None => percolate(network, &removal),
        };
        if asked.batches {
            curve = curve.in_batches(&removal.batch_ends);
        }
        let outcome = Outcome::of(&curve, asked.target);
        let spent = treatment.cost.spent(network, &removal)?;
        let spending = Spending::of(&curve, &outcome, &spent);
        let overload = treatment.cascade.map(|c| (c.seeds, overload(network, &removal, c)));
        Ok(Taken { removal, curve, outcome, spent, spending, overload })
    }

    /// Its row in the table of trials.
    pub fn row<'t>(&self, network: &Overlay, treatment: &TreatmentSpec, called: Called<'t>) -> TrialRow<'t> {
        let (outcome, spending) = (&self.outcome, &self.spending);
        let count = |of: &dyn Fn(&Cascade) -> usize| self.overload.as_ref().map(|(_, cascade)| of(cascade) as u64);
        TrialRow {
            topology: called.topology,
            model: called.model,
            treatment: called.treatment,
            strategy: treatment.built.name,
            removes: treatment.removes.name(),
            network: called.trial.network.into(),
            order: called.trial.order.into(),
            nodes: network.nodes().into(),
            edges: network.closure().arcs() / 2,
            peers: outcome.peers.into(),
            steps: outcome.steps,
            sum_largest: outcome.sum_largest,
            sum_reach: outcome.sum_reach,
            peak_removed: outcome.peak_removed,
            peak_spread: outcome.peak_spread,
            second_removed: outcome.second_peak.removed,
            second: outcome.second_peak.second,
            largest_before: outcome.second_peak.before,
            largest_after: outcome.second_peak.after,
            set_size: outcome.set_size,
            reach_start: outcome.reach_start.into(),
            seizures_50: outcome.seizures_50,
            seizures_10: outcome.seizures_10,
            removal_cost: treatment.cost.name(),
            total_cost: spending.total,
            sum_largest_cost: spending.sum_largest,
            set_cost: spending.set_cost,
            cost_50: spending.cost_50,
            cost_10: spending.cost_10,
            cascade_seeds: self.overload.as_ref().map(|(seeds, _)| u64::from(*seeds)),
            avalanche: count(&|c| c.avalanche() as usize),
            cascade_rounds: count(&|c| c.rounds.len()),
            cascade_largest: count(&|c| c.largest as usize),
            protocol: called.protocol,
        }
    }

    /// Its rows in the table of curves: see [`curve_rows`].
    pub fn curve_rows<'t>(&self, treatment: &TreatmentSpec, called: Called<'t>, points: u32) -> Vec<CurveRow<'t>> {
        let spent = (treatment.cost != RemovalCost::Unit).then_some(&self.spent[..]);
        curve_rows(&self.curve, spent, called, points)
    }
}

/// The rows of a curve: so many evenly spaced points, and those of [`recorded`]. `spent` is the cost of the removals so far,
/// where they are not all equally dear.
pub fn curve_rows<'t>(curve: &Curve, spent: Option<&[f64]>, called: Called<'t>, points: u32) -> Vec<CurveRow<'t>> {
    let row = |q: usize| CurveRow {
        topology: called.topology,
        treatment: called.treatment,
        network: called.trial.network.into(),
        order: called.trial.order.into(),
        nodes: curve.nodes.into(),
        peers: curve.peers.into(),
        steps: curve.steps() as u64,
        removed: q as u64,
        largest: curve.largest[q].into(),
        second: curve.second[q].into(),
        sum_squares: curve.sum_squares[q],
        reach: curve.reach[q].into(),
        spent: spent.and_then(|cost| (cost[curve.steps()] > 0.0).then(|| cost[q] / cost[curve.steps()])),
    };
    recorded(curve.steps(), points).into_iter().map(row).collect()
}

/// The cascade after the first seizures of an order of nodes.
fn overload(network: &Overlay, removal: &RemovalOrder, spec: CascadeSpec) -> Cascade {
    let Items::Nodes(nodes) = &removal.items else { unreachable!("refused with the spec") };
    let seeds = &nodes[..nodes.len().min(spec.seeds as usize)];
    cascade(network, seeds, Tolerance { alpha: spec.alpha, load: Carries::EndsToo })
}
