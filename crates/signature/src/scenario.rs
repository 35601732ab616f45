//! Streams of behaviour with a known truth: one crew all along, new tools at a time, or another crew at a time.

use crate::attribution::{Chances, Kind};
use crate::behaviour::{Behaviour, draw_crew};
use crate::dirichlet::Dirichlet;
use crate::profile::{Crew, observe};
use crate::random::behaviour_rng;
use hydranet_topology::{Draw, Invalid, Purpose, Trial, TrialRng};

/// What happens, and when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scenario {
    /// What changes; with [`Kind::None`] only drift does.
    pub kind: Kind,
    /// Day of the change, not negative.
    pub day: f64,
    /// Chances that a coordinate changes. New tools are at least one swap: the draw is repeated until there is one.
    pub chances: Chances,
    /// Whether a new crew has the profiles of the old one in all coordinates whatever the chances: nothing can tell it.
    pub same_profile: bool,
}

impl Scenario {
    /// Nothing happens.
    pub fn none() -> Scenario {
        Scenario { kind: Kind::None, day: 0.0, chances: Chances::OPTIMISTIC, same_profile: false }
    }

    /// This change on this day.
    pub fn of(kind: Kind, day: f64, chances: Chances) -> Scenario {
        Scenario { kind, day, chances, same_profile: false }
    }
}

/// A change of profiles, as it was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// Day.
    pub day: f64,
    /// [`Kind::None`] is drift: one swap of the crew's own accord.
    pub kind: Kind,
    /// Coordinate m has a new profile if bit m is set.
    pub coordinates: u32,
}

/// One crew after another, as a watcher sees them: an endless sequence of observations. What it draws comes from streams of its own: the first
/// crew, the change, drift, waiting times, categories. Scenarios that differ in one of these share all others (common random
/// numbers). Memory O(M K) whatever the length.
#[derive(Debug, Clone)]
pub struct Stream {
    behaviour: Behaviour,
    priors: Vec<Dirichlet>,
    scenario: Scenario,
    crew: Crew,
    day: f64,
    next_drift: f64,
    changed: bool,
    events: Vec<Event>, // since the last observation
    change: TrialRng,
    drift: TrialRng,
    waits: TrialRng,
    values: TrialRng,
}

impl Stream {
    /// The stream of this seed and trial.
    ///
    /// # Errors
    /// If a parameter is out of its range.
    pub fn new(behaviour: &Behaviour, scenario: &Scenario, seed: u64, trial: Trial) -> Result<Stream, Invalid> {
        Stream::with_priors(behaviour, behaviour.priors()?, scenario, seed, trial)
    }

    /// The same with coordinates that are not alike: from 1 to 20 laws of profiles, in place of the behaviour's M, K, concentration and
    /// popularity.
    ///
    /// # Errors
    /// If a parameter is out of its range.
    pub fn with_priors(
        behaviour: &Behaviour,
        priors: Vec<Dirichlet>,
        scenario: &Scenario,
        seed: u64,
        trial: Trial,
    ) -> Result<Stream, Invalid> {
        behaviour.check()?;
        let m = priors.len();
        Invalid::unless((1..=20).contains(&m), "priors", || format!("from 1 to 20 coordinates, not {m}"))?;
        scenario.chances.check()?;
        let day = scenario.day;
        Invalid::unless(day >= 0.0 && day.is_finite(), "day", || format!("a day of at least 0, not {day}"))?;
        let can_swap = scenario.kind != Kind::Tools || scenario.chances.rho_tool > 0.0;
        Invalid::unless(can_swap, "rho_tool", || "above 0 where new tools are to be seen, not 0".to_string())?;
        let rng = |purpose| behaviour_rng(seed, trial, purpose);
        let crew = draw_crew(&priors, &mut rng(Purpose::Prior));
        let mut stream = Stream {
            behaviour: behaviour.clone(),
            priors,
            scenario: *scenario,
            crew,
            day: 0.0,
            next_drift: 0.0,
            changed: scenario.kind == Kind::None,
            events: Vec::new(),
            change: rng(Purpose::Operator),
            drift: rng(Purpose::Maintenance),
            waits: rng(Purpose::Evidence),
            values: rng(Purpose::Measure),
        };
        stream.next_drift = stream.wait_for_drift();
        Ok(stream)
    }

    /// The crew that is there now.
    pub fn crew(&self) -> &Crew {
        &self.crew
    }

    /// The laws of profiles.
    pub fn priors(&self) -> &[Dirichlet] {
        &self.priors
    }

    /// What changed between the last two observations.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The next observation, one code a coordinate, written to `x`; its day. O(M K).
    ///
    /// # Panics
    /// If `x` has fewer than M entries.
    pub fn next_into(&mut self, x: &mut [u32]) -> f64 {
        self.day += self.behaviour.wait(&mut self.waits);
        self.events.clear();
        loop {
            let drift_first = self.changed || self.next_drift < self.scenario.day;
            if drift_first && self.next_drift <= self.day {
                self.swap_of_its_own_accord();
            } else if !self.changed && self.scenario.day <= self.day {
                self.change_now();
            } else {
                break;
            }
        }
        observe(&self.crew, &mut self.values, x);
        self.day
    }

    fn wait_for_drift(&mut self) -> f64 {
        let per_day = self.behaviour.tool_swap_per_year * self.priors.len() as f64 / 365.0;
        if per_day > 0.0 { self.drift.exponential() / per_day } else { f64::INFINITY }
    }

    fn swap_of_its_own_accord(&mut self) {
        let m = self.drift.below(self.priors.len() as u32);
        self.crew[m as usize] = self.priors[m as usize].draw(&mut self.drift);
        self.events.push(Event { day: self.next_drift, kind: Kind::None, coordinates: 1 << m });
        self.next_drift += self.wait_for_drift();
    }

    fn change_now(&mut self) {
        self.changed = true;
        let Scenario { kind, day, chances, same_profile } = self.scenario;
        let m = self.priors.len() as u32;
        let chance = match kind {
            Kind::Crew => chances.another_crew_differs(),
            _ => chances.rho_tool,
        };
        let coordinates = loop {
            let mask = (0..m).fold(0u32, |mask, i| mask | (self.change.chance(chance) as u32) << i);
            if kind != Kind::Tools || mask != 0 {
                break mask;
            }
        };
        let coordinates = if same_profile { 0 } else { coordinates };
        for i in (0..m).filter(|i| coordinates >> i & 1 == 1) {
            self.crew[i as usize] = self.priors[i as usize].draw(&mut self.change);
        }
        self.events.push(Event { day, kind, coordinates });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(behaviour: &Behaviour, scenario: &Scenario, trial: u32) -> Stream {
        Stream::new(behaviour, scenario, 5, Trial::network(trial)).unwrap()
    }

    #[test]
    fn rates_are_the_stated_ones() {
        let behaviour = Behaviour { tool_swap_per_year: 6.0, observations_per_day: 2.0, ..Behaviour::default() };
        let mut s = stream(&behaviour, &Scenario::none(), 0);
        let (mut x, mut swaps, n) = ([0; 4], 0, 40_000);
        let mut day = 0.0;
        for _ in 0..n {
            day = s.next_into(&mut x);
            swaps += s.events().len();
        }
        let days = n as f64 / 2.0;
        assert!((day - days).abs() < 4.0 * (n as f64).sqrt() / 2.0, "{day} days");
        let want = days / 365.0 * 24.0;
        assert!((swaps as f64 - want).abs() < 4.0 * want.sqrt() + 1.0, "{swaps} swaps, {want} expected");
        let regular = Behaviour { arrivals: crate::Arrivals::Regular, ..Behaviour::default() };
        let mut s = stream(&regular, &Scenario::none(), 0);
        assert_eq!([s.next_into(&mut x), s.next_into(&mut x)], [0.2, 0.4]);
    }

    #[test]
    fn changes_have_their_chances() {
        let behaviour = Behaviour { tool_swap_per_year: 0.0, observations_per_day: 1000.0, ..Behaviour::default() };
        let count = |kind, chances: Chances| {
            let changed: u32 = (0..2000)
                .map(|i| {
                    let mut s = stream(&behaviour, &Scenario::of(kind, 0.0, chances), i);
                    s.next_into(&mut [0; 4]);
                    s.events()[0].coordinates.count_ones()
                })
                .sum();
            changed as f64 / 8000.0
        };
        let near = |got: f64, p: f64| assert!((got - p).abs() < 4.0 * (p * (1.0 - p) / 8000.0).sqrt(), "{got} for {p}");
        near(count(Kind::Crew, Chances::OPTIMISTIC), 0.9);
        near(count(Kind::Crew, Chances { mimicry: 0.5, ..Chances::OPTIMISTIC }), 0.45);
        // at least one: p/(1 − (1 − p)⁴)
        near(count(Kind::Tools, Chances::OPTIMISTIC), 0.2 / (1.0 - 0.8f64.powi(4)));
    }

    #[test]
    fn scenarios_share_what_they_do_not_differ_in() {
        let behaviour = Behaviour::default();
        let mut none = stream(&behaviour, &Scenario::none(), 3);
        let mut crew = stream(&behaviour, &Scenario::of(Kind::Crew, 20.0, Chances::OPTIMISTIC), 3);
        let (mut x, mut y, mut differ) = ([0; 4], [0; 4], 0);
        for _ in 0..400 {
            let day = none.next_into(&mut x);
            assert_eq!(day, crew.next_into(&mut y));
            assert!(day >= 20.0 || x == y, "before the change");
            differ += (x != y) as u32;
        }
        assert!(differ > 50);
    }

    #[test]
    fn golden_stream() {
        let behaviour =
            Behaviour { popularity: 1.0, concentration: 0.3, tool_swap_per_year: 12.0, ..Behaviour::default() };
        let scenario = Scenario::of(Kind::Crew, 1.0, Chances { mimicry: 0.2, ..Chances::OPTIMISTIC });
        let mut s = stream(&behaviour, &scenario, 1);
        let mut x = [0; 4];
        let codes: Vec<[u32; 4]> = (0..200)
            .map(|_| {
                s.next_into(&mut x);
                x
            })
            .step_by(40)
            .collect();
        assert_eq!(codes, GOLDEN_CODES, "value-breaking: every result on streams changes");
        assert_eq!(s.next_into(&mut x).to_bits(), GOLDEN_DAY);
    }
    const GOLDEN_CODES: [[u32; 4]; 5] = [[0, 3, 0, 1], [3, 0, 4, 4], [3, 0, 4, 4], [4, 1, 4, 4], [0, 0, 1, 4]];
    const GOLDEN_DAY: u64 = 4_630_293_966_326_932_275;

    #[test]
    fn coordinates_need_not_be_alike() {
        let laws: Vec<Dirichlet> = [2, 30].into_iter().map(|k| Dirichlet::symmetric(k, 1.0).unwrap()).collect();
        let with = |laws| Stream::with_priors(&Behaviour::default(), laws, &Scenario::none(), 1, Trial::network(0));
        let mut s = with(laws).unwrap();
        let (mut x, mut most) = ([0; 2], [0; 2]);
        for _ in 0..500 {
            s.next_into(&mut x);
            most = [most[0].max(x[0]), most[1].max(x[1])];
        }
        assert!(most[0] == 1 && most[1] > 10 && most[1] < 30, "{most:?}");
        assert!(with(vec![]).is_err());
    }

    #[test]
    fn refusals() {
        let none = Chances { rho_tool: 0.0, ..Chances::OPTIMISTIC };
        let bad = |s: Scenario| Stream::new(&Behaviour::default(), &s, 1, Trial::network(0)).unwrap_err().to_string();
        assert!(bad(Scenario::of(Kind::Tools, 1.0, none)).contains("rho_tool"));
        assert!(bad(Scenario::of(Kind::Crew, -1.0, Chances::OPTIMISTIC)).contains("-1"));
    }
}
