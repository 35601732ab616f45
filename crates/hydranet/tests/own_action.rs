//! An action of one's own in a playbook: a share of the machines is off the net for five days.

use hydranet::prelude::*;
use hydranet::topologies::unstructured::{RandomPeerList, RandomPeerListParams};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Unplug`].
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct UnplugParams {
    /// Share of the machines, from 0 to 1.
    share: f64,
}

#[derive(Debug)]
struct Unplug(UnplugParams);

impl Action for Unplug {
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

impl Plugin for Unplug {
    type Params = UnplugParams;
    const NAME: &'static str = "unplug";
    const ABOUT: &'static str = "a share of the machines is off the net for a while";
    const EXAMPLE: &'static str = "share = 0.25";
    fn new(params: UnplugParams) -> Result<Unplug, Invalid> {
        hydranet::plugin::bounds::share("share", params.share)?;
        Ok(Unplug(params))
    }
}

const ACTIONS: &[Registration<dyn Action>] = &[Registration::of::<Unplug>()];

#[test]
fn machines_are_off_for_five_days() -> Result<(), Box<dyn std::error::Error>> {
    hydranet::plugin::check(ACTIONS);
    let tables = "[time]\ndays = 20\n[churn]\nsessions = \"never\"\n\
                  [[action]]\naction = \"unplug\"\nshare = 0.25\nat_days = 5\nduration_days = 5";
    let known = Toolkit::default().with_actions(ACTIONS);
    let campaign = Campaign::read(Params::parse(tables)?, &known.actions, "").map_err(|e| e.reason)?;
    let model = RandomPeerList::new(RandomPeerListParams { n: 400, k: 20, routable_share: 1.0 })?;
    let network = model.generate(&mut trial_rng(1, Trial::network(0), Purpose::Topology));
    let trajectory = Engine::new(&campaign, &network, 1, Trial::network(0))?.run()?;
    let at = |day: usize| trajectory.samples[day * 4].online; // a sample in every six hours
    assert_eq!([at(4), at(6), at(12)], [400, 300, 400]);
    Ok(())
}
