//! Discovery: what a defender finds out about who is in the network.
//!
//! *Crawlers* ask peers for entries of their lists, one request at a time: peers that cannot be dialled are silent, a share
//! of the others detects the crawler and refuses; both cost a request, and are not asked again. *Sensors* are addresses of
//! the defender that stand on peers' lists, and wait to be called: they also see who cannot be dialled. Nothing here
//! dials anybody: it is a walk on an abstract graph.
//!
//! Crawls favour the well-known: a peer is found in proportion to how many lists it stands on. So the capture–recapture
//! estimate of the population from two crawls is low, by how much [`Population`] and the measured bias tell.
//!
//! What it abstracts: Rossow et al., *SoK: P2PWNED*, IEEE S&P 2013; Kang et al., *Towards complete node enumeration in a
//! peer-to-peer botnet*, ASIACCS 2009 (crawlers see what can be dialled, sensors the rest).

use hydranet_overlay::Overlay;
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// How a defender goes about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Crawl {
    /// Requests that may be sent, as a multiple of the number of nodes (≥ 0).
    pub requests: f64,
    /// Entries that a reply names (≥ 1), drawn anew for every request. The whole list if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<u32>,
    /// Dialable peers, drawn uniformly, that are known at the start (1 to as many as there are). Left out: 10, or all where
    /// there are fewer.
    #[serde(default = "ten")]
    pub seeds: u32,
    /// Share of peers that detect the crawler and refuse to answer (0 to 1).
    #[serde(default)]
    pub refusing: f64,
    /// Sensors (≥ 0).
    #[serde(default)]
    pub sensors: u32,
    /// Share of peers whose list holds a sensor, for each sensor by itself (0 to 1).
    #[serde(default = "one_percent")]
    pub sensor_share: f64,
    /// Calls that every peer makes, each to a uniform entry of its list, while sensors wait (≥ 0).
    #[serde(default = "hundred")]
    pub sensor_calls: u32,
}

fn ten() -> u32 {
    10
}
fn one_percent() -> f64 {
    0.01
}
fn hundred() -> u32 {
    100
}

impl Crawl {
    /// A crawl with so many requests a node, and everything else by default.
    pub fn with_requests(requests: f64) -> Crawl {
        Crawl {
            requests,
            reply: None,
            seeds: ten(),
            refusing: 0.0,
            sensors: 0,
            sensor_share: one_percent(),
            sensor_calls: hundred(),
        }
    }

    /// Checks the parameters.
    ///
    /// # Errors
    /// The violated condition.
    pub fn check(&self) -> Result<(), Invalid> {
        let finite = self.requests >= 0.0 && self.requests.is_finite();
        Invalid::unless(finite, "requests", || format!("requests a node, 0 or more, not {}", self.requests))?;
        Invalid::unless(self.reply != Some(0), "reply", || "a reply names at least 1 entry".into())?;
        Invalid::unless(self.seeds >= 1, "seeds", || "at least 1 peer is known at the start".into())?;
        for (param, share) in [("refusing", self.refusing), ("sensor_share", self.sensor_share)] {
            Invalid::unless((0.0..=1.0).contains(&share), param, || format!("a share, 0 to 1, not {share}"))?;
        }
        Ok(())
    }

    /// Checks that a network has the peers that are to be known at the start. The default goes with fewer, and the least that
    /// can be asked for, 1, with none. O(n).
    ///
    /// # Errors
    /// How many peers can be dialled.
    pub fn suits(&self, overlay: &Overlay) -> Result<(), Invalid> {
        let dialable = dialable(overlay).count();
        let enough = self.seeds as usize <= dialable.max(1) || self.seeds == ten();
        Invalid::unless(enough, "seeds", || {
            let (seeds, n) = (self.seeds, overlay.nodes());
            format!(
                "{seeds} dialable peers cannot be known at the start: {dialable} of the {n} nodes here can be dialled"
            )
        })
    }

    /// The budget in requests for a network of `nodes`.
    pub fn budget(&self, nodes: u32) -> u64 {
        (self.requests * nodes as f64 + 0.5) as u64
    }
}

/// The peers that can be dialled, in the order of their numbers.
fn dialable(overlay: &Overlay) -> impl Iterator<Item = u32> {
    (0..overlay.nodes()).filter(|&v| overlay.routable().is_none_or(|r| r[v as usize]))
}

/// Replies of one peer in a row without a new name, after which it is asked no more.
const FRUITLESS: u8 = 3;

/// A crawl under way, or ended.
#[derive(Debug)]
pub struct Crawler<'o> {
    overlay: &'o Overlay,
    reply: Option<u32>,
    rng: TrialRng,
    refuses: Vec<bool>,
    known: Vec<bool>,
    found: Vec<u32>,
    queue: VecDeque<(u32, u8)>,
    seen: Vec<[u32; 2]>,
    requests: u64,
    by_sensors: u32,
}

impl<'o> Crawler<'o> {
    /// Draws who refuses and which peers are known at first, and what the sensors hear; sends no request yet.
    /// O(n · sensors hit).
    pub fn start(overlay: &'o Overlay, plan: &Crawl, mut rng: TrialRng) -> Crawler<'o> {
        let n = overlay.nodes();
        let refuses = (0..n).map(|_| plan.refusing > 0.0 && rng.chance(plan.refusing)).collect();
        let mut crawler = Crawler {
            overlay,
            reply: plan.reply,
            refuses,
            known: vec![false; n as usize],
            found: Vec::new(),
            queue: VecDeque::new(),
            seen: Vec::new(),
            requests: 0,
            by_sensors: 0,
            rng: rng.clone(),
        };
        let dialable: Vec<u32> = dialable(overlay).collect();
        let mut seeds = Vec::new();
        rng.distinct(dialable.len() as u32, plan.seeds.min(dialable.len() as u32), &mut seeds);
        for place in seeds {
            crawler.learn(dialable[place as usize]);
        }
        if plan.sensors > 0 {
            for v in 0..n {
                // how many sensors stand on v's list: one chance each
                let hits = (0..plan.sensors).filter(|_| rng.chance(plan.sensor_share)).count() as f64;
                let missed = 1.0 - hits / (hits + overlay.out().degree(v) as f64).max(1.0);
                // every call misses the sensors with the same chance: a product, so that no transcendental decides
                let never = (0..plan.sensor_calls).fold(1.0, |p, _| p * missed);
                if hits > 0.0 && rng.chance(1.0 - never) {
                    crawler.by_sensors += 1;
                    crawler.learn(v);
                }
            }
        }
        crawler.rng = rng;
        crawler
    }

    fn learn(&mut self, v: u32) -> bool {
        let new = !std::mem::replace(&mut self.known[v as usize], true);
        if new {
            self.found.push(v);
            self.queue.push_back((v, 0));
        }
        new
    }

    /// Sends requests until `budget` have been sent in all, or nobody is left to ask. Peers are asked in turn, in the order
    /// in which they were found; one that keeps answering goes to the end of the queue, until three replies in a row brought
    /// nothing new. O(entries named).
    pub fn run_to(&mut self, budget: u64) {
        let overlay = self.overlay;
        let mut places = Vec::new();
        while self.requests < budget {
            let Some((v, fruitless)) = self.queue.pop_front() else { break };
            self.requests += 1;
            let silent = overlay.routable().is_some_and(|r| !r[v as usize]);
            if silent || self.refuses[v as usize] {
                continue;
            }
            let row = overlay.out().row(v);
            let count = self.reply.unwrap_or(u32::MAX).min(row.len() as u32);
            places.clear();
            if (count as usize) < row.len() {
                self.rng.distinct(row.len() as u32, count, &mut places);
            } else {
                places.extend(0..count);
            }
            let mut new = false;
            for &place in &places {
                self.seen.push([v, row[place as usize]]);
                new |= self.learn(row[place as usize]);
            }
            let fruitless = if new { 0 } else { fruitless + 1 };
            if (count as usize) < row.len() && fruitless < FRUITLESS {
                self.queue.push_back((v, fruitless));
            }
        }
    }

    /// Requests sent so far.
    pub fn requests(&self) -> u64 {
        self.requests
    }

    /// Peers known, in the order in which they were found.
    pub fn found(&self) -> &[u32] {
        &self.found
    }

    /// Peers that a sensor heard of.
    pub fn by_sensors(&self) -> u32 {
        self.by_sensors
    }

    /// Arcs that replies named; repeated where they were named again.
    pub fn seen(&self) -> &[[u32; 2]] {
        &self.seen
    }

    /// Whether there is anybody left to ask.
    pub fn is_over(&self) -> bool {
        self.queue.is_empty()
    }

    /// How much better known those found are than everybody: lists that one of the found stands on, on average, over lists
    /// that anybody does. 1 is unbiased; NaN if nobody was found, or nobody stands on a list.
    pub fn bias(&self) -> f64 {
        let lists: u64 = self.found.iter().map(|&v| self.overlay.incoming().degree(v) as u64).sum();
        let all = self.overlay.out().arcs() as f64 / self.overlay.nodes() as f64;
        lists as f64 / self.found.len() as f64 / all
    }
}

/// An estimate of how many nodes there are, from two independent samples of n₁ and n₂ of which m are the same: Chapman's
/// (n₁ + 1)(n₂ + 1)/(m + 1) − 1, unbiased for uniform samples with n₁ + n₂ ≥ N (D. G. Chapman, Univ. Calif. Publ. Stat. 1,
/// 131, 1951).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Population {
    /// Size of the first sample.
    pub first: u64,
    /// Size of the second sample.
    pub second: u64,
    /// How many are in both.
    pub both: u64,
}

impl Population {
    /// From two samples, given as membership flags of the nodes and as a list. O(|second|).
    pub fn of(first: &Crawler<'_>, second: &Crawler<'_>) -> Population {
        let both = second.found.iter().filter(|&&v| first.known[v as usize]).count() as u64;
        Population { first: first.found.len() as u64, second: second.found.len() as u64, both }
    }

    /// The estimate, in nodes.
    pub fn estimate(&self) -> f64 {
        (self.first + 1) as f64 * (self.second + 1) as f64 / (self.both + 1) as f64 - 1.0
    }

    /// Whether the estimate ± 1.96 of its own standard errors takes in a population of `nodes`. For uniform samples that is so
    /// about 95 times in 100. Crawls are none: they find first who stands on many lists, both of them the same ones, and the
    /// interval is about a number that is too low; it misses then, the surer the more was found.
    pub fn covers(&self, nodes: u64) -> bool {
        (self.estimate() - nodes as f64).abs() <= 1.96 * self.standard_error()
    }

    /// Its standard error *for uniform samples*, in nodes (Seber 1970). It knows of chance alone, not of the bias of crawls:
    /// see [`Population::covers`].
    pub fn standard_error(&self) -> f64 {
        let [a, b, m] = [self.first, self.second, self.both].map(|x| x as f64);
        ((a + 1.0) * (b + 1.0) * (a - m) * (b - m) / ((m + 1.0) * (m + 1.0) * (m + 2.0))).sqrt()
    }
}

#[cfg(test)]
#[path = "discovery_tests.rs"]
mod tests;
