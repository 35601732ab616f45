#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

mod args;
mod cluster;
mod commands;
mod explorer;
mod failure;
mod figures;
mod formats;
mod host;
mod interrupt;
mod output;
mod progress;
mod report_data;
mod shown;
mod sketch;

pub use hydranet_toolkit::Toolkit;

use clap::Parser;
use failure::Failure;
use std::process::ExitCode;

/// The `hydranet` program: reads the command line, does what it says, prints what went wrong.
///
/// Exit codes: 0 done; 1 failed; 2 bad input (command line, spec, file); 3 incomplete (parts are missing);
/// 75 terminated (SIGTERM; try again); 130 interrupted.
pub fn run(toolkit: Toolkit) -> ExitCode {
    let args = args::Args::parse();
    finish(commands::dispatch(args.command, &toolkit))
}

/// An experiment binary: the flags of `hydranet run`, with the spec on board.
///
/// `name` is the folder under `results/`, `spec` the TOML text.
pub fn experiment(name: &str, spec: &'static str, toolkit: Toolkit) -> ExitCode {
    let args = args::ExperimentArgs::parse();
    if args.print_spec {
        return finish(output::print(spec));
    }
    let source = commands::named_spec::Source {
        name: name.to_string(),
        path: format!("{name} (embedded)"),
        text: spec.into(),
        results: None,
    };
    finish(commands::run::run(source, &args.run, &toolkit))
}

fn finish(outcome: Result<(), Failure>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// The Rust code of the guide is compiled and run with the documentation of this crate.
#[cfg(doctest)]
mod guide {
    #[doc = include_str!("../../../docs/src/own-topology.md")]
    mod own_topology {}
    #[doc = include_str!("../../../docs/src/rust.md")]
    mod rust {}
}
