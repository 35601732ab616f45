//! Edge lists and tables of links, read at the speed of the disk.
//!
//! How the file lists its links is decided once, on its beginning ([`dialect`]). Then it goes through a buffer of whole
//! lines; it is never in memory as a whole. A line of two integers, which is nearly every line of a large file, is parsed
//! in one pass over its bytes ([`integers`]). Whatever else a line may be is left to the careful path ([`fields`]), which
//! also makes the error messages. Links are kept in the narrowest form that fits what has been seen ([`links::Links`])
//! and get their dense numbers at the end.

mod chunks;
pub(super) mod dialect;
mod evidence;
pub(super) mod fields;
mod integers;
pub(super) mod links;
mod sample;
mod titles;
pub(super) mod write;

use super::error::Fault;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::shown;
use super::{Format, ReadOptions};
use crate::Overlay;
use dialect::Dialect;
pub(super) use dialect::ends_of;
use fields::{Separator, Trouble};
use integers::integers;
use links::Links;
use std::borrow::Cow;
use std::io::Read;

pub(super) const ROW: Row = Row {
    format: Format::EdgeList,
    name: "edge list",
    key: "edge-list",
    endings: &["txt", "edges", "edgelist", "el", "ncol", "links", "dat"],
    begins: |head| head.bytes.strip_prefix(b"# ").is_some_and(|rest| rest.starts_with(SIGNATURE.as_bytes())),
    read,
    write: Some(|overlay, out| write::write_edge_list(overlay, out).map(|()| Default::default())),
};

pub(super) const TABLE: Row = Row {
    format: Format::Table,
    name: "table",
    key: "table",
    endings: &["csv", "tsv", "tab", "psv"],
    begins: |_| false,
    read,
    write: Some(write::write_csv),
};

/// How the first line of a file of ours begins, behind the `#`.
const SIGNATURE: &str = "Hydranet edge list";
/// Follows [`SIGNATURE`] if links have a direction.
const DIRECTED: &str = ", directed";
/// How the comment begins that names a node.
const NODE: &str = "node ";
/// A quoted name may go over lines, up to so many bytes.
const LONGEST_RECORD: usize = 1 << 20;

/// Reads an edge list.
fn read(content: &mut dyn Read, head: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let ours = (ROW.begins)(head);
    let dialect = if ours { None } else { Some(Dialect::of(head, options, report)?) };
    let dialect = dialect.unwrap_or_else(Dialect::ours);
    let mut reader = Reader {
        line: 0,
        links: Links::default(),
        ours: None,
        more_columns: 0,
        first_line: None,
        waits_for_titles: dialect.titles.is_some(),
        open: None,
        rows: 0,
        sign: match dialect.separator {
            Separator::Sign(sign) => sign,
            _ => 0,
        },
        is_fast: dialect.ends == [0, 1] && !dialect.bipartite && !matches!(dialect.separator, Separator::Arrow(_)),
        dialect,
        report,
    };
    let mut first = true;
    chunks::each(content, |chunk| {
        let chunk = if first { chunk.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(chunk) } else { chunk };
        first = false;
        reader.chunk(chunk)
    })?;
    reader.finish(options)
}

impl Dialect {
    /// That of a file of ours.
    fn ours() -> Dialect {
        Dialect {
            separator: Separator::White,
            quote: b'"',
            ends: [0, 1],
            titles: None,
            is_open: false,
            skip: 0,
            bipartite: false,
            floats: None,
        }
    }
}

/// A file of ours, which has no column titles and names its lone nodes.
#[derive(Clone, Copy)]
struct Ours {
    directed: bool,
}

struct Reader<'a> {
    line: u64,
    links: Links,
    dialect: Dialect,
    /// The separating sign; 0 for white space.
    sign: u8,
    /// Whether a line of two integers is a link.
    is_fast: bool,
    ours: Option<Ours>,
    more_columns: u64,
    /// Whether the row of titles is still to come.
    waits_for_titles: bool,
    /// The first line, while it may turn out to hold column titles; and whether it has a third column.
    first_line: Option<(String, bool)>,
    /// A record that goes on in the next line, and the line where it begins.
    open: Option<(String, u64)>,
    rows: u64,
    report: &'a mut Report,
}

impl Reader<'_> {
    /// Whole lines.
    fn chunk(&mut self, text: &[u8]) -> Result<(), Fault> {
        let mut rest = text;
        while !rest.is_empty() {
            self.line += 1;
            if self.is_fast
                && self.links.are_integers()
                && let Some((link, length)) = integers(rest, self.sign)
                && !self.waits_for_titles
                && self.open.is_none()
            {
                self.links.push_integers(link);
                self.rows += 1;
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

    fn any_line(&mut self, raw: &[u8]) -> Result<(), Fault> {
        let line = if self.open.is_some() { raw } else { trim(raw, self.sign) };
        if let Some(place) = line.iter().position(|b| is_control(*b)) {
            let byte = line[place];
            return Err(Fault::at(self.line, format!("not text: byte {byte:#04x}; is this a binary file?")));
        }
        if self.line <= self.dialect.skip || self.open.is_none() && line.is_empty() {
            return Ok(());
        }
        if self.open.is_none() && fields::is_comment(line) {
            self.refuse_hidden_row(line)?;
            // old collections have comments in Latin-1: harmless
            return self.comment(&String::from_utf8_lossy(line));
        }
        let text = std::str::from_utf8(line).map_err(|e| {
            let byte = line[e.valid_up_to()];
            Fault::at(self.line, format!("not text: byte {byte:#04x} is not UTF-8; save the file as UTF-8"))
        })?;
        match self.open.take() {
            None => self.record(text, self.line),
            Some((mut record, start)) => {
                record.push('\n');
                record.push_str(text);
                self.record(&record, start)
            }
        }
    }

    /// In a table, a row that begins with `#` and has the columns of all others is a name rather than a comment.
    fn refuse_hidden_row(&self, line: &[u8]) -> Result<(), Fault> {
        let is_name = self.sign != 0 && self.rows > 0 && line.first() == Some(&b'#') && line.get(1) != Some(&b' ');
        let has_ends = || {
            let fields = line.split(|b| *b == self.sign).filter(|f| !f.trim_ascii().is_empty()).count();
            fields > self.dialect.ends[0].max(self.dialect.ends[1])
        };
        if is_name && has_ends() {
            let reason =
                "begins with `#` like a comment and has the columns of a row; quote the name, or put a blank behind #";
            return Err(Fault::at(self.line, reason));
        }
        Ok(())
    }

    /// One row, of one line as a rule.
    fn record(&mut self, text: &str, start: u64) -> Result<(), Fault> {
        let at = |trouble: Trouble| Fault::at(start, trouble.reason());
        let mut parts = Vec::new();
        let split =
            if self.dialect.separator == Separator::White && self.dialect.ends == [0, 1] && !self.waits_for_titles {
                fields::pair(text, self.dialect.quote).map(|(pair, more)| {
                    parts.extend(pair);
                    if more {
                        parts.push("".into());
                    }
                })
            } else {
                fields::split(text, self.dialect.separator, self.dialect.quote, &mut parts)
            };
        match split {
            Err(Trouble::Open) if self.sign != 0 && text.len() < LONGEST_RECORD => {
                self.open = Some((text.to_owned(), start));
                return Ok(());
            }
            other => other.map_err(at)?,
        }
        if std::mem::take(&mut self.waits_for_titles) {
            self.report.header = Some(text.to_owned());
            self.links.no_titles_below();
            return Ok(());
        }
        self.rows += 1;
        if let Separator::Arrow(_) = self.dialect.separator {
            return self.chain(&parts, start);
        }
        let [a, b] = self.dialect.ends;
        let (Some(first), Some(second)) = (parts.get(a), parts.get(b)) else {
            return Err(at(self.too_few(&parts)));
        };
        for (name, which) in [(first, "first"), (second, "second")] {
            if name.is_empty() {
                // `12,` has no second name rather than an empty one
                let lone = which == "second" && parts.len() == 2;
                return Err(at(if lone { fields::found_one(first) } else { fields::is_empty(which) }));
            }
        }
        let more = parts.len() > 2;
        self.more_columns += u64::from(more);
        if self.dialect.bipartite {
            return self.links.push([&format!("left:{first}"), &format!("right:{second}")], true);
        }
        let whole = |column: usize, name: &str| -> String {
            let is_float = self.dialect.floats == Some(column);
            name.strip_suffix(".0").filter(|_| is_float).unwrap_or(name).to_owned()
        };
        if self.dialect.floats.is_some() {
            return self.links.push([&whole(a, first), &whole(b, second)], true);
        }
        if self.links.are_untouched() && self.ours.is_none() && self.dialect.is_open {
            self.first_line = Some((text.to_owned(), more));
        }
        self.links.push([first, second], self.ours.is_some() || !self.dialect.is_open)
    }

    fn too_few(&self, parts: &[Cow<'_, str>]) -> Trouble {
        let [a, b] = self.dialect.ends;
        if (a, b) == (0, 1) {
            return match parts {
                [name] if self.sign == 0 => fields::found_one(name),
                [name] if !name.is_empty() => Trouble::Other(format!(
                    "expected two columns, separated by {} as in the rows above, found one ({}); one separator a file: --sep \
                     names it",
                    self.dialect.separator,
                    shown(name)
                )),
                _ => fields::is_empty("first"),
            };
        }
        Trouble::Other(format!("the ends are columns {} and {}, this row has {}", a + 1, b + 1, parts.len()))
    }

    /// `a -> b -> c`.
    fn chain(&mut self, parts: &[Cow<'_, str>], start: u64) -> Result<(), Fault> {
        if parts.len() < 2 || parts.iter().any(|p| p.is_empty()) {
            let reason = format!("expected names on both sides of every {}", self.dialect.separator);
            return Err(Fault::at(start, reason));
        }
        parts.windows(2).try_for_each(|pair| self.links.push([&pair[0], &pair[1]], true))
    }

    fn comment(&mut self, line: &str) -> Result<(), Fault> {
        let body = line.trim_start_matches(['#', '%', '/']).trim();
        if let (1, Some(rest)) = (self.line, body.strip_prefix(SIGNATURE)) {
            self.ours = Some(Ours { directed: rest.starts_with(DIRECTED) });
        } else if let (true, Some(name)) = (self.ours.is_some(), body.strip_prefix(NODE)) {
            let name = fields::only(name).ok_or_else(|| {
                Fault::at(self.line, format!("expected the name of one node after `# node`, found {}", shown(name)))
            })?;
            return self.links.push_node(&name);
        } else if self.report.announced.is_none() {
            self.report.announced = announced(body);
        }
        self.report.comments += 1;
        Ok(())
    }

    fn finish(mut self, options: &ReadOptions) -> Result<Overlay, Fault> {
        if let Some((_, start)) = self.open.take() {
            return Err(Fault::at(start, "a quote is opened and never closed"));
        }
        let Reader { links, ours, mut more_columns, first_line, report, dialect, .. } = self;
        report.listed = links.len() as u64;
        let is_void = ours.is_some() && report.announced == Some([0, 0]);
        if let Some(titles) = &dialect.titles
            && options.header.is_none()
            && options.columns.is_none()
        {
            // the same words below: a link after all?
            if let Some(title) = dialect.ends.iter().filter_map(|e| titles.get(*e)).find(|t| links.knows(t)) {
                let reason =
                    format!("titles or a link? a later row has {} too; say --header yes or --header no", shown(title));
                return Err(Fault::at(1 + dialect.skip, reason));
            }
        }
        let numbered = links.number()?;
        if let (true, Some((titles, more))) = (numbered.has_titles, first_line) {
            report.listed -= 1;
            more_columns -= u64::from(more);
            report.header = Some(titles);
        }
        report.ignore("third and later columns", more_columns);
        report.separator = Some(dialect.separator.to_string());
        if dialect.ends != [0, 1] {
            let title = |e: usize| dialect.titles.as_ref().and_then(|t| t.get(e)).filter(|t| !t.is_empty()).cloned();
            report.columns = Some(dialect.ends.map(|e| title(e).unwrap_or_else(|| (e + 1).to_string())));
        }
        report.format = match dialect.separator {
            Separator::Sign(_) => Format::Table,
            _ => Format::EdgeList,
        };
        if numbered.n == 0 && !is_void {
            return Err(Fault::whole("holds no edge; an edge list has one edge a line: two node names"));
        }
        if dialect.bipartite {
            report.notes.push("two kinds of nodes (bip): the columns are named left: and right:".to_owned());
        }
        if dialect.floats.is_some() {
            report.notes.push("one column has whole numbers as 2.0: taken for 2, as in the other".to_owned());
        }
        let arrow = matches!(dialect.separator, Separator::Arrow("->" | "-->" | "=>" | "\u{2192}"));
        let file_is_directed = ours.is_some_and(|o| o.directed) || arrow;
        let overlay = if options.directed.unwrap_or(file_is_directed) {
            report.arcs(numbered.n, &numbered.links)
        } else {
            report.direction_dropped = file_is_directed;
            report.edges(numbered.n, &numbered.links)
        };
        Ok(overlay.with_names(numbered.names))
    }
}

/// Without blanks at the ends; a tab that separates is no blank.
fn trim(line: &[u8], sign: u8) -> &[u8] {
    let is_blank = |b: &u8| fields::is_blank(*b) && *b != sign;
    let start = line.iter().position(|b| !is_blank(b)).unwrap_or(line.len());
    let end = line.iter().rposition(|b| !is_blank(b)).map_or(start, |i| i + 1);
    &line[start..end]
}

fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && !fields::is_blank(byte)
}

/// The numbers in `Nodes: 5 Edges: 7`.
fn announced(comment: &str) -> Option<[u64; 2]> {
    let after = |word: &str| comment.split_once(word)?.1.split_whitespace().next()?.parse().ok();
    Some([after("Nodes:")?, after("Edges:")?])
}
