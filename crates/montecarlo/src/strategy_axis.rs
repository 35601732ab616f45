//! The treatments of studies in which a strategy decides who has failed: `[[treatment]]` tables with a `strategy`.

use crate::SpecError;
use crate::reading::{SpecText, axis_json};
use hydranet_takedown::{Strategies, Strategy};
use hydranet_topology::{Built, Params};

/// A strategy with its label.
#[derive(Debug, Clone)]
pub struct StrategySpec {
    /// What tables and figures call it.
    pub label: String,
    /// The strategy with its parameters.
    pub built: Built<dyn Strategy>,
}

impl StrategySpec {
    /// Reads the tables.
    ///
    /// # Errors
    /// If there is none, two have one label, a strategy is unknown or its parameters are refused.
    pub(crate) fn read_all(
        text: &SpecText<'_>,
        tables: Vec<Params<'_>>,
        strategies: &Strategies,
    ) -> Result<Vec<StrategySpec>, SpecError> {
        let mut list: Vec<StrategySpec> = Vec::new();
        for mut table in tables {
            let (strategy, span) = text.name(&mut table, "strategy")?;
            let (label, label_span) = text.label(&mut table, (&strategy, &span))?;
            let entry = strategies.get(&strategy).map_err(|e| text.fail(e.to_string(), Some(span)))?;
            text.unique("treatments", list.iter().map(|t| &t.label), (&label, label_span))?;
            list.push(StrategySpec { label, built: entry.build(&table).map_err(|e| text.bad(&e))? });
        }
        if list.is_empty() {
            return Err(text.fail("this study needs at least one [[treatment]] with a `strategy`".into(), None));
        }
        Ok(list)
    }

    /// For provenance.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        serde_json::Value::Object(axis_json("strategy", self.built.name, &self.label, &self.built.params))
    }
}
