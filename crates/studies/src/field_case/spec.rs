//! The spec of a study of cases: a TOML file.
//!
//! ```toml
//! study = "field-case"
//! title = "Abandoned"
//! seed = 2009
//! networks = 5000
//! within = 1.0
//!
//! [[case]]
//! label = "Conficker"
//! source = "…"
//! cannot = "…"
//! [case.topology]
//! model = "gnm"
//! n = 100
//! m = 400
//! [[case.prior]]
//! parameter = "churn.half_life_days"
//! from = 100
//! to = 3000
//! [[case.published]]
//! observable = "members"
//! day = 100
//! share = 0.9
//! sigma = 0.05
//! ```
//!
//! A case has a topology, tables of mechanisms and actions as in a campaign study, parameters with a uniform prior (or uniform in
//! the logarithm), and published points. Every draw is one trajectory of one network with parameters of its own; how the draws
//! near to the fitted points are kept stands in [`super::kept`], what they are worth in [`super::verdict`].

use super::case::{Case, read_case};
use crate::Known;
use hydranet_campaign::Actions;
use hydranet_montecarlo::{SpecError, SpecText, TopologySpec};
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What such a spec says beside its cases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldCaseSettings {
    /// A draw is kept if it is at most so many sigma off the fitted points, root mean square (> 0).
    #[serde(default = "one")]
    pub within: f64,
    /// Days between recorded points of a course (> 0).
    #[serde(default = "day")]
    pub record_days: f64,
}

impl Default for FieldCaseSettings {
    fn default() -> FieldCaseSettings {
        FieldCaseSettings { within: one(), record_days: day() }
    }
}

fn one() -> f64 {
    1.0
}
fn day() -> f64 {
    1.0
}

/// A study of cases, checked and ready to run.
#[derive(Debug, Clone)]
pub struct FieldCases {
    /// What it says beside its cases.
    pub settings: FieldCaseSettings,
    pub(super) topologies: Vec<TopologySpec>,
    /// One a topology.
    pub(super) cases: Vec<Case>,
    /// What was published, by name.
    pub(super) observables: Vec<&'static str>,
    /// The actions by which priors are set.
    pub(super) actions: Actions,
}

impl FieldCases {
    /// Reads what is left of a spec of this kind.
    ///
    /// # Errors
    /// With the place.
    pub fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<FieldCases, SpecError> {
        let tables = text.take_tables("case")?;
        if let Some(span) = text.span_of("draws") {
            let reason =
                "`draws` is called `networks`, as in every study: each draw is a trajectory of a network of its own";
            return Err(text.fail(reason.into(), Some(span)));
        }
        if let Some(span) = text.span_of("keep") {
            let reason = "`keep` is gone: draws are kept by their distance to the fitted points, `within` so many sigma; a share \
                          would keep some of any model";
            return Err(text.fail(reason.into(), Some(span)));
        }
        let settings: FieldCaseSettings = text.settings("[[case]]", check)?;
        let (mut topologies, mut cases): (Vec<TopologySpec>, Vec<Case>) = (Vec::new(), Vec::new());
        for table in tables {
            let (topology, case) = read_case(&text, table, known, topologies.iter().map(|t| &t.label))?;
            topologies.push(topology);
            cases.push(case);
        }
        if cases.is_empty() {
            return Err(text.fail("a study of cases needs at least one [[case]]".into(), None));
        }
        let mut observables: Vec<&str> = Vec::new();
        for name in cases.iter().flat_map(|case| &case.published).map(|point| point.observable.name()) {
            if !observables.contains(&name) {
                observables.push(name);
            }
        }
        Ok(FieldCases { settings, topologies, cases, observables, actions: known.actions.clone() })
    }
}

fn check(s: &FieldCaseSettings) -> Result<(), Invalid> {
    let must = |holds: bool, key, reason: String| Invalid::unless(holds, key, || reason);
    must(s.within > 0.0 && s.within < 1e5, "within", format!("more than 0 sigma, not {}", s.within))?;
    must(s.record_days > 0.0 && s.record_days < 1e5, "record_days", format!("more than 0 days, not {}", s.record_days))
}
