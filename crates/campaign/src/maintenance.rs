//! Maintenance: how machines keep their lists of contacts alive.
//!
//! *Peer lists* (Zeus, Sality, ZeroAccess): every period an online machine probes its contacts, drops those that missed
//! m probes in a row, asks a live contact for more while it has fewer than it wants, and is itself learnt by one whom it
//! calls. *Bucket refresh* (DHTs): a contact that missed m probes is replaced by the live node with the nearest number,
//! which is where a lookup for the lost one ends; it takes one live contact to ask. Lists of servers are kept by the
//! operator: see [`crate::operator`].

use crate::mechanism::{Acts, Mechanism, Start};
use crate::state::State;
use crate::world::{NodeKind, World};
use hydranet_overlay::memory::prefetch;
use hydranet_plugin::bounds::share;
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
    pub preset: Option<ListPreset>,
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
            Some(ListPreset::Zeus) => Maintenance { drop_after: 5, period_cycles: 1, ..with(50, 25, 10) },
            Some(ListPreset::Sality) => Maintenance { drop_after: 5, period_cycles: 1, ..with(1000, 980, 1) },
            Some(ListPreset::ZeroAccess) => Maintenance { drop_after: 1, period_cycles: 1, ..with(256, 256, 16) },
        }
    }

    /// One cycle: every online machine whose turn it is. O(contacts of online machines).
    fn advance(&self, cycle: u32, world: &mut World, rng: &mut TrialRng) {
        if self.mend == Mend::None {
            return;
        }
        let mut asked = [NOBODY; 64];
        for i in 0..world.live.words() {
            let turn = self.turn(i as u32 * 64, world.live.word(i), cycle, world);
            if self.mend == Mend::BucketRefresh {
                each(turn, |bit| self.refresh(i as u32 * 64 + bit, world));
                continue;
            }
            // whom the next 64 machines ask is drawn first, so that those rows are on their way while others are worked on
            each(turn, |bit| asked[bit as usize] = ask(i as u32 * 64 + bit, world, rng));
            each(turn, |bit| {
                if asked[bit as usize] != NOBODY {
                    self.exchange(i as u32 * 64 + bit, asked[bit as usize], world, rng);
                }
            });
        }
    }

    /// Which of 64 online nodes are machines whose turn it is.
    #[inline]
    fn turn(&self, first: u32, online: u64, cycle: u32, world: &World) -> u64 {
        let mut turn = 0;
        each(online, |bit| {
            let v = first + bit;
            let now = self.period_cycles == 1 || (v + cycle).is_multiple_of(self.period_cycles);
            turn |= ((now && world.kind[v as usize] == NodeKind::Machine) as u64) << bit;
        });
        turn
    }

    /// A machine probes its contacts, announces itself to the one that it asks, and learns from it if it is short of them.
    #[inline]
    fn exchange(&self, v: u32, asked: u32, world: &mut World, rng: &mut TrialRng) {
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
        if announces && world.kind[u as usize] == NodeKind::Machine {
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

impl Mechanism for Maintenance {
    type Acts = Upkeep;

    fn start(&self, start: &Start<'_>, _state: &mut State) -> Upkeep {
        Upkeep { plan: self.resolved(), rng: start.stream(Purpose::Maintenance) }
    }
}

/// The upkeep of the lists of one network.
#[derive(Debug)]
pub(crate) struct Upkeep {
    plan: Maintenance,
    rng: TrialRng,
}

impl Acts for Upkeep {
    fn cycle(&mut self, state: &mut State) {
        if !state.world.centralized {
            self.plan.advance(state.clock.cycles, &mut state.world, &mut self.rng);
        }
    }
}

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

    /// Probes all contacts of a node and drops those that have missed `drop_after` probes; gives how many answer.
    ///
    /// The inner loop of every run. Who answers is a coin toss, so that nothing may branch on it: answers are gathered as the
    /// bits of a word, and eight counts of missed probes at a time follow from eight bits of it. Counts stay below
    /// `drop_after`, so that no byte of eight carries into the next.
    #[inline]
    fn probe(&mut self, v: u32, drop_after: u8) -> u32 {
        let (base, len) = (v as usize * self.cap, self.len[v as usize] as usize);
        let mut alive = 0;
        // from the end on: the last contact moves to the place of one that is dropped, and has been probed by then
        for start in (0..len.div_ceil(64)).rev().map(|block| block * 64) {
            let (from, to) = (base + start, base + (start + 64).min(len));
            let live = &self.live;
            let rows = self.rows[from..to].iter().enumerate();
            let answers = rows.fold(0u64, |word, (place, &u)| word | live.bit(u) << place);
            alive += answers.count_ones();
            let (eights, rest) = self.misses[from..to].as_chunks_mut::<8>();
            let mut overdue = 0u64;
            for (i, eight) in eights.iter_mut().enumerate() {
                let silent = EVERY[!(answers >> (8 * i)) as u8 as usize];
                let missed = (u64::from_le_bytes(*eight) + ONES) & silent;
                *eight = missed.to_le_bytes();
                overdue |= bytes_equal(missed, drop_after) << (8 * i);
            }
            for (place, missed) in (eights.len() * 8..).zip(rest) {
                *missed = (*missed + 1) * (1 - (answers >> place & 1) as u8);
                overdue |= ((*missed == drop_after) as u64) << place;
            }
            while overdue != 0 {
                let place = overdue.ilog2();
                overdue ^= 1 << place;
                self.forget(v, start + place as usize);
            }
        }
        alive
    }
}

/// A one in every byte.
const ONES: u64 = u64::from_le_bytes([1; 8]);

/// The bytes of a word that belong to the bits of a byte: all ones or all zeros.
const EVERY: [u64; 256] = {
    let mut table = [0; 256];
    let mut bits = 0;
    while bits < 256 {
        let mut place = 0;
        while place < 8 {
            if bits >> place & 1 == 1 {
                table[bits] |= 0xff << (8 * place);
            }
            place += 1;
        }
        bits += 1;
    }
    table
};

/// Which of the eight bytes of a word equal a byte: bit i for byte i.
#[inline]
fn bytes_equal(word: u64, byte: u8) -> u64 {
    const LOW: u64 = ONES * 0x7f;
    let differs = word ^ (ONES * byte as u64);
    // the high bit of a byte is clear only if the whole byte is
    let equal = !(((differs & LOW) + LOW) | differs | LOW);
    (equal >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
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

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_overlay::{Csr, Overlay};
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn bytes_that_equal() {
        let word = u64::from_le_bytes([5, 0, 5, 255, 4, 6, 5, 128]);
        for (byte, bits) in [(5, 0b0100_0101), (0, 0b10), (255, 0b1000), (128, 0b1000_0000), (7, 0)] {
            assert_eq!(bytes_equal(word, byte), bits, "{byte}");
        }
    }

    /// Contact after contact: slow and obvious.
    fn slow(world: &World, v: u32, drop_after: u8) -> (Vec<(u32, u8)>, u32) {
        let misses = &world.misses[v as usize * world.cap..];
        let mut alive = 0;
        let kept = world.row(v).iter().zip(misses).filter_map(|(&u, &missed)| {
            let answers = world.live.has(u);
            alive += answers as u32;
            let missed = if answers { 0 } else { missed + 1 };
            (missed < drop_after).then_some((u, missed))
        });
        let mut kept: Vec<_> = kept.collect();
        kept.sort_unstable();
        (kept, alive)
    }

    #[test]
    fn probes_count_and_drop() {
        let rng = &mut trial_rng(3, Trial::network(0), Purpose::Measure);
        let n = 400;
        let mut arcs = Vec::new();
        for v in 0..n {
            let mut list = Vec::new();
            rng.distinct(n, v % 200, &mut list);
            arcs.extend(list.into_iter().filter(|u| *u != v).map(|u| [v, u]));
        }
        let overlay = Overlay::directed(Csr::from_arcs(n, &arcs).0);
        for drop_after in [1, 2, 5, 255] {
            let mut world = World::new(&overlay, [256, 1], 1.0, rng);
            for round in 0..300 {
                (0..n).for_each(|v| world.set_awake(v, rng.chance(if round % 100 < 50 { 0.6 } else { 0.05 })));
                for v in 0..n {
                    let (kept, alive) = slow(&world, v, drop_after);
                    assert_eq!(world.probe(v, drop_after), alive);
                    let misses = &world.misses[v as usize * world.cap..];
                    let mut now: Vec<_> = world.row(v).iter().copied().zip(misses.iter().copied()).collect();
                    now.sort_unstable();
                    assert_eq!(now, kept, "{v} of round {round}");
                }
            }
        }
    }
}
