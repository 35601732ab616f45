//! What else happens in a treatment beside the removals of its strategy: `interference`, and how lookups are made.

use crate::Known;
use crate::shared::strategy_axis::StrategySpec;
use hydranet_montecarlo::{SpecError, SpecText};
use hydranet_overlay::Overlay;
use hydranet_routing::interference::{Interfered, Interference};
use hydranet_routing::iterative::Iterative;
use hydranet_topology::{Invalid, Params, Purpose, Trial, trial_rng};

/// A treatment of a study of what a network is for.
#[derive(Debug, Clone)]
pub struct ConditionsSpec {
    /// Which nodes fail, and what tables and figures call the treatment.
    pub strategy: StrategySpec,
    /// What a defender does to lists, identifiers and links.
    pub interference: Option<Interference>,
    /// Lookups ask several contacts at a time; they are handed on if left out.
    pub iterative: Option<Iterative>,
}

impl ConditionsSpec {
    /// Reads `[[treatment]]` tables. `lookups` says whether the study makes lookups; `none` what is said where there is no
    /// table.
    ///
    /// # Errors
    /// If there is none, or one is refused.
    pub fn read_all(
        text: &SpecText<'_>,
        tables: Vec<Params<'_>>,
        known: Known<'_>,
        lookups: bool,
        none: &str,
    ) -> Result<Vec<ConditionsSpec>, SpecError> {
        let mut list: Vec<ConditionsSpec> = Vec::new();
        for mut table in tables {
            let write = "interference = { poison = 0.2 }, or leave it out";
            let interference = text.taken(&mut table, "interference", write, Interference::check)?;
            let write = "iterative = { parallel = 3 }, or leave it out";
            let iterative = if lookups {
                text.taken(&mut table, "iterative", write, |plan: &Iterative| plan.check())?
            } else {
                None
            };
            let taken = list.iter().map(|t| &t.strategy.label);
            let strategy = StrategySpec::read(text, table, known, taken)?;
            list.push(ConditionsSpec { strategy, interference, iterative });
        }
        if list.is_empty() {
            return Err(text.fail(none.into(), None));
        }
        Ok(list)
    }

    /// The strategies' fingerprints: see [`StrategySpec::fingerprints`].
    pub fn fingerprints(list: &[ConditionsSpec]) -> Vec<String> {
        list.iter().map(|t| t.strategy.built.value.fingerprint()).collect()
    }

    /// For provenance.
    pub fn to_json(&self) -> serde_json::Value {
        let mut json = self.strategy.to_json();
        if let Some(interference) = &self.interference {
            json["interference"] = serde_json::to_value(interference).expect("parameters are plain values");
        }
        if let Some(iterative) = &self.iterative {
            json["iterative"] = serde_json::to_value(iterative).expect("parameters are plain values");
        }
        json
    }

    /// Draws the interference of one trial; `None` if there is none.
    ///
    /// # Errors
    /// Why it does not suit the network.
    pub fn interfere<'o>(
        &self,
        network: &'o Overlay,
        seed: u64,
        trial: Trial,
    ) -> Result<Option<Interfered<'o>>, Invalid> {
        let rng = &mut trial_rng(seed, trial, Purpose::Defender);
        self.interference.as_ref().map(|plan| plan.draw(network, rng)).transpose()
    }
}
