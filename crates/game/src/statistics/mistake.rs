//! "They will not make the same mistake twice": does an operator return to the arm that was just taken down?
//!
//! The share of takedowns after which the same arm is played again within k rounds, beside two yardsticks: play that is
//! independent of the past with a given mixture, and the same arms in random order. A low share is memory. Whether memory is
//! an advantage is another question; see [`crate::classic::Hider::price_of_memory`].

use crate::{GameError, Side, check_mixture};
use hydranet_topology::{Draw, TrialRng};

/// The statistic and its yardsticks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SameMistake {
    /// Takedowns that have k rounds after them.
    pub takedowns: usize,
    /// The share of them after which the same arm is played within k rounds.
    pub share: f64,
    /// The mean share under permutations of the arms.
    pub permuted: f64,
    /// P(share as low or lower | random order), with the observed order counted; small means memory.
    pub p_lower: f64,
    /// P(share as high or higher | random order); small means habit.
    pub p_higher: f64,
}

/// Measures it: `arms` and `taken_down` have one entry a round; arms are permuted while takedowns keep their rounds. The last
/// k rounds count as sequels only. `None` without a takedown that has k rounds after it. O(rounds · k · permutations).
///
/// # Errors
/// [`GameError::Parameter`] for `within` = 0, no permutation, or sequences of different length.
pub fn same_mistake(
    arms: &[u32],
    taken_down: &[bool],
    within: usize,
    permutations: usize,
    rng: &mut TrialRng,
) -> Result<Option<SameMistake>, GameError> {
    if within == 0 {
        return Err(GameError::Parameter { name: "within", value: 0.0, allowed: "at least one round" });
    }
    if permutations == 0 {
        return Err(GameError::Parameter { name: "permutations", value: 0.0, allowed: "at least one" });
    }
    if arms.len() != taken_down.len() {
        let value = taken_down.len() as f64;
        return Err(GameError::Parameter {
            name: "takedowns",
            value,
            allowed: "one entry for each arm that was played",
        });
    }
    let end = arms.len().saturating_sub(within);
    let rounds: Vec<usize> = (0..end).filter(|&t| taken_down[t]).collect();
    if rounds.is_empty() {
        return Ok(None);
    }
    let repeats = |arms: &[u32]| rounds.iter().filter(|&&t| arms[t + 1..=t + within].contains(&arms[t])).count();
    let seen = repeats(arms);
    let (mut lower, mut higher, mut sum) = (1usize, 1usize, 0usize);
    let mut order = arms.to_vec();
    for _ in 0..permutations {
        rng.shuffle(&mut order);
        let found = repeats(&order);
        lower += usize::from(found <= seen);
        higher += usize::from(found >= seen);
        sum += found;
    }
    let takedowns = rounds.len();
    let of_all = (permutations + 1) as f64;
    Ok(Some(SameMistake {
        takedowns,
        share: seen as f64 / takedowns as f64,
        permuted: sum as f64 / (permutations * takedowns) as f64,
        p_lower: lower as f64 / of_all,
        p_higher: higher as f64 / of_all,
    }))
}

/// The share that independent play of a mixture would have, given which arms were taken down: the mean over takedowns of
/// 1 − (1 − x_arm)^k. `None` without takedowns.
///
/// # Errors
/// [`GameError::Mixture`], or [`GameError::Parameter`] for an arm that the mixture does not have.
pub fn same_mistake_by_chance(taken_down: &[u32], mixture: &[f64], within: u32) -> Result<Option<f64>, GameError> {
    check_mixture(Side::Row, mixture, mixture.len())?;
    if let Some(&arm) = taken_down.iter().find(|&&arm| arm as usize >= mixture.len()) {
        return Err(GameError::Parameter { name: "arm", value: f64::from(arm), allowed: "one that the mixture has" });
    }
    let again = |arm: u32| -libm::expm1(f64::from(within) * libm::log1p(-mixture[arm as usize]));
    let sum: f64 = taken_down.iter().map(|&arm| again(arm)).sum();
    Ok((!taken_down.is_empty()).then(|| sum / taken_down.len() as f64))
}

#[cfg(test)]
mod tests {
    use super::super::tests::rng;
    use super::*;

    #[test]
    fn repeats_are_counted_by_hand() {
        let arms = [0, 1, 0, 2, 2, 1];
        let hit = [true, true, false, true, false, true];
        // within 1: rounds 0 (then 1: no), 1 (then 0: no), 3 (then 2: yes); the last round has no sequel
        let found = same_mistake(&arms, &hit, 1, 10, &mut rng(1)).unwrap().unwrap();
        assert_eq!((found.takedowns, found.share), (3, 1.0 / 3.0));
        // within 2: round 0 (1, 0: yes), 1 (0, 2: no), 3 (2, 1: yes)
        assert_eq!(same_mistake(&arms, &hit, 2, 10, &mut rng(1)).unwrap().unwrap().share, 2.0 / 3.0);
        assert_eq!(same_mistake(&arms, &[false; 6], 1, 10, &mut rng(1)).unwrap(), None);
        assert_eq!(same_mistake(&arms, &hit, 6, 10, &mut rng(1)).unwrap(), None);
        assert!(same_mistake(&arms, &hit[1..], 1, 10, &mut rng(1)).is_err());
        assert!(same_mistake(&arms, &hit, 0, 10, &mut rng(1)).is_err());
    }

    #[test]
    fn memory_is_told_from_chance() {
        let mut draws = rng(2);
        let hit: Vec<bool> = (0..400).map(|_| draws.chance(0.3)).collect();
        // who draws anew, against who never plays the arm of the round before
        let even: Vec<u32> = (0..400).map(|_| draws.below(4)).collect();
        let mut moving = vec![0u32];
        for t in 1..400 {
            let other = draws.below(3);
            moving.push(other + u32::from(other >= moving[t - 1]));
        }
        let chance = same_mistake(&even, &hit, 1, 500, &mut draws).unwrap().unwrap();
        assert!(chance.p_lower > 0.01 && chance.p_higher > 0.01, "{chance:?}");
        let memory = same_mistake(&moving, &hit, 1, 500, &mut draws).unwrap().unwrap();
        assert_eq!((memory.share, memory.p_lower), (0.0, 1.0 / 501.0));
        assert!((memory.permuted - 0.25).abs() < 0.03);
        let expected = same_mistake_by_chance(&[0, 1, 3], &[0.25; 4], 2).unwrap().unwrap();
        assert!((expected - 0.4375).abs() < 1e-12);
        assert!(same_mistake_by_chance(&[4], &[0.25; 4], 2).is_err());
        assert_eq!(same_mistake_by_chance(&[0], &[1.0], 1).unwrap(), Some(1.0));
    }
}
