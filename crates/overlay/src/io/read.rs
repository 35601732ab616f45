//! From a path to a network: finds out what the file is and hands it to the reader of its format.

use super::error::Fault;
use super::{Format, ReadError, Report, edge_list, graphml, input, matrix_market, metis};
use crate::Overlay;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What to assume about a file instead of finding it out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The format; by the ending, then by the content, unless given.
    pub format: Option<Format>,
    /// Whether links have a direction; as the file says unless given, and a plain edge list says no.
    pub directed: Option<bool>,
}

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

/// As [`read`], told what to assume.
///
/// # Errors
/// As [`read`].
pub fn read_with(path: impl AsRef<Path>, options: &ReadOptions) -> Result<Loaded, ReadError> {
    let path = path.as_ref();
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
    let (gzip, raw) = input::detect_gzip(content).map_err(|e| ReadError::from_io(path, e))?;
    load(raw, gzip, path, options).map_err(|fault| fault.of(path, gzip))
}

fn load(raw: impl Read, gzip: bool, path: &Path, options: &ReadOptions) -> Result<Loaded, Fault> {
    let input::Input { mut content, head } = input::open(raw, gzip)?;
    if head.is_empty() {
        return Err(Fault::whole("the file is empty"));
    }
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return Err(Fault::at(1, "not UTF-8 text but UTF-16; save the file as UTF-8"));
    }
    let begins_as = Format::sniff(&head);
    let format = options.format.or_else(|| Format::of_path(path)).or(begins_as).unwrap_or(Format::EdgeList);
    if let (Format::EdgeList, Some(other)) = (format, begins_as) {
        let ending = other.endings()[0];
        return Err(Fault::at(1, format!("this begins as {other}, not as an edge list; name the file .{ending}")));
    }
    let mut report = Report::new(format, gzip);
    let content = content.as_mut();
    let overlay = match format {
        Format::EdgeList => edge_list::read(content, options.directed, &mut report)?,
        Format::GraphMl => graphml::read(content, options.directed, &mut report)?,
        Format::MatrixMarket => matrix_market::read(content, options.directed, &mut report)?,
        Format::Metis => metis::read(content, options.directed, &mut report)?,
    };
    report.finish(&overlay);
    Ok(Loaded { overlay, report })
}
