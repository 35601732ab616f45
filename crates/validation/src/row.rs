//! A row: what is compared with what, and when the two agree.

use crate::allowance::Allowance;
use crate::feature::{Evidence, Feature};
use hydranet_results::statistics::{Interval, mean, student_t_interval};
use statrs::distribution::{Beta, ContinuousCDF};

/// The chance that the interval of one random row misses an expectation that is right: 1 in 5,000. With fewer than 250 random rows a
/// whole run fails by chance in less than one of twenty seeds (Bonferroni: nothing is assumed of how rows depend on each other).
pub const MISS: f64 = 2e-4;

/// Where the values of a row stand: columns of the replicates of a work of its group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Reads {
    /// One number, without chance: the first replicate.
    Exact(usize),
    /// The mean over independent replicates; Student's interval.
    Mean(usize),
    /// The same where the reference is itself one draw, of another program: the interval of one further replicate.
    OneDraw(usize),
    /// Yes in so many of so many *independent* draws, added up over replicates; the interval of Clopper and Pearson.
    Share { hits: usize, draws: usize },
    /// The limit of a fit a + b·N^(−x) to a mean at two sizes.
    Sizes { small: usize, large: usize, ratio: f64 },
}

/// One row, before it is measured.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) covers: Vec<Feature>,
    pub(crate) evidence: Evidence,
    pub(crate) source: String,
    pub(crate) reference: f64,
    pub(crate) allowance: Allowance,
    /// The work of its group.
    pub(crate) work: usize,
    pub(crate) reads: Reads,
}

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measured {
    pub(crate) value: f64,
    /// None where there is no chance.
    pub(crate) interval: Option<Interval>,
    /// What a fit at two sizes took away.
    pub(crate) first_order: f64,
}

impl Reads {
    /// Reads the replicates, one row of columns each, at a level.
    pub(crate) fn measure(self, runs: &[Vec<f64>], exponent: f64, level: f64) -> Measured {
        let column = |i: usize| -> Vec<f64> { runs.iter().map(|run| run[i]).collect() };
        let means = |values: Vec<f64>, first_order: f64| Measured {
            value: mean(&values).unwrap_or(f64::NAN),
            interval: student_t_interval(&values, level),
            first_order,
        };
        match self {
            Reads::Exact(i) => Measured { value: runs[0][i], interval: None, first_order: 0.0 },
            Reads::Mean(i) => means(column(i), 0.0),
            Reads::OneDraw(i) => {
                let means = means(column(i), 0.0);
                let wider = (1.0 + runs.len() as f64).sqrt();
                let widen = |i: Interval| {
                    let half = wider * (i.hi - i.lo) / 2.0;
                    Interval { lo: means.value - half, hi: means.value + half }
                };
                Measured { interval: means.interval.map(widen), ..means }
            }
            Reads::Share { hits, draws } => {
                let (hits, draws) = (column(hits).iter().sum::<f64>(), column(draws).iter().sum::<f64>());
                Measured { value: hits / draws, interval: Some(clopper_pearson(hits, draws, level)), first_order: 0.0 }
            }
            Reads::Sizes { small, large, ratio } => {
                let left = libm::pow(ratio, exponent) - 1.0;
                let shifts: Vec<f64> = runs.iter().map(|run| (run[small] - run[large]) / left).collect();
                let limits = runs.iter().zip(&shifts).map(|(run, shift)| run[large] - shift).collect();
                means(limits, mean(&shifts).unwrap_or(f64::NAN))
            }
        }
    }

    /// Whether chance takes part.
    pub(crate) fn is_random(self) -> bool {
        !matches!(self, Reads::Exact(_))
    }
}

impl Row {
    /// Its values at a level.
    pub(crate) fn measure(&self, runs: &[Vec<f64>], level: f64) -> Measured {
        let exponent = if let Allowance::FiniteSize { exponent } = self.allowance { exponent } else { 1.0 };
        self.reads.measure(runs, exponent, level)
    }

    /// Whether the reference lies in the interval, widened by the allowance and by nothing else.
    pub(crate) fn holds(&self, measured: &Measured) -> bool {
        let width = self.allowance.width(self.reference, measured.first_order);
        let Interval { lo, hi } = measured.interval.unwrap_or(Interval { lo: measured.value, hi: measured.value });
        // means of equal numbers differ from them by the roundings of a sum
        let sums = if self.reads.is_random() { 64.0 * f64::EPSILON * self.reference.abs().max(1.0) } else { 0.0 };
        (measured.value == self.reference)
            || (lo - width - sums <= self.reference && self.reference <= hi + width + sums)
    }
}

/// The exact interval for a share (Clopper & Pearson 1934): never covers less than its level.
pub(crate) fn clopper_pearson(hits: f64, draws: f64, level: f64) -> Interval {
    let tail = (1.0 - level) / 2.0;
    let end = |a: f64, b: f64, share: f64| Beta::new(a, b).expect("positive shapes").inverse_cdf(share);
    Interval {
        lo: if hits == 0.0 { 0.0 } else { end(hits, draws - hits + 1.0, tail) },
        hi: if hits == draws { 1.0 } else { end(hits + 1.0, draws - hits, 1.0 - tail) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R's binom.test: 0 of 10 → .3085, 7 of 20 → .1539 … .5922; and the definition at a far level.
    #[test]
    fn exact_intervals_are_those_of_r() {
        let close = |a: f64, b: f64| assert!((a - b).abs() < 5e-5, "{a} instead of {b}");
        close(clopper_pearson(0.0, 10.0, 0.95).hi, 0.3085);
        close(clopper_pearson(7.0, 20.0, 0.95).lo, 0.1539);
        close(clopper_pearson(7.0, 20.0, 0.95).hi, 0.5922);
        // no hit in n draws at level 1 − α: 1 − (α/2)^(1/n)
        close(clopper_pearson(0.0, 500.0, 1.0 - MISS).hi, 1.0 - libm::pow(MISS / 2.0, 1.0 / 500.0));
        close(clopper_pearson(5.0, 5.0, 0.95).hi, 1.0);
    }

    /// a + b/∛N: the limit is found, and the shift at the larger size is what is taken away.
    #[test]
    fn two_sizes_give_the_limit() {
        let at = |n: f64| 0.7 - 0.5 / libm::cbrt(n);
        let runs = vec![vec![at(1000.0), at(8000.0)]; 2];
        let found = Reads::Sizes { small: 0, large: 1, ratio: 8.0 }.measure(&runs, 1.0 / 3.0, 0.95);
        assert!((found.value - 0.7).abs() < 1e-12 && (found.first_order - (-0.025)).abs() < 1e-12, "{found:?}");
    }

    /// The verdict knows the interval and the allowance, nothing else.
    #[test]
    fn a_wrong_reference_fails() {
        let row = |reference, allowance, reads| Row {
            name: "x".into(),
            covers: Vec::new(),
            evidence: Evidence::ClosedForm,
            source: "x".into(),
            reference,
            allowance,
            work: 0,
            reads,
        };
        let runs: Vec<Vec<f64>> = (0..40).map(|i| vec![f64::from(i % 2), 1.0]).collect();
        let holds = |row: Row| row.holds(&row.measure(&runs, 1.0 - MISS));
        assert!(holds(row(0.5, Allowance::None, Reads::Mean(0))));
        assert!(!holds(row(0.9, Allowance::None, Reads::Mean(0))));
        assert!(holds(row(0.5, Allowance::None, Reads::Share { hits: 0, draws: 1 })));
        assert!(!holds(row(0.1, Allowance::None, Reads::Share { hits: 0, draws: 1 })));
        assert!(holds(row(1.0, Allowance::None, Reads::Exact(1))));
        assert!(!holds(row(1.0 + 1e-9, Allowance::None, Reads::Exact(1))));
        assert!(holds(row(1.004, Allowance::printed(2), Reads::Exact(1))));
        assert!(!holds(row(1.006, Allowance::printed(2), Reads::Exact(1))));
        assert!(!holds(row(f64::NAN, Allowance::None, Reads::Mean(0))), "what is not a number agrees with nothing");
    }
}
