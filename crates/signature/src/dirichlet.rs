//! What is believed of a profile before, and after, it was observed: the Dirichlet law and its evidence.
//!
//! Weights a_k > 0; after counts n_k the weights are a_k + n_k, and the next observation is k with chance (a_k + n_k)/(A + n), with
//! A = Σ a_k and n = Σ n_k. The evidence of a sequence with counts n is the product of these chances,
//! Γ(A)/Γ(A + n) · Π Γ(a_k + n_k)/Γ(a_k): no multinomial coefficient, because sequences are compared, not tables.

use crate::profile::Profile;
use crate::random::ln_gamma;
use hydranet_topology::{Invalid, TrialRng};

/// A Dirichlet law over profiles of one coordinate.
#[derive(Debug, Clone, PartialEq)]
pub struct Dirichlet {
    weights: Vec<f64>,
    total: f64,
}

impl Dirichlet {
    /// With these weights a_k.
    ///
    /// # Errors
    /// If there is none, or one is not a number above 0.
    pub fn new(weights: Vec<f64>) -> Result<Dirichlet, Invalid> {
        Invalid::unless(!weights.is_empty(), "weights", || "a coordinate has at least one category".to_string())?;
        if let Some(bad) = weights.iter().find(|w| !(w.is_finite() && **w > 0.0)) {
            return Err(Invalid::new("weights", format!("a weight is a number above 0, not {bad}")));
        }
        let total = weights.iter().sum();
        Ok(Dirichlet { weights, total })
    }

    /// Every category has the weight `alpha` (> 0): 1 is the uniform law over all profiles, smaller is sharper.
    ///
    /// # Errors
    /// If `categories` is 0 or `alpha` is not above 0.
    pub fn symmetric(categories: usize, alpha: f64) -> Result<Dirichlet, Invalid> {
        Dirichlet::new(vec![alpha; categories])
    }

    /// Weights α K b_k around the shares b of a market: the mean weight of a category is `alpha`, so that a uniform market gives the
    /// symmetric law of the same `alpha`.
    ///
    /// # Errors
    /// If `alpha` or a share is not above 0: a category that nobody ever shows is left out instead.
    pub fn around(market: &Profile, alpha: f64) -> Result<Dirichlet, Invalid> {
        let scale = alpha * market.categories() as f64;
        Dirichlet::new(market.shares().iter().map(|b| scale * b).collect())
    }

    /// The weights a_k.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// A = Σ a_k.
    pub fn total(&self) -> f64 {
        self.total
    }

    /// The number of categories K.
    pub fn categories(&self) -> usize {
        self.weights.len()
    }

    /// The law after these counts.
    ///
    /// # Panics
    /// If there are not K counts.
    pub fn after(&self, counts: &[u64]) -> Dirichlet {
        assert_eq!(counts.len(), self.weights.len(), "one count a category");
        let weights: Vec<f64> = self.weights.iter().zip(counts).map(|(a, &n)| a + n as f64).collect();
        let total = weights.iter().sum();
        Dirichlet { weights, total }
    }

    /// The mean profile, (a_k/A). After a baseline this is the profile that a detector of known profiles starts from: no share is 0, so that
    /// a category of which the baseline had none is a surprise and not an impossibility.
    pub fn mean(&self) -> Profile {
        Profile::of_weights(self.weights.clone()).expect("weights above 0")
    }

    /// A profile. O(K).
    pub fn draw(&self, rng: &mut TrialRng) -> Profile {
        let logs: Vec<f64> = self.weights.iter().map(|&a| ln_gamma(a, rng)).collect();
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Profile::of_weights(logs.iter().map(|l| libm::exp(l - top)).collect()).expect("the largest is 1")
    }

    /// ln of the evidence of a sequence with these counts, nats. O(K).
    ///
    /// # Panics
    /// If there are not K counts.
    pub fn ln_evidence(&self, counts: &[u64]) -> f64 {
        assert_eq!(counts.len(), self.weights.len(), "one count a category");
        let n: u64 = counts.iter().sum();
        let seen = self.weights.iter().zip(counts).filter(|(_, n)| **n > 0);
        let gain: f64 = seen.map(|(&a, &n)| libm::lgamma(a + n as f64) - libm::lgamma(a)).sum();
        gain + libm::lgamma(self.total) - libm::lgamma(self.total + n as f64)
    }

    /// ln of the Bayes factor of "the new counts have a profile of their own" against "they continue the old ones", nats. O(K).
    ///
    /// # Panics
    /// If there are not K counts on each side.
    pub fn ln_bayes_factor(&self, old: &[u64], new: &[u64]) -> f64 {
        self.ln_evidence(new) - self.after(old).ln_evidence(new)
    }

    /// Σ b_k² of the mean: the chance that two crews that choose one tool each, independently from this market, choose the same.
    pub fn collision(&self) -> f64 {
        self.weights.iter().map(|a| (a / self.total) * (a / self.total)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};
    use proptest::prelude::*;

    #[test]
    fn bayes_factor_of_the_example() {
        let prior = Dirichlet::symmetric(3, 1.0).unwrap();
        assert!((prior.ln_bayes_factor(&[6, 2, 2], &[1, 2, 7]) - 1.868_711).abs() < 5e-7);
        assert_eq!(prior.ln_bayes_factor(&[6, 2, 2], &[0, 0, 0]), 0.0);
        // the prior is all there is: two sequences are exchangeable
        let swapped = prior.ln_bayes_factor(&[1, 2, 7], &[6, 2, 2]);
        assert!((prior.ln_bayes_factor(&[6, 2, 2], &[1, 2, 7]) - swapped).abs() < 1e-12);
    }

    proptest! {
        /// Independent oracle: the chain rule, one observation at a time.
        #[test]
        fn evidence_is_the_product_of_predictions(
            x in prop::collection::vec(0usize..4, 0..40),
            weights in prop::collection::vec(0.05f64..5.0, 4),
        ) {
            let prior = Dirichlet::new(weights.clone()).unwrap();
            let (mut counts, mut ln) = (vec![0u64; 4], 0.0);
            for (t, &k) in x.iter().enumerate() {
                ln += libm::log((weights[k] + counts[k] as f64) / (prior.total() + t as f64));
                counts[k] += 1;
            }
            prop_assert!((prior.ln_evidence(&counts) - ln).abs() < 1e-10 * (1.0 + ln.abs()));
        }
    }

    #[test]
    fn draws_have_mean_and_variance() {
        let prior = Dirichlet::new(vec![0.02, 0.5, 2.0]).unwrap();
        let rng = &mut trial_rng(3, Trial::network(0), Purpose::Prior);
        let n = 30_000;
        let draws: Vec<Profile> = (0..n).map(|_| prior.draw(rng)).collect();
        for (k, p) in prior.mean().shares().iter().enumerate() {
            let variance = p * (1.0 - p) / (prior.total() + 1.0);
            let mean = draws.iter().map(|d| d.shares()[k]).sum::<f64>() / n as f64;
            assert!((mean - p).abs() < 4.0 * (variance / n as f64).sqrt(), "{mean} for {p}");
            let second = draws.iter().map(|d| (d.shares()[k] - p).powi(2)).sum::<f64>() / n as f64;
            // (x − p)² ≤ 1, so the variance of its mean is at most `variance`/n
            assert!((second - variance).abs() < 4.0 * (variance / n as f64).sqrt(), "{second} for {variance}");
        }
    }

    #[test]
    fn around_a_uniform_market_is_symmetric() {
        let around = Dirichlet::around(&Profile::uniform(4), 0.5).unwrap();
        assert_eq!(around, Dirichlet::symmetric(4, 0.5).unwrap());
        assert_eq!(around.collision(), 0.25);
        assert!(Dirichlet::symmetric(0, 1.0).is_err() && Dirichlet::symmetric(3, 0.0).is_err());
    }
}
