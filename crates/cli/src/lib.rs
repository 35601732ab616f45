//! The `hydranet` program as a library: a thin `main` passes the topologies that it knows.
//!
//! ```no_run
//! use std::process::ExitCode;
//! fn main() -> ExitCode {
//!     hydranet::run(hydranet::models()) // .with(my_topology::MODELS)
//! }
//! ```
//!
//! An experiment binary is the same with its spec on board: [`experiment`].
//!
//! Invariant: only this crate (and the binaries) prints, reads the environment or exits.

mod args;
mod campaign_view;
mod cluster;
mod commands;
mod explorer;
mod failure;
mod field_case_view;
mod figures;
mod host;
mod interrupt;
mod lookup_table;
mod models;
mod output;
mod progress;
mod report_data;
mod sketch;
mod summary_table;
mod validation;
mod views;

pub use models::models;

use clap::Parser;
use failure::Failure;
use hydranet_topology::Models;
use std::process::ExitCode;

/// What a program knows: the names that its specs and command lines can use.
pub(crate) struct Known {
    pub(crate) models: Models,
    pub(crate) strategies: hydranet_takedown::Strategies,
}

impl Known {
    fn new(models: Models) -> Known {
        let strategies = hydranet_takedown::Strategies::default().with(hydranet_takedown::STRATEGIES);
        Known { models, strategies }
    }
}

/// The `hydranet` program: reads the command line, does what it says, prints what went wrong.
///
/// Exit codes: 0 done; 1 failed; 2 bad input (command line, spec, file); 3 incomplete (parts are missing);
/// 75 terminated (SIGTERM; try again); 130 interrupted.
pub fn run(models: Models) -> ExitCode {
    let known = Known::new(models);
    let args = args::Args::parse();
    finish(commands::dispatch(args.command, &known))
}

/// An experiment binary: the flags of `hydranet run`, with the spec on board.
///
/// `name` is the folder under `results/`, `spec` the TOML text.
pub fn experiment(name: &str, spec: &'static str, models: Models) -> ExitCode {
    let known = Known::new(models);
    let args = args::ExperimentArgs::parse();
    if args.print_spec {
        return finish(output::print(spec));
    }
    let source =
        commands::work::Source { name: name.to_string(), path: format!("{name} (embedded)"), text: spec.into() };
    finish(commands::run::run(source, &args.run, &known))
}

fn finish(outcome: Result<(), Failure>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
