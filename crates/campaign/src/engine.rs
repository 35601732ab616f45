//! The clock: cycle by cycle, every mechanism in its turn; at every report a measurement.
//!
//! In a cycle: machines come, go and are lost; lists are mended; commands spread; the defender crawls and acts; taken
//! servers come back. At a report, besides: reach is measured, the operator attends to his network, evidence grows and
//! fades. Each mechanism has its own random stream.

use crate::churn::Process;
use crate::command::Reach;
use crate::evidence::File;
use crate::maintenance::Maintenance;
use crate::operator::{Desk, Report};
use crate::playbook::{Book, Moment, Watched, watch};
use crate::world::World;
use crate::{Campaign, Sample, Story};
use hydranet_overlay::Overlay;
use hydranet_topology::{Purpose, Trial, TrialRng, trial_rng};

/// The streams of one trial.
#[derive(Debug)]
struct Streams {
    churn: TrialRng,
    lists: TrialRng,
    command: TrialRng,
    defender: TrialRng,
    crawl: TrialRng,
    operator: TrialRng,
    joins: TrialRng,
    evidence: TrialRng,
}

impl Streams {
    fn new(seed: u64, trial: Trial) -> Streams {
        let stream = |purpose| trial_rng(seed, trial, purpose);
        Streams {
            churn: stream(Purpose::Churn),
            lists: stream(Purpose::Maintenance),
            command: stream(Purpose::Command),
            defender: stream(Purpose::Defender),
            crawl: stream(Purpose::Crawl),
            operator: stream(Purpose::Operator),
            joins: stream(Purpose::Recruitment),
            evidence: stream(Purpose::Evidence),
        }
    }
}

/// One network under one campaign, at some moment of its life.
#[derive(Debug)]
pub struct Engine<'c> {
    campaign: &'c Campaign,
    maintenance: Maintenance,
    process: Process,
    world: World,
    reach: Reach,
    desk: Desk,
    book: Book,
    file: File,
    streams: Streams,
    now: u32,
    cycles: u32,
    first: u32,
    story: Story,
}

impl<'c> Engine<'c> {
    /// A network at time 0, in the equilibrium of its churn. O(n + m).
    ///
    /// # Errors
    /// If the network has no machines.
    pub fn new(campaign: &'c Campaign, overlay: &Overlay, seed: u64, trial: Trial) -> Result<Engine<'c>, String> {
        let mut streams = Streams::new(seed, trial);
        let maintenance = campaign.maintenance.resolved();
        let cap = maintenance.cap as usize;
        let room = campaign.operator.migrate_below.map_or(1, |_| cap);
        let mut world = World::new(overlay, [cap, room], campaign.churn.routable_share, &mut streams.churn);
        if world.initial == 0 {
            return Err("the network has no machines to command".into());
        }
        let fleet = &campaign.fleet;
        let limit = campaign.churn.growth_limit.max(if fleet.kappa > 0.0 { fleet.room } else { 1.0 });
        world.reserve(limit, campaign.churn.routable_share, &mut streams.churn);
        let process = Process::new(&campaign.churn, campaign.cycle());
        process.start(campaign.churn.online_share, &mut world, &mut streams.churn);
        campaign.crawl.start(&mut world, &mut streams.crawl);
        let mut engine = Engine {
            campaign,
            maintenance,
            process,
            world,
            reach: Reach::default(),
            desk: Desk::default(),
            book: Book::new(&campaign.playbook),
            file: File::default(),
            streams,
            now: 0,
            cycles: 0,
            first: 0,
            story: Story::new(campaign.report()),
        };
        engine.report();
        Ok(engine)
    }

    pub(crate) fn book(&self) -> &Book {
        &self.book
    }

    pub(crate) fn book_mut(&mut self) -> &mut Book {
        &mut self.book
    }

    pub(crate) fn file(&self) -> &File {
        &self.file
    }

    pub(crate) fn file_mut(&mut self) -> &mut File {
        &mut self.file
    }

    /// Whether the operator is there and reaches somebody.
    pub(crate) fn commands(&self) -> bool {
        !self.desk.gone && self.reach.count > 0
    }

    /// Online machines that have been out of reach for so many seconds since the last report, and not before.
    pub(crate) fn displaced(&self, after: u32) -> Vec<u32> {
        let (world, span) = (&self.world, self.campaign.report());
        let since = |v: u32| self.now.saturating_sub(world.reached_at[v as usize]);
        let just = |v: &u32| since(*v) >= after && since(*v) < after.saturating_add(span);
        let slots = 0..world.next.len() as u32;
        slots.filter(|&v| world.is_machine(v) && world.is_live(v) && !self.reach.reached.has(v)).filter(just).collect()
    }

    /// Takes a displaced machine in, if there is room.
    pub(crate) fn admit(&mut self) -> bool {
        let limit = (self.campaign.fleet.room * self.world.initial as f64) as u32;
        let room = self.world.members < limit;
        room && self.desk.admit(
            &self.campaign.operator,
            (self.now, &self.reach.reached),
            &mut self.world,
            &mut self.streams.joins,
        )
    }

    /// A machine has gone elsewhere.
    pub(crate) fn lose(&mut self, v: u32) {
        self.world.lose(v);
    }

    /// The network as it is.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// One cycle on.
    ///
    /// # Errors
    /// If the network lacks what an action works on.
    pub fn step(&mut self) -> Result<(), String> {
        let cycle = self.campaign.cycle();
        self.now += cycle;
        self.cycles += 1;
        let (world, streams) = (&mut self.world, &mut self.streams);
        self.process.advance(self.now, world, &mut streams.churn);
        self.process.losses(world, &mut streams.churn);
        if !world.centralized {
            self.maintenance.advance(self.cycles, world, &mut streams.lists);
        }
        self.campaign.command.advance(world, &mut streams.command);
        self.campaign.crawl.advance(self.now, cycle, world, &mut streams.crawl);
        let moment =
            Moment { now: self.now, cycle, learns: self.campaign.operator.learns, evidence: &self.campaign.evidence };
        let chance = [&mut streams.defender, &mut streams.evidence];
        self.book.advance(&moment, world, &mut self.file, chance)?;
        self.desk.gone |= self.file.arrested(self.now);
        self.desk.rebuild(&self.campaign.operator, self.now, world, &mut streams.operator);
        if self.now.is_multiple_of(self.campaign.report()) {
            self.report();
        }
        Ok(())
    }

    fn report(&mut self) {
        let (world, streams, campaign) = (&mut self.world, &mut self.streams, self.campaign);
        let span = if self.now == 0 { 0 } else { campaign.report() };
        self.file.fade(&campaign.evidence, span);
        let talk = self.reach.count as f64 / self.first.max(1) as f64;
        let watched = Watched { span, now: self.now, talk };
        watch(&campaign.evidence, &watched, &mut self.file, &mut self.book.cost, &mut streams.evidence);
        self.desk.gone |= self.file.arrested(self.now);
        self.reach.measure(&campaign.command, !self.desk.gone, self.now, world, &mut streams.command);
        if self.now == 0 {
            self.first = self.reach.count;
        }
        self.book.overhear(world);
        let at = Report {
            now: self.now,
            span,
            reached: &self.reach.reached,
            count: self.reach.count,
            first: self.first,
            blocked: self.book.names_blocked(),
            recruits_per_day: campaign.churn.recruits_per_day,
            limit: (campaign.churn.growth_limit * world.initial as f64) as u32,
        };
        let streams = [&mut streams.operator, &mut streams.joins];
        self.desk.attend(&campaign.operator, &at, world, streams);
        let known = world.known.iter().filter(|&v| world.is_machine(v)).count() as u32;
        self.story.samples.push(Sample {
            reach: self.reach.count,
            online: self.reach.online,
            members: world.members,
            known,
            age: self.reach.age,
            nats: self.file.nats,
            cost: self.book.cost,
            servers: if world.centralized { world.servers(None).len() as u32 } else { 0 },
            rebuilt: self.desk.rebuilt,
        });
    }

    /// The whole life, and what is told of it. O(days · work of a day).
    ///
    /// # Errors
    /// If the network lacks what an action works on.
    pub fn run(mut self) -> Result<Story, String> {
        let end = self.campaign.end();
        while self.now < end {
            self.step()?;
        }
        Ok(self.finish())
    }

    pub(crate) fn finish(mut self) -> Story {
        self.story.strikes = std::mem::take(&mut self.book.strikes);
        self.story.identified = self.file.identified;
        self.story.rebuilt = self.desk.rebuilt;
        self.story.initial = self.world.initial;
        self.story
    }
}
