//! Sinkhole: the lists of a share of the machines come to name decoys only.

use super::{Action, Aim, Powers};
use crate::Unfit;
use crate::world::World;
use hydranet_plugin::bounds::share;
use hydranet_plugin::{Invalid, Plugin};
use hydranet_topology::Draw;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Sinkhole`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SinkholeParams {
    /// Share of the machines whose lists are overwritten, from 0 to 1. Source: 26 % for ZeroAccess in 2013 (Symantec).
    pub share: f64,
    /// Decoys that stand in for contacts (≥ 1).
    pub decoys: u32,
}

impl Default for SinkholeParams {
    fn default() -> Self {
        SinkholeParams { share: 0.25, decoys: 16 }
    }
}

/// Machines are led to decoys; they are the network's again only when they find a way back.
#[derive(Debug)]
pub struct Sinkhole(SinkholeParams);

impl Action for Sinkhole {
    fn strike(&self, world: &mut World, aim: &mut Aim<'_>) -> Result<u64, Unfit> {
        let targets = aim.share_of(world, world.machines(), self.0.share);
        let made = world.add_decoys(self.0.decoys, self.0.decoys);
        for &v in &targets {
            let length = world.row(v).len().max(1).min(made.len());
            world.forget_all(v);
            let start = aim.rng.below(made.len() as u32) as usize;
            for i in 0..length {
                world.learn(v, made[(start + i) % made.len()], 0);
            }
            world.known.set(v, true);
        }
        // whoever called a machine that is led away still does: it answers, so it is taken off the others' lists
        let mut away = targets.clone();
        away.sort_unstable();
        for v in world.machines() {
            unlist(world, v, &away);
        }
        aim.touched.extend(made);
        Ok(targets.len() as u64)
    }

    fn lift(&self, world: &mut World, touched: &[u32]) {
        world.retire_decoys(touched);
    }

    fn powers(&self) -> Powers {
        Powers { misleads: true, lasts: true, ..Powers::NONE }
    }
}

fn unlist(world: &mut World, v: u32, away: &[u32]) {
    let mut place = 0;
    while place < world.row(v).len() {
        if away.binary_search(&world.row(v)[place]).is_ok() { world.forget(v, place) } else { place += 1 }
    }
}

impl Plugin for Sinkhole {
    type Params = SinkholeParams;
    const NAME: &'static str = "sinkhole";
    const ABOUT: &'static str = "the lists of a share of the machines come to name decoys only";

    fn new(params: SinkholeParams) -> Result<Self, Invalid> {
        share("share", params.share)?;
        Invalid::unless(params.decoys >= 1, "decoys", || "at least 1 decoy, not 0".into())?;
        Ok(Sinkhole(params))
    }
}
