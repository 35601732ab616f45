//! What there is of a plan's blocks in some folders: finished, missing, there twice, damaged, or of another run.

use crate::pieces::{Catalog, Piece};
use crate::{Block, Plan};
use hydranet_results::Schema;
use hydranet_results::parquet::ParquetReadError;
use std::fmt;
use std::path::PathBuf;

/// What was found. Every file is read once for its checksum.
#[derive(Debug, Default)]
pub struct Inventory {
    /// Number of blocks of the plan.
    pub all: usize,
    /// Blocks of which all files are there and whole, and the parts that serve them; in row order.
    pub finished: Vec<(Block, Vec<Piece>)>,
    /// Blocks of which a file is in no folder.
    pub missing: Vec<Block>,
    /// Blocks of which a folder has a file that is damaged.
    pub damaged: Vec<(Block, ParquetReadError)>,
    /// Blocks of which a folder has a file of another run, or of another block.
    pub foreign: Vec<(Block, ParquetReadError)>,
    /// Blocks that several folders have.
    pub twice: Vec<(Block, [PathBuf; 2])>,
}

impl Inventory {
    /// Looks for the blocks of a plan in its part folders.
    pub fn of(plan: &Plan, schemas: &'static [&'static Schema], folders: &[PathBuf]) -> Inventory {
        let blocks = plan.blocks_in_row_order();
        let mut found = Inventory { all: blocks.len(), ..Inventory::default() };
        let catalog = Catalog::of(plan, folders);
        for block in blocks {
            let gathered = catalog.gather(schemas, block);
            let whole = gathered.is_whole();
            if let Some(folders) = gathered.twice {
                found.twice.push((block, folders));
            } else if whole {
                found.finished.push((block, gathered.pieces));
            } else {
                match gathered.refused.into_iter().next() {
                    None => found.missing.push(block),
                    Some(error @ (ParquetReadError::Foreign { .. } | ParquetReadError::OtherTable { .. })) => {
                        found.foreign.push((block, error));
                    }
                    Some(error) => found.damaged.push((block, error)),
                }
            }
        }
        found
    }

    /// Whether every block is there once and whole.
    pub fn is_whole(&self) -> bool {
        self.finished.len() == self.all
    }

    /// Blocks that have to be computed: missing, damaged or of another run.
    pub fn to_do(&self) -> Vec<Block> {
        let unusable = self.damaged.iter().chain(&self.foreign).map(|(block, _)| *block);
        let mut blocks: Vec<Block> = self.missing.iter().copied().chain(unusable).collect();
        blocks.sort_unstable();
        blocks
    }
}

/// How many are named before the rest is only counted.
const NAMED: usize = 8;

fn list(f: &mut fmt::Formatter<'_>, lines: &[String]) -> fmt::Result {
    lines.iter().take(NAMED).try_for_each(|line| write!(f, "\n  {line}"))?;
    match lines.len().saturating_sub(NAMED) {
        0 => Ok(()),
        more => write!(f, "\n  and {more} more"),
    }
}

/// Everything that is wrong, by name, and what to do.
impl fmt::Display for Inventory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        let mut section = |f: &mut fmt::Formatter<'_>, count: usize, what: &str, lines: Vec<String>| {
            if count == 0 {
                return Ok(());
            }
            if !std::mem::take(&mut first) {
                f.write_str("\n")?;
            }
            write!(f, "{count} of {} blocks {what}:", self.all)?;
            list(f, &lines)
        };
        let said = |(_, error): &(Block, ParquetReadError)| crate::inventory::chain(error);
        let missing = self.missing.iter().map(|b| b.name()).collect();
        section(
            f,
            self.missing.len(),
            "are missing (run the shards that they belong to, or run without --shard)",
            missing,
        )?;
        let damaged = self.damaged.iter().map(said).collect();
        section(f, self.damaged.len(), "are damaged (run again: they are computed anew)", damaged)?;
        let foreign = self.foreign.iter().map(said).collect();
        section(f, self.foreign.len(), "are of another run (run again, or leave that folder out)", foreign)?;
        let twice = self
            .twice
            .iter()
            .map(|(b, [one, two])| format!("{} is in {} and in {}", b.name(), one.display(), two.display()));
        section(f, self.twice.len(), "are there twice (leave one of the folders out)", twice.collect())
    }
}

/// An error with what caused it, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}
