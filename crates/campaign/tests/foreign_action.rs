//! An action of another crate joins a playbook: its file and one row, nothing of ours.

use hydranet_campaign::{ACTIONS, Action, Actions, Aim, Campaign, Engine, Trajectory, Unfit, World};
use hydranet_overlay::{Csr, Overlay};
use hydranet_plugin::{Invalid, Params, Plugin, Registration};
use hydranet_topology::Trial;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Unplug`].
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct UnplugParams {
    /// Share of the machines that are off the net while it lasts, from 0 to 1.
    share: f64,
}

impl Default for UnplugParams {
    fn default() -> Self {
        UnplugParams { share: 0.5 }
    }
}

/// Machines are off the net while it lasts.
#[derive(Debug)]
struct Unplug(UnplugParams);

impl Action for Unplug {
    fn strike(&self, world: &mut World, aim: &mut Aim<'_>) -> Result<u64, Unfit> {
        if world.is_centralized() {
            return Err(Unfit::Other("machines here hang on servers; seize those".into()));
        }
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

    fn new(params: UnplugParams) -> Result<Self, Invalid> {
        let share = params.share;
        Invalid::unless((0.0..=1.0).contains(&share), "share", || format!("from 0 to 1, not {share}"))?;
        Ok(Unplug(params))
    }
}

const MINE: &[Registration<dyn Action>] = &[Registration::of::<Unplug>()];

fn actions() -> Actions {
    Actions::default().with(ACTIONS).with(MINE)
}

const SPEC: &str = "
[time]
days = 20
[churn]
sessions = \"never\"
[[action]]
action = \"unplug\"
share = 0.25
at_days = 5
duration_days = 5
[[action]]
action = \"clean-up\"
share = 0.1
at_days = 15
";

fn run(campaign: &Campaign, overlay: &Overlay) -> Result<Trajectory, hydranet_campaign::CampaignError> {
    Engine::new(campaign, overlay, 1, Trial::network(0))?.run()
}

#[test]
fn its_row_keeps_the_promises_of_a_row() {
    hydranet_plugin::check(MINE);
}

#[test]
fn it_acts_beside_the_actions_of_this_crate() {
    let ring: Vec<[u32; 2]> = (0..100).flat_map(|v| [[v, (v + 1) % 100], [v, (v + 10) % 100]]).collect();
    let overlay = Overlay::symmetric(Csr::from_edges(100, &ring).0);
    let mut campaign = Campaign::read(Params::parse(SPEC).unwrap(), &actions(), "").unwrap();
    let online = |campaign: &Campaign| {
        let trajectory = run(campaign, &overlay).unwrap();
        [4, 6, 12, 16].map(|day| trajectory.samples[day * 4].online)
    };
    assert_eq!(online(&campaign), [100, 75, 100, 90]);
    campaign.set("action.1.share", 0.5, &actions()).unwrap();
    assert_eq!(online(&campaign), [100, 50, 100, 90]);
}

#[test]
fn a_program_that_does_not_know_it_says_so() {
    let error = Campaign::read(Params::parse(SPEC).unwrap(), &Actions::default().with(ACTIONS), "").unwrap_err();
    assert!(error.reason.contains("no action `unplug`"), "{}", error.reason);
    assert_eq!(&SPEC[error.span], "\"unplug\"");
}

#[test]
fn what_does_not_suit_it_is_told_with_its_name() {
    use hydranet_overlay::{Role, Sources};
    let roles = vec![Role::Server, Role::Peer, Role::Peer];
    let star = Overlay::symmetric(Csr::from_edges(3, &[[0, 1], [0, 2]]).0);
    let star = star.with_roles(roles).with_sources(Sources::Nodes(vec![0]));
    let campaign = Campaign::read(Params::parse(SPEC).unwrap(), &actions(), "").unwrap();
    let error = run(&campaign, &star).unwrap_err();
    assert_eq!(error.to_string(), "`unplug`: machines here hang on servers; seize those");
}
