//! A square table of numbers, with or without names: a link wherever one is not 0.
//!
//! A symmetric matrix is an undirected network, any other a directed one, from row to column. Nodes are called by the
//! titles, else `0..n`.

use super::edge_list::dialect::is_number;
use super::edge_list::fields::{Separator, is_comment, split, unquoted};
use super::error::Fault;
use super::graph::Graph;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::{lines, shown, slurp};
use super::{Format, ReadOptions};
use crate::Overlay;
use std::io::Read;

pub(super) const ROW: Row = Row {
    format: Format::Matrix,
    name: "adjacency matrix",
    key: "matrix",
    endings: &["mat", "adjmat"],
    begins,
    read,
    write: None,
};

type Table = Vec<Vec<String>>;

/// The rows of a text in fields.
fn table(text: &str, separator: Separator) -> Option<Table> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let rows = lines(text).map(|(_, line)| line).filter(|l| !l.trim().is_empty() && !is_comment(l.trim().as_bytes()));
    rows.map(|row| {
        let mut out = Vec::new();
        let row = if separator == Separator::White { row.trim() } else { row };
        split(row, separator, b'"', &mut out).ok()?;
        Some(out.into_iter().map(|field| unquoted(&field).to_owned()).collect())
    })
    .collect()
}

/// The sign that a text of columns uses, by its second line: the first may be titles.
fn separator_of(text: &str) -> Separator {
    let row = text.lines().filter(|l| !l.trim().is_empty() && !is_comment(l.trim().as_bytes())).nth(1).unwrap_or("");
    [b'\t', b';', b','].into_iter().find(|s| row.as_bytes().contains(s)).map_or(Separator::White, Separator::Sign)
}

fn is_cell(text: &str) -> bool {
    text.is_empty() || is_number(text) || text.eq_ignore_ascii_case("nan")
}

fn is_zero(text: &str) -> bool {
    text.is_empty() || text.eq_ignore_ascii_case("nan") || text.parse() == Ok(0.0)
}

/// Where names stand.
struct Frame {
    titles: bool,
    row_names: bool,
}

/// The frame of a table that is a matrix: rows and columns agree, all else is numbers.
fn frame(rows: &Table) -> Option<Frame> {
    let (first, rest) = rows.split_first()?;
    let body = |from: usize| rest.iter().all(|r| r[from.min(r.len())..].iter().all(|c| is_cell(c)));
    let width = rest.first().map_or(first.len(), Vec::len);
    let names: Vec<&str> = rest.iter().map(|r| r.first().map_or("", String::as_str)).collect();
    // names in both, in the same order; the corner may be missing
    let titles: Vec<&str> = first.iter().skip(usize::from(first.len() == width)).map(String::as_str).collect();
    let has_corner = first.len() != width || !first.first().is_some_and(|c| is_number(c));
    let differ = titles.iter().collect::<std::collections::BTreeSet<_>>().len() == titles.len();
    if has_corner
        && differ
        && first.len() + 1 >= width
        && titles.iter().zip(&names).all(|(a, b)| a == b)
        && !titles.is_empty()
        && body(1)
        && width > 1
    {
        return Some(Frame { titles: true, row_names: true });
    }
    let all = rows.iter().all(|r| r.len() == first.len());
    if all && first.iter().all(|c| is_cell(c) && !c.is_empty()) && body(0) {
        return Some(Frame { titles: false, row_names: false });
    }
    if all && !first.iter().any(|c| is_cell(c)) && body(0) && first.len() > 1 {
        return Some(Frame { titles: true, row_names: false });
    }
    None
}

/// Whether this is a matrix beyond doubt: square, and nothing that a list of links with weights could be.
fn begins(head: &Head) -> bool {
    let text = String::from_utf8_lossy(&head.bytes);
    let text = if head.is_all { &text[..] } else { text.rsplit_once('\n').map_or("", |(whole, _)| whole) };
    let separator = separator_of(text);
    // cheap: most files are lists of links
    let first = text.lines().find(|l| !l.trim().is_empty() && !is_comment(l.trim().as_bytes())).unwrap_or("");
    let mut fields = Vec::new();
    if split(first.trim(), separator, b'"', &mut fields).is_err() || fields.len() < 3 {
        return false;
    }
    let Some(rows) = table(text, separator) else { return false };
    let Some(Frame { titles, row_names }) = frame(&rows) else { return false };
    let rows: Vec<&[String]> =
        rows.iter().skip(usize::from(titles)).map(|r| &r[usize::from(row_names).min(r.len())..]).collect();
    let width = rows.first().map_or(0, |r| r.len());
    let fits = if head.is_all { rows.len() == width } else { rows.len() < width };
    if width < 3 || !fits {
        return false;
    }
    if row_names {
        return true;
    }
    let bits = rows.iter().all(|r| r.iter().all(|c| is_zero(c) || c.parse() == Ok(1.0)));
    let diagonal = rows.iter().enumerate().all(|(i, r)| r.get(i).is_some_and(|c| is_zero(c)));
    let symmetric = || {
        head.is_all
            && (0..width).all(|i| (0..i).all(|j| rows[i].get(j).zip(rows[j].get(i)).is_some_and(|(a, b)| a == b)))
    };
    bits || width > 3 && diagonal || symmetric()
}

/// Reads a matrix.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let separator = match options.separator {
        Some(' ') => Separator::White,
        Some(sign) => Separator::Sign(sign as u8),
        None => separator_of(&text),
    };
    let rows = table(&text, separator).ok_or_else(|| Fault::whole("a quote is opened and not closed in a line"))?;
    let expected = "a square table of numbers, perhaps with names above and before it";
    let mut frame =
        frame(&rows).ok_or_else(|| Fault::whole(format!("this is no adjacency matrix: expected {expected}")))?;
    if let Some(header) = options.header {
        frame.titles = header;
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or(0) - usize::from(frame.row_names);
    let height = rows.len() - usize::from(frame.titles);
    if width != height {
        return Err(Fault::whole(format!("{height} rows and {width} columns: a network is a square matrix")));
    }
    report.separator = Some(separator.to_string());
    let mut graph = Graph::default();
    for v in 0..height {
        let name = match (frame.titles, frame.row_names) {
            (_, true) => rows[v + usize::from(frame.titles)][0].clone(),
            (true, false) => rows[0][v].clone(),
            (false, false) => v.to_string(),
        };
        if !graph.node(&name)?.1 {
            return Err(Fault::whole(format!("two rows are called {}", shown(&name))));
        }
    }
    if frame.titles {
        report.header = Some(rows[0].join(" "));
    }
    let cells: Vec<&[String]> =
        rows.iter().skip(usize::from(frame.titles)).map(|r| &r[usize::from(frame.row_names)..]).collect();
    for (i, row) in cells.iter().enumerate() {
        if row.len() != width {
            return Err(Fault::whole(format!("row {} has {} numbers, the first has {width}", i + 1, row.len())));
        }
    }
    let symmetric = (0..height).all(|i| (0..i).all(|j| is_zero(&cells[i][j]) == is_zero(&cells[j][i])));
    let mut weights = 0;
    for (u, row) in cells.iter().enumerate() {
        for (v, cell) in row.iter().enumerate().filter(|(v, cell)| !is_zero(cell) && (!symmetric || *v >= u)) {
            weights += u64::from(cell.parse() != Ok(1.0));
            graph.link([u as u32, v as u32], !symmetric);
        }
    }
    report.listed = graph.links();
    report.ignore("matrix values", weights);
    graph.build(!symmetric, options, report)
}
