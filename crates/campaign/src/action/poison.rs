//! Poison peer lists: entries of machines that can be dialled are overwritten with decoys, a few an hour.

use super::{Action, Aim, Powers, WorksOn};
use crate::Unfit;
use crate::world::{NodeKind, World};
use hydranet_plugin::bounds::positive;
use hydranet_plugin::{Invalid, Plugin};
use hydranet_topology::Draw;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Poison`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PoisonParams {
    /// Entries that are overwritten, per machine that can be dialled and hour that it is online (> 0): nobody writes to a machine that
    /// is off. Source: Rossow et al. 2013 reach most of a
    /// botnet's lists within days.
    pub entries_per_hour: f64,
    /// Decoys (≥ 1).
    pub decoys: u32,
    /// Providers that the decoys are spread over (≥ 1): a limit per provider on lists keeps
    /// them from spreading by exchange, not from being written.
    pub providers: u32,
}

impl Default for PoisonParams {
    fn default() -> Self {
        PoisonParams { entries_per_hour: 1.0, decoys: 64, providers: 64 }
    }
}

/// Decoys displace contacts on the lists of machines that can be dialled, and spread to others by exchange.
#[derive(Debug)]
pub struct Poison(PoisonParams);

impl Action for Poison {
    fn strike(&self, world: &mut World, aim: &mut Aim<'_>) -> Result<u64, Unfit> {
        if world.centralized {
            return Ok(0); // there are no peer lists to poison
        }
        aim.touched.extend(world.add_decoys(self.0.decoys, self.0.providers));
        Ok(0)
    }

    fn keep_up(&self, world: &mut World, aim: &mut Aim<'_>) -> u64 {
        let decoys = aim.touched.clone();
        let targets: Vec<u32> = (0..world.slots())
            .filter(|&v| world.is_machine(v) && world.is_live(v) && world.is_routable(v) && aim.sees(world, v))
            .collect();
        let expected = self.0.entries_per_hour * aim.cycle as f64 / 3600.0;
        let mut written = 0;
        if decoys.is_empty() {
            return 0;
        }
        for v in targets {
            let entries = expected as u64 + aim.rng.chance(expected.fract()) as u64;
            for _ in 0..entries {
                let decoy = decoys[aim.rng.below(decoys.len() as u32) as usize];
                let len = world.row(v).len();
                if len == 0 || !aim.hits() || world.row(v).contains(&decoy) {
                    continue;
                }
                let place = aim.rng.below(len as u32) as usize;
                if world.kind[world.row(v)[place] as usize] == NodeKind::Machine {
                    world.replace(v, place, decoy);
                    written += 1;
                }
            }
        }
        written
    }

    fn lift(&self, world: &mut World, touched: &[u32]) {
        world.retire_decoys(touched);
    }

    fn powers(&self) -> Powers {
        Powers { works_on: WorksOn::Peers, misleads: true, lasts: true, ..Powers::NONE }
    }
}

impl Plugin for Poison {
    type Params = PoisonParams;
    const NAME: &'static str = "poison";
    const ABOUT: &'static str =
        "decoys overwrite entries of peer lists, a few an hour on every machine that can be dialled";

    fn new(params: PoisonParams) -> Result<Self, Invalid> {
        positive("entries_per_hour", params.entries_per_hour)?;
        Invalid::unless(params.decoys >= 1, "decoys", || "at least 1 decoy, not 0".into())?;
        Invalid::unless(params.providers >= 1, "providers", || "at least 1 provider, not 0".into())?;
        Ok(Poison(params))
    }
}
