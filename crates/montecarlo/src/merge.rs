//! From part files to whole tables: the same bytes however the work was shared out.

use crate::parts::{self, PartError};
use crate::{Inventory, Plan, pieces};
use hydranet_results::parquet::{ParquetReadError, Writer};
use hydranet_results::provenance::sha256_of;
use hydranet_results::{Schema, Sweep, TableRecord, write_atomically};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Why parts do not make a whole.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// Not every block is there once and whole.
    #[error("the parts do not make a whole\n{0}")]
    Parts(Box<Inventory>),
    /// A file that cannot be read or written.
    #[error(transparent)]
    Part(#[from] PartError),
}

/// Looks for all blocks of a plan in some part folders: whole, each once.
///
/// # Errors
/// With the names of blocks that are missing, there twice, damaged, or of another run.
pub fn whole(plan: &Plan, schemas: &'static [&'static Schema], folders: &[PathBuf]) -> Result<Inventory, MergeError> {
    let found = Inventory::of(plan, schemas, folders);
    if found.is_whole() { Ok(found) } else { Err(MergeError::Parts(Box::new(found))) }
}

/// Writes one whole table from its parts, in row order, with the parameters that vary. Streams: memory is one block.
///
/// # Errors
/// If a part is damaged since it was looked at, or the table cannot be written.
pub fn merge_table(
    plan: &Plan,
    schema: &'static Schema,
    sweep: &Sweep,
    parts: &Inventory,
    target: &Path,
) -> Result<TableRecord, MergeError> {
    let mut broken: Option<ParquetReadError> = None;
    let wide = sweep.schema(schema);
    let written = write_atomically(target, |out| {
        let mut writer = Writer::new(out, wide, &parts::metadata(plan))?;
        let mut rows = 0;
        for (block, part) in &parts.finished {
            match pieces::read(plan, *block, part, schema) {
                Ok(table) => {
                    rows += table.rows() as u64;
                    writer.append(&sweep.widen(table, wide))?;
                }
                Err(error) => {
                    broken = Some(error);
                    return Err(std::io::Error::other("a part cannot be read"));
                }
            }
        }
        writer.finish()?;
        Ok(rows)
    });
    if let Some(error) = broken {
        return Err(PartError::Read(error).into());
    }
    let rows = written.map_err(PartError::Save)?;
    let sha256 = File::open(target)
        .and_then(sha256_of)
        .map_err(|source| PartError::Read(ParquetReadError::Io { path: target.to_path_buf(), source }))?;
    let file = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(TableRecord { file, rows, sha256 })
}
