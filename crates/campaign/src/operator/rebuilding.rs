//! Rebuilding: what was taken comes back, under its old name or a new one, and lists of servers are kept fresh.

use super::Operator;
use crate::bits::Bits;
use crate::state::State;
use crate::world::{NodeKind, World};
use hydranet_overlay::Role;
use hydranet_topology::{Draw, TrialRng};

/// Rebuilds under way.
#[derive(Debug, Default)]
pub(super) struct Rebuilding {
    /// Due second, node, whether it needs a new name.
    under_way: Vec<(u32, u32, bool)>,
}

impl Rebuilding {
    /// Plans the rebuilding of what was taken, and does what is due; gives the number of servers that are back. An idle
    /// operator drops all plans.
    pub(super) fn go_on(&mut self, plan: &Operator, idle: bool, state: &mut State, rng: &mut TrialRng) -> u32 {
        let (now, world) = (state.clock.now, &mut state.world);
        for (v, name_too) in std::mem::take(&mut world.taken) {
            if rng.chance(plan.rebuild_share) && !idle {
                self.under_way.push((now.saturating_add(plan.delay(rng)), v, name_too));
            }
        }
        if idle {
            self.under_way.clear();
        }
        let mut rebuilt = 0;
        for (_, v, name_too) in self.under_way.extract_if(.., |(due, ..)| *due <= now) {
            rebuilt += 1;
            if name_too { rename(v, world, rng) } else { world.restore(v) }
        }
        rebuilt
    }
}

/// A server that lost its name comes back as a new node; other infrastructure calls the new one, machines do not know it.
fn rename(old: u32, world: &mut World, rng: &mut TrialRng) {
    let hosts: Vec<u32> = if world.provider.is_empty() {
        vec![0]
    } else {
        (0..world.nodes())
            .filter(|&v| world.kind[v as usize] == NodeKind::Infrastructure)
            .map(|v| world.provider[v as usize])
            .collect()
    };
    let provider = hosts[rng.below(hosts.len() as u32) as usize];
    let new = world.add(NodeKind::Infrastructure, world.role[old as usize], provider);
    world.set_source(new, world.is_source(old));
    for u in world.row(old).to_vec() {
        world.learn(new, u, 0);
    }
    for v in 0..world.nodes() {
        if world.kind[v as usize] == NodeKind::Infrastructure && v != new {
            let place = world.row(v).iter().position(|&u| u == old);
            if let Some(place) = place.filter(|_| !world.row(v).contains(&new)) {
                world.replace(v, place, new);
            }
        }
    }
}

/// Machines within reach, and infrastructure, get a live server of the same role for each that is out of service.
pub(super) fn refresh(reached: &Bits, world: &mut World, rng: &mut TrialRng) {
    let down: Vec<u32> = (0..world.nodes())
        .filter(|&v| world.kind[v as usize] == NodeKind::Infrastructure && !world.is_live(v))
        .collect();
    if down.is_empty() {
        return;
    }
    let roles = Role::ALL;
    let up = roles.map(|role| world.servers(Some(role)));
    let tell: Vec<u32> = reached.iter().chain(world.servers(None)).collect();
    for v in tell {
        for place in 0..world.row(v).len() {
            let u = world.row(v)[place];
            let choice = &up[world.role[u as usize] as usize];
            if down.binary_search(&u).is_err() || choice.is_empty() {
                continue;
            }
            let other = choice[rng.below(choice.len() as u32) as usize];
            if other != v && !world.row(v).contains(&other) {
                world.replace(v, place, other);
            }
        }
    }
}
