//! From part files to whole tables: the same bytes however the work was shared out.

use crate::parts::{self, PartError};
use crate::{Block, Plan};
use hydranet_results::parquet::{ReadError, Writer};
use hydranet_results::provenance::sha256_of;
use hydranet_results::{Schema, TableRecord, write_atomically};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Why parts do not make a whole.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// Blocks that no folder has.
    #[error("{} of {all} blocks are missing, the first of them {}; run the shards that they belong to, or run without --shard", missing.len(), first_of(missing))]
    Missing {
        /// Names of the files that are missing.
        missing: Vec<String>,
        /// Number of blocks in all.
        all: usize,
    },
    /// A part that cannot be read.
    #[error(transparent)]
    Part(#[from] PartError),
}

fn first_of(missing: &[String]) -> &str {
    missing.first().map_or("", String::as_str)
}

/// Writes one whole table from the parts in `folders`, in row order. Streams: memory is one row group.
///
/// # Errors
/// If a block is missing from all folders, a part is damaged or belongs to another plan, or the table cannot be written.
pub fn merge_table(
    plan: &Plan,
    schema: &'static Schema,
    folders: &[PathBuf],
    target: &Path,
) -> Result<TableRecord, MergeError> {
    let blocks = plan.blocks_in_row_order();
    let mut sources: Vec<(&Path, Block)> = Vec::new();
    let mut missing = Vec::new();
    for &block in &blocks {
        let name = block.file_name(schema.name);
        match folders.iter().find(|folder| folder.join(&name).exists()) {
            Some(folder) => sources.push((folder, block)),
            None => missing.push(name),
        }
    }
    if !missing.is_empty() {
        return Err(MergeError::Missing { missing, all: blocks.len() });
    }
    let mut broken: Option<ReadError> = None;
    let written = write_atomically(target, |out| {
        let mut writer = Writer::new(out, schema, &parts::metadata(plan))?;
        let mut rows = 0;
        for (folder, block) in sources {
            let tables = match parts::open(plan, folder, block, schema) {
                Ok(reader) => reader.tables().collect::<Result<Vec<_>, _>>(),
                Err(error) => Err(error),
            };
            match tables {
                Ok(tables) => tables.iter().try_for_each(|table| {
                    rows += table.rows() as u64;
                    writer.append(table)
                })?,
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
        .map_err(|source| PartError::Read(ReadError::Io { path: target.to_path_buf(), source }))?;
    let file = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(TableRecord { file, rows, sha256 })
}
