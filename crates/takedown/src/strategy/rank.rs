//! Putting nodes in order of a score, and what happens between equals.

pub(super) mod batch;
pub(super) mod score;

use hydranet_topology::{Draw, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who falls first among equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ties {
    /// Any of them, with equal chances.
    #[default]
    Random,
    /// The one with the lowest node number.
    Id,
}

/// The items `0..count` by falling score, ties as told. O(count + highest score), by counting.
pub(crate) fn by_falling_score(count: u32, score: impl Fn(u32) -> u32, ties: Ties, rng: &mut TrialRng) -> Vec<u32> {
    let before = match ties {
        Ties::Random => rng.permutation(count),
        Ties::Id => (0..count).collect(),
    };
    let highest = (0..count).map(&score).max().unwrap_or(0) as usize;
    // place[s]: where the next item of score s goes; higher scores come first
    let mut place = vec![0u32; highest + 2];
    for v in 0..count {
        place[highest - score(v) as usize + 1] += 1;
    }
    for s in 1..place.len() {
        place[s] += place[s - 1];
    }
    let mut order = vec![0; count as usize];
    for v in before {
        let slot = &mut place[highest - score(v) as usize];
        order[*slot as usize] = v;
        *slot += 1;
    }
    order
}
