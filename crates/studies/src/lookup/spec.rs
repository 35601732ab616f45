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

use super::trial::{no_geometry, too_few};
use crate::Known;
use crate::shared::interfered_treatment::ConditionsSpec;
use hydranet_montecarlo::{Origin, SpecError, SpecText, TopologySpec};
use hydranet_topology::{Invalid, Models, Params, Purpose, Trial, trial_rng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What a spec says beside its topologies and treatments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookupSettings {
    /// Shares of the nodes that have failed, increasing, each in [0, 1): lookups are routed at each of them.
    #[serde(default = "tenths")]
    pub fractions: Vec<f64>,
    /// Lookups between live nodes in every trial and at every share (≥ 1), between pairs drawn uniformly.
    #[serde(default = "ten_thousand")]
    pub pairs: u64,
}

impl Default for LookupSettings {
    fn default() -> LookupSettings {
        LookupSettings { fractions: tenths(), pairs: ten_thousand() }
    }
}

fn tenths() -> Vec<f64> {
    (0..10).map(|i| f64::from(i) / 10.0).collect()
}
fn ten_thousand() -> u64 {
    10_000
}

/// An experiment, checked and ready to run.
#[derive(Debug, Clone)]
pub struct Lookup {
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
    pub(super) doubtful: Vec<bool>,
}

impl Lookup {
    /// Reads a spec of this kind.
    ///
    /// # Errors
    /// With the place: a key, model or strategy that nobody knows; a parameter out of range; two cells with one label; no
    /// topology or no treatment.
    pub fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<Lookup, SpecError> {
        let treatments = text.take_tables("treatment")?;
        let topologies = text.take_tables("topology")?;
        let settings = text.settings("[[topology]] or [[treatment]]", check)?;
        let models = topologies.iter().map(|table| table.span_of("model")).collect();
        let (origin, places) = (text.origin(), (models, text.span_of("fractions")));
        let topologies = text.topologies(topologies, known.models)?;
        let none = "a lookup study needs at least one [[treatment]] with a `strategy` that says which nodes fail";
        let treatments = ConditionsSpec::read_all(&text, treatments, known, true, none)?;
        let doubtful = topologies.iter().map(|topology| is_doubtful(known.models, topology)).collect();
        Ok(Lookup { settings, topologies, treatments, origin, places, doubtful })
    }

    /// Refuses a topology that cannot be part of this study; draws its first network.
    pub(super) fn check_topology(&self, seed: u64, topology: usize) -> Result<(), SpecError> {
        let ((models, fractions), spec) = (&self.places, &self.topologies[topology]);
        let rng = &mut trial_rng(seed, Trial::network(0), Purpose::Topology);
        let network = spec.built.value.generate(rng);
        if network.geometry().is_none() {
            return Err(self.origin.fail(no_geometry(spec).to_string(), models[topology].clone()));
        }
        // whole batches and captured nodes leave even fewer; that is for the run to find
        let most = *self.settings.fractions.last().expect("checked");
        match too_few(most, network.nodes() as usize, &[]) {
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

fn check(s: &LookupSettings) -> Result<(), Invalid> {
    let must = |holds: bool, key, reason: String| Invalid::unless(holds, key, || reason);
    must(s.pairs >= 1, "pairs", "at least 1 lookup a trial and share".into())?;
    must(!s.fractions.is_empty(), "fractions", "at least one share of failed nodes".into())?;
    for (i, f) in s.fractions.iter().enumerate() {
        must((0.0..1.0).contains(f), "fractions", format!("shares of the nodes, from 0 to below 1, not {f}"))?;
        must(i == 0 || s.fractions[i - 1] < *f, "fractions", format!("they increase; {f} does not"))?;
    }
    Ok(())
}
