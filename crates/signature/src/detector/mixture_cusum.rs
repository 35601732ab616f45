//! CUSUM against a crew that nobody has seen: the profile after the change is mixed over its Dirichlet law.
//!
//! The statistic is the log-likelihood ratio of the observations since it was last 0: those have the Dirichlet-multinomial evidence after
//! a change, their baseline probability before. At 0 the counts are forgotten and the next excursion begins. Restarting at 0 is what makes
//! it O(M): the exact maximum over all times of change would need the counts of each. Each excursion is a likelihood ratio, so it
//! reaches h with chance at most e^−h without a change, and the mean time to a false alarm is at least e^h. The counts of an excursion
//! hold what was seen between its beginning and the change too, so that it is slower than the exact maximum.
//!
//! Where only some coordinates change, each has a profile of its own with chance ρ, independently:
//! ln Λ = Σ_m ln(1 + ρ (Λ_m − 1)). ρ = 1 is the plain joint ratio, which unchanged coordinates weigh down.

use super::{Detector, starts};
use crate::dirichlet::Dirichlet;
use crate::profile::Profile;
use hydranet_topology::Invalid;

/// CUSUM with a Dirichlet mixture after the change. O(M) an observation (amortised, with O(Σ K) at a restart), O(Σ K) memory.
#[derive(Debug, Clone)]
pub struct MixtureCusum {
    ln_before: Vec<f64>,
    weights: Vec<f64>,
    totals: Vec<f64>,
    start: Vec<usize>,
    share: f64,
    counts: Vec<f64>,
    seen: f64,
    ln_ratios: Vec<f64>,
}

impl MixtureCusum {
    /// From the baseline `before`, the law of a new profile for each coordinate, and the chance ρ in (0, 1] that a change is one in any given
    /// coordinate.
    ///
    /// # Errors
    /// If the numbers of coordinates or categories differ, a baseline share is 0, or `share` is not in (0, 1].
    pub fn new(before: &[Profile], priors: &[Dirichlet], share: f64) -> Result<MixtureCusum, Invalid> {
        same_shape(before, priors)?;
        Invalid::unless(share > 0.0 && share <= 1.0, "share", || format!("above 0 and at most 1, not {share}"))?;
        let start = starts(priors.iter().map(Dirichlet::categories));
        Ok(MixtureCusum {
            ln_before: before.iter().flat_map(|p| p.shares()).map(|&p| libm::log(p)).collect(),
            weights: priors.iter().flat_map(|d| d.weights()).copied().collect(),
            totals: priors.iter().map(Dirichlet::total).collect(),
            counts: vec![0.0; start[priors.len()]],
            start,
            share,
            seen: 0.0,
            ln_ratios: vec![0.0; priors.len()],
        })
    }

    /// How many observations the present excursion has: the estimate of how long ago the change was; 0 while the statistic is 0.
    pub fn since(&self) -> u64 {
        self.seen as u64
    }

    /// ln Λ of each coordinate over the present excursion, nats: where the change is.
    pub fn by_coordinate(&self) -> &[f64] {
        &self.ln_ratios
    }
}

/// Refuses a baseline that does not fit its priors, or that has shares of 0.
pub(crate) fn same_shape(before: &[Profile], priors: &[Dirichlet]) -> Result<(), Invalid> {
    let (m0, m1) = (before.len(), priors.len());
    Invalid::unless(m0 == m1 && m0 > 0, "priors", || format!("one prior for each of {m0} coordinates, not {m1}"))?;
    for (m, (p, d)) in before.iter().zip(priors).enumerate() {
        let (k0, k1) = (p.categories(), d.categories());
        Invalid::unless(k0 == k1, "priors", || format!("{k0} categories in coordinate {m}, not {k1}"))?;
    }
    no_zero(before)
}

/// Refuses shares of 0 in a baseline.
pub(crate) fn no_zero(before: &[Profile]) -> Result<(), Invalid> {
    for (m, p) in before.iter().enumerate() {
        let zero = p.shares().iter().position(|&p| p == 0.0);
        Invalid::unless(zero.is_none(), "before", || {
            let k = zero.unwrap_or_default();
            format!("category {k} of coordinate {m} has share 0: add a little to every share of the baseline")
        })?;
    }
    Ok(())
}

impl Detector for MixtureCusum {
    fn observe(&mut self, x: &[u32]) -> f64 {
        debug_assert_eq!(x.len(), self.totals.len());
        let mut ln_ratio = 0.0;
        for (m, &k) in x.iter().enumerate() {
            assert!((k as usize) < self.start[m + 1] - self.start[m], "code {k} of coordinate {m} is too large");
            let cell = self.start[m] + k as usize;
            let chance = (self.weights[cell] + self.counts[cell]) / (self.totals[m] + self.seen);
            self.ln_ratios[m] += libm::log(chance) - self.ln_before[cell];
            self.counts[cell] += 1.0;
            ln_ratio += mixed(self.ln_ratios[m], self.share);
        }
        self.seen += 1.0;
        if ln_ratio <= 0.0 {
            self.restart();
            return 0.0;
        }
        ln_ratio
    }

    fn restart(&mut self) {
        self.counts.fill(0.0);
        self.ln_ratios.fill(0.0);
        self.seen = 0.0;
    }
}

/// ln(1 + share (e^l − 1)), without overflow. At share 1 it is l.
pub(crate) fn mixed(l: f64, share: f64) -> f64 {
    if share == 1.0 {
        l
    } else if l > 0.0 {
        l + libm::log(share + (1.0 - share) * libm::exp(-l))
    } else {
        libm::log1p(share * libm::expm1(l))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excursion_is_the_evidence_ratio() {
        let prior = Dirichlet::symmetric(3, 1.0).unwrap();
        let before = Profile::new(vec![0.8, 0.1, 0.1]).unwrap();
        let mut detector = MixtureCusum::new(std::slice::from_ref(&before), std::slice::from_ref(&prior), 1.0).unwrap();
        assert_eq!(detector.observe(&[0]), 0.0, "a third is less than 0.8");
        let (mut counts, mut ln_before, mut last) = ([0u64; 3], 0.0, 0.0);
        for k in [1, 2, 2, 1, 1, 0, 1] {
            last = detector.observe(&[k]);
            counts[k as usize] += 1;
            ln_before += libm::log(before.shares()[k as usize]);
        }
        assert!((last - (prior.ln_evidence(&counts) - ln_before)).abs() < 1e-12);
        assert_eq!(detector.since(), 7);
    }

    #[test]
    fn mixed_is_stable() {
        assert_eq!(mixed(900.0, 1.0), 900.0);
        assert!((mixed(900.0, 0.5) - (900.0 - std::f64::consts::LN_2)).abs() < 1e-12);
        assert!((mixed(-900.0, 0.25) - libm::log(0.75)).abs() < 1e-15);
        assert!((mixed(0.3, 0.2) - libm::log(0.2 * libm::exp(0.3) + 0.8)).abs() < 1e-15);
    }

    #[test]
    fn refusals() {
        let priors = [Dirichlet::symmetric(2, 1.0).unwrap()];
        let certain = Profile::new(vec![1.0, 0.0]).unwrap();
        assert!(MixtureCusum::new(&[certain], &priors, 1.0).unwrap_err().to_string().contains("category 1"));
        assert!(MixtureCusum::new(&[Profile::uniform(3)], &priors, 1.0).is_err());
        assert!(MixtureCusum::new(&[Profile::uniform(2)], &priors, 0.0).is_err());
        assert!(MixtureCusum::new(&[], &[], 1.0).is_err());
    }
}
