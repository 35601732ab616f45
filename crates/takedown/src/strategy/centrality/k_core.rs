//! Highest coreness first: the innermost shell falls before the outer ones (Kitsak et al., "Identification of influential
//! spreaders in complex networks", Nat. Phys. 6, 888, 2010).
//!
//! Coreness ([`hydranet_measures::centrality::coreness`]) is counted once, before the takedown, in O(n + m).
//! Nodes of equal coreness fall by degree, highest first; the paper leaves this open. O(n log n + m).

use crate::RemovalOrder;
use crate::strategy::{Ranking, Strategy, Task, Ties, Unsuitable, rank};
use hydranet_measures::centrality::coreness;
use hydranet_overlay::Overlay;
use hydranet_plugin::Plugin;
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// Parameters of [`KCore`].
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct KCoreParams {
    /// Who falls first among nodes of equal coreness and equal degree: drawn at random, or the lowest node number.
    pub ties: Ties,
}

/// Highest coreness first, then highest degree.
#[derive(Debug, Clone, Default)]
pub struct KCore(KCoreParams);

impl Strategy for KCore {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let csr = overlay.closure();
        let core = coreness(csr);
        let mut order = rank::by_falling_score(csr.nodes(), |v| csr.degree(v), self.0.ties, &mut task.rng);
        order.sort_by_key(|&v| Reverse(core[v as usize])); // stable: the order within a shell stays
        Ok(RemovalOrder::nodes(order))
    }

    fn ranking(&self) -> Ranking {
        Ranking::ONCE.ties(self.0.ties)
    }
}

impl Plugin for KCore {
    type Params = KCoreParams;
    const NAME: &'static str = "k-core";
    const ALIASES: &'static [&'static str] = &["coreness"];
    const ABOUT: &'static str = "highest coreness first: the innermost shell before the outer ones, then by degree";
    const EXAMPLE: &'static str = "";

    fn new(params: KCoreParams) -> Result<KCore, Invalid> {
        Ok(KCore(params))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dismantle::tests::{assert_permutation, for_small_networks};

    #[test]
    fn innermost_shell_first() {
        for_small_networks(300, |csr, rng| {
            let core = coreness(csr);
            let overlay = Overlay::symmetric(csr.clone());
            let order = KCore(KCoreParams::default()).nodes(&overlay, &mut Task::new(rng.clone())).unwrap();
            let crate::Items::Nodes(order) = order.items else { unreachable!("it ranks nodes") };
            assert_permutation(csr, &order);
            assert!(order.is_sorted_by_key(|&v| Reverse((core[v as usize], csr.degree(v)))));
        });
    }
}
