//! Why a Parquet file could not be read.

use std::io;
use std::path::PathBuf;

/// Why a Parquet file could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ParquetReadError {
    /// The system does not open it or does not deliver its content.
    #[error("{}: cannot be read", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The content is something else.
    #[error("{}: this is not a Parquet file (it does not begin with PAR1)", path.display())]
    NotParquet {
        /// The file.
        path: PathBuf,
    },
    /// The end is missing.
    #[error("{}: the end of the file is missing; delete it and run again", path.display())]
    Truncated {
        /// The file.
        path: PathBuf,
    },
    /// Some other program wrote it, or a damage hit the very place of the checksum.
    #[error("{}: this Parquet file has no checksum of ours; bring the rows of other programs as CSV", path.display())]
    Unsealed {
        /// The file.
        path: PathBuf,
    },
    /// It was changed after it was written.
    #[error("{}: the file is damaged (its SHA-256 should be {expected}, but is {found}); delete it and run again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The checksum that the file carries.
        expected: String,
        /// The checksum of its content.
        found: String,
    },
    /// It holds another kind of table, or another version of it.
    #[error("{}: this file holds table `{found}`, not `{expected}`", path.display())]
    OtherTable {
        /// The file.
        path: PathBuf,
        /// Name and version of the table that was asked for.
        expected: String,
        /// Name and version of the table in the file.
        found: String,
    },
    /// A column is not what the schema says.
    #[error("{}: column {number} is {found}, not {expected}", path.display())]
    Column {
        /// The file.
        path: PathBuf,
        /// Its place, from 1.
        number: usize,
        /// Name and type by the schema.
        expected: String,
        /// Name and type in the file.
        found: String,
    },
    /// It belongs to another experiment.
    #[error("{}: `{key}` is {}, not `{expected}`: the file is of another run", path.display(), found.as_ref().map_or("missing".to_owned(), |found| format!("`{found}`")))]
    Foreign {
        /// The file.
        path: PathBuf,
        /// The metadata key.
        key: String,
        /// What was asked for.
        expected: String,
        /// What the file says, if anything.
        found: Option<String>,
    },
    /// The decoder fails although the checksum is right.
    #[error("{}: the Parquet decoder fails", path.display())]
    Decode {
        /// The file.
        path: PathBuf,
        /// What it says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
