//! The spec of a discovery study: a TOML file.
//!
//! ```toml
//! study = "discovery"
//! title = "Harder to discover"
//! seed = 1
//! networks = 10
//! requests = [0.01, 0.1, 1.0]
//!
//! [[topology]]
//! model = "gnm"
//! n = 1000
//! m = 4000
//!
//! [[treatment]]
//! strategy = "degree"
//! ```
//!
//! What is measured, against requests a node x: [`super::metrics`]. Those of the crawl itself stand under the treatment `crawl`, the
//! others under that of the takedown that knows what this crawl has found by then. `full_…` is the same with full knowledge,
//! at every x for comparison.

use crate::Known;
use crate::shared::strategy_axis::{NO_TREATMENT, StrategySpec};
use hydranet_montecarlo::{SpecError, SpecText, TopologySpec};
use hydranet_routing::discovery::Crawl;
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a discovery spec says beside its topologies and treatments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscoverySettings {
    /// Requests a node at which the crawl is looked at (at least one, increasing, above 0).
    pub requests: Vec<f64>,
    /// Entries that a reply names (≥ 1). The whole list if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<u32>,
    /// Dialable peers that are known at the start (1 to as many as there are).
    #[serde(default = "one")]
    pub seeds: u32,
    /// Share of peers that detect the crawler and refuse to answer (0 to 1).
    #[serde(default)]
    pub refusing: f64,
    /// Sensors (≥ 0).
    #[serde(default)]
    pub sensors: u32,
    /// Share of peers whose list holds a sensor, for each sensor by itself (0 to 1).
    #[serde(default = "one_percent")]
    pub sensor_share: f64,
    /// Calls that every peer makes while sensors wait (≥ 0).
    #[serde(default = "hundred")]
    pub sensor_calls: u32,
    /// Dismantling target C of strategies that work towards one. In (0, 1).
    #[serde(default = "one_percent")]
    pub target: f64,
}

fn one() -> u32 {
    1
}
fn one_percent() -> f64 {
    0.01
}
fn hundred() -> u32 {
    100
}

impl DiscoverySettings {
    pub(super) fn crawl(&self) -> Crawl {
        Crawl {
            requests: *self.requests.last().unwrap_or(&0.0),
            reply: self.reply,
            seeds: self.seeds,
            refusing: self.refusing,
            sensors: self.sensors,
            sensor_share: self.sensor_share,
            sensor_calls: self.sensor_calls,
        }
    }
}

/// A discovery study, checked and ready to run.
#[derive(Debug, Clone)]
pub struct Discovery {
    /// What it says beside its topologies and treatments.
    pub settings: DiscoverySettings,
    /// The rows of its table of cells.
    pub topologies: Vec<TopologySpec>,
    /// The columns.
    pub treatments: Vec<StrategySpec>,
}

impl Discovery {
    /// Reads what is left of a spec of this kind.
    ///
    /// # Errors
    /// With the place.
    pub fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<Discovery, SpecError> {
        let treatments = text.take_tables("treatment")?;
        let topologies = text.take_tables("topology")?;
        let settings = text.settings("[[topology]] or [[treatment]]", check)?;
        let topologies = text.topologies(topologies, known.models)?;
        let treatments = StrategySpec::read_all(&text, treatments, known, NO_TREATMENT)?;
        Ok(Discovery { settings, topologies, treatments })
    }
}

fn check(s: &DiscoverySettings) -> Result<(), Invalid> {
    let must = |holds: bool, key, reason: &str| Invalid::unless(holds, key, || reason.to_string());
    let rising = s.requests.first().is_some_and(|&r| r > 0.0) && s.requests.windows(2).all(|w| w[0] < w[1]);
    must(rising, "requests", "at least one number of requests a node; they increase, from above 0 on")?;
    must(s.target > 0.0 && s.target < 1.0, "target", "a share of the nodes, more than 0 and less than 1")?;
    s.crawl().check()
}
