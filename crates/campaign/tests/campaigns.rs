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
        run(&campaign, &overlay).effect(&run(&campaign.untouched(), &overlay)).largest_loss
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

/// 600 machines of which 20 fall lose a thirtieth at once; the largest of 120 noisy losses is half as much again.
#[test]
fn depth_has_no_bias_and_the_largest_loss_has() {
    let overlay = mesh(600, 20);
    let mut campaign = days(60.0);
    campaign.playbook = vec![step("partition", "strategy = \"random\"\nremovals = 20", Schedule::default())];
    let (mut depth, mut largest) = (Vec::new(), 0.0);
    let trials = 24;
    for trial in 0..trials {
        let run = |c: &Campaign| Engine::new(c, &overlay, 7, Trial::network(trial)).unwrap().run().unwrap();
        let effect = run(&campaign).effect(&run(&campaign.untouched()));
        depth.push(effect.depth);
        largest += effect.largest_loss / f64::from(trials);
    }
    let mean = depth.iter().sum::<f64>() / f64::from(trials);
    let variance = depth.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / f64::from(trials - 1);
    let spread = 4.0 * (variance / f64::from(trials)).sqrt();
    assert!((mean - 20.0 / 600.0).abs() < spread && spread < 0.01, "{mean} ± {spread}");
    assert!(largest > 0.045, "{largest}");
}

#[test]
fn an_attempt_costs_also_where_it_fails() {
    let overlay = network("linked-servers", "servers = 40\nserver_degree = 4\npeers = 100");
    let schedule = Schedule { success: 0.5, cost: 3.0, cost_per_target: 2.0, ..Schedule::default() };
    let mut campaign = days(40.0);
    campaign.playbook = vec![step("seize-servers", "", schedule)];
    let hit = run(&campaign, &overlay);
    assert_eq!((hit.attempts, hit.samples.last().unwrap().cost), (40, 83.0));
    // binomial of 40: four standard deviations are 12.6
    assert!((hit.hits as f64 - 20.0).abs() < 12.7, "{}", hit.hits);
    assert_eq!(run(&campaign.untouched(), &overlay).attempts, 0);
    // an operator who learns: as many attempts, at the same cost, and fewer hits
    let schedule = Schedule { times: 3, every_days: 40.0, ..Schedule::default() };
    let mut learns = days(150.0);
    learns.operator =
        Operator { learns: 0.5, rebuild_share: 1.0, rebuild_days: 2.0, rebuild_sigma: 0.0, ..Operator::default() };
    learns.playbook = vec![step("seize-servers", "", schedule)];
    let hit = run(&learns, &overlay);
    assert_eq!((hit.attempts, hit.samples.last().unwrap().cost), (120, 120.0));
    // 40 + 20 + 10: √(10 + 7.5) is the standard deviation
    assert!((hit.hits as f64 - 70.0).abs() < 4.0 * 17.5f64.sqrt(), "{}", hit.hits);
}

/// What goes on for ten hours is done ten times an hour each: not once more at the moment of the strike.
#[test]
fn poison_begins_with_its_strike() {
    let overlay = mesh(200, 20);
    for cycle_minutes in [60.0, 30.0, 10.0] {
        let schedule = Schedule { at_days: 2.0, duration_days: Some(10.0 / 24.0), ..Schedule::default() };
        let mut campaign = days(5.0);
        campaign.time.cycle_minutes = cycle_minutes;
        campaign.churn.sessions = Sessions::Never;
        campaign.playbook = vec![step("poison", "entries_per_hour = 6.0\ndecoys = 4000", schedule)];
        assert_eq!(run(&campaign, &overlay).attempts, 200 * 10 * 6, "cycles of {cycle_minutes} minutes");
    }
}

/// One in ten a day is one in ten of all machines that are out of reach, whatever share of them is online: of those that
/// are online at a report, whoever has decided up to then has a server to call or not.
#[test]
fn one_in_ten_a_day_find_back_whatever_the_churn() {
    let overlay = network("beacon", "peers = 4000\nservers = 1");
    // at once, so that all machines are out of reach from the start on
    let schedule = Schedule { at_days: 0.0, ..Schedule::default() };
    let operator = |fallback_per_day, repair_per_day| Operator {
        fallback_per_day,
        repair_per_day,
        fallback_after_hours: 0.0,
        rebuild_share: 1.0,
        rebuild_days: 0.01,
        rebuild_sigma: 0.0,
        ..Operator::default()
    };
    let daily = 1.0 - 0.9f64.powi(8);
    for (operator, want) in [(operator(0.1, 0.0), daily), (operator(0.0, 0.1), 1.0 - libm::exp(-0.8))] {
        for (online_share, report_hours) in [(1.0, 6.0), (0.5, 6.0), (0.5, 24.0), (0.2, 12.0)] {
            let mut campaign = days(20.0);
            campaign.time.report_hours = report_hours;
            campaign.churn = Churn { online_share, ..Churn::default() };
            campaign.operator = operator.clone();
            campaign.playbook = vec![step("seize-names", "", schedule.clone())];
            let mut engine = Engine::new(&campaign, &overlay, 7, Trial::network(0)).unwrap();
            (0..8 * 48).for_each(|_| engine.step().unwrap());
            let world = engine.world();
            let online: Vec<u32> = world.machines().into_iter().filter(|&v| world.is_live(v)).collect();
            let back = online.iter().filter(|&&v| world.row(v).iter().any(|&u| world.is_live(u))).count();
            let share = back as f64 / online.len() as f64;
            let spread = 4.0 * (want * (1.0 - want) / online.len() as f64).sqrt();
            assert!((share - want).abs() < spread, "online {online_share}: {share} ± {spread} for {want}");
        }
    }
}

/// A contact that is gone for good is dropped after five probes, half an hour from one to the next: on any clock.
#[test]
fn a_finer_clock_leaves_the_protocol_as_it_is() {
    let overlay = mesh(200, 20);
    for cycle_minutes in [60.0, 30.0, 15.0, 5.0] {
        let mut campaign = days(5.0);
        campaign.time.cycle_minutes = cycle_minutes;
        campaign.churn.sessions = Sessions::Never;
        // nobody tells anybody of contacts that the other has dropped
        campaign.maintenance = Maintenance { minimum: 0, learn: 0.0, ..Maintenance::default() };
        campaign.playbook = vec![step(
            "partition",
            "strategy = \"random\"\nremovals = 100",
            Schedule { at_days: 1.0, ..Schedule::default() },
        )];
        let mut engine = Engine::new(&campaign, &overlay, 7, Trial::network(0)).unwrap();
        let cycles = |minutes: f64| (minutes / cycle_minutes).floor() as u32;
        let dead = |engine: &Engine<'_>| {
            let world = engine.world();
            let rows = world.machines().into_iter().flat_map(|v| world.row(v).to_vec());
            rows.filter(|&u| !world.is_live(u)).count()
        };
        (0..cycles(24.0 * 60.0)).for_each(|_| engine.step().unwrap());
        let before = dead(&engine);
        assert!(before > 500, "{before}");
        (0..cycles(120.0)).for_each(|_| engine.step().unwrap());
        // four periods later nobody has missed five probes
        assert!(dead(&engine) >= before, "cycles of {cycle_minutes} minutes");
        (0..cycles(60.0 + cycle_minutes)).for_each(|_| engine.step().unwrap());
        assert_eq!(dead(&engine), 0, "cycles of {cycle_minutes} minutes");
    }
}

/// dp/dt = λ (1 + A cos ωt) (1 − p) − μ p, by small steps: its mean lies below the share that is asked for.
#[test]
fn the_mean_of_a_day_lies_below_the_online_share() {
    let (rate, amplitude, hour) = (1.0 / 8.0, 0.9, 0.01);
    let (mut p, mut sum) = (0.5, 0.0);
    let steps = 24 * 100 * 20;
    for i in 0..steps {
        let phase = std::f64::consts::TAU * i as f64 * hour / 24.0;
        p += hour * rate * ((1.0 + amplitude * libm::cos(phase)) * (1.0 - p) - p);
        sum += if i >= steps / 2 { p } else { 0.0 };
    }
    let want = sum / (steps / 2) as f64;
    assert!((want - 0.475).abs() < 5e-4, "{want}");
    let mut campaign = days(40.0);
    campaign.churn.diurnal = amplitude;
    campaign.maintenance.mend = Mend::None;
    let n = 4000;
    let trajectory = run(&campaign, &mesh(n, 1));
    let samples = &trajectory.samples[40..160];
    let share = samples.iter().map(|s| f64::from(s.online)).sum::<f64>() / samples.len() as f64 / f64::from(n);
    // 30 days with a memory of four hours are 90 looks at 4,000 machines
    let spread = 4.0 * (0.25 / (90.0 * f64::from(n))).sqrt();
    assert!((share - want).abs() < spread, "{share} ± {spread} for {want}");
}

#[test]
fn a_cue_waits_for_the_name() {
    let overlay = network("beacon", "peers = 100\nservers = 1");
    let evidence = Evidence { watch_per_day: 2.0, arrest_share: 0.0, ..Evidence::default() };
    let mut campaign = Campaign { evidence, ..days(200.0) };
    let schedule = Schedule { at_days: 0.0, when_identified: true, ..Schedule::default() };
    campaign.playbook = vec![step("seize-servers", "", schedule)];
    let trajectory = run(&campaign, &overlay);
    let named = trajectory.identified.expect("two observations a day");
    assert!(trajectory.strikes[0] > named && trajectory.strikes[0] <= named + 1800, "{named} {:?}", trajectory.strikes);
}
