//! A bank of detectors, one a coordinate, that alarms when any of them does.
//!
//! Looking at M coordinates gives M chances of a false alarm. With each detector calibrated to M times the mean time to a false alarm,
//! the bank's rate of false alarms is at most the stated one, however the coordinates depend on each other (Bonferroni). Unlike the joint
//! log-likelihood ratio it names the coordinate, and is not weighed down by coordinates that did not change.

use super::Detector;

/// Detectors of single coordinates with their thresholds. The statistic is the largest quotient of statistic and threshold: the bank's own
/// threshold is 1. Cost and memory are the sums of its members'.
#[derive(Debug, Clone)]
pub struct Bank<D> {
    members: Vec<(D, f64)>,
    quotients: Vec<f64>,
}

impl<D: Detector> Bank<D> {
    /// The threshold of every bank.
    pub const THRESHOLD: f64 = 1.0;

    /// Detector and threshold (> 0) of coordinate 0, 1, …
    ///
    /// # Panics
    /// If a threshold is not above 0.
    pub fn new(members: Vec<(D, f64)>) -> Bank<D> {
        assert!(members.iter().all(|(_, threshold)| *threshold > 0.0), "thresholds are above 0");
        Bank { quotients: vec![0.0; members.len()], members }
    }

    /// Whether each coordinate is at or above its threshold.
    pub fn alarms(&self) -> impl Iterator<Item = bool> + '_ {
        self.quotients.iter().map(|q| *q >= Self::THRESHOLD)
    }

    /// What a member must be calibrated to, so that a bank of so many has at least this mean time to a false alarm.
    pub fn member_arl0(arl0: f64, members: usize) -> f64 {
        arl0 * members as f64
    }
}

impl<D: Detector> Detector for Bank<D> {
    fn observe(&mut self, x: &[u32]) -> f64 {
        debug_assert_eq!(x.len(), self.members.len());
        let mut most = 0.0;
        for (m, (detector, threshold)) in self.members.iter_mut().enumerate() {
            self.quotients[m] = detector.observe(&x[m..=m]) / *threshold;
            most = f64::max(most, self.quotients[m]);
        }
        most
    }

    fn restart(&mut self) {
        self.members.iter_mut().for_each(|(detector, _)| detector.restart());
        self.quotients.fill(0.0);
    }
}
