//! Contacts for machines that have lost theirs or never had any: recruitment, and what fallback and repair share.

use super::Operator;
use crate::bits::Bits;
use crate::maintenance::copy;
use crate::state::State;
use crate::world::World;
use hydranet_overlay::Role;
use hydranet_topology::{Draw, TrialRng};

/// Contacts for a machine that has none worth keeping.
pub(super) fn give_contacts(v: u32, plan: &Operator, friends: &[u32], world: &mut World, rng: &mut TrialRng) {
    if friends.is_empty() {
        return;
    }
    world.forget_all(v);
    let wanted = if world.centralized { world.servers_per_peer as u32 } else { plan.contacts };
    for _ in 0..wanted * 2 {
        if world.row(v).len() < wanted as usize {
            let u = friends[rng.below(friends.len() as u32) as usize];
            world.learn(v, u, 0);
        }
    }
}

/// Whom a machine is told to call: the servers of the lowest layer in use, or machines within reach that can be dialled.
pub(super) fn friends(reached: &Bits, world: &World) -> Vec<u32> {
    if !world.centralized {
        return reached.iter().filter(|&u| world.is_routable(u) && world.is_machine(u)).collect();
    }
    let lowest = [Role::Relay, Role::Server];
    lowest.into_iter().map(|role| world.servers(Some(role))).find(|s| !s.is_empty()).unwrap_or_default()
}

/// New machines, one by one.
#[derive(Debug)]
pub(super) struct Recruiting {
    /// Machines recruited a day, as a share of the initial number.
    pub(super) per_day: f64,
    /// Most machines that there ever are.
    pub(super) limit: u32,
    pub(super) rng: TrialRng,
}

impl Recruiting {
    /// New machines while the operator commands: as many as are due, as long as there is room.
    pub(super) fn go_on(&mut self, plan: &Operator, state: &mut State) {
        let State { world, reach, clock, .. } = state;
        let expected = self.per_day * world.initial as f64 * clock.span as f64 / 86_400.0;
        if expected <= 0.0 || reach.count == 0 {
            return;
        }
        let due = expected as u32 + self.rng.chance(expected.fract()) as u32;
        let friends = friends(&reach.reached, world);
        for _ in 0..due.min(self.limit.saturating_sub(world.members)) {
            if !take_in(plan, (clock.now, &friends), world, &mut self.rng) {
                break;
            }
        }
    }
}

/// A new machine moves into a free slot and is told whom to call; `false` if there is no slot.
pub(super) fn take_in(plan: &Operator, (now, friends): (u32, &[u32]), world: &mut World, rng: &mut TrialRng) -> bool {
    let Some(v) = world.free.pop_front() else { return false };
    world.recruit(v, now);
    if friends.is_empty() {
        return true;
    }
    if world.centralized {
        give_contacts(v, plan, friends, world, rng);
    } else {
        let host = friends[rng.below(friends.len() as u32) as usize];
        world.learn(v, host, 0);
        copy(v, host, plan.contacts, 0, world, rng);
    }
    true
}
