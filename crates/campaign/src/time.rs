//! The time grid: how long a network is followed, in which steps, and how often it is looked at.

use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The time grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Time {
    /// How long a network is followed, days (> 0, at most 20,000).
    pub days: f64,
    /// One cycle, minutes (> 0, whole seconds). Source: the maintenance period of Zeus, 30 min (Andriesse et al. 2013).
    pub cycle_minutes: f64,
    /// From one report to the next, hours (> 0): a whole number of cycles.
    pub report_hours: f64,
}

impl Default for Time {
    fn default() -> Time {
        Time { days: 240.0, cycle_minutes: 30.0, report_hours: 6.0 }
    }
}

impl Time {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        let days = self.days;
        Invalid::unless(days > 0.0 && days <= 20_000.0, "days", || format!("above 0 and at most 20000, not {days}"))?;
        let cycle = self.cycle_minutes * 60.0;
        Invalid::unless((1.0..=1e7).contains(&cycle) && cycle.fract() == 0.0, "cycle_minutes", || {
            format!("a whole number of seconds above 0, not {} minutes", self.cycle_minutes)
        })?;
        let cycles = self.report_hours * 3600.0 / cycle;
        Invalid::unless((1.0..1e6).contains(&cycles) && cycles.fract() == 0.0, "report_hours", || {
            format!("a whole number of cycles of {} minutes, not {} hours", self.cycle_minutes, self.report_hours)
        })
    }

    /// Seconds of one cycle.
    pub fn cycle(&self) -> u32 {
        (self.cycle_minutes * 60.0) as u32
    }

    /// Seconds from report to report.
    pub fn report(&self) -> u32 {
        (self.report_hours * 3600.0) as u32
    }

    /// Second of the last report.
    pub fn end(&self) -> u32 {
        let reports = (self.days * 86_400.0 / self.report() as f64).floor().max(1.0);
        reports as u32 * self.report()
    }
}
