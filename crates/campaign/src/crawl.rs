//! Knowledge: what the defender finds by asking.
//!
//! The defender owns a few observed machines (sensors) and asks known, online nodes that can be dialled for contacts. Machines
//! behind address translation never answer: they are found only through others, that is not at all by a crawl of lists
//! that hold who can be dialled, but by decoys that they call.

use crate::Sample;
use crate::bits::Bits;
use crate::mechanism::{Acts, Mechanism, Start};
use crate::schedule::seconds;
use crate::state::State;
use crate::world::{NodeKind, World};
use hydranet_plugin::bounds::not_negative;
use hydranet_topology::{Draw, Invalid, Purpose, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of the defender's crawl.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Crawling {
    /// Requests an hour (≥ 0); 0 is no crawl. Source: Rossow et al. 2013 crawl whole botnets within hours.
    pub requests_per_hour: f64,
    /// Contacts learnt per request (≥ 1). Source: 10 (Andriesse et al. 2013).
    pub reply: u32,
    /// Machines that the defender watches from the inside, from the start (≥ 0).
    pub sensors: u32,
    /// First day of the crawl, days (≥ 0).
    pub from_days: f64,
}

impl Default for Crawling {
    fn default() -> Crawling {
        Crawling { requests_per_hour: 0.0, reply: 10, sensors: 5, from_days: 0.0 }
    }
}

impl Crawling {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        not_negative("requests_per_hour", self.requests_per_hour)?;
        not_negative("from_days", self.from_days)?;
        Invalid::unless(self.reply >= 1, "reply", || "at least 1 contact, not 0".into())
    }
}

impl Mechanism for Crawling {
    type Acts = Crawler;

    fn start(&self, start: &Start<'_>, state: &mut State) -> Crawler {
        let mut crawler = Crawler { plan: self.clone(), rng: start.stream(Purpose::Crawl) };
        crawler.place_sensors(&mut state.world);
        crawler
    }
}

/// The defender's crawl of one network.
#[derive(Debug)]
pub(crate) struct Crawler {
    plan: Crawling,
    rng: TrialRng,
}

impl Acts for Crawler {
    fn cycle(&mut self, state: &mut State) {
        let since = state.clock.now.saturating_sub(seconds(self.plan.from_days));
        if self.plan.requests_per_hour > 0.0 && since > 0 {
            self.ask(since.min(state.clock.cycle), &mut state.world);
        }
    }

    fn report(&mut self, state: &mut State) {
        overhear(&mut state.world);
    }

    fn tell(&self, state: &State, sample: &mut Sample) {
        let world = &state.world;
        sample.known = world.known.iter().filter(|&v| world.is_machine(v)).count() as u32;
    }
}

impl Crawler {
    /// The sensors: machines chosen at random.
    fn place_sensors(&mut self, world: &mut World) {
        if self.plan.requests_per_hour <= 0.0 {
            return;
        }
        let machines = world.machines();
        let mut places = Vec::new();
        self.rng.distinct(machines.len() as u32, self.plan.sensors.min(machines.len() as u32), &mut places);
        places.into_iter().for_each(|i| world.known.set(machines[i as usize], true));
    }

    /// The requests of so many seconds. O(requests · reply + known).
    fn ask(&mut self, seconds: u32, world: &mut World) {
        let known: Vec<u32> = world.known.iter().filter(|&v| world.kind[v as usize] == NodeKind::Machine).collect();
        if known.is_empty() {
            return;
        }
        let expected = self.plan.requests_per_hour * seconds as f64 / 3600.0;
        let requests = expected as u64 + self.rng.chance(expected.fract()) as u64;
        for _ in 0..requests {
            let v = known[self.rng.below(known.len() as u32) as usize];
            let len = world.row(v).len() as u32;
            if !world.live.has(v) || len == 0 {
                continue;
            }
            let start = self.rng.below(len);
            for i in 0..self.plan.reply.min(len) {
                let u = world.row(v)[((start + i) % len) as usize];
                world.known.set(u, true);
            }
        }
    }
}

/// Machines that call a decoy are known to the defender.
fn overhear(world: &mut World) {
    let mut heard = Bits::new(world.nodes() as usize);
    let decoy = |world: &World, u: u32| world.kind[u as usize] == NodeKind::Decoy && world.is_live(u);
    for v in 0..world.slots() {
        if world.is_live(v) && world.row(v).iter().any(|&u| decoy(world, u)) {
            heard.set(v, true);
        }
    }
    heard.iter().for_each(|v| world.known.set(v, true));
}
