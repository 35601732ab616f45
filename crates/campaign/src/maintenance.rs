//! Maintenance: how machines keep their lists of contacts alive.
//!
//! *Peer lists* (Zeus, Sality, ZeroAccess): every period an online machine probes its contacts, drops those that missed
//! m probes in a row, asks a live contact for more while it has fewer than it wants, and is itself learnt by one whom it
//! calls. *Bucket refresh* (DHTs): a contact that missed m probes is replaced by the live node with the nearest number,
//! which is where a lookup for the lost one ends; it takes one live contact to ask. Lists of servers are kept by the
//! operator: see [`crate::operator`].

mod probe;

use crate::mechanism::{Acts, Mechanism, Start};
use crate::rhythm::Rhythm;
use crate::state::State;
use crate::world::{NodeKind, World};
use hydranet_plugin::bounds::{positive, share};
use hydranet_topology::{Draw, Invalid, Purpose, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How lists are mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mend {
    /// Peer-list exchange.
    #[default]
    PeerList,
    /// DHT bucket refresh. Numbers of nodes stand for their places in the key space.
    BucketRefresh,
    /// Nobody mends anything.
    None,
}

/// Published parameter sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ListPreset {
    /// 50 entries, probed every 30 min, 5 misses, 10 a reply, asks below 25 (GameOver Zeus; Andriesse et al. 2013).
    Zeus,
    /// 1,000 entries, every 40 min (Sality; Falliere 2011).
    Sality,
    /// 256 entries, a contact a second: every one is probed within 256 s (ZeroAccess; Neville & Gibb 2013).
    ZeroAccess,
}

/// Parameters of maintenance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Maintenance {
    /// How lists are mended. Source: Andriesse et al. 2013 for peer lists; Maymounkov & Mazières 2002 for buckets.
    pub mend: Mend,
    /// A published set; it replaces `cap`, `minimum`, `reply`, `drop_after` and `period_minutes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<ListPreset>,
    /// Longest list, contacts (1 to 4,096). Source: 50 (Zeus), 256 (ZeroAccess), 1,000 (Sality).
    pub cap: u32,
    /// A machine with fewer contacts asks for more, contacts (0 to `cap`). Source: 25 (Andriesse et al. 2013).
    pub minimum: u32,
    /// Contacts in one reply (≥ 1). Source: 10 (Andriesse et al. 2013).
    pub reply: u32,
    /// A contact is dropped after so many missed probes in a row (1 to 255), that is after so many periods. Source: 5 (Andriesse et al. 2013).
    pub drop_after: u8,
    /// From one probe of a machine's contacts to the next, minutes (> 0). A cycle shorter than that gives some of the machines
    /// their turn; in a longer one each misses as many probes as there are periods, and exchanges contacts twice. Source: 30 (Zeus; Andriesse et al. 2013), 40 (Sality; Falliere 2011).
    pub period_minutes: f64,
    /// Most contacts of one provider on a list, contacts; 0 is no limit. Source: Zeus allows one address per /20 network.
    pub provider_cap: u32,
    /// Chance per period that a caller who can be dialled is learnt by one live contact, from 0 to 1. Source: Zeus
    /// learns from incoming requests.
    pub learn: f64,
}

impl Default for Maintenance {
    fn default() -> Maintenance {
        Maintenance {
            mend: Mend::PeerList,
            preset: None,
            cap: 50,
            minimum: 25,
            reply: 10,
            drop_after: 5,
            period_minutes: 30.0,
            provider_cap: 0,
            learn: 1.0,
        }
    }
}

impl Maintenance {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        let cap = self.cap;
        Invalid::unless((1..=4096).contains(&cap), "cap", || format!("1 to 4096 contacts, not {cap}"))?;
        Invalid::unless(self.minimum <= cap, "minimum", || format!("at most `cap` = {cap}, not {}", self.minimum))?;
        Invalid::unless(self.reply >= 1, "reply", || "at least 1 contact, not 0".into())?;
        Invalid::unless(self.drop_after >= 1, "drop_after", || "at least 1 missed probe, not 0".into())?;
        positive("period_minutes", self.period_minutes)?;
        share("learn", self.learn)
    }

    /// With the preset's numbers in place.
    pub fn resolved(&self) -> Maintenance {
        let with = |[cap, minimum, reply]: [u32; 3], drop_after, period_minutes| Maintenance {
            cap,
            minimum,
            reply,
            drop_after,
            period_minutes,
            ..self.clone()
        };
        match self.preset {
            None => self.clone(),
            Some(ListPreset::Zeus) => with([50, 25, 10], 5, 30.0),
            Some(ListPreset::Sality) => with([1000, 980, 1], 5, 40.0),
            Some(ListPreset::ZeroAccess) => with([256, 256, 16], 1, 256.0 / 60.0),
        }
    }
}

impl Upkeep {
    /// One cycle: every online machine whose turn it is. O(contacts of online machines).
    fn advance(&mut self, now: u32, world: &mut World) {
        if self.plan.mend == Mend::None {
            return;
        }
        let mut asked = [NOBODY; 64];
        for i in 0..world.live.words() {
            let first = i as u32 * 64;
            let turn = self.turn(first, world.live.word(i), now, world);
            if self.plan.mend == Mend::BucketRefresh {
                each(turn, |bit| self.refresh(first + bit, world));
                continue;
            }
            // whom the next 64 machines ask is drawn first, so that those rows are on their way while others are worked on
            each(turn, |bit| asked[bit as usize] = ask(first + bit, world, &mut self.rng));
            each(turn, |bit| {
                let v = first + bit;
                if asked[bit as usize] == NOBODY || world.probe(v, self.drop_after) == 0 {
                    return;
                }
                self.exchange(v, asked[bit as usize], world);
                if self.rhythm.is_fast() {
                    // within a cycle nobody comes or goes, so that lists soon settle; a clock as fine as the period leaves none out
                    (1..self.rhythm.turns(v, now).min(MOST_EXCHANGES)).for_each(|_| self.exchange(v, NOBODY, world));
                }
            });
        }
    }

    /// Which of 64 online nodes are machines whose turn it is.
    #[inline]
    fn turn(&self, first: u32, online: u64, now: u32, world: &World) -> u64 {
        let even = self.rhythm.is_even();
        let mut turn = 0;
        each(online, |bit| {
            let v = first + bit;
            let has_turn = even || self.rhythm.turns(v, now) > 0;
            turn |= ((has_turn && world.kind[v as usize] == NodeKind::Machine) as u64) << bit;
        });
        turn
    }

    /// A machine that has probed its contacts announces itself to the one that it asks, and learns from it if it is short of them.
    #[inline]
    fn exchange(&mut self, v: u32, asked: u32, world: &mut World) {
        let Upkeep { plan, rng, .. } = self;
        let hungry = world.row(v).len() < plan.minimum as usize;
        let announces = plan.learn > 0.0 && world.is_routable(v) && (plan.learn >= 1.0 || rng.chance(plan.learn));
        if !hungry && !announces {
            return;
        }
        let u = if asked != NOBODY && world.live.has(asked) { Some(asked) } else { live_contact(v, world, rng) };
        let Some(u) = u else { return };
        if announces && world.kind[u as usize] == NodeKind::Machine {
            world.learn(u, v, plan.provider_cap);
        }
        if hungry {
            copy(v, u, plan.reply, plan.provider_cap, world, rng);
        }
    }

    /// Bucket refresh: lost contacts are replaced at their places.
    fn refresh(&self, v: u32, world: &mut World) {
        let alive = world.row(v).iter().any(|&u| world.live.has(u));
        for place in 0..world.row(v).len() {
            let at = v as usize * world.cap + place;
            let contact = world.row(v)[place];
            world.misses[at] = if world.live.has(contact) { 0 } else { world.misses[at].saturating_add(1) };
            let overdue = alive && world.misses[at] >= self.drop_after;
            if let Some(u) = overdue.then(|| nearest(v, contact, world)).flatten() {
                world.replace(v, place, u);
            }
        }
    }
}

impl Mechanism for Maintenance {
    type Acts = Upkeep;

    fn start(&self, start: &Start<'_>, state: &mut State) -> Upkeep {
        let plan = self.resolved();
        let rhythm = Rhythm::new(plan.period_minutes, state.clock.cycle);
        let drop_after = rhythm.in_cycles(plan.drop_after);
        Upkeep { plan, rhythm, drop_after, rng: start.stream(Purpose::Maintenance) }
    }
}

/// The upkeep of the lists of one network.
#[derive(Debug)]
pub(crate) struct Upkeep {
    plan: Maintenance,
    rhythm: Rhythm,
    /// Cycles with a turn, in a row, after which a silent contact is dropped.
    drop_after: u8,
    rng: TrialRng,
}

impl Acts for Upkeep {
    fn cycle(&mut self, state: &mut State) {
        if !state.world.centralized {
            self.advance(state.clock.now, &mut state.world);
        }
    }
}

/// Exchanges of a machine in one cycle. A thousand machines with lists of 256 that exchange every 256 s take ten times as long on
/// a clock of an hour if they do all fourteen.
const MOST_EXCHANGES: u32 = 2;

/// Nobody to ask.
const NOBODY: u32 = u32::MAX;

/// A uniform contact of a machine, whose row is asked for; [`NOBODY`] if it has none.
#[inline]
fn ask(v: u32, world: &World, rng: &mut TrialRng) -> u32 {
    let row = world.row(v);
    if row.is_empty() {
        return NOBODY;
    }
    let asked = row[rng.below(row.len() as u32) as usize];
    world.fetch(asked);
    asked
}

/// The places of the bits of a word, ascending.
#[inline]
fn each(mut word: u64, mut f: impl FnMut(u32)) {
    while word != 0 {
        f(word.trailing_zeros());
        word &= word - 1;
    }
}

/// A live contact, uniformly: a few tries, then whoever comes next.
pub(crate) fn live_contact(v: u32, world: &World, rng: &mut TrialRng) -> Option<u32> {
    let row = world.row(v);
    if row.is_empty() {
        return None;
    }
    let len = row.len() as u32;
    for _ in 0..8 {
        let u = row[rng.below(len) as usize];
        if world.live.has(u) {
            return Some(u);
        }
    }
    let start = rng.below(len) as usize;
    (0..row.len()).map(|i| row[(start + i) % row.len()]).find(|&u| world.live.has(u))
}

/// A reply: `v` learns up to `reply` contacts of `u`, from a random place of its row on. Decoys name each other.
pub(crate) fn copy(v: u32, u: u32, reply: u32, provider_cap: u32, world: &mut World, rng: &mut TrialRng) {
    let len = world.row(u).len() as u32;
    if len == 0 {
        return;
    }
    let start = rng.below(len);
    for i in 0..reply.min(len) {
        let w = world.row(u)[((start + i) % len) as usize];
        world.learn(v, w, provider_cap);
    }
}

/// The live machine with the number nearest to that of a lost contact, which `v` does not call yet.
fn nearest(v: u32, lost: u32, world: &World) -> Option<u32> {
    let n = world.next.len() as u32;
    let usable = |u: u32| {
        u != v
            && world.live.has(u)
            && world.kind[u as usize] == NodeKind::Machine
            && world.is_routable(u)
            && !world.row(v).contains(&u)
    };
    (1..n.min(4096)).find_map(|step| {
        let (up, down) = ((lost % n + step) % n, (lost % n + n - step) % n);
        if usable(up) { Some(up) } else { Some(down).filter(|&u| usable(u)) }
    })
}
