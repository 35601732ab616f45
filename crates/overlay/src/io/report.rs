//! What a reader found and what it left out.

use super::{Compression, Format};
use crate::{Csr, Dropped, Overlay};
use std::collections::BTreeMap;
use std::fmt;

/// What a reader found in a file and what it left out. `Display` gives readable lines.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The format that the file was read as.
    pub format: Format,
    /// How it was compressed, if it was.
    pub compression: Option<Compression>,
    /// Number of nodes.
    pub nodes: u32,
    /// Number of edges kept; of arcs if [`Report::directed`].
    pub edges: u64,
    /// Whether the overlay is directed.
    pub directed: bool,
    /// Whether the file gives its links a direction that was dropped on request.
    pub direction_dropped: bool,
    /// Self-loops and repeated links that were left out; of edges, "repeated" includes "listed from both ends".
    pub dropped: Dropped,
    /// Nodes without any edge. They are kept.
    pub isolated: u32,
    /// Lines (in XML: elements) that are comments.
    pub comments: u64,
    /// The line of column titles, if the file has one.
    pub header: Option<String>,
    /// Of a table: what separates its columns.
    pub separator: Option<String>,
    /// Of a table: the columns that were taken for the ends, by title or number, where they are not simply the first two.
    pub columns: Option<[String; 2]>,
    /// The numbers of nodes and edges that a comment such as `# Nodes: 5 Edges: 7` announces.
    pub announced: Option<[u64; 2]>,
    /// The number of lines that list a link.
    pub listed: u64,
    /// What was not looked at, and how often it occurred: `third and later columns`, `edge attribute weight`, …
    pub ignored: BTreeMap<String, u64>,
    /// Everything else worth knowing, a sentence each.
    pub notes: Vec<String>,
}

impl Report {
    pub(super) fn new(format: Format, compression: Option<Compression>) -> Report {
        Report {
            format,
            compression,
            nodes: 0,
            edges: 0,
            directed: false,
            direction_dropped: false,
            dropped: Dropped::default(),
            isolated: 0,
            comments: 0,
            header: None,
            separator: None,
            columns: None,
            announced: None,
            listed: 0,
            ignored: BTreeMap::new(),
            notes: Vec::new(),
        }
    }

    /// Counts something that is not looked at.
    pub(super) fn ignore(&mut self, what: impl Into<String>, times: u64) {
        if times > 0 {
            *self.ignored.entry(what.into()).or_default() += times;
        }
    }

    /// Links that are edges: an overlay, with what had to be dropped put down here.
    pub(super) fn edges(&mut self, n: u32, links: &[[u32; 2]]) -> Overlay {
        let (csr, dropped) = Csr::from_edges(n, links);
        self.dropped = dropped;
        Overlay::symmetric(csr)
    }

    /// Links that are arcs.
    pub(super) fn arcs(&mut self, n: u32, links: &[[u32; 2]]) -> Overlay {
        let (csr, dropped) = Csr::from_arcs(n, links);
        self.dropped = dropped;
        Overlay::directed(csr)
    }

    /// Whether the file announces more links than it holds: it may be cut off. A loop counts, and so does a link that is
    /// listed from both ends, once or twice; files that list more than they announce are whole.
    pub fn contradicts_announcement(&self) -> bool {
        self.announced.is_some_and(|[n, m]| {
            m > self.listed.max(self.edges + self.dropped.self_loops) || n > u64::from(self.nodes) && m > self.listed
        })
    }

    /// Nodes that the file announces beyond those that have links.
    fn unlisted(&self) -> u64 {
        let announced = self.announced.filter(|_| !self.contradicts_announcement());
        announced.map_or(0, |[n, _]| n.saturating_sub(self.nodes.into()))
    }

    /// Puts down what the finished overlay shows.
    pub(super) fn finish(&mut self, overlay: &Overlay) {
        self.nodes = overlay.nodes();
        self.edges = overlay.edges();
        self.directed = !overlay.is_symmetric();
        let out = overlay.out();
        let mut linked: Vec<bool> = (0..self.nodes).map(|v| out.degree(v) > 0).collect();
        if self.directed {
            out.targets().iter().for_each(|&v| linked[v as usize] = true);
        }
        self.isolated = linked.iter().filter(|l| !**l).count() as u32;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, links) = if self.directed { ("directed", "arcs") } else { ("undirected", "edges") };
        let packed = self.compression.map_or(String::new(), |c| format!(", {c}"));
        write!(f, "{}{packed}: {} nodes, {} {links}, {kind}", self.format, count(self.nodes), count(self.edges))?;
        if self.direction_dropped {
            write!(f, "\ndirection: the file is directed, read as undirected on request")?;
        }
        let Dropped { self_loops, duplicates } = self.dropped;
        if self_loops + duplicates > 0 {
            write!(f, "\ndropped: {} self-loops, {} duplicates", count(self_loops), count(duplicates))?;
        }
        if self.isolated > 0 {
            write!(f, "\nisolated nodes, kept: {}", count(self.isolated))?;
        }
        if let Some(header) = &self.header {
            write!(f, "\ncolumn titles: {}", printable(header))?;
        }
        if let Some([a, b]) = &self.columns {
            write!(f, "\nends: columns {} and {}", printable(a), printable(b))?;
        }
        if self.comments > 0 {
            write!(f, "\ncomments: {}", count(self.comments))?;
        }
        for (what, &times) in &self.ignored {
            write!(f, "\nignored: {} ({} times)", printable(what), count(times))?;
        }
        if let (true, Some([n, m])) = (self.contradicts_announcement(), self.announced) {
            let (n, m, listed) = (count(n), count(m), count(self.listed));
            write!(f, "\nwarning: the file announces {n} nodes and {m} edges, it lists {listed}: is it cut off?")?;
        }
        if self.unlisted() > 0 {
            let (n, more) = (count(self.nodes), count(self.unlisted()));
            write!(
                f,
                "\nnote: {n} nodes have links; {more} more are announced, and a list of links does not name them"
            )?;
        }
        self.notes.iter().try_for_each(|note| write!(f, "\nnote: {}", printable(note)))
    }
}

/// Text of a file without anything that a terminal would act upon, cut at a sensible length.
fn printable(text: &str) -> String {
    let mut out: String = text
        .chars()
        .take(300)
        .flat_map(|c| if c.is_control() { c.escape_debug().collect() } else { vec![c] })
        .collect();
    if text.chars().nth(300).is_some() {
        out.push('…');
    }
    out
}

/// A number with its thousands set apart.
fn count(value: impl Into<u64>) -> String {
    let digits = value.into().to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readable_lines() {
        let mut report = Report::new(Format::EdgeList, Some(Compression::Gzip));
        (report.nodes, report.edges, report.isolated) = (10_876, 39_994, 1);
        report.ignore("third and later columns", 1_000);
        report.dropped = Dropped { self_loops: 1, duplicates: 1_234_567 };
        report.announced = Some([10_876, 39_996]);
        assert_eq!(
            report.to_string(),
            "edge list, gzip: 10,876 nodes, 39,994 edges, undirected\n\
             dropped: 1 self-loops, 1,234,567 duplicates\n\
             isolated nodes, kept: 1\n\
             ignored: third and later columns (1,000 times)\n\
             warning: the file announces 10,876 nodes and 39,996 edges, it lists 0: is it cut off?"
        );
    }
}
