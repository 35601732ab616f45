//! The nodes that are nearest to all others fall first.
//!
//! Scores are those of [`hydranet_measures::centrality::closeness`], on the closure: `wasserman-faust` (default) or `harmonic`. O(n m),
//! or O(k m) with `samples = k`.

use crate::RemovalOrder;
use crate::strategy::{NetworkSize, Ranking, Strategy, Task, Ties, Unsuitable, batch, score};
use hydranet_measures::centrality::{closeness, sampled_closeness};
use hydranet_overlay::Overlay;
use hydranet_plugin::Plugin;
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use hydranet_measures::centrality::Nearness;

/// Parameters of [`Closeness`].
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ClosenessParams {
    /// What nearness is: `wasserman-faust` (the reachable share over the mean distance) or `harmonic`.
    pub definition: Nearness,
    /// Searches in every component (≥ 1); exact, from all nodes, where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub samples: Option<u32>,
    /// Who falls first among nodes of equal closeness: drawn at random, or the lowest node number.
    pub ties: Ties,
}

/// Highest closeness first.
#[derive(Debug, Clone, Default)]
pub struct Closeness(ClosenessParams);

impl Strategy for Closeness {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let (csr, definition) = (overlay.closure(), self.0.definition);
        let scores = match self.0.samples {
            None => closeness(csr, definition),
            Some(samples) => sampled_closeness(csr, definition, samples, &mut task.rng),
        };
        Ok(RemovalOrder::nodes(score::by_falling_real(&scores, self.0.ties, &mut task.rng)))
    }

    fn ranking(&self) -> Ranking {
        Ranking::ONCE.ties(self.0.ties)
    }

    fn order_cost(&self, size: NetworkSize) -> f64 {
        size.searches(3.0, self.0.samples)
    }
}

impl Plugin for Closeness {
    type Params = ClosenessParams;
    const NAME: &'static str = "closeness";
    const ABOUT: &'static str =
        "nearest to all others first (Wasserman & Faust's closeness, or harmonic; exact or sampled)";
    const EXAMPLE: &'static str = "";

    fn new(params: ClosenessParams) -> Result<Closeness, Invalid> {
        batch::check_samples(params.samples)?;
        Ok(Closeness(params))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::random_network;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn falls_with_closeness() {
        for trial in 0..100 {
            let csr = random_network(&mut trial_rng(34, Trial::network(trial), Purpose::Topology), 30);
            for definition in [Nearness::WassermanFaust, Nearness::Harmonic] {
                let samples = [None, Some(30)][trial as usize % 2]; // a sample of everything is exact
                let plan = Closeness::new(ClosenessParams { definition, samples, ties: Ties::Random }).unwrap();
                let want = closeness(&csr, definition);
                score::assert_ranks(&plan, &Overlay::symmetric(csr.clone()), &want);
            }
        }
    }
}
