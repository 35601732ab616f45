//! Where numbers come from: `run.json`, which stands beside the data and never inside it.
//!
//! The program fills the record; this crate reads no clock, no environment and no repository.

mod hash;
mod time;

pub(crate) use hash::hex;
pub use hash::{canonical_sha256, sha256, sha256_of};
pub use time::rfc3339;

use serde::{Deserialize, Serialize};

/// Everything about a run that is not in its rows: what to repeat, and what it took. Fields that a newer version adds are
/// passed over by older ones.
///
/// ```
/// use hydranet_results::{RunRecord, TableRecord};
/// let record = RunRecord {
///     title: "Beacon against linked servers".into(),
///     experiment: "helps-but-does-not-cure".into(),
///     spec: serde_json::json!({"seed": 7}),
///     spec_hash: "…".into(),
///     seed: 7,
///     version: "0.1.0".into(),
///     commit: None,
///     code: "…".into(),
///     rustc: "rustc 1.95.0".into(),
///     threads: 2,
///     host: "node17".into(),
///     os: "linux".into(),
///     arch: "x86_64".into(),
///     started: "2012-03-02T12:34:56Z".into(),
///     wall_seconds: 12.5,
///     cpu_seconds: Some(24.0),
///     blocks_computed: 32,
///     blocks_reused: 0,
///     interrupted: false,
///     tables: vec![TableRecord { file: "trials.parquet".into(), rows: 6400, sha256: "…".into() }],
/// };
/// assert_eq!(RunRecord::from_json(&record.to_json())?, record);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// The title in the spec, for people.
    pub title: String,
    /// The name of the experiment: of its spec file and of the folder of its results.
    pub experiment: String,
    /// The whole spec, with every default written out.
    pub spec: serde_json::Value,
    /// [`canonical_sha256`] of what decides the rows: spec, versions of the schemas, version of the code.
    pub spec_hash: String,
    /// The seed of every random number of the run.
    pub seed: u64,
    /// The version of this package.
    pub version: String,
    /// The git commit that the program was built from, with `-dirty` if files differed; `None` outside a repository.
    pub commit: Option<String>,
    /// Fingerprint of the code (of the program, say), for builds that no commit tells apart.
    pub code: String,
    /// What `rustc --version` said.
    pub rustc: String,
    /// Worker threads. Rows do not depend on it.
    pub threads: usize,
    /// The name of the machine.
    pub host: String,
    /// The operating system, as in [`std::env::consts::OS`].
    pub os: String,
    /// The processor architecture, as in [`std::env::consts::ARCH`]. Intervals may differ in their last digit between
    /// architectures; rows do not.
    pub arch: String,
    /// When it began: UTC, as [`rfc3339`] writes it.
    pub started: String,
    /// Seconds from beginning to end.
    pub wall_seconds: f64,
    /// Seconds that all threads computed, where the system tells.
    pub cpu_seconds: Option<f64>,
    /// Blocks that this run computed.
    pub blocks_computed: u64,
    /// Blocks that were already there, from an earlier run or another machine.
    pub blocks_reused: u64,
    /// Did it end before all blocks were there (Ctrl-C, time limit)?
    pub interrupted: bool,
    /// The tables that it wrote.
    pub tables: Vec<TableRecord>,
}

/// One file of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRecord {
    /// Its path within the folder of the results, with `/` on every system.
    pub file: String,
    /// Its number of rows.
    pub rows: u64,
    /// [`sha256`] of its bytes.
    pub sha256: String,
}

impl RunRecord {
    /// Indented JSON with a line end, in the order of the fields.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).expect("text keys and plain values have a JSON form");
        json.push('\n');
        json
    }

    /// Reads what [`RunRecord::to_json`] wrote.
    ///
    /// # Errors
    /// If it is no JSON, or a field is missing or of another kind; with line and column.
    pub fn from_json(json: &str) -> serde_json::Result<RunRecord> {
        serde_json::from_str(json)
    }
}
