//! Contacts for machines that have lost theirs or never had any: fallback, repair, recruitment.

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

/// Fallback and repair: machines that have been out of reach come back one by one.
pub(super) fn call_back(plan: &Operator, state: &mut State, rng: &mut TrialRng) {
    let State { world, reach, clock, .. } = state;
    let day = clock.span as f64 / 86_400.0;
    let fallback = 1.0 - libm::pow(1.0 - plan.fallback(state.names_blocked), day);
    let repair = -libm::expm1(-plan.repair_per_day * day);
    if (fallback <= 0.0 && repair <= 0.0) || clock.span == 0 {
        return;
    }
    let friends = friends(&reach.reached, world);
    let patience = (plan.fallback_after_hours * 3600.0).min(4e9) as u32;
    for v in 0..world.next.len() as u32 {
        if !world.is_machine(v) || !world.is_live(v) || reach.reached.has(v) {
            continue;
        }
        let late = clock.now.saturating_sub(world.reached_at[v as usize]) >= patience;
        if (late && rng.chance(fallback)) || rng.chance(repair) {
            give_contacts(v, plan, &friends, world, rng);
        }
    }
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
