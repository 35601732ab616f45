//! Knowledge: what the defender finds by asking.
//!
//! He owns a few observed machines (sensors) and asks known, online nodes that can be dialled for contacts. Machines
//! behind address translation never answer: they are found only through others, that is not at all by a crawl of lists
//! that hold who can be dialled, but by decoys that they call.

use crate::checks::not_negative;
use crate::world::{Kind, World};
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of the defender's crawl.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Crawl {
    /// Requests an hour (≥ 0); 0 is no crawl. Source: Rossow et al. 2013 crawl whole botnets within hours.
    pub requests_per_hour: f64,
    /// Contacts learnt per request (≥ 1). Source: 10 (Andriesse et al. 2013).
    pub reply: u32,
    /// Machines that the defender watches from the inside, from the start (≥ 0).
    pub sensors: u32,
    /// First day of the crawl, days (≥ 0).
    pub from_days: f64,
}

impl Default for Crawl {
    fn default() -> Crawl {
        Crawl { requests_per_hour: 0.0, reply: 10, sensors: 5, from_days: 0.0 }
    }
}

impl Crawl {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        not_negative("requests_per_hour", self.requests_per_hour)?;
        not_negative("from_days", self.from_days)?;
        Invalid::unless(self.reply >= 1, "reply", || "at least 1 contact, not 0".into())
    }

    /// The sensors: machines chosen at random.
    pub(crate) fn start(&self, world: &mut World, rng: &mut TrialRng) {
        if self.requests_per_hour <= 0.0 {
            return;
        }
        let machines = world.machines();
        let mut places = Vec::new();
        rng.distinct(machines.len() as u32, self.sensors.min(machines.len() as u32), &mut places);
        places.into_iter().for_each(|i| world.known.set(machines[i as usize], true));
    }

    /// The requests of one cycle. O(requests · reply + known).
    pub(crate) fn advance(&self, now: u32, cycle: u32, world: &mut World, rng: &mut TrialRng) {
        let day = now as f64 / 86_400.0;
        if self.requests_per_hour <= 0.0 || day < self.from_days {
            return;
        }
        let known: Vec<u32> = world.known.iter().filter(|&v| world.kind[v as usize] == Kind::Machine).collect();
        if known.is_empty() {
            return;
        }
        let expected = self.requests_per_hour * cycle as f64 / 3600.0;
        let requests = expected as u64 + rng.chance(expected.fract()) as u64;
        for _ in 0..requests {
            let v = known[rng.below(known.len() as u32) as usize];
            let len = world.row(v).len() as u32;
            if !world.live.has(v) || len == 0 {
                continue;
            }
            let start = rng.below(len);
            for i in 0..self.reply.min(len) {
                let u = world.row(v)[((start + i) % len) as usize];
                world.known.set(u, true);
            }
        }
    }
}
