//! The trajectory of a fleet: its networks side by side, and what passes from one to another.
//!
//! A shared operator is one suspect in one test: observations of all networks go into it as they come. (A test a network and
//! one of the sum beside them would be so many chances to name an innocent.)

use crate::bits::Bits;
use crate::dossier::File;
use crate::evidence::Test;
use crate::state::State;
use crate::{Campaign, CampaignError, Engine, Fleet, Operators, Sample, Trajectory};
use hydranet_overlay::Overlay;
use hydranet_topology::{Draw, Purpose, Trial, TrialRng, trial_rng};

impl Campaign {
    /// The trajectory of a fleet: one overlay a network. Sums over the networks, but for the evidence: of a shared operator all of it,
    /// of separate ones the most against any; identified is when the last of them is. O(networks · that of one).
    ///
    /// # Errors
    /// If there is not one overlay a network, or a network lacks what an action works on.
    pub fn run(&self, overlays: &[Overlay], seed: u64, replicate: Trial) -> Result<Trajectory, CampaignError> {
        let fleet = &self.fleet;
        if overlays.len() != fleet.networks as usize {
            return Err(CampaignError::Overlays { networks: fleet.networks, overlays: overlays.len() });
        }
        let campaigns: Vec<Campaign> =
            (0..fleet.networks).map(|i| self.delayed(fleet.rolling_days * f64::from(i))).collect();
        let mut engines = Vec::with_capacity(overlays.len());
        for (i, overlay) in overlays.iter().enumerate() {
            engines.push(Engine::new(&campaigns[i], overlay, seed, fleet.trial(replicate, i as u32))?);
        }
        let stream = |purpose| trial_rng(seed, replicate, purpose);
        let mut shared = fleet.shares_operator().then(|| Shared::new(self, &stream));
        let mut moves = (fleet.kappa > 0.0).then(|| Moves::new(fleet, stream(Purpose::Fleet)));
        let (end, report) = (self.time.end(), self.time.report());
        let mut now = 0;
        while now < end {
            now += self.time.cycle();
            for engine in &mut engines {
                engine.step()?;
            }
            let reported = now.is_multiple_of(report);
            if let Some(shared) = &mut shared {
                shared.look(&mut engines, now, if reported { report } else { 0 });
            }
            if let Some(moves) = moves.as_mut().filter(|_| reported && engines.len() > 1) {
                moves.go_on(&mut engines);
            }
        }
        let trajectories: Vec<Trajectory> = engines.into_iter().map(Engine::finish).collect();
        Ok(together(trajectories, fleet.operators))
    }

    /// The same campaign with a playbook that begins so many days later.
    fn delayed(&self, days: f64) -> Campaign {
        let mut campaign = self.clone();
        campaign.playbook.iter_mut().for_each(|step| step.schedule.at_days += days);
        campaign
    }
}

/// The operator of all networks: one file, one test.
#[derive(Debug)]
struct Shared {
    test: Test,
    file: File,
}

impl Shared {
    fn new(campaign: &Campaign, stream: &impl Fn(Purpose) -> TrialRng) -> Shared {
        Shared { test: Test::new(&campaign.evidence, stream), file: File::default() }
    }

    /// After a cycle, `faded` seconds after evidence faded last if it fades now: what was observed anywhere is looked at, and
    /// what is known of the operator is known in all networks. At a report, what was seen by the operator once was seen everywhere.
    fn look(&mut self, engines: &mut [Engine<'_>], now: u32, faded: u32) {
        self.test.fade(&mut self.file, faded);
        let waiting = |engine: &mut Engine<'_>| std::mem::take(&mut engine.state_mut().file.waiting);
        let observed: f64 = engines.iter_mut().map(waiting).sum();
        if faded == 0 && observed == 0.0 {
            return;
        }
        self.test.look(&mut self.file, observed, now);
        engines.iter_mut().for_each(|engine| engine.state_mut().file.dossier = self.file.dossier.clone());
        if faded > 0 {
            engines.iter_mut().for_each(|engine| engine.tell_evidence(self.file.dossier.nats));
            learn(engines);
        }
    }
}

/// What the operator has seen in one network is known in the others.
fn learn(engines: &mut [Engine<'_>]) {
    let strikes: Vec<_> = engines.iter().map(|e| e.playbook().struck()).collect();
    for (i, engine) in engines.iter_mut().enumerate() {
        let others = strikes.iter().enumerate().filter(|(j, _)| *j != i).flat_map(|(_, list)| list.iter().copied());
        engine.playbook_mut().set_elsewhere(others);
    }
}

/// Moves of displaced machines from network to network.
#[derive(Debug)]
struct Moves<'f> {
    fleet: &'f Fleet,
    /// Seconds out of reach after which a machine is displaced.
    after: u32,
    /// Who has decided since they were within reach, by network.
    decided: Vec<Bits>,
    rng: TrialRng,
}

impl<'f> Moves<'f> {
    fn new(fleet: &'f Fleet, rng: TrialRng) -> Moves<'f> {
        let after = (fleet.displaced_after_hours * 3600.0).min(4e9) as u32;
        Moves { fleet, after, decided: vec![Bits::default(); fleet.networks as usize], rng }
    }

    /// At a report: displaced machines move to another network that commands, each with chance κ, once.
    fn go_on(&mut self, engines: &mut [Engine<'_>]) {
        let commands: Vec<bool> = engines.iter().map(|e| commands(e.state())).collect();
        for from in 0..engines.len() {
            let lost = self.displaced(from, engines[from].state());
            let hosts: Vec<usize> = (0..engines.len()).filter(|to| *to != from && commands[*to]).collect();
            if hosts.is_empty() {
                continue; // nobody to decide for: they wait
            }
            for v in lost {
                self.decided[from].set(v, true);
                if self.rng.chance(self.fleet.kappa) {
                    let to = hosts[self.rng.below(hosts.len() as u32) as usize];
                    if has_room(engines[to].state(), self.fleet) && engines[to].admit() {
                        engines[from].state_mut().world.lose(v);
                    }
                }
            }
        }
    }

    /// Online machines that have been out of reach for long enough and have not decided yet.
    fn displaced(&mut self, network: usize, state: &State) -> Vec<u32> {
        let (world, decided) = (&state.world, &mut self.decided[network]);
        decided.grow(world.nodes() as usize);
        state.reach.reached.iter().for_each(|v| decided.set(v, false));
        let mut lost = Vec::new();
        for v in 0..world.slots() {
            if !world.is_machine(v) {
                decided.set(v, false); // whoever moves in decides anew
            } else if world.is_live(v) && !state.reach.reached.has(v) && !decided.has(v) {
                let since = state.clock.now.saturating_sub(world.reached_at[v as usize]);
                if since >= self.after {
                    lost.push(v);
                }
            }
        }
        lost
    }
}

/// Whether the operator is there and reaches somebody.
fn commands(state: &State) -> bool {
    !state.gone && state.reach.count > 0
}

/// Whether a network can take one more machine in.
fn has_room(state: &State, fleet: &Fleet) -> bool {
    state.world.members < (fleet.room * state.world.initial as f64) as u32
}

/// One trajectory of all.
fn together(mut trajectories: Vec<Trajectory>, operators: Operators) -> Trajectory {
    let mut all = trajectories.pop().expect("a fleet has networks");
    for one in &trajectories {
        for (sum, one) in all.samples.iter_mut().zip(&one.samples) {
            *sum = Sample {
                reach: sum.reach + one.reach,
                online: sum.online + one.online,
                members: sum.members + one.members,
                known: sum.known + one.known,
                age: sum.age + one.age,
                // of a shared operator the same everywhere
                nats: sum.nats.max(one.nats),
                cost: sum.cost + one.cost,
                servers: sum.servers + one.servers,
                rebuilt: sum.rebuilt + one.rebuilt,
            };
        }
        all.strikes.extend(&one.strikes);
        all.rounds.extend(&one.rounds);
        all.identified = all.identified.zip(one.identified).map(|(a, b)| a.max(b));
        if operators == Operators::Separate {
            all.suspects += one.suspects;
            all.misidentified += one.misidentified;
        }
        all.attempts += one.attempts;
        all.hits += one.hits;
        all.rebuilt += one.rebuilt;
        all.initial += one.initial;
    }
    all.strikes.sort_unstable();
    all.rounds.sort_by_key(|round| round.second);
    all
}

#[cfg(test)]
#[path = "fleet_tests.rs"]
mod tests;
