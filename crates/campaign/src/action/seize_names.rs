//! Seize names: the servers behind them are lost to the machines, and so is a rebuilt server under the old name.

use super::seize_servers::seizable;
use super::{Action, Aim, Powers, WorksOn};
use crate::Unfit;
use crate::world::World;
use hydranet_plugin::bounds::share;
use hydranet_plugin::{Invalid, Plugin};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`SeizeNames`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SeizeNamesParams {
    /// Share of the names of servers in service that are taken, from 0 to 1. Source: nearly all in the Zeus case of 2012.
    pub share: f64,
    /// Share of the names of the fallback channel (rendezvous names) that the defender registers or blocks while the action lasts, from
    /// 0 to 1. Source: Conficker Working Group 2011.
    pub fallback_share: f64,
}

impl Default for SeizeNamesParams {
    fn default() -> Self {
        SeizeNamesParams { share: 1.0, fallback_share: 0.0 }
    }
}

/// Servers are lost with their names: a rebuilt one has another.
#[derive(Debug)]
pub struct SeizeNames(SeizeNamesParams);

impl Action for SeizeNames {
    fn strike(&self, world: &mut World, aim: &mut Aim<'_>) -> Result<u64, Unfit> {
        let targets = aim.share_of(world, seizable(world), self.0.share);
        targets.iter().for_each(|&v| world.take(v, true));
        *aim.names_blocked = aim.names_blocked.max(self.0.fallback_share);
        Ok(targets.len() as u64)
    }

    fn powers(&self) -> Powers {
        let blocks = self.0.fallback_share > 0.0;
        let works_on = if blocks { WorksOn::Any } else { WorksOn::Servers };
        Powers { works_on, seizes: true, misleads: true, lasts: blocks, ..Powers::NONE }
    }
}

impl Plugin for SeizeNames {
    type Params = SeizeNamesParams;
    const NAME: &'static str = "seize-names";
    const ABOUT: &'static str = "servers are lost together with their names; rendezvous names can be blocked too";

    fn new(params: SeizeNamesParams) -> Result<Self, Invalid> {
        share("share", params.share)?;
        share("fallback_share", params.fallback_share)?;
        Ok(SeizeNames(params))
    }
}
