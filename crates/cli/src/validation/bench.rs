//! What a check is, and what it works with: networks and takedowns of the toolkit, drawn by a seed of its own.

use hydranet_overlay::Overlay;
use hydranet_takedown::{Curve, Task, percolate};
use hydranet_toolkit::Toolkit;
use hydranet_topology::{Params, Purpose, Trial, trial_rng};

/// How much work a check may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// Seconds in all.
    Quick,
    /// Minutes in all.
    Full,
}

impl Scale {
    /// One of two numbers.
    pub(super) fn pick<T>(self, quick: T, full: T) -> T {
        if self == Scale::Quick { quick } else { full }
    }
}

/// One reference and how it is measured.
pub(crate) struct Check {
    /// What is compared.
    pub(crate) name: String,
    /// Where the reference comes from.
    pub(crate) source: &'static str,
    /// The reference.
    pub(crate) reference: f64,
    /// The largest difference that passes.
    pub(crate) tolerance: f64,
    /// Whether a value below the reference is better, and passes whatever the tolerance.
    pub(crate) at_most: bool,
    /// One value a trial.
    pub(crate) values: Vec<f64>,
}

/// A group of checks that share their trials; `Err` says why they were skipped.
pub(crate) type CheckGroup = fn(&Bench<'_>) -> Result<Vec<Check>, String>;

/// What a check works with.
pub(crate) struct Bench<'a> {
    pub(super) known: &'a Toolkit,
    /// How much work it may do.
    pub(crate) scale: Scale,
}

pub(super) const SEED: u64 = 2012;

impl<'a> Bench<'a> {
    pub(crate) fn new(known: &'a Toolkit, scale: Scale) -> Bench<'a> {
        Bench { known, scale }
    }

    /// Draws network number `trial` of a topology.
    pub(super) fn network(&self, model: &str, params: &str, trial: u32) -> Overlay {
        let row = self.known.topologies.get(model).unwrap_or_else(|e| panic!("{e}"));
        let built = row.build(&Params::parse(params).expect("TOML")).unwrap_or_else(|e| panic!("{e}"));
        built.value.generate(&mut trial_rng(SEED, Trial::network(trial), Purpose::Topology))
    }

    /// Takes nodes down by a strategy with these parameters.
    pub(super) fn curve_with(&self, network: &Overlay, strategy: &str, params: &str, trial: u32) -> Curve {
        self.takedown(network, strategy, Some(params), false, trial)
    }

    /// Takes nodes or edges down by a strategy as its example has it.
    pub(super) fn curve(&self, network: &Overlay, strategy: &str, edges: bool, trial: u32) -> Curve {
        self.takedown(network, strategy, None, edges, trial)
    }

    fn takedown(&self, network: &Overlay, strategy: &str, params: Option<&str>, edges: bool, trial: u32) -> Curve {
        let row = self.known.strategies.get(strategy).unwrap_or_else(|e| panic!("{e}"));
        let params = Params::parse(params.unwrap_or(row.example)).expect("TOML");
        let built = row.build(&params).unwrap_or_else(|e| panic!("{e}"));
        let task = &mut Task::new(trial_rng(SEED, Trial::network(trial), Purpose::Order));
        let order = if edges { built.value.edges(network, task) } else { built.value.nodes(network, task) };
        percolate(network, &order.unwrap_or_else(|e| panic!("{e}")))
    }
}

impl Check {
    /// Mean over the trials.
    pub(crate) fn mean(&self) -> f64 {
        self.values.iter().sum::<f64>() / self.values.len() as f64
    }

    /// Whether the mean lies within the tolerance of the reference.
    pub(crate) fn passes(&self) -> bool {
        let above = self.mean() - self.reference;
        above <= self.tolerance && (self.at_most || above >= -self.tolerance)
    }
}
