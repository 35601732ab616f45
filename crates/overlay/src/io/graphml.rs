//! GraphML (Brandes, Eiglsperger, Herman, Himsolt & Marshall 2002), as networkx, igraph, gephi and yEd write it.
//!
//! The reader walks the elements by hand rather than through serde: every error knows its line and column, elements
//! may come in any order, and foreign ones can be skipped and counted. Nothing is looked up outside the file and no
//! entity is expanded beyond XML's own five.

mod attributes;
mod document;
pub(super) mod write;
mod xml;

use super::error::Fault;
use super::report::Report;
use super::text::slurp;
use crate::Overlay;
use std::io::Read;

/// The graph attribute that says where commands enter if no node is marked.
const COMMAND_SOURCES: &str = "command_sources";
/// Its value for [`Sources::AnyNode`](crate::Sources::AnyNode).
const ANY: &str = "any";

/// Reads a GraphML file.
pub(super) fn read(content: &mut dyn Read, directed: Option<bool>, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    document::Document::new(&text, report).read(directed)
}
