//! Takedown actions: what a defender can do to a network. One file an action; each joins through a row of [`ACTIONS`], and
//! those of another crate through rows of a table of its own: `Actions::default().with(ACTIONS).with(mine::ACTIONS)`.

mod clean_up;
mod disconnect_provider;
mod partition;
mod poison;
mod seize_names;
mod seize_servers;
mod sinkhole;
mod sybil;

pub use clean_up::CleanUp;
pub use disconnect_provider::DisconnectProvider;
pub use partition::Partition;
pub use poison::Poison;
pub use seize_names::SeizeNames;
pub use seize_servers::SeizeServers;
pub use sinkhole::Sinkhole;
pub use sybil::Sybil;

use crate::{Unfit, World};
use hydranet_topology::registry::{Kind as Registered, Registry, Row, build_with, schema_of};
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use std::sync::Arc;

/// How an action is carried out: chance, success, and what it has touched.
#[derive(Debug)]
pub struct Aim<'r> {
    /// The defender's stream.
    pub rng: &'r mut TrialRng,
    /// Chance that it succeeds against one target.
    pub success: f64,
    /// Only what the crawl has found can be hit.
    pub crawled: bool,
    /// Seconds of one cycle.
    pub cycle: u32,
    /// Nodes that a later [`Action::lift`] is told of.
    pub touched: &'r mut Vec<u32>,
    /// Share of the fallback's names in the defender's hands, from 0 to 1.
    pub names_blocked: &'r mut f64,
}

impl Aim<'_> {
    /// Whether the node can be hit at all.
    pub fn sees(&self, world: &World, v: u32) -> bool {
        !self.crawled || world.is_known(v)
    }

    /// Whether it succeeds against one target. A draw where the chance is below 1.
    pub fn hits(&mut self) -> bool {
        self.success >= 1.0 || self.rng.chance(self.success)
    }

    /// A share of what can be seen, at random, and of it what is hit; ascending numbers in, random order out.
    pub fn share_of(&mut self, world: &World, mut targets: Vec<u32>, share: f64) -> Vec<u32> {
        targets.retain(|&v| self.sees(world, v));
        self.rng.shuffle(&mut targets);
        targets.truncate((share * targets.len() as f64 + 0.5) as usize);
        targets.retain(|_| self.hits());
        targets
    }
}

/// Something a defender does to a network.
pub trait Action: Debug + Send + Sync {
    /// Does it. Gives the number of targets that were hit, for the cost.
    ///
    /// # Errors
    /// If the network lacks what the action works on, with what would help.
    fn strike(&self, world: &mut World, aim: &mut Aim<'_>) -> Result<u64, Unfit>;

    /// What it goes on doing, every cycle until it is lifted. Gives the number of targets that were hit.
    fn keep_up(&self, _world: &mut World, _aim: &mut Aim<'_>) -> u64 {
        0
    }

    /// Takes back what can be taken back, when its duration has passed.
    fn lift(&self, _world: &mut World, _touched: &[u32]) {}
}

impl Registered for dyn Action {
    const KIND: &'static str = "action";
    const KINDS: &'static str = "actions";
}

/// An action that a spec can name.
pub trait Plan: Action + Sized + 'static {
    /// Its own parameters, beside those of [`crate::Schedule`].
    type Params: Serialize + DeserializeOwned + JsonSchema;
    /// What a spec calls it.
    const NAME: &'static str;
    /// One line: what it does.
    const ABOUT: &'static str;
    /// Parameters that work, as TOML lines.
    const EXAMPLE: &'static str = "";

    /// Checks the parameters and fixes them.
    ///
    /// # Errors
    /// The condition that a parameter violates.
    fn new(params: Self::Params) -> Result<Self, Invalid>;
}

/// One row of a table of actions.
pub type Entry = Row<dyn Action>;
/// The actions that a program knows.
pub type Actions = Registry<dyn Action>;

/// The row of an action.
pub const fn entry<P: Plan>() -> Entry {
    Row::new(P::NAME, &[], P::ABOUT, P::EXAMPLE, schema_of::<P::Params>, |params| {
        build_with(P::NAME, params, P::new, |plan| Arc::new(plan))
    })
}

/// The actions of this crate.
pub const ACTIONS: &[Entry] = &[
    entry::<SeizeServers>(),
    entry::<SeizeNames>(),
    entry::<Sinkhole>(),
    entry::<Poison>(),
    entry::<Sybil>(),
    entry::<DisconnectProvider>(),
    entry::<Partition>(),
    entry::<CleanUp>(),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_promises() {
        hydranet_topology::check_rows(ACTIONS, &["action"]);
    }
}
