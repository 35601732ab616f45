//! A takedown study in Rust: what `[[treatment]]` tables can say, as methods.
//!
//! ```
//! use hydranet_montecarlo::{Experiment, Header, TopologySpec};
//! use hydranet_routing::discovery::Crawl;
//! use hydranet_studies::takedown::{Takedown, TreatmentSpec};
//! use hydranet_takedown::budget::RemovalCost;
//! use hydranet_takedown::strategy::Degree;
//! use hydranet_topology::Built;
//! use hydranet_topology_random::{Gnm, GnmParams};
//!
//! let network = Built::of::<Gnm>(GnmParams { n: 200, m: Some(400), mean_degree: None })?;
//! let degree = || Built::of::<Degree>(Default::default());
//! let treatments = vec![
//!     TreatmentSpec::new("all is known", degree()?),
//!     TreatmentSpec::new("a crawl knows", degree()?).knowing(Crawl::with_requests(0.1)),
//!     TreatmentSpec::new("hubs cost more", degree()?).reinserted().costing(RemovalCost::Degree),
//! ];
//! let study = Takedown::new(vec![TopologySpec::new("random", network)], treatments)?;
//! let found = Experiment::new(Header::new("What is known", 7, 4), study)?.run_in_memory(0)?;
//! assert!(found.summary.iter().any(|row| row.metric == "r" && row.treatment == "a crawl knows"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::spec;
use super::{CascadeSpec, Settings, Takedown, TreatmentSpec};
use hydranet_montecarlo::TopologySpec;
use hydranet_plugin::{Built, Invalid};
use hydranet_routing::discovery::Crawl;
use hydranet_routing::knowledge::Knowledge;
use hydranet_takedown::budget::RemovalCost;
use hydranet_takedown::repair::Repair;
use hydranet_takedown::strategy::Reinsertion;
use hydranet_takedown::{Removes, Strategy};
use std::collections::BTreeSet;

impl TreatmentSpec {
    /// Nodes fall in the order of a strategy that knows the whole network; each costs the same.
    pub fn new(label: impl Into<String>, strategy: Built<dyn Strategy>) -> TreatmentSpec {
        TreatmentSpec {
            label: label.into(),
            built: strategy,
            removes: Removes::Nodes,
            cost: RemovalCost::Unit,
            cascade: None,
            knowledge: None,
            repair: None,
        }
    }

    /// Links fall instead of nodes.
    #[must_use]
    pub fn removing_edges(self) -> TreatmentSpec {
        TreatmentSpec { removes: Removes::Edges, ..self }
    }

    /// Greedy reinsertion comes after the strategy: `reinsertion = true`. Once is enough.
    #[must_use]
    pub fn reinserted(mut self) -> TreatmentSpec {
        if !self.built.value.ranking().reinsertion {
            self.built =
                self.built.with(Reinsertion { reinsertion: true }).expect("a yes or no can always be written down");
        }
        self
    }

    /// The strategy knows what a crawl finds: `knowledge = { crawl = { … } }`.
    #[must_use]
    pub fn knowing(self, crawl: Crawl) -> TreatmentSpec {
        TreatmentSpec { knowledge: Some(Knowledge { crawl }), ..self }
    }

    /// The curve is also read against what removals cost: `removal_cost`.
    #[must_use]
    pub fn costing(self, cost: RemovalCost) -> TreatmentSpec {
        TreatmentSpec { cost, ..self }
    }

    /// Overload spreads after the first seizures: `cascade = { … }`.
    #[must_use]
    pub fn cascading(self, cascade: CascadeSpec) -> TreatmentSpec {
        TreatmentSpec { cascade: Some(cascade), ..self }
    }

    /// The network repairs itself after removals: `repair = { … }`.
    #[must_use]
    pub fn repairing(self, repair: Repair) -> TreatmentSpec {
        TreatmentSpec { repair: Some(repair), ..self }
    }

    /// Refuses what does not go together, as the reader of specs does.
    fn check(&self, settings: &Settings) -> Result<(), Invalid> {
        let removes = self.removes;
        spec::cost_fits(self.cost, removes)?;
        self.cascade.map_or(Ok(()), |cascade| spec::cascade_fits(&cascade, removes))?;
        self.knowledge.as_ref().map_or(Ok(()), |knowledge| spec::knowledge_fits(knowledge, removes))?;
        let reads = self.cascade.is_some() || settings.reads_the_network();
        self.repair.as_ref().map_or(Ok(()), |repair| spec::repair_fits(repair, (removes, reads)))
    }
}

impl Takedown {
    /// Every topology under every treatment, with the usual [`Settings`].
    ///
    /// # Errors
    /// If there is no topology or no treatment, two have one label, or what a treatment asks for does not go together.
    pub fn new(topologies: Vec<TopologySpec>, treatments: Vec<TreatmentSpec>) -> Result<Takedown, Invalid> {
        labels("topology", topologies.iter().map(|topology| topology.label.as_str()))?;
        labels("treatment", treatments.iter().map(|treatment| treatment.label.as_str()))?;
        Takedown { settings: Settings::default(), topologies, treatments }.with_settings(Settings::default())
    }

    /// The same with other settings.
    ///
    /// # Errors
    /// If a setting is out of range, or does not go together with a treatment.
    pub fn with_settings(self, settings: Settings) -> Result<Takedown, Invalid> {
        spec::check(&settings)?;
        for treatment in &self.treatments {
            let refused = |e: Invalid| Invalid::new("treatment", format!("`{}`: {e}", treatment.label));
            treatment.check(&settings).map_err(refused)?;
        }
        Ok(Takedown { settings, ..self })
    }
}

/// Refuses none at all, and labels that are empty or stand twice.
fn labels<'l>(axis: &'static str, labels: impl Iterator<Item = &'l str>) -> Result<(), Invalid> {
    let mut seen = BTreeSet::new();
    for label in labels {
        Invalid::unless(!label.trim().is_empty(), axis, || "a label is not empty".into())?;
        Invalid::unless(seen.insert(label), axis, || format!("two are labelled `{label}`; tell them apart"))?;
    }
    Invalid::unless(!seen.is_empty(), axis, || "at least one is needed".into())
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;
