//! `hydranet plot`.

use crate::args::PlotArgs;
use crate::failure::Failure;
use crate::figures;
use hydranet_toolkit::Toolkit;

/// Draws the figures of a results folder again, from its CSV files.
pub(crate) fn plot(args: &PlotArgs, known: &Toolkit) -> Result<(), Failure> {
    figures::draw(&args.dir, args.width.as_deref(), known)
}
