//! `study = "field-case"`: takedowns that happened, against what was published about them.
//!
//! ```toml
//! study = "field-case"
//! title = "Abandoned"
//! seed = 2009
//! draws = 100
//! keep = 0.1
//!
//! [[case]]
//! label = "Conficker"
//! source = "…"
//! cannot = "…"
//! [case.topology]
//! model = "gnm"
//! n = 100
//! m = 400
//! [[case.prior]]
//! parameter = "churn.half_life_days"
//! from = 100
//! to = 3000
//! [[case.published]]
//! observable = "members"
//! day = 100
//! share = 0.9
//! sigma = 0.05
//! ```
//!
//! A case has a topology, tables of mechanisms and actions as in a campaign study, parameters with a uniform prior (or uniform in
//! the logarithm), and published points. Every draw is one trajectory of one network with parameters of its own; how the draws
//! nearest to the fitted points are kept, and what they foretell, stands in [`hydranet_results::field_case`].

use crate::campaign_spec::actions;
use crate::cost::{LINEAR, Size};
use crate::field_case_spec::{Case, Observable, Prior, Published, at, read_case};
use crate::reading::{SpecText, TopologySpec, check_common, files, identity_of, spec_json};
use crate::studies::{Common, Experiment, Kind, Known, Overrides, block, keys};
use crate::{SpecError, Study, Unit};
use hydranet_campaign::{BadPath, CampaignError};
use hydranet_overlay::Overlay;
use hydranet_results::field_case::{
    COURSES, CourseRow, DRAWS, DrawRow, FITS, FitRow, POSTERIOR, PREDICTIVE, PUBLISHED, summarize,
};
use hydranet_results::{Schema, Table};
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Draws come last: their file marks a block as finished.
static SCHEMAS: [&Schema; 3] = [&COURSES, &FITS, &DRAWS];
static SUMMARIES: [(&str, &Schema); 3] =
    [("posterior", &POSTERIOR), ("predictive", &PREDICTIVE), ("published", &PUBLISHED)];

/// `study = "field-case"`.
pub(crate) static KIND: Kind = Kind {
    name: "field-case",
    about: "takedowns that happened: parameters drawn from a prior, those nearest to what was published, what they foretell",
    schemas: &SCHEMAS,
    summaries: &SUMMARIES,
    summarize: |tables, spec| {
        let [courses, fits, draws] = tables else { panic!("one table a schema") };
        let keep = spec["keep"].as_f64().expect("a spec says how many draws are kept");
        let (posterior, predictive, published) = summarize(courses, fits, draws, keep);
        vec![Table::of(&posterior), Table::of(&predictive), Table::of(&published)]
    },
    widest: |_| 0.0,
    measures: &[],
    keys: || {
        vec![
            keys::<FieldCaseSettings>("top level"),
            keys::<Prior>("[[case.prior]]"),
            keys::<Published>("[[case.published]]"),
        ]
    },
    parse: |text, known| Ok(Box::new(FieldCases::read(text, known)?)),
};

/// What such a spec says beside its cases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldCaseSettings {
    /// What the experiment is called in figures and reports.
    pub title: String,
    /// What it asks and how, in a few sentences; for reports.
    #[serde(default, rename = "abstract")]
    pub summary: String,
    /// The seed of all randomness. The same seed gives the same bytes.
    pub seed: u64,
    /// Draws from the prior of every case (≥ 1); each is a trajectory of a network of its own.
    pub draws: u32,
    /// Share of the draws that are kept (above 0, at most 1).
    #[serde(default = "tenth")]
    pub keep: f64,
    /// Days between recorded points of a course (> 0).
    #[serde(default = "day")]
    pub record_days: f64,
    /// Draws of one case that are written to one file as they finish (≥ 1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<u32>,
}

fn tenth() -> f64 {
    0.1
}
fn day() -> f64 {
    1.0
}

/// A study of cases, checked and ready to run.
#[derive(Debug, Clone)]
pub struct FieldCases {
    settings: FieldCaseSettings,
    cases: Vec<Case>,
}

impl FieldCases {
    fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<FieldCases, SpecError> {
        let tables = text.take_tables("case")?;
        let settings: FieldCaseSettings = text.settings("[[case]]", check)?;
        let mut cases: Vec<Case> = Vec::new();
        for table in tables {
            let taken = cases.iter().map(|c| &c.topology.label);
            let case = read_case(&text, table, known, taken)?;
            cases.push(case);
        }
        if cases.is_empty() {
            return Err(text.fail("a study of cases needs at least one [[case]]".into(), None));
        }
        Ok(FieldCases { settings, cases })
    }
}

fn check(s: &FieldCaseSettings) -> Result<(), (&'static str, String)> {
    let must = |holds: bool, key, reason: String| if holds { Ok(()) } else { Err((key, reason)) };
    must(s.draws >= 1, "draws", "at least 1 draw".into())?;
    check_common(&common(s))?;
    must(s.keep > 0.0 && s.keep <= 1.0, "keep", format!("a share above 0 and at most 1, not {}", s.keep))?;
    must(s.record_days > 0.0 && s.record_days < 1e5, "record_days", format!("more than 0 days, not {}", s.record_days))
}

fn common(s: &FieldCaseSettings) -> Common {
    Common {
        title: s.title.clone(),
        seed: s.seed,
        networks: s.draws,
        block: block(s.draws, s.block),
        precision: None,
        max_networks: s.draws,
    }
}

impl Experiment for FieldCases {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn common(&self) -> Common {
        common(&self.settings)
    }

    fn topologies(&self) -> u32 {
        self.cases.len() as u32
    }

    fn size(&self, topology: u32) -> Size {
        Size::of(&self.cases[topology as usize].topology, self.settings.seed)
    }

    fn unit_cost(&self, topology: u32, size: Size) -> f64 {
        let campaign = &self.cases[topology as usize].campaign;
        LINEAR * size.sum() * f64::from(campaign.fleet.networks) * campaign.time.days.max(1.0)
    }

    fn extent(&self) -> String {
        let (cases, s) = (self.cases.len(), &self.settings);
        format!("{cases} cases, {} draws each, the nearest {} kept", s.draws, (s.draws as f64 * s.keep).ceil())
    }

    fn with(&self, o: &Overrides) -> Result<Box<dyn Experiment>, SpecError> {
        if o.orders.is_some() {
            return Err(SpecError::plain("--orders: every draw of a case is one trajectory of one network".into()));
        }
        let mut spec = self.clone();
        let s = &mut spec.settings;
        o.apply(&mut s.draws, &mut 1, &mut s.seed, &mut s.block);
        check(s).map_err(|(key, reason)| SpecError::plain(format!("`{key}`: {reason}")))?;
        Ok(Box::new(spec))
    }

    fn to_json(&self) -> serde_json::Value {
        let topologies: Vec<TopologySpec> = self.cases.iter().map(|c| c.topology.clone()).collect();
        let mut json = spec_json(KIND.name, &self.settings, &topologies);
        let case = |c: &Case| {
            serde_json::json!({
                "label": c.topology.label, "source": c.source, "cannot": c.cannot, "prior": c.priors,
                "published": c.published, "campaign": crate::campaign_spec::campaign_json(&c.campaign),
            })
        };
        json["case"] = self.cases.iter().map(case).collect();
        json
    }

    fn row_identity(&self) -> String {
        let mut json = self.to_json();
        let object = json.as_object_mut().expect("a spec is a table");
        // how many are kept is decided when rows are summed up, and texts decide nothing
        object.remove("keep");
        object.remove("draws");
        for case in object["case"].as_array_mut().expect("a list") {
            let case = case.as_object_mut().expect("a table");
            case.remove("source");
            case.remove("cannot");
        }
        let topologies: Vec<TopologySpec> = self.cases.iter().map(|c| c.topology.clone()).collect();
        identity_of(json, self.common().block, &[("files", files(&topologies))])
    }

    fn study(&self) -> Box<dyn Study + '_> {
        Box::new(Draws(self))
    }
}

#[derive(Debug)]
struct Draws<'s>(&'s FieldCases);

impl Study for Draws<'_> {
    fn schemas(&self) -> &'static [&'static Schema] {
        &SCHEMAS
    }

    fn run(&self, unit: Unit, tables: &mut [Table]) -> Result<(), String> {
        self.draw(unit, tables).map_err(|e| e.to_string())
    }
}

/// Why a draw of a case cannot be run.
#[derive(Debug, thiserror::Error)]
enum DrawError {
    /// A value from the prior is impossible together with the rest.
    #[error("case `{case}`: {why}")]
    Prior { case: String, why: BadPath },
    /// The case does not suit its network.
    #[error("case `{case}`: {why}")]
    Campaign { case: String, why: CampaignError },
    /// A row does not fit its table.
    #[error(transparent)]
    Row(#[from] hydranet_results::RowError),
}

impl Draws<'_> {
    fn draw(&self, unit: Unit, tables: &mut [Table]) -> Result<(), DrawError> {
        let [courses, fits, draws] = tables else { panic!("one table a schema") };
        let settings = &self.0.settings;
        let case = &self.0.cases[unit.topology as usize];
        let label = case.topology.label.as_str();
        let trial = Trial::network(unit.network);
        let rng = &mut trial_rng(settings.seed, trial, Purpose::Prior);
        let (mut campaign, actions) = (case.campaign.clone(), actions());
        for Prior { parameter, from, to, log } in &case.priors {
            let (from, to, u) = (*from, *to, rng.unit());
            let value = if *log { from * libm::pow(to / from, u) } else { from + (to - from) * u };
            campaign.set(parameter, value, &actions).map_err(|why| DrawError::Prior { case: label.into(), why })?;
            let row = DrawRow { case: label, draw: unit.network.into(), parameter, from, to, value };
            draws.push_record(&row)?;
        }
        let draw = |i| {
            let rng = &mut trial_rng(settings.seed, Trial::order_of(unit.network, i), Purpose::Topology);
            case.topology.built.value.generate(rng)
        };
        let networks: Vec<Overlay> = (0..campaign.fleet.networks).map(draw).collect();
        let run = campaign.run(&networks, settings.seed, trial);
        let trajectory = run.map_err(|why| DrawError::Campaign { case: label.into(), why })?;
        let start = trajectory.samples[0];
        let mut observables: Vec<Observable> = Vec::new();
        for point in &case.published {
            if !observables.contains(&point.observable) {
                observables.push(point.observable);
            }
        }
        let every = ((settings.record_days * 86_400.0 / trajectory.span as f64).round() as usize).max(1);
        for observable in observables {
            for (i, sample) in trajectory.samples.iter().enumerate().step_by(every) {
                let [count, whole] = observable.of(sample, &start);
                let hour = i as u64 * trajectory.span as u64 / 3600;
                let row = CourseRow {
                    case: label,
                    draw: unit.network.into(),
                    observable: observable.name(),
                    hour,
                    count,
                    whole,
                };
                courses.push_record(&row)?;
            }
        }
        for (number, point) in case.published.iter().enumerate() {
            let row = FitRow {
                case: label,
                draw: unit.network.into(),
                point: number as u64,
                observable: point.observable.name(),
                day: point.day,
                published: point.share,
                sigma: point.sigma,
                fitted: point.fit.into(),
                simulated: at(&trajectory, point, &start),
            };
            fits.push_record(&row)?;
        }
        Ok(())
    }
}
