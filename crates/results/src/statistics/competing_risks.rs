//! What ended each wait, when several ends compete: cumulative incidence of every cause together.
//!
//! An orphaned network is taken by a rival, claimed by the defender or cleaned up, whichever comes first. Treating the other
//! causes as mere cut-offs (1 − Kaplan–Meier a cause) answers what would happen if they did not exist: those shares add up
//! to more than 1. Aalen–Johansen's product-limit form adds up to exactly what is no longer waiting.

use super::kaplan_meier;

/// One wait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wait {
    /// Its network: waits on one network are one cluster.
    pub network: u64,
    /// When it ended or was cut off, in any unit (finite, ≥ 0).
    pub time: f64,
    /// What ended it, from 0; `None` where it was cut off (after the events of the same time).
    pub cause: Option<u32>,
}

/// Why waits were refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadWaits {
    /// A time that is no waiting time.
    #[error(
        "wait {index} has time {time}; times are finite and 0 or more: leave the wait out, or cut it off at the horizon"
    )]
    Time {
        /// Position among the waits, from 0.
        index: usize,
        /// The time.
        time: f64,
    },
    /// A cause that was not announced.
    #[error("wait {index} ended by cause {cause}, but there are {causes}, numbered from 0: announce all causes")]
    Cause {
        /// Position among the waits, from 0.
        index: usize,
        /// The cause.
        cause: u32,
        /// How many there are.
        causes: u32,
    },
    /// Nothing to compare.
    #[error("group {group} of {groups} has no waits; a comparison needs two groups or more, each with a wait")]
    Group {
        /// The empty group, from 0.
        group: usize,
        /// How many groups there are.
        groups: usize,
    },
}

/// Waits with competing ends, checked and in order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct CompetingRisks {
    waits: Vec<Wait>,
    causes: u32,
}

impl CompetingRisks {
    /// Takes waits that end by one of `causes` causes, or are cut off. A cause that never occurs is allowed: its incidence
    /// is 0. O(n log n).
    ///
    /// # Errors
    /// The first wait whose time is negative or not finite, or whose cause was not announced.
    pub fn new(waits: impl IntoIterator<Item = Wait>, causes: u32) -> Result<CompetingRisks, BadWaits> {
        let mut waits: Vec<Wait> = waits.into_iter().collect();
        for (index, wait) in waits.iter().enumerate() {
            if !(wait.time.is_finite() && wait.time >= 0.0) {
                return Err(BadWaits::Time { index, time: wait.time });
            }
            if let Some(cause) = wait.cause.filter(|&cause| cause >= causes) {
                return Err(BadWaits::Cause { index, cause, causes });
            }
        }
        // stable: the waits of one time stay in the order in which they came
        waits.sort_by(|a, b| (a.time + 0.0).total_cmp(&(b.time + 0.0)));
        Ok(CompetingRisks { waits, causes })
    }

    /// The waits, in order of time.
    pub fn waits(&self) -> &[Wait] {
        &self.waits
    }

    /// Number of causes.
    pub fn causes(&self) -> u32 {
        self.causes
    }

    /// The Aalen–Johansen estimate (1978) of all causes: F_j(t) = Σ S(t−) d_j/n, S the Kaplan–Meier estimate of still
    /// waiting. O(n + times · causes).
    ///
    /// ```
    /// use hydranet_results::statistics::{CompetingRisks, Wait};
    /// let wait = |time, cause| Wait { network: 0, time, cause };
    /// let risks = CompetingRisks::new([wait(1.0, Some(0)), wait(2.0, Some(1)), wait(3.0, None), wait(4.0, Some(0))], 2)?;
    /// let curve = risks.incidence();
    /// assert_eq!((curve.at(0, 2.5), curve.at(1, 2.5), curve.waiting_at(2.5)), (0.25, 0.25, 0.5));
    /// assert_eq!((curve.at(0, 4.0), curve.waiting_at(4.0)), (0.75, 0.0)); // who was cut off counts with those who went on
    /// # Ok::<(), hydranet_results::statistics::BadWaits>(())
    /// ```
    pub fn incidence(&self) -> Incidence {
        incidence(&self.waits, self.causes)
    }

    /// 1 − Kaplan–Meier of one cause, all others taken for cut-offs, as `(time, share)`: **not** an incidence. It
    /// says what would be seen were the other causes abolished and independent; over the causes it adds up to more than 1.
    /// Offered only to be drawn over [`CompetingRisks::incidence`], labelled. O(n log n).
    pub fn naive_one_minus_km_overlay(&self, cause: u32) -> Vec<(f64, f64)> {
        let waits: Vec<(f64, bool)> = self.waits.iter().map(|w| (w.time, w.cause == Some(cause))).collect();
        kaplan_meier(&waits, super::LEVEL).iter().map(|s| (s.time, 1.0 - s.share)).collect()
    }
}

/// Cumulative incidence of all causes just after each time at which something ended.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Incidence {
    /// Times with an event, increasing.
    pub times: Vec<f64>,
    /// Waits that had neither ended nor been cut off before each time.
    pub at_risk: Vec<u64>,
    /// Share still waiting, S; with the incidences it adds up to 1.
    pub waiting: Vec<f64>,
    /// By cause, then by time.
    pub by_cause: Vec<Vec<f64>>,
}

impl Incidence {
    /// Share that ended by `cause` up to and with `time`. O(log times).
    ///
    /// # Panics
    /// If there is no such cause.
    pub fn at(&self, cause: u32, time: f64) -> f64 {
        step(&self.times, &self.by_cause[cause as usize], time, 0.0)
    }

    /// Share that still waits just after `time`. O(log times).
    pub fn waiting_at(&self, time: f64) -> f64 {
        step(&self.times, &self.waiting, time, 1.0)
    }
}

fn step(times: &[f64], values: &[f64], time: f64, before: f64) -> f64 {
    let passed = times.partition_point(|&t| t <= time);
    if passed == 0 { before } else { values[passed - 1] }
}

/// Of waits in order of time.
pub(super) fn incidence(waits: &[Wait], causes: u32) -> Incidence {
    let mut curve = Incidence { by_cause: vec![Vec::new(); causes as usize], ..Incidence::default() };
    let (mut left, mut share) = (waits.len() as u64, 1.0);
    let mut total = vec![0.0; causes as usize];
    let mut ended = vec![0u64; causes as usize];
    for same in waits.chunk_by(|a, b| a.time == b.time) {
        ended.fill(0);
        for cause in same.iter().filter_map(|wait| wait.cause) {
            ended[cause as usize] += 1;
        }
        let events: u64 = ended.iter().sum();
        if events > 0 {
            for (total, &ended) in total.iter_mut().zip(&ended) {
                *total += share * ended as f64 / left as f64;
            }
            share = if events == left { 0.0 } else { share * (left - events) as f64 / left as f64 };
            curve.times.push(same[0].time);
            curve.at_risk.push(left);
            curve.waiting.push(share);
            for (column, &total) in curve.by_cause.iter_mut().zip(&total) {
                column.push(total);
            }
        }
        left -= same.len() as u64;
    }
    curve
}

#[cfg(test)]
#[path = "competing_risks_tests.rs"]
mod tests;
