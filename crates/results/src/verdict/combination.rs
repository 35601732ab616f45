//! Weighted sums and quotients of what several cells come to, over the trials that all of them have.

use crate::metric::Summing;
use crate::observations::Group;
use crate::statistics::{Clustered, Contrast, Interval, student_t_quantile};
use crate::{Reading, TrialReading};
use std::collections::BTreeMap;

/// Cells whose trials share their random streams.
pub(super) struct Together<'g> {
    groups: Vec<&'g Group>,
    summing: Summing,
    /// The readings of the trials that every cell has a value of, one a group.
    trials: BTreeMap<(u64, u64), Vec<Reading>>,
}

impl<'g> Together<'g> {
    pub(super) fn new(summing: Summing, groups: Vec<&'g Group>) -> Together<'g> {
        let mut trials: BTreeMap<(u64, u64), Vec<Reading>> = BTreeMap::new();
        for (rank, group) in groups.iter().enumerate() {
            for TrialReading { number, reading } in &group.trials {
                let usable = match (summing, reading) {
                    (Summing::Total, Reading::Quotient { over, under }) => *over != 0.0 || *under != 0.0,
                    _ => reading.value().is_some(),
                };
                let found = trials.entry(*number).or_default();
                if usable && found.len() == rank {
                    found.push(*reading);
                }
            }
        }
        trials.retain(|_, readings| readings.len() == groups.len());
        Together { groups, summing, trials }
    }

    fn cluster(&self, number: (u64, u64)) -> u64 {
        self.groups[0].independent().cluster(number)
    }

    /// Σ weight · cell with its standard error by clusters: what the cells of a trial share cancels. Quotients of totals are
    /// linearised (Cochran 1977, §6.3). `None` without common trials, or where a total is divided by 0. O(trials · cells).
    pub(super) fn weighted(&self, weights: &[f64]) -> Option<Contrast> {
        match self.summing {
            Summing::Total => self.weighted_totals(weights),
            _ => {
                let sum = |readings: &Vec<Reading>| {
                    let values = readings.iter().map(|r| r.value().expect("only such trials are kept"));
                    weights.iter().zip(values).map(|(w, x)| w * x).sum::<f64>()
                };
                let sums = self.trials.iter().map(|(number, readings)| (self.cluster(*number), sum(readings)));
                Clustered::new(sums).ok()?.contrast()
            }
        }
    }

    fn weighted_totals(&self, weights: &[f64]) -> Option<Contrast> {
        let parts = |reading: &Reading| match reading {
            Reading::Quotient { over, under } => (*over, *under),
            _ => (reading.value().unwrap_or(0.0), 1.0),
        };
        let mut totals = vec![(0.0, 0.0); self.groups.len()];
        for (total, reading) in self.trials.values().flat_map(|readings| (0..).zip(readings)) {
            let (over, under) = parts(reading);
            let sums: &mut (f64, f64) = &mut totals[total];
            *sums = (sums.0 + over, sums.1 + under);
        }
        if self.trials.is_empty() || totals.iter().any(|(_, under)| *under == 0.0) {
            return None;
        }
        let residuals = self.trials.iter().map(|(number, readings)| {
            let one = |((reading, (over, under)), weight): ((&Reading, &(f64, f64)), &f64)| {
                let (a, b) = parts(reading);
                weight * (a - over / under * b) / under
            };
            (self.cluster(*number), readings.iter().zip(&totals).zip(weights).map(one).sum::<f64>())
        });
        let mut clusters: BTreeMap<u64, f64> = BTreeMap::new();
        residuals.for_each(|(cluster, residual)| *clusters.entry(cluster).or_default() += residual);
        let g = clusters.len() as f64;
        let squares = clusters.values().map(|residual| residual * residual).sum::<f64>();
        Some(Contrast {
            mean: weights.iter().zip(&totals).map(|(w, (over, under))| w * over / under).sum(),
            sd: None,
            error: (clusters.len() > 1).then(|| (g / (g - 1.0) * squares).sqrt()),
            pairs: self.trials.len() as u64,
            clusters: clusters.len() as u64,
        })
    }

    /// The quotient of the first two cells.
    pub(super) fn ratio(&self) -> Option<Ratio> {
        let [over, under, between] = [[1.0, 0.0], [0.0, 1.0], [1.0, -1.0]].map(|weights| self.weighted(&weights));
        Some(Ratio { over: over?, under: under?, between: between? })
    }
}

/// A quotient of two estimates that share their noise.
pub(super) struct Ratio {
    over: Contrast,
    under: Contrast,
    /// Their difference: tells how much of the noise is shared.
    between: Contrast,
}

impl Ratio {
    pub(super) fn value(&self) -> Option<f64> {
        (self.under.mean != 0.0).then(|| self.over.mean / self.under.mean)
    }

    pub(super) fn clusters(&self) -> u64 {
        self.over.clusters
    }

    /// The quotients R for which over − R · under cannot be told from 0 (Fieller 1954); `None` where those are not between two
    /// numbers, since the denominator cannot be told from 0, or below two clusters.
    pub(super) fn interval(&self, level: f64) -> Option<Interval> {
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
