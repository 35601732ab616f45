//! The state that all mechanisms see and change: the network, and what its operator and its defender have come to.

use crate::World;
use crate::bits::Bits;
use crate::dossier::File;
use crate::trajectory::Round;

/// One network under one campaign, at one moment.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) world: World,
    pub(crate) clock: Clock,
    pub(crate) reach: Reach,
    /// What is known of the operator.
    pub(crate) file: File,
    /// The operator is gone: no more rebuilding, repair or command.
    pub(crate) gone: bool,
    /// Servers that the operator has rebuilt.
    pub(crate) rebuilt: u32,
    /// What the defender has spent, in server seizures.
    pub(crate) cost: f64,
    /// Targets that actions were tried against.
    pub(crate) attempts: u64,
    /// Those against which they succeeded.
    pub(crate) hits: u64,
    /// Seconds at which actions took effect.
    pub(crate) strikes: Vec<u32>,
    /// Strikes against an operator who has several places to be in.
    pub(crate) rounds: Vec<Round>,
    /// Share of the fallback's names in the defender's hands, from 0 to 1.
    pub(crate) names_blocked: f64,
}

impl State {
    pub(crate) fn new(world: World, cycle: u32) -> State {
        State {
            world,
            clock: Clock { now: 0, cycle, cycles: 0, span: 0 },
            reach: Reach::default(),
            file: File::default(),
            gone: false,
            rebuilt: 0,
            cost: 0.0,
            attempts: 0,
            hits: 0,
            strikes: Vec::new(),
            rounds: Vec::new(),
            names_blocked: 0.0,
        }
    }
}

/// What time it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    /// Seconds since the start.
    pub(crate) now: u32,
    /// Seconds of one cycle.
    pub(crate) cycle: u32,
    /// Cycles since the start.
    pub(crate) cycles: u32,
    /// At a report: seconds since the last one, 0 at the start.
    pub(crate) span: u32,
}

/// Who was within reach at the last report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reach {
    /// Machines that are commanded.
    pub(crate) reached: Bits,
    /// Their number.
    pub(crate) count: u32,
    /// Their number at the start.
    pub(crate) first: u32,
    /// Online machines.
    pub(crate) online: u32,
    /// Sum over the online machines that ever got a command of its age, seconds.
    pub(crate) age: u64,
}
