//! Strategies: which nodes (or edges) fall, in which order.
//!
//! One file a strategy, in a folder of its topic: [`centrality`] (rank by a score), [`dismantling`] (made to leave no large
//! component), [`given`] (chance, roles, providers, an order of one's own). Each joins through one row of [`STRATEGIES`], in the
//! way in which topologies do, and tells itself how it ranks and what it costs.

pub mod centrality;
mod check;
pub mod dismantling;
pub mod given;
mod rank;
mod ranking;
mod reinsertion;
mod table;

pub use centrality::{
    AdaptiveBetweenness, AdaptiveDegree, Betweenness, Closeness, Degree, EdgeBetweenness, Eigenvector, KCore, Nearness,
    PageRank, Walk,
};
pub use check::{check, check_on};
pub use dismantling::{Bpd, CollectiveInfluence, CoreHd, Cost, ExplosiveImmunization, Gnd, MinSum};
pub use given::{ByRole, OrderFile, Provider, Random};
pub use rank::Ties;
pub use ranking::{NetworkSize, Ranking};
pub use reinsertion::Reinsertion;
pub use table::STRATEGIES;

use rank::{batch, score};

use crate::RemovalOrder;
use hydranet_overlay::Overlay;
use hydranet_plugin::{Holds, PluginKind, Registry};
use hydranet_topology::TrialRng;
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

    /// How it ranks, for the protocol that stands beside every result. Once and with random ties unless said otherwise.
    fn ranking(&self) -> Ranking {
        Ranking::ONCE
    }

    /// What an order costs beyond one pass over the network: an estimate in nanoseconds for a node or an edge, on networks of
    /// some thousand nodes. Work is dealt to shards by it; results do not depend on it. 0 unless said otherwise.
    fn order_cost(&self, _size: NetworkSize) -> f64 {
        0.0
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
    type Shared = Reinsertion;
}

impl<S: Strategy + 'static> Holds<S> for dyn Strategy {
    fn share(strategy: S) -> Arc<dyn Strategy> {
        Arc::new(strategy)
    }
}

/// The strategies that a program knows.
pub type Strategies = Registry<dyn Strategy>;

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
