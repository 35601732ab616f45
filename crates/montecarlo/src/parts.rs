//! Part files: the finished blocks of a run.
//!
//! A block is one Parquet file a table, in a folder named after the plan's hash. A file is written under a temporary name
//! and renamed when whole, and carries the hash in its metadata and a checksum: what is there with the right hash is
//! finished. Two workers that compute the same block write the same bytes.

use crate::{Block, Plan, Study};
use hydranet_results::parquet::{self, Metadata, ReadError, Reader};
use hydranet_results::{SaveError, Schema, Table, write_atomically};
use std::path::{Path, PathBuf};

/// The metadata key of a part's and a table's plan.
pub(crate) const PLAN_KEY: &str = "plan";

/// What can happen to a part file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PartError {
    /// It cannot be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
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
    results.join("parts").join(&plan.hash[..plan.hash.len().min(16)])
}

/// What every file of a plan says about itself.
pub(crate) fn metadata(plan: &Plan) -> Metadata {
    Metadata::from([(PLAN_KEY.to_string(), plan.hash.clone())])
}

pub(crate) fn write(plan: &Plan, folder: &Path, block: Block, tables: &[Table]) -> Result<(), PartError> {
    tables.iter().try_for_each(|table| {
        let path = folder.join(block.file_name(table.schema().name));
        write_atomically(&path, |out| parquet::write(table, &metadata(plan), out))?;
        Ok(())
    })
}

/// Opens the part of one table, and checks that it belongs to the plan.
pub(crate) fn open(plan: &Plan, folder: &Path, block: Block, schema: &'static Schema) -> Result<Reader, ReadError> {
    let reader = Reader::open(&folder.join(block.file_name(schema.name)), schema)?;
    reader.expect(PLAN_KEY, &plan.hash)?;
    Ok(reader)
}

/// Whether all files of a block are there and whole. A damaged one counts as not there: it is computed again.
pub(crate) fn is_finished(study: &dyn Study, plan: &Plan, folder: &Path, block: Block) -> bool {
    // the last table is written last: look at it first
    study.schemas().iter().rev().all(|schema| open(plan, folder, block, schema).is_ok())
}
