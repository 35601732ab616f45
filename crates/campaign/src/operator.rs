//! The operator: rebuilds what was taken, keeps lists of servers fresh, calls lost machines back, learns, migrates, and
//! gives up when it no longer pays.

mod contacts;
mod desk;
mod hideouts;
mod migration;
mod rebuilding;
mod way_back;

pub use hideouts::Hideouts;

use hydranet_plugin::bounds::{not_negative, positive, share};
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of the operator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Operator {
    /// Share of the servers taken that are rebuilt, from 0 to 1. Source: 59 of 62 for TrickBot in 2020 (Microsoft 2020).
    pub rebuild_share: f64,
    /// Median delay of a rebuild, days (> 0). Source: 1–2 (booters; Collier et al. 2019), about 7 (TrickBot), 10 (Torpig;
    /// Stone-Gross et al. 2009), weeks to months (ZeroAccess, Kelihos).
    pub rebuild_days: f64,
    /// Spread of the delay: standard deviation of its logarithm, no unit (≥ 0). Source: lognormal repair times.
    pub rebuild_sigma: f64,
    /// Rate at which a machine that is out of reach, on or off, is brought back by other means (installed anew), per day (≥ 0); what
    /// happens to a machine that is off shows when it comes back. Source: pay-per-install markets (Caballero et al. 2011).
    pub repair_per_day: f64,
    /// Fallback channel: a machine that has been out of reach for so long tries it, hours (≥ 0). Source: 48 h for Conficker-like
    /// fallbacks; a week for GameOver Zeus (Andriesse et al. 2013).
    pub fallback_after_hours: f64,
    /// Chance that a machine gets through in a day, from 0 to 1, where it is not given by rendezvous names: of all machines that are
    /// out of reach for long enough, on or off. One that is off makes up for what it missed when it comes back.
    pub fallback_per_day: f64,
    /// Rendezvous names a day, N; 0 is none. Source: 250 (Conficker A), 50,000 (Conficker C; Porras et al. 2009), 1,000 (GameOver
    /// Zeus).
    pub names_per_day: u32,
    /// Of these, owned by the operator, r (at most N).
    pub names_owned: u32,
    /// Names that a machine tries a day, n. Source: 500 of 50,000 (Conficker C).
    pub names_tried: u32,
    /// Contacts that a machine gets by fallback, repair or recruitment, contacts (≥ 1); servers where there are servers.
    pub contacts: u32,
    /// λ, what the operator learns from each use of an action: its chance of success is multiplied by 1 − λ, from 0 to 1. Source: Zeus
    /// P2P answered the takedowns of its forerunner.
    pub learns: f64,
    /// The operator moves to a peer-to-peer network when this share of the reach at the start, from 0 to 1, is not reached for
    /// `migrate_after_days`; left out: never. Source: Zeus became GameOver Zeus after its servers were hit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub migrate_below: Option<f64>,
    /// How long reach stays below that before the operator moves, days (≥ 0).
    pub migrate_after_days: f64,
    /// κ, share of the machines that the operator takes along, from 0 to 1. Source: booters kept 10–20 % of their traffic (Vu et al. 2025).
    pub migrate_keep: f64,
    /// What a commanded machine earns a day, in rebuilt servers (≥ 0); 0: the operator never gives up. It comes to that when thirty days
    /// of rebuilding cost more than thirty days earn.
    pub gain_per_peer_day: f64,
    /// The operator has several places to be in, and learns where not to be; left out: strikes need not be aimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning: Option<Hideouts>,
}

impl Default for Operator {
    fn default() -> Operator {
        Operator {
            rebuild_share: 0.95,
            rebuild_days: 7.0,
            rebuild_sigma: 0.7,
            repair_per_day: 0.0,
            fallback_after_hours: 48.0,
            fallback_per_day: 0.0,
            names_per_day: 0,
            names_owned: 0,
            names_tried: 0,
            contacts: 10,
            learns: 0.0,
            migrate_below: None,
            migrate_after_days: 14.0,
            migrate_keep: 0.2,
            gain_per_peer_day: 0.0,
            learning: None,
        }
    }
}

impl Operator {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        share("rebuild_share", self.rebuild_share)?;
        positive("rebuild_days", self.rebuild_days)?;
        not_negative("rebuild_sigma", self.rebuild_sigma)?;
        not_negative("repair_per_day", self.repair_per_day)?;
        not_negative("fallback_after_hours", self.fallback_after_hours)?;
        share("fallback_per_day", self.fallback_per_day)?;
        let names = self.names_per_day;
        let within =
            |param, x: u32| Invalid::unless(x <= names, param, || format!("at most N = {names} names, not {x}"));
        within("names_owned", self.names_owned)?;
        within("names_tried", self.names_tried)?;
        Invalid::unless(self.contacts >= 1, "contacts", || "at least 1 contact, not 0".into())?;
        share("learns", self.learns)?;
        self.migrate_below.map_or(Ok(()), |x| share("migrate_below", x))?;
        not_negative("migrate_after_days", self.migrate_after_days)?;
        share("migrate_keep", self.migrate_keep)?;
        not_negative("gain_per_peer_day", self.gain_per_peer_day)?;
        self.learning.as_ref().map_or(Ok(()), Hideouts::check)
    }

    /// Chance that a machine gets through on one day when a share of the names is blocked: 1 − (1 − r/N)ⁿ for rendezvous
    /// names, each name being blocked alike.
    pub fn fallback(&self, blocked: f64) -> f64 {
        if self.names_per_day == 0 {
            return self.fallback_per_day * (1.0 - blocked);
        }
        let owned = self.names_owned as f64 / self.names_per_day as f64 * (1.0 - blocked);
        1.0 - libm::pow(1.0 - owned, self.names_tried as f64)
    }

    /// A delay of a rebuild, seconds. O(1).
    fn delay(&self, rng: &mut TrialRng) -> u32 {
        let days = self.rebuild_days * libm::exp(self.rebuild_sigma * rng.normal());
        (days * 86_400.0 + 0.5).min(4e9) as u32
    }
}
