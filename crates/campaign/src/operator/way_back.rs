//! Ways back: fallback and repair lead machines that have been out of reach to contacts that work.
//!
//! Both have a rate per machine that is out of reach, on or off: a machine that is off decides for all the time that it
//! missed when it comes back, once. With one in ten a day, one in ten of *all* machines that are out of reach have a way
//! back after a day, whatever the share that is online. There is a way back only while there is somebody to lead to.
//!
//! A machine is out of reach from the last report on at which it was within; one that was off then already, since it went:
//! an operator reaches nobody who is off. Between reports the rate is taken as even: hazards are interpolated.

use super::Operator;
use super::contacts::{friends, give_contacts};
use crate::state::State;
use hydranet_topology::{Draw, TrialRng};

/// One way back.
#[derive(Debug)]
pub(super) struct WayBack {
    /// A machine takes it when it has been out of reach for so many seconds.
    patience: u32,
    /// Hazard summed up to each report, from 0 on.
    hazard: Vec<f64>,
    /// Second up to which a machine has decided; empty until one has.
    decided: Vec<u32>,
    rng: TrialRng,
}

impl WayBack {
    pub(super) fn new(patience_hours: f64, rng: TrialRng) -> WayBack {
        WayBack { patience: (patience_hours * 3600.0).min(4e9) as u32, hazard: vec![0.0], decided: Vec::new(), rng }
    }

    /// At a report: machines that are online and out of reach decide, one by one, for the time since they decided last.
    /// `per_day` is the hazard of a day. O(machines).
    pub(super) fn lead(&mut self, per_day: f64, plan: &Operator, state: &mut State) {
        let State { world, reach, clock, .. } = state;
        if clock.span == 0 {
            return;
        }
        let so_far = self.hazard[self.hazard.len() - 1];
        let friends = if per_day > 0.0 { friends(&reach.reached, world) } else { Vec::new() };
        let passed = if friends.is_empty() { 0.0 } else { per_day * clock.span as f64 / 86_400.0 };
        self.hazard.push(so_far + passed);
        if friends.is_empty() {
            return;
        }
        self.decided.resize(world.next.len(), 0);
        for v in 0..world.next.len() as u32 {
            if !world.is_machine(v) || !world.is_live(v) || reach.reached.has(v) {
                continue;
            }
            let late = world.reached_at[v as usize].saturating_add(self.patience);
            let from = late.max(self.decided[v as usize]);
            if from >= clock.now {
                continue;
            }
            let hazard = so_far + passed - self.up_to(from, clock.span);
            self.decided[v as usize] = clock.now;
            if self.rng.chance(-libm::expm1(-hazard)) {
                give_contacts(v, plan, &friends, world, &mut self.rng);
            }
        }
    }

    /// Hazard up to a second that has passed, with reports every `span` seconds.
    fn up_to(&self, second: u32, span: u32) -> f64 {
        let (report, rest) = ((second / span) as usize, (second % span) as f64 / span as f64);
        let (before, after) = (self.hazard[report], self.hazard.get(report + 1));
        before + rest * after.map_or(0.0, |after| after - before)
    }
}

impl Operator {
    /// Hazard of the fallback in a day: −ln(1 − p) of the chance to get through on that day, finite so that whoever tries at
    /// p = 1 gets through.
    pub(super) fn fallback_hazard(&self, names_blocked: f64) -> f64 {
        (-libm::log1p(-self.fallback(names_blocked))).min(1e6)
    }
}
