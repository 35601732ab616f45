//! Reading and writing network files.
//!
//! | format | endings | read | written |
//! |---|---|---|---|
//! | edge list, SNAP style | `.txt` `.tsv` `.csv` `.edges` `.edgelist` `.el` | yes | links, names and direction |
//! | GraphML, as of networkx and igraph | `.graphml` `.xml` | yes | everything |
//! | Matrix Market, coordinate | `.mtx` | yes | no |
//! | METIS | `.metis` `.graph` | yes | no |
//!
//! Each also with `.gz` behind it; gzip is told by its first bytes, not by the name. A file of another ending is looked
//! into: what does not begin as GraphML or Matrix Market is taken for an edge list.
//!
//! A reader keeps the names that the nodes have in the file ([`Names`](crate::Names)), says in a [`Report`] what it left
//! out, and answers a malformed file with file, line and reason ([`ReadError`]). It never guesses silently.
//!
//! **Edge list.** One edge a line: two names separated by spaces, tabs, a comma or a semicolon; further columns are
//! ignored and counted. Lines that begin with `#`, `%` or `//` are comments. Names may stand in double quotes. If every
//! name is an integer below 2⁶⁴ without leading zeros, nodes are numbered by increasing name; otherwise in order of first
//! appearance. A first line of column titles (`source,target`; or any two words above nothing but integers) is
//! recognised and reported. Lines are edges, both ways, unless [`ReadOptions::directed`] says otherwise.
//!
//! Edge lists written here begin with a comment that says so, and hold comments `# node NAME` for nodes that no edge
//! mentions (or for all, where names are words: that keeps the numbering). The reader understands these.
//!
//! **GraphML.** Nodes are numbered in the order of the file and called by their `id`. Node attributes with these names,
//! in any case, are understood; all others are ignored and counted:
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
//! A directed graph gives a directed overlay; in a mixed one an undirected edge is two arcs. Ports, `<locator>` and
//! foreign elements are skipped and counted; nested graphs, hyperedges and a second graph are refused. A document type
//! is skipped and its entities are not expanded.
//!
//! **Matrix Market.** A square coordinate matrix, pattern, integer or real: every entry is an arc from its row to its
//! column, an edge if the file says `symmetric`. Values are checked and ignored; a stored zero is an entry. Nodes are
//! called `1..=n`.
//!
//! **METIS.** Both ends list every edge, and the header's counts must be right. Weights are ignored and reported. Nodes
//! are called `1..=n`.

mod edge_list;
mod error;
mod format;
mod graphml;
mod input;
mod interner;
mod matrix_market;
mod metis;
mod ranks;
mod read;
mod report;
mod text;
mod write;

pub use edge_list::write::write_edge_list;
pub use error::{ReadError, WriteError};
pub use format::Format;
pub use graphml::write::write_graphml;
pub use read::{Loaded, ReadOptions, read, read_from, read_with};
pub use report::Report;
pub use write::write;
