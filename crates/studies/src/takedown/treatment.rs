//! What one column of cells does to a network.

use hydranet_routing::knowledge::Knowledge;
use hydranet_takedown::budget::RemovalCost;
use hydranet_takedown::repair::Repair;
use hydranet_takedown::{Removes, Strategy};
use hydranet_topology::Built;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One column of cells.
#[derive(Debug, Clone)]
pub struct TreatmentSpec {
    /// What tables and figures call it.
    pub label: String,
    /// The strategy with its parameters.
    pub built: Built<dyn Strategy>,
    /// What it removes.
    pub removes: Removes,
    /// What a removal costs, for curves against cost.
    pub cost: RemovalCost,
    /// Whether overload spreads after the first seizures, and how much nodes bear.
    pub cascade: Option<CascadeSpec>,
    /// What the strategy knows of the network; everything if left out.
    pub knowledge: Option<Knowledge>,
    /// Whether the network repairs itself after removals, and how; it does not if left out.
    pub repair: Option<Repair>,
}

/// Overload after the first seizures (Motter & Lai 2002): `cascade = { alpha = 0.2, seeds = 1 }`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CascadeSpec {
    /// Spare capacity α (≥ 0): a node bears (1 + α) times its load in the whole network.
    pub alpha: f64,
    /// How many nodes of the order are seized before overload spreads (≥ 1).
    #[serde(default = "one")]
    pub seeds: u32,
}

fn one() -> u32 {
    1
}
