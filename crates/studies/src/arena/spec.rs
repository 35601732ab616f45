//! The spec of an arena.
//!
//! ```toml
//! study = "arena"
//! title = "Who can be exploited?"
//! seed = 2012
//! networks = 20
//!
//! [[topology]]                # an arm of the operator: architecture, hardening, intensity
//! model = "beacon"
//! peers = 200
//! [topology.operator]
//! rebuild_days = 2
//!
//! [[treatment]]               # an arm of the defender: a playbook under a budget
//! label = "seize weekly"
//! budget = 12
//! [[treatment.action]]
//! action = "seize-servers"
//! times = 12
//! every_days = 7
//! ```
//!
//! Tables of a campaign at the top hold for all cells, those of an arm of the operator lie over them, and those of an arm of the
//! defender over both.

use crate::Known;
use crate::shared::strategy_axis::refuse_foreign;
use hydranet_campaign::{Campaign, Step, overlay};
use hydranet_montecarlo::{SpecError, SpecText, TopologySpec};
use hydranet_topology::{Invalid, Params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What an arena's spec says beside its tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ArenaSettings {
    /// Whose payoffs: `harm` (zero-sum: the operator gains the harm that the defender suffers, with what the defender spends) or
    /// `profit` (bimatrix: the operator has books of its own).
    pub payoff: Payoff,
    /// What a server seizure costs the defender, in machine-days (≥ 0).
    pub cost_weight: f64,
    /// Of `profit`: what a rebuilt server costs the operator, in commanded machine-days (≥ 0).
    pub rebuild_cost: f64,
    /// Of `profit`: what being identified costs the operator, in commanded machine-days (≥ 0).
    pub exposure_cost: f64,
    /// Rounds of a replay (10 to 1,000,000).
    pub rounds: u32,
    /// Replays behind each point of a learning curve, each on half of the networks (2 to 10,000).
    pub replays: u32,
    /// Learners that meet.
    pub learners: Vec<Player>,
    /// Delays of what is learnt, in rounds: of `hedge` and `exp3`, at the end of the replays. Source: published adaptations took 1, 2, 7 and
    /// 10 days, and weeks.
    pub delays: Vec<u32>,
    /// Memories of `fictitious-play` and `hedge`, in rounds (≥ 1), at the end of the replays.
    pub memories: Vec<u32>,
    /// Precisions λ of quantal responses, in units of the game's payoff range (≥ 0).
    pub precisions: Vec<f64>,
    /// Bootstrap samples of networks (10 to 100,000).
    pub resamples: u32,
    /// The effect of a takedown is that on the reach in so many days after it (> 0), or until the next one.
    pub window_days: f64,
    /// The same mistake: the place of a hit again within so many strikes (≥ 1).
    pub again_within: u32,
}

impl Default for ArenaSettings {
    fn default() -> ArenaSettings {
        ArenaSettings {
            payoff: Payoff::Harm,
            cost_weight: 0.0,
            rebuild_cost: 0.0,
            exposure_cost: 0.0,
            rounds: 1000,
            replays: 40,
            learners: Player::ALL.to_vec(),
            delays: Vec::new(),
            memories: Vec::new(),
            precisions: vec![0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0],
            resamples: 200,
            window_days: 7.0,
            again_within: 1,
        }
    }
}

/// Whose payoffs are played for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Payoff {
    /// Commanded machine-days: what one gains the other suffers.
    Harm,
    /// The operator's profit against the defender's harm.
    Profit,
}

/// A player of replays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Player {
    /// Never learns: any arm.
    Uniform,
    /// Win-stay, lose-shift: "not the same mistake twice".
    WinStayLoseShift,
    /// Best response to the last round.
    BestResponse,
    /// Fictitious play.
    FictitiousPlay,
    /// Hedge.
    Hedge,
    /// Regret matching+.
    RegretMatching,
    /// EXP3, which sees only its own past.
    Exp3,
    /// The equilibrium of the networks that it has seen.
    Equilibrium,
}

impl Player {
    /// All of them, from cheap to dear.
    pub const ALL: [Player; 8] = [
        Player::Uniform,
        Player::WinStayLoseShift,
        Player::BestResponse,
        Player::FictitiousPlay,
        Player::Hedge,
        Player::RegretMatching,
        Player::Exp3,
        Player::Equilibrium,
    ];

    /// As in a spec.
    pub const fn name(self) -> &'static str {
        match self {
            Player::Uniform => "uniform",
            Player::WinStayLoseShift => "win-stay-lose-shift",
            Player::BestResponse => "best-response",
            Player::FictitiousPlay => "fictitious-play",
            Player::Hedge => "hedge",
            Player::RegretMatching => "regret-matching",
            Player::Exp3 => "exp3",
            Player::Equilibrium => "equilibrium",
        }
    }
}

/// An arm of the defender.
#[derive(Debug, Clone)]
pub struct Defence {
    /// What tables and figures call it.
    pub label: String,
    /// Its budget, in server seizures.
    pub budget: Option<f64>,
    /// What its tables say.
    said: Value,
}

/// An arena, checked and ready to run.
#[derive(Debug, Clone)]
pub struct Arena {
    /// What it says beside its tables.
    pub settings: ArenaSettings,
    /// The architectures of the operator's arms.
    pub topologies: Vec<TopologySpec>,
    /// Of each arm of the operator, which games it is in, and what its tables say.
    pub(super) groups: Vec<(String, Value)>,
    /// The arms of the defender.
    pub defences: Vec<Defence>,
    /// The campaigns: arms of the operator × arms of the defender.
    pub(super) campaigns: Vec<Vec<Campaign>>,
    /// What the tables for all cells say.
    base: Value,
}

impl Arena {
    /// Reads a spec of this kind.
    ///
    /// # Errors
    /// With the place: a key that nobody knows, an impossible value, two arms with one label, a playbook beyond its budget.
    pub fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<Arena, SpecError> {
        let topologies = text.take_tables("topology")?;
        let treatments = text.take_tables("treatment")?;
        let mut base = DeTable::new();
        for name in Campaign::table_names() {
            if let Some(table) = text.take_table(name)? {
                let table = table.into_table();
                let span = table.span();
                base.insert(
                    Spanned::new(span.clone(), name.into()),
                    Spanned::new(span, DeValue::Table(table.into_inner())),
                );
            }
        }
        let settings = text.settings("[[topology]], [[treatment]] or [churn], [operator], …", check)?;
        let (mut models, mut groups, mut over) = (Vec::new(), Vec::new(), Vec::new());
        for mut table in topologies {
            let span = table.span_of("group");
            let group = match table.take("group").map(Spanned::into_inner) {
                None => String::new(),
                Some(DeValue::String(group)) => group.into_owned(),
                Some(_) => return Err(text.fail("`group` is a string: arms of one group are in one game".into(), span)),
            };
            let own = own_tables(&mut table);
            groups.push((group, said(&own)));
            over.push(overlay(base.clone(), own));
            models.push(table);
        }
        let topologies = text.topologies(models, known.models)?;
        let mut arena = Arena {
            settings,
            campaigns: vec![Vec::new(); topologies.len()],
            topologies,
            groups,
            defences: Vec::new(),
            base: said(&base),
        };
        for table in treatments {
            arena.push_defence(&text, known, table, &over)?;
        }
        if arena.defences.is_empty() {
            return Err(text.fail("an arena needs at least one [[treatment]], an arm of the defender".into(), None));
        }
        Ok(arena)
    }

    fn push_defence(
        &mut self,
        text: &SpecText<'_>,
        known: Known<'_>,
        mut table: Params<'_>,
        over: &[DeTable<'_>],
    ) -> Result<(), SpecError> {
        let span = table.span();
        let (label, label_span) = text.label(&mut table, ("left alone", &span))?;
        text.unique("treatments", self.defences.iter().map(|t| &t.label), (&label, label_span))?;
        let budget_span = table.span_of("budget");
        let budget = table.take("budget").map(number).transpose();
        let budget = budget.map_err(|()| {
            text.fail("`budget` is a number of server seizures, 0 or more".into(), budget_span.clone())
        })?;
        let own = |key: &str| key == "action" || Campaign::table_names().any(|name| name == key);
        refuse_foreign(text, &table, known, own)?;
        let table = table.into_table().into_inner();
        for (row, over) in over.iter().enumerate() {
            let merged = Params::new(Spanned::new(span.clone(), overlay(over.clone(), table.clone())));
            let campaign = Campaign::read(merged, known.actions, "treatment").map_err(|e| {
                let arm = &self.topologies[row].label;
                text.fail(format!("{arm} against {label}: {}", e.reason), Some(e.span))
            })?;
            let planned: f64 = campaign.playbook.iter().map(planned).sum();
            if let Some(budget) = budget.filter(|budget| planned > budget + 1e-9) {
                return Err(text.fail(
                    format!(
                        "`budget`: {label} is impossible for {budget} server seizures, its playbook costs {planned}; give a larger budget or \
                         fewer `times`"
                    ),
                    budget_span,
                ));
            }
            self.campaigns[row].push(campaign);
        }
        self.defences.push(Defence { label, budget, said: said(&table) });
        Ok(())
    }

    /// What it says beside the header.
    pub(super) fn written(&self) -> Map<String, Value> {
        let mut spec = crate::shared::settings_json(&self.settings, &self.topologies);
        for (cell, (group, said)) in spec["topology"].as_array_mut().into_iter().flatten().zip(&self.groups) {
            merge(cell, said);
            if !group.is_empty() {
                cell["group"] = group.clone().into();
            }
        }
        let defence = |d: &Defence| {
            let mut json = d.said.clone();
            json["label"] = d.label.clone().into();
            if let Some(budget) = d.budget {
                json["budget"] = budget.into();
            }
            json
        };
        spec.insert("treatment".into(), self.defences.iter().map(defence).collect());
        for (key, value) in self.base.as_object().into_iter().flatten() {
            spec.insert(key.clone(), value.clone());
        }
        spec
    }
}

fn merge(to: &mut Value, from: &Value) {
    for (key, value) in from.as_object().into_iter().flatten() {
        to[key.as_str()] = value.clone();
    }
}

/// What a step of a playbook costs at least: its times, with what each target costs where the action says how many it takes
/// (`removals`).
fn planned(step: &Step) -> f64 {
    let targets = step.action.params.get("removals").and_then(toml::Value::as_integer).unwrap_or(0);
    f64::from(step.schedule.times) * (step.schedule.cost + step.schedule.cost_per_target * targets as f64)
}

/// Takes the tables of a campaign out of those of a topology.
fn own_tables<'i>(table: &mut Params<'i>) -> DeTable<'i> {
    let mut own = DeTable::new();
    for name in Campaign::table_names() {
        if let Some(value) = table.take(name) {
            own.insert(Spanned::new(value.span(), name.into()), value);
        }
    }
    own
}

/// What tables say, as JSON.
fn said(table: &DeTable<'_>) -> Value {
    let text = Params::new(Spanned::new(0..0, table.clone())).to_toml();
    let table: toml::Table = toml::from_str(&text).expect("what was read is TOML");
    serde_json::to_value(table).expect("TOML values are JSON values")
}

fn number(value: Spanned<DeValue<'_>>) -> Result<f64, ()> {
    let number = match value.into_inner() {
        DeValue::Integer(n) => n.as_str().parse::<f64>().ok(),
        DeValue::Float(x) => x.as_str().parse::<f64>().ok(),
        _ => None,
    };
    number.filter(|x| x.is_finite() && *x >= 0.0).ok_or(())
}

fn check(s: &ArenaSettings) -> Result<(), Invalid> {
    let must = |holds: bool, key, reason: &str| Invalid::unless(holds, key, || reason.into());
    let not_negative = |x: f64| x.is_finite() && x >= 0.0;
    must(not_negative(s.cost_weight), "cost_weight", "0 machine-days or more")?;
    must(not_negative(s.rebuild_cost), "rebuild_cost", "0 machine-days or more")?;
    must(not_negative(s.exposure_cost), "exposure_cost", "0 machine-days or more")?;
    must((10..=1_000_000).contains(&s.rounds), "rounds", "10 to 1000000 rounds")?;
    must((2..=10_000).contains(&s.replays), "replays", "2 to 10000 replays")?;
    must(s.delays.iter().all(|d| *d < s.rounds), "delays", "fewer rounds than a replay has")?;
    must(s.memories.iter().all(|m| *m >= 1), "memories", "1 round or more")?;
    must(s.precisions.iter().all(|x| not_negative(*x)), "precisions", "0 or more, finite")?;
    must((10..=100_000).contains(&s.resamples), "resamples", "10 to 100000 bootstrap samples")?;
    must(s.window_days > 0.0 && s.window_days < 1e6, "window_days", "more than 0 days")?;
    must(s.again_within >= 1, "again_within", "1 strike or more")
}
