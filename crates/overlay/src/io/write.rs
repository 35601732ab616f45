//! From a network to a file, whole or not at all.

use super::compress::Compression;
use super::{Format, WriteError, Written};
use crate::Overlay;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Writes a network to a file in the format of its ending, compressed if `.gz`, `.bz2`, `.xz` or `.zst` follows. The
/// content goes to a new file beside it, which takes the name when it is whole: a crash leaves what was there before.
///
/// # Errors
/// If the ending names no format that is written, if the file cannot be made, or if the format cannot hold the network
/// (see [`write_edge_list`](super::write_edge_list), [`write_graphml`](super::write_graphml)).
pub fn write(path: impl AsRef<Path>, overlay: &Overlay) -> Result<Written, WriteError> {
    let path = path.as_ref();
    let format = Format::of_path(path).filter(|f| f.is_written());
    let format = format.ok_or_else(|| WriteError::Ending { path: path.to_owned() })?;
    let separator = if super::formats::ending(path).is_some_and(|e| e == "tsv" || e == "tab") { b'\t' } else { b',' };
    let failed = |source| WriteError::File { path: path.to_owned(), source };
    let (file, temporary) = create_beside(path).map_err(failed)?;
    let compression = Compression::of_path(path);
    let done = fill(file, compression, |out| match (format, separator) {
        (Format::Table, separator) => super::edge_list::write::write_table(overlay, separator, out),
        _ => write_as(format, overlay, out),
    });
    let done = done.and_then(|written| {
        fs::rename(&temporary, path)?;
        Ok(written)
    });
    if done.is_err() {
        // what cannot be removed either is named so that one sees what it is
        let _ = fs::remove_file(&temporary);
    }
    done.map_err(|e| if let WriteError::Output(source) = e { failed(source) } else { e })
}

/// Writes a network in a format. O(n + m).
///
/// # Errors
/// If the format is read only, if the output fails, or if the format cannot hold the network.
pub fn write_as(format: Format, overlay: &Overlay, mut out: impl Write) -> Result<Written, WriteError> {
    match format.row().write {
        Some(write) => write(overlay, &mut out),
        None => Err(WriteError::ReadOnly { format }),
    }
}

fn fill(
    file: File,
    compression: Option<Compression>,
    content: impl FnOnce(&mut dyn Write) -> Result<Written, WriteError>,
) -> Result<Written, WriteError> {
    let mut out = BufWriter::with_capacity(1 << 18, file);
    let mut written = Written::default();
    match compression {
        Some(compression) => compression.write(&mut out, |encoder| {
            // small writes to the encoder are slow
            let mut text = BufWriter::with_capacity(1 << 16, encoder);
            written = content(&mut text)?;
            text.flush()?;
            Ok::<(), WriteError>(())
        })?,
        None => written = content(&mut out)?,
    }
    out.into_inner().map_err(|e| e.into_error())?.sync_all()?;
    Ok(written)
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
