//! Greedy reinsertion on top of any strategy: the parameter `reinsertion`, which every strategy takes beside its own.
//!
//! `reinsertion = true` hands the strategy's order to [`reinsert`]: nodes that are not needed for components of at
//! most C·N nodes come back. The target C is the task's.

use super::{NetworkSize, Ranking, Strategy, Task, Unsuitable};
use crate::{Items, RemovalOrder, reinsert};
use hydranet_overlay::Overlay;
use hydranet_plugin::Wraps;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What every strategy takes beside its own parameters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Reinsertion {
    /// Put nodes back that are not needed for components of at most C·N nodes, smallest component first (greedy reinsertion; C
    /// is the target).
    pub reinsertion: bool,
}

impl Reinsertion {
    /// A strategy whose orders are improved by greedy reinsertion: what `reinsertion = true` makes of one.
    ///
    /// ```
    /// use hydranet_takedown::strategy::{Degree, Reinsertion, Strategy};
    /// let strategy = Reinsertion::after(Degree::default());
    /// assert!(strategy.ranking().reinsertion);
    /// ```
    pub fn after(strategy: impl Strategy + 'static) -> Arc<dyn Strategy> {
        Reinsertion { reinsertion: true }.wrap(Arc::new(strategy))
    }
}

impl Wraps<dyn Strategy> for Reinsertion {
    fn wrap(self, strategy: Arc<dyn Strategy>) -> Arc<dyn Strategy> {
        if self.reinsertion { Arc::new(Reinserting(strategy)) } else { strategy }
    }
}

/// A strategy whose orders are improved by greedy reinsertion.
#[derive(Debug)]
struct Reinserting(Arc<dyn Strategy>);

impl Strategy for Reinserting {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let RemovalOrder { items, batch_ends, mut notes } = self.0.nodes(overlay, task)?;
        let Items::Nodes(order) = items else { unreachable!("nodes were asked for") };
        if !batch_ends.is_empty() {
            notes.push("with reinsertion, nodes fall one by one: the batches are gone".into());
        }
        let order = reinsert(overlay.closure(), &order, task.target, &mut task.rng);
        Ok(RemovalOrder { notes, ..RemovalOrder::nodes(order) })
    }

    fn edges(&self, _: &Overlay, _: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        Err(Unsuitable::new("reinsertion puts nodes back, not edges; leave it out, or remove nodes"))
    }

    fn needs_target(&self) -> bool {
        true
    }

    fn ranking(&self) -> Ranking {
        Ranking { reinsertion: true, ..self.0.ranking() }
    }

    fn order_cost(&self, size: NetworkSize) -> f64 {
        self.0.order_cost(size)
    }

    fn fingerprint(&self) -> String {
        self.0.fingerprint()
    }
}

#[cfg(test)]
mod tests {
    use super::super::STRATEGIES;
    use super::*;
    use crate::{Outcome, percolate};
    use hydranet_topology::{Models, Params, Purpose, Trial, trial_rng};

    fn row(name: &str) -> &'static hydranet_plugin::Registration<dyn Strategy> {
        STRATEGIES.iter().find(|row| row.name == name).unwrap()
    }

    #[test]
    fn every_strategy_takes_it_and_gains() {
        let models = Models::default().with(hydranet_topology_random::MODELS);
        let gnm = models.get("gnm").unwrap().build(&Params::parse("n = 2000\nm = 3500").unwrap()).unwrap();
        let network = gnm.value.generate(&mut trial_rng(1, Trial::network(0), Purpose::Topology));
        for name in ["random", "degree", "corehd", "pagerank"] {
            let size = |text: &str| {
                let built = row(name).build(&Params::parse(text).unwrap()).unwrap();
                let task = &mut Task::new(trial_rng(1, Trial::network(0), Purpose::Order));
                let order = built.value.nodes(&network, task).unwrap();
                Outcome::of(&percolate(&network, &order), task.target).set_size.unwrap()
            };
            assert!(size("reinsertion = true") < size("reinsertion = false"), "{name}");
        }
    }

    #[test]
    fn it_is_listed_recorded_and_checked() {
        let row = row("degree");
        assert!(row.params().iter().any(|p| p.name == "reinsertion" && !p.meaning.is_empty()));
        let built = row.build(&Params::parse("reinsertion = true").unwrap()).unwrap();
        assert_eq!(built.params["reinsertion"].as_bool(), Some(true));
        assert!(built.value.needs_target());
        let refusal = row.build(&Params::parse("reinsertion = 1").unwrap()).unwrap_err();
        assert!(refusal.reason.contains("`reinsertion`: invalid type: integer `1`"), "{refusal}");
        let edges = built.value.edges(
            &Overlay::symmetric(hydranet_overlay::Csr::from_edges(2, &[[0, 1]]).0),
            &mut Task::new(trial_rng(1, Trial::network(0), Purpose::Order)),
        );
        assert!(edges.unwrap_err().reason.contains("nodes back"));
    }
}
