//! Part files: the finished blocks of a run.
//!
//! A block is one Parquet file a table (and group of treatments, see [`crate::cells`]), in a folder named after what decides the
//! rows of all cells, under a name made of what decides its own. A file is written under a temporary name and renamed when whole,
//! and carries its folder, its name, the labels in its rows and a checksum: what is there and says so is finished. Two workers that
//! compute the same block write the same bytes.
//!
//! A block that a stop has cut short leaves what it has under another name, `….partial.parquet`, with the number of its
//! units: the next run goes on from there.

use crate::group::Group;
use crate::{Block, Plan, StudyKind};
use hydranet_results::parquet::{self, Metadata, ParquetReadError, Reader};
use hydranet_results::{SaveError, Schema, Table, write_atomically};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The metadata key of a part's and a table's plan.
pub(crate) const PLAN_KEY: &str = "plan";

/// The metadata key of a part's block: a file that was renamed is not taken for another block.
const BLOCK_KEY: &str = "block";

/// The metadata key of the labels in a part's rows.
const LABELS_KEY: &str = "labels";

/// The metadata key of a cut block's units.
const UNITS_KEY: &str = "units";

/// What can happen to a part file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PartError {
    /// It cannot be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ParquetReadError),
    /// The folder cannot be made.
    #[error("{}: cannot make this folder: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// The folder of a plan's parts inside a results folder.
pub fn folder(results: &Path, plan: &Plan) -> PathBuf {
    results.join("parts").join(&plan.common[..plan.common.len().min(16)])
}

/// What every whole table of a plan says about itself.
pub(crate) fn metadata(plan: &Plan) -> Metadata {
    Metadata::from([(PLAN_KEY.to_string(), plan.hash.clone())])
}

/// The labels in the rows of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Labels {
    pub(crate) topology: String,
    /// Of the group's treatments, in its order.
    pub(crate) treatments: Vec<String>,
}

/// The labels in the rows of an open part.
pub(crate) fn labels(reader: &Reader) -> Option<Labels> {
    serde_json::from_str(reader.metadata().get(LABELS_KEY)?).ok()
}

/// The files of one block and group in a folder.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) folder: &'p Path,
    pub(crate) block: Block,
    pub(crate) group: &'p Group,
}

impl Part<'_> {
    /// What its files are called before the table.
    fn stem(&self) -> String {
        format!("{}-{}", self.plan.block_name(self.block), self.group.name)
    }

    pub(crate) fn path(&self, schema: &Schema) -> PathBuf {
        self.folder.join(format!("{}.{}.parquet", self.stem(), schema.name))
    }

    fn partial(&self, schema: &Schema) -> PathBuf {
        self.folder.join(format!("{}.{}.partial.parquet", self.stem(), schema.name))
    }

    fn metadata(&self) -> Metadata {
        let plan = self.plan;
        let treatments = self.group.places(plan).into_iter();
        let labels = Labels {
            topology: plan.rows[self.block.topology as usize].label.clone(),
            treatments: treatments.map(|t| t.map_or(String::new(), |t| plan.treatments[t].label.clone())).collect(),
        };
        let labels = serde_json::to_string(&labels).expect("texts");
        let entries = [(PLAN_KEY, plan.common.clone()), (BLOCK_KEY, self.stem()), (LABELS_KEY, labels)];
        entries.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
    }

    pub(crate) fn write(&self, tables: &[Table]) -> Result<(), PartError> {
        let metadata = self.metadata();
        tables.iter().try_for_each(|table| {
            write_atomically(&self.path(table.schema()), |out| parquet::write(table, &metadata, out))?;
            Ok(())
        })
    }

    /// Opens the file of one table, and checks that it belongs to the plan and is this block's.
    pub(crate) fn open(&self, schema: &'static Schema) -> Result<Reader, ParquetReadError> {
        self.open_as(&self.path(schema), schema)
    }

    fn open_as(&self, path: &Path, schema: &'static Schema) -> Result<Reader, ParquetReadError> {
        let reader = Reader::open(path, schema)?;
        reader.expect(PLAN_KEY, &self.plan.common)?;
        reader.expect(BLOCK_KEY, &self.stem())?;
        Ok(reader)
    }

    /// Whether all files are there and whole. A damaged one counts as not there: it is computed again.
    pub(crate) fn is_finished(&self, kind: &StudyKind) -> bool {
        // the last table is written last: look at it first
        kind.schemas.iter().rev().all(|schema| self.open(schema).is_ok())
    }

    /// Keeps the rows of the first units of a block.
    pub(crate) fn keep(&self, units: u32, tables: &[Table]) -> Result<(), PartError> {
        let mut metadata = self.metadata();
        metadata.insert(UNITS_KEY.to_string(), units.to_string());
        tables.iter().try_for_each(|table| {
            write_atomically(&self.partial(table.schema()), |out| parquet::write(table, &metadata, out))?;
            Ok(())
        })
    }

    /// The rows of the first units of a block that an earlier run has kept, and how many units they are. Nothing, where a file
    /// is missing or damaged, the files do not tell the same number, or labels have changed since.
    pub(crate) fn kept(&self, kind: &StudyKind) -> Option<(u32, Vec<Table>)> {
        let mut units = None;
        let mut tables = Vec::new();
        let now = self.metadata();
        for schema in kind.schemas {
            let reader = self.open_as(&self.partial(schema), schema).ok()?;
            let these: u32 = reader.metadata().get(UNITS_KEY)?.parse().ok()?;
            if *units.get_or_insert(these) != these || reader.metadata().get(LABELS_KEY) != now.get(LABELS_KEY) {
                return None;
            }
            tables.push(reader.read().ok()?);
        }
        Some((units?, tables)).filter(|(units, _)| *units <= self.block.end - self.block.first)
    }

    /// Removes what was kept of a block that is finished.
    pub(crate) fn forget(&self, kind: &StudyKind) {
        for schema in kind.schemas {
            // it may not be there, and does no harm
            let _ = std::fs::remove_file(self.partial(schema));
        }
    }
}
