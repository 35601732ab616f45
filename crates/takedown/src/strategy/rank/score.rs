//! Putting items in order of a real score.
//!
//! Scores that are equal in theory (the leaves of a star, the nodes of a ring) differ in the last bits, because floating
//! sums round. Scores are therefore compared after rounding to 40 bits (12 digits), and equals fall as the user asked.

use crate::strategy::Ties;
use hydranet_topology::{Draw, TrialRng};
use std::cmp::Reverse;

/// Bits of the mantissa that are not looked at.
const NOISE_BITS: u32 = 13;

/// The items `0..scores.len()` by falling score, ties as told; scores are finite and not negative. O(n log n).
pub(crate) fn by_falling_real(scores: &[f64], ties: Ties, rng: &mut TrialRng) -> Vec<u32> {
    let mut order = match ties {
        Ties::Random => rng.permutation(scores.len() as u32),
        Ties::Id => (0..scores.len() as u32).collect(),
    };
    order.sort_by_key(|&i| Reverse(rounded(scores[i as usize]))); // stable: equals keep their place
    order
}

/// A key that rises with the score. The bits of floats that are not negative rise with their value.
fn rounded(score: f64) -> u64 {
    debug_assert!(score >= 0.0 && score.is_finite(), "scores are finite and not negative: {score}");
    (score.abs().to_bits() + (1 << (NOISE_BITS - 1))) >> NOISE_BITS
}

/// Fails the test unless `order` falls by `scores`, up to rounding noise.
#[cfg(test)]
pub(crate) fn assert_falling(order: &[u32], scores: &[f64]) {
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    assert!(sorted.into_iter().eq(0..scores.len() as u32), "an order names every item once");
    for pair in order.windows(2) {
        let (a, b) = (scores[pair[0] as usize], scores[pair[1] as usize]);
        assert!(a >= b - 1e-9 * b.abs().max(1e-6), "{} before {}", a, b);
    }
}

/// Fails the test unless the strategy's order falls by `scores`, up to rounding noise.
#[cfg(test)]
pub(crate) fn assert_ranks(strategy: &dyn crate::Strategy, overlay: &hydranet_overlay::Overlay, scores: &[f64]) {
    use hydranet_topology::{Purpose, Trial, trial_rng};
    let mut task = crate::Task::new(trial_rng(2, Trial::network(0), Purpose::Order));
    let crate::Items::Nodes(order) = strategy.nodes(overlay, &mut task).unwrap().items else { unreachable!() };
    assert_falling(&order, scores);
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn noise_does_not_decide() {
        let rng = &mut trial_rng(1, Trial::network(0), Purpose::Order);
        let noisy = [0.1 + 0.2, 0.3, 0.0, 2.0, 0.3 + 1e-9];
        assert_eq!(by_falling_real(&noisy, Ties::Id, rng), [3, 4, 0, 1, 2]);
        let firsts = (0..400).filter(|_| by_falling_real(&noisy, Ties::Random, rng)[2] == 0).count();
        assert!((150..250).contains(&firsts), "{firsts}");
    }
}
