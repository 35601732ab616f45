//! Seize now, or watch until the operator is identified.
//!
//! Evidence E drifts up at μ with variance 2μ a day. A day of watching costs c, identification at A pays B, seizing pays S at any
//! time, and r is discount plus the rate at which the chance is lost. While watching μV″ + μV′ − rV = c, so V = −c/r +
//! a1 e^(m1 E) + a2 e^(m2 E) with m = (−1 ± √(1 + 4r/μ))/2. Stopping is best where value and slope meet the payoff (Dixit & Pindyck 1994,
//! ch. 4): V(l) = S, V′(l) = 0. Watch above l, seize when E falls to it: the option to give up later is what makes watching worth
//! more than a plan to watch to the end.

use super::root;
use crate::checks::{not_negative, positive};
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The defender's stopping problem.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeizeOrWatch {
    /// μ: nats a day of watching (> 0).
    pub drift: f64,
    /// r: discount and loss of the chance, a day (> 0).
    pub discount: f64,
    /// c: cost and harm of a watched day (≥ 0).
    pub cost_per_day: f64,
    /// B: what identification pays (≥ 0).
    pub identified: f64,
    /// S: what seizing pays (≥ 0).
    pub seized: f64,
    /// A: nats of identification (> 0).
    pub threshold: f64,
}

impl SeizeOrWatch {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        positive("drift", self.drift)?;
        positive("discount", self.discount)?;
        not_negative("cost_per_day", self.cost_per_day)?;
        not_negative("identified", self.identified)?;
        not_negative("seized", self.seized)?;
        positive("threshold", self.threshold)
    }

    /// m1 > 0 > m2.
    fn exponents(&self) -> (f64, f64) {
        let wide = libm::sqrt(1.0 + 4.0 * self.discount / self.drift);
        ((wide - 1.0) / 2.0, (-1.0 - wide) / 2.0)
    }

    /// S + c/r and B + c/r: payoffs above what watching for ever costs.
    fn payoffs(&self) -> (f64, f64) {
        let for_ever = self.cost_per_day / self.discount;
        (self.seized + for_ever, self.identified + for_ever)
    }

    /// l, nats: watch above it, seize at or below it. A itself where identification pays no more than seizing (never watch), −∞ where
    /// seizing and watching cost and pay nothing (never seize).
    ///
    /// ```
    /// use hydranet_organisation::greed::SeizeOrWatch;
    /// let case = SeizeOrWatch { drift: 0.1, discount: 0.01, cost_per_day: 1.0, identified: 100.0, seized: 20.0, threshold: 95f64.ln() };
    /// assert!((case.boundary() + 1.9016).abs() < 5e-5);
    /// ```
    pub fn boundary(&self) -> f64 {
        let (m1, m2) = self.exponents();
        let (seize, identify) = self.payoffs();
        if identify <= seize {
            return self.threshold;
        }
        if seize <= 0.0 {
            return f64::NEG_INFINITY;
        }
        // (S + c/r)(m1 e^(m2 d) − m2 e^(m1 d))/(m1 − m2) rises from S + c/r at d = A − l = 0, and is above its half e^(m1 d)
        let rest = |d: f64| seize * (m1 * libm::exp(m2 * d) - m2 * libm::exp(m1 * d)) / (m1 - m2) - identify;
        let far = (libm::log(2.0 * identify / seize) + 1.0) / m1;
        self.threshold - root(0.0, far, rest)
    }

    /// V(E) under the best rule: S at and below the boundary, B from A on.
    pub fn value(&self, evidence: f64) -> f64 {
        let l = self.boundary();
        if evidence >= self.threshold {
            self.identified
        } else if evidence <= l {
            self.seized
        } else {
            self.value_of_rule(l, evidence)
        }
    }

    /// V(E) of seizing when evidence falls to `l` and watching above, for l < E < A: smooth or not. l = −∞ is watching to
    /// the end.
    pub fn value_of_rule(&self, l: f64, evidence: f64) -> f64 {
        let (m1, m2) = self.exponents();
        let (seize, identify) = self.payoffs();
        let for_ever = self.cost_per_day / self.discount;
        if l == f64::NEG_INFINITY {
            return identify * libm::exp(m1 * (evidence - self.threshold)) - for_ever;
        }
        // distances from l: the two exponentials meet S + c/r at 0 and B + c/r at the width
        let (width, here) = (self.threshold - l, evidence - l);
        let (up, down) = (libm::exp(m1 * width), libm::exp(m2 * width));
        let first = (identify - seize * down) / (up - down);
        first * libm::exp(m1 * here) + (seize - first) * libm::exp(m2 * here) - for_ever
    }

    /// The evidence above which watching to the end beats seizing now, without the option to give up: A − 2 ln((B + c/r)/(S +
    /// c/r))/(√(1 + 4r/μ) − 1).
    pub fn boundary_without_option(&self) -> f64 {
        let (seize, identify) = self.payoffs();
        self.threshold - libm::log(identify / seize) / self.exponents().0
    }

    /// The same where evidence grows without noise: A + (μ/r) ln((S + c/r)/(B + c/r)).
    pub fn boundary_without_noise(&self) -> f64 {
        let (seize, identify) = self.payoffs();
        self.threshold + self.drift / self.discount * libm::log(seize / identify)
    }
}
