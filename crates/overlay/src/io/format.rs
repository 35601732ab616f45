//! Which formats there are, and how a file's is told.

use std::path::Path;

/// A format of network files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// One edge a line, as the files of the Stanford collection (SNAP).
    EdgeList,
    /// GraphML, as networkx, igraph and gephi write it.
    GraphMl,
    /// Matrix Market, coordinate.
    MatrixMarket,
    /// METIS: line i lists the neighbours of node i.
    Metis,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 4] = [Format::EdgeList, Format::GraphMl, Format::MatrixMarket, Format::Metis];

    /// The name in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Format::EdgeList => "edge list",
            Format::GraphMl => "GraphML",
            Format::MatrixMarket => "Matrix Market",
            Format::Metis => "METIS",
        }
    }

    /// The endings of its files, lower case and without the point; `.gz` may follow each.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Format::EdgeList => &["txt", "tsv", "csv", "edges", "edgelist", "el"],
            Format::GraphMl => &["graphml", "xml"],
            Format::MatrixMarket => &["mtx"],
            Format::Metis => &["metis", "graph"],
        }
    }

    /// The format that the ending of a path stands for. Case does not matter; `.gz` is looked through.
    ///
    /// ```
    /// use hydranet_overlay::io::Format;
    /// assert_eq!(Format::of_path("p2p-Gnutella31.txt.gz"), Some(Format::EdgeList));
    /// assert_eq!(Format::of_path("network"), None);
    /// ```
    pub fn of_path(path: impl AsRef<Path>) -> Option<Format> {
        let name = path.as_ref().file_name()?.to_string_lossy().to_ascii_lowercase();
        let (_, ending) = name.strip_suffix(".gz").unwrap_or(&name).rsplit_once('.')?;
        Format::ALL.into_iter().find(|f| f.endings().contains(&ending))
    }

    /// The format that a file's first bytes announce, if they announce any.
    pub(super) fn sniff(head: &[u8]) -> Option<Format> {
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        let begins = |word: &str| head.get(..word.len()).is_some_and(|h| h.eq_ignore_ascii_case(word.as_bytes()));
        if begins("%%MatrixMarket") {
            Some(Format::MatrixMarket)
        } else if begins("<?xml") || begins("<graphml") || begins("<!DOCTYPE") || begins("<!--") {
            Some(Format::GraphMl)
        } else {
            None
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn told_by_the_ending() {
        for (path, want) in [
            ("a.txt", Some(Format::EdgeList)),
            ("dir.mtx/a.TSV.GZ", Some(Format::EdgeList)),
            ("a.b.xml", Some(Format::GraphMl)),
            ("a.graphml.gz", Some(Format::GraphMl)),
            ("a.mtx", Some(Format::MatrixMarket)),
            ("a.graph", Some(Format::Metis)),
            ("a.gz", None),
            ("a.pdf", None),
            ("txt", None),
            ("", None),
            ("..", None),
        ] {
            assert_eq!(Format::of_path(path), want, "{path}");
        }
    }

    #[test]
    fn told_by_the_content() {
        for (head, want) in [
            ("\u{feff}  <?xml version", Some(Format::GraphMl)),
            ("<graphml>", Some(Format::GraphMl)),
            ("%%matrixmarket matrix", Some(Format::MatrixMarket)),
            ("% n m", None),
            ("<", None),
            ("", None),
        ] {
            assert_eq!(Format::sniff(head.as_bytes()), want, "{head}");
        }
    }
}
