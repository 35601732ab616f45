#![doc = include_str!("../README.md")]

pub use hydranet_montecarlo::{Experiment, SpecError};

use hydranet_campaign::{Action, Actions};
use hydranet_montecarlo::engine::{self, HostRecord};
use hydranet_plugin::Registration;
use hydranet_studies::{Known, Studies, StudyPlugin};
use hydranet_takedown::{Strategies, Strategy};
use hydranet_topology::{Models, Topology};
use std::path::PathBuf;

/// What a program knows. A name is known once: adding a second one panics, which a test of the program's own shows.
#[derive(Debug, Clone)]
pub struct Toolkit {
    /// The topologies.
    pub topologies: Models,
    /// The strategies.
    pub strategies: Strategies,
    /// The actions of campaigns.
    pub actions: Actions,
    /// The kinds of study.
    pub studies: Studies,
}

/// Everything in this workspace: one line a crate.
impl Default for Toolkit {
    fn default() -> Toolkit {
        Toolkit::empty()
            .with_topologies(hydranet_topology_command::MODELS)
            .with_topologies(hydranet_topology_random::MODELS)
            .with_topologies(hydranet_topology_unstructured::MODELS)
            .with_topologies(hydranet_topology_dht::MODELS)
            .with_topologies(hydranet_topology_file::MODELS)
            .with_strategies(hydranet_takedown::STRATEGIES)
            .with_strategies(hydranet_strategy_command::STRATEGIES)
            .with_actions(hydranet_campaign::ACTIONS)
            .with_studies(hydranet_studies::STUDIES)
    }
}

impl Toolkit {
    /// Nothing at all: for programs that name what they know one by one.
    pub fn empty() -> Toolkit {
        Toolkit {
            topologies: Models::default(),
            strategies: Strategies::default(),
            actions: Actions::default(),
            studies: Studies::default(),
        }
    }

    /// With the topologies of a table: a crate's `MODELS`.
    ///
    /// # Panics
    /// If a name is taken.
    #[must_use]
    pub fn with_topologies(mut self, models: &'static [Registration<dyn Topology>]) -> Toolkit {
        self.topologies = self.topologies.with(models);
        self
    }

    /// With the strategies of a table: a crate's `STRATEGIES`.
    ///
    /// # Panics
    /// If a name is taken.
    #[must_use]
    pub fn with_strategies(mut self, strategies: &'static [Registration<dyn Strategy>]) -> Toolkit {
        self.strategies = self.strategies.with(strategies);
        self
    }

    /// With the actions of a table: a crate's `ACTIONS`.
    ///
    /// # Panics
    /// If a name is taken.
    #[must_use]
    pub fn with_actions(mut self, actions: &'static [Registration<dyn Action>]) -> Toolkit {
        self.actions = self.actions.with(actions);
        self
    }

    /// With the kinds of study of a table: a crate's `STUDIES`.
    ///
    /// # Panics
    /// If a name is taken.
    #[must_use]
    pub fn with_studies(mut self, studies: &[&'static StudyPlugin]) -> Toolkit {
        self.studies = self.studies.with(studies);
        self
    }

    /// The names that a spec can use.
    pub fn known(&self) -> Known<'_> {
        Known { models: &self.topologies, strategies: &self.strategies, actions: &self.actions, studies: &self.studies }
    }

    /// Reads a spec of any kind. `source` is what messages call the text: a path.
    ///
    /// # Errors
    /// With the place: text that is not TOML, a name that nobody knows, a value that is not allowed.
    pub fn parse(&self, spec: &str, source: &str) -> Result<Experiment, SpecError> {
        Studies::parse(spec, source, self.known())
    }

    /// Puts the shards in several results folders together; everything is written to the first.
    ///
    /// # Errors
    /// If a folder holds no run or another one, its kind of study is not among these, or blocks are missing or damaged.
    pub fn merge(&self, results: &[PathBuf], host: &HostRecord) -> Result<engine::Summary, engine::ExperimentError> {
        engine::merge(results, host, |name| self.studies.get(name).map(|study| study.kind))
    }
}
