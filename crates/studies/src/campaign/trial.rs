//! The campaign study: every playbook on every network, beside the baseline run that is left alone.

use crate::campaign_spec::{CampaignSpec, Treatment};
use crate::studies::{Kind, keys};
use crate::{CampaignSettings, Claim};
use crate::{Study, Unit};
use hydranet_campaign::{Campaign, CampaignError, Trajectory, Waiting};
use hydranet_overlay::Overlay;
use hydranet_results::campaign::{DAYS, DayRow, OUTCOMES, OutcomeRow, RECOVERY, TIMELINE};
use hydranet_results::campaign::{recovery, summarize, timeline};
use hydranet_results::summary::SUMMARY;
use hydranet_results::{Schema, Table};
use hydranet_topology::{Purpose, Trial, trial_rng};

/// Outcomes come last: their file marks a block as finished.
static SCHEMAS: [&Schema; 2] = [&DAYS, &OUTCOMES];
static SUMMARIES: [(&str, &Schema); 3] = [("summary", &SUMMARY), ("timeline", &TIMELINE), ("recovery", &RECOVERY)];

/// `study = "campaign"`.
pub(crate) static KIND: Kind = Kind {
    name: "campaign",
    about: "networks in time: what a takedown averts, how long they stay down, what comes back, who is identified",
    schemas: &SCHEMAS,
    summaries: &SUMMARIES,
    summarize: |tables, _| {
        let [days, outcomes] = tables else { panic!("one table a schema") };
        vec![Table::of(&summarize(outcomes)), Table::of(&timeline(days)), Table::of(&recovery(outcomes))]
    },
    widest: |outcomes| {
        let rows = summarize(outcomes);
        let half = rows.iter().filter(|r| r.metric == "harm_averted_share").filter_map(|r| Some((r.hi? - r.lo?) / 2.0));
        half.fold(0.0, f64::max)
    },
    measures: &[],
    keys: || vec![keys::<CampaignSettings>("top level"), keys::<Claim>("[[claim]]")],
    parse: |text, known| Ok(Box::new(CampaignSpec::read(text, known)?)),
};

/// The campaign study of a spec.
#[derive(Debug)]
pub(crate) struct CampaignStudy<'s> {
    pub(crate) spec: &'s CampaignSpec,
}

impl Study for CampaignStudy<'_> {
    fn schemas(&self) -> &'static [&'static Schema] {
        &SCHEMAS
    }

    fn run(&self, unit: Unit, tables: &mut [Table]) -> Result<(), String> {
        self.replicates(unit, tables).map_err(|e| e.to_string())
    }
}

/// Why a unit of a campaign study cannot be run.
#[derive(Debug, thiserror::Error)]
enum UnitError {
    /// A treatment does not suit a network.
    #[error("topology `{topology}` under treatment `{treatment}`: {why}")]
    Campaign { topology: String, treatment: String, why: CampaignError },
    /// A row does not fit its table.
    #[error(transparent)]
    Row(#[from] hydranet_results::RowError),
}

impl CampaignStudy<'_> {
    fn replicates(&self, unit: Unit, tables: &mut [Table]) -> Result<(), UnitError> {
        let [days, outcomes] = tables else { panic!("one table a schema") };
        let seed = self.spec.settings.seed;
        let topology = &self.spec.topologies[unit.topology as usize];
        // one network, or as many as the largest fleet has; the first is the same
        let most = self.spec.treatments.iter().map(|t| t.campaign.fleet.networks).max().unwrap_or(1);
        let draw = |i| {
            let rng = &mut trial_rng(seed, Trial::order_of(unit.network, i), Purpose::Topology);
            topology.built.value.generate(rng)
        };
        let networks: Vec<Overlay> = (0..most).map(draw).collect();
        // treatments that differ in their playbooks only share a baseline run
        let mut baselines: Vec<(Campaign, u32, Trajectory)> = Vec::new();
        for treatment in &self.spec.treatments {
            let place =
                |why| UnitError::Campaign { topology: topology.label.clone(), treatment: treatment.label.clone(), why };
            for order in 0..self.spec.settings.orders {
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
        recover_50,
        came_50,
        recover_90,
        came_90,
        residual_30,
        residual_90,
        residual_180,
        cost: effect.cost,
        identified: effect.identified.map(hours),
        rebuilt: trajectory.rebuilt.into(),
    }
}

impl CampaignStudy<'_> {
    fn push_days(
        &self,
        table: &mut Table,
        (topology, treatment): (&str, &str),
        (network, order): (u32, u32),
        [trajectory, baseline]: [&Trajectory; 2],
    ) -> Result<(), UnitError> {
        let every = (self.spec.settings.record_hours * 3600.0 / trajectory.span as f64).round().max(1.0) as usize;
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
