//! Whether the first row holds titles, and whether the rows are links at all: what speaks for it.

use super::dialect::{Dialect, is_number};
use super::fields::Separator;
use super::sample::Sample;
use super::titles;
use crate::io::error::Fault;
use crate::io::text::shown;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What the first row is.
pub(super) enum Evidence {
    /// Titles, beyond doubt.
    Titles,
    /// A link, for all that is known.
    None,
    /// Either: the user must say.
    Unclear,
}

impl Dialect {
    /// Rows that are something else, though they would pass for links: in brackets, or of uneven length.
    pub(super) fn refuse_what_is_no_list(&self, rows: &[Vec<Cow<'_, str>>], sample: &Sample<'_>) -> Result<(), Fault> {
        let closed = |r: &str| {
            [("<", ">"), ("(", ")"), ("[", "]"), ("{", "}")].iter().any(|(a, b)| r.starts_with(a) && r.ends_with(b))
        };
        if sample.rows.iter().all(|r| closed(r.trim_end_matches([',', ';']))) {
            return Err(Fault::whole("pairs in brackets of a kind that is not read; write two names a line"));
        }
        let open = |c: &str| "([{".chars().zip(")]}".chars()).any(|(a, b)| c.matches(a).count() > c.matches(b).count());
        if rows.iter().all(|r| r.first().is_some_and(|c| open(c))) {
            return Err(Fault::whole(
                "names with a bracket that is not closed: pairs are printed in a way that is not read",
            ));
        }
        if sample.rows.iter().all(|r| r.starts_with(['<', '_']) && r.ends_with('.') && r.contains('>')) {
            return Err(Fault::whole(
                "this is RDF (N-Triples), which is not read; write subject and object as a table",
            ));
        }
        // `edge 1 2`: the first column is a word of the format
        let word = rows[0].first().map_or("", |c| c);
        let column = |i: usize| rows.iter().filter_map(move |r| r.get(i));
        if rows.len() > 1 && !is_number(word) && rows.iter().all(|r| r.len() > 2 && r[0] == word) {
            let seconds: BTreeMap<&str, ()> = column(1).map(|c| (c.as_ref(), ())).collect();
            if column(2).any(|c| seconds.contains_key(c.as_ref())) {
                return Err(Fault::whole(format!(
                    "every row begins with {}: say --columns 2,3, or --columns 1,2 if it is a node",
                    shown(word)
                )));
            }
        }
        if self.separator != Separator::White {
            return Ok(());
        }
        // titles may be fewer, or more, than the columns below
        let first: Vec<String> = rows[0].iter().map(|c| c.to_string()).collect();
        let may_be_titles = titles::pair(&first).is_some_and(|(_, sure)| sure);
        let rows = &rows[usize::from(may_be_titles)..];
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
    pub(super) fn are_row_names(&self, sample: &Sample<'_>, rest: &[Vec<Cow<'_, str>>]) -> bool {
        let counts = rest.iter().enumerate().all(|(i, row)| row[0] == (i + 1).to_string());
        let quoted = sample.rows.iter().all(|row| row.starts_with('"'));
        counts || quoted
    }

    /// Whether the first row has words where all others have numbers.
    pub(super) fn contrasts(&self, first: &[Cow<'_, str>], rest: &[Vec<Cow<'_, str>>]) -> bool {
        !rest.is_empty()
            && self.ends.iter().all(|&e| {
                first.get(e).is_some_and(|t| !is_number(t))
                    && rest.iter().all(|r| r.get(e).is_some_and(|c| is_number(c)))
            })
    }

    pub(super) fn evidence(
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
        if first.iter().any(|t| is_number(t))
            || ends.iter().any(|&e| first[e].starts_with(|c: char| c.is_ascii_digit()))
        {
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
}

/// A point in time: seconds or milliseconds since 1970 between 1998 and 2036, or a date of ISO 8601.
pub(super) fn time(text: &str) -> Option<f64> {
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
