//! Random failure: every order is equally likely. The null model of all robustness studies (Albert, Jeong & Barabási,
//! Nature 406, 378, 2000). O(n).

use crate::RemovalOrder;
use crate::strategy::{Strategy, Task, Unsuitable};
use hydranet_overlay::Overlay;
use hydranet_plugin::Plugin;
use hydranet_topology::{Draw, Invalid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Random failure takes no parameters.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RandomParams {}

/// Nodes or edges fail in uniformly random order.
#[derive(Debug, Clone, Default)]
pub struct Random;

impl Strategy for Random {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let rng = &mut task.rng;
        Ok(RemovalOrder::nodes(rng.permutation(overlay.nodes())))
    }

    fn edges(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let rng = &mut task.rng;
        let mut edges: Vec<_> = overlay.closure().iter_arcs().filter(|[u, v]| u < v).collect();
        rng.shuffle(&mut edges);
        Ok(RemovalOrder::edges(edges))
    }
}

impl Plugin for Random {
    type Params = RandomParams;
    const NAME: &'static str = "random";
    const ALIASES: &'static [&'static str] = &["failure"];
    const ABOUT: &'static str = "random failure: every order is equally likely";
    const EXAMPLE: &'static str = "";

    fn new(_: RandomParams) -> Result<Random, Invalid> {
        Ok(Random)
    }
}
