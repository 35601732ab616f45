//! What an operator does and remembers in one trajectory: rebuilding, lists, moves, recruits, and the books.

use super::Operator;
use super::contacts::{self, Recruiting};
use super::migration::Migration;
use super::rebuilding::{self, Rebuilding};
use super::way_back::WayBack;
use crate::Sample;
use crate::mechanism::{Acts, Mechanism, Start};
use crate::state::State;
use hydranet_topology::{Purpose, TrialRng};

impl Mechanism for Operator {
    type Acts = Desk;

    fn start(&self, start: &Start<'_>, state: &mut State) -> Desk {
        let churn = start.comings;
        Desk {
            plan: self.clone(),
            rebuilding: Rebuilding::default(),
            migration: Migration::default(),
            recruiting: Recruiting {
                per_day: churn.recruits_per_day,
                limit: (churn.growth_limit * state.world.initial as f64) as u32,
                rng: start.stream(Purpose::Recruitment),
            },
            books: Books::default(),
            fallback: WayBack::new(self.fallback_after_hours, start.stream(Purpose::Fallback)),
            repair: WayBack::new(0.0, start.stream(Purpose::Repair)),
            rebuilds: start.stream(Purpose::Rebuild),
            moves: start.stream(Purpose::Migration),
            rng: start.stream(Purpose::Operator),
        }
    }
}

/// The operator of one network.
#[derive(Debug)]
pub(crate) struct Desk {
    plan: Operator,
    rebuilding: Rebuilding,
    migration: Migration,
    recruiting: Recruiting,
    books: Books,
    fallback: WayBack,
    repair: WayBack,
    rebuilds: TrialRng,
    moves: TrialRng,
    rng: TrialRng,
}

impl Acts for Desk {
    fn resist(&self, _action: &str, uses: u32) -> f64 {
        libm::pow(1.0 - self.plan.learns, uses as f64)
    }

    /// Plans the rebuilding of what was taken, and does what is due.
    fn answer(&mut self, state: &mut State) {
        state.gone |= state.file.dossier.arrested(state.clock.now);
        let idle = state.gone || self.migration.done;
        let rebuilt = self.rebuilding.go_on(&self.plan, idle, state, &mut self.rebuilds);
        state.rebuilt += rebuilt;
        (0..rebuilt).for_each(|_| self.books.spent += 1.0);
    }

    /// Keeps lists fresh, moves, calls back, recruits; and reckons first.
    fn report(&mut self, state: &mut State) {
        state.gone |= self.books.reckon(&self.plan, state);
        if state.gone {
            return;
        }
        let plan = &self.plan;
        if state.world.centralized {
            rebuilding::refresh(&state.reach.reached, &mut state.world, &mut self.rng);
        }
        self.migration.go_on(plan, state, &mut self.moves);
        self.fallback.lead(plan.fallback_hazard(state.names_blocked), plan, state);
        self.repair.lead(plan.repair_per_day, plan, state);
        self.recruiting.go_on(plan, state);
    }

    fn tell(&self, state: &State, sample: &mut Sample) {
        let world = &state.world;
        sample.servers = if world.centralized { world.servers(None).len() as u32 } else { 0 };
        sample.rebuilt = state.rebuilt;
    }
}

impl Desk {
    /// A machine from elsewhere is taken in; `false` if there is no slot.
    pub(crate) fn admit(&mut self, state: &mut State) -> bool {
        let friends = contacts::friends(&state.reach.reached, &state.world);
        contacts::take_in(&self.plan, (state.clock.now, &friends), &mut state.world, &mut self.recruiting.rng)
    }
}

/// What the network has earned and cost lately.
#[derive(Debug, Default)]
struct Books {
    earned: f64,
    spent: f64,
}

/// Thirty days: how long the operator looks back when asking whether it pays.
const LOOK_BACK: f64 = 30.0 * 86_400.0;

impl Books {
    /// Whether it no longer pays.
    fn reckon(&mut self, plan: &Operator, state: &State) -> bool {
        if plan.gain_per_peer_day <= 0.0 {
            return false;
        }
        let rate = plan.gain_per_peer_day * state.reach.count as f64 / 86_400.0;
        if state.clock.now == 0 {
            self.earned = rate * LOOK_BACK;
        }
        let fade = libm::exp(-(state.clock.span as f64) / LOOK_BACK);
        self.earned = self.earned * fade + rate * LOOK_BACK * (1.0 - fade);
        self.spent *= fade;
        self.spent > self.earned
    }
}
