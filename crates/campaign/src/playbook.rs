//! Playbooks in action: what the defender has decided, what is under way, and what it has come to.

use crate::action::Aim;
use crate::mechanism::Strike;
use crate::mechanisms::Mechanisms;
use crate::schedule::{Schedule, Step, seconds};
use crate::state::State;
use crate::{CampaignError, World};
use hydranet_topology::TrialRng;

/// What the defender has done so far.
#[derive(Debug)]
pub(crate) struct Playbook {
    steps: Vec<Progress>,
    /// Strikes against other networks of the same operator, by action.
    elsewhere: Vec<(&'static str, u32)>,
    rng: TrialRng,
}

#[derive(Debug)]
struct Progress {
    step: Step,
    left: u32,
    /// Decisions wait for this second at least.
    due: u32,
    /// Effects of decisions that were made.
    pending: Vec<u32>,
    running: Vec<Running>,
}

#[derive(Debug)]
struct Running {
    /// Took effect at this second: what it goes on doing begins then.
    since: u32,
    until: u32,
    touched: Vec<u32>,
    success: f64,
    names: f64,
}

impl Progress {
    fn strikes(&self) -> u32 {
        self.step.schedule.times - self.left - self.pending.len() as u32
    }

    /// Makes the decision that is due, and gives the number of those that take effect now.
    fn decide(&mut self, state: &State) -> usize {
        let (schedule, now) = (&self.step.schedule, state.clock.now);
        if self.left > 0 && now >= self.due && cued(schedule, state) {
            self.left -= 1;
            self.pending.push(now.saturating_add(seconds(schedule.delay_hours / 24.0)));
            let from = self.due.max(now.saturating_sub(state.clock.cycle));
            self.due = from.saturating_add(seconds(schedule.every_days));
        }
        let due = self.pending.iter().filter(|&&t| t <= now).count();
        self.pending.retain(|&t| t > now);
        due
    }

    /// One effect, now.
    fn strike(&mut self, success: f64, state: &mut State, rng: &mut TrialRng) -> Result<(), CampaignError> {
        let Step { schedule, action } = &self.step;
        let now = state.clock.now;
        let until = schedule.duration_days.map_or(u32::MAX, |days| now.saturating_add(seconds(days)));
        let mut running = Running { since: now, until, touched: Vec::new(), success, names: 0.0 };
        let mut aim = running.aim(schedule, state.clock.cycle, rng);
        let hit = action.value.strike(&mut state.world, &mut aim);
        let hit = hit.map_err(|reason| CampaignError::Action { action: action.name, reason })?;
        let attempts = aim.attempts;
        state.cost += schedule.cost;
        reckon(schedule, attempts, hit, state);
        state.strikes.push(now);
        self.running.push(running);
        Ok(())
    }

    /// What goes on, and what ends.
    fn go_on(&mut self, state: &mut State, rng: &mut TrialRng) {
        let Step { schedule, action } = &self.step;
        // a cycle of it is what was done since the last one
        let now = state.clock.now;
        for running in self.running.iter_mut().filter(|r| r.since < now) {
            let mut aim = running.aim(schedule, state.clock.cycle, rng);
            let hit = action.value.keep_up(&mut state.world, &mut aim);
            let attempts = aim.attempts;
            reckon(schedule, attempts, hit, state);
        }
        for over in self.running.extract_if(.., |r| r.until <= state.clock.now) {
            action.value.lift(&mut state.world, &over.touched);
        }
    }
}

impl Running {
    fn aim<'r>(&'r mut self, schedule: &Schedule, cycle: u32, rng: &'r mut TrialRng) -> Aim<'r> {
        Aim {
            rng,
            success: self.success,
            crawled: schedule.crawled,
            cycle,
            touched: &mut self.touched,
            names_blocked: &mut self.names,
            attempts: 0,
        }
    }
}

/// Books attempts, of which so many were hits. Whoever hits without asking has tried as often.
fn reckon(schedule: &Schedule, attempts: u64, hits: u64, state: &mut State) {
    let attempts = attempts.max(hits);
    state.attempts += attempts;
    state.hits += hits;
    state.cost += schedule.cost_per_target * attempts as f64;
}

/// Whether the cues of an action are there.
fn cued(schedule: &Schedule, state: &State) -> bool {
    let known = |world: &World| {
        let known = world.known.iter().filter(|&v| world.is_machine(v)).count();
        known as f64 / world.members.max(1) as f64
    };
    let dossier = &state.file.dossier;
    schedule.when_known.is_none_or(|share| known(&state.world) >= share)
        && schedule.when_evidence.is_none_or(|nats| dossier.nats >= nats || dossier.identified.is_some())
        && (!schedule.when_identified || dossier.identified.is_some())
}

impl Playbook {
    /// A playbook of which nothing has been done.
    pub(crate) fn new(steps: &[Step], rng: TrialRng) -> Playbook {
        let progress = |step: &Step| Progress {
            left: step.schedule.times,
            due: seconds(step.schedule.at_days),
            pending: Vec::new(),
            running: Vec::new(),
            step: step.clone(),
        };
        Playbook { steps: steps.iter().map(progress).collect(), elsewhere: Vec::new(), rng }
    }

    /// Decides, strikes, goes on and lifts.
    ///
    /// # Errors
    /// If the network lacks what an action works on.
    pub(crate) fn cycle(&mut self, state: &mut State, mechanisms: &mut Mechanisms) -> Result<(), CampaignError> {
        for i in 0..self.steps.len() {
            let (name, plan) = (self.steps[i].step.action.name, self.steps[i].step.schedule.clone());
            for _ in 0..self.steps[i].decide(state) {
                let success = plan.success * mechanisms.resist(name, self.uses(name));
                self.steps[i].strike(success, state, &mut self.rng)?;
                mechanisms.struck(&Strike { observations: plan.observations }, state);
            }
            self.steps[i].go_on(state, &mut self.rng);
        }
        // share of the fallback's names that the defender holds now
        let running = self.steps.iter().flat_map(|s| &s.running).map(|r| r.names);
        state.names_blocked = running.fold(0.0, f64::max);
        Ok(())
    }

    /// How often an action of this name has struck before, here and elsewhere.
    fn uses(&self, name: &str) -> u32 {
        let same = self.steps.iter().filter(|s| s.step.action.name == name);
        let here = same.map(Progress::strikes).sum::<u32>().saturating_sub(1);
        here + self.elsewhere.iter().filter(|(other, _)| *other == name).map(|(_, strikes)| strikes).sum::<u32>()
    }

    /// How often each action has struck.
    pub(crate) fn struck(&self) -> Vec<(&'static str, u32)> {
        self.steps.iter().map(|s| (s.step.action.name, s.strikes())).collect()
    }

    /// What other networks of the same operator have seen.
    pub(crate) fn set_elsewhere(&mut self, strikes: impl Iterator<Item = (&'static str, u32)>) {
        self.elsewhere.clear();
        self.elsewhere.extend(strikes);
    }
}
