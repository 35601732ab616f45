//! A unit of a campaign study: every playbook on one network, beside the baseline run that is left alone.

use super::KIND;
use super::rows::{DayRow, OutcomeRow};
use super::spec::{Campaigns, Treatment};
use hydranet_campaign::{Campaign, CampaignError, Trajectory, Waiting};
use hydranet_montecarlo::{Header, SpecError, Study, StudyKind, TopologySpec, Unit, UnitError};
use hydranet_overlay::Overlay;
use hydranet_results::Table;
use hydranet_topology::{Purpose, Trial, trial_rng};
use serde_json::{Map, Value};
use std::sync::Arc;

impl Study for Campaigns {
    fn kind(&self) -> &'static StudyKind {
        &KIND
    }

    fn topologies(&self) -> &[TopologySpec] {
        &self.topologies
    }

    fn treatments(&self) -> Vec<&str> {
        self.treatments.iter().map(|t| t.label.as_str()).collect()
    }

    fn extent(&self, header: &Header) -> String {
        let (rows, columns) = (self.topologies.len(), self.treatments.len());
        let cells = rows * columns;
        format!(
            "{rows} topologies × {columns} treatments = {cells} cells, {} networks × {} replicates each",
            header.networks, header.orders
        )
    }

    fn spec(&self) -> Map<String, Value> {
        let mut spec = crate::shared::settings_json(&self.settings, &self.topologies);
        let treatment = |t: &Treatment| {
            let mut json = serde_json::to_value(&t.campaign).expect("tables are plain values");
            json["label"] = t.label.clone().into();
            json
        };
        spec.insert("treatment".into(), self.treatments.iter().map(treatment).collect());
        spec
    }

    fn idle(&self, header: &Header) -> Vec<SpecError> {
        super::idle::idle(self, header)
    }

    fn by_cell(&self) -> bool {
        true
    }

    fn with_treatments(&self, these: &[usize]) -> Option<Arc<dyn Study>> {
        let treatments = these.iter().map(|&t| self.treatments[t].clone()).collect();
        Some(Arc::new(Campaigns { treatments, ..self.clone() }))
    }

    fn run(&self, header: &Header, unit: Unit, tables: &mut [Table]) -> Result<(), UnitError> {
        let [days, outcomes] = tables else { panic!("one table a schema") };
        let seed = header.seed;
        let topology = &self.topologies[unit.topology as usize];
        // one network, or as many as the largest fleet has; the first is the same
        let most = self.treatments.iter().map(|t| t.campaign.fleet.networks).max().unwrap_or(1);
        let draw = |i| {
            let rng = &mut trial_rng(seed, Trial::order_of(unit.network, i), Purpose::Topology);
            topology.built.value.generate(rng)
        };
        let networks: Vec<Overlay> = (0..most).map(draw).collect();
        // treatments that differ in their playbooks only share a baseline run
        let mut baselines: Vec<(Campaign, u32, Trajectory)> = Vec::new();
        for treatment in &self.treatments {
            let place = |why: CampaignError| UnitError::cell(&topology.label, &treatment.label, why);
            for order in 0..header.orders {
                let trial = Trial::order_of(unit.network, order);
                let alone = treatment.campaign.untouched();
                let known = baselines.iter().position(|(c, o, _)| *o == order && c.same_world(&alone));
                let baseline = match known {
                    Some(i) => i,
                    None => {
                        let trajectory = live(&alone, &networks, seed, trial).map_err(place)?;
                        baselines.push((alone, order, trajectory));
                        baselines.len() - 1
                    }
                };
                let baseline = &baselines[baseline].2;
                let trajectory = live(&treatment.campaign, &networks, seed, trial).map_err(place)?;
                let row = outcome(treatment, &trajectory, baseline);
                let row = OutcomeRow {
                    topology: topology.label.clone(),
                    model: topology.built.name.into(),
                    network: unit.network.into(),
                    order: order.into(),
                    ..row
                };
                outcomes.push_record(&row)?;
                self.push_days(
                    days,
                    (&topology.label, &treatment.label),
                    (unit.network, order),
                    [&trajectory, baseline],
                )?;
            }
        }
        Ok(())
    }
}

fn live(campaign: &Campaign, networks: &[Overlay], seed: u64, trial: Trial) -> Result<Trajectory, CampaignError> {
    campaign.run(&networks[..campaign.fleet.networks as usize], seed, trial)
}

fn hours(seconds: u32) -> u64 {
    (seconds / 3600).into()
}

fn outcome(treatment: &Treatment, trajectory: &Trajectory, baseline: &Trajectory) -> OutcomeRow {
    let effect = trajectory.effect(baseline);
    let wait = |w: Option<Waiting>| (w.map(|w| hours(w.seconds)), w.is_some_and(|w| w.came) as u64);
    let ((recover_50, came_50), (recover_90, came_90)) = (wait(effect.recover_50), wait(effect.recover_90));
    let [residual_30, residual_90, residual_180] = effect.residual;
    OutcomeRow {
        topology: String::new(),
        model: String::new(),
        treatment: treatment.label.clone(),
        network: 0,
        order: 0,
        peers: trajectory.initial.into(),
        horizon: hours(treatment.campaign.time.end()),
        first_strike: trajectory.strikes.first().map(|&t| hours(t)),
        harm: effect.harm / 3600,
        harm_twin: effect.harm_baseline / 3600,
        depth: effect.depth,
        largest_loss: effect.largest_loss,
        recover_50,
        came_50,
        recover_90,
        came_90,
        residual_30,
        residual_90,
        residual_180,
        cost: effect.cost,
        attempts: trajectory.attempts,
        hits: trajectory.hits,
        identified: effect.identified.map(hours),
        suspects: trajectory.suspects.into(),
        misidentified: trajectory.misidentified.into(),
        rebuilt: trajectory.rebuilt.into(),
    }
}

impl Campaigns {
    fn push_days(
        &self,
        table: &mut Table,
        (topology, treatment): (&str, &str),
        (network, order): (u32, u32),
        [trajectory, baseline]: [&Trajectory; 2],
    ) -> Result<(), UnitError> {
        let every = (self.settings.record_hours * 3600.0 / trajectory.span as f64).round().max(1.0) as usize;
        for (i, (s, t)) in trajectory.samples.iter().zip(&baseline.samples).enumerate().step_by(every) {
            let row = DayRow {
                topology: topology.into(),
                treatment: treatment.into(),
                network: network.into(),
                order: order.into(),
                hour: i as u64 * trajectory.span as u64 / 3600,
                peers: trajectory.initial.into(),
                reach: s.reach.into(),
                reach_twin: t.reach.into(),
                online: s.online.into(),
                members: s.members.into(),
                known: s.known.into(),
                age: s.age,
                nats: s.nats,
                cost: s.cost,
            };
            table.push_record(&row)?;
        }
        Ok(())
    }
}
