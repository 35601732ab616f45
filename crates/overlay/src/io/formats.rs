//! The list of all formats, and how a file's is told.
//!
//! Content is believed first: a file that begins as GML is GML whatever it is called. The ending decides where the
//! content could be several things. What the two say against each other is told in the report.

use super::format::Format;
use super::input::Head;
use super::row::Row;
use super::{
    adjacency_list, dimacs, dot, edge_list, gexf, gml, graph6, graphml, json, lgl, matrix, matrix_market, metis, npz,
    pajek, parquet, tgf, tuples, ucinet,
};
use std::path::Path;

/// All formats, in the order in which content is asked.
static ROWS: &[Row] = &[
    parquet::ROW,
    npz::ROW,
    matrix_market::ROW,
    graphml::ROW,
    gexf::ROW,
    pajek::ROW,
    ucinet::ROW,
    gml::ROW,
    dot::ROW,
    json::ROW,
    tuples::ROW,
    dimacs::ROW,
    tgf::ROW,
    lgl::ROW,
    graph6::ROW,
    matrix::ROW,
    metis::ROW,
    adjacency_list::ROW,
    edge_list::TABLE,
    edge_list::ROW,
];

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Format> {
        ROWS.iter().map(|row| row.format)
    }

    pub(super) fn row(self) -> &'static Row {
        ROWS.iter().find(|row| row.format == self).expect("every format has a row; a test walks them")
    }

    /// The name in messages.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The name on command lines and in specs: kebab-case.
    pub fn key(self) -> &'static str {
        self.row().key
    }

    /// The format of this [`key`](Format::key).
    pub fn from_key(key: &str) -> Option<Format> {
        ROWS.iter().find(|row| row.key == key).map(|row| row.format)
    }

    /// The endings of its files, lower case and without the point; that of a [`Compression`](super::Compression) may
    /// follow each.
    pub fn endings(self) -> &'static [&'static str] {
        self.row().endings
    }

    /// Whether networks can be written in it.
    pub fn is_written(self) -> bool {
        self.row().write.is_some()
    }

    /// The format that the ending of a path stands for. Case does not matter; compression is looked through.
    ///
    /// ```
    /// use hydranet_overlay::io::Format;
    /// assert_eq!(Format::of_path("p2p-Gnutella31.txt.gz"), Some(Format::EdgeList));
    /// assert_eq!(Format::of_path("network"), None);
    /// ```
    pub fn of_path(path: impl AsRef<Path>) -> Option<Format> {
        let ending = ending(path.as_ref())?;
        ROWS.iter().find(|row| row.endings.contains(&ending.as_str())).map(|row| row.format)
    }

    /// The format that a file's first bytes announce, if they announce any.
    pub(super) fn sniff(head: &Head) -> Option<Format> {
        ROWS.iter().find(|row| (row.begins)(head)).map(|row| row.format)
    }
}

/// The ending of a path before that of compression, lower case and without the point.
pub(super) fn ending(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let packed = super::Compression::of_path(path).map(|c| format!(".{}", c.ending()));
    let name = packed.and_then(|p| name.strip_suffix(&p)).unwrap_or(&name);
    Some(name.rsplit_once('.')?.1.to_owned())
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Formats that are known and not read: how their files begin, what they are, what to do instead.
const FOREIGN: &[(&[u8], &str, &str)] = &[
    (b"PK\x03\x04", "a zip archive or an Excel workbook", "save the sheet as CSV, or unpack the archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "save the sheet as CSV"),
    (b"%PDF", "PDF", "save the data as text"),
    (b"\x89PNG", "a PNG picture", "save the data as text"),
    (b"\x89HDF", "HDF5", "save the edge table as CSV or Parquet"),
    (b"SQLite format 3", "an SQLite database", "export the edge table as CSV"),
    (b"\x80\x04\x95", "a Python pickle", "write it with networkx.write_graphml"),
    (b"\x80\x05\x95", "a Python pickle", "write it with networkx.write_graphml"),
    (b"RDX", "R data", "write it with write.csv or igraph's write_graph"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\x04\x22\x4d\x18", "lz4", "unpack it first"),
    (b"ARROW1", "Arrow (Feather)", "save it as Parquet or CSV"),
    (b"nodedef>", "GDF (GUESS)", "save it as GEXF or GraphML in Gephi"),
    (b"*node data", "VNA (NetDraw)", "save it as Pajek or DL"),
    (b"LEDA.GRAPH", "LEDA", "save it as GML or GraphML"),
    (b"@prefix", "RDF (Turtle)", "write subject and object as a table"),
    (b"INSERT INTO", "SQL", "export the edge table as CSV"),
    (b"CREATE TABLE", "SQL", "export the edge table as CSV"),
    (b"(tlp", "TLP (Tulip)", "save it as GML or GraphML"),
];

/// What a file is that no reader here knows, and what to do.
pub(super) fn foreign(head: &[u8]) -> Option<String> {
    let text = head.trim_ascii_start();
    let row = FOREIGN.iter().find(|(magic, ..)| {
        [head, text].iter().any(|h| h.get(..magic.len()).is_some_and(|h| h.eq_ignore_ascii_case(magic)))
    });
    let tar = head.get(257..262).is_some_and(|word| word == b"ustar");
    let tar = tar.then_some(("a tar archive", "unpack it first"));
    row.map(|(_, what, way)| (*what, *way))
        .or(tar)
        .map(|(what, way)| format!("this is {what}, which is not read; {way}; {}", readable()))
}

/// The formats that are read, for a message.
pub(super) fn readable() -> String {
    let names: Vec<&str> = ROWS.iter().rev().map(|row| row.name).collect();
    format!("formats that are read: {}", names.join(", "))
}

/// The endings that can be written, for a message.
pub(super) fn writable() -> String {
    let rows = ROWS.iter().rev().filter(|row| row.write.is_some());
    rows.flat_map(|row| row.endings).map(|e| format!(".{e}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Head {
        Head { bytes: text.as_bytes().to_vec(), is_all: true }
    }

    #[test]
    fn rows_are_legal() {
        for row in ROWS {
            assert!(std::ptr::eq(row.format.row(), row), "{}: two rows", row.name);
            assert!(row.key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit()));
            assert_eq!(Format::from_key(row.key), Some(row.format));
            for ending in row.endings {
                assert_eq!(Format::of_path(format!("x.{ending}")), Some(row.format), "{ending} stands twice");
                for c in super::super::Compression::ALL {
                    assert_eq!(Format::of_path(format!("x.{ending}.{}", c.ending())), Some(row.format));
                }
            }
            assert!(!(row.begins)(&head("")), "{} begins with nothing", row.name);
        }
    }

    #[test]
    fn told_by_the_ending() {
        for (path, want) in [
            ("a.txt", Some(Format::EdgeList)),
            ("dir.mtx/a.TSV.GZ", Some(Format::Table)),
            ("a.b.xml", Some(Format::GraphMl)),
            ("a.graphml.zst", Some(Format::GraphMl)),
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
        for (text, want) in [
            ("\u{feff}  <?xml version='1.0'?><graphml>", Some(Format::GraphMl)),
            ("<graphml>", Some(Format::GraphMl)),
            ("<!-- x --><gexf>", Some(Format::Gexf)),
            ("%%matrixmarket matrix", Some(Format::MatrixMarket)),
            ("*vertices 3\n", Some(Format::Pajek)),
            ("% c\n*Network x\n*Vertices 3\n", Some(Format::Pajek)),
            ("Creator \"x\"\ngraph\n[\n", Some(Format::Gml)),
            ("strict digraph \"a b\" {", Some(Format::Dot)),
            ("/* x */ graph{a--b}", Some(Format::Dot)),
            ("{\"nodes\": []}", Some(Format::Json)),
            ("[(1, 2)]", Some(Format::Tuples)),
            ("c x\np edge 3 2\ne 1 2\n", Some(Format::Dimacs)),
            ("dl n=3\n", Some(Format::UcinetDl)),
            (">>graph6<<Bw\n", Some(Format::Graph6)),
            ("% n m", None),
            ("graph theory\n", None),
            ("c p\np c\n", None),
            ("<", None),
        ] {
            assert_eq!(Format::sniff(&head(text)), want, "{text}");
        }
        assert!(foreign(b"PK\x03\x04").unwrap().contains("Excel"));
        assert!(foreign(b"nodedef> name\n").unwrap().contains("GDF"));
        assert_eq!(foreign(b"1 2\n"), None);
    }
}
