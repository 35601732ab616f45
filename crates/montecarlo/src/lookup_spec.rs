//! The spec of a lookup study: a TOML file.
//!
//! ```toml
//! study = "lookup"
//! title = "Ring against tree"
//! seed = 2003
//! networks = 20
//! fractions = [0.0, 0.3, 0.5]
//!
//! [[topology]]
//! model = "chord"
//! bits = 12
//!
//! [[treatment]]
//! strategy = "random"
//! ```

use crate::conditions::ConditionsSpec;
use crate::cost::Size;
use crate::error::Origin;
use crate::reading::{SpecText, TopologySpec, check_common, files, identity_of, spec_json};
use crate::studies::{Common, Experiment, Kind, Known, Overrides, block};
use crate::{LookupStudy, SpecError, Study, lookup_study};
use hydranet_topology::{Models, Params, Purpose, Trial, trial_rng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What a spec says beside its topologies and treatments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookupSettings {
    /// What the experiment is called in figures and reports.
    pub title: String,
    /// What it asks and how, in a few sentences; for reports.
    #[serde(default, rename = "abstract")]
    pub summary: String,
    /// The seed of all randomness. The same seed gives the same bytes.
    pub seed: u64,
    /// Networks drawn of every topology (≥ 1). Intervals are over networks: two at least for an interval.
    pub networks: u32,
    /// Removal orders on every network and treatment (≥ 1, below 2²⁴).
    #[serde(default = "one")]
    pub orders: u32,
    /// Shares of the nodes that have failed, increasing, each in [0, 1): lookups are routed at each of them.
    #[serde(default = "tenths")]
    pub fractions: Vec<f64>,
    /// Lookups between live nodes in every trial and at every share (≥ 1), between pairs drawn uniformly.
    #[serde(default = "ten_thousand")]
    pub pairs: u64,
    /// Draw more networks until the 95 % interval of the failed share is at most this wide on either side, in every cell
    /// and at every share. Left out: exactly `networks` are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<f64>,
    /// With `precision`: never draw more networks than this.
    #[serde(default = "thousand")]
    pub max_networks: u32,
    /// Networks of one topology that are written to one file as they finish (≥ 1). Left out: so many that there are at
    /// most 500 files a topology.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<u32>,
}

fn one() -> u32 {
    1
}
fn tenths() -> Vec<f64> {
    (0..10).map(|i| f64::from(i) / 10.0).collect()
}
fn ten_thousand() -> u64 {
    10_000
}
fn thousand() -> u32 {
    1000
}

/// An experiment, checked and ready to run.
#[derive(Debug, Clone)]
pub struct LookupSpec {
    /// What it says beside its topologies and treatments.
    pub settings: LookupSettings,
    /// The rows of its table of cells.
    pub topologies: Vec<TopologySpec>,
    /// The columns: which nodes fail.
    pub treatments: Vec<ConditionsSpec>,
    origin: Origin,
    /// Where the model of each topology stands, and the shares.
    places: (Vec<Option<Range<usize>>>, Option<Range<usize>>),
    /// Topologies whose networks may have no geometry, as far as the example of their model tells.
    doubtful: Vec<bool>,
}

impl LookupSpec {
    /// Reads a spec of this kind.
    ///
    /// # Errors
    /// With the place: a key, model or strategy that nobody knows; a parameter out of range; two cells with one label; no
    /// topology or no treatment.
    pub fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<LookupSpec, SpecError> {
        let treatments = text.take_tables("treatment")?;
        let topologies = text.take_tables("topology")?;
        let settings = text.settings("[[topology]] or [[treatment]]", check)?;
        let models = topologies.iter().map(|table| table.span_of("model")).collect();
        let (origin, places) = (text.origin(), (models, text.span_of("fractions")));
        let topologies = text.topologies(topologies, known.models)?;
        let none = "a lookup study needs at least one [[treatment]] with a `strategy` that says which nodes fail";
        let treatments = ConditionsSpec::read_all(&text, treatments, known, true, none)?;
        let doubtful = topologies.iter().map(|topology| is_doubtful(known.models, topology)).collect();
        Ok(LookupSpec { settings, topologies, treatments, origin, places, doubtful })
    }

    /// Refuses a topology that cannot be part of this study; draws its first network.
    fn check_topology(&self, topology: usize) -> Result<(), SpecError> {
        let ((models, fractions), spec) = (&self.places, &self.topologies[topology]);
        let rng = &mut trial_rng(self.settings.seed, Trial::network(0), Purpose::Topology);
        let network = spec.built.value.generate(rng);
        if network.geometry().is_none() {
            return Err(self.origin.fail(lookup_study::no_geometry(spec), models[topology].clone()));
        }
        // whole batches and captured nodes leave even fewer; that is for the run to find
        let most = *self.settings.fractions.last().expect("checked");
        match lookup_study::too_few(most, network.nodes() as usize, &[]) {
            Some(why) => Err(self.origin.fail(format!("topology `{}`: {why}", spec.label), fractions.clone())),
            None => Ok(()),
        }
    }
}

/// Whether the example of a topology's model, which is small, has no geometry, or cannot be drawn.
fn is_doubtful(models: &Models, topology: &TopologySpec) -> bool {
    let example = || {
        let row = models.get(topology.built.name).ok()?;
        let built = row.build(&Params::parse(row.example).ok()?).ok()?;
        let rng = &mut trial_rng(0, Trial::network(0), Purpose::Topology);
        Some(built.value.generate(rng).geometry().is_some())
    };
    example() != Some(true)
}

impl Experiment for LookupSpec {
    fn kind(&self) -> &'static Kind {
        &lookup_study::KIND
    }

    fn common(&self) -> Common {
        common(&self.settings)
    }

    fn topologies(&self) -> u32 {
        self.topologies.len() as u32
    }

    fn size(&self, topology: u32) -> Size {
        Size::of(&self.topologies[topology as usize], self.settings.seed)
    }

    fn check_models(&self) -> Result<(), SpecError> {
        (0..self.topologies.len()).filter(|&i| self.doubtful[i]).try_for_each(|i| self.check_topology(i))
    }

    fn check_networks(&self) -> Result<(), SpecError> {
        (0..self.topologies.len()).try_for_each(|i| self.check_topology(i))
    }

    fn extent(&self) -> String {
        let (rows, columns, s) = (self.topologies.len(), self.treatments.len(), &self.settings);
        format!(
            "{rows} topologies × {columns} treatments = {} cells, {} networks × {} orders × {} shares × {} lookups each",
            rows * columns,
            s.networks,
            s.orders,
            s.fractions.len(),
            s.pairs
        )
    }

    fn with(&self, overrides: &Overrides) -> Result<Box<dyn Experiment>, SpecError> {
        let mut spec = self.clone();
        let s = &mut spec.settings;
        overrides.apply(&mut s.networks, &mut s.orders, &mut s.seed, &mut s.block);
        check(s).map_err(|(key, reason)| SpecError::plain(format!("`{key}`: {reason}")))?;
        Ok(Box::new(spec))
    }

    fn to_json(&self) -> serde_json::Value {
        let mut json = spec_json(self.kind().name, &self.settings, &self.topologies);
        json["treatment"] = self.treatments.iter().map(ConditionsSpec::to_json).collect();
        json
    }

    fn row_identity(&self) -> String {
        let orders = ConditionsSpec::fingerprints(&self.treatments);
        identity_of(self.to_json(), self.common().block, &[("files", files(&self.topologies)), ("orders of", orders)])
    }

    fn study(&self) -> Box<dyn Study + '_> {
        Box::new(LookupStudy::new(self))
    }
}

fn common(s: &LookupSettings) -> Common {
    Common {
        title: s.title.clone(),
        seed: s.seed,
        networks: s.networks,
        block: block(s.networks, s.block),
        precision: s.precision,
        max_networks: s.max_networks,
    }
}

fn check(s: &LookupSettings) -> Result<(), (&'static str, String)> {
    let must = |holds: bool, key, reason: String| if holds { Ok(()) } else { Err((key, reason)) };
    check_common(&common(s))?;
    must(
        s.orders >= 1 && s.orders < 1 << 24,
        "orders",
        format!("1 to 16777215 orders on a network, not {}", s.orders),
    )?;
    must(s.pairs >= 1, "pairs", "at least 1 lookup a trial and share".into())?;
    must(!s.fractions.is_empty(), "fractions", "at least one share of failed nodes".into())?;
    for (i, f) in s.fractions.iter().enumerate() {
        must((0.0..1.0).contains(f), "fractions", format!("shares of the nodes, from 0 to below 1, not {f}"))?;
        must(i == 0 || s.fractions[i - 1] < *f, "fractions", format!("they increase; {f} does not"))?;
    }
    Ok(())
}
