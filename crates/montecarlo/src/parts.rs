//! Part files: the finished blocks of a run.
//!
//! A block is one Parquet file a table, in a folder named after the plan's hash. A file is written under a temporary name
//! and renamed when whole, and carries the plan, the block and a checksum: what is there and says so is finished. Two workers
//! that compute the same block write the same bytes.
//!
//! A block that a stop has cut short leaves what it has under another name, `….partial.parquet`, with the number of its
//! units: the next run goes on from there.

use crate::{Block, Plan, StudyKind};
use hydranet_results::parquet::{self, Metadata, ParquetReadError, Reader};
use hydranet_results::{SaveError, Schema, Table, write_atomically};
use std::path::{Path, PathBuf};

/// The metadata key of a part's and a table's plan.
pub(crate) const PLAN_KEY: &str = "plan";

/// The metadata key of a part's block: a file that was renamed is not taken for another block.
const BLOCK_KEY: &str = "block";

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
    results.join("parts").join(&plan.hash[..plan.hash.len().min(16)])
}

/// What every file of a plan says about itself.
pub(crate) fn metadata(plan: &Plan) -> Metadata {
    Metadata::from([(PLAN_KEY.to_string(), plan.hash.clone())])
}

fn metadata_of(plan: &Plan, block: Block) -> Metadata {
    let mut metadata = metadata(plan);
    metadata.insert(BLOCK_KEY.to_string(), block.name());
    metadata
}

pub(crate) fn write(plan: &Plan, folder: &Path, block: Block, tables: &[Table]) -> Result<(), PartError> {
    tables.iter().try_for_each(|table| {
        let path = folder.join(block.file_name(table.schema().name));
        write_atomically(&path, |out| parquet::write(table, &metadata_of(plan, block), out))?;
        Ok(())
    })
}

/// Opens the part of one table, and checks that it belongs to the plan and is this block's.
pub(crate) fn open(
    plan: &Plan,
    folder: &Path,
    block: Block,
    schema: &'static Schema,
) -> Result<Reader, ParquetReadError> {
    open_as(plan, block, &folder.join(block.file_name(schema.name)), schema)
}

fn open_as(plan: &Plan, block: Block, path: &Path, schema: &'static Schema) -> Result<Reader, ParquetReadError> {
    let reader = Reader::open(path, schema)?;
    reader.expect(PLAN_KEY, &plan.hash)?;
    reader.expect(BLOCK_KEY, &block.name())?;
    Ok(reader)
}

/// Whether all files of a block are there and whole. A damaged one counts as not there: it is computed again.
pub(crate) fn is_finished(kind: &StudyKind, plan: &Plan, folder: &Path, block: Block) -> bool {
    // the last table is written last: look at it first
    kind.schemas.iter().rev().all(|schema| open(plan, folder, block, schema).is_ok())
}

fn partial(folder: &Path, block: Block, schema: &Schema) -> PathBuf {
    folder.join(format!("{}.{}.partial.parquet", block.name(), schema.name))
}

/// Keeps the rows of the first units of a block.
pub(crate) fn keep(plan: &Plan, folder: &Path, block: Block, units: u32, tables: &[Table]) -> Result<(), PartError> {
    let mut metadata = metadata_of(plan, block);
    metadata.insert(UNITS_KEY.to_string(), units.to_string());
    tables.iter().try_for_each(|table| {
        let path = partial(folder, block, table.schema());
        write_atomically(&path, |out| parquet::write(table, &metadata, out))?;
        Ok(())
    })
}

/// The rows of the first units of a block that an earlier run has kept, and how many units they are. Nothing, where a file
/// is missing or damaged, or the files do not tell the same number.
pub(crate) fn kept(kind: &StudyKind, plan: &Plan, folder: &Path, block: Block) -> Option<(u32, Vec<Table>)> {
    let mut units = None;
    let mut tables = Vec::new();
    for schema in kind.schemas {
        let reader = open_as(plan, block, &partial(folder, block, schema), schema).ok()?;
        let these: u32 = reader.metadata().get(UNITS_KEY)?.parse().ok()?;
        if *units.get_or_insert(these) != these {
            return None;
        }
        tables.push(reader.read().ok()?);
    }
    Some((units?, tables)).filter(|(units, _)| *units <= block.end - block.first)
}

/// Removes what was kept of a block that is finished.
pub(crate) fn forget(kind: &StudyKind, folder: &Path, block: Block) {
    for schema in kind.schemas {
        // it may not be there, and does no harm
        let _ = std::fs::remove_file(partial(folder, block, schema));
    }
}
