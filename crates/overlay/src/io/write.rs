//! From a network to a file, whole or not at all; and what both writers share.

use super::interner::Interner;
use super::{Format, WriteError, write_edge_list, write_graphml};
use crate::{Names, Overlay};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Writes a network to a file in the format of its ending, compressed if `.gz` follows. The content goes to a new file
/// beside it, which takes the name when it is whole: a crash leaves what was there before.
///
/// # Errors
/// If the ending names no format that is written, if the file cannot be made, or if the format cannot hold the names
/// (see [`write_edge_list`], [`write_graphml`]).
pub fn write(path: impl AsRef<Path>, overlay: &Overlay) -> Result<(), WriteError> {
    let path = path.as_ref();
    let content: fn(&Overlay, &mut dyn Write) -> Result<(), WriteError> = match Format::of_path(path) {
        Some(Format::EdgeList) => |overlay, out| write_edge_list(overlay, out),
        Some(Format::GraphMl) => |overlay, out| write_graphml(overlay, out),
        _ => return Err(WriteError::Ending { path: path.to_owned() }),
    };
    let failed = |source| WriteError::File { path: path.to_owned(), source };
    let (file, temporary) = create_beside(path).map_err(failed)?;
    let gzip = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"));
    let done = fill(file, gzip, |out| content(overlay, out)).and_then(|()| Ok(fs::rename(&temporary, path)?));
    if done.is_err() {
        // what cannot be removed either is named so that one sees what it is
        let _ = fs::remove_file(&temporary);
    }
    done.map_err(|e| if let WriteError::Output(source) = e { failed(source) } else { e })
}

fn fill(
    file: File,
    gzip: bool,
    content: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let mut out = BufWriter::with_capacity(1 << 18, file);
    if gzip {
        // small writes to the encoder are slow
        let mut text = BufWriter::with_capacity(1 << 16, GzEncoder::new(&mut out, Compression::default()));
        content(&mut text)?;
        text.into_inner().map_err(|e| e.into_error())?.finish()?;
    } else {
        content(&mut out)?;
    }
    out.into_inner().map_err(|e| e.into_error())?.sync_all()?;
    Ok(())
}

/// A new file in the directory of `path`, under a name that nobody else uses.
fn create_beside(path: &Path) -> io::Result<(File, PathBuf)> {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_string_lossy().into_owned();
    loop {
        let serial = COUNTER.fetch_add(1, Ordering::Relaxed);
        let temporary = path.with_file_name(format!(".{name}.{}-{serial}.tmp", std::process::id()));
        match File::create_new(&temporary) {
            Ok(file) => return Ok((file, temporary)),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
}

/// The name of a node, without a string of its own.
pub(super) struct Label<'a>(pub(super) &'a Names, pub(super) u32);

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Names::Dense => write!(f, "{}", self.1),
            Names::Integers(list) => write!(f, "{}", list[self.1 as usize]),
            names => f.write_str(&names.get(self.1)),
        }
    }
}

/// Two nodes of one name would come back as one.
pub(super) fn refuse_repeated_names(overlay: &Overlay) -> Result<(), WriteError> {
    let names = overlay.names();
    let repeated = match names {
        Names::Dense => None,
        Names::Integers(list) => {
            let mut sorted = list.clone();
            sorted.sort_unstable();
            sorted.windows(2).find(|w| w[0] == w[1]).map(|w| w[0].to_string())
        }
        Names::Strings { .. } => {
            let mut seen = Interner::default();
            // there are fewer nodes than numbers, so that `add` has room
            let is_old = |v: &u32| seen.add(&names.get(*v)).is_none_or(|(_, new)| !new);
            (0..overlay.nodes()).find(is_old).map(|v| names.get(v).into_owned())
        }
    };
    repeated.map_or(Ok(()), |name| Err(WriteError::Repeated { name }))
}
