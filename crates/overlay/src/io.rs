//! Reading and writing network files.
//!
//! A reader keeps the names that the nodes have in the file ([`Names`](crate::Names)), says in a [`Report`] what it took
//! the file for and what it left out, and answers a malformed file with file, line and reason ([`ReadError`]). It never
//! guesses silently: a file is read right, or refused by the name of its format with the way out.
//!
//! | format | endings | written |
//! |---|---|---|
//! | edge list, SNAP style | `.txt` `.edges` `.edgelist` `.el` `.ncol` `.links` `.dat` | links, names and direction |
//! | table (CSV, TSV) | `.csv` `.tsv` `.tab` `.psv` | links and names |
//! | adjacency list | `.adjlist` `.adj` | |
//! | adjacency matrix | `.mat` `.adjmat`, and `.csv` by content | |
//! | GraphML | `.graphml` `.xml` | everything |
//! | GEXF | `.gexf` | everything but "anywhere" |
//! | GML | `.gml` | likewise |
//! | Pajek | `.net` `.paj` | links, names and direction |
//! | UCINET DL | `.dl` | |
//! | DOT | `.dot` `.gv` | everything but "anywhere" |
//! | JSON | `.json` `.jsonl` `.cyjs` `.jgf` | likewise |
//! | Matrix Market | `.mtx` | links and direction |
//! | METIS | `.metis` `.graph` | links |
//! | DIMACS | `.dimacs` `.col` `.gr` | |
//! | LGL, TGF | `.lgl`, `.tgf` | |
//! | graph6, sparse6, digraph6 | `.g6` `.s6` `.d6` | |
//! | pairs as Python prints them | by content | |
//! | scipy and numpy matrices | `.npz` `.npy` | |
//! | Parquet | `.parquet` | by the crate `topology-file` |
//!
//! Each also with `.gz`, `.bz2`, `.xz` or `.zst` behind it; compression is told by the first bytes, not by the name. The
//! format is told by the content where that is beyond doubt, then by the ending; a file of another ending is taken for
//! an edge list. Text is UTF-8, or UTF-16 with a byte order mark.
//!
//! **Edge lists and tables.** One link a line: two names separated by one kind of separator in the whole file (white space,
//! tab, comma, semicolon, `|`, or an arrow such as `->`). Names may hold blanks where blanks do not separate, and stand in
//! quotes as RFC 4180 has it. The two columns are found by their titles (`source,target`; `src_ip,dst_ip`) or named
//! ([`ReadOptions::columns`]); others are ignored and counted. The first row is taken for titles on evidence only, and the
//! report says so; where the evidence goes both ways the file is refused, and [`ReadOptions::header`] decides. Lines that
//! begin with `#`, `%` or `//` are comments; `% bip` of the Koblenz collection keeps the two columns apart. If every name
//! is an integer below 2⁶⁴ without leading zeros, nodes are numbered by increasing name; otherwise in order of first
//! appearance. Lines are edges, both ways, unless [`ReadOptions::directed`] or an arrow says otherwise.
//!
//! Edge lists written here begin with a comment that says so, and hold comments `# node NAME` for nodes that no edge
//! mentions (or for all, where names are words: that keeps the numbering). The reader understands these. Tables written
//! here have one row of titles and nothing but rows.
//!
//! **Other formats.** Nodes are numbered in the order of the file and called by their `id`; in GML and Pajek by their
//! labels, if these differ. Nodes that only links name are nodes. Node attributes with these names, in any case, are
//! understood; all others are ignored and counted:
//!
//! | attribute | value | a node without it, and no `<default>` |
//! |---|---|---|
//! | `role` | `operator`, `server`, `relay`, `peer` | is a peer |
//! | `source` | boolean: commands enter here | is not a source |
//! | `provider` | whole number; or words, numbered by first appearance | error |
//! | `routable` | boolean | error |
//! | `layer` | 0 to 65,535 | error |
//! | `cost` | number above 0 | error |
//!
//! Without a `source` attribute, commands enter at the servers; if there are none, at the operators; if there are none
//! either, anywhere. A graph attribute `command_sources` with the value `any` says "anywhere" whatever roles and marks say.
//! An attribute none of whose values is one of these means something else: it is left out, and the report says so. One
//! that has both is refused; [`ReadOptions::ignore_attributes`] leaves all unread. [`NodeTable`] adds attributes from a
//! table of their own.
//!
//! A directed graph gives a directed overlay; in a mixed one an undirected edge is two arcs. Of GraphML, ports,
//! `<locator>` and foreign elements are skipped and counted, groups are nodes and so are their members, hyperedges are
//! refused, and of several graphs the first is read. A document type is skipped and its entities are not expanded.
//!
//! **Matrices.** Square ones: every entry is an arc from its row to its column, an edge if the matrix is symmetric. In
//! Matrix Market's coordinate format a stored zero is an entry, elsewhere it is none. Nodes are called `1..=n` in Matrix
//! Market, `0..n` elsewhere, unless they have names.
//!
//! **METIS.** Both ends list every edge, and the header's counts must be right. Weights are ignored and reported. Nodes
//! are called `1..=n`.

mod adjacency_list;
mod attributes;
mod compress;
mod dimacs;
mod dot;
mod edge_list;
mod error;
mod format;
mod formats;
mod gexf;
mod gml;
mod graph;
mod graph6;
mod graphml;
mod input;
mod interner;
mod json;
mod lgl;
mod matrix;
mod matrix_market;
mod metis;
mod nodes;
mod npz;
mod options;
mod pairs;
mod pajek;
mod parquet;
mod ranks;
mod read;
mod report;
mod row;
mod text;
mod tgf;
mod tuples;
mod ucinet;
mod write;
mod written;

pub use compress::Compression;
pub use edge_list::write::write_edge_list;
pub use error::{ReadError, WriteError};
pub use format::Format;
pub use graphml::write::write_graphml;
pub use nodes::{NodeTable, node_attributes};
pub use options::ReadOptions;
pub use pairs::{TableColumn, ends_by_title, read_columns};
pub use read::{Loaded, read, read_from, read_with};
pub use report::Report;
pub use write::{write, write_as};
pub use written::Written;
