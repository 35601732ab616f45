//! Groups: treatments that are computed together, on one drawing of each network.

use crate::PartError;
use crate::Plan;
use hydranet_results::provenance::canonical_sha256;
use hydranet_results::write_atomically;
use std::path::Path;

/// Treatments that a group has at most: a unit holds the rows of one group in memory.
const MOST: usize = 256;

/// The ending of the file that tells which treatments a group has.
const ENDING: &str = ".group.json";

/// Some treatments, by what decides their rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// Its name in the names of files.
    pub(crate) name: String,
    /// The hashes of its treatments, in the order in which they are computed.
    pub(crate) treatments: Vec<String>,
}

impl Group {
    /// A group of these treatments of a plan; of all, where the plan does not tell them apart.
    pub(crate) fn of(plan: &Plan, these: &[usize]) -> Group {
        let treatments: Vec<String> = these.iter().map(|&t| plan.treatments[t].hash.clone()).collect();
        let mut name = canonical_sha256(&serde_json::json!(treatments));
        name.truncate(8);
        Group { name, treatments }
    }

    /// So many treatments of a plan as groups.
    pub(crate) fn cut(plan: &Plan, these: &[usize]) -> Vec<Group> {
        match these.is_empty() {
            // not told apart: one group without a name for each
            true => vec![Group::of(plan, these)],
            false => these.chunks(MOST).map(|some| Group::of(plan, some)).collect(),
        }
    }

    /// Where its treatments stand in a plan; `None` for one that the plan does not have.
    pub(crate) fn places(&self, plan: &Plan) -> Vec<Option<usize>> {
        self.treatments.iter().map(|hash| plan.treatments.iter().position(|key| key.hash == *hash)).collect()
    }

    /// Writes down which treatments it has, so that other plans find them.
    pub(crate) fn announce(&self, folder: &Path) -> Result<(), PartError> {
        let path = folder.join(format!("{}{ENDING}", self.name));
        let json = serde_json::to_vec(&self.treatments).expect("texts");
        write_atomically(&path, |out| out.write_all(&json)).map_err(PartError::Save)
    }

    /// All groups that have parts in a folder, by name.
    pub(crate) fn all(folder: &Path) -> Vec<Group> {
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let group = |file: std::fs::DirEntry| {
            let name = file.file_name().to_string_lossy().strip_suffix(ENDING)?.to_string();
            let treatments = serde_json::from_slice(&std::fs::read(file.path()).ok()?).ok()?;
            Some(Group { name, treatments })
        };
        let mut groups: Vec<Group> = files.filter_map(group).collect();
        groups.sort_by(|a, b| a.name.cmp(&b.name));
        groups
    }
}
