//! What investigators go for.

use super::State;
use crate::Place;
use crate::chance::Weights;
use crate::measure::{Present, betweenness};
use hydranet_topology::{Draw, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whom a strike hits. Pressure (how often it strikes) is the same under every policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// Whoever is exposed: small fry is what is caught.
    #[default]
    Opportunistic,
    /// Anybody of the deepest level that is left.
    BottomUp,
    /// Anybody of the uppermost level that is left: full knowledge, an upper bound of what investigators can do.
    TopDown,
    /// Who is most central; scores are taken anew before every arrest; of equals the lowest place.
    MostCentral(Centrality),
    /// Nobody is arrested: goods are seized from whoever is exposed.
    Seize,
}

/// A measure of who is central.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Centrality {
    /// Contacts. O(n) an arrest.
    #[default]
    Degree,
    /// Shortest paths through a person. O(n·m) an arrest.
    Betweenness,
}

impl Policy {
    /// Whom the next strike hits; `None` if nobody is there.
    pub(crate) fn choose(self, state: &State, weights: &Weights, rng: &mut TrialRng) -> Option<Place> {
        let everybody = state.roster(None);
        if everybody.is_empty() || weights.total() <= 0.0 {
            return None;
        }
        let on_level = |level: u32, rng: &mut TrialRng| {
            // in order of places, whatever order people came in
            let mut there: Vec<Place> = everybody.iter().copied().filter(|&v| state.level(v) == level).collect();
            there.sort_unstable();
            there[rng.below(there.len() as u32) as usize]
        };
        let levels = everybody.iter().map(|&v| state.level(v));
        Some(match self {
            Policy::Opportunistic | Policy::Seize => weights.draw(rng),
            Policy::BottomUp => on_level(levels.max()?, rng),
            Policy::TopDown => on_level(levels.min()?, rng),
            Policy::MostCentral(Centrality::Degree) => {
                let score = |v: Place| (state.links[v as usize].len(), std::cmp::Reverse(v));
                everybody.iter().copied().max_by_key(|&v| score(v))?
            }
            Policy::MostCentral(Centrality::Betweenness) => most_between(state)?,
        })
    }
}

fn most_between(state: &State) -> Option<Place> {
    let present = Present::of(state);
    let scores = betweenness(&present.contacts);
    let most = scores.iter().copied().fold(0.0, f64::max);
    // sums of shares differ by rounding between those who are equal
    let first = scores.iter().position(|&score| score >= most * (1.0 - 1e-9))?;
    Some(present.places[first])
}
