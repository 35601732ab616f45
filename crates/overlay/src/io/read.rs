//! From a path to a network: finds out what the file is and hands it to the reader of its format.

use super::compress::Compression;
use super::error::Fault;
use super::formats::{ending, foreign};
use super::{Format, ReadError, ReadOptions, Report, input};
use crate::Overlay;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A network out of a file.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The network.
    pub overlay: Overlay,
    /// What was found and what was left out.
    pub report: Report,
}

/// Reads a network file. O(size of the file) time; memory is a small multiple of its uncompressed size.
///
/// # Errors
/// If the file cannot be read or breaks the rules of its format (see the [module](super)).
pub fn read(path: impl AsRef<Path>) -> Result<Loaded, ReadError> {
    read_with(path, &ReadOptions::default())
}

/// As [`read`], told what to assume. The path `-` is standard input.
///
/// # Errors
/// As [`read`].
pub fn read_with(path: impl AsRef<Path>, options: &ReadOptions) -> Result<Loaded, ReadError> {
    let path = path.as_ref();
    if path == Path::new("-") {
        return read_from(std::io::stdin().lock(), "standard input", options);
    }
    let file = File::open(path).map_err(|e| ReadError::from_io(path, e))?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(ReadError::Directory { path: path.to_owned() });
    }
    read_from(file, path, options)
}

/// As [`read_with`], from any stream of bytes. The name stands in messages, and its ending tells the format.
///
/// ```
/// use hydranet_overlay::io::{ReadOptions, read_from};
/// let loaded = read_from("# a triangle\n0 1\n1 2\n2 0\n".as_bytes(), "triangle.txt", &ReadOptions::default())?;
/// assert_eq!((loaded.overlay.nodes(), loaded.overlay.edges()), (3, 3));
/// assert_eq!(loaded.report.to_string(), "edge list: 3 nodes, 3 edges, undirected\ncomments: 1");
/// # Ok::<(), hydranet_overlay::io::ReadError>(())
/// ```
///
/// # Errors
/// As [`read`].
pub fn read_from(
    content: impl Read,
    source_name: impl AsRef<Path>,
    options: &ReadOptions,
) -> Result<Loaded, ReadError> {
    let path = source_name.as_ref();
    let (compression, raw) = input::detect(content).map_err(|e| ReadError::from_io(path, e))?;
    load(raw, compression, path, options).map_err(|fault| fault.of(path, compression))
}

fn load(raw: impl Read, compression: Option<Compression>, path: &Path, options: &ReadOptions) -> Result<Loaded, Fault> {
    let input::Input { mut content, head } = input::open(raw, compression)?;
    if head.bytes.is_empty() {
        return Err(Fault::whole("the file is empty"));
    }
    let begins_as = Format::sniff(&head);
    let named = Format::of_path(path);
    let mut report = Report::new(Format::EdgeList, compression);
    let format = match (options.format, begins_as) {
        (Some(asked), _) => asked,
        (None, Some(format)) => {
            if let Some(named) = named.filter(|n| *n != format && !is_text(*n)) {
                let ending = ending(path).unwrap_or_default();
                report.notes.push(format!("the ending .{ending} says {named}, the content is {format}"));
            }
            format
        }
        (None, None) => {
            if let Some(reason) = foreign(&head.bytes) {
                return Err(Fault::whole(reason));
            }
            named.unwrap_or(Format::EdgeList)
        }
    };
    if options.is_about_tables() && !is_table(format) {
        return Err(Fault::whole(format!(
            "this is {format}: header, columns and separator are for tables and edge lists; leave them out, or say \
             the format"
        )));
    }
    report.format = format;
    let overlay = (format.row().read)(content.as_mut(), &head, options, &mut report)?;
    report.finish(&overlay);
    Ok(Loaded { overlay, report })
}

/// Formats whose endings many kinds of text have.
fn is_text(format: Format) -> bool {
    matches!(format, Format::EdgeList | Format::Table | Format::GraphMl | Format::Metis)
}

/// Formats that the options about tables are for.
fn is_table(format: Format) -> bool {
    matches!(format, Format::EdgeList | Format::Table | Format::Matrix | Format::Parquet)
}
