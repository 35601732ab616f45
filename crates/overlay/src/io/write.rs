//! From a network to a file, whole or not at all; and what the writers share.

use super::compress::Compression;
use super::interner::Interner;
use super::{Format, WriteError};
use crate::{Names, Overlay, Sources};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// What a format had no place for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// A sentence each: nodes without links, names, direction, attributes.
    pub left_out: Vec<String>,
}

impl Written {
    /// Of a format that holds no attributes.
    pub(super) fn without_attributes(overlay: &Overlay) -> Written {
        let any = overlay.roles().is_some()
            || *overlay.sources() != Sources::AnyNode
            || overlay.provider().is_some()
            || overlay.routable().is_some()
            || overlay.layer().is_some()
            || overlay.cost().is_some();
        let left_out = if any { vec!["attributes of nodes: GraphML keeps them".to_owned()] } else { Vec::new() };
        Written { left_out }
    }

    /// Of a format whose nodes are numbers from `first`.
    pub(super) fn without_names(mut self, overlay: &Overlay, first: u64) -> Written {
        let same = match overlay.names() {
            Names::Dense => first == 0,
            Names::Integers(list) => list.iter().zip(first..).all(|(a, b)| *a == b),
            Names::Strings { .. } => overlay.nodes() == 0,
        };
        if !same {
            self.left_out.push(format!("names of nodes: they are numbers from {first} here"));
        }
        self
    }
}

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
    let separator = if super::format::ending(path).is_some_and(|e| e == "tsv" || e == "tab") { b'\t' } else { b',' };
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
