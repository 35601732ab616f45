//! The spec of a broadcast study: a TOML file.
//!
//! ```toml
//! study = "broadcast"
//! title = "Floods and gossip under failure"
//! seed = 1
//! networks = 10
//! fractions = [0.0, 0.3, 0.6]
//!
//! [[topology]]
//! model = "gnm"
//! n = 1000
//! m = 4000
//!
//! [[treatment]]
//! strategy = "random"
//! ```
//!
//! What is measured, against the removed fraction x of the nodes: [`super::metrics`].

use crate::Known;
use crate::shared::interfered_treatment::ConditionsSpec;
use crate::shared::strategy_axis::NO_TREATMENT;
use hydranet_montecarlo::{SpecError, SpecText, TopologySpec};
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What carries a broadcast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// Calls: from a peer to those that it knows and can dial.
    #[default]
    Calls,
    /// Open connections: both ways wherever one side can call the other (peers that cannot be dialled ask).
    Exchanges,
}

/// Who pushes in gossip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pushes {
    /// A node pushes once, in the round after it heard.
    #[default]
    Once,
    /// A node that has heard pushes in every round.
    EveryRound,
}

/// What a broadcast spec says beside its topologies and treatments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BroadcastSettings {
    /// Removed fractions of the nodes at which broadcasts are made (1 to 64 of them, increasing, 0 to below 1).
    pub fractions: Vec<f64>,
    /// What carries a broadcast: `calls` or `exchanges`.
    #[serde(default)]
    pub flow: Flow,
    /// Fanout of push gossip (≥ 1).
    #[serde(default = "four")]
    pub fanout: u32,
    /// Most rounds of push gossip (≥ 1).
    #[serde(default = "hundred")]
    pub rounds: u32,
    /// Who pushes in gossip: `once` or `every-round`.
    #[serde(default)]
    pub pushes: Pushes,
}

fn four() -> u32 {
    4
}
fn hundred() -> u32 {
    100
}

/// A broadcast study, checked and ready to run.
#[derive(Debug, Clone)]
pub struct Broadcast {
    /// What it says beside its topologies and treatments.
    pub settings: BroadcastSettings,
    /// The rows of its table of cells.
    pub topologies: Vec<TopologySpec>,
    /// The columns.
    pub treatments: Vec<ConditionsSpec>,
}

impl Broadcast {
    /// Reads what is left of a spec of this kind.
    ///
    /// # Errors
    /// With the place.
    pub fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<Broadcast, SpecError> {
        let treatments = text.take_tables("treatment")?;
        let topologies = text.take_tables("topology")?;
        let settings = text.settings("[[topology]] or [[treatment]]", check)?;
        let topologies = text.topologies(topologies, known.models)?;
        let treatments = ConditionsSpec::read_all(&text, treatments, known, false, NO_TREATMENT)?;
        Ok(Broadcast { settings, topologies, treatments })
    }
}

fn check(s: &BroadcastSettings) -> Result<(), Invalid> {
    let must = |holds: bool, key, reason: &str| Invalid::unless(holds, key, || reason.to_string());
    must((1..=64).contains(&s.fractions.len()), "fractions", "1 to 64 removed fractions")?;
    let inside = s.fractions.iter().all(|f| (0.0..1.0).contains(f)) && s.fractions.windows(2).all(|w| w[0] < w[1]);
    must(inside, "fractions", "removed fractions increase, from 0 on, and stay below 1")?;
    must(s.fanout >= 1, "fanout", "at least 1 push a node")?;
    must(s.rounds >= 1, "rounds", "at least 1 round")
}
