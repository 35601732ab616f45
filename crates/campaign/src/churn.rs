//! Churn: machines come and go, are cleaned up for good, and are recruited.
//!
//! Sessions and absences alternate, each with its own Weibull law, in continuous time (whole seconds); a cycle sees who
//! is online at its end. The process starts in its equilibrium. It runs on for slots that hold no machine, and draws
//! nothing that depends on what is done to the network: a treated network and its baseline run have the same sessions.

use crate::Sample;
use crate::mechanism::{Acts, Mechanism, Start};
use crate::state::State;
use crate::weibull::Weibull;
use crate::world::{NodeKind, World};
use hydranet_plugin::bounds::{not_negative, positive, share};
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Published laws of session lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sessions {
    /// Infected machines: k = 0.28, scale 1,193 s (mean 4.2 h, median 5 min).
    Bot,
    /// Kad clients: k = 0.5, mean 10⁴ s (Stutzbach & Rejaie 2006; Steiner et al. 2007).
    Kad,
    /// Without memory, mean `session_hours`: the textbook's.
    #[default]
    Exponential,
    /// Weibull with `session_shape` and mean `session_hours`.
    Weibull,
    /// Nobody ever leaves: the network of the static question.
    Never,
}

/// Parameters of churn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Churn {
    /// The law of session lengths. Source: Stutzbach & Rejaie 2006 for Kad; k = 0.28 and 1,193 s for bots.
    pub sessions: Sessions,
    /// Mean session, hours (> 0); with `exponential` and `weibull` only. Source: machines of users are on for hours a day.
    pub session_hours: f64,
    /// Weibull shape of sessions (> 0, at least 0.1); with `weibull` only. Source: 0.34–0.59 over eDonkey, Kad, BitTorrent and
    /// Gnutella (Stutzbach & Rejaie 2006).
    pub session_shape: f64,
    /// Share of machines that are online at any time, above 0, at most 1; it sets the mean absence. Source: 0.3–0.6 in crawls of
    /// peer-to-peer botnets (Rossow et al. 2013).
    pub online_share: f64,
    /// Weibull shape of absences (at least 0.1). Source: taken as without memory unless measured.
    pub absence_shape: f64,
    /// Relative amplitude of the daily rhythm of returns, from 0 to below 1, no unit: the rate of coming back is 1 + A cos(2πt/24 h).
    /// The share that is online swings about a mean a little below `online_share`: returns saturate while most machines are on, so
    /// that a swing of the rate loses more than it gains (.475 for .5 at A = .9 and sessions of 8 h; .492 at A = .5). Source: Dagon et
    /// al. 2006, diurnal swings of about half. All machines share one time zone.
    pub diurnal: f64,
    /// Share of machines that can be dialled, from 0 to 1, where the topology does not say who can. Source: 0.13–0.5 in crawls (Rossow
    /// et al. 2013).
    pub routable_share: f64,
    /// Half-life of an infection, days (> 0); left out: machines are never cleaned up. Source: about 700 days for Conficker (Asghari et
    /// al. 2015).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half_life_days: Option<f64>,
    /// Machines recruited a day while the operator commands, as a share of the initial number (≥ 0), as long as there are fewer than
    /// at the start times `growth_limit`. Source: set it to ln 2 / half-life for a steady size.
    pub recruits_per_day: f64,
    /// Most machines that there ever are, as a multiple of the initial number (≥ 1, at most 100).
    pub growth_limit: f64,
}

impl Default for Churn {
    fn default() -> Churn {
        Churn {
            sessions: Sessions::Exponential,
            session_hours: 8.0,
            session_shape: 0.5,
            online_share: 0.5,
            absence_shape: 1.0,
            diurnal: 0.0,
            routable_share: 1.0,
            half_life_days: None,
            recruits_per_day: 0.0,
            growth_limit: 1.0,
        }
    }
}

impl Churn {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        let shape = |param, x: f64| {
            Invalid::unless((0.1..=100.0).contains(&x), param, || format!("a shape from 0.1 to 100, not {x}"))
        };
        positive("session_hours", self.session_hours)?;
        shape("session_shape", self.session_shape)?;
        shape("absence_shape", self.absence_shape)?;
        let online = self.online_share;
        Invalid::unless(online > 0.0 && online <= 1.0, "online_share", || {
            format!("a share above 0 and at most 1, not {online}")
        })?;
        let a = self.diurnal;
        Invalid::unless((0.0..1.0).contains(&a), "diurnal", || format!("from 0 to below 1, not {a}"))?;
        share("routable_share", self.routable_share)?;
        self.half_life_days.map_or(Ok(()), |days| positive("half_life_days", days))?;
        not_negative("recruits_per_day", self.recruits_per_day)?;
        let limit = self.growth_limit;
        Invalid::unless((1.0..=100.0).contains(&limit), "growth_limit", || format!("from 1 to 100, not {limit}"))
    }

    /// The law of sessions, in seconds; `None` where nobody leaves.
    pub fn session(&self) -> Option<Weibull> {
        let hour = 3600.0;
        match self.sessions {
            _ if self.online_share >= 1.0 => None,
            Sessions::Never => None,
            Sessions::Bot => Some(Weibull { shape: 0.28, scale: 1193.0 }),
            Sessions::Kad => Some(Weibull::with_mean(0.5, 1e4)),
            Sessions::Exponential => Some(Weibull::with_mean(1.0, self.session_hours * hour)),
            Sessions::Weibull => Some(Weibull::with_mean(self.session_shape, self.session_hours * hour)),
        }
    }

    /// The law of absences, in seconds.
    pub fn absence(&self) -> Option<Weibull> {
        let mean = self.session()?.mean() * (1.0 - self.online_share) / self.online_share;
        Some(Weibull::with_mean(self.absence_shape, mean))
    }

    /// Chance that a machine is cleaned up within so many seconds: 1 − 2^(−t/half-life).
    pub fn loss(&self, seconds: u32) -> f64 {
        let rate = self.half_life_days.map_or(0.0, |days| std::f64::consts::LN_2 / (days * 86_400.0));
        -libm::expm1(-rate * seconds as f64)
    }
}

impl Mechanism for Churn {
    type Acts = Process;

    fn start(&self, start: &Start<'_>, state: &mut State) -> Process {
        let mut process = Process::new(self, state.clock.cycle, start.churn.clone());
        process.start(self.online_share, &mut state.world);
        process
    }
}

impl Acts for Process {
    fn cycle(&mut self, state: &mut State) {
        self.advance(state.clock.now, &mut state.world);
        self.losses(&mut state.world);
    }

    fn tell(&self, state: &State, sample: &mut Sample) {
        sample.members = state.world.members;
    }
}

/// The laws, ready to draw from.
#[derive(Debug, Clone)]
pub(crate) struct Process {
    laws: Option<(Weibull, Weibull)>,
    diurnal: f64,
    loss: f64,
    rng: TrialRng,
}

const DAY: f64 = 86_400.0;

impl Process {
    fn new(churn: &Churn, cycle: u32, rng: TrialRng) -> Process {
        let laws = churn.session().zip(churn.absence());
        Process { laws, diurnal: churn.diurnal, loss: churn.loss(cycle), rng }
    }

    /// Who is online at time 0, and until when.
    fn start(&mut self, online_share: f64, world: &mut World) {
        for v in (0..world.slots()).filter(|&v| world.kind[v as usize] == NodeKind::Machine).collect::<Vec<_>>() {
            let Some((session, absence)) = self.laws else {
                world.set_awake(v, true);
                continue;
            };
            let awake = self.rng.chance(online_share);
            let left = if awake {
                session.residual(&mut self.rng)
            } else {
                warp(0.0, absence.residual(&mut self.rng), self.diurnal)
            };
            world.next[v as usize] = whole(left);
            world.set_awake(v, awake);
        }
    }

    /// Comings and goings up to `now`, in seconds. O(slots), a comparison each, and O(1) a change.
    fn advance(&mut self, now: u32, world: &mut World) {
        let Some((session, absence)) = self.laws else { return };
        let (rng, diurnal) = (&mut self.rng, self.diurnal);
        for v in 0..world.next.len() {
            let mut at = world.next[v];
            if at > now {
                continue;
            }
            let mut awake = world.is_awake(v as u32);
            while at <= now {
                awake = !awake;
                let length = if awake { session.draw(rng) } else { warp(at as f64, absence.draw(rng), diurnal) };
                at = at.saturating_add(whole(length).max(1));
            }
            world.next[v] = at;
            world.set_awake(v as u32, awake);
        }
    }

    /// Machines that are cleaned up in one cycle: every slot with the same chance, whether a machine is in it or not.
    /// O(expected losses).
    fn losses(&mut self, world: &mut World) {
        if self.loss <= 0.0 {
            return;
        }
        let slots = world.slots() as u64;
        let mut v = self.rng.failures_before_success(self.loss);
        while v < slots {
            world.lose(v as u32);
            v = v.saturating_add(1).saturating_add(self.rng.failures_before_success(self.loss));
        }
    }
}

/// How long an absence lasts that takes `length` seconds on a clock which runs at 1 + A cos(2πt/day): solves
/// Λ(t + x) − Λ(t) = length by bisection between bounds that the cosine sets.
fn warp(at: f64, length: f64, diurnal: f64) -> f64 {
    if diurnal == 0.0 {
        return length;
    }
    let omega = std::f64::consts::TAU / DAY;
    let integral = |t: f64| t + diurnal / omega * libm::sin(omega * t);
    let goal = integral(at) + length;
    let bend = diurnal / omega;
    let (mut lo, mut hi) = (goal - bend, goal + bend);
    for _ in 0..40 {
        let middle = (lo + hi) / 2.0;
        if integral(middle) < goal { lo = middle } else { hi = middle }
    }
    (hi - at).max(0.0)
}

/// Whole seconds.
fn whole(seconds: f64) -> u32 {
    (seconds + 0.5).min(4e9) as u32
}
