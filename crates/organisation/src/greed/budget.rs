//! A budget of evidence: the operator is identified when A nats are reached, and every day of use costs κ u^g of them.
//!
//! Without noise this is Hotelling's mine (1931, Journal of Political Economy 39, 137–175): the nats unspent are the ore. With
//! x = ρT the best constant plan solves x/(e^x − 1) = s, s = a/g; the best of all plans spends q = κ u^g = ρ(A − E)/(1 − s), in
//! proportion to what is unspent, and earns (Aρ/(κ(1 − s)))^s (1 − s)/ρ. With noise (drift κ u^g, variance twice that) the
//! time to identification is [`Identification`]'s.

use super::constant::exponents;
use super::{Identification, Optimum, root};
use crate::checks::positive;
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Use that ends when its evidence reaches a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceBudget {
    /// a: revenue is u^a a day (above 0, at most 1).
    pub revenue_exponent: f64,
    /// g: evidence is κ u^g a day (> a for the plans without noise).
    pub exposure_exponent: f64,
    /// κ: nats a day at full use (> 0).
    pub nats_per_day: f64,
    /// ρ: discount, a day (> 0).
    pub discount: f64,
    /// A: nats at which the operator is identified (> 0).
    pub threshold: f64,
}

impl EvidenceBudget {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        exponents(self.revenue_exponent, self.exposure_exponent)?;
        positive("nats_per_day", self.nats_per_day)?;
        positive("discount", self.discount)?;
        positive("threshold", self.threshold)
    }

    /// s = a/g: revenue is the s-th power of evidence spent.
    pub fn share(&self) -> f64 {
        self.revenue_exponent / self.exposure_exponent
    }

    /// The best constant intensity without noise and without a bound at 1: u = (ρA/(κx))^(1/g). Its life T = x/ρ depends
    /// neither on A nor on κ. `None` if g ≤ a: the more at once, the better.
    pub fn constant(&self) -> Option<Optimum> {
        let x = planned_life(self.share())?;
        let pace = self.discount * self.threshold / (self.nats_per_day * x);
        let intensity = libm::pow(pace, 1.0 / self.exposure_exponent);
        let flow = libm::pow(intensity, self.revenue_exponent);
        let value = flow * -libm::expm1(-x) / self.discount;
        Some(Optimum { intensity, value, life: x / self.discount, at_bound: false })
    }

    /// The best intensity when `evidence` nats are spent, without noise and without a bound at 1: [ρ(A − E)/(κ(1 − s))]^(1/g);
    /// 0 once all is spent. `None` if g ≤ a.
    pub fn feedback(&self, evidence: f64) -> Option<f64> {
        let s = self.share();
        let unspent = (self.threshold - evidence).max(0.0);
        let pace = self.discount * unspent / (self.nats_per_day * (1.0 - s));
        (s < 1.0).then(|| libm::pow(pace, 1.0 / self.exposure_exponent))
    }

    /// Evidence after `days` of [`EvidenceBudget::feedback`] from none: what is unspent decays at ρ/(1 − s), and never is
    /// all spent. `None` if g ≤ a.
    pub fn feedback_evidence(&self, days: f64) -> Option<f64> {
        let s = self.share();
        (s < 1.0).then(|| self.threshold * -libm::expm1(-self.discount / (1.0 - s) * days))
    }

    /// What [`EvidenceBudget::feedback`] earns from no evidence on, in days of revenue at full use. `None` if g ≤ a.
    pub fn feedback_value(&self) -> Option<f64> {
        let s = self.share();
        let pace = self.threshold * self.discount / (self.nats_per_day * (1.0 - s));
        (s < 1.0).then(|| libm::pow(pace, s) * (1.0 - s) / self.discount)
    }

    /// The time to identification at constant intensity u, with noise. `None` at u = 0: never.
    pub fn identification(&self, u: f64) -> Option<Identification> {
        let drift = self.nats_per_day * libm::pow(u, self.exposure_exponent);
        (drift > 0.0).then_some(Identification { threshold: self.threshold, drift })
    }

    /// What constant intensity u earns with noise, u^a (1 − E e^(−ρT))/ρ; 0 at u = 0.
    pub fn noisy_value(&self, u: f64) -> f64 {
        let Some(time) = self.identification(u) else { return 0.0 };
        libm::pow(u, self.revenue_exponent) * (1.0 - time.discounted(self.discount)) / self.discount
    }

    /// The best constant intensity with noise, from 0 to 1, where the slope of [`EvidenceBudget::noisy_value`] is 0: with m =
    /// (√(1 + 4ρ/μ) − 1)/2, a(e^(Am) − 1) = A g (ρ/μ)/√(1 + 4ρ/μ).
    pub fn noisy_optimum(&self) -> Optimum {
        let (a, g, rho) = (self.revenue_exponent, self.exposure_exponent, self.discount);
        // rises in u: falls through 0 from above for small u, so its negative is what `root` wants
        let slope = |u: f64| {
            let ratio = rho / (self.nats_per_day * libm::pow(u, g));
            let wide = libm::sqrt(1.0 + 4.0 * ratio);
            let grown = libm::expm1(self.threshold * (wide - 1.0) / 2.0);
            // an overflow is far on the side of too little use
            if grown.is_finite() { self.threshold * g * ratio / wide - a * grown } else { -1.0 }
        };
        let at_bound = slope(1.0) <= 0.0;
        let intensity = if at_bound { 1.0 } else { root(0.0, 1.0, slope) };
        let life = self.identification(intensity).map_or(f64::INFINITY, |time| time.mean());
        Optimum { intensity, value: self.noisy_value(intensity), life, at_bound }
    }
}

/// x with x/(e^x − 1) = s, for s in (0, 1); `None` otherwise.
fn planned_life(s: f64) -> Option<f64> {
    // x/(e^x − 1) falls from 1 to 0, and is below s at −2 ln(s/2) + 2 for every s
    let rest = |x: f64| s - x / libm::expm1(x);
    (s > 0.0 && s < 1.0).then(|| root(1e-12, 2.0 - 2.0 * libm::log(s / 2.0), rest))
}
