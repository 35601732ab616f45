//! `hydranet generate`.

use super::{convert, draw};
use crate::args::GenerateArgs;
use crate::failure::Failure;
use hydranet_overlay::io::Format;
use hydranet_toolkit::Toolkit;

/// Draws one network and writes it.
pub(crate) fn generate(args: &GenerateArgs, known: &Toolkit) -> Result<(), Failure> {
    // an ending that nothing can be written to is found out before the long part
    if !Format::of_path(&args.output).is_some_and(Format::is_written) {
        return Err(convert::unwritable(&args.output));
    }
    let network = draw::network(&known.topologies, &args.name, &args.set, args.seed, args.network)?;
    convert::write(&args.output, &network)
}
