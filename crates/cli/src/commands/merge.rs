//! `hydranet merge`.

use super::run::failure;
use crate::args::MergeArgs;
use crate::failure::Failure;
use crate::output::Lines;
use crate::{figures, host, output, views};
use hydranet_montecarlo::experiment;

/// Puts shards together, and does with the whole what a run does.
pub(crate) fn merge(args: &MergeArgs) -> Result<(), Failure> {
    experiment::merge(&args.dirs, &host::record(1)).map_err(failure)?;
    let view = views::view(&views::record(&args.dirs[0])?)?;
    output::print(&Lines::texts(&(view.table)(&args.dirs[0])?))?;
    if !args.no_figures {
        figures::draw(&args.dirs[0], None)?;
    }
    output::print(&format!("\nwritten to {}\n", args.dirs[0].display()))
}
