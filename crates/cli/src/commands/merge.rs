//! `hydranet merge`.

use super::run::failure;
use crate::args::MergeArgs;
use crate::failure::Failure;
use crate::{figures, host, output, shown};
use hydranet_toolkit::Toolkit;

/// Puts shards together, and does with the whole what a run does.
pub(crate) fn merge(args: &MergeArgs, known: &Toolkit) -> Result<(), Failure> {
    known.merge(&args.dirs, &host::record(1)).map_err(failure)?;
    let (folder, study) = shown::open(&args.dirs[0], known)?;
    output::print(&output::texts(&(study.table)(&folder)?))?;
    if !args.no_figures {
        figures::draw(&args.dirs[0], None, known)?;
    }
    output::print(&format!("\nwritten to {}\n", args.dirs[0].display()))
}
