//! A constant hazard: V(u) = u^a/(ρ + h0 + c u^g).

use crate::checks::{not_negative, positive};
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Use that is ended by arrest at hazard h0 + c u^g.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConstantHazard {
    /// a: revenue is u^a a day (above 0, at most 1).
    pub revenue_exponent: f64,
    /// g: exposure is c u^g (> 0).
    pub exposure_exponent: f64,
    /// c: hazard at full use, a day (> 0): the defender's vigilance.
    pub vigilance: f64,
    /// h0: hazard whatever the use, a day (≥ 0).
    pub background: f64,
    /// ρ: discount, a day (> 0).
    pub discount: f64,
}

/// The best constant intensity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Optimum {
    /// u*, from 0 to 1.
    pub intensity: f64,
    /// Its value, in days of revenue at full use.
    pub value: f64,
    /// Expected life at it, days.
    pub life: f64,
    /// Whether full use is best because more is not to be had.
    pub at_bound: bool,
}

impl ConstantHazard {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        exponents(self.revenue_exponent, self.exposure_exponent)?;
        positive("vigilance", self.vigilance)?;
        not_negative("background", self.background)?;
        positive("discount", self.discount)
    }

    /// Hazard at intensity u, a day.
    pub fn hazard(&self, u: f64) -> f64 {
        self.background + self.vigilance * libm::pow(u, self.exposure_exponent)
    }

    /// V(u), in days of revenue at full use; 0 at u = 0.
    pub fn value(&self, u: f64) -> f64 {
        libm::pow(u, self.revenue_exponent) / (self.discount + self.hazard(u))
    }

    /// u* = [a(ρ + h0)/(c(g − a))]^(1/g), where that is below 1 and g > a; otherwise full use. With h0 = 0 the hazard chosen
    /// is aρ/(g − a), whatever c is: vigilance makes the operator quieter, not shorter-lived.
    ///
    /// ```
    /// use hydranet_organisation::greed::ConstantHazard;
    /// let market = ConstantHazard { revenue_exponent: 0.5, exposure_exponent: 1.0, vigilance: 0.2, background: 0.0, discount: 0.01 };
    /// let best = market.optimum();
    /// assert!((best.intensity - 0.05).abs() < 1e-12 && (best.life - 100.0).abs() < 1e-9);
    /// ```
    pub fn optimum(&self) -> Optimum {
        let (a, g) = (self.revenue_exponent, self.exposure_exponent);
        let inner = a * (self.discount + self.background) / (self.vigilance * (g - a));
        let at_bound = g <= a || inner >= 1.0;
        let intensity = if at_bound { 1.0 } else { libm::pow(inner, 1.0 / g) };
        Optimum { intensity, value: self.value(intensity), life: 1.0 / self.hazard(intensity), at_bound }
    }
}

/// Conditions on a and g.
pub(super) fn exponents(a: f64, g: f64) -> Result<(), Invalid> {
    let allowed = || format!("above 0 and at most 1, not {a}");
    Invalid::unless(a > 0.0 && a <= 1.0, "revenue_exponent", allowed)?;
    positive("exposure_exponent", g)
}
