//! How often each answer is given to each truth, and how sure it was.

use crate::attribution::{Kind, Posterior};

/// Confusion of none, tools and crew, with the log score. Merged by adding counts; scores are added in the order of the calls.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Confusion {
    counts: [[u64; 3]; 3],
    ln_score: f64,
}

impl Confusion {
    /// Adds a case.
    pub fn add(&mut self, truth: Kind, posterior: &Posterior) {
        self.counts[truth as usize][posterior.decision() as usize] += 1;
        self.ln_score += log_score(posterior, truth);
    }

    /// Cases with this truth that got this answer.
    pub fn count(&self, truth: Kind, answer: Kind) -> u64 {
        self.counts[truth as usize][answer as usize]
    }

    /// All cases.
    pub fn cases(&self) -> u64 {
        self.counts.iter().flatten().sum()
    }

    /// Share of the cases with this truth that got this answer; `None` without such cases.
    pub fn share(&self, truth: Kind, answer: Kind) -> Option<f64> {
        let of: u64 = self.counts[truth as usize].iter().sum();
        (of > 0).then(|| self.count(truth, answer) as f64 / of as f64)
    }

    /// Share of right answers; `None` without cases.
    pub fn accuracy(&self) -> Option<f64> {
        let right: u64 = Kind::ALL.iter().map(|&k| self.count(k, k)).sum();
        (self.cases() > 0).then(|| right as f64 / self.cases() as f64)
    }

    /// Mean log score, nats (≤ 0; 0 is certain and right; −ln 3 is what "I do not know" earns); `None` without cases.
    pub fn mean_log_score(&self) -> Option<f64> {
        (self.cases() > 0).then(|| self.ln_score / self.cases() as f64)
    }
}

/// ln of the chance that was given to the truth, nats (Good 1952): a proper score, largest on average for honest posteriors. Chances below 10⁻³⁰⁰
/// count as 10⁻³⁰⁰, so that one case cannot make a mean −∞.
pub fn log_score(posterior: &Posterior, truth: Kind) -> f64 {
    libm::log(f64::max(posterior.chances[truth as usize], 1e-300))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_scores() {
        let posterior = |chances| Posterior { chances, ln_ratio: 0.0 };
        let mut confusion = Confusion::default();
        assert_eq!((confusion.accuracy(), confusion.mean_log_score()), (None, None));
        confusion.add(Kind::Crew, &posterior([0.0, 0.25, 0.75]));
        confusion.add(Kind::Crew, &posterior([0.0, 0.75, 0.25]));
        confusion.add(Kind::None, &posterior([1.0, 0.0, 0.0]));
        assert_eq!(confusion.share(Kind::Crew, Kind::Tools), Some(0.5));
        assert_eq!(confusion.share(Kind::Tools, Kind::Tools), None);
        assert_eq!(confusion.accuracy(), Some(2.0 / 3.0));
        let want = (libm::log(0.75) + libm::log(0.25)) / 3.0;
        assert!((confusion.mean_log_score().unwrap() - want).abs() < 1e-15);
        assert!(log_score(&posterior([1.0, 0.0, 0.0]), Kind::Crew).is_finite());
    }
}
