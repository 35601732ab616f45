//! A network file of any format, Parquet included, with a table of node attributes beside it.

use crate::parquet_file;
use hydranet_overlay::io::{Format, Loaded, NodeTable, ReadError, ReadOptions, read_with};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Reads a network file as [`read_with`] does, and Parquet as well; then gives its nodes what the table `nodes` says of
/// them. The path `-` is standard input.
///
/// # Errors
/// If a file cannot be read, breaks the rules of its format, or the two do not fit.
pub fn load(path: &Path, options: &ReadOptions, nodes: Option<&Path>) -> Result<Loaded, ReadError> {
    let loaded = if is_parquet(path, options) { parquet_file::read(path, options)? } else { read_with(path, options)? };
    match nodes {
        Some(table) => NodeTable::read(table)?.apply(loaded),
        None => Ok(loaded),
    }
}

/// By its first bytes, which are beyond doubt.
fn is_parquet(path: &Path, options: &ReadOptions) -> bool {
    let begins = || {
        let mut magic = [0; 4];
        path != Path::new("-")
            && path.is_file()
            && File::open(path).is_ok_and(|mut file| file.read_exact(&mut magic).is_ok())
            && &magic == b"PAR1"
    };
    options.format.is_none_or(|f| f == Format::Parquet) && begins()
}
