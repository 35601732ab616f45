//! How a kind of study joins: one row with everything that is asked of it.

use crate::keys::{DEFAULT_STUDY, Keys};
use crate::shared::sweep_figures;
use crate::{Folder, Lines, ShowError, Varies};
use hydranet_campaign::Actions;
use hydranet_charts::{Named, Width};
use hydranet_montecarlo::{Experiment, Grammar, Ranges, SpecError, SpecText, Study, StudyKind};
use hydranet_plugin::{UnknownName, nearest};
use hydranet_results::MetricInfo;
use hydranet_takedown::Strategies;
use hydranet_topology::{Models, Params};
use std::sync::Arc;

/// The names that a spec can use.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    /// The topologies.
    pub models: &'k Models,
    /// The strategies.
    pub strategies: &'k Strategies,
    /// The actions of campaigns.
    pub actions: &'k Actions,
    /// The kinds of study.
    pub studies: &'k Studies,
}

/// One kind of study: a row of [`crate::STUDIES`], or of somebody else's table.
pub struct StudyPlugin {
    /// Its name, tables and metrics: what the engine asks.
    pub kind: &'static StudyKind,
    /// What its specs can say beside the header: tables and their keys, for people.
    pub keys: fn() -> Vec<Keys>,
    /// Tables that are told only when this kind is asked for by name: what its mechanisms take.
    pub more_keys: fn(Known<'_>) -> Vec<Keys>,
    /// What else is to be said of its specs.
    pub notes: &'static str,
    /// Keys of a `[[treatment]]` that not every study has: with one of them in the treatment of another study, that is told.
    pub treatment_keys: fn() -> Vec<&'static str>,
    /// What of its specs can vary over cells.
    pub varies: Varies,
    /// Reads what is left of a spec of this kind when `study`, the header and the claims are taken out.
    pub read: fn(SpecText<'_>, Known<'_>) -> Result<Arc<dyn Study>, SpecError>,
    /// The table that a run ends with, or several.
    pub table: fn(&Folder) -> Result<Vec<Lines>, ShowError>,
    /// Its figures, from the tables in the folder; all as wide as the width, where one is given.
    pub figures: fn(&Folder, Option<Width>) -> Result<Vec<Named>, ShowError>,
}

impl StudyPlugin {
    /// All figures of a results folder of this kind: its own, or what they are replaced by where so many cells vary that nobody can tell
    /// them apart; metrics against what varies; and the table of its claims.
    ///
    /// # Errors
    /// If a table cannot be read, or a figure cannot be laid out in the width.
    pub fn draw(&self, folder: &Folder, width: Option<Width>) -> Result<Vec<Named>, ShowError> {
        let sweep = sweep_figures::sweep(folder)?;
        let metrics: Vec<&MetricInfo> = self.kind.metrics.iter().flat_map(|list| list.infos()).collect();
        let mut list = sweep_figures::figures(folder, &metrics, width)?;
        if list.is_empty() || !sweep_figures::too_many(&sweep) {
            list.extend((self.figures)(folder, width)?);
        }
        list.extend(crate::claims::figure(folder, width)?);
        Ok(list)
    }
}

impl std::fmt::Debug for StudyPlugin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.kind.fmt(f)
    }
}

/// The kinds of study that a program knows.
#[derive(Debug, Clone, Default)]
pub struct Studies(Vec<&'static StudyPlugin>);

impl Studies {
    /// The kind that a spec means if it does not say.
    pub const DEFAULT: &'static str = DEFAULT_STUDY;

    /// With the studies of a table.
    ///
    /// # Panics
    /// If a name is taken.
    pub fn with(mut self, studies: &[&'static StudyPlugin]) -> Studies {
        for study in studies {
            let name = study.kind.name;
            assert!(self.0.iter().all(|known| known.kind.name != name), "two kinds of study are called `{name}`");
            self.0.push(study);
        }
        self
    }

    /// All of them, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &'static StudyPlugin> {
        self.0.iter().copied()
    }

    /// The kind of this name.
    ///
    /// # Errors
    /// If there is none: what looks most like it, or else what there is.
    pub fn get(&self, name: &str) -> Result<&'static StudyPlugin, UnknownName> {
        self.iter().find(|study| study.kind.name == name).ok_or_else(|| {
            let known: Vec<&'static str> = self.iter().map(|study| study.kind.name).collect();
            let nearest = nearest(name, known.iter().copied()).map(str::to_string);
            UnknownName { kind: "study", kinds: "studies", name: name.into(), nearest, known }
        })
    }

    /// Reads a spec of any kind. `source` is what messages call the text: a path.
    ///
    /// # Errors
    /// With the place: text that is not TOML, a study that nobody knows, and what header, study and claims refuse.
    pub fn parse(text: &str, source: &str, known: Known<'_>) -> Result<Experiment, SpecError> {
        let ranges = Ranges::of(text);
        let mut spec = SpecText::new(text, source)?;
        let study = match spec.take_text("study")? {
            None => known.studies.get(Studies::DEFAULT).map_err(|e| spec.fail(e.to_string(), None))?,
            Some((name, span)) => known.studies.get(&name).map_err(|e| spec.fail(e.to_string(), Some(span)))?,
        };
        let takes = |table: &str, params: &Params<'_>| (study.varies.takes)(table, params, known);
        let grammar = Grammar { cells: study.varies.cells, shared: (study.varies.shared)(), takes: &takes };
        Experiment::read(spec, &ranges, &grammar, |rest| (study.read)(rest, known))
    }
}
