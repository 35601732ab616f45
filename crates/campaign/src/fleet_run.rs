//! The trajectory of a fleet: its networks side by side, and what passes from one to another at every report.

use crate::state::State;
use crate::{Campaign, CampaignError, Engine, Fleet, Operators, Sample, Trajectory};
use hydranet_overlay::Overlay;
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

impl Campaign {
    /// The trajectory of a fleet: one overlay a network. Sums over the networks, but for the evidence: of a shared operator all of it,
    /// of separate ones the most against any; identified is when the last of them is. O(networks · that of one).
    ///
    /// # Errors
    /// If there is not one overlay a network, or a network lacks what an action works on.
    pub fn run(&self, overlays: &[Overlay], seed: u64, replicate: Trial) -> Result<Trajectory, CampaignError> {
        let fleet = &self.fleet;
        if overlays.len() != fleet.networks as usize {
            return Err(CampaignError::Overlays { networks: fleet.networks, overlays: overlays.len() });
        }
        let campaigns: Vec<Campaign> =
            (0..fleet.networks).map(|i| self.delayed(fleet.rolling_days * f64::from(i))).collect();
        let mut engines = Vec::with_capacity(overlays.len());
        for (i, overlay) in overlays.iter().enumerate() {
            engines.push(Engine::new(&campaigns[i], overlay, seed, fleet.trial(replicate, i as u32))?);
        }
        let rng = &mut trial_rng(seed, replicate, Purpose::Fleet);
        let (end, report) = (self.time.end(), self.time.report());
        let mut now = 0;
        while now < end {
            now += self.time.cycle();
            for engine in &mut engines {
                engine.step()?;
            }
            if engines.len() > 1 && now.is_multiple_of(report) {
                if fleet.operators == Operators::Shared {
                    share_operator(&mut engines, self, now, rng.chance(self.evidence.arrest_share));
                }
                if fleet.kappa > 0.0 {
                    displace(&mut engines, fleet, rng);
                }
            }
        }
        let trajectories: Vec<Trajectory> = engines.into_iter().map(Engine::finish).collect();
        Ok(together(trajectories, fleet.operators))
    }

    /// The same campaign with a playbook that begins so many days later.
    fn delayed(&self, days: f64) -> Campaign {
        let mut campaign = self.clone();
        campaign.playbook.iter_mut().for_each(|step| step.schedule.at_days += days);
        campaign
    }
}

/// What is known of one operator is known of all, and what was seen by the operator once was seen everywhere.
fn share_operator(engines: &mut [Engine<'_>], campaign: &Campaign, now: u32, arrested: bool) {
    let strikes: Vec<_> = engines.iter().map(|e| e.playbook().struck()).collect();
    for (i, engine) in engines.iter_mut().enumerate() {
        let others = strikes.iter().enumerate().filter(|(j, _)| *j != i).flat_map(|(_, list)| list.iter().copied());
        engine.playbook_mut().set_elsewhere(others);
    }
    let known = engines.iter().map(|e| e.state().dossier.clone()).find(|dossier| dossier.identified.is_some());
    let sum: f64 = engines.iter().map(|e| e.state().dossier.nats).sum();
    let known = match known {
        Some(dossier) => dossier,
        None if sum >= campaign.evidence.threshold() => {
            let mut dossier = engines[0].state().dossier.clone();
            dossier.identify(&campaign.evidence, now, arrested);
            dossier
        }
        None => return,
    };
    engines.iter_mut().for_each(|engine| engine.state_mut().dossier.share(&known));
}

/// Machines that have just become displaced move to another network that commands, each with chance κ.
fn displace(engines: &mut [Engine<'_>], fleet: &Fleet, rng: &mut hydranet_topology::TrialRng) {
    let after = (fleet.displaced_after_hours * 3600.0).min(4e9) as u32;
    let commands: Vec<bool> = engines.iter().map(|e| commands(e.state())).collect();
    for from in 0..engines.len() {
        let hosts: Vec<usize> = (0..engines.len()).filter(|to| *to != from && commands[*to]).collect();
        if hosts.is_empty() {
            continue;
        }
        let lost = displaced(engines[from].state(), after);
        for v in lost {
            if rng.chance(fleet.kappa) {
                let to = hosts[rng.below(hosts.len() as u32) as usize];
                if has_room(engines[to].state(), fleet) && engines[to].admit() {
                    engines[from].state_mut().world.lose(v);
                }
            }
        }
    }
}

/// Whether the operator is there and reaches somebody.
fn commands(state: &State) -> bool {
    !state.gone && state.reach.count > 0
}

/// Online machines that have been out of reach for so many seconds since the last report, and not before.
fn displaced(state: &State, after: u32) -> Vec<u32> {
    let (world, clock) = (&state.world, &state.clock);
    let since = |v: u32| clock.now.saturating_sub(world.reached_at[v as usize]);
    let just = |v: &u32| since(*v) >= after && since(*v) < after.saturating_add(clock.span);
    let out = |v: &u32| world.is_machine(*v) && world.is_live(*v) && !state.reach.reached.has(*v);
    (0..world.slots()).filter(out).filter(just).collect()
}

/// Whether a network can take one more machine in.
fn has_room(state: &State, fleet: &Fleet) -> bool {
    state.world.members < (fleet.room * state.world.initial as f64) as u32
}

/// One trajectory of all.
fn together(mut trajectories: Vec<Trajectory>, operators: Operators) -> Trajectory {
    let mut all = trajectories.pop().expect("a fleet has networks");
    for one in &trajectories {
        for (sum, one) in all.samples.iter_mut().zip(&one.samples) {
            *sum = Sample {
                reach: sum.reach + one.reach,
                online: sum.online + one.online,
                members: sum.members + one.members,
                known: sum.known + one.known,
                age: sum.age + one.age,
                nats: if operators == Operators::Shared { sum.nats + one.nats } else { sum.nats.max(one.nats) },
                cost: sum.cost + one.cost,
                servers: sum.servers + one.servers,
                rebuilt: sum.rebuilt + one.rebuilt,
            };
        }
        all.strikes.extend(&one.strikes);
        all.identified = all.identified.zip(one.identified).map(|(a, b)| a.max(b));
        all.rebuilt += one.rebuilt;
        all.initial += one.initial;
    }
    all.strikes.sort_unstable();
    all
}

#[cfg(test)]
mod tests {
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
        let apart = (0..3).map(|i| {
            Engine::new(&campaign, &beacon(100), 3, fleet.trial(Trial::network(0), i)).unwrap().run().unwrap()
        });
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
}
