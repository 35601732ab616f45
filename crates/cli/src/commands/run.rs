//! `hydranet run`, and what every experiment binary does.

use super::named_spec::{Source, Work};
use crate::args::RunArgs;
use crate::cluster::environment;
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{figures, host, interrupt, output, shown};
use hydranet_montecarlo::engine::{self, Ended, ExperimentError, Options, Short};
use hydranet_montecarlo::merge::MergeError;
use hydranet_montecarlo::runner::{How, RunError};
use hydranet_montecarlo::{BadShard, Experiment, Shard};
use hydranet_toolkit::Toolkit;
use std::path::Path;

/// A table of more cells than this is for a file, not for a terminal.
const TOLD: usize = 1000;

/// Runs an experiment and prints its summary.
pub(crate) fn run(source: Source, args: &RunArgs, known: &Toolkit) -> Result<(), Failure> {
    let Work { name, spec, results, .. } = Work::read(source, &args.work, known)?;
    let shard = shard(args)?;
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let threads = args.threads.unwrap_or(cores);
    if threads == 0 || threads > 4096 {
        return Err(Failure::BadInput(format!("--threads is 1 to 4096, not {threads}")));
    }
    spec.check_models()?;
    announce(&spec, &results, threads);
    idle(&spec);
    let bar = Bar::new();
    let options = Options {
        results: &results,
        how: How { threads, shard, fresh: args.fresh, stop: interrupt::catch() },
        progress: &bar,
        host: host::record(threads),
    };
    match engine::run(&name, &spec, &options).map_err(|e| placed(&spec, e))? {
        Ended::Stopped(done) => {
            let kept = format!(
                "{} of {} blocks are finished and kept in {}; the same command goes on from there",
                done.computed + done.found,
                done.computed + done.found + done.missing,
                results.display()
            );
            Err(if interrupt::by_scheduler() { Failure::Terminated(kept) } else { Failure::Interrupted(kept) })
        }
        Ended::Shard(done) => output::print(&format!(
            "shard {}/{} is done: {} blocks computed, {} found finished, in {}\n\
                 when all shards are done: hydranet merge {}\n",
            shard.index,
            shard.count,
            done.computed,
            done.found,
            results.display(),
            results.display()
        )),
        Ended::Whole { short, .. } => {
            let (folder, study) = shown::open(&results, known)?;
            match spec.study.topologies().len() * spec.study.treatments().len() {
                cells if cells > TOLD => output::note(&format!("{cells} cells: see {}/summary.csv", results.display())),
                _ => output::print(&format!("\n{}", output::texts(&(study.table)(&folder)?)))?,
            }
            if !args.no_figures {
                figures::draw(&results, None, known)?;
            }
            output::print(&format!("\nwritten to {}\n", results.display()))?;
            short.iter().for_each(|short| output::note(&too_wide(short)));
            Ok(())
        }
    }
}

/// The share of the work that the command line speaks of.
fn shard(args: &RunArgs) -> Result<Shard, Failure> {
    let bad = |e: String| Failure::BadInput(format!("--shard: {e}"));
    match (args.shard.as_deref(), args.of) {
        (None, None) => Ok(Shard::WHOLE),
        (Some("auto"), Some(count)) if count > 0 => {
            let index = environment::index(|name| std::env::var(name).ok(), count).map_err(bad)?;
            Ok(Shard { index, count })
        }
        (Some("auto"), None) => Err(bad("auto needs the number of shards: --shard auto --of 64".into())),
        (Some(text), None) => text.parse().map_err(|e: BadShard| bad(e.to_string())),
        (_, Some(_)) => Err(Failure::bad("--of goes with --shard auto, and is 1 or more: --shard auto --of 64")),
    }
}

/// What to do where `precision` was not reached.
fn too_wide(short: &Short) -> String {
    let Short { wanted, reached, networks, needed } = short;
    let digits = (3.0 - libm::log10(*reached).ceil()).max(0.0) as usize;
    format!(
        "note: `precision` = {wanted} is not reached: the widest interval is ± {reached:.digits$} after {networks} networks, which is all \
         that `max_networks` allows; raise it (to about {needed}, by the square-root law), or ask for less"
    )
}

/// Says what of a spec changes nothing, and what was done with its axes.
pub(crate) fn idle(spec: &Experiment) {
    spec.notes.iter().for_each(|note| output::note(&format!("note: {note}")));
    spec.idle().iter().for_each(|place| output::note(&format!("note: {place}")));
}

fn announce(spec: &Experiment, results: &Path, threads: usize) {
    let header = &spec.header;
    output::note(&format!(
        "{}\n{}, seed {}, {threads} threads → {}",
        header.title,
        spec.extent(),
        header.seed,
        results.display()
    ));
}

/// As [`failure`]; with the place in the spec, where that is what a run found unsuitable.
pub(crate) fn placed(spec: &Experiment, error: ExperimentError) -> Failure {
    match &error {
        ExperimentError::Run(RunError::Unit(_)) => {
            spec.check_networks().map_or_else(Failure::from, |()| failure(error))
        }
        _ => failure(error),
    }
}

/// What a failed experiment means for the exit code.
pub(crate) fn failure(error: ExperimentError) -> Failure {
    match &error {
        ExperimentError::Run(RunError::Unit(_))
        | ExperimentError::ShardWithPrecision
        | ExperimentError::NoPlan { .. }
        | ExperimentError::BadPlan { .. }
        | ExperimentError::Foreign { .. } => Failure::bad_error(&error),
        ExperimentError::Merge(MergeError::Parts(found)) => {
            let said = crate::failure::chain(&error);
            if !found.twice.is_empty() || !found.foreign.is_empty() {
                Failure::BadInput(said)
            } else if !found.missing.is_empty() {
                Failure::Incomplete(said)
            } else {
                Failure::Failed(said)
            }
        }
        _ => Failure::failed_error(&error),
    }
}
