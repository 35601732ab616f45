//! What the engine runs: a study answers what differs from kind to kind.

use crate::size::{LINEAR, Size};
use crate::{Header, SpecError, TopologySpec, Unit};
use hydranet_results::{Metrics, RowError, Schema, Table};
use hydranet_topology::Invalid;
use std::fmt::Debug;
use std::sync::Arc;

/// What is the same for all specs of one kind of study.
pub struct StudyKind {
    /// What a spec calls it.
    pub name: &'static str,
    /// One line: what it measures.
    pub about: &'static str,
    /// The tables that a unit adds rows to. The last one is written last: its file marks a block as finished.
    pub schemas: &'static [&'static Schema],
    /// Its metrics, a list for each table that some are read from: what `summary.csv` and `differences.csv` are made of.
    pub metrics: &'static [&'static dyn Metrics],
    /// The tables that it writes beside those two: file name without `.csv`, and columns.
    pub extras: &'static [(&'static str, &'static Schema)],
    /// From the raw tables, in the order of `schemas`, and the whole spec as it stands in `run.json`, to those of `extras`.
    pub extra: fn(&[Table], &serde_json::Value) -> Vec<Table>,
}

impl Debug for StudyKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "study `{}`", self.name)
    }
}

/// A study of some kind with its own settings: a static takedown, lookups, a campaign.
///
/// The engine knows nothing about it but how to call [`Study::run`] for every unit, in any order, on any thread.
pub trait Study: Debug + Send + Sync {
    /// Its kind.
    fn kind(&self) -> &'static StudyKind;

    /// The topologies: units are (topology, network).
    fn topologies(&self) -> &[TopologySpec];

    /// The labels of its treatments, as they stand in rows.
    fn treatments(&self) -> Vec<&str>;

    /// One line on how much work it is: topologies, treatments, cells, networks.
    fn extent(&self, header: &Header) -> String;

    /// What it says beside the header, with all defaults, for provenance: the keys of the top level.
    fn spec(&self) -> serde_json::Map<String, serde_json::Value>;

    /// Takes out of the whole spec what does not decide its rows. How many networks there are, titles and claims are gone.
    fn forget_what_decides_no_row(&self, _spec: &mut serde_json::Map<String, serde_json::Value>) {}

    /// What decides its rows beside the spec and the topologies: the content of files that strategies read, say.
    fn fingerprints(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether a row is decided by its topology, the treatments, the header and the other settings alone, and has the label of its
    /// topology in the column `topology` and nowhere else. Then what was computed for a topology serves wherever it stands and
    /// whatever it is called; otherwise every change of the spec computes everything anew.
    fn by_cell(&self) -> bool {
        false
    }

    /// The same study with some of its treatments alone, by their places; `None` where they cannot be told apart. Promises that
    /// every row of a treatment has its label in the column `treatment`, is the same whatever other treatments there are, and stands
    /// by network, then by treatment; and that a table without this column is the same under all treatments.
    fn with_treatments(&self, _these: &[usize]) -> Option<Arc<dyn Study>> {
        None
    }

    /// Refuses a header that this study cannot have.
    ///
    /// # Errors
    /// The key whose value is not allowed, and why.
    fn check(&self, _header: &Header) -> Result<(), Invalid> {
        Ok(())
    }

    /// What one unit of a topology costs whose networks have this size, in nanoseconds or so. What counts is the ratio
    /// between topologies.
    fn unit_cost(&self, _header: &Header, _topology: u32, size: Size) -> f64 {
        LINEAR * size.sum()
    }

    /// Refuses topologies of models that do not suit the study, before any work is done. Draws a network of those alone whose
    /// model leaves a doubt, since drawing may take as long as the work.
    ///
    /// # Errors
    /// The topology, with its place in the spec.
    fn check_models(&self, _header: &Header) -> Result<(), SpecError> {
        Ok(())
    }

    /// Refuses what can be told only from a drawn network: where in the spec it is that a run found unsuitable. Draws the
    /// first network of every topology where there is something to ask: O(nodes + edges) each.
    ///
    /// # Errors
    /// The topology that does not suit the study, with its place in the spec.
    fn check_networks(&self, _header: &Header) -> Result<(), SpecError> {
        Ok(())
    }

    /// What of the spec changes nothing, with its place, as far as that can be told without running it. Draws the first network of
    /// every topology where there is something to ask: O(nodes + edges) each.
    fn idle(&self, _header: &Header) -> Vec<SpecError> {
        Vec::new()
    }

    /// Runs one unit and appends its rows to `tables`, one table a schema.
    ///
    /// A pure function of the study, the header and the unit: no I/O, no clock, no state.
    ///
    /// # Errors
    /// Why the unit cannot be run: which topology and treatment, and what does not fit.
    fn run(&self, header: &Header, unit: Unit, tables: &mut [Table]) -> Result<(), UnitError>;

    /// How long parts of the work take, by a clock that tells seconds: a table for people that is no result. `None` where
    /// the spec does not ask for it.
    fn timings(&self, _header: &Header, _clock: &dyn Fn() -> f64) -> Option<Table> {
        None
    }
}

/// Why a unit cannot be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UnitError {
    /// A topology that cannot be part of this study, or does not go together with a treatment.
    #[error("topology `{topology}`{}: {reason}", under(treatment))]
    Unsuitable {
        /// The label of the topology.
        topology: String,
        /// The label of the treatment, where it is one.
        treatment: Option<String>,
        /// What does not fit.
        reason: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A row that its own table refuses.
    #[error(transparent)]
    Row(#[from] RowError),
}

impl UnitError {
    /// A topology that does not suit.
    pub fn topology(label: &str, reason: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> UnitError {
        UnitError::Unsuitable { topology: label.into(), treatment: None, reason: reason.into() }
    }

    /// A topology and a treatment that do not go together.
    pub fn cell(
        topology: &str,
        treatment: &str,
        reason: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> UnitError {
        UnitError::Unsuitable { topology: topology.into(), treatment: Some(treatment.into()), reason: reason.into() }
    }
}

fn under(treatment: &Option<String>) -> String {
    treatment.as_ref().map_or(String::new(), |label| format!(" under treatment `{label}`"))
}
