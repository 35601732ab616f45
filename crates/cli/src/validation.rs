//! What the toolkit's numbers are checked against: closed forms and published values.
//!
//! One file a family of references. `hydranet validate` prints them all; a test of this crate runs them at the quick
//! scale. A row passes when its mean lies within the stated tolerance of the reference. Tolerances cover what the
//! measure itself adds (finite size, the resolution of the reference), and each says so.

mod attack;
mod campaign;
mod dismantling;
mod exact;
mod failure;
mod lattice;
mod lookups;
mod measured;
mod unstructured;

use crate::Toolkit;
use hydranet_overlay::Overlay;
use hydranet_takedown::{Curve, Task, percolate};
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
    fn pick<T>(self, quick: T, full: T) -> T {
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
pub(crate) type Group = fn(&Bench<'_>) -> Result<Vec<Check>, String>;

/// All groups, in the order of the table.
pub(crate) const GROUPS: &[(&str, Group)] = &[
    ("exact", exact::checks),
    ("gnm, random failure", failure::gnm),
    ("random-regular, random failure", failure::regular),
    ("power law, random failure", failure::power_law),
    ("lattice", lattice::checks),
    ("gnm, degree attack", attack::initial),
    ("gnm, adaptive degree attack", attack::adaptive),
    ("dismantling", dismantling::checks),
    ("campaign: churn", campaign::churn),
    ("campaign: isolation", campaign::isolation),
    ("campaign: evidence", campaign::evidence),
    ("campaign: fallback", campaign::fallback),
    ("campaign: decay and rebuild", campaign::decay_and_rebuild),
    ("campaign: left alone", campaign::left_alone),
    ("peer lists", unstructured::peer_lists),
    ("self-healing", unstructured::self_healing),
    ("membership protocols", unstructured::membership),
    ("broadcast and discovery", unstructured::spread),
    ("measured networks", measured::checks),
    ("lookups, random failure", lookups::checks),
];

/// What a check works with.
pub(crate) struct Bench<'a> {
    known: &'a Toolkit,
    /// How much work it may do.
    pub(crate) scale: Scale,
}

const SEED: u64 = 2012;

impl<'a> Bench<'a> {
    pub(crate) fn new(known: &'a Toolkit, scale: Scale) -> Bench<'a> {
        Bench { known, scale }
    }

    /// Draws network number `trial` of a topology.
    fn network(&self, model: &str, params: &str, trial: u32) -> Overlay {
        let row = self.known.topologies.get(model).unwrap_or_else(|e| panic!("{e}"));
        let built = row.build(&Params::parse(params).expect("TOML")).unwrap_or_else(|e| panic!("{e}"));
        built.value.generate(&mut trial_rng(SEED, Trial::network(trial), Purpose::Topology))
    }

    /// Takes nodes down by a strategy with these parameters.
    fn curve_with(&self, network: &Overlay, strategy: &str, params: &str, trial: u32) -> Curve {
        self.takedown(network, strategy, Some(params), false, trial)
    }

    /// Takes nodes or edges down by a strategy as its example has it.
    fn curve(&self, network: &Overlay, strategy: &str, edges: bool, trial: u32) -> Curve {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::print_stdout)] // a test that skips says so
    fn quick_checks_pass() {
        let known = Toolkit::default();
        let bench = Bench::new(&known, Scale::Quick);
        let mut bad = Vec::new();
        for (group, run) in GROUPS {
            match run(&bench) {
                Err(why) => println!("skipped {group}: {why}"),
                Ok(checks) => bad.extend(
                    checks
                        .into_iter()
                        .filter(|c| !c.passes())
                        .map(|c| format!("{}: {} instead of {} ± {}", c.name, c.mean(), c.reference, c.tolerance)),
                ),
            }
        }
        assert!(bad.is_empty(), "{bad:#?}");
    }
}
