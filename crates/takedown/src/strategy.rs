//! Strategies: which nodes (or edges) fall, in which order.
//!
//! One file a strategy. Each joins through one row of [`STRATEGIES`], in the way in which topologies do.

mod adaptive_betweenness;
mod adaptive_degree;
mod batch;
mod betweenness;
mod bpd;
mod closeness;
mod collective_influence;
mod corehd;
mod degree;
mod edge_betweenness;
mod eigenvector;
mod explosive_immunization;
mod gnd;
mod k_core;
mod min_sum;
mod min_sum_messages;
mod order_file;
mod pagerank;
mod provider;
mod random;
mod rank;
mod reinsertion;
mod role;
mod score;

pub use adaptive_betweenness::AdaptiveBetweenness;
pub use adaptive_degree::AdaptiveDegree;
pub use betweenness::Betweenness;
pub use bpd::Bpd;
pub use closeness::{Closeness, Nearness};
pub use collective_influence::CollectiveInfluence;
pub use corehd::CoreHd;
pub use degree::Degree;
pub use edge_betweenness::EdgeBetweenness;
pub use eigenvector::Eigenvector;
pub use explosive_immunization::ExplosiveImmunization;
pub use gnd::{Cost, Gnd};
pub use k_core::KCore;
pub use min_sum::MinSum;
pub use order_file::OrderFile;
pub use pagerank::{PageRank, Walk};
pub use provider::Provider;
pub use random::Random;
pub use rank::Ties;
pub use reinsertion::Reinsertion;
pub use role::ByRole;

use crate::RemovalOrder;
use hydranet_overlay::Overlay;
/// What a type says to be a strategy that a spec can name.
pub use hydranet_plugin::Plugin as Plan;
use hydranet_plugin::{Holds, Params, Plugin, PluginKind, Registration, Registry};
use hydranet_topology::{Purpose, Trial, TrialRng, trial_rng};
use std::fmt::Debug;
use std::sync::Arc;

/// What a strategy is asked to do, and with what chance.
#[derive(Debug, Clone)]
pub struct Task {
    /// The source of all its randomness.
    pub rng: TrialRng,
    /// Dismantling target C, a share of the nodes in (0, 1): strategies that work towards a target (tree breaking,
    /// reinsertion) work towards components of at most C·N nodes.
    pub target: f64,
}

impl Task {
    /// The usual target of the literature, C = 1 %.
    pub const TARGET: f64 = 0.01;

    /// A task with the usual target.
    pub fn new(rng: TrialRng) -> Task {
        Task { rng, target: Task::TARGET }
    }
}

/// A strategy with its parameters fixed.
pub trait Strategy: Debug + Send + Sync {
    /// Ranks all nodes: who falls first.
    ///
    /// All randomness comes from `task.rng`. No I/O, no clock.
    ///
    /// # Errors
    /// If the network lacks what the strategy looks at (no providers are known, a name in an order file is not there),
    /// or if the strategy removes edges only.
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable>;

    /// Ranks all edges of the closure.
    ///
    /// # Errors
    /// As for nodes; most strategies rank nodes only, and say so.
    fn edges(&self, _overlay: &Overlay, _task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        Err(Unsuitable::new(
            "it ranks nodes, not edges; edges are ranked by `random`, `degree`, `edge-betweenness` and `order-file`",
        ))
    }

    /// Whether its orders depend on the dismantling target: they are made to leave components of at most C·N nodes, and
    /// may be poor at any other target.
    fn needs_target(&self) -> bool {
        false
    }

    /// Whether the whole network is ranked once, before anything falls. Otherwise scores are taken anew as nodes fall.
    fn ranks_once(&self) -> bool {
        true
    }

    /// What decides its orders beside its parameters and its code: the content of a file that it has read. Part of the
    /// identity of results; empty for most.
    fn fingerprint(&self) -> String {
        String::new()
    }
}

impl PluginKind for dyn Strategy {
    const KIND: &'static str = "strategy";
    const KINDS: &'static str = "strategies";
    const RESERVED: &'static [&'static str] = &[
        "strategy",
        "label",
        "removes",
        "removal_cost",
        "cascade",
        "knowledge",
        "repair",
        "interference",
        "iterative",
    ];
}

impl<S: Strategy + 'static> Holds<S> for dyn Strategy {
    fn share(strategy: S) -> Arc<dyn Strategy> {
        Arc::new(strategy)
    }
}

/// One row of a table of strategies.
pub type Entry = Registration<dyn Strategy>;

/// The strategies that a program knows.
pub type Strategies = Registry<dyn Strategy>;

/// The row of a strategy. Beside its own parameters it takes `reinsertion` (see [`crate::reinsert()`]).
pub const fn entry<P: Plugin + Strategy>() -> Registration<dyn Strategy> {
    Registration::wrapped::<P, reinsertion::Reinsertion>()
}

/// The strategies of this crate.
pub const STRATEGIES: &[Registration<dyn Strategy>] = &[
    entry::<Random>(),
    entry::<Degree>(),
    entry::<AdaptiveDegree>(),
    entry::<KCore>(),
    entry::<CollectiveInfluence>(),
    entry::<CoreHd>(),
    entry::<ExplosiveImmunization>(),
    entry::<MinSum>(),
    entry::<Bpd>(),
    entry::<Betweenness>(),
    entry::<AdaptiveBetweenness>(),
    entry::<Closeness>(),
    entry::<PageRank>(),
    entry::<Eigenvector>(),
    entry::<Gnd>(),
    entry::<EdgeBetweenness>(),
    entry::<ByRole>(),
    entry::<Provider>(),
    entry::<OrderFile>(),
];

/// Why a strategy cannot rank a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Unsuitable {
    /// What is missing or does not fit, and what would. A lower-case fragment.
    pub reason: String,
}

impl Unsuitable {
    /// A refusal with its reason.
    pub fn new(reason: impl Into<String>) -> Unsuitable {
        Unsuitable { reason: reason.into() }
    }
}

/// Checks that the strategies of a table keep their promises. For tests of crates that bring strategies.
///
/// Names, documentation and refusals are checked as for topologies; on `network`, every strategy must give a complete
/// order, the same one for the same stream, or say why it cannot.
///
/// # Panics
/// With the promise that was broken, and by which strategy.
pub fn check(strategies: &'static [Registration<dyn Strategy>], network: &Overlay) {
    hydranet_plugin::check(strategies);
    for row in strategies {
        let params = Params::parse(row.example).expect("checked above");
        let built = row.build(&params).expect("checked above");
        for trial in 0..3 {
            let task = || Task::new(trial_rng(1, Trial::network(trial), Purpose::Order));
            let (once, again) = (built.value.nodes(network, &mut task()), built.value.nodes(network, &mut task()));
            assert_eq!(once, again, "`{}`: the same stream gave two orders", row.name);
            if let Ok(order) = once {
                assert_complete(row.name, network, &order);
            }
            if let Ok(order) = built.value.edges(network, &mut task()) {
                assert_complete(row.name, network, &order);
            }
        }
    }
}

fn assert_complete(name: &str, network: &Overlay, order: &RemovalOrder) {
    match &order.items {
        crate::Items::Nodes(list) => {
            let mut sorted = list.clone();
            sorted.sort_unstable();
            assert!(sorted.into_iter().eq(0..network.nodes()), "`{name}`: an order names every node once");
        }
        crate::Items::Edges(list) => {
            let mut sorted = list.clone();
            sorted.sort_unstable();
            let edges = network.closure().iter_arcs().filter(|[u, v]| u < v);
            assert!(sorted.into_iter().eq(edges), "`{name}`: an order names every edge once, the smaller end first");
        }
    }
    let ends = &order.batch_ends;
    assert!(ends.windows(2).all(|w| w[0] < w[1]), "`{name}`: batches follow each other");
    assert!(ends.last().is_none_or(|&e| e as usize == order.len()), "`{name}`: the last batch ends the order");
}
