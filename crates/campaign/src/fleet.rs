//! A fleet: several networks of one kit, taken down together or one after the other.
//!
//! Every network has a trajectory of its own on streams of its own. What ties them together: an operator that they may
//! share, who learns from what is done to any of them and whose arrest ends all of them; and machines that lose their network
//! and are recruited by another one, as infected machines and customers are (booters: Vu et al. 2025; the Zeus kit
//! was run as some 1,462 separate networks: Microsoft 2013 on Citadel).

use hydranet_plugin::bounds::{not_negative, positive, share};
use hydranet_topology::{Invalid, Trial};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who runs the networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Operators {
    /// Each network its own: what is learnt about one says nothing of the others.
    #[default]
    Separate,
    /// One for all, who learns from every strike; observations of all networks go into one test, and an arrest ends all of
    /// them.
    Shared,
}

/// Parameters of a fleet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Fleet {
    /// Networks M, each drawn for itself (1 to 1,000); 1 is no fleet.
    pub networks: u32,
    /// Who runs them: `separate` or `shared`.
    pub operators: Operators,
    /// Days from the takedown of one network to that of the next (≥ 0): 0 is simultaneous. The whole playbook begins so much
    /// later in every next network. Source: Citadel's networks were hit on one day, Zeus's over years.
    pub rolling_days: f64,
    /// κ, share of the displaced machines that another network of the fleet recruits, from 0 to 1. Each decides once; one that is
    /// off then, when it comes back. Source: booters kept 10–20 % of
    /// their traffic elsewhere (Vu et al. 2025).
    pub kappa: f64,
    /// A machine is displaced when it has been out of its operator's reach for so long, hours (> 0).
    pub displaced_after_hours: f64,
    /// Most machines of one network, as a multiple of its number at the start (≥ 1, at most 100): who finds no room stays
    /// displaced.
    pub room: f64,
}

impl Default for Fleet {
    fn default() -> Fleet {
        Fleet {
            networks: 1,
            operators: Operators::Separate,
            rolling_days: 0.0,
            kappa: 0.0,
            displaced_after_hours: 48.0,
            room: 2.0,
        }
    }
}

impl Fleet {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        let networks = self.networks;
        Invalid::unless((1..=1000).contains(&networks), "networks", || format!("1 to 1000 networks, not {networks}"))?;
        not_negative("rolling_days", self.rolling_days)?;
        share("kappa", self.kappa)?;
        positive("displaced_after_hours", self.displaced_after_hours)?;
        let room = self.room;
        Invalid::unless((1.0..=100.0).contains(&room), "room", || format!("from 1 to 100, not {room}"))
    }

    /// Whether several networks have one operator.
    pub(crate) fn shares_operator(&self) -> bool {
        self.networks > 1 && self.operators == Operators::Shared
    }

    /// Trial of one network of the fleet: networks of all replicates have streams of their own.
    pub fn trial(&self, replicate: Trial, network: u32) -> Trial {
        Trial::order_of(replicate.network, replicate.order * self.networks + network)
    }
}
