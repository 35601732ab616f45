//! What was submitted, kept in the results folder: `cluster/submission.json`.

use crate::failure::Failure;
use hydranet_results::write_atomically;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// A submitted experiment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Submission {
    /// The scheduler.
    pub(crate) scheduler: String,
    /// Number of shards.
    pub(crate) shards: u32,
    /// The plan's hash: of spec, seed and code.
    pub(crate) hash: String,
    /// Options for the scheduler, as given after `--`.
    pub(crate) options: Vec<String>,
    /// Jobs in the order of their submission.
    pub(crate) jobs: Vec<Job>,
}

/// One array and the merge that waits for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Job {
    /// The shards: `3,17`.
    pub(crate) tasks: String,
    /// The scheduler's number of the array.
    pub(crate) array: String,
    /// The scheduler's number of the merge; none, if that could not be submitted.
    pub(crate) merge: Option<String>,
}

/// The folder of everything about a cluster in a results folder.
pub(crate) fn folder(results: &Path) -> PathBuf {
    results.join("cluster")
}

impl Submission {
    fn path(results: &Path) -> PathBuf {
        folder(results).join("submission.json")
    }

    /// What was submitted from a results folder, if anything.
    pub(crate) fn read(results: &Path) -> Result<Option<Submission>, Failure> {
        let path = Submission::path(results);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(Failure::BadInput(format!("{}: cannot be read: {e}", path.display()))),
        };
        let wrong = |e| Failure::BadInput(format!("{}: this is no submission: {e}; submit again", path.display()));
        serde_json::from_str(&text).map(Some).map_err(wrong)
    }

    /// Keeps it.
    pub(crate) fn write(&self, results: &Path) -> Result<(), Failure> {
        let mut json = serde_json::to_string_pretty(self).expect("plain values have a JSON form");
        json.push('\n');
        save(&Submission::path(results), json.as_bytes())
    }

    /// Refuses to go on with a submission of another spec, seed or code.
    pub(crate) fn expect(&self, hash: &str, results: &Path) -> Result<(), Failure> {
        if self.hash == hash {
            return Ok(());
        }
        Err(Failure::BadInput(format!(
            "{}: another spec, seed or program was submitted here (hash {:.16}…, now {hash:.16}…); submit again, or use \
             the program and the options of then",
            results.display(),
            self.hash
        )))
    }
}

/// Writes a whole file or nothing.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_atomically(path, |out| out.write_all(bytes)).map_err(|e| Failure::failed_error(&e))
}
