//! Whole campaigns against what must come out.

use hydranet_campaign::{ACTIONS, Actions, Campaign, Churn, Commands, Engine, Evidence, Maintenance, Mend, Operator};
use hydranet_campaign::{Dissemination, Schedule, Sessions, Step, Time, Trajectory};
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Draw, Params, Purpose, Trial, trial_rng};

fn network(model: &str, params: &str) -> Overlay {
    let models = hydranet_topology::Models::default()
        .with(hydranet_topology_command::MODELS)
        .with(hydranet_topology_random::MODELS);
    let built = models.get(model).unwrap().build(&Params::parse(params).unwrap()).unwrap();
    built.value.generate(&mut trial_rng(1, Trial::network(0), Purpose::Topology))
}

fn mesh(n: u32, links: u32) -> Overlay {
    let rng = &mut trial_rng(3, Trial::network(0), Purpose::Topology);
    let arcs: Vec<[u32; 2]> = (0..n * links).map(|i| [i / links, rng.below(n)]).collect();
    Overlay::directed(Csr::from_arcs(n, &arcs).0)
}

fn step(action: &str, params: &str, schedule: Schedule) -> Step {
    let row = Actions::default().with(ACTIONS).get(action).unwrap();
    Step { schedule, action: row.build(&Params::parse(params).unwrap()).unwrap() }
}

fn run(campaign: &Campaign, overlay: &Overlay) -> Trajectory {
    Engine::new(campaign, overlay, 7, Trial::network(0)).unwrap().run().unwrap()
}

fn days(days: f64) -> Campaign {
    Campaign { time: Time { days, ..Time::default() }, ..Campaign::default() }
}

#[test]
fn nothing_done_averts_nothing() {
    let base = Campaign {
        churn: Churn { half_life_days: Some(200.0), recruits_per_day: 0.004, diurnal: 0.5, ..Churn::default() },
        ..days(30.0)
    };
    let empty = Campaign { operator: Operator { learns: 0.5, ..Operator::default() }, ..base.clone() };
    for overlay in [mesh(500, 20), network("beacon", "peers = 500\nservers = 2")] {
        let (a, b) = (run(&empty, &overlay), run(&base.untouched(), &overlay));
        let effect = a.effect(&b);
        assert_eq!((effect.harm, effect.depth, effect.recover_50), (effect.harm_baseline, 0.0, None));
        assert!(effect.harm > 0);
    }
}

#[test]
fn a_beacon_falls_with_its_server_and_returns_with_it() {
    let overlay = network("beacon", "peers = 400\nservers = 1");
    let operator = Operator { rebuild_share: 1.0, rebuild_days: 8.0, rebuild_sigma: 0.0, ..Operator::default() };
    let mut campaign = Campaign { operator, ..days(60.0) };
    campaign.churn.sessions = Sessions::Never;
    campaign.playbook = vec![step("seize-servers", "", Schedule::default())];
    let (hit, baseline) = (run(&campaign, &overlay), run(&campaign.untouched(), &overlay));
    let effect = hit.effect(&baseline);
    assert_eq!((effect.depth, effect.cost, hit.rebuilt), (1.0, 1.0, 1));
    let back = effect.recover_90.unwrap();
    assert!(back.came && back.seconds == 8 * 86_400, "{back:?}");
    // 400 machines for 8 days, less than a report's span at either end
    let averted = (effect.harm_baseline - effect.harm) as f64 / 86_400.0;
    assert!((averted - 3200.0).abs() <= 100.0, "{averted}");
    // with its name it is lost for good: the machines do not know the new one
    campaign.playbook = vec![step("seize-names", "", Schedule::default())];
    let effect = run(&campaign, &overlay).effect(&baseline);
    assert_eq!((effect.recover_50.unwrap().came, effect.residual[0]), (false, Some(0.0)));
    // unless they have a fallback: 1 − (1 − 1/2)² = 3/4 a day
    campaign.operator.names_per_day = 2;
    campaign.operator.names_owned = 1;
    campaign.operator.names_tried = 2;
    let effect = run(&campaign, &overlay).effect(&baseline);
    let back = effect.recover_90.unwrap();
    assert!(back.came && (8..13).contains(&(back.seconds / 86_400)), "{back:?}");
}

#[test]
fn arrest_ends_command_but_not_the_machines() {
    let overlay = mesh(400, 20);
    let evidence = Evidence { nats: 0.5, watch_per_day: 1.0, arrest_days: 5.0, ..Evidence::default() };
    let campaign = Campaign { evidence, ..days(60.0) };
    let trajectory = run(&campaign, &overlay);
    let identified = trajectory.identified.expect("60 observations of half a nat pass 4.6 nats") / 86_400;
    let last = trajectory.samples.last().unwrap();
    assert_eq!(last.reach, 0);
    assert!(last.online > 100 && identified < 50, "{last:?}");
}

#[test]
fn every_action_leaves_a_working_network() {
    let beacon = network("linked-servers", "servers = 20\nserver_degree = 4\npeers = 300\nproviders = 4");
    for overlay in [mesh(300, 20), beacon] {
        for row in ACTIONS {
            if row.name == "disconnect-provider" && overlay.provider().is_none() {
                continue;
            }
            let schedule = Schedule { at_days: 3.0, duration_days: Some(4.0), times: 2, ..Schedule::default() };
            let campaign = Campaign { playbook: vec![step(row.name, row.example, schedule)], ..days(45.0) };
            let trajectory = run(&campaign, &overlay);
            assert_eq!(trajectory, run(&campaign, &overlay), "{}: the same streams, another trajectory", row.name);
            assert_eq!(trajectory.strikes.len(), 2, "{}", row.name);
            for s in &trajectory.samples {
                assert!(s.reach <= s.online && s.online <= s.members && s.known <= s.members, "{}: {s:?}", row.name);
            }
        }
    }
}

/// Decoys always answer, so that exchange spreads them: a few written entries are enough, unless lists take only one
/// contact of a provider.
#[test]
fn poison_spreads_by_exchange_unless_providers_are_limited() {
    let depth = |provider_cap| {
        let schedule = Schedule { at_days: 5.0, duration_days: Some(10.0), ..Schedule::default() };
        let params = "decoys = 64\nproviders = 2\nentries_per_hour = 0.01";
        let maintenance = Maintenance { provider_cap, ..Maintenance::default() };
        let campaign = Campaign { maintenance, playbook: vec![step("poison", params, schedule)], ..days(40.0) };
        let overlay = mesh(300, 20).with_provider((0..300).collect());
        run(&campaign, &overlay).effect(&run(&campaign.untouched(), &overlay)).depth
    };
    let (open, limited) = (depth(0), depth(1));
    assert!(open > 0.9 && limited < 0.2, "{open} {limited}");
}

#[test]
fn an_operator_who_learns_is_hit_less_by_the_second_takedown() {
    let overlay = network("linked-servers", "servers = 40\nserver_degree = 4\npeers = 400");
    let schedule = Schedule { at_days: 20.0, times: 2, every_days: 60.0, ..Schedule::default() };
    let operator = Operator { learns: 0.8, ..Operator::default() };
    let mut campaign = Campaign { operator, ..days(120.0) };
    campaign.playbook = vec![step("seize-servers", "", schedule)];
    let (hit, baseline) = (run(&campaign, &overlay), run(&campaign.untouched(), &overlay));
    let share = hit.against(&baseline);
    let least = |from: usize, to: usize| share[from * 4..to * 4].iter().copied().fold(1.0, f64::min);
    assert_eq!(least(20, 30), 0.0);
    assert!(least(79, 100) > 0.3, "second takedown: {}", least(79, 100));
}

#[test]
fn migration_keeps_its_share() {
    let overlay = network("beacon", "peers = 2000\nservers = 1");
    let operator = Operator { rebuild_share: 0.0, migrate_below: Some(0.2), migrate_keep: 0.25, ..Operator::default() };
    let mut campaign = Campaign { operator, ..days(90.0) };
    campaign.playbook = vec![step("seize-servers", "", Schedule::default())];
    let trajectory = run(&campaign, &overlay);
    let last = trajectory.samples.last().unwrap();
    assert!((last.members as f64 - 500.0).abs() < 4.0 * 375f64.sqrt(), "{last:?}");
    assert!(last.reach as f64 > 0.95 * last.online as f64, "the peers find each other: {last:?}");
}

#[test]
fn gossip_and_pull_reach_a_mesh() {
    let overlay = mesh(1000, 20);
    for spread in [Dissemination::Pull, Dissemination::Gossip] {
        let command = Commands { spread, fanout: 2, ..Commands::default() };
        let trajectory = run(&Campaign { command, ..days(6.0) }, &overlay);
        let last = trajectory.samples.last().unwrap();
        assert!(last.reach as f64 > 0.9 * last.online as f64, "{spread:?}: {last:?}");
        assert!(last.age > 0, "commands take time");
    }
}

#[test]
fn buckets_keep_their_number_of_contacts() {
    let overlay = mesh(500, 10);
    let maintenance = Maintenance { mend: Mend::BucketRefresh, ..Maintenance::default() };
    let campaign = Campaign { maintenance, ..days(30.0) };
    let mut engine = Engine::new(&campaign, &overlay, 1, Trial::network(0)).unwrap();
    let before: Vec<usize> = (0..500).map(|v| engine.world().row(v).len()).collect();
    for _ in 0..1000 {
        engine.step().unwrap();
    }
    assert_eq!(before, (0..500).map(|v| engine.world().row(v).len()).collect::<Vec<_>>());
    let last = engine.run().unwrap().samples.last().copied().unwrap();
    assert!(last.reach as f64 > 0.99 * last.online as f64, "{last:?}");
}

#[test]
fn giving_up_takes_a_cost_above_the_gain() {
    let overlay = network("linked-servers", "servers = 40\nserver_degree = 4\npeers = 400");
    let schedule = Schedule { at_days: 10.0, times: 6, every_days: 10.0, ..Schedule::default() };
    let last = |gain_per_peer_day| {
        let operator = Operator { gain_per_peer_day, rebuild_days: 2.0, ..Operator::default() };
        let mut campaign = Campaign { operator, ..days(120.0) };
        campaign.playbook = vec![step("seize-servers", "", schedule.clone())];
        run(&campaign, &overlay).samples.last().unwrap().reach
    };
    assert_eq!(last(1e-4), 0, "what it earns does not pay for servers");
    assert!(last(10.0) > 100);
}
