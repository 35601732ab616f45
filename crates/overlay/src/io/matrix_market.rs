//! Matrix Market (Boisvert, Pozo & Remington 1996): a sparse matrix as a list of entries, or a dense one as an array.
//!
//! Files of the Network Repository named `.edges` begin with the same banner and have the size in a comment (`%4 4 4`), or
//! not at all: their lines are entries from the first on.

use super::error::Fault;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::{believed, lines, shown, slurp};
use super::written::Written;
use super::{Format, ReadOptions, WriteError};
use crate::{Names, Overlay};
use std::io::{Read, Write};

pub(super) const ROW: Row = Row {
    format: Format::MatrixMarket,
    name: "Matrix Market",
    key: "matrix-market",
    endings: &["mtx", "mm"],
    begins: |head| {
        let head = super::graphml::xml::beginning(&head.bytes);
        head.get(..BANNER.len()).is_some_and(|h| h.eq_ignore_ascii_case(BANNER))
    },
    read,
    write: Some(write),
};

const BANNER: &[u8] = b"%%MatrixMarket";
const HEADER: &str =
    "`%%MatrixMarket matrix coordinate|array pattern|integer|real|complex general|symmetric|skew-symmetric|hermitian`";

/// What the banner says.
#[derive(Clone, Copy)]
struct Banner {
    is_array: bool,
    /// Numbers of an entry: 0, 1, or 2 for complex ones.
    values: usize,
    /// Whether only one triangle is listed, and whether its diagonal is.
    symmetric: bool,
    skew: bool,
}

/// Reads a Matrix Market file.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let mut all = lines(&text).map(|(number, line)| (number, line.trim()));
    let (_, first) = all.next().ok_or_else(|| Fault::whole("the file is empty"))?;
    let banner = header(first).map_err(|reason| Fault::at(1, reason))?;
    let mut size_comment = None;
    let mut rows = Vec::new();
    for (number, line) in all {
        if let Some(comment) = line.strip_prefix('%') {
            report.comments += 1;
            if rows.is_empty() && size_comment.is_none() {
                size_comment = integers::<3>(comment).map(|size| (number, size));
            }
        } else if !line.is_empty() {
            rows.push((number, line));
        }
    }
    if banner.is_array {
        return array(&rows, banner, options, report);
    }
    let (number, size, rows) = size(&rows, size_comment, banner)?;
    let [height, width, entries] = size;
    if height != width {
        return Err(Fault::at(number, format!("{height} rows and {width} columns: a network is a square matrix")));
    }
    let n = believed(height, rows.len() as u64).map_err(|reason| Fault::at(number, reason))?;
    let mut links = Vec::new();
    for &(number, line) in rows {
        if links.len() as u64 == entries {
            return Err(Fault::at(number, format!("more than the {entries} entries that the header promises")));
        }
        let link = entry(line, n, banner.values).map_err(|reason| Fault::at(number, reason))?;
        links.push(link);
    }
    if (links.len() as u64) < entries {
        let found = links.len();
        return Err(Fault::whole(format!("the header promises {entries} entries, there are {found}: is it cut off?")));
    }
    if banner.values > 0 {
        report.ignore("matrix values", entries);
    }
    report.listed = entries;
    Ok(build(n, links, banner.symmetric, options, report))
}

/// The size, where it stands, and the entries. In a comment or nowhere, the first line is an entry already.
type Sized<'l, 't> = (u64, [u64; 3], &'l [(u64, &'t str)]);

fn size<'l, 't>(
    rows: &'l [(u64, &'t str)],
    comment: Option<(u64, [u64; 3])>,
    banner: Banner,
) -> Result<Sized<'l, 't>, Fault> {
    if let Some((number, size)) = comment.filter(|(_, size)| size[2] == rows.len() as u64) {
        return Ok((number, size, rows));
    }
    let &(number, line) = rows.first().ok_or_else(|| Fault::whole("the file ends before the size of the matrix"))?;
    // without a size, a pattern's lines all have two numbers
    let pairs = || rows.iter().all(|(_, row)| integers::<2>(row).is_some());
    if banner.values == 0 && rows.len() > 1 && pairs() {
        let largest = rows.iter().filter_map(|(_, row)| integers::<2>(row)).flatten().max().unwrap_or(0);
        return Ok((number, [largest, largest, rows.len() as u64], rows));
    }
    // with values, a first line that is no square size is an entry
    let is_size = integers::<3>(line).is_some_and(|[height, width, _]| height == width);
    let indices = |row: &str| -> Option<[u64; 2]> {
        let words: Vec<&str> = row.split_ascii_whitespace().collect();
        (words.len() == 2 + banner.values).then_some(())?;
        Some([words[0].parse().ok()?, words[1].parse().ok()?])
    };
    if banner.values > 0
        && !is_size
        && rows.len() > 1
        && rows.iter().all(|(_, row)| indices(row).is_some_and(|[a, b]| a > 0 && b > 0))
    {
        let largest = rows.iter().filter_map(|(_, row)| indices(row)).flatten().max().unwrap_or(0);
        return Ok((number, [largest, largest, rows.len() as u64], rows));
    }
    let size = integers(line)
        .ok_or_else(|| Fault::at(number, format!("expected rows, columns, entries; found {}", shown(line))))?;
    Ok((number, size, &rows[1..]))
}

fn build(n: u32, mut links: Vec<[u32; 2]>, symmetric: bool, options: &ReadOptions, report: &mut Report) -> Overlay {
    let overlay = if options.directed.unwrap_or(!symmetric) {
        if symmetric {
            let back: Vec<_> = links.iter().filter(|[u, v]| u != v).map(|[u, v]| [*v, *u]).collect();
            links.extend(back);
        }
        report.arcs(n, &links)
    } else {
        report.direction_dropped = !symmetric;
        report.edges(n, &links)
    };
    overlay.with_names(Names::from_integers((1..=u64::from(n)).collect()))
}

/// A dense matrix, column by column; of a symmetric one the lower triangle.
fn array(rows: &[(u64, &str)], banner: Banner, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let (&(number, line), values) =
        rows.split_first().ok_or_else(|| Fault::whole("the file ends before the size of the matrix"))?;
    let [height, width] =
        integers(line).ok_or_else(|| Fault::at(number, format!("expected rows and columns; found {}", shown(line))))?;
    if height != width {
        return Err(Fault::at(number, format!("{height} rows and {width} columns: a network is a square matrix")));
    }
    let n = believed(height, values.len() as u64).map_err(|reason| Fault::at(number, reason))?;
    let first = |column: u32| match (banner.symmetric, banner.skew) {
        (false, _) => 0,
        (true, skew) => column + u32::from(skew),
    };
    let mut places = (0..n).flat_map(|column| (first(column)..n).map(move |row| [row, column]));
    let mut links = Vec::new();
    for &(number, line) in values {
        let place = places.next().ok_or_else(|| Fault::at(number, "more values than the size promises"))?;
        let mut is_zero = true;
        for word in line.split_ascii_whitespace() {
            let x: f64 = word.parse().map_err(|_| Fault::at(number, format!("{} is not a number", shown(word))))?;
            is_zero &= x == 0.0;
        }
        if !is_zero {
            links.push(place);
        }
    }
    if places.next().is_some() {
        return Err(Fault::whole(format!("there are {} values, the size promises more: is it cut off?", values.len())));
    }
    report.listed = links.len() as u64;
    report.ignore("matrix values", links.len() as u64);
    Ok(build(n, links, banner.symmetric, options, report))
}

fn header(line: &str) -> Result<Banner, String> {
    let lower = line.to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let unsupported = |what: &str, word: &str| format!("{what} {} is not supported; expected {HEADER}", shown(word));
    let ["%%matrixmarket", object, layout, field, symmetry] = words[..] else {
        return Err(format!("expected {HEADER}, found {}", shown(line)));
    };
    if object != "matrix" {
        return Err(unsupported("object", object));
    }
    let is_array = match layout {
        "coordinate" => false,
        "array" => true,
        other => return Err(unsupported("layout", other)),
    };
    let values = match field {
        "pattern" if !is_array => 0,
        "integer" | "real" | "double" => 1,
        "complex" => 2,
        other => return Err(unsupported("field", other)),
    };
    let (symmetric, skew) = match symmetry {
        "general" => (false, false),
        "symmetric" | "hermitian" => (true, false),
        "skew-symmetric" => (true, true),
        other => return Err(unsupported("symmetry", other)),
    };
    Ok(Banner { is_array, values, symmetric, skew })
}

fn integers<const N: usize>(line: &str) -> Option<[u64; N]> {
    let mut words = line.split_ascii_whitespace();
    let mut values = [0; N];
    for value in &mut values {
        *value = words.next()?.parse().ok()?;
    }
    words.next().is_none().then_some(values)
}

fn entry(line: &str, n: u32, values: usize) -> Result<[u32; 2], String> {
    let mut words = line.split_ascii_whitespace();
    let mut index = |what: &str| {
        let word = words.next().ok_or_else(|| format!("expected row and column, found {}", shown(line)))?;
        match word.parse::<u32>() {
            Ok(i) if (1..=n).contains(&i) => Ok(i - 1),
            _ => Err(format!("the {what} {} is not a number from 1 to {n}", shown(word))),
        }
    };
    let link = [index("row")?, index("column")?];
    for _ in 0..values {
        if words.next().is_none_or(|v| v.parse::<f64>().is_err()) {
            return Err(format!("expected row, column and a value, found {}", shown(line)));
        }
    }
    if words.next().is_some() {
        return Err(format!("too many columns: {}", shown(line)));
    }
    Ok(link)
}

/// Writes a pattern. Names and attributes have no place in it; nodes are `1..=n`.
fn write(overlay: &Overlay, out: &mut dyn Write) -> Result<Written, WriteError> {
    let directed = !overlay.is_symmetric();
    let symmetry = if directed { "general" } else { "symmetric" };
    writeln!(out, "%%MatrixMarket matrix coordinate pattern {symmetry}")?;
    let n = overlay.nodes();
    writeln!(out, "{n} {n} {}", overlay.edges())?;
    for [u, v] in overlay.out().iter_arcs().filter(|[u, v]| directed || u > v) {
        writeln!(out, "{} {}", u + 1, v + 1)?;
    }
    Ok(Written::without_attributes(overlay).without_names(overlay, 1))
}
