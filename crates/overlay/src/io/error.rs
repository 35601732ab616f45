//! What can go wrong with a file.

use super::Format;
use super::compress::Compression;
use std::io;
use std::path::{Path, PathBuf};

/// Why a network file could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is no such file.
    #[error("{}: there is no such file", path.display())]
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// The file may not be opened.
    #[error("{}: no permission to read this file", path.display())]
    Denied {
        /// The file.
        path: PathBuf,
    },
    /// The path names a directory.
    #[error("{}: this is a directory; name a file in it", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
    },
    /// The operating system failed to deliver the content.
    #[error("{}: cannot be read", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The compressed content is broken.
    #[error("{}: the {compression} data is damaged or cut off; fetch the file again", path.display())]
    Compressed {
        /// The file.
        path: PathBuf,
        /// How it is compressed.
        compression: Compression,
        /// What the decoder says.
        source: io::Error,
    },
    /// The content breaks the rules of its format at one place.
    #[error("{}:{line}:{} {reason}", path.display(), column.map_or(String::new(), |c| format!("{c}:")))]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// The column in characters, from 1, where one can be named.
        column: Option<u64>,
        /// What is wrong, what was expected, what to do.
        reason: String,
    },
    /// The content as a whole is not a network that can be used.
    #[error("{}: {reason}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong, what was expected, what to do.
        reason: String,
    },
}

impl ReadError {
    /// What the operating system said about this path.
    pub(super) fn from_io(path: &Path, source: io::Error) -> ReadError {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => ReadError::NotFound { path },
            io::ErrorKind::PermissionDenied => ReadError::Denied { path },
            io::ErrorKind::IsADirectory => ReadError::Directory { path },
            _ => ReadError::Io { path, source },
        }
    }
}

/// Why a network could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The ending of the path names no format that is written.
    #[error("{}: cannot tell the format by this ending; allowed are {}, each also with .gz .bz2 .xz .zst", path.display(), super::formats::writable())]
    Ending {
        /// The file that was asked for.
        path: PathBuf,
    },
    /// A node's name has no place in this format.
    #[error("{format}: the node name {name:?} {reason}")]
    Name {
        /// The format.
        format: Format,
        /// The name.
        name: String,
        /// Why not, and what to do.
        reason: &'static str,
    },
    /// The format is read and not written.
    #[error("{format} is read and not written; write {}", super::formats::writable())]
    ReadOnly {
        /// The format.
        format: Format,
    },
    /// The format has undirected links only.
    #[error("{format} holds undirected links only, and this network is directed; write GraphML (.graphml) instead")]
    Directed {
        /// The format.
        format: Format,
    },
    /// Two nodes have the same name, and a reader would take them for one.
    #[error("two nodes are called {name:?}; names in a file are unique")]
    Repeated {
        /// The name.
        name: String,
    },
    /// The writer that was given failed.
    #[error("the output failed")]
    Output(#[from] io::Error),
    /// The file could not be made.
    #[error("{}: cannot be written", path.display())]
    File {
        /// The file that was asked for.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// As [`ReadError`], by a parser that does not know the name of its file.
#[derive(Debug)]
pub(super) enum Fault {
    At { line: u64, column: Option<u64>, reason: String },
    Whole(String),
    Io(io::Error),
}

impl Fault {
    pub(super) fn at(line: u64, reason: impl Into<String>) -> Fault {
        Fault::At { line, column: None, reason: reason.into() }
    }

    pub(super) fn whole(reason: impl Into<String>) -> Fault {
        Fault::Whole(reason.into())
    }

    /// Adds the name of the file. Of compressed content, what the decoder says is not what the disk says.
    pub(super) fn of(self, path: &Path, compression: Option<Compression>) -> ReadError {
        use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
        match self {
            Fault::At { line, column, reason } => {
                ReadError::Malformed { path: path.to_owned(), line, column, reason: harmless(reason) }
            }
            Fault::Whole(reason) => ReadError::Unusable { path: path.to_owned(), reason: harmless(reason) },
            Fault::Io(source) => match compression {
                Some(compression) if matches!(source.kind(), InvalidData | InvalidInput | UnexpectedEof | Other) => {
                    ReadError::Compressed { path: path.to_owned(), compression, source }
                }
                _ => ReadError::from_io(path, source),
            },
        }
    }
}

/// A reason without anything that a terminal would act upon: libraries quote the file as it is.
fn harmless(reason: String) -> String {
    if !reason.contains(char::is_control) {
        return reason;
    }
    reason.chars().flat_map(|c| if c.is_control() { c.escape_debug().collect() } else { vec![c] }).collect()
}

impl From<io::Error> for Fault {
    fn from(source: io::Error) -> Fault {
        Fault::Io(source)
    }
}

/// More nodes than 32 bits can number.
pub(super) fn too_many_nodes() -> Fault {
    Fault::whole(format!("more than {} nodes: node numbers are 32 bits wide", u32::MAX))
}
