//! The treatments of studies in which a strategy decides who has failed: `[[treatment]]` tables with a `strategy`.

use crate::SpecError;
use crate::reading::{SpecText, axis_json};
use hydranet_campaign::Campaign;
use hydranet_takedown::{Strategies, Strategy};
use hydranet_topology::{Built, Params};

/// What most studies say.
pub(crate) const NO_TREATMENT: &str = "this study needs at least one [[treatment]] with a `strategy`";

/// Keys of a [[treatment]] that not every study has, and the studies that have them.
const KEYS: &[(&str, &[&str])] = &[
    ("strategy", &["takedown", "broadcast", "discovery", "lookup"]),
    ("removes", &["takedown"]),
    ("removal_cost", &["takedown"]),
    ("cascade", &["takedown"]),
    ("knowledge", &["takedown"]),
    ("repair", &["takedown"]),
    ("interference", &["broadcast", "lookup"]),
    ("iterative", &["lookup"]),
    ("action", &["campaign"]),
];

/// Refuses a key that belongs in the treatments of another study, and says of which. All that this study has must have been
/// taken out of the table; `own` tells what else it can hold.
///
/// # Errors
/// The key, and the studies that have it.
pub(crate) fn refuse_foreign(
    text: &SpecText<'_>,
    table: &Params<'_>,
    own: impl Fn(&str) -> bool,
) -> Result<(), SpecError> {
    let mechanisms = Campaign::table_names().map(|key| (key, &["campaign"][..]));
    for (key, studies) in KEYS.iter().copied().chain(mechanisms) {
        if let Some(span) = table.span_of(key).filter(|_| !own(key)) {
            let quoted: Vec<String> = studies.iter().map(|study| format!("study = \"{study}\"")).collect();
            let reason = format!(
                "unknown field `{key}`: treatments of this study do not have it; those of {} do",
                quoted.join(" and ")
            );
            return Err(text.fail(reason, Some(span)));
        }
    }
    Ok(())
}

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
        refuse_foreign(text, &table, |key| entry.params().iter().any(|param| param.name == key))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Known, parse};
    use hydranet_takedown::STRATEGIES;
    use hydranet_topology::Models;

    /// What each study needs at its top level, and in a treatment.
    const STUDIES: [(&str, &str, &str); 5] = [
        ("takedown", "", "strategy = \"random\""),
        ("broadcast", "fractions = [0.0]", "strategy = \"random\""),
        ("discovery", "requests = [0.1]", "strategy = \"random\""),
        ("lookup", "", "strategy = \"random\""),
        ("campaign", "", ""),
    ];

    #[test]
    fn keys_of_other_studies_are_told() {
        let known = &Models::default().with(hydranet_topology_random::MODELS);
        let strategies = &Strategies::default().with(STRATEGIES);
        let mechanisms = MECHANISMS.iter().map(|key| (*key, &["campaign"][..]));
        for (key, owners) in KEYS.iter().copied().chain(mechanisms) {
            for (study, top, treatment) in STUDIES {
                let treatment = if key == "strategy" { "" } else { treatment };
                let text = format!(
                    "study = \"{study}\"\ntitle = \"t\"\nseed = 1\nnetworks = 1\n{top}\n[[topology]]\nmodel = \"gnm\"\n\
                     n = 9\nm = 9\n[[treatment]]\n{treatment}\n{key} = true\n"
                );
                // no key is true or false: whoever has it says so
                let error = parse(&text, "s", Known { models: known, strategies }).map(|_| ()).expect_err(&text);
                let foreign = error.reason.contains("treatments of this study do not have it; those of study = ");
                assert_eq!(foreign, !owners.contains(&study), "{study}, {key}: {}", error.reason);
                assert!(!foreign || owners.iter().all(|owner| error.reason.contains(&format!("\"{owner}\""))));
                assert_eq!(&text[error.span.expect("a place")], "true", "{study}, {key}: {}", error.reason);
            }
        }
    }
}
