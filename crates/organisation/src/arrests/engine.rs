//! The life of one organisation under arrests.

use super::hand_over::{Scratch, Wanted, choose, introduce};
use super::state::{Link, Rank, State};
use super::{Arrests, Event, Heirs, Life, Policy, Rule, Streams, YEAR};
use crate::chance::Weights;
use crate::{Organisation, Place};
use hydranet_topology::{Draw, Invalid};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Due {
    Fill(Place),
    Release {
        role: u32,
        person: u32,
    },
    /// The time for an heir is over; counts the times that the organisation was headless.
    Heirless(u32),
}

/// A queue entry: earliest first, of equals the first that was set in motion. Days are positive, so that their bits
/// order as they do.
type Queue = BinaryHeap<Reverse<(u64, usize)>>;

pub(super) struct Engine<'a, W: FnMut(f64, &Event, &State)> {
    pub(super) params: &'a Arrests,
    pub(super) streams: &'a mut Streams,
    pub(super) state: State,
    pub(super) scratch: Scratch,
    pub(super) life: Life,
    weights: Weights,
    mean: f64,
    pub(super) depth: u32,
    now: f64,
    queue: Queue,
    due: Vec<Due>,
    headless: u32,
    watch: W,
}

impl Arrests {
    /// Follows one organisation for `horizon_days`. `watch` is told of every event, with the day and what is left just after it. O(n
    /// log n) and, a strike, O(log n + contacts involved) and what policy and rule cost.
    ///
    /// # Errors
    /// Parameters that [`Arrests::check`] refuses, a horizon that is negative or not finite.
    ///
    /// ```
    /// use hydranet_organisation::{Arrests, CellTree, Streams};
    /// use hydranet_topology::{Purpose, Trial, trial_rng};
    /// let trial = Trial::network(0);
    /// let crew = CellTree::default().draw(&mut trial_rng(7, trial, Purpose::Organisation))?;
    /// let mut arrests = 0;
    /// let life = Arrests::default().live(&crew, 5.0 * 365.0, &mut Streams::new(7, trial), |_, event, _| {
    ///     arrests += u32::from(matches!(event, hydranet_organisation::Event::Arrested { .. }));
    /// })?;
    /// assert!(arrests > 0 && life.arrested() == arrests);
    /// # Ok::<(), hydranet_topology::Invalid>(())
    /// ```
    pub fn live(
        &self,
        organisation: &Organisation,
        horizon_days: f64,
        streams: &mut Streams,
        watch: impl FnMut(f64, &Event, &State),
    ) -> Result<Life, Invalid> {
        self.check()?;
        crate::checks::not_negative("horizon_days", horizon_days)?;
        let state = State::new(organisation, self.replacement.as_ref().map_or(0.0, |r| r.pool));
        let arrests = vec![0; organisation.depth() as usize + 1];
        let mut engine = Engine {
            params: self,
            streams,
            weights: Weights::new(state.places()),
            mean: Arrests::mean_contacts(organisation),
            depth: organisation.depth(),
            state,
            scratch: Scratch::default(),
            life: Life { arrests, ..Life::default() },
            now: 0.0,
            queue: Queue::new(),
            due: Vec::new(),
            headless: 0,
            watch,
        };
        (0..engine.state.places() as u32).for_each(|place| engine.refresh(place));
        engine.run(horizon_days);
        engine.life.people = engine.state.people() as u32;
        Ok(engine.life)
    }
}

impl<W: FnMut(f64, &Event, &State)> Engine<'_, W> {
    fn run(&mut self, horizon: f64) {
        // what is left of a unit exponential: pressure that changes on the way only stretches or shortens it
        let mut patience = self.streams.arrest.exponential();
        loop {
            let rate = self.weights.total() * self.params.arrest_per_year / YEAR;
            let next = self.queue.peek().map_or(f64::INFINITY, |Reverse((bits, _))| f64::from_bits(*bits)).min(horizon);
            let strike = if rate > 0.0 { self.now + patience / rate } else { f64::INFINITY };
            let then = strike.min(next);
            self.life.person_days += self.state.people() as f64 * (then - self.now);
            if strike < next {
                self.now = strike;
                patience = self.streams.arrest.exponential();
                self.strike();
                continue;
            }
            patience = (patience - rate * (next - self.now)).max(0.0);
            self.now = next;
            // what falls on the horizon itself is not seen any more
            if next >= horizon {
                return;
            }
            let Some(Reverse((_, what))) = self.queue.pop() else { return };
            match self.due[what] {
                Due::Fill(place) => self.fill(place),
                Due::Release { role, person } => self.release(role, person),
                Due::Heirless(time) => self.heirless(time),
            }
        }
    }

    pub(super) fn tell(&mut self, event: Event) {
        (self.watch)(self.now, &event, &self.state);
    }

    fn plan(&mut self, after: f64, due: Due) {
        let at = self.now + after;
        self.queue.push(Reverse((at.to_bits(), self.due.len())));
        self.due.push(due);
    }

    /// Exposure of a place after its contacts changed.
    pub(super) fn refresh(&mut self, place: Place) {
        let contacts = self.state.links[place as usize].len();
        let weight = if self.state.is_present(place) {
            self.params.weight(self.state.level(place), self.depth, contacts, self.mean)
        } else {
            0.0
        };
        self.weights.set(place, weight);
    }

    fn strike(&mut self) {
        let chosen = self.params.policy.choose(&self.state, &self.weights, &mut self.streams.exposure);
        let Some(place) = chosen else { return };
        self.life.strikes += 1;
        if self.params.policy == Policy::Seize { self.seize(place) } else { self.arrest(place) }
    }

    /// Arrests somebody and everybody who is named, in the order in which they are named.
    fn arrest(&mut self, place: Place) {
        let (mut chain, mut next) = (vec![place], 0);
        while let Some(&place) = chain.get(next) {
            for i in 0..self.state.links[place as usize].len() {
                let Link { other, rank, cut_out } = self.state.links[place as usize][i];
                let chance = match rank {
                    _ if cut_out => 0.0,
                    Rank::Superior => self.params.reveal_up,
                    Rank::Peer => self.params.reveal_peer,
                    Rank::Subordinate => self.params.reveal_down(),
                };
                // drawn in any case: a cut-out moves no later draw
                if self.streams.reveal.chance(chance) && !chain.contains(&other) {
                    chain.push(other);
                }
            }
            self.vacate(place);
            next += 1;
            let (person, level) = (self.state.person(place), self.state.level(place));
            self.life.arrests[level as usize] += 1;
            if level == 0 && person == place && self.life.top_arrested.is_none() {
                self.life.top_arrested = Some(self.now);
            }
            if let Some(days) = self.params.jail_days {
                self.plan(days, Due::Release { role: self.state.role(place), person });
            }
            self.tell(Event::Arrested { place, person, direct: next == 1 });
            self.mourn(place);
        }
    }

    /// Whoever is in the place is out, and the vacancy is to be filled.
    fn vacate(&mut self, place: Place) {
        let links = self.state.leave(place);
        links.iter().for_each(|link| self.refresh(link.other));
        self.refresh(place);
        let nobody_follows = self.state.level(place) == 0 && self.params.heirs == Heirs::Nobody;
        let Some(replacement) = self.params.replacement.as_ref().filter(|_| !self.state.gone && !nobody_follows) else {
            return;
        };
        self.state.orphans[place as usize] = links;
        self.state.pending[place as usize] = true;
        let delay = replacement.delay.draw(&mut self.streams.vacancy);
        self.plan(delay, Due::Fill(place));
    }

    fn mourn(&mut self, place: Place) {
        if self.state.level(place) > 0 || self.state.tops() > 0 {
            return;
        }
        self.headless += 1;
        self.life.headless.get_or_insert(self.now);
        self.tell(Event::Headless);
        if self.params.mastermind_needed && !self.state.gone {
            self.plan(self.params.heir_days, Due::Heirless(self.headless));
        }
    }

    fn heirless(&mut self, time: u32) {
        if time == self.headless && self.state.tops() == 0 && !self.state.gone {
            self.state.gone = true;
            self.life.gone = Some(self.now);
            self.tell(Event::Gone);
        }
    }

    /// Back from jail, to the pool, and from there to a place that waits for somebody.
    fn release(&mut self, role: u32, person: u32) {
        self.state.returned[role as usize].push_back(person);
        if let Some(place) = self.state.waiting[role as usize].pop_front() {
            self.fill(place);
        }
    }

    /// Somebody takes the place, if anybody can be found, and contacts are handed over.
    fn fill(&mut self, place: Place) {
        if self.state.gone {
            return;
        }
        let role = self.state.role(place);
        let headless = self.state.tops() == 0;
        let left = self.state.pool(role) + self.state.people_of(role) as f64;
        let recruit = self.state.recruit(role).or_else(|| self.promote(place));
        if let Some((person, known)) = recruit {
            self.state.persons[place as usize] = person;
            self.state.pending[place as usize] = false;
            self.state.enter(place);
            self.life.filled += 1;
            self.tell(Event::Filled { place, person, known });
        } else {
            self.state.waiting[role as usize].push_back(place);
        }
        let expected = self.hand_over(place, left.max(f64::from(u8::from(recruit.is_some()))));
        if recruit.is_some() {
            if self.state.links[place as usize].is_empty() && !expected {
                introduce(&mut self.state, place, &mut self.streams.hand_over);
                let sponsor = self.state.contacts(place).next();
                sponsor.into_iter().for_each(|sponsor| self.refresh(sponsor));
            }
            self.refresh(place);
            if headless && self.state.tops() > 0 {
                self.life.heirs += 1;
                self.tell(Event::Heir);
            }
        }
    }

    /// The lieutenant who follows the top: of those who were its contacts and stand uppermost, who has most. The place of
    /// the lieutenant falls vacant.
    fn promote(&mut self, place: Place) -> Option<(u32, bool)> {
        if self.state.level(place) > 0 || self.params.heirs != Heirs::PoolOrLieutenant {
            return None;
        }
        let known = self.state.orphans[place as usize].iter().map(|link| link.other);
        let able = known.filter(|&w| self.state.is_present(w) && self.state.level(w) > 0);
        let score = |w: Place| (self.state.level(w), Reverse(self.state.links[w as usize].len()), w);
        let lieutenant = able.min_by_key(|&w| score(w))?;
        let person = self.state.person(lieutenant);
        self.vacate(lieutenant);
        Some((person, true))
    }

    /// Tells whether somebody who is still to come is to know the place.
    fn hand_over(&mut self, place: Place, left: f64) -> bool {
        let replacement = self.params.replacement.as_ref().expect("only replacement fills places");
        let filled = self.state.is_present(place);
        if !filled && replacement.rule == Rule::Position {
            return false; // contacts wait for a recruit
        }
        let chance = replacement.success.chance(left);
        let role = self.state.role(place);
        let links = std::mem::take(&mut self.state.orphans[place as usize]);
        let (mut contacts, mut kept, mut expected) = (0, 0, false);
        for link in links {
            contacts += 1;
            let end = link.other;
            let there = self.state.is_present(end);
            if !self.streams.hand_over.chance(chance) || !(there || self.state.pending[end as usize]) {
                continue;
            }
            let taker = match replacement.rule {
                Rule::Position => (!self.state.tied(place, end)).then_some(place),
                rule => {
                    let wanted = Wanted { end, role: Some(role), except: None };
                    choose(&self.state, rule, wanted, &mut self.scratch, &mut self.streams.hand_over)
                }
            };
            kept += 1;
            // none: those who could take it over know the other end already
            let Some(taker) = taker else { continue };
            if there {
                self.state.tie(taker, link);
                self.refresh(taker);
                self.refresh(end);
            } else {
                // the other end is to be filled, too: whoever comes there gets to know the taker
                let back = Link { other: taker, rank: link.rank.mirrored(), ..link };
                self.state.orphans[end as usize].push(back);
                expected |= taker == place;
            }
        }
        self.life.kept += kept;
        self.life.lost += contacts - kept;
        self.tell(Event::HandedOver { place, contacts, kept });
        expected
    }
}
