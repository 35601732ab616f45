//! The clock: cycle by cycle, every mechanism in its turn; at every report a measurement.
//!
//! In a cycle the mechanisms go on (machines come, go and are lost; lists are mended; commands spread; the defender
//! crawls), the defender acts, and the mechanisms answer (taken servers come back). At a report, besides, evidence grows and
//! fades, reach is measured, and the operator attends to the network. The engine knows no mechanism by name but where it
//! makes the network: see [`crate::mechanism`].

use crate::mechanism::Start;
use crate::mechanisms::Mechanisms;
use crate::playbook::Playbook;
use crate::state::State;
use crate::world::World;
use crate::{Campaign, CampaignError, Sample, Trajectory};
use hydranet_overlay::Overlay;
use hydranet_topology::{Purpose, Trial, TrialRng, trial_rng};

/// One network under one campaign, at some moment of its trajectory.
#[derive(Debug)]
pub struct Engine<'c> {
    campaign: &'c Campaign,
    state: State,
    mechanisms: Mechanisms,
    playbook: Playbook,
    trajectory: Trajectory,
}

impl<'c> Engine<'c> {
    /// A network at time 0, in the equilibrium of its churn. O(n + m).
    ///
    /// # Errors
    /// If a parameter is impossible, or the network has no machines.
    pub fn new(
        campaign: &'c Campaign,
        overlay: &Overlay,
        seed: u64,
        trial: Trial,
    ) -> Result<Engine<'c>, CampaignError> {
        campaign.check()?;
        let mut churn = trial_rng(seed, trial, Purpose::Churn);
        let mut state = State::new(network(campaign, overlay, &mut churn)?, campaign.time.cycle());
        let pooled = campaign.fleet.shares_operator();
        let start = Start {
            comings: &campaign.churn,
            hideouts: campaign.operator.learning.as_ref(),
            seed,
            trial,
            churn,
            pooled,
        };
        let mut engine = Engine {
            campaign,
            mechanisms: Mechanisms::start(campaign, &start, &mut state),
            playbook: Playbook::new(&campaign.playbook, start.stream(Purpose::Defender)),
            trajectory: Trajectory::new(campaign.time.report()),
            state,
        };
        engine.report();
        Ok(engine)
    }

    /// The network as it is.
    pub fn world(&self) -> &World {
        &self.state.world
    }

    /// One cycle on.
    ///
    /// # Errors
    /// If the network lacks what an action works on.
    pub fn step(&mut self) -> Result<(), CampaignError> {
        let Engine { state, mechanisms, playbook, .. } = self;
        state.clock.now += state.clock.cycle;
        state.clock.cycles += 1;
        mechanisms.cycle(state);
        playbook.cycle(state, mechanisms)?;
        mechanisms.answer(state);
        if state.clock.now.is_multiple_of(self.campaign.time.report()) {
            self.report();
        }
        Ok(())
    }

    fn report(&mut self) {
        let Engine { state, mechanisms, .. } = self;
        state.clock.span = if state.clock.now == 0 { 0 } else { self.campaign.time.report() };
        mechanisms.report(state);
        let mut sample = Sample { cost: state.cost, ..Sample::default() };
        mechanisms.tell(state, &mut sample);
        self.trajectory.samples.push(sample);
    }

    /// The whole trajectory. O(days · work of a day).
    ///
    /// # Errors
    /// If the network lacks what an action works on.
    pub fn run(mut self) -> Result<Trajectory, CampaignError> {
        let end = self.campaign.time.end();
        while self.state.clock.now < end {
            self.step()?;
        }
        Ok(self.finish())
    }

    pub(crate) fn finish(self) -> Trajectory {
        Trajectory {
            strikes: self.state.strikes,
            rounds: self.state.rounds,
            identified: self.state.file.dossier.identified,
            misidentified: u32::from(self.state.file.dossier.misidentified.is_some()),
            attempts: self.state.attempts,
            hits: self.state.hits,
            rebuilt: self.state.rebuilt,
            initial: self.state.world.initial,
            ..self.trajectory
        }
    }

    // what the networks of a fleet do to each other

    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    pub(crate) fn state_mut(&mut self) -> &mut State {
        &mut self.state
    }

    /// What was told of the evidence at the last report is told anew.
    pub(crate) fn tell_evidence(&mut self, nats: f64) {
        if let Some(sample) = self.trajectory.samples.last_mut() {
            sample.nats = nats;
        }
    }

    pub(crate) fn playbook(&self) -> &Playbook {
        &self.playbook
    }

    pub(crate) fn playbook_mut(&mut self) -> &mut Playbook {
        &mut self.playbook
    }

    /// The operator takes a machine from elsewhere in; `false` if there is no slot.
    pub(crate) fn admit(&mut self) -> bool {
        self.mechanisms.operator.admit(&mut self.state)
    }
}

/// The network that an overlay describes, with room for what the mechanisms will do to it.
fn network(campaign: &Campaign, overlay: &Overlay, rng: &mut TrialRng) -> Result<World, CampaignError> {
    let Campaign { churn, maintenance, operator, fleet, .. } = campaign;
    let cap = maintenance.resolved().cap as usize;
    let room = operator.migrate_below.map_or(1, |_| cap);
    let mut world = World::new(overlay, [cap, room], churn.routable_share, rng);
    if world.initial == 0 {
        return Err(CampaignError::NoMachines);
    }
    let limit = churn.growth_limit.max(if fleet.kappa > 0.0 { fleet.room } else { 1.0 });
    world.reserve(limit, churn.routable_share, rng);
    Ok(world)
}
