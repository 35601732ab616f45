//! An organisation under arrests, at one moment.

use crate::{Bond, Organisation, Place, Tie};
use std::collections::VecDeque;

/// What the other end of a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rank {
    Superior,
    Peer,
    Subordinate,
}

impl Rank {
    pub(crate) fn mirrored(self) -> Rank {
        match self {
            Rank::Superior => Rank::Subordinate,
            Rank::Peer => Rank::Peer,
            Rank::Subordinate => Rank::Superior,
        }
    }
}

/// A contact as one end sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link {
    pub(crate) other: Place,
    pub(crate) rank: Rank,
    pub(crate) cut_out: bool,
}

/// A set of places with constant-time insertion, removal and choice.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roster {
    pub(crate) list: Vec<Place>,
}

/// Who is there and who knows whom.
#[derive(Debug, Clone)]
pub struct State {
    pub(crate) present: Vec<bool>,
    pub(crate) links: Vec<Vec<Link>>,
    /// Contacts of the arrested that wait for a hand-over.
    pub(crate) orphans: Vec<Vec<Link>>,
    /// Whether a place is to be filled.
    pub(crate) pending: Vec<bool>,
    levels: Vec<u32>,
    roles: Vec<u32>,
    pub(crate) persons: Vec<u32>,
    pub(crate) next_person: u32,
    /// By role: who is in place.
    members: Vec<Roster>,
    everybody: Roster,
    /// Positions in the roster of the role and in that of everybody.
    positions: Vec<[u32; 2]>,
    /// By role: people who can still be recruited, `u64::MAX` for no limit, and those who are back from jail.
    pub(crate) fresh: Vec<u64>,
    pub(crate) returned: Vec<VecDeque<u32>>,
    /// By role: places for which nobody could be found.
    pub(crate) waiting: Vec<VecDeque<Place>>,
    at_start: Vec<u32>,
    pub(crate) tops: u32,
    pub(crate) gone: bool,
}

impl State {
    pub(crate) fn new(organisation: &Organisation, pool: f64) -> State {
        let n = organisation.len();
        let mut links = vec![Vec::new(); n];
        for &Tie { first, second, bond, cut_out } in organisation.ties() {
            // the second end as the first sees it
            let rank = if bond == Bond::Superior { Rank::Subordinate } else { Rank::Peer };
            links[first as usize].push(Link { other: second, rank, cut_out });
            links[second as usize].push(Link { other: first, rank: rank.mirrored(), cut_out });
        }
        let people = organisation.people();
        let roles = organisation.roles().len();
        let mut at_start = vec![0; organisation.depth() as usize + 1];
        let mut holders = vec![0u64; roles];
        for person in people {
            at_start[person.level as usize] += 1;
            holders[person.role as usize] += 1;
        }
        let fresh = |&holders: &u64| if pool.is_infinite() { u64::MAX } else { (holders as f64 * pool) as u64 };
        let mut state = State {
            present: vec![false; n],
            links,
            orphans: vec![Vec::new(); n],
            pending: vec![false; n],
            levels: people.iter().map(|person| person.level).collect(),
            roles: people.iter().map(|person| person.role).collect(),
            persons: (0..n as u32).collect(),
            next_person: n as u32,
            members: vec![Roster::default(); roles],
            everybody: Roster::default(),
            positions: vec![[0; 2]; n],
            fresh: holders.iter().map(fresh).collect(),
            returned: vec![VecDeque::new(); roles],
            waiting: vec![VecDeque::new(); roles],
            tops: 0,
            gone: false,
            at_start,
        };
        (0..n as u32).for_each(|place| state.enter(place));
        state
    }

    /// Number of places; those of newcomers come last.
    pub fn places(&self) -> usize {
        self.present.len()
    }

    /// Whether somebody is in the place.
    pub fn is_present(&self, place: Place) -> bool {
        self.present[place as usize]
    }

    /// How many are there.
    pub fn people(&self) -> usize {
        self.everybody.list.len()
    }

    /// How many of them have the role.
    pub fn people_of(&self, role: u32) -> usize {
        self.members[role as usize].list.len()
    }

    /// How many of them are on level 0.
    pub fn tops(&self) -> u32 {
        self.tops
    }

    /// Contacts of who is in the place, in no particular order.
    pub fn contacts(&self, place: Place) -> impl Iterator<Item = Place> {
        self.links[place as usize].iter().map(|link| link.other)
    }

    /// Layers below the top.
    pub fn level(&self, place: Place) -> u32 {
        self.levels[place as usize]
    }

    /// Index of the role.
    pub fn role(&self, place: Place) -> u32 {
        self.roles[place as usize]
    }

    /// Number of the person in the place (or last in it): founders have the numbers of their places, recruits higher ones.
    pub fn person(&self, place: Place) -> u32 {
        self.persons[place as usize]
    }

    /// People by level at the start.
    pub fn at_start(&self) -> &[u32] {
        &self.at_start
    }

    /// Whether the operator is gone for good.
    pub fn is_gone(&self) -> bool {
        self.gone
    }

    /// People of the role who can be recruited.
    pub fn pool(&self, role: u32) -> f64 {
        let fresh = self.fresh[role as usize];
        if fresh == u64::MAX { f64::INFINITY } else { fresh as f64 + self.returned[role as usize].len() as f64 }
    }

    /// Those of one role, or everybody.
    pub(crate) fn roster(&self, role: Option<u32>) -> &[Place] {
        role.map_or(&self.everybody.list, |role| &self.members[role as usize].list)
    }

    /// Somebody out of the pool: first who is back from jail. The second says whether it was one of those.
    pub(crate) fn recruit(&mut self, role: u32) -> Option<(u32, bool)> {
        if let Some(person) = self.returned[role as usize].pop_front() {
            return Some((person, true));
        }
        let fresh = &mut self.fresh[role as usize];
        if *fresh == 0 {
            return None;
        }
        *fresh -= u64::from(*fresh != u64::MAX);
        self.next_person += 1;
        Some((self.next_person - 1, false))
    }

    /// A place more, for somebody new, still empty.
    pub(crate) fn add_place(&mut self, role: u32, level: u32) -> Place {
        let place = self.present.len() as u32;
        self.present.push(false);
        self.links.push(Vec::new());
        self.orphans.push(Vec::new());
        self.pending.push(false);
        self.levels.push(level);
        self.roles.push(role);
        self.persons.push(u32::MAX);
        self.positions.push([0; 2]);
        place
    }

    /// Somebody takes the place.
    pub(crate) fn enter(&mut self, place: Place) {
        let v = place as usize;
        debug_assert!(!self.present[v]);
        self.present[v] = true;
        self.tops += u32::from(self.levels[v] == 0);
        for (kind, roster) in [&mut self.members[self.roles[v] as usize], &mut self.everybody].into_iter().enumerate() {
            self.positions[v][kind] = roster.list.len() as u32;
            roster.list.push(place);
        }
    }

    /// Whoever is in the place is out; contacts forget it, and what they were is returned.
    pub(crate) fn leave(&mut self, place: Place) -> Vec<Link> {
        let v = place as usize;
        debug_assert!(self.present[v]);
        self.present[v] = false;
        self.tops -= u32::from(self.levels[v] == 0);
        for (kind, roster) in [&mut self.members[self.roles[v] as usize], &mut self.everybody].into_iter().enumerate() {
            let at = self.positions[v][kind] as usize;
            roster.list.swap_remove(at);
            if let Some(&moved) = roster.list.get(at) {
                self.positions[moved as usize][kind] = at as u32;
            }
        }
        let links = std::mem::take(&mut self.links[v]);
        for link in &links {
            self.forget(link.other, place);
        }
        links
    }

    fn forget(&mut self, place: Place, other: Place) -> Option<Link> {
        let list = &mut self.links[place as usize];
        let at = list.iter().position(|link| link.other == other)?;
        Some(list.swap_remove(at))
    }

    /// Ends a contact; gives what `b` was to `a`.
    pub(crate) fn part(&mut self, a: Place, b: Place) -> Option<Link> {
        self.forget(b, a);
        self.forget(a, b)
    }

    /// Whether two know each other.
    pub(crate) fn tied(&self, a: Place, b: Place) -> bool {
        let (a, b) = if self.links[a as usize].len() <= self.links[b as usize].len() { (a, b) } else { (b, a) };
        self.links[a as usize].iter().any(|link| link.other == b)
    }

    /// `place` gets to know `link.other`, who must be there; nothing if they know each other.
    pub(crate) fn tie(&mut self, place: Place, link: Link) {
        if !self.tied(place, link.other) {
            self.links[link.other as usize].push(Link { other: place, rank: link.rank.mirrored(), ..link });
            self.links[place as usize].push(link);
        }
    }

    /// What `other` is to `place` by their levels.
    pub(crate) fn rank(&self, place: Place, other: Place) -> Rank {
        match self.level(other).cmp(&self.level(place)) {
            std::cmp::Ordering::Less => Rank::Superior,
            std::cmp::Ordering::Equal => Rank::Peer,
            std::cmp::Ordering::Greater => Rank::Subordinate,
        }
    }
}
