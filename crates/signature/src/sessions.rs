//! Tables of sessions: any CSV with a header, read as observations of chosen columns, line by line.
//!
//! The first rows are the *baseline*: they say which categories there are, where a number is cut into bins, and what is usual. They are read
//! at once; all later rows come from an iterator that holds one row, so that a stream without an end can be followed. A category that
//! the baseline did not have goes to a bucket of its own, the last code of its column, and [`Session::unseen`] says so. What cannot be
//! read is an error with its line and a remedy.

mod codebook;
mod error;
mod lines;
mod time;

pub use codebook::{Codebook, EMPTY, UNSEEN};
pub use error::{Error, Problem};
pub use time::{Moment, parse_time};

use crate::case::Counts;
use crate::dirichlet::Dirichlet;
use csv::{ByteRecord, StringRecord};
use hydranet_plugin::nearest;
use hydranet_topology::Invalid;
use lines::Lines;
use std::io::Read;

/// How the values of a column are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treat {
    /// As categories; a column of numbers is refused, because a measurement has no categories.
    Words,
    /// As categories, numbers too: codes such as ports.
    Categories,
    /// As a number, cut at quantiles of the baseline into at most so many bins (from 2 to 50).
    Bins(u32),
}

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header.
    pub name: String,
    /// How its values are taken.
    pub treat: Treat,
}

impl Column {
    /// Taken as words.
    pub fn words(name: &str) -> Column {
        Column { name: name.to_string(), treat: Treat::Words }
    }
}

/// What is read of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The coordinates, in this order (at least one).
    pub columns: Vec<Column>,
    /// The column of times, if there is one: dates as `2025-02-18`, `2025-02-18 06:00:00` or `2025-02-18T06:00:00.5+01:00`, or numbers, which are
    /// seconds. Times must not go back.
    pub time: Option<String>,
    /// Rows of the baseline (≥ 1).
    pub baseline: usize,
    /// Most categories of a column (≥ 1): more are a name or a number that was not meant. Default 200.
    pub most_categories: usize,
    /// Separator of fields. Default `,`.
    pub delimiter: u8,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { columns: Vec::new(), time: None, baseline: 100, most_categories: 200, delimiter: b',' }
    }
}

/// One row after the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Line of the file, from 1; the header is line 1.
    pub line: u64,
    /// Its time, if a column of times was named.
    pub time: Option<Moment>,
    /// One code a coordinate.
    pub codes: Vec<u32>,
    /// Coordinates with a category that the baseline did not have. Their code is the bucket for unseen ones.
    pub unseen: Vec<usize>,
}

/// A table that is being read. The iterator ends after the first error.
pub struct Sessions<R> {
    records: csv::ByteRecordsIntoIter<Lines<R>>,
    places: Vec<usize>,
    time: Option<(usize, String)>,
    last: Option<Moment>,
    last_text: String,
    first: Option<Moment>,
    codebooks: Vec<Codebook>,
    counts: Counts,
    done: bool,
}

impl<R: Read> Sessions<R> {
    /// Reads header and baseline.
    ///
    /// # Errors
    /// If the settings name no column, one that is not there, or one twice; if the baseline is longer than the file, a row has another
    /// number of fields, a column is empty, holds numbers that were to be words, or has too many categories; if a time cannot be read or
    /// goes back.
    pub fn open(input: R, settings: &Settings) -> Result<Sessions<R>, Error> {
        if settings.columns.is_empty() {
            return Err(Problem::NoColumns.anywhere());
        }
        if settings.baseline == 0 {
            return Err(Problem::NoBaseline.anywhere());
        }
        if let Some(bad) = settings.columns.iter().find(|c| matches!(c.treat, Treat::Bins(n) if !(2..=50).contains(&n)))
        {
            return Err(Problem::Bins { column: bad.name.clone() }.anywhere());
        }
        let mut reader = csv::ReaderBuilder::new().delimiter(settings.delimiter).from_reader(Lines::new(input));
        let header = reader.byte_headers().map_err(|e| Error::from_csv(e, 1))?.clone();
        let header = StringRecord::from_byte_record_lossy(header);
        let mut places = Vec::new();
        for column in &settings.columns {
            let place = find(&header, &column.name)?;
            if places.contains(&place) {
                return Err(Problem::Twice { column: column.name.clone() }.at(1));
            }
            places.push(place);
        }
        let time = settings.time.as_ref().map(|name| find(&header, name).map(|at| (at, name.clone()))).transpose()?;
        let mut sessions = Sessions {
            records: reader.into_byte_records(),
            places,
            time,
            last: None,
            last_text: String::new(),
            first: None,
            codebooks: Vec::new(),
            counts: Vec::new(),
            done: false,
        };
        let rows = sessions.read_baseline(settings.baseline)?;
        for (column, &at) in settings.columns.iter().zip(&sessions.places) {
            let values: Vec<&str> = rows.iter().map(|row| row.field(at)).collect();
            sessions.codebooks.push(Codebook::learn(column, &values, settings.most_categories)?);
        }
        sessions.counts = sessions.codebooks.iter().map(|c| vec![0; c.categories()]).collect();
        for row in &rows {
            for (m, &at) in sessions.places.iter().enumerate() {
                sessions.counts[m][sessions.codebooks[m].code(row.field(at)).0 as usize] += 1;
            }
        }
        Ok(sessions)
    }

    fn read_baseline(&mut self, baseline: usize) -> Result<Vec<Row>, Error> {
        let mut rows = Vec::new();
        while rows.len() < baseline {
            let Some(row) = self.next_row() else {
                return Err(Problem::BaselineTooLong { baseline, rows: rows.len() }.anywhere());
            };
            let row = row?;
            let time = self.time_of(&row)?;
            self.first = self.first.or(time);
            rows.push(row);
        }
        Ok(rows)
    }

    /// What the baseline says of each column: its categories, and their codes.
    pub fn codebooks(&self) -> &[Codebook] {
        &self.codebooks
    }

    /// Counts of the baseline, one list a column; the last entry is the bucket of unseen categories, and 0.
    pub fn baseline(&self) -> &Counts {
        &self.counts
    }

    /// Time of the first row, and of the last one that was read.
    pub fn times(&self) -> Option<(Moment, Moment)> {
        self.first.zip(self.last)
    }

    /// Symmetric laws of profiles for these columns, with the weight `alpha` (> 0) a category, the unseen one included.
    ///
    /// # Errors
    /// If `alpha` is not above 0.
    pub fn priors(&self, alpha: f64) -> Result<Vec<Dirichlet>, Invalid> {
        self.codebooks.iter().map(|c| Dirichlet::symmetric(c.categories(), alpha)).collect()
    }

    fn time_of(&mut self, row: &Row) -> Result<Option<Moment>, Error> {
        let Some((at, column)) = &self.time else { return Ok(None) };
        let line = row.line;
        let text = row.field(*at);
        let Some(moment) = parse_time(text) else {
            return Err(Problem::Time { column: column.clone(), value: shortened(text) }.at(line));
        };
        if self.last.is_some_and(|last| moment < last) {
            let problem = Problem::TimeGoesBack {
                column: column.clone(),
                value: shortened(text),
                before: self.last_text.clone(),
            };
            return Err(problem.at(line));
        }
        self.last = Some(moment);
        self.last_text.clear();
        self.last_text.push_str(text);
        Ok(Some(moment))
    }

    fn next_row(&mut self) -> Option<Result<Row, Error>> {
        let record = self.records.next()?;
        // one line end a line: the reader stands at the beginning of the line after the record
        let last = self.records.reader().position().line() - 1;
        Some(record.map(|record| Row::new(record, last)).map_err(|e| Error::from_csv(e, last)))
    }

    fn session(&mut self, row: Row) -> Result<Session, Error> {
        let time = self.time_of(&row)?;
        let mut session =
            Session { line: row.line, time, codes: Vec::with_capacity(self.places.len()), unseen: Vec::new() };
        for (m, (&at, codebook)) in self.places.iter().zip(&self.codebooks).enumerate() {
            let (code, seen) = codebook.code(row.field(at));
            session.codes.push(code);
            if !seen {
                session.unseen.push(m);
            }
        }
        Ok(session)
    }
}

impl<R: Read> Iterator for Sessions<R> {
    type Item = Result<Session, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let row = self.next_row();
        let session = row.map(|row| row.and_then(|row| self.session(row)));
        self.done = !matches!(session, Some(Ok(_)));
        session
    }
}

fn find(header: &StringRecord, name: &str) -> Result<usize, Error> {
    let names: Vec<&str> = header.iter().map(|h| h.trim_start_matches('\u{feff}').trim()).collect();
    let mut places = names.iter().enumerate().filter(|(_, h)| **h == name);
    match (places.next(), places.next()) {
        (Some((at, _)), None) => Ok(at),
        (Some(_), Some(_)) => Err(Problem::Ambiguous { column: name.to_string() }.at(1)),
        (None, _) => {
            let near = nearest(name, names.iter().copied()).map(|n| n.to_string());
            Err(Problem::NoSuchColumn { column: name.to_string(), near, known: names.join(", ") }.at(1))
        }
    }
}

/// A row with the line that it begins on.
#[derive(Debug)]
struct Row {
    line: u64,
    fields: StringRecord,
}

impl Row {
    /// Bytes that are not UTF-8 become U+FFFD: captured input is not always text, and a stray byte must not end a stream.
    fn new(record: ByteRecord, last_line: u64) -> Row {
        let inside = record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        Row { line: last_line - inside, fields: StringRecord::from_byte_record_lossy(record) }
    }

    fn field(&self, at: usize) -> &str {
        self.fields[at].trim()
    }
}

/// At most 40 characters of a value, for a message.
fn shortened(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

#[cfg(test)]
#[path = "sessions/tests.rs"]
mod tests;
