//! The operator: rebuilds what was taken, keeps lists of servers fresh, calls lost machines back, learns, migrates, and
//! gives up when it no longer pays.

use crate::bits::Bits;
use crate::checks::{not_negative, positive, share};
use crate::maintenance::copy;
use crate::weibull::normal;
use crate::world::{Kind, World};
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of the operator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Operator {
    /// Share of the servers that are taken which he rebuilds, from 0 to 1. Source: 59 of 62 for TrickBot in 2020 (Microsoft 2020).
    pub rebuild_share: f64,
    /// Median delay of a rebuild, days (> 0). Source: 1–2 (booters; Collier et al. 2019), about 7 (TrickBot), 10 (Torpig;
    /// Stone-Gross et al. 2009), weeks to months (ZeroAccess, Kelihos).
    pub rebuild_days: f64,
    /// Spread of the delay: standard deviation of its logarithm, no unit (≥ 0). Source: lognormal repair times.
    pub rebuild_sigma: f64,
    /// Rate at which a machine that has been out of reach is brought back by other means (installed anew), per day (≥ 0). Source: pay-per-install
    /// markets (Caballero et al. 2011).
    pub repair_per_day: f64,
    /// Fallback channel: a machine that has been out of reach for so long tries it, hours (≥ 0). Source: 48 h for Conficker-like
    /// fallbacks; a week for GameOver Zeus (Andriesse et al. 2013).
    pub fallback_after_hours: f64,
    /// Chance that a machine gets through in a day of trying, from 0 to 1, where it is not given by rendezvous names.
    pub fallback_per_day: f64,
    /// Rendezvous names a day, N; 0 is none. Source: 250 (Conficker A), 50,000 (Conficker C; Porras et al. 2009), 1,000 (GameOver
    /// Zeus).
    pub names_per_day: u32,
    /// Of these, owned by the operator, r (at most N).
    pub names_owned: u32,
    /// Names that a machine tries a day, n. Source: 500 of 50,000 (Conficker C).
    pub names_tried: u32,
    /// Contacts that a machine gets by fallback, repair or recruitment, contacts (≥ 1); servers where there are servers.
    pub contacts: u32,
    /// λ, what he learns from each use of an action: its chance of success is multiplied by 1 − λ, from 0 to 1. Source: Zeus
    /// P2P answered the takedowns of its forerunner.
    pub learns: f64,
    /// He moves to a peer-to-peer network when this share of the reach at the start, from 0 to 1, is not reached for
    /// `migrate_after_days`; left out: never. Source: Zeus became GameOver Zeus after its servers were hit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub migrate_below: Option<f64>,
    /// How long reach stays below that before he moves, days (≥ 0).
    pub migrate_after_days: f64,
    /// κ, share of the machines that he takes along, from 0 to 1. Source: booters kept 10–20 % of their traffic (Vu et al. 2025).
    pub migrate_keep: f64,
    /// What a commanded machine earns him a day, in rebuilt servers (≥ 0); 0: he never gives up. He does when thirty days
    /// of rebuilding cost more than thirty days earn.
    pub gain_per_peer_day: f64,
}

impl Default for Operator {
    fn default() -> Operator {
        Operator {
            rebuild_share: 0.95,
            rebuild_days: 7.0,
            rebuild_sigma: 0.7,
            repair_per_day: 0.0,
            fallback_after_hours: 48.0,
            fallback_per_day: 0.0,
            names_per_day: 0,
            names_owned: 0,
            names_tried: 0,
            contacts: 10,
            learns: 0.0,
            migrate_below: None,
            migrate_after_days: 14.0,
            migrate_keep: 0.2,
            gain_per_peer_day: 0.0,
        }
    }
}

impl Operator {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        share("rebuild_share", self.rebuild_share)?;
        positive("rebuild_days", self.rebuild_days)?;
        not_negative("rebuild_sigma", self.rebuild_sigma)?;
        not_negative("repair_per_day", self.repair_per_day)?;
        not_negative("fallback_after_hours", self.fallback_after_hours)?;
        share("fallback_per_day", self.fallback_per_day)?;
        let names = self.names_per_day;
        let within =
            |param, x: u32| Invalid::unless(x <= names, param, || format!("at most N = {names} names, not {x}"));
        within("names_owned", self.names_owned)?;
        within("names_tried", self.names_tried)?;
        Invalid::unless(self.contacts >= 1, "contacts", || "at least 1 contact, not 0".into())?;
        share("learns", self.learns)?;
        self.migrate_below.map_or(Ok(()), |x| share("migrate_below", x))?;
        not_negative("migrate_after_days", self.migrate_after_days)?;
        share("migrate_keep", self.migrate_keep)?;
        not_negative("gain_per_peer_day", self.gain_per_peer_day)
    }

    /// Chance that a machine gets through on one day when a share of the names is blocked: 1 − (1 − r/N)ⁿ for rendezvous
    /// names, each name being blocked alike.
    pub fn fallback(&self, blocked: f64) -> f64 {
        if self.names_per_day == 0 {
            return self.fallback_per_day * (1.0 - blocked);
        }
        let owned = self.names_owned as f64 / self.names_per_day as f64 * (1.0 - blocked);
        1.0 - libm::pow(1.0 - owned, self.names_tried as f64)
    }

    /// A delay of a rebuild, seconds. O(1).
    pub(crate) fn delay(&self, rng: &mut TrialRng) -> u32 {
        let days = self.rebuild_days * libm::exp(self.rebuild_sigma * normal(rng));
        (days * 86_400.0 + 0.5).min(4e9) as u32
    }
}

/// What the operator is up to.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    /// No more rebuilding, repair or command.
    pub(crate) gone: bool,
    /// Rebuilds under way: due second, node, whether it needs a new name.
    rebuilds: Vec<(u32, u32, bool)>,
    /// Servers rebuilt.
    pub(crate) rebuilt: u32,
    low_since: Option<u32>,
    migrated: bool,
    earned: f64,
    spent: f64,
}

/// Thirty days: how long he looks back when he asks whether it pays.
const LOOK_BACK: f64 = 30.0 * 86_400.0;

impl Desk {
    /// Plans the rebuilding of what was taken, and does what is due.
    pub(crate) fn rebuild(&mut self, plan: &Operator, now: u32, world: &mut World, rng: &mut TrialRng) {
        for (v, name_too) in std::mem::take(&mut world.taken) {
            if rng.chance(plan.rebuild_share) && !self.gone && !self.migrated {
                self.rebuilds.push((now.saturating_add(plan.delay(rng)), v, name_too));
            }
        }
        if self.gone || self.migrated {
            self.rebuilds.clear();
        }
        for (_, v, name_too) in self.rebuilds.extract_if(.., |(due, ..)| *due <= now) {
            self.rebuilt += 1;
            self.spent += 1.0;
            if name_too { rename(v, world, rng) } else { world.restore(v) }
        }
    }

    /// What he does at a report: keeps lists fresh, calls back, recruits, moves, reckons.
    pub(crate) fn attend(
        &mut self,
        plan: &Operator,
        at: &Report<'_>,
        world: &mut World,
        [rng, joins]: [&mut TrialRng; 2],
    ) {
        self.reckon(plan, at);
        if self.gone {
            return;
        }
        if world.centralized {
            refresh(at.reached, world, rng);
        }
        self.migrate(plan, at, world, rng);
        call_back(plan, at, world, rng);
        recruit(plan, at, world, joins);
    }

    /// A machine from elsewhere is taken in; `false` if there is no slot.
    pub(crate) fn admit(
        &self,
        plan: &Operator,
        (now, reached): (u32, &Bits),
        world: &mut World,
        rng: &mut TrialRng,
    ) -> bool {
        take_in(plan, (now, &friends(reached, world)), world, rng)
    }

    fn reckon(&mut self, plan: &Operator, at: &Report<'_>) {
        if plan.gain_per_peer_day <= 0.0 {
            return;
        }
        let rate = plan.gain_per_peer_day * at.count as f64 / 86_400.0;
        if at.now == 0 {
            self.earned = rate * LOOK_BACK;
        }
        let fade = libm::exp(-(at.span as f64) / LOOK_BACK);
        self.earned = self.earned * fade + rate * LOOK_BACK * (1.0 - fade);
        self.spent *= fade;
        self.gone |= self.spent > self.earned;
    }

    fn migrate(&mut self, plan: &Operator, at: &Report<'_>, world: &mut World, rng: &mut TrialRng) {
        let Some(share) = plan.migrate_below else { return };
        if self.migrated || at.count as f64 >= share * at.first as f64 {
            self.low_since = None;
            return;
        }
        let since = *self.low_since.get_or_insert(at.now);
        if (at.now - since) as f64 >= plan.migrate_after_days * 86_400.0 {
            self.migrated = true;
            move_to_peers(plan, world, rng);
        }
    }
}

/// What the operator sees at a report.
pub(crate) struct Report<'r> {
    pub(crate) now: u32,
    /// Seconds since the last report.
    pub(crate) span: u32,
    /// Machines within reach.
    pub(crate) reached: &'r Bits,
    /// Their number.
    pub(crate) count: u32,
    /// Their number at the start.
    pub(crate) first: u32,
    /// Share of the rendezvous names in the defender's hands.
    pub(crate) blocked: f64,
    /// Machines recruited a day.
    pub(crate) recruits_per_day: f64,
    /// Most machines that there ever are.
    pub(crate) limit: u32,
}

/// A server that lost its name comes back as a new node; other infrastructure calls the new one, machines do not know it.
fn rename(old: u32, world: &mut World, rng: &mut TrialRng) {
    let hosts: Vec<u32> = if world.provider.is_empty() {
        vec![0]
    } else {
        (0..world.nodes())
            .filter(|&v| world.kind[v as usize] == Kind::Infrastructure)
            .map(|v| world.provider[v as usize])
            .collect()
    };
    let provider = hosts[rng.below(hosts.len() as u32) as usize];
    let new = world.add(Kind::Infrastructure, world.role[old as usize], provider);
    world.set_source(new, world.is_source(old));
    for u in world.row(old).to_vec() {
        world.learn(new, u, 0);
    }
    for v in 0..world.nodes() {
        if world.kind[v as usize] == Kind::Infrastructure && v != new {
            let place = world.row(v).iter().position(|&u| u == old);
            if let Some(place) = place.filter(|_| !world.row(v).contains(&new)) {
                world.replace(v, place, new);
            }
        }
    }
}

/// Machines within reach, and infrastructure, get a live server of the same role for each that is out of service.
fn refresh(reached: &Bits, world: &mut World, rng: &mut TrialRng) {
    let down: Vec<u32> =
        (0..world.nodes()).filter(|&v| world.kind[v as usize] == Kind::Infrastructure && !world.is_live(v)).collect();
    if down.is_empty() {
        return;
    }
    let roles = hydranet_overlay::Role::ALL;
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

/// Contacts for a machine that has none worth keeping.
fn give_contacts(v: u32, plan: &Operator, friends: &[u32], world: &mut World, rng: &mut TrialRng) {
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
fn friends(reached: &Bits, world: &World) -> Vec<u32> {
    if !world.centralized {
        return reached.iter().filter(|&u| world.is_routable(u) && world.is_machine(u)).collect();
    }
    let lowest = [hydranet_overlay::Role::Relay, hydranet_overlay::Role::Server];
    lowest.into_iter().map(|role| world.servers(Some(role))).find(|s| !s.is_empty()).unwrap_or_default()
}

/// Fallback and repair: machines that have been out of reach come back one by one.
fn call_back(plan: &Operator, at: &Report<'_>, world: &mut World, rng: &mut TrialRng) {
    let day = at.span as f64 / 86_400.0;
    let fallback = 1.0 - libm::pow(1.0 - plan.fallback(at.blocked), day);
    let repair = -libm::expm1(-plan.repair_per_day * day);
    if (fallback <= 0.0 && repair <= 0.0) || at.span == 0 {
        return;
    }
    let friends = friends(at.reached, world);
    let patience = (plan.fallback_after_hours * 3600.0).min(4e9) as u32;
    for v in 0..world.next.len() as u32 {
        if !world.is_machine(v) || !world.is_live(v) || at.reached.has(v) {
            continue;
        }
        let late = at.now.saturating_sub(world.reached_at[v as usize]) >= patience;
        if (late && rng.chance(fallback)) || rng.chance(repair) {
            give_contacts(v, plan, &friends, world, rng);
        }
    }
}

/// New machines while he commands: as many as are due, as long as there is room.
fn recruit(plan: &Operator, at: &Report<'_>, world: &mut World, rng: &mut TrialRng) {
    let expected = at.recruits_per_day * world.initial as f64 * at.span as f64 / 86_400.0;
    if expected <= 0.0 || at.count == 0 {
        return;
    }
    let due = expected as u32 + rng.chance(expected.fract()) as u32;
    let friends = friends(at.reached, world);
    for _ in 0..due.min(at.limit.saturating_sub(world.members)) {
        if !take_in(plan, (at.now, &friends), world, rng) {
            break;
        }
    }
}

/// A new machine moves into a free slot and is told whom to call; `false` if there is no slot.
fn take_in(plan: &Operator, (now, friends): (u32, &[u32]), world: &mut World, rng: &mut TrialRng) -> bool {
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

/// Migration: the machines that he takes along get peer lists; the others are out of the network, the servers retired.
fn move_to_peers(plan: &Operator, world: &mut World, rng: &mut TrialRng) {
    for v in world.servers(None) {
        world.take(v, true);
    }
    world.taken.clear();
    let (mut kept, mut left) = (Vec::new(), Vec::new());
    world.machines().into_iter().for_each(|v| if rng.chance(plan.migrate_keep) { kept.push(v) } else { left.push(v) });
    left.into_iter().for_each(|v| world.lose(v));
    world.any_source = true;
    world.centralized = false;
    let doors: Vec<u32> = kept.iter().copied().filter(|&v| world.is_routable(v)).collect();
    kept.into_iter().for_each(|v| give_contacts(v, plan, &doors, world, rng));
}
