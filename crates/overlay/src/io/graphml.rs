//! GraphML (Brandes, Eiglsperger, Herman, Himsolt & Marshall 2002), as networkx, igraph, gephi and yEd write it.
//!
//! The reader walks the elements by hand rather than through serde: every error knows its line and column, elements
//! may come in any order, and foreign ones can be skipped and counted. Nothing is looked up outside the file and no
//! entity is expanded beyond XML's own five.

mod document;
pub(super) mod write;
pub(super) mod xml;

use super::error::Fault;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::slurp;
use super::{Format, ReadOptions};
use crate::Overlay;
use std::io::Read;

pub(super) const ROW: Row = Row {
    format: Format::GraphMl,
    name: "GraphML",
    key: "graphml",
    endings: &["graphml", "xml"],
    begins: |head| {
        let text = xml::beginning(&head.bytes);
        let is_xml = ["<?xml", "<!DOCTYPE", "<!--"]
            .iter()
            .any(|word| text.get(..word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word.as_bytes())));
        match xml::root(&head.bytes) {
            Some(root) => root == "graphml" || is_xml && root != "gexf",
            None => is_xml,
        }
    },
    read,
    write: Some(|overlay, out| write::write_graphml(overlay, out).map(|()| Default::default())),
};

/// The graph attribute that says where commands enter if no node is marked.
const COMMAND_SOURCES: &str = "command_sources";
/// Its value for [`Sources::AnyNode`](crate::Sources::AnyNode).
const ANY: &str = "any";

/// Reads a GraphML file.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    document::Document::new(&text, options, report).read()
}
