//! graph6, sparse6 and digraph6 (B. D. McKay, *formats.txt* of nauty): a network as one line of printable signs.
//!
//! Nodes are called `0..n`. A file of several networks gives the first.

use super::error::Fault;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::{believed, slurp};
use super::{Format, ReadOptions};
use crate::Overlay;
use std::io::Read;

pub(super) const ROW: Row = Row {
    format: Format::Graph6,
    name: "graph6",
    key: "graph6",
    endings: &["g6", "s6", "d6", "graph6", "sparse6", "digraph6"],
    begins: |head| {
        let Ok(text) = std::str::from_utf8(&head.bytes) else { return false };
        if HEADERS.iter().any(|h| text.starts_with(h)) {
            return true;
        }
        // without a header: one word a line, of exactly the length that its first sign says
        let line = text.lines().next().unwrap_or("");
        let is_whole = line.len() < text.len() || head.is_all;
        line.len() > 1 && is_whole && !text.trim_end().contains([' ', '\t', ',', ';', '|']) && is_exact(line)
    },
    read,
    write: None,
};

const HEADERS: [&str; 3] = [">>graph6<<", ">>sparse6<<", ">>digraph6<<"];

/// Whether this is graph6 or digraph6 beyond doubt.
fn is_exact(line: &str) -> bool {
    let (directed, body) = line.strip_prefix('&').map_or((false, line), |rest| (true, rest));
    let body = body.as_bytes();
    if !body.iter().all(|b| (63..=126).contains(b)) {
        return false;
    }
    size(body).is_ok_and(|(n, rest)| n > 1 && Some(rest.len() as u64) == signs(n, directed))
}

/// How many signs hold the matrix of `n` nodes.
fn signs(n: u64, directed: bool) -> Option<u64> {
    let bits = if directed { n.checked_mul(n)? } else { n.checked_mul(n.saturating_sub(1))? / 2 };
    Some(bits.div_ceil(6))
}

/// The number of nodes, and what follows it.
fn size(body: &[u8]) -> Result<(u64, &[u8]), &'static str> {
    let number = |signs: &[u8]| signs.iter().fold(0u64, |sum, b| sum << 6 | u64::from(b - 63));
    match body {
        [126, 126, rest @ ..] if rest.len() >= 6 => Ok((number(&rest[..6]), &rest[6..])),
        [126, rest @ ..] if rest.len() >= 3 && rest[0] != 126 => Ok((number(&rest[..3]), &rest[3..])),
        [first, rest @ ..] if *first < 126 => Ok((u64::from(first - 63), rest)),
        _ => Err("the line ends inside the number of nodes: is it cut off?"),
    }
}

/// Reads the first line.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let text = HEADERS.iter().find_map(|h| text.strip_prefix(h)).unwrap_or(&text);
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let line = lines.next().ok_or_else(|| Fault::whole("there is no network in this file"))?;
    let more = lines.count();
    if more > 0 {
        report.notes.push(format!("the file holds {} networks: the first is read", more + 1));
    }
    let at = |reason: String| Fault::at(1, reason);
    let (kind, body) = match line.as_bytes() {
        [b':', rest @ ..] => ('s', rest),
        [b'&', rest @ ..] => ('d', rest),
        [b';', ..] => return Err(at("incremental sparse6 is not read: write each network whole".to_owned())),
        all => ('g', all),
    };
    if let Some(place) = body.iter().position(|b| !(63..=126).contains(b)) {
        let reason = format!("byte {:#04x} is not of graph6, whose signs are ? to ~", body[place]);
        return Err(Fault::At { line: 1, column: Some(place as u64 + 1), reason });
    }
    let (n, body) = size(body).map_err(|e| at(e.to_owned()))?;
    let mut bits = body.iter().flat_map(|b| (0..6).rev().map(move |i| (b - 63) >> i & 1 == 1));
    let mut links = Vec::new();
    if kind == 's' {
        let nodes = believed(n, body.len() as u64).map_err(at)?;
        sparse(nodes, &mut bits, &mut links);
    } else {
        let want = signs(n, kind == 'd');
        if want != Some(body.len() as u64) {
            let want = want.map_or("more".to_owned(), |w| w.to_string());
            return Err(at(format!("{n} nodes take {want} signs, there are {}: is it cut off?", body.len())));
        }
        // as many signs as pairs: n is small
        let n = n as u32;
        if kind == 'd' {
            let pairs = (0..n).flat_map(|u| (0..n).map(move |v| [u, v]));
            links.extend(pairs.zip(bits).filter(|(_, bit)| *bit).map(|(pair, _)| pair));
        } else {
            let pairs = (0..n).flat_map(|v| (0..v).map(move |u| [u, v]));
            links.extend(pairs.zip(bits).filter(|(_, bit)| *bit).map(|(pair, _)| pair));
        }
    }
    report.listed = links.len() as u64;
    let n = n as u32;
    Ok(match (options.directed.unwrap_or(kind == 'd'), kind == 'd') {
        (true, true) => report.arcs(n, &links),
        (true, false) => {
            let back: Vec<[u32; 2]> = links.iter().map(|[u, v]| [*v, *u]).collect();
            links.extend(back);
            report.arcs(n, &links)
        }
        (false, file_is_directed) => {
            report.direction_dropped = file_is_directed;
            report.edges(n, &links)
        }
    })
}

/// The list of edges in sparse6: a bit that says whether the upper end goes on, then a node.
fn sparse(n: u32, bits: &mut dyn Iterator<Item = bool>, links: &mut Vec<[u32; 2]>) {
    let width = 32 - n.saturating_sub(1).leading_zeros();
    let mut v = 0u64;
    loop {
        let Some(step) = bits.next() else { return };
        let mut x = 0u64;
        for _ in 0..width {
            let Some(bit) = bits.next() else { return };
            x = x << 1 | u64::from(bit);
        }
        v += u64::from(step);
        if v >= u64::from(n) {
            return;
        }
        if x > v {
            v = x;
            if v >= u64::from(n) {
                return;
            }
        } else {
            links.push([x as u32, v as u32]);
        }
    }
}
