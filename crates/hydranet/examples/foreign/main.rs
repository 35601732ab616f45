//! The `hydranet` program with plug-ins of somebody else: this `main` is all that such a program is.

mod plugins;

use hydranet::Toolkit;
use std::process::ExitCode;

fn main() -> ExitCode {
    let toolkit = Toolkit::default()
        .with_topologies(plugins::MODELS)
        .with_strategies(plugins::STRATEGIES)
        .with_actions(plugins::ACTIONS)
        .with_studies(plugins::STUDIES);
    hydranet::run(toolkit)
}
