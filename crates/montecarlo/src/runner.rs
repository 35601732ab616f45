//! Running blocks: in parallel, in any order, each written when it is finished.

use crate::group::Group;
use crate::parts::{Part, PartError};
use crate::pieces::Catalog;
use crate::{Block, Experiment, Plan, Shard, Study, UnitError};
use hydranet_results::Table;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

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
    /// Blocks that were computed now, each once a group of treatments that was not there.
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
    let folders = [folder.to_path_buf()];
    let catalog = Catalog::of(plan, &folders);
    let all: Vec<usize> = (0..plan.treatments.len()).collect();
    let mut todo: Vec<(Block, Group)> = Vec::new();
    let mut found = 0;
    for &block in blocks {
        let missing = match how.fresh {
            true => Some(all.clone()),
            false => {
                let gathered = catalog.gather(spec.kind().schemas, block);
                (!gathered.is_whole()).then_some(gathered.missing)
            }
        };
        match missing {
            Some(missing) => todo.extend(Group::cut(plan, &missing).into_iter().map(|group| (block, group))),
            None => found += 1,
        }
    }
    let studies = studies(spec, plan, &todo);
    todo.iter()
        .map(|(_, group)| (&group.name, group))
        .collect::<BTreeMap<_, _>>()
        .values()
        .try_for_each(|g| g.announce(folder))?;
    progress.start(todo.len() + found, found);
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
            let Some((block, group)) = todo.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
            let part = Part { plan, folder, block: *block, group };
            let outcome = match !how.fresh && part.is_finished(spec.kind()) {
                true => Ok(Some(&found_later)),
                false => run_part(spec, &*studies[&group.name], part, &how).map(|whole| whole.then_some(&finished)),
            };
            match outcome {
                Ok(Some(counter)) => {
                    counter.fetch_add(1, Ordering::Relaxed);
                    progress.finished(*block);
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

/// The study of each group: all of it, or some of its treatments.
fn studies(spec: &Experiment, plan: &Plan, todo: &[(Block, Group)]) -> BTreeMap<String, Arc<dyn Study>> {
    let mut studies: BTreeMap<String, Arc<dyn Study>> = BTreeMap::new();
    for (_, group) in todo {
        studies.entry(group.name.clone()).or_insert_with(|| {
            let places: Vec<usize> = group.places(plan).into_iter().flatten().collect();
            match places.len() == plan.treatments.len() {
                true => spec.study.clone(),
                false => spec
                    .study
                    .with_treatments(&places)
                    .expect("a plan with treatments is of a study that tells them apart"),
            }
        });
    }
    studies
}

/// Computes one part; false, if it was stopped before the last unit.
fn run_part(spec: &Experiment, study: &dyn Study, part: Part<'_>, how: &How<'_>) -> Result<bool, RunError> {
    let (kind, block) = (spec.kind(), part.block);
    let kept = if how.fresh { None } else { part.kept(kind) };
    let (before, mut tables): (u32, Vec<Table>) = kept.unwrap_or_else(|| (0, spec.tables()));
    for (unit, number) in block.units().zip(0..).skip(before as usize) {
        if number > 0 && how.stop.load(Ordering::Relaxed) {
            part.keep(number, &tables)?;
            return Ok(false);
        }
        study.run(&spec.header, unit, &mut tables)?;
    }
    part.write(&tables)?;
    if block.end - block.first > 1 {
        part.forget(kind);
    }
    Ok(true)
}
