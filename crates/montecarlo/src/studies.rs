//! The kinds of study that a spec can ask for with `study = "…"`, and what is the same for all of them.
//!
//! A kind joins through one row of [`STUDIES`]: its tables, how they are summed up, and how a spec of that kind is read.
//! Runner, parts, resume, shards, merge, precision and provenance know no kind.

use crate::cost::{self, Size};
use crate::reading::SpecText;
use crate::{
    SpecError, Study, broadcast_study, campaign_study, discovery_study, field_case, finite_size, lookup_study,
    takedown_study,
};
use hydranet_results::series::Measure;
use hydranet_results::{Schema, Table};
use hydranet_takedown::Strategies;
use hydranet_topology::Models;
use hydranet_topology::registry::{nearest, schema_of};
use hydranet_topology::{Param, params_of};
use schemars::JsonSchema;
use std::fmt::Debug;

/// The names that a spec can use.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    /// The topologies.
    pub models: &'k Models,
    /// The strategies.
    pub strategies: &'k Strategies,
}

/// What every spec says, whatever its study.
#[derive(Debug, Clone, PartialEq)]
pub struct Common {
    /// The title, for people.
    pub title: String,
    /// The seed of all randomness.
    pub seed: u64,
    /// Networks drawn of every topology.
    pub networks: u32,
    /// Networks of one topology that go to one file.
    pub block: u32,
    /// Draw more networks until intervals are this narrow on either side.
    pub precision: Option<f64>,
    /// With `precision`: never more networks than this.
    pub max_networks: u32,
}

/// Settings that a command line replaces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Networks drawn of every topology.
    pub networks: Option<u32>,
    /// Orders (or whatever a study repeats on one network).
    pub orders: Option<u32>,
    /// The seed.
    pub seed: Option<u64>,
    /// Networks of one topology that go to one file.
    pub block: Option<u32>,
}

impl Overrides {
    /// Replaces what is to be replaced.
    pub fn apply(&self, networks: &mut u32, orders: &mut u32, seed: &mut u64, block: &mut Option<u32>) {
        *networks = self.networks.unwrap_or(*networks);
        *orders = self.orders.unwrap_or(*orders);
        *seed = self.seed.unwrap_or(*seed);
        *block = self.block.or(*block);
    }
}

/// Networks of one topology that go to one file: as the spec says, or so many that there are at most 500 files.
pub(crate) fn block(networks: u32, given: Option<u32>) -> u32 {
    given.unwrap_or_else(|| networks.div_ceil(500).max(1))
}

/// A spec of one kind, checked and ready to run.
pub trait Experiment: Debug + Send + Sync {
    /// Its kind.
    fn kind(&self) -> &'static Kind;

    /// What every spec says.
    fn common(&self) -> Common;

    /// Number of topologies: units are (topology, network).
    fn topologies(&self) -> u32;

    /// How large the first network of a topology is. Drawn for it, so O(nodes + edges).
    fn size(&self, topology: u32) -> Size;

    /// Refuses topologies of models that do not suit the study, before any work is done. Draws a network of those alone whose
    /// model leaves a doubt, since drawing may take as long as the work.
    ///
    /// # Errors
    /// The topology, with its place in the spec.
    fn check_models(&self) -> Result<(), SpecError> {
        Ok(())
    }

    /// Refuses what can be told only from a drawn network: where in the spec it is that a run found unsuitable. Draws the
    /// first network of every topology where there is something to ask: O(nodes + edges) each.
    ///
    /// # Errors
    /// The topology that does not suit the study, with its place in the spec.
    fn check_networks(&self) -> Result<(), SpecError> {
        Ok(())
    }

    /// What one unit of a topology costs whose networks have this size, in nanoseconds or so. What counts is the ratio
    /// between topologies.
    fn unit_cost(&self, _topology: u32, size: Size) -> f64 {
        cost::LINEAR * size.sum()
    }

    /// One line on how much work it is: topologies, treatments, cells, networks.
    fn extent(&self) -> String;

    /// The same with other settings.
    ///
    /// # Errors
    /// The key whose value is not allowed, and why.
    fn with(&self, overrides: &Overrides) -> Result<Box<dyn Experiment>, SpecError>;

    /// The whole spec with all defaults and the key `study`, for provenance.
    fn to_json(&self) -> serde_json::Value;

    /// The part of the spec that decides what a unit's rows are, in canonical form. How many networks there are, and how
    /// the rows are summed up, does not: a unit of a larger run is a unit of a smaller one.
    fn row_identity(&self) -> String;

    /// What the runner runs.
    fn study(&self) -> Box<dyn Study + '_>;

    /// How long parts of the work take, by a clock that tells seconds: a table for people that is no result. `None` where
    /// the spec does not ask for it.
    fn timings(&self, _clock: &dyn Fn() -> f64) -> Option<Table> {
        None
    }
}

/// A table of a spec: how it is written, and its keys.
pub type Keys = (&'static str, Vec<Param>);

/// The keys of a table that is read into a struct.
pub(crate) fn keys<T: JsonSchema>(table: &'static str) -> Keys {
    (table, params_of(&schema_of::<T>()))
}

/// One kind of study.
pub struct Kind {
    /// What a spec calls it.
    pub name: &'static str,
    /// One line: what it measures.
    pub about: &'static str,
    /// The tables that a unit adds rows to; the last one is written last.
    pub schemas: &'static [&'static Schema],
    /// The tables of numbers that it writes beside them: file name without `.csv`, and columns.
    pub summaries: &'static [(&'static str, &'static Schema)],
    /// From the raw tables, in the order of `schemas`, and the spec's JSON, to those of `summaries`.
    pub summarize: fn(&[Table], &serde_json::Value) -> Vec<Table>,
    /// Half the width of the widest interval that `precision` speaks of; from the last raw table.
    pub widest: fn(&Table) -> f64,
    /// What the column `measure` of its series can say.
    pub measures: &'static [Measure],
    /// What its specs can say: tables and their keys, for people.
    pub keys: fn() -> Vec<Keys>,
    /// Reads a spec of this kind, the key `study` taken out.
    pub parse: fn(SpecText<'_>, Known<'_>) -> Result<Box<dyn Experiment>, SpecError>,
}

impl Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "study `{}`", self.name)
    }
}

/// All kinds of study.
pub static STUDIES: &[&Kind] = &[
    &takedown_study::KIND,
    &finite_size::KIND,
    &broadcast_study::KIND,
    &discovery_study::KIND,
    &lookup_study::KIND,
    &campaign_study::KIND,
    &field_case::KIND,
];

impl Kind {
    /// The kind that a spec means if it does not say.
    pub const DEFAULT: &'static str = "takedown";

    /// The kind of this name.
    ///
    /// # Errors
    /// If there is none: what there is, and what looks most like it.
    pub fn named(name: &str) -> Result<&'static Kind, String> {
        STUDIES.iter().copied().find(|kind| kind.name == name).ok_or_else(|| {
            let names: Vec<&str> = STUDIES.iter().map(|kind| kind.name).collect();
            let hint = nearest(name, names.iter().copied()).map_or(String::new(), |n| format!("; did you mean `{n}`?"));
            format!("no study `{name}`; the studies are {}{hint}", names.join(", "))
        })
    }
}

/// Reads a spec of any kind. `source` is what messages call the text: a path.
///
/// # Errors
/// With the place: text that is not TOML, a study that nobody knows, and what the study refuses.
pub fn parse(text: &str, source: &str, known: Known<'_>) -> Result<Box<dyn Experiment>, SpecError> {
    let mut spec = SpecText::new(text, source)?;
    let kind = match spec.take_text("study")? {
        None => Kind::named(Kind::DEFAULT).expect("the default exists"),
        Some((name, span)) => Kind::named(&name).map_err(|reason| spec.fail(reason, Some(span)))?,
    };
    (kind.parse)(spec, known)
}
