//! A unit of an arena: one arm of the operator on one network against every arm of the defender.

use super::KIND;
use super::rows::{OutcomeRow, StrikeRow};
use super::spec::{Arena, Payoff};
use hydranet_campaign::{Campaign, CampaignError, Round, Trajectory};
use hydranet_montecarlo::{Header, Study, StudyKind, TopologySpec, Unit, UnitError};
use hydranet_overlay::Overlay;
use hydranet_results::Table;
use hydranet_topology::{Purpose, Trial, trial_rng};
use serde_json::{Map, Value};

impl Study for Arena {
    fn kind(&self) -> &'static StudyKind {
        &KIND
    }

    fn topologies(&self) -> &[TopologySpec] {
        &self.topologies
    }

    fn treatments(&self) -> Vec<&str> {
        self.defences.iter().map(|t| t.label.as_str()).collect()
    }

    fn extent(&self, header: &Header) -> String {
        let (rows, columns) = (self.topologies.len(), self.defences.len());
        format!(
            "{rows} arms of the operator × {columns} of the defender = {} cells, {} networks × {} replicates each",
            rows * columns,
            header.networks,
            header.orders
        )
    }

    fn spec(&self) -> Map<String, Value> {
        self.written()
    }

    fn run(&self, header: &Header, unit: Unit, tables: &mut [Table]) -> Result<(), UnitError> {
        let [strikes, outcomes] = tables else { panic!("one table a schema") };
        let (seed, row) = (header.seed, unit.topology as usize);
        let topology = &self.topologies[row];
        let most = self.campaigns[row].iter().map(|c| c.fleet.networks).max().unwrap_or(1);
        let draw = |i| {
            let rng = &mut trial_rng(seed, Trial::order_of(unit.network, i), Purpose::Topology);
            topology.built.value.generate(rng)
        };
        let networks: Vec<Overlay> = (0..most).map(draw).collect();
        // arms of the defender that differ in what the defender does share a baseline run
        let mut baselines: Vec<(Campaign, u32, Trajectory)> = Vec::new();
        for (campaign, defence) in self.campaigns[row].iter().zip(&self.defences) {
            let place = |why: CampaignError| UnitError::cell(&topology.label, &defence.label, why);
            let live = |campaign: &Campaign, trial| {
                campaign.run(&networks[..campaign.fleet.networks as usize], seed, trial).map_err(place)
            };
            for order in 0..header.orders {
                let trial = Trial::order_of(unit.network, order);
                let alone = campaign.untouched();
                let known = baselines.iter().position(|(c, o, _)| *o == order && c.same_world(&alone));
                let baseline = match known {
                    Some(i) => i,
                    None => {
                        let trajectory = live(&alone, trial)?;
                        baselines.push((alone, order, trajectory));
                        baselines.len() - 1
                    }
                };
                let baseline = &baselines[baseline].2;
                let life = live(campaign, trial)?;
                let row = self.outcome(campaign, &life, baseline);
                outcomes.push_record(&OutcomeRow {
                    topology: topology.label.clone(),
                    model: topology.built.name.into(),
                    treatment: defence.label.clone(),
                    group: self.groups[unit.topology as usize].0.clone(),
                    budget: defence.budget,
                    network: unit.network.into(),
                    order: order.into(),
                    ..row
                })?;
                for (strike, [reach, reach_twin]) in (1..).zip(self.effects(&life, baseline)) {
                    strikes.push_record(&StrikeRow {
                        topology: topology.label.clone(),
                        treatment: defence.label.clone(),
                        network: unit.network.into(),
                        order: order.into(),
                        strike,
                        reach,
                        reach_twin,
                    })?;
                }
            }
        }
        Ok(())
    }
}

impl Arena {
    fn outcome(&self, campaign: &Campaign, life: &Trajectory, baseline: &Trajectory) -> OutcomeRow {
        let s = &self.settings;
        let effect = life.effect(baseline);
        let (harm, cost) = (effect.harm as f64 / 86_400.0, s.cost_weight * effect.cost);
        let identified = u64::from(effect.identified.is_some());
        let (operator_gains, defender_gains) = match s.payoff {
            Payoff::Harm => (harm + cost, -harm - cost),
            Payoff::Profit => {
                let spent = s.rebuild_cost * f64::from(life.rebuilt) + s.exposure_cost * identified as f64;
                (harm - spent, -harm - cost)
            }
        };
        let (watched, again) = mistakes(&life.rounds, s.again_within as usize);
        OutcomeRow {
            peers: life.initial.into(),
            harm: effect.harm / 3600,
            harm_twin: effect.harm_baseline / 3600,
            cost: effect.cost,
            rebuilt: life.rebuilt.into(),
            identified,
            operator_gains,
            defender_gains,
            strikes: life.strikes.len() as u64,
            places: campaign.operator.learning.as_ref().map_or(0, |l| l.places).into(),
            aimed: life.rounds.len() as u64,
            found: life.rounds.iter().filter(|round| round.hit()).count() as u64,
            watched,
            again,
            ..OutcomeRow::default()
        }
    }

    /// Commanded machine-hours in the window after each strike, of the network and of its twin. A strike whose window is empty, as the
    /// next one comes at once, or the end, is left out with all after it.
    fn effects(&self, life: &Trajectory, baseline: &Trajectory) -> Vec<[u64; 2]> {
        let span = life.span;
        let window = (self.settings.window_days * 86_400.0).min(4e9) as u32;
        let mut times = life.strikes.clone();
        times.dedup();
        let last = life.samples.len() - 1;
        let mut list = Vec::new();
        for (i, &t) in times.iter().enumerate() {
            let end = times.get(i + 1).map_or(u32::MAX, |next| *next).min(t.saturating_add(window));
            let (from, to) = (t.div_ceil(span) as usize, (end.div_ceil(span) as usize).min(last));
            if from >= to {
                break;
            }
            let sum = |of: &Trajectory| {
                of.samples[from..to].iter().map(|s| u64::from(s.reach)).sum::<u64>() * u64::from(span) / 3600
            };
            list.push([sum(life), sum(baseline)]);
        }
        list
    }
}

/// Strikes that found the operator and have `within` others after them, and those of them in which it was in the same place again.
fn mistakes(rounds: &[Round], within: usize) -> (u64, u64) {
    let (mut watched, mut again) = (0, 0);
    for (i, round) in rounds.iter().enumerate().filter(|(_, round)| round.hit()) {
        if let Some(next) = rounds.get(i + 1..=i + within) {
            watched += 1;
            again += u64::from(next.iter().any(|other| other.place == round.place));
        }
    }
    (watched, again)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_by_hand() {
        let round = |(place, searched)| Round { second: 0, place, searched };
        let rounds: Vec<Round> = [(0, 0), (0, 1), (1, 1), (2, 2), (1, 0), (2, 2)].map(round).to_vec();
        // found at 0 (again at once), at 2 (then 2), at 3 (then 1); the last has no sequel
        assert_eq!(mistakes(&rounds, 1), (3, 1));
        assert_eq!(mistakes(&rounds, 2), (3, 3));
        assert_eq!(mistakes(&[], 1), (0, 0));
    }
}
