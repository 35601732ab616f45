//! Sybil nodes: decoys announce themselves and are learnt where there is room (Douceur 2002).

use super::{Action, Aim, Powers, WorksOn};
use crate::Unfit;
use crate::world::World;
use hydranet_plugin::bounds::positive;
use hydranet_plugin::{Invalid, Plugin};
use hydranet_topology::Draw;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Sybil`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SybilParams {
    /// Sybil nodes (≥ 1). Source: Davis et al. 2008 use up to the size of the network.
    pub nodes: u32,
    /// Announcements that each makes in an hour (> 0), to machines at random; one to a machine that is off or cannot be dialled is lost.
    pub announcements_per_hour: f64,
    /// Providers that they are spread over (≥ 1).
    pub providers: u32,
}

impl Default for SybilParams {
    fn default() -> Self {
        SybilParams { nodes: 64, announcements_per_hour: 60.0, providers: 64 }
    }
}

/// Decoys join like machines: they displace nobody but take the places that become free.
#[derive(Debug)]
pub struct Sybil(SybilParams);

impl Action for Sybil {
    fn strike(&self, world: &mut World, aim: &mut Aim<'_>) -> Result<u64, Unfit> {
        if world.centralized {
            return Ok(0); // nobody asks peers
        }
        aim.touched.extend(world.add_decoys(self.0.nodes, self.0.providers));
        Ok(0)
    }

    fn keep_up(&self, world: &mut World, aim: &mut Aim<'_>) -> u64 {
        let slots = world.slots();
        let expected = self.0.announcements_per_hour * aim.cycle as f64 / 3600.0;
        let mut taken = 0;
        for i in 0..aim.touched.len() {
            let node = aim.touched[i];
            for _ in 0..expected as u64 + aim.rng.chance(expected.fract()) as u64 {
                let v = aim.rng.below(slots);
                let open = world.is_machine(v) && world.is_live(v) && world.is_routable(v) && aim.sees(world, v);
                if open && aim.hits() && world.learn(v, node, 0) {
                    taken += 1;
                }
            }
        }
        taken
    }

    fn lift(&self, world: &mut World, touched: &[u32]) {
        world.retire_decoys(touched);
    }

    fn powers(&self) -> Powers {
        Powers { works_on: WorksOn::Peers, misleads: true, lasts: true, ..Powers::NONE }
    }
}

impl Plugin for Sybil {
    type Params = SybilParams;
    const NAME: &'static str = "sybil";
    const ABOUT: &'static str = "decoys announce themselves and are learnt where lists have room";

    fn new(params: SybilParams) -> Result<Self, Invalid> {
        positive("announcements_per_hour", params.announcements_per_hour)?;
        Invalid::unless(params.nodes >= 1, "nodes", || "at least 1 Sybil node, not 0".into())?;
        Invalid::unless(params.providers >= 1, "providers", || "at least 1 provider, not 0".into())?;
        Ok(Sybil(params))
    }
}
