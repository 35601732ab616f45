//! Partition along a strategy: the first nodes of its removal order fall, whatever they are.

use super::{Action, Aim, Powers};
use crate::Unfit;
use crate::world::World;
use hydranet_plugin::{Invalid, Plugin};
use hydranet_takedown::{Items, STRATEGIES, Strategies, Strategy, Task};
use hydranet_topology::Params;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of [`Partition`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PartitionParams {
    /// The strategy that ranks the nodes, with its default parameters: see `hydranet strategies`. Source: each strategy's own.
    pub strategy: String,
    /// Nodes that fall (≥ 1): infrastructure is seized, machines are cleaned up. The operator's own node is passed over.
    pub removals: u32,
}

impl Default for PartitionParams {
    fn default() -> Self {
        PartitionParams { strategy: "role".into(), removals: 10 }
    }
}

/// So many nodes fall in the order of a strategy, on the network as it is then.
#[derive(Debug)]
pub struct Partition {
    params: PartitionParams,
    strategy: Arc<dyn Strategy>,
}

impl Action for Partition {
    fn strike(&self, world: &mut World, aim: &mut Aim<'_>) -> Result<u64, Unfit> {
        let (overlay, ids) = world.overlay();
        if ids.is_empty() {
            return Ok(0);
        }
        let mut task = Task::new(aim.rng.clone());
        let order = self.strategy.nodes(&overlay, &mut task)?;
        *aim.rng = task.rng;
        let Items::Nodes(order) = order.items else { return Err(Unfit::RanksNoNodes) };
        let falls = |v: &u32| world.role[*v as usize] != hydranet_overlay::Role::Operator && aim.sees(world, *v);
        let falls: Vec<u32> =
            order.iter().map(|&i| ids[i as usize]).filter(falls).take(self.params.removals as usize).collect();
        let mut hit = 0;
        for v in falls {
            if aim.hits() {
                world.remove(v);
                hit += 1;
            }
        }
        Ok(hit)
    }

    fn powers(&self) -> Powers {
        Powers { seizes: true, cleans: true, ..Powers::NONE }
    }
}

impl Plugin for Partition {
    type Params = PartitionParams;
    const NAME: &'static str = "partition";
    const ABOUT: &'static str = "the first nodes of a strategy's removal order fall, servers and machines alike";

    fn new(params: PartitionParams) -> Result<Self, Invalid> {
        Invalid::unless(params.removals >= 1, "removals", || "at least 1 node, not 0".into())?;
        let known = Strategies::default().with(STRATEGIES);
        let row = known.get(&params.strategy).map_err(|e| Invalid::new("strategy", e.to_string()))?;
        let nothing = Params::parse("").map_err(|e| Invalid::new("strategy", e.message()))?;
        let built = row.build(&nothing).map_err(|e| {
            Invalid::new("strategy", format!("`{}` needs parameters and cannot be used here: {}", row.name, e.reason))
        })?;
        Ok(Partition { params, strategy: built.value })
    }
}
