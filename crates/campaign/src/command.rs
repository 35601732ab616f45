//! Command: who holds the operator's newest word.
//!
//! *Push*: a command floods all calls between online nodes at once, both ways; commanded is who is connected to where it
//! enters. *Pull* and *gossip*: it enters at every report, and in every cycle each online node asks, or tells, a few of its
//! live contacts; commanded is who holds a command that is fresh enough. Decoys pass nothing on. Where commands may
//! enter anywhere the operator chooses the component with the most machines.

use crate::bits::Bits;
use crate::checks::positive;
use crate::maintenance::live_contact;
use crate::world::{Kind, World};
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How commands spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Spread {
    /// Floods at once.
    #[default]
    Push,
    /// Each node asks a few contacts a cycle.
    Pull,
    /// Each node that holds a command tells a few contacts a cycle.
    Gossip,
}

/// Parameters of command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Command {
    /// How commands spread. Source: Storm and Waledac pull, GameOver Zeus pushes and pulls (Rossow et al. 2013).
    pub spread: Spread,
    /// Contacts that are asked or told in a cycle (≥ 1); with `pull` and `gossip`.
    pub fanout: u32,
    /// Nodes at which a command enters where it may enter anywhere (≥ 1); with `pull` and `gossip`.
    pub injections: u32,
    /// A machine counts as commanded while its newest command is at most so old, hours (> 0); with `pull` and `gossip`.
    pub fresh_hours: f64,
}

impl Default for Command {
    fn default() -> Command {
        Command { spread: Spread::Push, fanout: 1, injections: 1, fresh_hours: 24.0 }
    }
}

impl Command {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        Invalid::unless(self.fanout >= 1, "fanout", || "at least 1 contact, not 0".into())?;
        Invalid::unless(self.injections >= 1, "injections", || "at least 1 node, not 0".into())?;
        positive("fresh_hours", self.fresh_hours)
    }

    /// One cycle of asking or telling. O(online nodes · fanout).
    pub(crate) fn advance(&self, world: &mut World, rng: &mut TrialRng) {
        if self.spread == Spread::Push {
            return;
        }
        for v in world.live.iter().collect::<Vec<_>>() {
            if world.kind[v as usize] == Kind::Decoy {
                continue;
            }
            for _ in 0..self.fanout {
                let Some(u) = live_contact(v, world, rng) else { break };
                if world.kind[u as usize] == Kind::Decoy {
                    continue;
                }
                let (to, from) = if self.spread == Spread::Pull { (v, u) } else { (u, v) };
                world.stamp[to as usize] = world.stamp[to as usize].max(world.stamp[from as usize]);
            }
        }
    }
}

/// Who is within reach; buffers are kept from report to report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reach {
    parent: Vec<u32>,
    machines: Vec<u32>,
    /// Machines that are commanded.
    pub(crate) reached: Bits,
    /// Their number.
    pub(crate) count: u32,
    /// Online machines.
    pub(crate) online: u32,
    /// Sum over the online machines that ever got a command of its age, seconds.
    pub(crate) age: u64,
}

impl Reach {
    /// Counts, stamps and remembers who is reached at `now`. O(contacts of online nodes · α).
    pub(crate) fn measure(
        &mut self,
        command: &Command,
        commanding: bool,
        now: u32,
        world: &mut World,
        rng: &mut TrialRng,
    ) {
        let n = world.nodes() as usize;
        self.reached.grow(n);
        self.reached.clear();
        self.join(world);
        let entries = if commanding { self.entries(world) } else { Vec::new() };
        let fresh = (command.fresh_hours * 3600.0).min(u32::MAX as f64) as u32;
        if command.spread != Spread::Push && commanding {
            let doors = self.doors(&entries, command.injections, world, rng);
            doors.into_iter().for_each(|v| world.stamp[v as usize] = now + 1);
        }
        (self.count, self.online, self.age) = (0, 0, 0);
        let mut is_entry = vec![false; n];
        entries.iter().for_each(|&root| is_entry[root as usize] = true);
        for v in world.live.iter().collect::<Vec<_>>() {
            let i = v as usize;
            if world.kind[i] == Kind::Decoy {
                continue;
            }
            let reached = match command.spread {
                Spread::Push => is_entry[self.root(v) as usize],
                _ => commanding && world.stamp[i] > 0 && world.stamp[i] + fresh > now,
            };
            if reached {
                world.reached_at[i] = now;
                if command.spread == Spread::Push {
                    world.stamp[i] = now + 1;
                }
            }
            if world.kind[i] == Kind::Machine {
                self.online += 1;
                if world.stamp[i] > 0 {
                    self.age += (now + 1 - world.stamp[i]) as u64;
                }
                if reached {
                    self.reached.set(v, true);
                    self.count += 1;
                }
            }
        }
    }

    /// Components of calls between online nodes, and the machines in each.
    fn join(&mut self, world: &World) {
        let n = world.nodes();
        self.parent.clear();
        self.parent.extend(0..n);
        self.machines.clear();
        self.machines.resize(n as usize, 0);
        for v in world.live.iter() {
            if world.kind[v as usize] == Kind::Decoy {
                continue;
            }
            let mut root = self.root(v);
            for &u in world.row(v) {
                if world.live.has(u) && world.kind[u as usize] != Kind::Decoy {
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
            if world.kind[v as usize] == Kind::Machine {
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
                for v in world.live.iter().filter(|&v| world.kind[v as usize] == Kind::Infrastructure) {
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
            .filter(|&v| world.kind[v as usize] != Kind::Decoy && entries.contains(&self.root(v)))
            .collect();
        let mut places = Vec::new();
        rng.distinct(inside.len() as u32, injections.min(inside.len() as u32), &mut places);
        places.into_iter().map(|i| inside[i as usize]).collect()
    }
}
