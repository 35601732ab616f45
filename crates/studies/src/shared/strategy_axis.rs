//! The treatments of studies in which a strategy decides who has failed: `[[treatment]]` tables with a `strategy`.

use crate::Known;
use hydranet_montecarlo::{SpecError, SpecText, axis_json};
use hydranet_takedown::Strategy;
use hydranet_topology::{Built, Params};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What most studies say.
pub const NO_TREATMENT: &str = "this study needs at least one [[treatment]] with a `strategy`";

/// Refuses a key that belongs in the treatments of another study, and says of which. All that this study has must have been
/// taken out of the table; `own` tells what else it can hold.
///
/// # Errors
/// The key, and the studies that have it.
pub fn refuse_foreign(
    text: &SpecText<'_>,
    table: &Params<'_>,
    known: Known<'_>,
    own: impl Fn(&str) -> bool,
) -> Result<(), SpecError> {
    for key in table.keys().iter().filter(|key| !own(key)) {
        let owners = known.studies.iter().filter(|study| (study.treatment_keys)().contains(&key.as_str()));
        let quoted: Vec<String> = owners.map(|study| format!("study = \"{}\"", study.kind.name)).collect();
        if !quoted.is_empty() {
            let reason = format!(
                "unknown field `{key}`: treatments of this study do not have it; those of {} do",
                quoted.join(" and ")
            );
            return Err(text.fail(reason, table.span_of(key)));
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
    pub fn read_all(
        text: &SpecText<'_>,
        tables: Vec<Params<'_>>,
        known: Known<'_>,
        none: &str,
    ) -> Result<Vec<StrategySpec>, SpecError> {
        let mut list: Vec<StrategySpec> = Vec::new();
        for table in tables {
            let treatment = StrategySpec::read(text, table, known, list.iter().map(|t| &t.label))?;
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
    pub fn read<'l>(
        text: &SpecText<'_>,
        mut table: Params<'_>,
        known: Known<'_>,
        taken: impl Iterator<Item = &'l String>,
    ) -> Result<StrategySpec, SpecError> {
        let (strategy, span) = match short(text, &mut table, known)? {
            Some(named) => named,
            None => text.name(&mut table, "strategy")?,
        };
        let (label, label_span) = text.label(&mut table, (&strategy, &span))?;
        let entry = known.strategies.get(&strategy).map_err(|e| text.fail(e.to_string(), Some(span)))?;
        text.unique("treatments", taken, (&label, label_span))?;
        refuse_foreign(text, &table, known, |key| entry.params().iter().any(|param| param.name == key))?;
        Ok(StrategySpec { label, built: entry.build(&table).map_err(|e| text.bad(&e))? })
    }

    /// What else decides the orders of the treatments: see [`Strategy::fingerprint`].
    pub fn fingerprints(treatments: &[StrategySpec]) -> Vec<String> {
        treatments.iter().map(|t| t.built.value.fingerprint()).collect()
    }

    /// For provenance.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::Value::Object(axis_json("strategy", self.built.name, &self.label, &self.built.params))
    }
}

/// The short form of a strategy that has a parameter of its own name: `strategy = { command = "…" }` is
/// `strategy = "command"` with `command = "…"`. Its entries join those of the treatment.
fn short(
    text: &SpecText<'_>,
    table: &mut Params<'_>,
    known: Known<'_>,
) -> Result<Option<(String, Range<usize>)>, SpecError> {
    let Some(value) = table.take("strategy") else { return Ok(None) };
    let span = value.span();
    let mut all = std::mem::replace(table, Params::new(Spanned::new(span.clone(), DeTable::new()))).into_table();
    let mut named = None;
    match value.into_inner() {
        DeValue::Table(entries) => {
            for (key, value) in entries {
                let key_name = key.get_ref().to_string();
                let own = known.strategies.get(&key_name).ok();
                let own = own.filter(|row| row.params().iter().any(|param| param.name == key_name));
                named = named.or(own.map(|_| (key_name.clone(), span.clone())));
                if all.get_ref().contains_key(key_name.as_str()) {
                    return Err(text.fail(format!("`{key_name}` stands here twice"), Some(key.span())));
                }
                all.get_mut().insert(key, value);
            }
            if named.is_none() {
                let short = known.strategies.rows().map(|row| (row.name, row.params()));
                let short = short.filter(|(name, params)| params.iter().any(|param| param.name == *name));
                let short: Vec<String> = short.map(|(name, _)| format!("{{ {name} = … }}")).collect();
                let or =
                    if short.is_empty() { String::new() } else { format!(", or the short form {}", short.join(", ")) };
                return Err(text.fail(format!("`strategy` is a name, such as \"degree\"{or}"), Some(span)));
            }
        }
        other => {
            all.get_mut().insert(Spanned::new(span.clone(), "strategy".into()), Spanned::new(span, other));
        }
    }
    *table = Params::new(all);
    Ok(named)
}

#[cfg(test)]
mod tests {
    use crate::{Known, STUDIES, Studies};
    use hydranet_campaign::{ACTIONS, Actions};
    use hydranet_takedown::{STRATEGIES, Strategies};
    use hydranet_topology::Models;

    /// What each study needs at its top level, and in a treatment.
    const NEEDS: [(&str, &str, &str); 5] = [
        ("takedown", "", "strategy = \"random\""),
        ("broadcast", "fractions = [0.0]", "strategy = \"random\""),
        ("discovery", "requests = [0.1]", "strategy = \"random\""),
        ("lookup", "", "strategy = \"random\""),
        ("campaign", "", ""),
    ];

    #[test]
    fn keys_of_other_studies_are_told() {
        let known = Known {
            models: &Models::default().with(hydranet_topology_random::MODELS),
            strategies: &Strategies::default().with(STRATEGIES),
            actions: &Actions::default().with(ACTIONS),
            studies: &Studies::default().with(STUDIES),
        };
        let keys: Vec<&str> = STUDIES.iter().flat_map(|study| (study.treatment_keys)()).collect();
        for key in keys {
            let owners: Vec<&str> =
                STUDIES.iter().filter(|s| (s.treatment_keys)().contains(&key)).map(|s| s.kind.name).collect();
            for (study, top, treatment) in NEEDS {
                let treatment = if key == "strategy" { "" } else { treatment };
                let text = format!(
                    "study = \"{study}\"\ntitle = \"t\"\nseed = 1\nnetworks = 1\n{top}\n[[topology]]\nmodel = \"gnm\"\n\
                     n = 9\nm = 9\n[[treatment]]\n{treatment}\n{key} = true\n"
                );
                // no key is true or false: whoever has it says so
                let error = Studies::parse(&text, "s", known).map(|_| ()).expect_err(&text);
                let foreign = error.reason.contains("treatments of this study do not have it; those of study = ");
                assert_eq!(foreign, !owners.contains(&study), "{study}, {key}: {}", error.reason);
                assert!(!foreign || owners.iter().all(|owner| error.reason.contains(&format!("\"{owner}\""))));
                assert_eq!(&text[error.span.expect("a place")], "true", "{study}, {key}: {}", error.reason);
            }
        }
    }
}
