//! The campaign study: every playbook on every network, beside the twin that is left alone.

use crate::campaign_spec::{CampaignSpec, Treatment};
use crate::studies::{Kind, keys};
use crate::{CampaignSettings, Claim};
use crate::{Study, Unit};
use hydranet_campaign::{Campaign, Story, Waiting};
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
        // treatments that differ in their playbooks only share a twin
        let mut twins: Vec<(Campaign, u32, Story)> = Vec::new();
        for treatment in &self.spec.treatments {
            let place = |why| format!("topology `{}` under treatment `{}`: {why}", topology.label, treatment.label);
            for order in 0..self.spec.settings.orders {
                let trial = Trial::order_of(unit.network, order);
                let alone = treatment.campaign.untouched();
                let known = twins.iter().position(|(c, o, _)| *o == order && c.same_world(&alone));
                let twin = match known {
                    Some(i) => i,
                    None => {
                        let story = live(&alone, &networks, seed, trial).map_err(place)?;
                        twins.push((alone, order, story));
                        twins.len() - 1
                    }
                };
                let twin = &twins[twin].2;
                let story = live(&treatment.campaign, &networks, seed, trial).map_err(place)?;
                let row = outcome(treatment, &story, twin);
                let row = OutcomeRow {
                    topology: topology.label.clone(),
                    model: topology.built.name.into(),
                    network: unit.network.into(),
                    order: order.into(),
                    ..row
                };
                outcomes.push_record(&row).map_err(|e| e.to_string())?;
                self.push_days(days, (&topology.label, &treatment.label), (unit.network, order), [&story, twin])?;
            }
        }
        Ok(())
    }
}

fn live(campaign: &Campaign, networks: &[Overlay], seed: u64, trial: Trial) -> Result<Story, String> {
    campaign.run(&networks[..campaign.fleet.networks as usize], seed, trial)
}

fn hours(seconds: u32) -> u64 {
    (seconds / 3600).into()
}

fn outcome(treatment: &Treatment, story: &Story, twin: &Story) -> OutcomeRow {
    let effect = story.effect(twin);
    let wait = |w: Option<Waiting>| (w.map(|w| hours(w.seconds)), w.is_some_and(|w| w.came) as u64);
    let ((recover_50, came_50), (recover_90, came_90)) = (wait(effect.recover_50), wait(effect.recover_90));
    let [residual_30, residual_90, residual_180] = effect.residual;
    OutcomeRow {
        topology: String::new(),
        model: String::new(),
        treatment: treatment.label.clone(),
        network: 0,
        order: 0,
        peers: story.initial.into(),
        horizon: hours(treatment.campaign.end()),
        first_strike: story.strikes.first().map(|&t| hours(t)),
        harm: effect.harm / 3600,
        harm_twin: effect.harm_twin / 3600,
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
        rebuilt: story.rebuilt.into(),
    }
}

impl CampaignStudy<'_> {
    fn push_days(
        &self,
        table: &mut Table,
        (topology, treatment): (&str, &str),
        (network, order): (u32, u32),
        [story, twin]: [&Story; 2],
    ) -> Result<(), String> {
        let every = (self.spec.settings.record_hours * 3600.0 / story.span as f64).round().max(1.0) as usize;
        for (i, (s, t)) in story.samples.iter().zip(&twin.samples).enumerate().step_by(every) {
            let row = DayRow {
                topology: topology.into(),
                treatment: treatment.into(),
                network: network.into(),
                order: order.into(),
                hour: i as u64 * story.span as u64 / 3600,
                peers: story.initial.into(),
                reach: s.reach.into(),
                reach_twin: t.reach.into(),
                online: s.online.into(),
                members: s.members.into(),
                known: s.known.into(),
                age: s.age,
                nats: s.nats,
                cost: s.cost,
            };
            table.push_record(&row).map_err(|e| e.to_string())?;
        }
        Ok(())
    }
}
