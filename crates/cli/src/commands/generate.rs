//! `hydranet generate`.

use super::draw;
use crate::args::GenerateArgs;
use crate::failure::Failure;
use crate::{Toolkit, output};
use hydranet_overlay::io;

/// Draws one network and writes it.
pub(crate) fn generate(args: &GenerateArgs, known: &Toolkit) -> Result<(), Failure> {
    // an ending that nothing can be written to is found out before the long part
    if !matches!(io::Format::of_path(&args.output), Some(io::Format::EdgeList | io::Format::GraphMl)) {
        return Err(Failure::BadInput(format!(
            "{}: the ending says the format: .graphml, or .txt, .tsv, .csv, .edges, .edgelist or .el for an edge list; add .gz to compress",
            args.output.display()
        )));
    }
    let network = draw::network(&known.topologies, &args.name, &args.set, args.seed, args.network)?;
    io::write(&args.output, &network).map_err(|e| Failure::failed_error(&e))?;
    let kind = if network.is_symmetric() { "edges" } else { "arcs" };
    output::note(&format!("{}: {} nodes, {} {kind}", args.output.display(), network.nodes(), network.edges()));
    Ok(())
}
