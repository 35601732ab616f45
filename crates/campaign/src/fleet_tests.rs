use super::*;
use crate::{ACTIONS, Actions, Churn, Evidence, Operator, Schedule, Step, Time};
use hydranet_overlay::{Csr, Role, Sources};
use hydranet_topology::Params;

/// A server and `n` machines.
fn beacon(n: u32) -> Overlay {
    let edges: Vec<[u32; 2]> = (1..=n).map(|v| [0, v]).collect();
    let roles = (0..=n).map(|v| if v == 0 { Role::Server } else { Role::Peer }).collect();
    Overlay::symmetric(Csr::from_edges(n + 1, &edges).0).with_roles(roles).with_sources(Sources::Nodes(vec![0]))
}

fn seizure(schedule: Schedule) -> Step {
    let row = Actions::default().with(ACTIONS).get("seize-servers").unwrap();
    Step { schedule, action: row.build(&Params::parse("").unwrap()).unwrap() }
}

fn campaign(fleet: Fleet) -> Campaign {
    Campaign {
        time: Time { days: 60.0, cycle_minutes: 60.0, report_hours: 6.0 },
        churn: Churn { online_share: 1.0, ..Churn::default() },
        operator: Operator { rebuild_share: 0.0, ..Operator::default() },
        playbook: vec![seizure(Schedule { at_days: 10.0, ..Schedule::default() })],
        fleet,
        ..Campaign::default()
    }
}

fn live(campaign: &Campaign) -> Trajectory {
    let overlays = vec![beacon(100); campaign.fleet.networks as usize];
    campaign.run(&overlays, 3, Trial::network(0)).unwrap()
}

fn reach(trajectory: &Trajectory, day: usize) -> u32 {
    trajectory.samples[day * 4].reach
}

#[test]
fn one_network_is_no_fleet() {
    let campaign = campaign(Fleet::default());
    let alone = Engine::new(&campaign, &beacon(100), 3, Trial::network(0)).unwrap().run().unwrap();
    assert_eq!(live(&campaign), alone);
    assert!(campaign.run(&[], 3, Trial::network(0)).unwrap_err().to_string().contains("as many overlays, not 0"));
}

#[test]
fn networks_of_separate_operators_are_a_sum() {
    let fleet = Fleet { networks: 3, ..Fleet::default() };
    let campaign = campaign(fleet.clone());
    let apart = (0..3)
        .map(|i| Engine::new(&campaign, &beacon(100), 3, fleet.trial(Trial::network(0), i)).unwrap().run().unwrap());
    assert_eq!(live(&campaign), together(apart.collect(), Operators::Separate));
}

#[test]
fn rolling_takes_one_after_the_other() {
    let trajectory = live(&campaign(Fleet { networks: 3, rolling_days: 7.0, ..Fleet::default() }));
    assert_eq!(trajectory.strikes, [10, 17, 24].map(|day| day * 86_400));
    assert_eq!([9, 11, 18, 25].map(|day| reach(&trajectory, day)), [300, 200, 100, 0]);
}

#[test]
fn displaced_machines_move() {
    let fleet = Fleet { networks: 3, rolling_days: 7.0, kappa: 1.0, ..Fleet::default() };
    let trajectory = live(&campaign(fleet.clone()));
    // two days after the first strike its 100 machines are with the other two networks, and later all with the third, which
    // has room for 200
    assert_eq!([11, 13, 20].map(|day| reach(&trajectory, day)), [200, 300, 200]);
    assert!((130..=170).contains(&reach(&trajectory, 18)), "half of them with the second, which is hit next");
    assert!(trajectory.samples.iter().all(|s| s.members == 300), "nobody is lost");
    let half = live(&campaign(Fleet { kappa: 0.5, ..fleet }));
    assert!((230..=270).contains(&reach(&half, 13)), "{}", reach(&half, 13));
}

#[test]
fn the_arrest_of_a_shared_operator_ends_all() {
    let fleet = |operators| Fleet { networks: 4, rolling_days: 20.0, operators, ..Fleet::default() };
    let watched = |operators| Campaign {
        evidence: Evidence { nats: 0.5, arrest_days: 0.0, ..Evidence::default() },
        playbook: vec![seizure(Schedule { at_days: 10.0, observations: 40.0, ..Schedule::default() })],
        ..campaign(fleet(operators))
    };
    let shared = live(&watched(Operators::Shared));
    assert!(shared.identified.is_some_and(|t| t < 11 * 86_400), "{:?}", shared.identified);
    assert_eq!(reach(&shared, 12), 0, "three networks were never hit");
    let separate = live(&watched(Operators::Separate));
    assert_eq!((reach(&separate, 12), separate.identified), (300, None));
}

#[test]
fn a_shared_operator_learns_from_every_strike() {
    let learner = |operators| Campaign {
        operator: Operator { rebuild_share: 0.0, learns: 1.0, ..Operator::default() },
        ..campaign(Fleet { networks: 4, rolling_days: 7.0, operators, ..Fleet::default() })
    };
    // everything is known after the first
    assert_eq!(reach(&live(&learner(Operators::Shared)), 50), 300);
    assert_eq!(reach(&live(&learner(Operators::Separate)), 50), 0);
}

/// Half of the machines are online, and none of the hit network's servers comes back.
fn half_online(fleet: Fleet) -> Trajectory {
    let campaign = Campaign {
        churn: Churn { online_share: 0.5, ..Churn::default() },
        time: Time { days: 70.0, cycle_minutes: 60.0, report_hours: 6.0 },
        ..campaign(Fleet { networks: 2, rolling_days: 100.0, room: 3.0, ..fleet })
    };
    campaign.run(&vec![beacon(2000); 2], 3, Trial::network(0)).unwrap()
}

/// Reach over online machines, from day to day.
fn within_reach(trajectory: &Trajectory, days: std::ops::Range<usize>) -> f64 {
    let samples = &trajectory.samples[days.start * 4..days.end * 4];
    let sum = |read: fn(&Sample) -> u32| samples.iter().map(|s| f64::from(read(s))).sum::<f64>();
    sum(|s| s.reach) / sum(|s| s.online)
}

#[test]
fn machines_that_are_off_decide_when_they_come_back() {
    let all = half_online(Fleet { kappa: 1.0, ..Fleet::default() });
    assert!(within_reach(&all, 40..70) > 0.999, "all move: {}", within_reach(&all, 40..70));
    let some = half_online(Fleet { kappa: 0.15, ..Fleet::default() });
    let share = within_reach(&some, 40..70);
    // half of all, and κ of the other half, that is of 2,000; a mean of 120 reports adds less than a thousandth
    let spread = 4.0 * ((0.15 * 0.85 / 2000.0f64).sqrt() / 2.0 + 0.001);
    assert!((share - 0.575).abs() < spread, "{share} ± {spread}");
    assert_eq!(all.samples.last().unwrap().members, 4000, "nobody is lost");
}

/// Twenty networks, each watched: all that is seen goes into one test of one operator.
#[test]
fn a_shared_operator_is_tested_once() {
    let law = Evidence { nats: 0.1, alpha: 0.2, watch_per_day: 0.2, ..Evidence::default() };
    let fleet = Fleet { networks: 20, operators: Operators::Shared, ..Fleet::default() };
    let watched = Campaign {
        time: Time { days: 40.0, cycle_minutes: 1440.0, report_hours: 24.0 },
        churn: Churn { online_share: 1.0, ..Churn::default() },
        evidence: law.clone(),
        fleet: fleet.clone(),
        ..Campaign::default()
    };
    let overlays = vec![beacon(2); 20];
    let lives = 600;
    let run = |life| watched.run(&overlays, 9, Trial::network(life)).unwrap();
    let (mut identified, mut misidentified) = (0, 0);
    for life in 0..lives {
        let trajectory = run(life);
        assert_eq!(trajectory.suspects, 1);
        identified += u32::from(trajectory.identified.is_some());
        misidentified += trajectory.misidentified;
    }
    // a test a network would name an innocent of twenty in most lives; one test, in α/(1 − β) of them at most
    let bound = law.alpha / (1.0 - law.beta);
    let spread = 4.0 * (bound * (1.0 - bound) / f64::from(lives)).sqrt();
    assert!(f64::from(misidentified) / f64::from(lives) < bound + spread, "{misidentified} of {lives} for {bound}");
    assert!(misidentified > 0 && identified > lives * 9 / 10, "{misidentified}, {identified} of {lives}");
    // the same observations in one network: the same test
    let alone =
        Campaign { evidence: Evidence { watch_per_day: 4.0, ..law }, fleet: Fleet::default(), ..watched.clone() };
    let alone = alone.run(&overlays[..1], 9, Trial::network(1)).unwrap();
    let together = run(1);
    assert_eq!((alone.identified, alone.misidentified), (together.identified, together.misidentified));
    assert!(alone.samples.iter().zip(&together.samples).all(|(a, b)| (a.nats - b.nats).abs() < 1e-9));
}
