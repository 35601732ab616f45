//! Running blocks: in parallel, in any order, each written when it is finished.

use crate::parts::{self, PartError};
use crate::{Block, Experiment, Plan, Shard, UnitError};
use hydranet_results::Table;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What a run tells about itself while it goes on. Called from many threads.
pub trait Progress: Sync {
    /// The run begins: blocks to do in all, of which so many were found finished; `units` is the same in networks.
    fn start(&self, blocks: usize, found: usize);
    /// One more block is finished.
    fn finished(&self, block: Block);
    /// The run is over, or waits for a decision; nothing is under way.
    fn end(&self);
}

/// A run that says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _: usize, _: usize) {}
    fn finished(&self, _: Block) {}
    fn end(&self) {}
}

/// How a run is to be done. None of it changes a result.
#[derive(Debug, Clone, Copy)]
pub struct How<'a> {
    /// Threads; 0 for one a core.
    pub threads: usize,
    /// The share of the blocks to do.
    pub shard: Shard,
    /// Compute blocks again that are there already.
    pub fresh: bool,
    /// When this becomes true, units under way are finished and no new one is begun. What is there of a block is kept.
    pub stop: &'a AtomicBool,
}

/// What a run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Blocks that were computed now.
    pub computed: usize,
    /// Blocks that were there already.
    pub found: usize,
    /// Blocks of this shard that are not there, because the run was stopped.
    pub missing: usize,
}

/// Why a run broke off. Finished blocks are kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// A topology and a treatment that do not go together.
    #[error(transparent)]
    Unit(#[from] UnitError),
    /// A part file cannot be written.
    #[error(transparent)]
    Part(#[from] PartError),
    /// The threads cannot be started.
    #[error("cannot start {threads} threads: {reason}")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the system said.
        reason: String,
    },
}

/// Computes those of these blocks of a plan that are not there yet, and writes their part files to `folder`.
///
/// Threads take the next block from a counter: they are busy to the end however unequal blocks are. What is in a block
/// does not depend on who computes it when. A block that another process finishes in the meantime counts as found.
///
/// # Errors
/// The first (in block order of discovery) unit that cannot be run, or part file that cannot be written.
pub fn run_blocks(
    spec: &Experiment,
    plan: &Plan,
    blocks: &[Block],
    folder: &Path,
    how: How<'_>,
    progress: &dyn Progress,
) -> Result<Done, RunError> {
    let is_there = |block: &Block| !how.fresh && parts::is_finished(spec.kind(), plan, folder, *block);
    let todo: Vec<Block> = blocks.iter().copied().filter(|b| !is_there(b)).collect();
    let found = blocks.len() - todo.len();
    progress.start(blocks.len(), found);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(how.threads)
        .build()
        .map_err(|e| RunError::Threads { threads: how.threads, reason: e.to_string() })?;
    let next = AtomicUsize::new(0);
    let (finished, found_later) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let failure: Mutex<Option<RunError>> = Mutex::new(None);
    let broken = AtomicBool::new(false);
    pool.broadcast(|_| {
        while !how.stop.load(Ordering::Relaxed) && !broken.load(Ordering::Relaxed) {
            let Some(&block) = todo.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
            let outcome = match is_there(&block) {
                true => Ok(Some(&found_later)),
                false => run_block(spec, plan, folder, block, &how).map(|whole| whole.then_some(&finished)),
            };
            match outcome {
                Ok(Some(counter)) => {
                    counter.fetch_add(1, Ordering::Relaxed);
                    progress.finished(block);
                }
                Ok(None) => {}
                Err(error) => {
                    broken.store(true, Ordering::Relaxed);
                    failure.lock().expect("no thread panics with the lock").get_or_insert(error);
                }
            }
        }
    });
    progress.end();
    match failure.into_inner().expect("no thread panics with the lock") {
        Some(error) => Err(error),
        None => {
            let (computed, later) = (finished.into_inner(), found_later.into_inner());
            Ok(Done { computed, found: found + later, missing: todo.len() - computed - later })
        }
    }
}

/// Computes one block; false, if it was stopped before the last unit.
fn run_block(spec: &Experiment, plan: &Plan, folder: &Path, block: Block, how: &How<'_>) -> Result<bool, RunError> {
    let kept = if how.fresh { None } else { parts::kept(spec.kind(), plan, folder, block) };
    let none = || spec.tables();
    let (before, mut tables): (u32, Vec<Table>) = kept.unwrap_or_else(|| (0, none()));
    for (unit, number) in block.units().zip(0..).skip(before as usize) {
        if number > 0 && how.stop.load(Ordering::Relaxed) {
            parts::keep(plan, folder, block, number, &tables)?;
            return Ok(false);
        }
        spec.run_unit(unit, &mut tables)?;
    }
    parts::write(plan, folder, block, &tables)?;
    if block.end - block.first > 1 {
        parts::forget(spec.kind(), folder, block);
    }
    Ok(true)
}
