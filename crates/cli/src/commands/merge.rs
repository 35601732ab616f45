//! `hydranet merge`.

use super::run::failure;
use crate::args::MergeArgs;
use crate::failure::Failure;
use crate::{figures, host, output, summary_table};
use hydranet_montecarlo::experiment;

/// Puts shards together, and does with the whole what a run does.
pub(crate) fn merge(args: &MergeArgs) -> Result<(), Failure> {
    let summaries = experiment::merge(&args.dirs, &host::record(1)).map_err(failure)?;
    output::print(&summary_table::summary_table(&summaries.summary))?;
    if !args.no_figures {
        figures::draw(&args.dirs[0], None)?;
    }
    output::print(&format!("\nwritten to {}\n", args.dirs[0].display()))
}
