//! Sums of past gains, over all rounds or over the last few.

use crate::GameError;
use std::collections::VecDeque;

/// Sums of gains, an arm each.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    window: Option<usize>,
    totals: Vec<f64>,
    recent: VecDeque<f64>,
    added: usize,
}

impl Memory {
    /// Over all rounds, or over the last `window` of them.
    pub(super) fn new(arms: usize, window: Option<usize>) -> Result<Memory, GameError> {
        super::learner::check_arms(arms)?;
        if window == Some(0) {
            return Err(GameError::Parameter {
                name: "memory",
                value: 0.0,
                allowed: "a memory holds at least one round",
            });
        }
        Ok(Memory { window, totals: vec![0.0; arms], recent: VecDeque::new(), added: 0 })
    }

    /// The sums.
    pub(super) fn totals(&self) -> &[f64] {
        &self.totals
    }

    /// Remembers a round, and forgets the one that falls out of the window. O(arms), amortised.
    pub(super) fn add(&mut self, gains: &[f64]) {
        self.totals.iter_mut().zip(gains).for_each(|(t, g)| *t += g);
        let Some(window) = self.window else { return };
        let arms = self.totals.len();
        self.recent.extend(gains);
        if self.recent.len() > window * arms {
            let totals = &mut self.totals;
            self.recent.drain(..arms).zip(totals).for_each(|(g, t)| *t -= g);
        }
        self.added += 1;
        if self.added.is_multiple_of(window) {
            // sums of differences drift: take them anew once a window
            self.totals.fill(0.0);
            for round in self.recent.make_contiguous().chunks_exact(arms) {
                self.totals.iter_mut().zip(round).for_each(|(t, g)| *t += g);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_the_sum_of_its_rounds() {
        for window in 1..6 {
            let mut memory = Memory::new(2, Some(window)).unwrap();
            let round = |t: usize| [0.1 * t as f64, 1.0 / (1.0 + t as f64)];
            for t in 0..40 {
                memory.add(&round(t));
                for arm in 0..2 {
                    let want: f64 = (0..=t).rev().take(window).map(|s| round(s)[arm]).sum();
                    assert!((memory.totals()[arm] - want).abs() < 1e-13);
                }
            }
        }
        assert!(Memory::new(2, Some(0)).is_err() && Memory::new(0, None).is_err());
    }
}
