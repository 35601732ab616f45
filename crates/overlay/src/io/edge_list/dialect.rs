//! How a file lists its links: separator, titles, which columns. Decided on its first 64 KiB, once for the whole file.
//!
//! The first row is taken for titles on evidence only, and the report says so. Evidence is: a pair of opposite titles
//! (`source`, `target`) that no later row repeats; words above nothing but numbers; an empty title above row names; a row
//! that is the only one whose names never come again. Where the last is all there is, the reader refuses and asks.

use super::evidence::{Evidence, time};
use super::fields::Separator;
use super::sample::{Sample, comment_titles, separator, single_quotes};
use super::titles;
use crate::io::error::Fault;
use crate::io::input::Head;
use crate::io::text::shown;
use crate::io::{ReadOptions, Report};
use std::borrow::Cow;

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
        if options.format.is_none() && options.columns.is_none() {
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
            self.is_open = options.header.is_none()
                && numbers
                && !first.iter().take(2).any(|c| is_number(c) || c.starts_with(|c: char| c.is_ascii_digit()));
            self.untitled_ends(rows, sample, report);
        }
        Ok(())
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
