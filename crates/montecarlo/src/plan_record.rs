//! What a merge of shards must know about a run.

use crate::cells::Identity;
use crate::engine::ExperimentError;
use crate::{Experiment, Plan};
use hydranet_results::provenance::canonical_sha256;
use hydranet_results::write_atomically;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What decides rows beside the spec: changes with every change of the code that draws, ranks or removes.
pub const CODE: &str = env!("HYDRANET_CODE");

/// What a merge of shards must know: written beside the parts by every run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanRecord {
    /// The name of the experiment: of its folder and spec file.
    pub experiment: String,
    /// The kind of study.
    pub study: String,
    /// The title in the spec.
    pub title: String,
    /// The seed.
    pub seed: u64,
    /// The whole spec with all defaults.
    pub spec: serde_json::Value,
    /// The work.
    pub plan: Plan,
}

impl PlanRecord {
    /// The file's name in a results folder.
    pub const FILE: &'static str = "plan.json";

    /// The plan of a spec.
    pub fn new(experiment: &str, spec: &Experiment) -> PlanRecord {
        let (kind, header) = (spec.kind(), &spec.header);
        let versions: Vec<String> = kind.schemas.iter().map(|s| format!("{} {}", s.name, s.version)).collect();
        let hash = |rows: serde_json::Value| {
            canonical_sha256(&serde_json::json!({
                "rows": rows, "schemas": versions, "version": env!("CARGO_PKG_VERSION"), "code": CODE,
            }))
        };
        let Identity { common, topologies, treatments } = Identity::of(spec);
        PlanRecord {
            experiment: experiment.to_string(),
            study: kind.name.to_string(),
            title: header.title.clone(),
            seed: header.seed,
            spec: spec.to_json(),
            plan: Plan {
                hash: hash(spec.row_identity().into()),
                common: hash(common),
                rows: topologies,
                treatments,
                topologies: spec.topologies(),
                networks: header.networks,
                block: header.block_size(),
            },
        }
    }

    /// Reads the plan of a results folder.
    ///
    /// # Errors
    /// If the folder holds no plan, or it cannot be read.
    pub fn read(results: &Path) -> Result<PlanRecord, ExperimentError> {
        let path = results.join(PlanRecord::FILE);
        let text = std::fs::read_to_string(&path)
            .map_err(|source| ExperimentError::NoPlan { path: results.to_path_buf(), source })?;
        serde_json::from_str(&text).map_err(|e| ExperimentError::BadPlan { path, reason: e.to_string() })
    }

    pub(crate) fn write(&self, results: &Path) -> Result<(), ExperimentError> {
        let mut json = serde_json::to_string_pretty(self).expect("plain values have a JSON form");
        json.push('\n');
        write_atomically(&results.join(PlanRecord::FILE), |out| out.write_all(json.as_bytes()))
            .map_err(|e| ExperimentError::Part(e.into()))
    }
}
