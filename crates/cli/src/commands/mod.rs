//! One file a command.

mod compare;
mod convert;
mod describe;
pub(crate) mod draw;
mod drawing;
mod game;
mod generate;
mod inspect;
mod list;
mod man;
mod measure;
mod merge;
pub(crate) mod named_spec;
mod percolate;
mod plan;
mod plot;
mod report;
pub(crate) mod run;
mod status;
mod submit;
mod tabulate;
mod takedown;
mod validate;
mod vary;

use crate::args::{Args, Command};
use crate::failure::Failure;
use hydranet_toolkit::Toolkit;

/// Does what the command line says.
pub(crate) fn dispatch(command: Command, known: &Toolkit) -> Result<(), Failure> {
    match command {
        Command::Topologies(args) => list::topologies(&known.topologies, &args),
        Command::Strategies(args) => list::strategies(&known.strategies, &args),
        Command::Generate(args) => generate::generate(&args, known),
        Command::Inspect(args) => inspect::inspect(&args),
        Command::Convert(args) => convert::convert(&args),
        Command::Takedown(args) => takedown::takedown(&args, known),
        Command::Measure(args) => measure::measure(&args, known),
        Command::Percolate(args) => percolate::percolate(&args),
        Command::Game(command) => game::game(&command),
        Command::Run(args) => run::run(named_spec::Source::open(&args.spec)?, &args.run, known),
        Command::Plan(args) => plan::plan(&args, known),
        Command::Submit(args) => submit::submit(&args.to, known),
        Command::Status(args) => status::status(&args, known),
        Command::Resubmit(args) => submit::resubmit(&args, known),
        Command::Merge(args) => merge::merge(&args, known),
        Command::Plot(args) => plot::plot(&args, known),
        Command::Table(args) => tabulate::tabulate(&args, known),
        Command::Compare(args) => compare::compare(&args, known),
        Command::Draw(args) => drawing::drawing(&args, known),
        Command::Report(args) => report::report(&args, known),
        Command::Validate(args) => validate::validate(&args, known),
        Command::Describe(args) => describe::describe(&args, known),
        Command::Man { dir } => man::man(&dir),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut <Args as clap::CommandFactory>::command(), "hydranet", &mut script);
            crate::output::print(&String::from_utf8_lossy(&script))
        }
    }
}
