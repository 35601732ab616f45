//! Matrix Market, coordinate format (Boisvert, Pozo & Remington 1996): a sparse matrix as a list of entries.

use super::error::Fault;
use super::report::Report;
use super::text::{lines, shown, slurp};
use crate::{Names, Overlay};
use std::io::Read;

const HEADER: &str = "`%%MatrixMarket matrix coordinate pattern|integer|real general|symmetric`";
/// A matrix of this size is believed without entries; a larger one must have an entry for every thousand nodes.
const BELIEVED: u64 = 10_000_000;

/// Reads a Matrix Market file.
pub(super) fn read(content: &mut dyn Read, directed: Option<bool>, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let mut lines = lines(&text).map(|(number, line)| (number, line.trim()));
    let (_, first) = lines.next().ok_or_else(|| Fault::whole("the file is empty"))?;
    let (has_values, symmetric) = header(first).map_err(|reason| Fault::at(1, reason))?;
    let mut lines = lines.filter(|(_, line)| {
        let is_comment = line.starts_with('%');
        report.comments += u64::from(is_comment);
        !is_comment && !line.is_empty()
    });
    let (number, size) = lines.next().ok_or_else(|| Fault::whole("the file ends before the size of the matrix"))?;
    let [rows, columns, entries] = integers(size)
        .ok_or_else(|| Fault::at(number, format!("expected rows, columns, entries; found {}", shown(size))))?;
    if rows != columns {
        return Err(Fault::at(number, format!("{rows} rows and {columns} columns: a network is a square matrix")));
    }
    let n = u32::try_from(rows).map_err(|_| Fault::at(number, format!("{rows} nodes; 32 bits number 4294967295")))?;
    if rows > BELIEVED.max(entries.saturating_mul(1000)) {
        return Err(Fault::at(number, format!("{rows} nodes and only {entries} entries: this is not a network")));
    }
    let mut links = Vec::new();
    for (number, line) in lines {
        if links.len() as u64 == entries {
            return Err(Fault::at(number, format!("more than the {entries} entries that the header promises")));
        }
        let link = entry(line, n, has_values).map_err(|reason| Fault::at(number, reason))?;
        links.push(link);
    }
    if (links.len() as u64) < entries {
        let found = links.len();
        return Err(Fault::whole(format!("the header promises {entries} entries, there are {found}: is it cut off?")));
    }
    if has_values {
        report.ignore("matrix values", entries);
    }
    report.listed = entries;
    let overlay = if directed.unwrap_or(!symmetric) {
        if symmetric {
            let back: Vec<_> = links.iter().filter(|[u, v]| u != v).map(|[u, v]| [*v, *u]).collect();
            links.extend(back);
        }
        report.arcs(n, &links)
    } else {
        report.direction_dropped = !symmetric;
        report.edges(n, &links)
    };
    Ok(overlay.with_names(Names::from_integers((1..=rows).collect())))
}

/// Whether entries have values, and whether only one triangle is listed.
fn header(line: &str) -> Result<(bool, bool), String> {
    let lower = line.to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let unsupported = |what: &str, word: &str| format!("{what} {} is not supported; expected {HEADER}", shown(word));
    let ["%%matrixmarket", object, layout, field, symmetry] = words[..] else {
        return Err(format!("expected {HEADER}, found {}", shown(line)));
    };
    if object != "matrix" {
        return Err(unsupported("object", object));
    }
    if layout != "coordinate" {
        return Err(unsupported("layout", layout));
    }
    let has_values = match field {
        "pattern" => false,
        "integer" | "real" => true,
        other => return Err(unsupported("field", other)),
    };
    match symmetry {
        "general" => Ok((has_values, false)),
        "symmetric" => Ok((has_values, true)),
        other => Err(unsupported("symmetry", other)),
    }
}

fn integers<const N: usize>(line: &str) -> Option<[u64; N]> {
    let mut words = line.split_ascii_whitespace();
    let mut values = [0; N];
    for value in &mut values {
        *value = words.next()?.parse().ok()?;
    }
    words.next().is_none().then_some(values)
}

fn entry(line: &str, n: u32, has_values: bool) -> Result<[u32; 2], String> {
    let mut words = line.split_ascii_whitespace();
    let mut index = |what: &str| {
        let word = words.next().ok_or_else(|| format!("expected row and column, found {}", shown(line)))?;
        match word.parse::<u32>() {
            Ok(i) if (1..=n).contains(&i) => Ok(i - 1),
            _ => Err(format!("the {what} {} is not a number from 1 to {n}", shown(word))),
        }
    };
    let link = [index("row")?, index("column")?];
    let value = words.next();
    if has_values && value.is_none_or(|v| v.parse::<f64>().is_err()) {
        return Err(format!("expected row, column and a value, found {}", shown(line)));
    }
    if !has_values && value.is_some() || words.next().is_some() {
        return Err(format!("too many columns: {}", shown(line)));
    }
    Ok(link)
}
