//! The first rows of a file, and what separates their names.

use super::dialect::is_number;
use super::fields::{Separator, is_comment, split};
use crate::io::error::Fault;
use crate::io::{Format, ReadOptions};
use std::borrow::Cow;

/// Rows that are looked at.
const ROWS: usize = 400;
const ARROWS: [&str; 9] = ["<->", "<-->", "-->", "->", "=>", "--", "\u{2192}", "\u{2194}", "\u{2014}"];

/// The first rows.
pub(super) struct Sample<'a> {
    pub(super) rows: Vec<Cow<'a, str>>,
    pub(super) comments: Vec<&'a str>,
    /// The sign that a first line `sep=;` names.
    pub(super) sign: Option<u8>,
}

impl<'a> Sample<'a> {
    pub(super) fn of(text: &'a str, is_all: bool) -> Sample<'a> {
        let mut sample = Sample { rows: Vec::new(), comments: Vec::new(), sign: None };
        let mut lines: Vec<(u64, &str)> = crate::io::text::lines(text).collect();
        if !is_all && lines.len() > 1 {
            lines.pop();
        }
        let mut open: Option<String> = None;
        for (number, line) in lines {
            if let Some(mut record) = open.take() {
                record.push('\n');
                record.push_str(line);
                if record.matches('"').count().is_multiple_of(2) {
                    sample.rows.push(Cow::Owned(record));
                } else if record.len() < 4096 {
                    open = Some(record);
                }
                continue;
            }
            // a tab at the beginning is an empty title, perhaps
            if line.trim().is_empty() {
                continue;
            }
            let line = line.trim_matches(' ');
            if let (1, Some(sign)) = (number, sign_line(line)) {
                sample.sign = Some(sign);
            } else if is_comment(line.trim_start().as_bytes()) {
                if sample.rows.is_empty() {
                    sample.comments.push(line);
                }
            } else if opens(line) {
                open = Some(line.to_owned());
            } else {
                sample.rows.push(Cow::Borrowed(line));
            }
            if sample.rows.len() == ROWS {
                break;
            }
        }
        // a quote that is never closed: the lines speak for themselves
        if let Some(record) = open {
            sample.rows.push(Cow::Owned(record.lines().next().unwrap_or_default().to_owned()));
        }
        sample
    }

    /// The rows in fields.
    pub(super) fn split(&self, separator: Separator, quote: u8) -> Option<Vec<Vec<Cow<'_, str>>>> {
        self.rows
            .iter()
            .map(|row| {
                let mut fields = Vec::new();
                split(row, separator, quote, &mut fields).ok()?;
                Some(fields)
            })
            .collect()
    }
}

/// Whether a quoted field begins in this line and does not end in it.
fn opens(line: &str) -> bool {
    let quotes = line.matches('"').count();
    !quotes.is_multiple_of(2) && [",\"", ";\"", "\t\"", "|\""].iter().any(|o| line.contains(o)) | line.starts_with('"')
}

/// What a first line `sep=;` says, which Excel writes and reads.
fn sign_line(line: &str) -> Option<u8> {
    let rest = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    match rest.as_bytes() {
        [] => Some(b'\t'),
        [sign] => Some(*sign),
        _ => None,
    }
}

/// The titles that a comment above the data gives.
pub(super) fn comment_titles(comment: &str, separator: Separator) -> Vec<String> {
    let body = comment.trim_start_matches(['#', '%', '/']).trim();
    let mut out = Vec::new();
    let _ = split(body, separator, b'"', &mut out);
    out.iter().map(|t| t.to_string()).collect()
}

/// Whether names stand in single quotes and hold the separator.
pub(super) fn single_quotes(sample: &Sample<'_>, sign: u8) -> bool {
    let sign = char::from(sign);
    !sample.rows.iter().any(|r| r.contains('"'))
        && sample.rows.iter().any(|row| {
            let fields: Vec<&str> = row.split(sign).map(str::trim).collect();
            let opened = fields.iter().position(|f| f.starts_with('\'') && (f.len() == 1 || !f.ends_with('\'')));
            opened.is_some_and(|i| fields[i + 1..].iter().any(|f| f.ends_with('\'')))
        })
}

/// What separates the names, from the rows.
pub(super) fn separator(sample: &Sample<'_>, format: Format, options: &ReadOptions) -> Result<Separator, Fault> {
    if sample.rows.is_empty() {
        return Ok(Separator::White);
    }
    // `0 1 {'weight': 3}`: what stands in braces has separators of its own
    let rows: Vec<&str> = sample
        .rows
        .iter()
        .map(|row| if row.ends_with('}') { row.split_once('{').map_or(&row[..], |(a, _)| a).trim_end() } else { row })
        .map(|row| row.trim_end_matches([',', ' ']))
        .collect();
    let white = counts(&rows, Separator::White);
    for arrow in ARROWS {
        let spaced = rows.iter().all(|r| r.contains(&format!(" {arrow} ")));
        let tight =
            || white.is_none() && rows.iter().all(|r| r.split(arrow).filter(|p| !p.trim().is_empty()).count() > 1);
        if spaced
            || tight()
                && counts(&rows, Separator::Sign(b',')).is_none()
                && counts(&rows, Separator::Sign(b'\t')).is_none()
        {
            return Ok(Separator::Arrow(arrow));
        }
    }
    let is_table = options.format == Some(Format::Table) || format == Format::Table;
    let sign = |sign: u8| counts(&rows, Separator::Sign(sign)).map(|(fewest, most)| (sign, fewest, most));
    let is_even = |found: &(u8, usize, usize)| found.1 == found.2;
    let tab = sign(b'\t');
    if let Some((..)) = tab {
        return Ok(if tabs_are_blanks(&rows) { Separator::White } else { Separator::Sign(b'\t') });
    }
    let found: Vec<(u8, usize, usize)> = [b';', b',', b'|'].into_iter().filter_map(sign).collect();
    let Some(&best) = found.iter().find(|f| is_even(f)).or(found.first()) else {
        // no sign is in every row: where most have one, the others are wrong, and the reader says which
        let most = |sign: char| sample.rows.iter().filter(|r| r.contains(sign)).count() * 2 > rows.len();
        let common = [';', ',', '|'].into_iter().find(|s| most(*s) && white.is_none());
        return Ok(common.map_or(Separator::White, |s| Separator::Sign(s as u8)));
    };
    // `Smith,J Doe,A`: a table of three columns, or two names with commas?
    if let (false, Some((2, 2)), (_, 3.., _)) = (is_table, white, best)
        && rows.iter().all(|r| !r.contains([' ', '\t']) || !r.contains(", "))
        && rows.iter().all(|r| r.split_whitespace().all(|w| w.contains(char::from(best.0))))
    {
        return Err(Fault::whole(format!(
            "blanks and {} both separate; which is it? say --sep space or --sep '{}'",
            Separator::Sign(best.0),
            char::from(best.0)
        )));
    }
    if !is_even(&best) && !is_table && white.is_some_and(|(a, b)| a == b) && best.0 == b',' {
        return Ok(Separator::White);
    }
    Ok(Separator::Sign(best.0))
}

/// The fewest and the most fields of a row, if every row has two or more.
fn counts(rows: &[&str], separator: Separator) -> Option<(usize, usize)> {
    let mut fields = Vec::new();
    let (mut fewest, mut most) = (usize::MAX, 0);
    for row in rows {
        match split(row, separator, b'"', &mut fields) {
            Ok(()) => {
                fewest = fewest.min(fields.len());
                most = most.max(fields.len());
            }
            Err(_) if matches!(separator, Separator::White) => return None,
            Err(_) => {}
        }
    }
    (2..usize::MAX).contains(&fewest).then_some((fewest, most))
}

/// Whether tabs only stand where blanks could: no name holds a blank, or the first column is two numbers.
fn tabs_are_blanks(rows: &[&str]) -> bool {
    // a title that is empty makes the first row shorter, without its tab, than all others
    let width = |r: &&str| r.trim().split('\t').count();
    let even = rows.iter().all(|r| width(r) == width(&rows[0]));
    let indented = rows.iter().any(|r| r.starts_with('\t'));
    let fields = |r: &&str| r.trim().split('\t').all(|f| !f.is_empty() && !f.trim().contains(' '));
    let plain = rows.iter().all(|r| !r.contains('"') && fields(r)) && (even || !indented);
    let pairs = rows.iter().all(|r| {
        let words: Vec<&str> = r.split('\t').next().unwrap_or("").split_whitespace().collect();
        words.len() == 2 && words.iter().all(|w| is_number(w))
    });
    plain || pairs
}
