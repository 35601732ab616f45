//! One side of the table: draws arms, keeps the books, and tells the learner what has become known.

use super::Account;
use super::settings::{Feedback, Mode};
use crate::learn::{Information, Learner, Observation, draw};
use crate::matrix::{dot, greatest};
use hydranet_topology::TrialRng;
use std::collections::VecDeque;

/// One player at the table.
pub(super) struct Seat<'a> {
    learner: &'a mut dyn Learner,
    feedback: Feedback,
    sampled: bool,
    pub(super) mixture: Vec<f64>,
    pub(super) arm: usize,
    pub(super) gains: Vec<f64>,
    used: Vec<f64>,
    totals: Vec<f64>,
    gain: f64,
    mixture_gain: f64,
    /// Rounds that are not yet known: mixture, gains, arm.
    late: VecDeque<(Vec<f64>, Vec<f64>, usize)>,
}

impl<'a> Seat<'a> {
    pub(super) fn new(learner: &'a mut dyn Learner, feedback: Feedback, mode: Mode) -> Seat<'a> {
        let mixture = learner.mixture().to_vec();
        let zeros = vec![0.0; mixture.len()];
        Seat {
            learner,
            feedback,
            sampled: mode == Mode::Sampled,
            arm: 0,
            gains: zeros.clone(),
            used: zeros.clone(),
            totals: zeros,
            mixture,
            gain: 0.0,
            mixture_gain: 0.0,
            late: VecDeque::new(),
        }
    }

    pub(super) fn choose(&mut self, rng: &mut TrialRng) {
        self.mixture.copy_from_slice(self.learner.mixture());
        if self.sampled {
            self.arm = draw(&self.mixture, rng);
            self.learner.played(self.arm);
        }
    }

    /// Books a round, and tells the learner what has become known.
    pub(super) fn settle(&mut self) {
        let mean = dot(&self.gains, &self.mixture);
        self.mixture_gain += mean;
        self.totals.iter_mut().zip(&self.gains).for_each(|(t, g)| *t += g);
        if self.sampled {
            self.gain += self.gains[self.arm];
            self.used[self.arm] += 1.0;
        } else {
            self.gain += mean;
            self.used.iter_mut().zip(&self.mixture).for_each(|(u, p)| *u += p);
        }
        if self.feedback.information == Information::Nothing {
            return;
        }
        if self.feedback.delay == 0 {
            tell(self.learner, self.feedback, self.sampled, &self.mixture, &self.gains, self.arm);
            return;
        }
        if self.late.len() < self.feedback.delay {
            self.late.push_back((self.mixture.clone(), self.gains.clone(), self.arm));
            return;
        }
        // the oldest round becomes known, and its memory holds the newest
        let Some(mut old) = self.late.pop_front() else { return };
        tell(self.learner, self.feedback, self.sampled, &old.0, &old.1, old.2);
        old.0.copy_from_slice(&self.mixture);
        old.1.copy_from_slice(&self.gains);
        old.2 = self.arm;
        self.late.push_back(old);
    }

    pub(super) fn account(&self, round: u64) -> Account {
        let best = greatest(&self.totals);
        Account {
            average: self.used.iter().map(|u| u / round as f64).collect(),
            gain: self.gain,
            regret: best - self.gain,
            mixture_regret: best - self.mixture_gain,
        }
    }
}

fn tell(learner: &mut dyn Learner, feedback: Feedback, sampled: bool, mixture: &[f64], gains: &[f64], arm: usize) {
    let full = feedback.information == Information::Full;
    learner.observe(&Observation {
        mixture,
        arm: sampled.then_some(arm),
        gain: if sampled { gains[arm] } else { dot(gains, mixture) },
        gains: full.then_some(gains),
    });
}
