//! Disconnect a provider: everything that it hosts is off the net while the action lasts.

use super::{Action, Aim, Powers};
use crate::Unfit;
use crate::world::{NOWHERE, World};
use hydranet_plugin::{Invalid, Plugin};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Parameters of [`DisconnectProvider`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DisconnectProviderParams {
    /// Providers that are disconnected (≥ 1), the one that hosts most of the network first. Source: McColo in 2008, one provider.
    pub providers: u32,
}

impl Default for DisconnectProviderParams {
    fn default() -> Self {
        DisconnectProviderParams { providers: 1 }
    }
}

/// Everything at the largest providers is off the net until the action is lifted.
#[derive(Debug)]
pub struct DisconnectProvider(DisconnectProviderParams);

impl Action for DisconnectProvider {
    fn strike(&self, world: &mut World, aim: &mut Aim<'_>) -> Result<u64, Unfit> {
        if world.provider.is_empty() {
            return Err(Unfit::NoProviders);
        }
        let mut hosted: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for v in (0..world.nodes()).filter(|&v| world.is_machine(v) || world.in_service(v)) {
            if world.provider[v as usize] != NOWHERE && aim.sees(world, v) {
                hosted.entry(world.provider[v as usize]).or_default().push(v);
            }
        }
        let mut providers: Vec<Vec<u32>> = hosted.into_values().collect();
        providers.sort_by_key(|nodes| Reverse(nodes.len()));
        let mut hit = 0;
        for nodes in providers.into_iter().take(self.0.providers as usize) {
            if aim.hits() {
                hit += 1;
                nodes.iter().for_each(|&v| world.set_cut(v, true));
                aim.touched.extend(nodes);
            }
        }
        Ok(hit)
    }

    fn lift(&self, world: &mut World, touched: &[u32]) {
        touched.iter().for_each(|&v| world.set_cut(v, false));
    }

    fn powers(&self) -> Powers {
        Powers { lasts: true, ..Powers::NONE }
    }
}

impl Plugin for DisconnectProvider {
    type Params = DisconnectProviderParams;
    const NAME: &'static str = "disconnect-provider";
    const ABOUT: &'static str = "everything at the provider that hosts most of the network is off the net";

    fn new(params: DisconnectProviderParams) -> Result<Self, Invalid> {
        Invalid::unless(params.providers >= 1, "providers", || "at least 1 provider, not 0".into())?;
        Ok(DisconnectProvider(params))
    }
}
