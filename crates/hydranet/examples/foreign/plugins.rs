//! One plug-in of every kind, as a crate outside of the workspace would bring them: from `hydranet`, `serde` and `schemars` alone.
#![allow(unreachable_pub)] // in a crate they are reached

use hydranet::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[path = "study.rs"]
pub mod study;
pub use study::STUDIES;

/// Parameters of [`Caterpillar`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaterpillarParams {
    /// Nodes of the spine (≥ 2).
    pub spine: u32,
    /// Legs of each of them.
    pub legs: u32,
}

/// A path whose nodes have legs.
#[derive(Debug)]
pub struct Caterpillar(CaterpillarParams);

impl Topology for Caterpillar {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        let CaterpillarParams { spine, legs } = self.0;
        let along = (1..spine).map(|v| [v - 1, v]);
        let links: Vec<[u32; 2]> = along.chain((0..spine * legs).map(|leg| [leg / legs, spine + leg])).collect();
        Overlay::symmetric(Csr::from_edges(spine * (1 + legs), &links).0)
    }
}

impl Plugin for Caterpillar {
    type Params = CaterpillarParams;
    const NAME: &'static str = "caterpillar";
    const ABOUT: &'static str = "a path whose nodes have legs, all of one number";
    const EXAMPLE: &'static str = "spine = 10\nlegs = 3";
    fn new(params: CaterpillarParams) -> Result<Caterpillar, Invalid> {
        Invalid::unless(params.spine >= 2, "spine", || format!("at least 2 nodes, not {}", params.spine))?;
        Ok(Caterpillar(params))
    }
}

/// Topologies.
pub const MODELS: &[Registration<dyn Topology>] = &[Registration::of::<Caterpillar>()];

/// Parameters of [`EveryOther`]: there are none.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EveryOtherParams {}

/// Nodes of even number fall first.
#[derive(Debug)]
pub struct EveryOther;

impl Strategy for EveryOther {
    fn nodes(&self, network: &Overlay, _: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let n = network.nodes();
        Ok(RemovalOrder::nodes((0..n).step_by(2).chain((1..n).step_by(2)).collect()))
    }
}

impl Plugin for EveryOther {
    type Params = EveryOtherParams;
    const NAME: &'static str = "every-other";
    const ABOUT: &'static str = "nodes of even number fall first, then the odd ones";
    fn new(_: EveryOtherParams) -> Result<EveryOther, Invalid> {
        Ok(EveryOther)
    }
}

/// Strategies.
pub const STRATEGIES: &[Registration<dyn Strategy>] = &[Registration::of::<EveryOther>()];

/// Parameters of [`Blackout`].
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlackoutParams {
    /// Share of the machines, from 0 to 1.
    pub share: f64,
}

/// Machines are off the net while it lasts.
#[derive(Debug)]
pub struct Blackout(BlackoutParams);

impl Action for Blackout {
    fn strike(&self, world: &mut World, aim: &mut Aim<'_>) -> Result<u64, Unfit> {
        let targets = aim.share_of(world, world.machines(), self.0.share);
        targets.iter().for_each(|&v| world.set_cut(v, true));
        aim.touched.extend(&targets);
        Ok(targets.len() as u64)
    }

    fn lift(&self, world: &mut World, touched: &[u32]) {
        touched.iter().for_each(|&v| world.set_cut(v, false));
    }
}

impl Plugin for Blackout {
    type Params = BlackoutParams;
    const NAME: &'static str = "blackout";
    const ABOUT: &'static str = "a share of the machines has no power for a while";
    const EXAMPLE: &'static str = "share = 0.25";
    fn new(params: BlackoutParams) -> Result<Blackout, Invalid> {
        hydranet::plugin::bounds::share("share", params.share)?;
        Ok(Blackout(params))
    }
}

/// Actions.
pub const ACTIONS: &[Registration<dyn Action>] = &[Registration::of::<Blackout>()];
