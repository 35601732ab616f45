//! What can go wrong in a campaign.

use hydranet_takedown::Unsuitable;
use hydranet_topology::Invalid;

/// Why a campaign cannot be run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CampaignError {
    /// A table holds an impossible value.
    #[error(transparent)]
    Table(#[from] BadTable),
    /// There is nothing to command.
    #[error("the network has no machines to command")]
    NoMachines,
    /// A fleet has one overlay a network.
    #[error("a fleet of {networks} networks needs as many overlays, not {overlays}")]
    Overlays {
        /// Networks of the fleet.
        networks: u32,
        /// Overlays that were given.
        overlays: usize,
    },
    /// The network lacks what an action works on.
    #[error("`{action}`: {reason}")]
    Action {
        /// Its name.
        action: &'static str,
        /// What is missing, and what would help.
        reason: Unfit,
    },
}

/// An impossible value in one of a campaign's tables.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{table}`: {invalid}")]
pub struct BadTable {
    /// The table: `operator`; `action` for the schedule of an action.
    pub table: &'static str,
    /// The parameter, by its path within the table, and what it may be.
    pub invalid: Invalid,
}

/// Why an action cannot be carried out on a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unfit {
    /// It looks at providers, and none are known.
    #[error("the network does not say which provider hosts a node; give the topology a `providers` parameter")]
    NoProviders,
    /// The strategy that it follows cannot rank this network.
    #[error(transparent)]
    Strategy(#[from] Unsuitable),
    /// The strategy that it follows ranks edges only.
    #[error("the strategy ranks no nodes")]
    RanksNoNodes,
    /// What an action of another crate misses: a lower-case fragment that says what would help.
    #[error("{0}")]
    Other(String),
}
