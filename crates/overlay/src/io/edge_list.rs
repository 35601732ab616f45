//! Edge lists, read at the speed of the disk.
//!
//! The file goes through a buffer of whole lines; it is never in memory as a whole. A line of two integers, which is
//! nearly every line of a large file, is parsed in one pass over its bytes ([`integers`]). Whatever else a line may be
//! is left to the careful path ([`fields`]), which also makes the error messages. Links are kept in the narrowest form
//! that fits what has been seen ([`links::Links`]) and get their dense numbers at the end.

mod chunks;
mod fields;
mod links;
pub(super) mod write;

use super::error::Fault;
use super::report::Report;
use super::text::shown;
use crate::Overlay;
use links::Links;
use std::io::Read;

/// How the first line of a file of ours begins, behind the `#`.
const SIGNATURE: &str = "Hydranet edge list";
/// Follows [`SIGNATURE`] if links have a direction.
const DIRECTED: &str = ", directed";
/// How the comment begins that names a node.
const NODE: &str = "node ";

/// Column titles that are no names, lower case and without `_`, `-`, and blanks.
const TITLES: [[&str; 2]; 10] = [
    ["source", "target"],
    ["sourceid", "targetid"],
    ["src", "dst"],
    ["from", "to"],
    ["fromid", "toid"],
    ["fromnode", "tonode"],
    ["fromnodeid", "tonodeid"],
    ["node1", "node2"],
    ["nodeid1", "nodeid2"],
    ["id1", "id2"],
];

/// Reads an edge list.
pub(super) fn read(content: &mut dyn Read, directed: Option<bool>, report: &mut Report) -> Result<Overlay, Fault> {
    let mut reader = Reader { line: 0, links: Links::default(), ours: None, more_columns: 0, first_line: None, report };
    let mut first = true;
    chunks::each(content, |chunk| {
        let chunk = if first { chunk.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(chunk) } else { chunk };
        first = false;
        reader.chunk(chunk)
    })?;
    reader.finish(directed)
}

/// A file of ours, which has no column titles and names its lone nodes.
#[derive(Clone, Copy)]
struct Ours {
    directed: bool,
}

struct Reader<'a> {
    line: u64,
    links: Links,
    ours: Option<Ours>,
    more_columns: u64,
    /// The first line, while it may turn out to hold column titles; and whether it has a third column.
    first_line: Option<(String, bool)>,
    report: &'a mut Report,
}

impl Reader<'_> {
    /// Whole lines.
    fn chunk(&mut self, text: &[u8]) -> Result<(), Fault> {
        let mut rest = text;
        while !rest.is_empty() {
            self.line += 1;
            if self.links.are_integers()
                && let Some((link, length)) = integers(rest)
            {
                self.links.push_integers(link);
                rest = &rest[length..];
                continue;
            }
            let end = rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
            let (line, tail) = rest.split_at(end);
            rest = tail.strip_prefix(b"\r\n").or_else(|| tail.get(1..)).unwrap_or(&[]);
            self.any_line(line)?;
        }
        Ok(())
    }

    fn any_line(&mut self, line: &[u8]) -> Result<(), Fault> {
        let line = trim(line);
        if let Some(place) = line.iter().position(|b| is_control(*b)) {
            let byte = line[place];
            return Err(Fault::at(self.line, format!("not text: byte {byte:#04x}; is this a binary file?")));
        }
        if line.is_empty() {
            return Ok(());
        }
        if fields::is_comment(line) {
            // old collections have comments in Latin-1: harmless
            return self.comment(&String::from_utf8_lossy(line));
        }
        let text = std::str::from_utf8(line).map_err(|e| {
            let byte = line[e.valid_up_to()];
            Fault::at(self.line, format!("not text: byte {byte:#04x} is not UTF-8; save the file as UTF-8"))
        })?;
        let (pair, more) = fields::pair(text).map_err(|reason| Fault::at(self.line, reason))?;
        self.more_columns += u64::from(more);
        if self.links.are_untouched() && self.ours.is_none() {
            if are_titles(pair) {
                self.report.header = Some(text.to_owned());
                self.more_columns = 0;
                self.links.no_titles_below();
                return Ok(());
            }
            self.first_line = Some((text.to_owned(), more));
        }
        self.links.push(pair, self.ours.is_some())
    }

    fn comment(&mut self, line: &str) -> Result<(), Fault> {
        let body = line.trim_start_matches(['#', '%', '/']).trim();
        if let (1, Some(rest)) = (self.line, body.strip_prefix(SIGNATURE)) {
            self.ours = Some(Ours { directed: rest.starts_with(DIRECTED) });
        } else if let (true, Some(name)) = (self.ours.is_some(), body.strip_prefix(NODE)) {
            let name = fields::only(name).ok_or_else(|| {
                Fault::at(self.line, format!("expected the name of one node after `# node`, found {}", shown(name)))
            })?;
            return self.links.push_node(name);
        } else if self.report.announced.is_none() {
            self.report.announced = announced(body);
        }
        self.report.comments += 1;
        Ok(())
    }

    fn finish(self, directed: Option<bool>) -> Result<Overlay, Fault> {
        let Reader { links, ours, mut more_columns, first_line, report, .. } = self;
        report.listed = links.len() as u64;
        let is_void = ours.is_some() && report.announced == Some([0, 0]);
        let numbered = links.number()?;
        if let (true, Some((titles, more))) = (numbered.has_titles, first_line) {
            report.listed -= 1;
            more_columns -= u64::from(more);
            report.header = Some(titles);
        }
        report.ignore("third and later columns", more_columns);
        if numbered.n == 0 && !is_void {
            return Err(Fault::whole("holds no edge; an edge list has one edge a line: two node names"));
        }
        let file_is_directed = ours.is_some_and(|o| o.directed);
        let overlay = if directed.unwrap_or(file_is_directed) {
            report.arcs(numbered.n, &numbered.links)
        } else {
            report.direction_dropped = file_is_directed;
            report.edges(numbered.n, &numbered.links)
        };
        Ok(overlay.with_names(numbered.names))
    }
}

/// A line of exactly two plain integers, and its length with its end. Anything else is `None`.
#[inline]
fn integers(line: &[u8]) -> Option<([u64; 2], usize)> {
    let (a, end) = digits(line, 0)?;
    let (start, hard) = fields::gap(line, end);
    if start == end || hard > 1 {
        return None;
    }
    let (b, end) = digits(line, start)?;
    match line.get(end) {
        None => Some(([a, b], end)),
        Some(b'\n') => Some(([a, b], end + 1)),
        Some(b'\r') => Some(([a, b], end + 1 + usize::from(line.get(end + 1) == Some(&b'\n')))),
        Some(_) => None,
    }
}

/// Up to 19 digits without a leading zero, and where they end.
#[inline]
fn digits(line: &[u8], start: usize) -> Option<(u64, usize)> {
    let mut value = 0u64;
    let mut at = start;
    while let Some(digit) = line.get(at).map(|b| b.wrapping_sub(b'0')).filter(|d| *d < 10) {
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    let count = at - start;
    (count > 0 && count < 20 && (count == 1 || line[start] != b'0')).then_some((value, at))
}

fn trim(line: &[u8]) -> &[u8] {
    let is_blank = |b: &u8| fields::is_blank(*b);
    let start = line.iter().position(|b| !is_blank(b)).unwrap_or(line.len());
    let end = line.iter().rposition(|b| !is_blank(b)).map_or(start, |i| i + 1);
    &line[start..end]
}

fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && !fields::is_blank(byte)
}

fn are_titles(pair: [&str; 2]) -> bool {
    let plain = pair.map(|word| word.replace(['_', '-', ' '], "").to_ascii_lowercase());
    TITLES.iter().any(|titles| *titles == plain)
}

/// The numbers in `Nodes: 5 Edges: 7`.
fn announced(comment: &str) -> Option<[u64; 2]> {
    let after = |word: &str| comment.split_once(word)?.1.split_whitespace().next()?.parse().ok();
    Some([after("Nodes:")?, after("Edges:")?])
}
