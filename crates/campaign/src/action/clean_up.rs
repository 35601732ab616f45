//! Clean up peers: a share of the machines is disinfected, at once or a little every day.

use super::{Action, Aim, Powers};
use crate::Unfit;
use crate::world::World;
use hydranet_plugin::bounds::{not_negative, share};
use hydranet_plugin::{Invalid, Plugin};
use hydranet_topology::Draw;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`CleanUp`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CleanUpParams {
    /// Share of the machines that is cleaned up at once, from 0 to 1. Source: Emotet in 2021 was removed from all machines by its own
    /// update.
    pub share: f64,
    /// Rate of attempts to clean up afterwards, per machine, on or off, and day (≥ 0), while the action lasts.
    pub per_day: f64,
}

impl Default for CleanUpParams {
    fn default() -> Self {
        CleanUpParams { share: 0.1, per_day: 0.0 }
    }
}

/// Machines leave the network for good.
#[derive(Debug)]
pub struct CleanUp(CleanUpParams);

impl Action for CleanUp {
    fn strike(&self, world: &mut World, aim: &mut Aim<'_>) -> Result<u64, Unfit> {
        let targets = aim.share_of(world, world.machines(), self.0.share);
        targets.iter().for_each(|&v| world.lose(v));
        Ok(targets.len() as u64)
    }

    fn keep_up(&self, world: &mut World, aim: &mut Aim<'_>) -> u64 {
        let chance = -libm::expm1(-self.0.per_day * aim.cycle as f64 / 86_400.0);
        if chance <= 0.0 {
            return 0;
        }
        let slots = u64::from(world.slots());
        let (mut v, mut hit) = (aim.rng.failures_before_success(chance), 0);
        while v < slots {
            if world.is_machine(v as u32) && aim.sees(world, v as u32) && aim.hits() {
                world.lose(v as u32);
                hit += 1;
            }
            v = v.saturating_add(1).saturating_add(aim.rng.failures_before_success(chance));
        }
        hit
    }

    fn powers(&self) -> Powers {
        Powers { cleans: true, lasts: self.0.per_day > 0.0, ..Powers::NONE }
    }
}

impl Plugin for CleanUp {
    type Params = CleanUpParams;
    const NAME: &'static str = "clean-up";
    const ABOUT: &'static str = "machines are disinfected, at once or a little every day";

    fn new(params: CleanUpParams) -> Result<Self, Invalid> {
        share("share", params.share)?;
        not_negative("per_day", params.per_day)?;
        Ok(CleanUp(params))
    }
}
