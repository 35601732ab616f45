//! Maintenance: how machines keep their lists of contacts alive.
//!
//! *Peer lists* (Zeus, Sality, ZeroAccess): every period an online machine probes its contacts, drops those that missed
//! m probes in a row, asks a live contact for more while it has fewer than it wants, and is itself learnt by one whom it
//! calls. *Bucket refresh* (DHTs): a contact that missed m probes is replaced by the live node with the nearest number,
//! which is where a lookup for the lost one ends; it takes one live contact to ask. Lists of servers are kept by the
//! operator: see [`crate::operator`].

use crate::checks::share;
use crate::world::{Kind, World};
use hydranet_overlay::memory::prefetch;
use hydranet_topology::{Draw, Invalid, TrialRng};
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
pub enum Preset {
    /// 50 entries, probed every 30 min, 5 misses, 10 a reply, asks below 25 (GameOver Zeus; Andriesse et al. 2013).
    Zeus,
    /// 1,000 entries, every 40 min (Sality; Falliere 2011).
    Sality,
    /// 256 entries, a contact a second: every one is probed within a cycle (ZeroAccess; Neville & Gibb 2013).
    ZeroAccess,
}

/// Parameters of maintenance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Maintenance {
    /// How lists are mended. Source: Andriesse et al. 2013 for peer lists; Maymounkov & Mazières 2002 for buckets.
    pub mend: Mend,
    /// A published set; it replaces `cap`, `minimum`, `reply`, `drop_after` and `period_cycles`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<Preset>,
    /// Longest list, contacts (1 to 4,096). Source: 50 (Zeus), 256 (ZeroAccess), 1,000 (Sality).
    pub cap: u32,
    /// A machine with fewer contacts asks for more, contacts (0 to `cap`). Source: 25 (Andriesse et al. 2013).
    pub minimum: u32,
    /// Contacts in one reply (≥ 1). Source: 10 (Andriesse et al. 2013).
    pub reply: u32,
    /// A contact is dropped after so many missed probes in a row (1 to 255). Source: 5 (Andriesse et al. 2013).
    pub drop_after: u8,
    /// Cycles between a machine's probes (≥ 1).
    pub period_cycles: u32,
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
            period_cycles: 1,
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
        Invalid::unless(self.period_cycles >= 1, "period_cycles", || "at least 1 cycle, not 0".into())?;
        share("learn", self.learn)
    }

    /// With the preset's numbers in place.
    pub fn resolved(&self) -> Maintenance {
        let with = |cap, minimum, reply| Maintenance { cap, minimum, reply, ..self.clone() };
        match self.preset {
            None => self.clone(),
            Some(Preset::Zeus) => Maintenance { drop_after: 5, period_cycles: 1, ..with(50, 25, 10) },
            Some(Preset::Sality) => Maintenance { drop_after: 5, period_cycles: 1, ..with(1000, 980, 1) },
            Some(Preset::ZeroAccess) => Maintenance { drop_after: 1, period_cycles: 1, ..with(256, 256, 16) },
        }
    }

    /// One cycle: every online machine whose turn it is. O(contacts of online machines).
    pub(crate) fn advance(&self, cycle: u32, world: &mut World, rng: &mut TrialRng) {
        if self.mend == Mend::None {
            return;
        }
        for i in 0..world.live.words() {
            let mut word = world.live.word(i);
            while word != 0 {
                let v = i as u32 * 64 + word.trailing_zeros();
                word &= word - 1;
                let turn = self.period_cycles == 1 || (v + cycle).is_multiple_of(self.period_cycles);
                if turn && world.kind[v as usize] == Kind::Machine {
                    self.probe(v, world, rng);
                }
            }
        }
    }

    fn probe(&self, v: u32, world: &mut World, rng: &mut TrialRng) {
        if self.mend == Mend::BucketRefresh {
            return self.refresh(v, world);
        }
        // who is asked is drawn first, so that its row is on its way while the probes are counted
        let len = world.row(v).len() as u32;
        if len == 0 {
            return;
        }
        let asked = world.row(v)[rng.below(len) as usize];
        world.fetch(asked);
        if world.probe(v, self.drop_after) == 0 {
            return;
        }
        let hungry = world.row(v).len() < self.minimum as usize;
        let announces = self.learn > 0.0 && world.is_routable(v) && (self.learn >= 1.0 || rng.chance(self.learn));
        if !hungry && !announces {
            return;
        }
        let u = if world.live.has(asked) { Some(asked) } else { live_contact(v, world, rng) };
        let Some(u) = u else { return };
        if announces && world.kind[u as usize] == Kind::Machine {
            world.learn(u, v, self.provider_cap);
        }
        if hungry {
            copy(v, u, self.reply, self.provider_cap, world, rng);
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

impl World {
    /// Asks for the cache lines of a row.
    #[inline]
    fn fetch(&self, v: u32) {
        let base = v as usize * self.cap;
        prefetch(&self.len, v as usize);
        for line in 0..self.cap.min(64).div_ceil(16) {
            prefetch(&self.rows, base + line * 16);
        }
    }

    /// Probes all contacts of a node and drops those that have missed `drop_after` probes; gives how many answer. The
    /// inner loop of every run: one pass, without branches.
    #[inline]
    fn probe(&mut self, v: u32, drop_after: u8) -> u32 {
        let (base, len) = (v as usize * self.cap, self.len[v as usize] as usize);
        let World { rows, misses, live, .. } = self;
        let (rows, misses) = (&mut rows[base..base + len], &mut misses[base..base + len]);
        let (mut alive, mut kept) = (0u32, 0usize);
        for i in 0..len {
            let (u, missed) = (rows[i], misses[i]);
            let answers = live.has(u);
            let missed = missed.saturating_add(1) & (answers as u8).wrapping_sub(1);
            (rows[kept], misses[kept]) = (u, missed);
            alive += answers as u32;
            kept += (missed < drop_after) as usize;
        }
        self.len[v as usize] = kept as u16;
        alive
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
            && world.kind[u as usize] == Kind::Machine
            && world.is_routable(u)
            && !world.row(v).contains(&u)
    };
    (1..n.min(4096)).find_map(|step| {
        let (up, down) = ((lost % n + step) % n, (lost % n + n - step) % n);
        if usable(up) { Some(up) } else { Some(down).filter(|&u| usable(u)) }
    })
}
