//! One hosting network after the other: a provider is disconnected with everything in it, largest first. O(n log n).

use crate::RemovalOrder;
use crate::strategy::{Ranking, Strategy, Task, Unsuitable};
use hydranet_overlay::{Overlay, Role};
use hydranet_plugin::Plugin;
use hydranet_topology::{Draw, Invalid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What makes a provider large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Hosts {
    /// All nodes that it hosts.
    #[default]
    Nodes,
    /// The operators, servers and relays that it hosts, then all nodes.
    Command,
}

/// Parameters of [`Provider`].
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ProviderParams {
    /// What makes a provider large: all its nodes, or those of the command structure.
    pub by: Hosts,
}

/// Largest provider first. All nodes of one provider are a batch: they fall together.
#[derive(Debug, Clone, Default)]
pub struct Provider(ProviderParams);

impl Strategy for Provider {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let rng = &mut task.rng;
        let provider = overlay.provider().ok_or_else(|| {
            Unsuitable::new(
                "the network does not say which provider hosts a node; give the topology a `providers` parameter, \
                 or the GraphML file a node attribute `provider`",
            )
        })?;
        let mut hosted: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for v in rng.permutation(overlay.nodes()) {
            hosted.entry(provider[v as usize]).or_default().push(v);
        }
        let mut providers: Vec<Vec<u32>> = hosted.into_values().collect();
        rng.shuffle(&mut providers); // equals at random
        let command = |nodes: &[u32]| nodes.iter().filter(|&&v| overlay.role(v) != Role::Peer).count();
        providers.sort_by_cached_key(|nodes| {
            Reverse(match self.0.by {
                Hosts::Nodes => (nodes.len(), 0),
                Hosts::Command => (command(nodes), nodes.len()),
            })
        });
        let mut order = RemovalOrder::nodes(Vec::with_capacity(overlay.nodes() as usize));
        let crate::Items::Nodes(list) = &mut order.items else { unreachable!("made of nodes above") };
        for nodes in providers {
            list.extend(nodes);
            order.batch_ends.push(list.len() as u32);
        }
        Ok(order)
    }

    fn ranking(&self) -> Ranking {
        Ranking { batch: "provider".into(), ..Ranking::ONCE }
    }
}

impl Plugin for Provider {
    type Params = ProviderParams;
    const NAME: &'static str = "provider";
    const ABOUT: &'static str = "largest hosting network first, with everything that it hosts at once";
    const EXAMPLE: &'static str = "by = \"command\"";

    fn new(params: ProviderParams) -> Result<Provider, Invalid> {
        Ok(Provider(params))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_overlay::Csr;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn largest_first_and_in_batches() {
        let plain = Overlay::symmetric(Csr::empty(6));
        let rng = || Task::new(trial_rng(1, Trial::network(0), Purpose::Order));
        let plan = Provider(ProviderParams::default());
        assert!(plan.nodes(&plain, &mut rng()).unwrap_err().reason.contains("provider"));
        let hosted = plain.with_provider(vec![7, 3, 7, 3, 7, 9]);
        let order = plan.nodes(&hosted, &mut rng()).unwrap();
        assert_eq!(order.batch_ends, [3, 5, 6]);
        let roles = vec![Role::Peer, Role::Peer, Role::Peer, Role::Peer, Role::Peer, Role::Server];
        let by_command = Provider(ProviderParams { by: Hosts::Command });
        let order = by_command.nodes(&hosted.with_roles(roles), &mut rng()).unwrap();
        assert_eq!(order.batch_ends, [1, 4, 6]);
    }
}
