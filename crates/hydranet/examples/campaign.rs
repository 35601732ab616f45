//! A campaign in memory: servers are seized on day 20, and the operator rebuilds. What was averted, and when is it back?
#![allow(clippy::print_stdout)]

use hydranet::campaign::{Operator, Time, action::SeizeServers};
use hydranet::prelude::*;
use hydranet::topologies::command::{Beacon, BeaconParams};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (peers, servers) = (1000, 3);
    let params = BeaconParams { peers, servers, servers_per_peer: None, providers: None, provider_exponent: 1.0 };
    let network = Beacon::new(params)?.generate(&mut trial_rng(5, Trial::network(0), Purpose::Topology));
    let seizure = Step {
        schedule: Schedule { at_days: 20.0, ..Schedule::default() },
        action: Built::of::<SeizeServers>(Default::default())?,
    };
    let campaign = Campaign {
        time: Time { days: 90.0, ..Time::default() },
        operator: Operator { rebuild_share: 1.0, rebuild_days: 10.0, ..Operator::default() },
        playbook: vec![seizure],
        ..Campaign::default()
    };
    let hit = Engine::new(&campaign, &network, 5, Trial::network(0))?.run()?;
    let baseline = Engine::new(&campaign.untouched(), &network, 5, Trial::network(0))?.run()?;
    let effect = hit.effect(&baseline);
    let averted = effect.harm_baseline.saturating_sub(effect.harm) / 86_400;
    println!("depth {:.2}, {averted} machine-days averted", effect.depth);
    println!("90 % recovered: {:?}", effect.recover_90);
    Ok(())
}
