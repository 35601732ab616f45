//! Playbooks: which actions, when, how often, with what chance, and on what cue.

use crate::action::{Action, Aim};
use crate::bits::Bits;
use crate::checks::{not_negative, positive, share};
use crate::evidence::{Evidence, File};
use crate::world::{Kind, World};
use hydranet_topology::{Built, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What every action has beside its own parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Schedule {
    /// Day on which it is decided, days after the start (≥ 0); with a cue, the first day on which the cue counts.
    pub at_days: f64,
    /// How often it is done (≥ 1).
    pub times: u32,
    /// Days from one time to the next (> 0).
    pub every_days: f64,
    /// Cue: not before the crawl knows this share of the machines, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when_known: Option<f64>,
    /// Cue: not before the evidence against the operator has this many nats (≥ 0).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when_evidence: Option<f64>,
    /// From the decision to the effect, hours (≥ 0). Source: court orders and registrars take days.
    pub delay_hours: f64,
    /// How long it lasts, days (> 0): for actions that can be lifted or go on; left out: for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_days: Option<f64>,
    /// Chance of success against one target, from 0 to 1, before the operator has learnt. Source: 0.94 for TrickBot in 2020 (Microsoft
    /// 2020).
    pub success: f64,
    /// Only what the crawl has found can be hit.
    pub crawled: bool,
    /// What one use costs, in server seizures (≥ 0).
    pub cost: f64,
    /// What one target that is hit costs, in server seizures (≥ 0).
    pub cost_per_target: f64,
    /// Observations about the operator that one use yields (≥ 0).
    pub observations: f64,
}

impl Default for Schedule {
    fn default() -> Schedule {
        Schedule {
            at_days: 30.0,
            times: 1,
            every_days: 30.0,
            when_known: None,
            when_evidence: None,
            delay_hours: 0.0,
            duration_days: None,
            success: 1.0,
            crawled: false,
            cost: 0.0,
            cost_per_target: 1.0,
            observations: 0.0,
        }
    }
}

impl Schedule {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        let day = self.at_days;
        Invalid::unless(day >= 0.0 && day.is_finite(), "at_days", || {
            format!("a day from 0 on, not {day}: a takedown before time 0 has nothing to strike")
        })?;
        Invalid::unless((1..=10_000).contains(&self.times), "times", || format!("1 to 10000, not {}", self.times))?;
        positive("every_days", self.every_days)?;
        self.when_known.map_or(Ok(()), |x| share("when_known", x))?;
        self.when_evidence.map_or(Ok(()), |x| not_negative("when_evidence", x))?;
        not_negative("delay_hours", self.delay_hours)?;
        self.duration_days.map_or(Ok(()), |x| positive("duration_days", x))?;
        share("success", self.success)?;
        not_negative("cost", self.cost)?;
        not_negative("cost_per_target", self.cost_per_target)?;
        not_negative("observations", self.observations)
    }
}

/// One entry of a playbook.
#[derive(Debug, Clone)]
pub struct Step {
    /// When, how often, at what cost.
    pub schedule: Schedule,
    /// What.
    pub action: Built<dyn Action>,
}

/// What the defender has done so far.
#[derive(Debug)]
pub(crate) struct Book {
    steps: Vec<Progress>,
    /// Seconds of all effects so far.
    pub(crate) strikes: Vec<u32>,
    /// Server seizures' worth.
    pub(crate) cost: f64,
    /// Strikes against other networks of the same operator, by action.
    elsewhere: Vec<(&'static str, u32)>,
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

impl Progress {
    fn strikes(&self) -> u32 {
        self.step.schedule.times - self.left - self.pending.len() as u32
    }
}

#[derive(Debug)]
struct Running {
    until: u32,
    touched: Vec<u32>,
    success: f64,
    names: f64,
}

/// What a playbook needs to know of the moment.
pub(crate) struct Moment<'w> {
    pub(crate) now: u32,
    pub(crate) cycle: u32,
    /// λ of the operator: what he learns from each use of an action.
    pub(crate) learns: f64,
    pub(crate) evidence: &'w Evidence,
}

fn seconds(days: f64) -> u32 {
    (days * 86_400.0 + 0.5).min(4e9) as u32
}

impl Book {
    /// A playbook of which nothing has been done.
    pub(crate) fn new(steps: &[Step]) -> Book {
        let progress = |step: &Step| Progress {
            left: step.schedule.times,
            due: seconds(step.schedule.at_days),
            pending: Vec::new(),
            running: Vec::new(),
            step: step.clone(),
        };
        Book { steps: steps.iter().map(progress).collect(), strikes: Vec::new(), cost: 0.0, elsewhere: Vec::new() }
    }

    /// Share of the fallback's names that the defender holds now.
    pub(crate) fn names_blocked(&self) -> f64 {
        let running = self.steps.iter().flat_map(|s| &s.running).map(|r| r.names);
        running.fold(0.0, f64::max)
    }

    /// Decides, strikes, goes on and lifts.
    ///
    /// # Errors
    /// If the network lacks what an action works on.
    pub(crate) fn advance(
        &mut self,
        at: &Moment<'_>,
        world: &mut World,
        file: &mut File,
        [rng, luck]: [&mut TrialRng; 2],
    ) -> Result<(), String> {
        let known = |world: &World| {
            let known = world.known.iter().filter(|&v| world.is_machine(v)).count();
            known as f64 / world.members.max(1) as f64
        };
        for i in 0..self.steps.len() {
            let name = self.steps[i].step.action.name;
            let plan = &mut self.steps[i];
            let schedule = plan.step.schedule.clone();
            if plan.left > 0
                && at.now >= plan.due
                && schedule.when_known.is_none_or(|share| known(world) >= share)
                && schedule.when_evidence.is_none_or(|nats| file.nats >= nats || file.identified.is_some())
            {
                plan.left -= 1;
                plan.pending.push(at.now.saturating_add(seconds(schedule.delay_hours / 24.0)));
                plan.due = plan.due.max(at.now.saturating_sub(at.cycle)).saturating_add(seconds(schedule.every_days));
            }
            let due = plan.pending.iter().filter(|&&t| t <= at.now).count();
            plan.pending.retain(|&t| t > at.now);
            for _ in 0..due {
                let uses = self.uses(name);
                let success = schedule.success * libm::pow(1.0 - at.learns, uses as f64);
                let (mut touched, mut names) = (Vec::new(), 0.0);
                let mut aim = Aim {
                    rng,
                    success,
                    crawled: schedule.crawled,
                    cycle: at.cycle,
                    touched: &mut touched,
                    names_blocked: &mut names,
                };
                let hit = self.steps[i].step.action.value.strike(world, &mut aim)?;
                self.cost += schedule.cost + schedule.cost_per_target * hit as f64;
                self.strikes.push(at.now);
                file.observe(at.evidence, schedule.observations, at.now, luck);
                let until = schedule.duration_days.map_or(u32::MAX, |days| at.now.saturating_add(seconds(days)));
                self.steps[i].running.push(Running { until, touched, success, names });
            }
            let Progress { step, running, .. } = &mut self.steps[i];
            for running in running {
                let mut aim = Aim {
                    rng,
                    success: running.success,
                    crawled: schedule.crawled,
                    cycle: at.cycle,
                    touched: &mut running.touched,
                    names_blocked: &mut running.names,
                };
                let hit = step.action.value.keep_up(world, &mut aim);
                self.cost += schedule.cost_per_target * hit as f64;
            }
            let plan = &mut self.steps[i];
            for over in plan.running.extract_if(.., |r| r.until <= at.now) {
                plan.step.action.value.lift(world, &over.touched);
            }
        }
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

    /// Machines that call a decoy are known to the defender.
    pub(crate) fn overhear(&self, world: &mut World) {
        let mut heard = Bits::new(world.nodes() as usize);
        for v in 0..world.next.len() as u32 {
            if world.is_live(v)
                && world.row(v).iter().any(|&u| world.kind[u as usize] == Kind::Decoy && world.is_live(u))
            {
                heard.set(v, true);
            }
        }
        heard.iter().for_each(|v| world.known.set(v, true));
    }
}

/// What is watched: how long, and how much of the network talks to its operator meanwhile.
pub(crate) struct Watched {
    /// Seconds since the last report.
    pub(crate) span: u32,
    /// The second now.
    pub(crate) now: u32,
    /// Reach as a share of that at the start; a silenced network tells nothing.
    pub(crate) talk: f64,
}

/// Evidence from watching since the last report.
pub(crate) fn watch(law: &Evidence, at: &Watched, file: &mut File, cost: &mut f64, luck: &mut TrialRng) {
    let from = seconds(law.watch_from_days);
    let days = at.now.saturating_sub(from).min(at.span) as f64 / 86_400.0;
    if law.watch_per_day > 0.0 && days > 0.0 && file.identified.is_none() {
        *cost += law.watch_cost_per_day * days;
        file.observe(law, law.watch_per_day * days * at.talk.min(1.0), at.now, luck);
    }
}
