//! `hydranet convert`: from one network file to another.

use super::draw;
use crate::args::ConvertArgs;
use crate::failure::Failure;
use crate::output;
use hydranet_overlay::Overlay;
use hydranet_overlay::io::{self, Format, WriteError, Written};
use std::path::Path;

/// Reads one file and writes the other.
pub(crate) fn convert(args: &ConvertArgs) -> Result<(), Failure> {
    let to_stdout = args.output == Path::new("-");
    // an ending that nothing can be written to is found out before the long part
    let format = match (&args.to, to_stdout) {
        (Some(key), _) => Format::from_key(key),
        (None, true) => return Err(Failure::bad("standard output has no ending: say the format with --to")),
        (None, false) => Format::of_path(&args.output),
    };
    let Some(format) = format.filter(|f| f.is_written()) else { return Err(unwritable(&args.output)) };
    if args.to.is_some() && !to_stdout {
        return Err(Failure::bad("--to is for standard output: the ending of a file says its format"));
    }
    let loaded = draw::load(&args.input, &args.file)?;
    output::note(&loaded.report.to_string());
    if to_stdout {
        let mut content = Vec::new();
        let written = io::write_as(format, &loaded.overlay, &mut content).map_err(|e| failure(&e))?;
        tell(&written);
        return output::print(&String::from_utf8_lossy(&content));
    }
    write(&args.output, &loaded.overlay)
}

/// Writes a network, and says what the format had no place for.
pub(crate) fn write(path: &Path, overlay: &Overlay) -> Result<(), Failure> {
    let written = io::write(path, overlay).map_err(|e| failure(&e))?;
    tell(&written);
    let kind = if overlay.is_symmetric() { "edges" } else { "arcs" };
    output::note(&format!("{}: {} nodes, {} {kind}", path.display(), overlay.nodes(), overlay.edges()));
    Ok(())
}

fn tell(written: &Written) {
    written.left_out.iter().for_each(|what| output::note(&format!("left out: {what}")));
}

/// What the format cannot hold is the input's fault; a full disk is not.
fn failure(error: &WriteError) -> Failure {
    match error {
        WriteError::File { .. } | WriteError::Output(_) => Failure::failed_error(error),
        _ => Failure::bad_error(error),
    }
}

/// The refusal of an ending that nothing can be written to.
pub(crate) fn unwritable(path: &Path) -> Failure {
    Failure::bad_error(&WriteError::Ending { path: path.to_owned() })
}
