//! The treatments of studies in which a strategy decides who has failed: `[[treatment]]` tables with a `strategy`.

use crate::SpecError;
use crate::reading::{SpecText, axis_json};
use hydranet_takedown::{Strategies, Strategy};
use hydranet_topology::{Built, Params};

/// What most studies say.
pub(crate) const NO_TREATMENT: &str = "this study needs at least one [[treatment]] with a `strategy`";

/// A strategy with its label.
#[derive(Debug, Clone)]
pub struct StrategySpec {
    /// What tables and figures call it.
    pub label: String,
    /// The strategy with its parameters.
    pub built: Built<dyn Strategy>,
}

impl StrategySpec {
    /// Reads the tables. `none` is what is said where there is none.
    ///
    /// # Errors
    /// If there is none, two have one label, a strategy is unknown or its parameters are refused.
    pub(crate) fn read_all(
        text: &SpecText<'_>,
        tables: Vec<Params<'_>>,
        strategies: &Strategies,
        none: &str,
    ) -> Result<Vec<StrategySpec>, SpecError> {
        let mut list: Vec<StrategySpec> = Vec::new();
        for table in tables {
            let treatment = StrategySpec::read(text, table, strategies, list.iter().map(|t| &t.label))?;
            list.push(treatment);
        }
        if list.is_empty() {
            return Err(text.fail(none.into(), None));
        }
        Ok(list)
    }

    /// Reads one table, from which what is not the strategy's own has been taken. `taken` are the labels before it.
    ///
    /// # Errors
    /// If the label is among them, the strategy is unknown or its parameters are refused.
    pub(crate) fn read<'l>(
        text: &SpecText<'_>,
        mut table: Params<'_>,
        strategies: &Strategies,
        taken: impl Iterator<Item = &'l String>,
    ) -> Result<StrategySpec, SpecError> {
        let (strategy, span) = text.name(&mut table, "strategy")?;
        let (label, label_span) = text.label(&mut table, (&strategy, &span))?;
        let entry = strategies.get(&strategy).map_err(|e| text.fail(e.to_string(), Some(span)))?;
        text.unique("treatments", taken, (&label, label_span))?;
        Ok(StrategySpec { label, built: entry.build(&table).map_err(|e| text.bad(&e))? })
    }

    /// What else decides the orders of the treatments: see [`Strategy::fingerprint`].
    pub(crate) fn fingerprints(treatments: &[StrategySpec]) -> Vec<String> {
        treatments.iter().map(|t| t.built.value.fingerprint()).collect()
    }

    /// For provenance.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        serde_json::Value::Object(axis_json("strategy", self.built.name, &self.label, &self.built.params))
    }
}
