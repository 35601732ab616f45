//! How a file lists its links: separator, titles, which columns. Decided on its first 64 KiB, once for the whole file.
//!
//! The first row is taken for titles on evidence only, and the report says so. Evidence is: a pair of opposite titles
//! (`source`, `target`) that no later row repeats; words above nothing but numbers; an empty title above row names; a row
//! that is the only one whose names never come again. Where the last is all there is, the reader refuses and asks.

use super::fields::{Separator, is_comment, split};
use super::titles;
use crate::io::error::Fault;
use crate::io::input::Head;
use crate::io::text::shown;
use crate::io::{Format, ReadOptions, Report};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Rows that are looked at.
const ROWS: usize = 400;
const ARROWS: [&str; 9] = ["<->", "<-->", "-->", "->", "=>", "--", "\u{2192}", "\u{2194}", "\u{2014}"];

/// How a file lists its links.
#[derive(Debug, Clone)]
pub(super) struct Dialect {
    pub(super) separator: Separator,
    pub(super) quote: u8,
    /// The columns that hold the ends.
    pub(super) ends: [usize; 2],
    /// The titles of the columns, if the first row holds them.
    pub(super) titles: Option<Vec<String>>,
    /// Whether the first row may still turn out to be titles, when all rows are known.
    pub(super) is_open: bool,
    /// Lines before the first row that are neither data nor comments.
    pub(super) skip: u64,
    /// Whether the two columns name nodes of two kinds.
    pub(super) bipartite: bool,
    /// The column whose whole numbers are written as `2.0`.
    pub(super) floats: Option<usize>,
}

/// The first rows.
struct Sample<'a> {
    rows: Vec<Cow<'a, str>>,
    comments: Vec<&'a str>,
    /// The sign that a first line `sep=;` names.
    sign: Option<u8>,
}

impl<'a> Sample<'a> {
    fn of(text: &'a str, is_all: bool) -> Sample<'a> {
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
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            if let (1, Some(sign)) = (number, sign_line(line)) {
                sample.sign = Some(sign);
            } else if is_comment(line.as_bytes()) {
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
    fn split(&self, separator: Separator, quote: u8) -> Option<Vec<Vec<Cow<'_, str>>>> {
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
pub(super) fn sign_line(line: &str) -> Option<u8> {
    let rest = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    match rest.as_bytes() {
        [] => Some(b'\t'),
        [sign] => Some(*sign),
        _ => None,
    }
}

/// Whether this is a number as programs write them: also `-1`, `1.0`, `1e5`, `007`.
pub(in crate::io) fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) && text.parse::<f64>().is_ok()
}

impl Dialect {
    /// The dialect of a file, from its beginning and from what the user says.
    pub(super) fn of(head: &Head, options: &ReadOptions, report: &mut Report) -> Result<Dialect, Fault> {
        let text = String::from_utf8_lossy(&head.bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let sample = Sample::of(text, head.is_all);
        let mut dialect = Dialect {
            separator: Separator::White,
            quote: b'"',
            ends: [0, 1],
            titles: None,
            is_open: true,
            skip: u64::from(sample.sign.is_some()),
            bipartite: false,
            floats: None,
        };
        dialect.separator = match (options.separator, sample.sign) {
            (Some(' '), _) => Separator::White,
            (Some(sign), _) => Separator::Sign(sign as u8),
            (None, Some(sign)) => Separator::Sign(sign),
            (None, None) => separator(&sample, report.format, options)?,
        };
        dialect.konect(&sample, options, report);
        let is_single = match dialect.separator {
            Separator::Sign(sign) => single_quotes(&sample, sign),
            // `'a b' 'c d'`
            _ => {
                sample.rows.iter().all(|r| r.starts_with('\'') && r.matches('\'').count() > 3)
                    && !sample.rows.is_empty()
            }
        };
        if is_single {
            dialect.quote = b'\'';
        }
        let Some(rows) = sample.split(dialect.separator, dialect.quote) else {
            // a line that cannot be taken apart is refused by the reader, which knows its number
            dialect.named_columns(options)?;
            return Ok(dialect);
        };
        dialect.columns(&rows, &sample, options, report)?;
        dialect.find_floats(&rows);
        Ok(dialect)
    }

    /// The first comment of a file of the Koblenz collection says how its two columns relate.
    fn konect(&mut self, sample: &Sample<'_>, options: &ReadOptions, report: &mut Report) {
        let mut words = sample.comments.first().and_then(|c| c.strip_prefix('%')).unwrap_or("").split_whitespace();
        let kind = words.next().unwrap_or("");
        let is_konect = words.next().is_some_and(|w| {
            [
                "unweighted",
                "weighted",
                "positive",
                "posweighted",
                "signed",
                "multisigned",
                "multiweighted",
                "dynamic",
                "multiposweighted",
            ]
            .contains(&w)
        });
        match kind {
            "bip" => self.bipartite = true,
            "asym" if is_konect && options.directed.is_none() => {
                report.notes.push(
                    "the file says that links have a direction (asym); read both ways, --directed keeps it".to_owned(),
                );
            }
            _ => {}
        }
    }

    /// Columns by number, where rows could not be looked at.
    fn named_columns(&mut self, options: &ReadOptions) -> Result<(), Fault> {
        let Some(names) = &options.columns else { return Ok(()) };
        for (end, name) in self.ends.iter_mut().zip(names) {
            *end = number(name).ok_or_else(|| Fault::whole(format!("no column is called {}", shown(name))))?;
        }
        Ok(())
    }

    /// Titles and ends.
    fn columns(
        &mut self,
        rows: &[Vec<Cow<'_, str>>],
        sample: &Sample<'_>,
        options: &ReadOptions,
        report: &mut Report,
    ) -> Result<(), Fault> {
        let Some((first, rest)) = rows.split_first() else { return self.named_columns(options) };
        if options.format.is_none() {
            self.refuse_what_is_no_list(rows, sample)?;
        }
        let titles: Vec<String> = first.iter().map(|t| t.to_string()).collect();
        if let Some(names) = &options.columns {
            let by_number = names.iter().all(|n| number(n).is_some());
            let places = names.each_ref().map(|name| place(&titles, name));
            let header = options.header.unwrap_or(places.iter().all(Option::is_some) || !by_number);
            for ((end, name), place) in self.ends.iter_mut().zip(names).zip(places) {
                let found = if header { place.or_else(|| number(name)) } else { number(name) };
                *end = found.ok_or_else(|| {
                    Fault::whole(format!("no column is called {}; the first row is {}", shown(name), list(&titles)))
                })?;
            }
            if self.ends[0] == self.ends[1] {
                return Err(Fault::whole("both ends in one column; name two columns"));
            }
            self.is_open = false;
            if header || options.header.is_none() && self.contrasts(first, rest) {
                self.titles = Some(titles);
            }
            return Ok(());
        }
        let found = titles::pair(&titles);
        let row_names = rest.iter().all(|r| r.len() == first.len() + 1)
            && !rest.is_empty()
            && !first.iter().any(|t| is_number(t))
            && self.are_row_names(sample, rest);
        if row_names {
            self.titles = Some(std::iter::once(String::new()).chain(titles).collect());
            self.is_open = false;
            let ends = found.map_or([0, 1], |(ends, _)| ends);
            self.ends = ends.map(|e| e + 1);
            return Ok(());
        }
        let is_header = match options.header {
            Some(said) => said,
            None => match self.evidence(first, rest, found, &titles) {
                Evidence::Titles => true,
                Evidence::None => false,
                Evidence::Unclear => {
                    return Err(Fault::at(
                        1 + self.skip,
                        format!(
                            "titles or a link? no later row has {} or {}; say --header yes or --header no",
                            shown(&titles[0]),
                            shown(&titles[1])
                        ),
                    ));
                }
            },
        };
        if is_header {
            self.ends = titled_ends(&titles, found).map_err(|reason| Fault::at(1 + self.skip, reason))?;
            self.titles = Some(titles);
            self.is_open = false;
        } else {
            // words above whole numbers, to the end of the file, may still be titles
            let whole = |c: &str| !c.is_empty() && c.bytes().all(|b| b.is_ascii_digit());
            let numbers = rest.iter().all(|r| r.iter().take(2).all(|c| whole(c)));
            self.is_open = options.header.is_none() && numbers && !first.iter().take(2).any(|c| is_number(c));
            self.untitled_ends(rows, sample, report);
        }
        Ok(())
    }

    /// Rows that are something else, though they would pass for links: in brackets, or of uneven length.
    fn refuse_what_is_no_list(&self, rows: &[Vec<Cow<'_, str>>], sample: &Sample<'_>) -> Result<(), Fault> {
        let closed = |r: &str| {
            [("<", ">"), ("(", ")"), ("[", "]"), ("{", "}")].iter().any(|(a, b)| r.starts_with(a) && r.ends_with(b))
        };
        if sample.rows.iter().all(|r| closed(r.trim_end_matches([',', ';']))) {
            return Err(Fault::whole("pairs in brackets of a kind that is not read; write two names a line"));
        }
        if self.separator != Separator::White {
            return Ok(());
        }
        let widths = |w: fn(usize, usize) -> usize, start| rows.iter().map(Vec::len).fold(start, w);
        let (fewest, most) = (widths(Ord::min, usize::MAX), widths(Ord::max, 0));
        if most < 3 || fewest == most {
            return Ok(());
        }
        let ends: BTreeMap<&str, ()> = rows.iter().flat_map(|r| r.iter().take(2)).map(|c| (c.as_ref(), ())).collect();
        let mut thirds = rows.iter().filter_map(|r| r.get(2)).peekable();
        let beside =
            |c: &str| c.starts_with(['{', '#', '%']) || c.starts_with("//") || is_number(c) && !ends.contains_key(c);
        if rows.len() > 1 && thirds.peek().is_some() && !thirds.any(|c| beside(c)) {
            return Err(Fault::whole(
                "rows differ in length: neighbours of a node, or a link and more? say --format adjacency-list or --format edge-list",
            ));
        }
        Ok(())
    }

    /// Whether the rows begin with the names that R gives them: in quotes, or 1, 2, 3.
    fn are_row_names(&self, sample: &Sample<'_>, rest: &[Vec<Cow<'_, str>>]) -> bool {
        let counts = rest.iter().enumerate().all(|(i, row)| row[0] == (i + 1).to_string());
        let quoted = sample.rows.iter().all(|row| row.starts_with('"'));
        counts || quoted
    }

    /// Whether the first row has words where all others have numbers.
    fn contrasts(&self, first: &[Cow<'_, str>], rest: &[Vec<Cow<'_, str>>]) -> bool {
        !rest.is_empty()
            && self.ends.iter().all(|&e| {
                first.get(e).is_some_and(|t| !is_number(t))
                    && rest.iter().all(|r| r.get(e).is_some_and(|c| is_number(c)))
            })
    }

    fn evidence(
        &self,
        first: &[Cow<'_, str>],
        rest: &[Vec<Cow<'_, str>>],
        found: Option<([usize; 2], bool)>,
        titles: &[String],
    ) -> Evidence {
        if first.len() < 2 {
            return Evidence::None;
        }
        let ends = found.map_or([0, 1], |(ends, _)| ends);
        if first.iter().any(|t| is_number(t)) {
            return Evidence::None;
        }
        let recurs = |names: [usize; 2]| {
            rest.iter().any(|row| {
                ends.iter().filter_map(|&e| row.get(e)).any(|c| names.iter().any(|&n| first.get(n) == Some(c)))
            })
        };
        if let Some((ends, true)) = found {
            return if recurs(ends) { Evidence::None } else { Evidence::Titles };
        }
        if rest.is_empty() || recurs(ends) {
            return Evidence::None;
        }
        let is_white = self.separator == Separator::White;
        // an empty title stands above row names, words stand above weights
        let empty_first = first[0].is_empty();
        let column = |i: usize| rest.iter().all(|row| row.get(i).is_some_and(|c| is_number(c)));
        let told = first.len() > 2 && (0..first.len()).any(|i| titles::is_beside(&titles[i]) && column(i));
        let beside = told || (0..first.len()).filter(|i| first.len() > 2 && !ends.contains(i)).any(column);
        if empty_first || beside || found.is_some() && ends.iter().all(|e| column(*e)) {
            return Evidence::Titles;
        }
        if ends.iter().all(|e| column(*e)) {
            // all rows to the end of the file must agree: whole numbers are checked there
            let whole = |c: &str| c.bytes().all(|b| b.is_ascii_digit());
            let all = rest.iter().all(|row| ends.iter().all(|&e| row.get(e).is_some_and(|c| whole(c))));
            return if all { Evidence::None } else { Evidence::Titles };
        }
        if is_white || matches!(self.separator, Separator::Arrow(_)) || rest.len() < 2 {
            return Evidence::None;
        }
        // of a network, one link that hangs together with nothing, and it is the first: these may be titles
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        for row in rest {
            ends.iter().filter_map(|&e| row.get(e)).for_each(|c| *times.entry(c).or_default() += 1);
        }
        let alone = |row: &Vec<Cow<'_, str>>| ends.iter().all(|&e| row.get(e).is_none_or(|c| times[c.as_ref()] == 1));
        if found.is_some() || ends.iter().all(|&e| titles::is_known(&titles[e])) {
            return Evidence::Titles;
        }
        if rest.iter().any(alone) { Evidence::None } else { Evidence::Unclear }
    }

    /// The ends where there are no titles: the first two columns, unless a comment names others or the first holds times.
    fn untitled_ends(&mut self, rows: &[Vec<Cow<'_, str>>], sample: &Sample<'_>, report: &mut Report) {
        let width = rows.iter().map(Vec::len).min().unwrap_or(0);
        if width < 3 {
            return;
        }
        if let Some(titles) = sample.comments.last().map(|c| comment_titles(c, self.separator))
            && titles.len() == width
            && let Some((ends, true)) = titles::pair(&titles)
        {
            self.ends = ends;
            return;
        }
        let times: Option<Vec<f64>> = rows.iter().map(|r| time(&r[0])).collect();
        let others = |i: usize| rows.iter().any(|r| time(&r[i]).is_none());
        if let Some(times) = times
            && times.len() > 1
            && times.is_sorted()
            && others(1)
            && others(2)
        {
            self.ends = [1, 2];
            report
                .notes
                .push("the first column holds times: the ends are columns 2 and 3 (--columns 1,2 if not)".into());
        }
    }

    /// A column of whole numbers beside one of numbers as `2.0`: the same nodes, through a column with gaps in pandas.
    fn find_floats(&mut self, rows: &[Vec<Cow<'_, str>>]) {
        let rows = &rows[usize::from(self.titles.is_some()).min(rows.len())..];
        let whole = |c: &str| !c.is_empty() && c.bytes().all(|b| b.is_ascii_digit());
        let float = |c: &str| c.strip_suffix(".0").is_some_and(whole);
        let all = |e: usize, test: &dyn Fn(&str) -> bool| rows.iter().all(|r| r.get(e).is_some_and(|c| test(c)));
        let [a, b] = self.ends;
        if rows.len() > 1 {
            self.floats = match () {
                () if all(a, &whole) && all(b, &float) => Some(b),
                () if all(b, &whole) && all(a, &float) => Some(a),
                () => None,
            };
        }
    }
}

/// The ends where titles are known.
fn titled_ends(titles: &[String], found: Option<([usize; 2], bool)>) -> Result<[usize; 2], String> {
    if let Some((ends, true)) = found {
        return Ok(ends);
    }
    let left: Vec<usize> = (0..titles.len()).filter(|i| !titles::is_beside(&titles[*i])).collect();
    match (left.as_slice(), found) {
        ([a, b], _) => Ok([*a, *b]),
        (_, Some((ends, _))) => Ok(ends),
        ([0, 1, ..], None) => Ok([0, 1]),
        _ if titles.len() == 2 => Ok([0, 1]),
        _ => Err(format!(
            "which two columns are the ends of a link? name them: --columns a,b; titles are {}",
            list(titles)
        )),
    }
}

/// The ends of a table whose titles are known, named or found.
pub(in crate::io) fn ends_of(titles: &[String], options: &ReadOptions) -> Result<[usize; 2], String> {
    let Some(names) = &options.columns else { return titled_ends(titles, titles::pair(titles)) };
    let mut ends = [0; 2];
    for (end, name) in ends.iter_mut().zip(names) {
        let found = place(titles, name).or_else(|| number(name).filter(|i| *i < titles.len()));
        *end = found.ok_or_else(|| format!("no column is called {}; titles are {}", shown(name), list(titles)))?;
    }
    if ends[0] == ends[1] { Err("both ends in one column; name two columns".to_owned()) } else { Ok(ends) }
}

enum Evidence {
    Titles,
    None,
    Unclear,
}

/// A column number of a command line, from 0.
fn number(name: &str) -> Option<usize> {
    name.trim().parse::<usize>().ok().filter(|n| (1..=1_000_000).contains(n)).map(|n| n - 1)
}

/// Where a title stands; case does not matter if only one fits.
fn place(titles: &[String], name: &str) -> Option<usize> {
    let name = name.trim();
    titles.iter().position(|t| t.trim() == name).or_else(|| {
        let mut fits = (0..titles.len()).filter(|i| titles[*i].trim().eq_ignore_ascii_case(name));
        fits.next().filter(|_| fits.next().is_none())
    })
}

fn list(titles: &[String]) -> String {
    let mut text = titles.iter().take(12).map(|t| shown(t)).collect::<Vec<_>>().join(", ");
    if titles.len() > 12 {
        text.push_str(", …");
    }
    text
}

/// The titles that a comment above the data gives.
fn comment_titles(comment: &str, separator: Separator) -> Vec<String> {
    let body = comment.trim_start_matches(['#', '%', '/']).trim();
    let mut out = Vec::new();
    let _ = split(body, separator, b'"', &mut out);
    out.iter().map(|t| t.to_string()).collect()
}

/// A point in time: seconds or milliseconds since 1970 between 1998 and 2036, or a date of ISO 8601.
fn time(text: &str) -> Option<f64> {
    if let Ok(x) = text.parse::<f64>() {
        let seconds = if x > 1e11 { x / 1e3 } else { x };
        return (text.len() >= 9 && (9e8..2.1e9).contains(&seconds)).then_some(seconds);
    }
    let b = text.as_bytes();
    let digits = |from: usize, to: usize| b.get(from..to).is_some_and(|d| d.iter().all(u8::is_ascii_digit));
    let is_date = digits(0, 4) && b.get(4) == Some(&b'-') && digits(5, 7) && b.get(7) == Some(&b'-') && digits(8, 10);
    if !is_date {
        return None;
    }
    // sorted as text is sorted in time: the first bytes as one number
    Some(text.bytes().filter(u8::is_ascii_digit).take(14).fold(0.0, |sum, d| sum * 10.0 + f64::from(d - b'0')))
}

/// Whether names stand in single quotes and hold the separator.
fn single_quotes(sample: &Sample<'_>, sign: u8) -> bool {
    let sign = char::from(sign);
    !sample.rows.iter().any(|r| r.contains('"'))
        && sample.rows.iter().any(|row| {
            let fields: Vec<&str> = row.split(sign).map(str::trim).collect();
            let opened = fields.iter().position(|f| f.starts_with('\'') && (f.len() == 1 || !f.ends_with('\'')));
            opened.is_some_and(|i| fields[i + 1..].iter().any(|f| f.ends_with('\'')))
        })
}

/// What separates the names, from the rows.
fn separator(sample: &Sample<'_>, format: Format, options: &ReadOptions) -> Result<Separator, Fault> {
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
    (fewest >= 2 && fewest < usize::MAX).then_some((fewest, most))
}

/// Whether tabs only stand where blanks could: no name holds a blank, or the first column is two numbers.
fn tabs_are_blanks(rows: &[&str]) -> bool {
    let plain =
        rows.iter().all(|r| !r.contains('"') && r.split('\t').all(|f| !f.is_empty() && !f.trim().contains(' ')));
    let pairs = rows.iter().all(|r| {
        let words: Vec<&str> = r.split('\t').next().unwrap_or("").split_whitespace().collect();
        words.len() == 2 && words.iter().all(|w| is_number(w))
    });
    plain || pairs
}
