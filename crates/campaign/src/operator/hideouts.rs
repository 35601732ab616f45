//! `[operator.learning]`: an operator who keeps statistics on where it was hit, and moves by a learner.

use crate::learner::{Learning, Mind, Told};
use hydranet_plugin::bounds::not_negative;
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of an operator who learns. What the operator runs is in one of several places (hosts, names, ways to hide); a
/// strike is aimed at one of them and succeeds only there. How that goes on stands in `pursuit.rs`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Hideouts {
    /// Places to be in, N (2 to 10,000).
    pub places: u32,
    /// How the next place is chosen.
    pub learner: Learning,
    /// What the operator is told of a strike: `bandit` (was it hit?) or `full` (where did it go?).
    pub information: Told,
    /// From a strike to its lesson, days (≥ 0): the operator stays until then. Source: published adaptations took 1, 2, 7 and 10
    /// days, and weeks.
    pub delay_days: f64,
    /// Rounds for which the rates of `hedge` and `exp3` are set (≥ 1).
    pub rounds: u32,
    /// Learning rate of `hedge` and `exp3`, per strike (≥ 0); left out: the one that is best for `rounds`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eta: Option<f64>,
    /// Strikes that `fictitious-play` and `hedge` remember (≥ 1); left out: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<u32>,
}

impl Default for Hideouts {
    fn default() -> Hideouts {
        Hideouts {
            places: 4,
            learner: Learning::WinStayLoseShift,
            information: Told::Bandit,
            delay_days: 0.0,
            rounds: 100,
            eta: None,
            memory: None,
        }
    }
}

impl Hideouts {
    pub(crate) fn mind(&self) -> Mind {
        Mind { learning: self.learner, told: self.information, rounds: self.rounds, eta: self.eta, memory: self.memory }
    }

    /// Refuses impossible values; the names are paths within `[operator]`.
    pub(super) fn check(&self) -> Result<(), Invalid> {
        let places = self.places;
        Invalid::unless((2..=10_000).contains(&places), "learning.places", || {
            format!("2 to 10000 places to hide in, not {places}")
        })?;
        Invalid::unless(self.learner != Learning::Seeker, "learning.learner", || {
            "a seeker seeks: that is a learner of [defender]".into()
        })?;
        not_negative("learning.delay_days", self.delay_days)?;
        self.mind().check().map_err(|invalid| match invalid.param {
            "information" => Invalid { param: "learning.information", ..invalid },
            "rounds" => Invalid { param: "learning.rounds", ..invalid },
            "eta" => Invalid { param: "learning.eta", ..invalid },
            _ => Invalid { param: "learning.memory", ..invalid },
        })
    }
}
