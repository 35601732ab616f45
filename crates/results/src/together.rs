//! Weighted sums and quotients of what several cells come to, over the trials that all of them have: differences and verdicts
//! are made of these.

use crate::metric::Summing;
use crate::observations::Group;
use crate::statistics::{Clustered, Contrast, Interval, student_t_quantile, weighted_totals};
use crate::{Independent, Reading, TrialReading};
use std::collections::BTreeMap;

/// Cells whose trials share their random streams.
pub(crate) struct Together {
    summing: Summing,
    independent: Independent,
    /// The readings of the trials that every cell has a value of, one a group.
    trials: BTreeMap<(u64, u64), Vec<Reading>>,
}

impl Together {
    /// # Panics
    /// If there is no cell.
    pub(crate) fn new(summing: Summing, groups: &[&Group]) -> Together {
        let mut trials: BTreeMap<(u64, u64), Vec<Reading>> = BTreeMap::new();
        for (rank, group) in groups.iter().enumerate() {
            for TrialReading { number, reading } in &group.trials {
                let usable = match (summing, reading) {
                    (Summing::Total, Reading::Quotient { over, under }) => *over != 0.0 || *under != 0.0,
                    (Summing::Total, _) => false,
                    _ => reading.value().is_some(),
                };
                let found = trials.entry(*number).or_default();
                if usable && found.len() == rank {
                    found.push(*reading);
                }
            }
        }
        trials.retain(|_, readings| readings.len() == groups.len());
        Together { summing, independent: groups[0].independent(), trials }
    }

    fn cluster(&self, number: (u64, u64)) -> u64 {
        self.independent.cluster(number)
    }

    /// How many trials all cells have.
    pub(crate) fn len(&self) -> usize {
        self.trials.len()
    }

    /// Σ weight · cell with its standard error by clusters: what the cells of a trial share cancels. `None` without common trials,
    /// or where a total is divided by 0. O(trials · cells · log).
    pub(crate) fn weighted(&self, weights: &[f64]) -> Option<Contrast> {
        let trials = self.trials.iter().map(|(number, readings)| (self.cluster(*number), readings));
        match self.summing {
            Summing::Total => {
                let parts = |reading: &Reading| match reading {
                    Reading::Quotient { over, under } => [*over, *under],
                    _ => unreachable!("only quotients are kept of a metric of totals"),
                };
                let quotients = trials.map(|(cluster, all)| (cluster, all.iter().map(parts).collect()));
                weighted_totals(&quotients.collect::<Vec<_>>(), weights)
            }
            _ => {
                let value = |reading: &Reading| reading.value().expect("only trials with values are kept");
                let sum = |all: &Vec<Reading>| weights.iter().zip(all).map(|(w, r)| w * value(r)).sum::<f64>();
                let sums = trials.map(|(cluster, all)| (cluster, sum(all)));
                Clustered::new(sums).expect("what cannot be measured is missing").contrast()
            }
        }
    }

    /// The quotient of the first two cells.
    pub(crate) fn ratio(&self) -> Option<Ratio> {
        let [over, under, between] = [[1.0, 0.0], [0.0, 1.0], [1.0, -1.0]].map(|weights| self.weighted(&weights));
        Some(Ratio { over: over?, under: under?, between: between? })
    }
}

/// A quotient of two estimates that share their noise.
pub(crate) struct Ratio {
    over: Contrast,
    under: Contrast,
    /// Their difference: tells how much of the noise is shared.
    between: Contrast,
}

impl Ratio {
    pub(crate) fn value(&self) -> Option<f64> {
        (self.under.mean != 0.0).then(|| self.over.mean / self.under.mean)
    }

    pub(crate) fn clusters(&self) -> u64 {
        self.over.clusters
    }

    /// The quotients R for which over − R · under cannot be told from 0 (Fieller 1954); `None` where those are not between two
    /// numbers, since the denominator cannot be told from 0, or below two clusters.
    pub(crate) fn interval(&self, level: f64) -> Option<Interval> {
        let t = student_t_quantile(0.5 + level / 2.0, usize::try_from(self.clusters()).ok()?.checked_sub(1)?.max(1));
        let square = |c: &Contrast| c.error.map(|e| e * e);
        let (aa, bb, dd) = (square(&self.over)?, square(&self.under)?, square(&self.between)?);
        let ab = (aa + bb - dd) / 2.0;
        let (x, y, tt) = (self.over.mean, self.under.mean, t * t);
        let (a, b, c) = (y * y - tt * bb, x * y - tt * ab, x * x - tt * aa);
        if a <= 0.0 {
            return None;
        }
        // there but for rounding: R = x/y always solves
        let root = (b * b - a * c).max(0.0).sqrt();
        Some(Interval { lo: (b - root) / a, hi: (b + root) / a })
    }
}
