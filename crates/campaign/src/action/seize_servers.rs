//! Seize servers: they go off; their names and addresses stay the operator's.

use super::{Action, Aim, Powers, WorksOn};
use crate::Unfit;
use crate::world::World;
use hydranet_overlay::Role;
use hydranet_plugin::bounds::share;
use hydranet_plugin::{Invalid, Plugin};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`SeizeServers`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SeizeServersParams {
    /// Share of the servers and rented relays in service that are taken, from 0 to 1. Source: 62 of 69 for TrickBot in 2020
    /// (Microsoft 2020).
    pub share: f64,
}

impl Default for SeizeServersParams {
    fn default() -> Self {
        SeizeServersParams { share: 1.0 }
    }
}

/// Servers and rented relays go out of service; the operator's own node stays.
#[derive(Debug)]
pub struct SeizeServers(SeizeServersParams);

/// What can be seized: infrastructure in service, but not the operator.
pub(super) fn seizable(world: &World) -> Vec<u32> {
    world.servers(None).into_iter().filter(|&v| world.role[v as usize] != Role::Operator).collect()
}

impl Action for SeizeServers {
    fn strike(&self, world: &mut World, aim: &mut Aim<'_>) -> Result<u64, Unfit> {
        let targets = aim.share_of(world, seizable(world), self.0.share);
        targets.iter().for_each(|&v| world.take(v, false));
        Ok(targets.len() as u64)
    }

    fn powers(&self) -> Powers {
        Powers { works_on: WorksOn::Servers, seizes: true, ..Powers::NONE }
    }
}

impl Plugin for SeizeServers {
    type Params = SeizeServersParams;
    const NAME: &'static str = "seize-servers";
    const ABOUT: &'static str = "servers and rented relays are taken out of service; their names stay the operator's";

    fn new(params: SeizeServersParams) -> Result<Self, Invalid> {
        share("share", params.share)?;
        Ok(SeizeServers(params))
    }
}
