//! Migration: an operator whose servers are hit too hard moves to a peer-to-peer network.

use super::Operator;
use super::contacts::give_contacts;
use crate::state::State;
use crate::world::World;
use hydranet_topology::{Draw, TrialRng};

/// How far it has come to that.
#[derive(Debug, Default)]
pub(super) struct Migration {
    low_since: Option<u32>,
    /// The operator has moved.
    pub(super) done: bool,
}

impl Migration {
    /// Moves if reach has been low for long enough.
    pub(super) fn go_on(&mut self, plan: &Operator, state: &mut State, rng: &mut TrialRng) {
        let Some(share) = plan.migrate_below else { return };
        if self.done || state.reach.count as f64 >= share * state.reach.first as f64 {
            self.low_since = None;
            return;
        }
        let now = state.clock.now;
        let since = *self.low_since.get_or_insert(now);
        if (now - since) as f64 >= plan.migrate_after_days * 86_400.0 {
            self.done = true;
            move_to_peers(plan, &mut state.world, rng);
        }
    }
}

/// The machines that the operator takes along get peer lists; the others are out of the network, the servers retired.
fn move_to_peers(plan: &Operator, world: &mut World, rng: &mut TrialRng) {
    for v in world.servers(None) {
        world.take(v, true);
    }
    world.taken.clear();
    let (mut kept, mut left) = (Vec::new(), Vec::new());
    world.machines().into_iter().for_each(|v| if rng.chance(plan.migrate_keep) { kept.push(v) } else { left.push(v) });
    left.into_iter().for_each(|v| world.lose(v));
    world.any_source = true;
    world.centralized = false;
    let doors: Vec<u32> = kept.iter().copied().filter(|&v| world.is_routable(v)).collect();
    kept.into_iter().for_each(|v| give_contacts(v, plan, &doors, world, rng));
}
