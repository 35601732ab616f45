//! `hydranet run`, and what every experiment binary does.

use crate::args::RunArgs;
use crate::failure::Failure;
use crate::output::Lines;
use crate::progress::Bar;
use crate::{Known, figures, host, interrupt, output, views};
use hydranet_montecarlo::experiment::{self, Ended, ExperimentError, Options};
use hydranet_montecarlo::runner::{How, RunError};
use hydranet_montecarlo::{Experiment, Overrides, Shard};
use std::path::{Path, PathBuf};

/// Where a spec comes from.
pub(crate) struct Source {
    /// The name of the experiment: of its results folder.
    pub(crate) name: String,
    /// What messages call the text.
    pub(crate) path: String,
    /// The spec.
    pub(crate) text: String,
}

impl Source {
    /// Reads a spec file.
    pub(crate) fn open(path: &Path) -> Result<Source, Failure> {
        let shown = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|e| Failure::BadInput(format!("cannot read the spec {shown}: {e}")))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Failure::BadInput(format!("{shown}: a spec is a TOML file; this is not text")))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Source { name, path: shown, text })
    }
}

/// Runs an experiment and prints its summary.
pub(crate) fn run(source: Source, args: &RunArgs, known: &Known) -> Result<(), Failure> {
    let names = hydranet_montecarlo::Known { models: &known.models, strategies: &known.strategies };
    let overrides = Overrides { networks: args.networks, orders: args.orders, seed: args.seed, block: None };
    let text = with_files(&source.text, &args.file);
    let spec = hydranet_montecarlo::parse(&text, &source.path, names)?;
    let spec = spec.with(&overrides).map_err(|e| Failure::BadInput(e.reason))?;
    let shard = match &args.shard {
        None => Shard::WHOLE,
        Some(text) => text.parse().map_err(|e| Failure::BadInput(format!("--shard: {e}")))?,
    };
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let threads = args.threads.unwrap_or(cores);
    if threads == 0 || threads > 4096 {
        return Err(Failure::BadInput(format!("--threads is 1 to 4096, not {threads}")));
    }
    let results = args.out.clone().unwrap_or_else(|| PathBuf::from("results").join(&source.name));
    announce(&*spec, &results, threads);
    let bar = Bar::new();
    let options = Options {
        results: &results,
        how: How { threads, shard, fresh: args.fresh, stop: interrupt::catch() },
        progress: &bar,
        host: host::record(threads),
    };
    match experiment::run(&source.name, &*spec, &options).map_err(failure)? {
        Ended::Stopped(done) => Err(Failure::Interrupted(format!(
            "{} of {} blocks are finished and kept in {}; the same command goes on from there",
            done.computed + done.found,
            done.computed + done.found + done.missing,
            results.display()
        ))),
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
        Ended::Whole(_) => {
            let view = views::view(&views::record(&results)?)?;
            output::print(&format!("\n{}", Lines::texts(&(view.table)(&results)?)))?;
            if !args.no_figures {
                figures::draw(&results, None)?;
            }
            output::print(&format!("\nwritten to {}\n", results.display()))
        }
    }
}

/// The spec with a topology more for each measured network.
fn with_files(text: &str, files: &[PathBuf]) -> String {
    let mut text = text.to_string();
    for file in files {
        let label = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let [path, label] = [file.to_string_lossy().into_owned(), label].map(toml::Value::String);
        text.push_str(&format!("\n[[topology]]\nmodel = \"file\"\npath = {path}\nlabel = {label}\n"));
    }
    text
}

fn announce(spec: &dyn Experiment, results: &Path, threads: usize) {
    let common = spec.common();
    output::note(&format!(
        "{}\n{}, seed {}, {threads} threads → {}",
        common.title,
        spec.extent(),
        common.seed,
        results.display()
    ));
}

/// What a failed experiment means for the exit code.
pub(crate) fn failure(error: ExperimentError) -> Failure {
    match &error {
        ExperimentError::Run(RunError::Unsuitable(_))
        | ExperimentError::ShardWithPrecision
        | ExperimentError::NoPlan { .. }
        | ExperimentError::BadPlan { .. }
        | ExperimentError::Foreign { .. } => Failure::bad_error(&error),
        ExperimentError::Merge(hydranet_montecarlo::merge::MergeError::Missing { .. }) => {
            Failure::Incomplete(crate::failure::chain(&error))
        }
        _ => Failure::failed_error(&error),
    }
}
