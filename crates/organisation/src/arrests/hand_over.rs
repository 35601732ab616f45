//! Who takes a contact over.

use super::Rule;
use super::state::{Link, Rank, State};
use crate::Place;
use hydranet_topology::{Draw, TrialRng};

/// Marks of a search, reused.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    seen: Vec<u32>,
    round: u32,
    front: Vec<Place>,
    next: Vec<Place>,
    counts: Vec<u32>,
}

/// For whom somebody is looked for, and among whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// Who is to get to know somebody. May be out, then nobody is near.
    pub(crate) end: Place,
    /// Only those with the role; otherwise everybody.
    pub(crate) role: Option<u32>,
    /// Not this one.
    pub(crate) except: Option<Place>,
}

impl Wanted {
    /// Whether `w`, of the right role, may be it: not the end itself, nor who knows it already.
    fn allows(&self, state: &State, w: Place) -> bool {
        w != self.end && Some(w) != self.except && !state.tied(w, self.end)
    }

    /// The same, of any role.
    fn suits(&self, state: &State, w: Place) -> bool {
        Some(w) != self.except && self.role.is_none_or(|role| state.role(w) == role)
    }
}

/// Who, by the rule, gets to know the end. `None` if there is nobody.
pub(crate) fn choose(
    state: &State,
    rule: Rule,
    wanted: Wanted,
    scratch: &mut Scratch,
    rng: &mut TrialRng,
) -> Option<Place> {
    let chosen = match rule {
        Rule::Position | Rule::Random => None,
        Rule::Degree => busiest(state, wanted, rng),
        Rule::Distance => nearest(state, wanted, scratch, rng),
        Rule::Triadic => in_common(state, wanted, scratch, rng),
    };
    chosen.or_else(|| anybody(state, wanted, rng))
}

/// One of them, uniformly, without storing them.
fn among(them: impl Iterator<Item = Place>, rng: &mut TrialRng) -> Option<Place> {
    let mut chosen = None;
    for (i, w) in them.enumerate() {
        if rng.below(i as u32 + 1) == 0 {
            chosen = Some(w);
        }
    }
    chosen
}

/// Who has most contacts; of equals uniformly. Contacts are counted first: whether somebody is known costs more to tell.
fn busiest(state: &State, wanted: Wanted, rng: &mut TrialRng) -> Option<Place> {
    let (mut most, mut equals, mut chosen) = (0, 0, None);
    for &w in state.roster(wanted.role) {
        let degree = state.links[w as usize].len();
        if degree < most || !wanted.allows(state, w) {
            continue;
        }
        equals = if degree > most { 1 } else { equals + 1 };
        most = degree;
        if rng.below(equals) == 0 {
            chosen = Some(w);
        }
    }
    chosen
}

fn anybody(state: &State, wanted: Wanted, rng: &mut TrialRng) -> Option<Place> {
    let list = state.roster(wanted.role);
    if list.is_empty() {
        return None;
    }
    // mostly the first try; the rest is for those who know nearly everybody
    for _ in 0..16 {
        let w = list[rng.below(list.len() as u32) as usize];
        if wanted.allows(state, w) {
            return Some(w);
        }
    }
    among(list.iter().copied().filter(|&w| wanted.allows(state, w)), rng)
}

impl Scratch {
    fn start(&mut self, places: usize) {
        self.seen.resize(places, 0);
        self.counts.resize(places, 0);
        self.round += 1;
        self.front.clear();
        self.next.clear();
    }

    /// Whether it is the first visit of this round.
    fn visit(&mut self, w: Place) -> bool {
        std::mem::replace(&mut self.seen[w as usize], self.round) != self.round
    }
}

/// Breadth first; among the nearest uniformly. Who is one step away knows `end` already.
fn nearest(state: &State, wanted: Wanted, scratch: &mut Scratch, rng: &mut TrialRng) -> Option<Place> {
    scratch.start(state.places());
    scratch.visit(wanted.end);
    scratch.front.push(wanted.end);
    let mut steps = 0;
    while !scratch.front.is_empty() {
        steps += 1;
        let front = std::mem::take(&mut scratch.front);
        for &v in &front {
            for link in &state.links[v as usize] {
                if scratch.visit(link.other) {
                    scratch.next.push(link.other);
                }
            }
        }
        if steps > 1 {
            let found = among(scratch.next.iter().copied().filter(|&w| wanted.suits(state, w)), rng);
            if found.is_some() {
                return found;
            }
        }
        scratch.front = std::mem::replace(&mut scratch.next, front);
        scratch.next.clear();
    }
    None
}

/// In proportion to the contacts in common.
fn in_common(state: &State, wanted: Wanted, scratch: &mut Scratch, rng: &mut TrialRng) -> Option<Place> {
    let end = wanted.end;
    scratch.start(state.places());
    scratch.visit(end);
    for link in &state.links[end as usize] {
        scratch.visit(link.other);
    }
    let mut total = 0;
    for link in &state.links[end as usize] {
        for further in &state.links[link.other as usize] {
            let w = further.other;
            let known = scratch.seen[w as usize] == scratch.round && scratch.counts[w as usize] == 0;
            if !known && wanted.suits(state, w) {
                scratch.visit(w);
                if scratch.counts[w as usize] == 0 {
                    scratch.next.push(w);
                }
                scratch.counts[w as usize] += 1;
                total += 1;
            }
        }
    }
    let mut left = if total > 0 { rng.below(total) } else { 0 };
    let mut chosen = None;
    for &w in &scratch.next {
        let count = std::mem::take(&mut scratch.counts[w as usize]);
        if chosen.is_none() && left < count {
            chosen = Some(w);
        }
        left = left.saturating_sub(count);
    }
    chosen
}

/// Somebody who joins knows somebody: who got no contact is introduced to one person, of a level above where there is one.
pub(crate) fn introduce(state: &mut State, place: Place, rng: &mut TrialRng) {
    let level = state.level(place);
    let others = || state.roster(None).iter().copied().filter(|&w| w != place);
    let sponsor = among(others().filter(|&w| state.level(w) < level), rng).or_else(|| among(others(), rng));
    if let Some(other) = sponsor {
        let rank: Rank = state.rank(place, other);
        state.tie(place, Link { other, rank, cut_out: false });
    }
}
