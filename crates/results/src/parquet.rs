//! Tables as Parquet, the format of raw rows: typed, compressed, and read by pandas, polars and DuckDB as it stands.
//!
//! The same rows and metadata always give the same bytes: [`Writer`] cuts rows into groups of [`ROW_GROUP`] however they
//! arrive, encodings are fixed by the kind of a column, the name of the writing program is constant, and nothing
//! tells the time. So `merge` of many part files equals the file of one machine, and `cmp` can prove it.
//!
//! Counts are stored as 64-bit integers in deltas (most columns go up or down in small steps), reals plainly, texts as
//! UTF-8 strings with a dictionary; all in Snappy. The file's key-value metadata holds what the caller gave, and
//!
//! | key | value |
//! |---|---|
//! | `hydranet.table` | name and version of the schema |
//! | `hydranet.columns` | kind, unit and meaning of each column, as JSON |
//! | `hydranet.sha256` | checksum of the whole file, with zeros in the place of its own digits |
//!
//! Parquet itself notices little damage: of the 40,592 single flipped bits of a small file, the decoder took 2,115 for
//! other rows and panicked at 76. [`Reader`] checks the sum before it parses anything, and so refuses what is not, byte for byte, a file that
//! [`Writer`] wrote; numbers of other programs come in as [`crate::csv`].

mod error;
mod reader;
mod seal;
mod writer;

pub use error::ParquetReadError;
pub use reader::Reader;
pub use writer::Writer;

use crate::{Schema, Table};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// What a file says about itself: spec hash, seed and the like. Keys must not begin with `hydranet.`.
pub type Metadata = BTreeMap<String, String>;

/// Rows in a group: large enough to compress well, small enough that a reader needs little memory.
pub const ROW_GROUP: usize = 1 << 17;

const TABLE_KEY: &str = "hydranet.table";
const COLUMNS_KEY: &str = "hydranet.columns";

/// The value of [`TABLE_KEY`].
fn table_version(schema: &Schema) -> String {
    format!("{} {}", schema.name, schema.version)
}

/// Writes one table as a whole file. The writer is not flushed. O(values).
///
/// ```
/// use hydranet_results::{Table, parquet, summary::SUMMARY, write_atomically};
/// # let folder = tempfile::tempdir()?;
/// let path = folder.path().join("summary.parquet");
/// let metadata = parquet::Metadata::from([("spec".into(), "9f86d081".into()), ("seed".into(), "7".into())]);
/// write_atomically(&path, |out| parquet::write(&Table::new(&SUMMARY), &metadata, out))?;
///
/// let file = parquet::Reader::open(&path, &SUMMARY)?;
/// file.expect("spec", "9f86d081")?; // otherwise: a file of another experiment
/// assert_eq!(file.read()?.rows(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// What the writer says.
///
/// # Panics
/// As [`Writer::new`].
pub fn write(table: &Table, metadata: &Metadata, out: impl io::Write + Send) -> io::Result<()> {
    let mut writer = Writer::new(out, table.schema(), metadata)?;
    writer.append(table)?;
    writer.finish().map(|_| ())
}

/// Reads a whole file. O(bytes).
///
/// # Errors
/// If it cannot be opened, is damaged, or holds another table.
pub fn read(path: &Path, schema: &'static Schema) -> Result<Table, ParquetReadError> {
    Reader::open(path, schema)?.read()
}

#[cfg(test)]
#[path = "parquet/tests.rs"]
mod tests;
