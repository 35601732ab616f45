//! Takedown actions: what a defender can do to a network. One file an action; each joins through a row of [`ACTIONS`], and
//! those of another crate through rows of a table of its own: `Actions::default().with(ACTIONS).with(mine::ACTIONS)`.

mod clean_up;
mod disconnect_provider;
mod partition;
mod poison;
mod powers;
mod seize_names;
mod seize_servers;
mod sinkhole;
mod sybil;
mod table;

pub use clean_up::CleanUp;
pub use disconnect_provider::DisconnectProvider;
pub use partition::Partition;
pub use poison::Poison;
pub use powers::{Powers, WorksOn};
pub use seize_names::SeizeNames;
pub use seize_servers::SeizeServers;
pub use sinkhole::Sinkhole;
pub use sybil::Sybil;
pub use table::ACTIONS;

use crate::{Unfit, World};
use hydranet_plugin::{Holds, NoneShared, PluginKind, Registry};
use hydranet_topology::{Draw, TrialRng};
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
    /// Targets that it was tried against so far: each costs, whether it is hit or not.
    pub attempts: u64,
}

impl Aim<'_> {
    /// Whether the node can be hit at all.
    pub fn sees(&self, world: &World, v: u32) -> bool {
        !self.crawled || world.is_known(v)
    }

    /// An attempt at one target: whether it succeeds. A draw where the chance is below 1.
    pub fn hits(&mut self) -> bool {
        self.attempts += 1;
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
    /// Does it. Gives the number of targets that were hit. What an attempt costs is reckoned from the attempts that `aim`
    /// has seen.
    ///
    /// # Errors
    /// If the network lacks what the action works on, with what would help.
    fn strike(&self, world: &mut World, aim: &mut Aim<'_>) -> Result<u64, Unfit>;

    /// What it goes on doing, every cycle until it is lifted. Gives the number of targets that were hit.
    fn keep_up(&self, _world: &mut World, _aim: &mut Aim<'_>) -> u64 {
        0
    }

    /// What it can do, so that parameters which change nothing beside it are told: see [`crate::Campaign::inert`].
    fn powers(&self) -> Powers {
        Powers::ANY
    }

    /// Takes back what can be taken back, when its duration has passed.
    fn lift(&self, _world: &mut World, _touched: &[u32]) {}
}

impl PluginKind for dyn Action {
    const KIND: &'static str = "action";
    const KINDS: &'static str = "actions";
    /// Its own name, and the keys of [`crate::Schedule`].
    const RESERVED: &'static [&'static str] = &[
        "action",
        "at_days",
        "times",
        "every_days",
        "when_known",
        "when_evidence",
        "when_identified",
        "delay_hours",
        "duration_days",
        "success",
        "crawled",
        "cost",
        "cost_per_target",
        "observations",
    ];
    type Shared = NoneShared;
}

impl<A: Action + 'static> Holds<A> for dyn Action {
    fn share(action: A) -> Arc<dyn Action> {
        Arc::new(action)
    }
}

/// The actions that a program knows.
pub type Actions = Registry<dyn Action>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_promises() {
        hydranet_plugin::check(ACTIONS);
    }

    #[test]
    fn no_action_can_take_a_key_of_the_schedule() {
        let schedule = hydranet_plugin::params_of(&hydranet_plugin::schema_of::<crate::Schedule>());
        let names: Vec<&str> = schedule.iter().map(|param| param.name.as_str()).collect();
        assert_eq!(<dyn Action as PluginKind>::RESERVED[1..], names);
    }
}
