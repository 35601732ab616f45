//! Those who are there, and what can be said of them at one moment.

use super::{
    betweenness_centralisation, clustering, components, degree_centralisation, density, efficiency, local_efficiency,
    transitivity,
};
use crate::{Place, arrests::State};
use std::collections::BTreeSet;

/// Those who are there, as a graph of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Contacts by position among those who are there.
    pub contacts: Vec<Vec<u32>>,
    /// Their places, increasing.
    pub places: Vec<Place>,
}

impl Present {
    /// O(n + m).
    pub fn of(state: &State) -> Present {
        let mut position = vec![u32::MAX; state.places()];
        let places: Vec<Place> = (0..state.places() as u32).filter(|&v| state.is_present(v)).collect();
        for (i, &place) in places.iter().enumerate() {
            position[place as usize] = i as u32;
        }
        let row = |&place: &Place| state.contacts(place).map(|other| position[other as usize]).collect();
        Present { contacts: places.iter().map(row).collect(), places }
    }

    /// Those whom the top (all on level 0 who are there) reaches through people who are there, by level, over the people of that
    /// level at the start; `None` for a level that had nobody. O(n + m).
    pub fn reach_of_top(&self, state: &State) -> Vec<Option<f64>> {
        let mut seen: Vec<bool> = self.places.iter().map(|&place| state.level(place) == 0).collect();
        let mut stack: Vec<u32> = (0..seen.len() as u32).filter(|&v| seen[v as usize]).collect();
        let mut reached = vec![0u32; state.at_start().len()];
        while let Some(v) = stack.pop() {
            let level = state.level(self.places[v as usize]) as usize;
            reached[level] += 1;
            for &w in &self.contacts[v as usize] {
                if !std::mem::replace(&mut seen[w as usize], true) {
                    stack.push(w);
                }
            }
        }
        let share = |(&reached, &start): (&u32, &u32)| (start > 0).then(|| f64::from(reached) / f64::from(start));
        reached.iter().zip(state.at_start()).map(share).collect()
    }

    /// All measures at once. Costs O(n·m).
    pub fn snapshot(&self, state: &State) -> Snapshot {
        let contacts = &self.contacts;
        Snapshot {
            people: contacts.len() as u32,
            ties: contacts.iter().map(Vec::len).sum::<usize>() as u32 / 2,
            largest_component: components(contacts).first().copied().unwrap_or(0),
            density: density(contacts),
            efficiency: efficiency(contacts),
            local_efficiency: local_efficiency(contacts),
            transitivity: transitivity(contacts),
            clustering: clustering(contacts),
            degree_centralisation: degree_centralisation(contacts),
            betweenness_centralisation: betweenness_centralisation(contacts),
            reach_of_top: self.reach_of_top(state),
            names: self.places.iter().map(|&place| state.person(place)).collect(),
        }
    }
}

/// An organisation at one moment. Measures of too few people are NaN, as their functions say.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// Who is there.
    pub people: u32,
    /// Ties among them.
    pub ties: u32,
    /// Size of the largest component.
    pub largest_component: u32,
    /// See [`density`].
    pub density: f64,
    /// See [`efficiency`].
    pub efficiency: f64,
    /// See [`local_efficiency`].
    pub local_efficiency: f64,
    /// See [`transitivity`].
    pub transitivity: f64,
    /// See [`clustering`].
    pub clustering: f64,
    /// See [`degree_centralisation`].
    pub degree_centralisation: f64,
    /// See [`betweenness_centralisation`].
    pub betweenness_centralisation: f64,
    /// See [`Present::reach_of_top`].
    pub reach_of_top: Vec<Option<f64>>,
    /// Who they are: numbers of people, not of places.
    pub names: Vec<u32>,
}

/// Share of those who were there `before` that are there `after`; NaN if nobody was. O((n + m) log n).
pub fn stays<T: Ord>(before: &[T], after: &[T]) -> f64 {
    let after: BTreeSet<&T> = after.iter().collect();
    before.iter().filter(|name| after.contains(name)).count() as f64 / before.len() as f64
}
