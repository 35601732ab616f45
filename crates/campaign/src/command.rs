//! Command: who holds the operator's newest word.
//!
//! *Push*: a command floods all calls between online nodes at once, both ways; commanded is who is connected to where it
//! enters. *Pull* and *gossip*: it enters at every report, and once a period each online node asks, or tells, a few of its
//! live contacts; commanded is who holds a command that is fresh enough. Decoys pass nothing on. Where commands may
//! enter anywhere the operator chooses the component with the most machines.

use crate::Sample;
use crate::maintenance::live_contact;
use crate::mechanism::{Acts, Mechanism, Start};
use crate::rhythm::Rhythm;
use crate::state::{Reach, State};
use crate::world::{NodeKind, World};
use hydranet_plugin::bounds::positive;
use hydranet_topology::{Draw, Invalid, Purpose, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How commands spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Dissemination {
    /// Floods at once.
    #[default]
    Push,
    /// Each node asks a few contacts a period.
    Pull,
    /// Each node that holds a command tells a few contacts a period.
    Gossip,
}

/// Parameters of command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Commands {
    /// How commands spread. Source: Storm and Waledac pull, GameOver Zeus pushes and pulls (Rossow et al. 2013).
    pub spread: Dissemination,
    /// Contacts that are asked or told in a period (≥ 1); with `pull` and `gossip`.
    pub fanout: u32,
    /// From one time that a node asks or tells to the next, minutes (> 0); with `pull` and `gossip`. Source: the maintenance period
    /// of Zeus, 30 min (Andriesse et al. 2013).
    pub period_minutes: f64,
    /// Nodes at which a command enters where it may enter anywhere (≥ 1); with `pull` and `gossip`.
    pub injections: u32,
    /// A machine counts as commanded while its newest command is at most so old, hours (> 0); with `pull` and `gossip`.
    pub fresh_hours: f64,
}

impl Default for Commands {
    fn default() -> Commands {
        Commands { spread: Dissemination::Push, fanout: 1, period_minutes: 30.0, injections: 1, fresh_hours: 24.0 }
    }
}

impl Commands {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        Invalid::unless(self.fanout >= 1, "fanout", || "at least 1 contact, not 0".into())?;
        Invalid::unless(self.injections >= 1, "injections", || "at least 1 node, not 0".into())?;
        positive("period_minutes", self.period_minutes)?;
        positive("fresh_hours", self.fresh_hours)
    }

    /// One cycle of asking or telling. O(online nodes · fanout · periods).
    fn advance(&self, rhythm: Rhythm, now: u32, world: &mut World, rng: &mut TrialRng) {
        if self.spread == Dissemination::Push {
            return;
        }
        let online: Vec<u32> = world.live.iter().collect();
        for turn in 0..rhythm.most() {
            for &v in &online {
                if world.kind[v as usize] == NodeKind::Decoy || rhythm.turns(v, now) <= turn {
                    continue;
                }
                for _ in 0..self.fanout {
                    let Some(u) = live_contact(v, world, rng) else { break };
                    if world.kind[u as usize] == NodeKind::Decoy {
                        continue;
                    }
                    let (to, from) = if self.spread == Dissemination::Pull { (v, u) } else { (u, v) };
                    world.stamp[to as usize] = world.stamp[to as usize].max(world.stamp[from as usize]);
                }
            }
        }
    }
}

impl Mechanism for Commands {
    type Acts = Spreading;

    fn start(&self, start: &Start<'_>, state: &mut State) -> Spreading {
        let rng = start.stream(Purpose::Command);
        let rhythm = Rhythm::new(self.period_minutes, state.clock.cycle);
        Spreading { plan: self.clone(), rhythm, rng, parts: Parts { parent: Vec::new(), machines: Vec::new() } }
    }
}

/// The spreading of commands in one network.
#[derive(Debug)]
pub(crate) struct Spreading {
    plan: Commands,
    rhythm: Rhythm,
    rng: TrialRng,
    parts: Parts,
}

impl Acts for Spreading {
    fn cycle(&mut self, state: &mut State) {
        self.plan.advance(self.rhythm, state.clock.now, &mut state.world, &mut self.rng);
    }

    fn report(&mut self, state: &mut State) {
        self.measure(state);
        if state.clock.now == 0 {
            state.reach.first = state.reach.count;
        }
    }

    fn tell(&self, state: &State, sample: &mut Sample) {
        (sample.reach, sample.online, sample.age) = (state.reach.count, state.reach.online, state.reach.age);
    }
}

impl Spreading {
    /// Counts, stamps and remembers who is reached. O(contacts of online nodes · α).
    fn measure(&mut self, state: &mut State) {
        let Spreading { plan, rng, parts, .. } = self;
        let State { world, reach, .. } = state;
        let (now, commanding) = (state.clock.now, !state.gone);
        let n = world.nodes() as usize;
        reach.reached.grow(n);
        reach.reached.clear();
        parts.join(world);
        let entries = if commanding { parts.entries(world) } else { Vec::new() };
        let fresh = (plan.fresh_hours * 3600.0).min(u32::MAX as f64) as u32;
        if plan.spread != Dissemination::Push && commanding {
            let doors = parts.doors(&entries, plan.injections, world, rng);
            doors.into_iter().for_each(|v| world.stamp[v as usize] = now + 1);
        }
        let Reach { reached: within, count, online, age, .. } = reach;
        (*count, *online, *age) = (0, 0, 0);
        let mut is_entry = vec![false; n];
        entries.iter().for_each(|&root| is_entry[root as usize] = true);
        for v in world.live.iter().collect::<Vec<_>>() {
            let i = v as usize;
            if world.kind[i] == NodeKind::Decoy {
                continue;
            }
            let reached = match plan.spread {
                Dissemination::Push => is_entry[parts.root(v) as usize],
                _ => commanding && world.stamp[i] > 0 && world.stamp[i] + fresh > now,
            };
            if reached {
                world.reached_at[i] = now;
                if plan.spread == Dissemination::Push {
                    world.stamp[i] = now + 1;
                }
            }
            if world.kind[i] == NodeKind::Machine {
                *online += 1;
                if world.stamp[i] > 0 {
                    *age += (now + 1 - world.stamp[i]) as u64;
                }
                if reached {
                    within.set(v, true);
                    *count += 1;
                }
            }
        }
    }
}

/// The components of a network; buffers are kept from report to report.
#[derive(Debug)]
struct Parts {
    parent: Vec<u32>,
    /// Machines of a component, at its root.
    machines: Vec<u32>,
}

impl Parts {
    /// Components of calls between online nodes, and the machines in each.
    fn join(&mut self, world: &World) {
        let n = world.nodes();
        self.parent.clear();
        self.parent.extend(0..n);
        self.machines.clear();
        self.machines.resize(n as usize, 0);
        for v in world.live.iter() {
            if world.kind[v as usize] == NodeKind::Decoy {
                continue;
            }
            let mut root = self.root(v);
            for &u in world.row(v) {
                if world.live.has(u) && world.kind[u as usize] != NodeKind::Decoy {
                    let other = self.root(u);
                    if other != root {
                        let (low, high) = (root.min(other), root.max(other));
                        self.parent[high as usize] = low;
                        root = low;
                    }
                }
            }
        }
        for v in world.live.iter() {
            if world.kind[v as usize] == NodeKind::Machine {
                let root = self.root(v) as usize;
                self.machines[root] += 1;
            }
        }
    }

    #[inline]
    fn root(&mut self, mut v: u32) -> u32 {
        while self.parent[v as usize] != v {
            let up = self.parent[self.parent[v as usize] as usize];
            self.parent[v as usize] = up;
            v = up;
        }
        v
    }

    /// Roots of the components that a command enters.
    fn entries(&mut self, world: &World) -> Vec<u32> {
        if world.any_source {
            if world.centralized {
                // an order needs a server to enter at
                let mut served = vec![false; self.machines.len()];
                for v in world.live.iter().filter(|&v| world.kind[v as usize] == NodeKind::Infrastructure) {
                    served[self.root(v) as usize] = true;
                }
                self.machines.iter_mut().zip(&served).for_each(|(m, s)| *m *= *s as u32);
            }
            let most = self.machines.iter().copied().max().unwrap_or(0);
            let best = self.machines.iter().position(|&m| m == most && m > 0);
            return best.map(|v| v as u32).into_iter().collect();
        }
        let doors: Vec<u32> = world.live.iter().filter(|&v| world.is_source(v)).collect();
        let mut roots: Vec<u32> = doors.into_iter().map(|v| self.root(v)).collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }

    /// The nodes at which a command enters.
    fn doors(&mut self, entries: &[u32], injections: u32, world: &World, rng: &mut TrialRng) -> Vec<u32> {
        if !world.any_source {
            return world.live.iter().filter(|&v| world.is_source(v)).collect();
        }
        let inside: Vec<u32> = world.live.iter().collect();
        let inside: Vec<u32> = inside
            .into_iter()
            .filter(|&v| world.kind[v as usize] != NodeKind::Decoy && entries.contains(&self.root(v)))
            .collect();
        let mut places = Vec::new();
        rng.distinct(inside.len() as u32, injections.min(inside.len() as u32), &mut places);
        places.into_iter().map(|i| inside[i as usize]).collect()
    }
}
