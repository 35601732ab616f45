//! What is wrong with a table of sessions, where, and what can be done.

/// A problem of a table, with its line where it has one.
#[derive(Debug, thiserror::Error)]
#[error("{}{problem}", .line.map_or(String::new(), |l| format!("line {l}: ")))]
pub struct Error {
    /// Line of the file, from 1.
    pub line: Option<u64>,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

/// What is wrong with a table.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// No column is named.
    #[error("no column to read: name at least one")]
    NoColumns,
    /// The baseline has no row.
    #[error("a baseline of 0 rows: at least 1 is needed to say what is usual")]
    NoBaseline,
    /// A number of bins out of its range.
    #[error("column `{column}`: from 2 to 50 bins")]
    Bins {
        /// The column.
        column: String,
    },
    /// A column that the header does not have.
    #[error("no column `{column}`{}; the header has: {known}", .near.as_ref().map_or(String::new(), |n| format!("; did you mean `{n}`?")))]
    NoSuchColumn {
        /// The column.
        column: String,
        /// The nearest name that there is.
        near: Option<String>,
        /// All names.
        known: String,
    },
    /// A name that the header has more than once.
    #[error("the header has column `{column}` more than once: rename one")]
    Ambiguous {
        /// The column.
        column: String,
    },
    /// A column that is asked for twice: the same evidence would count double.
    #[error("column `{column}` is asked for twice: the same evidence would count double")]
    Twice {
        /// The column.
        column: String,
    },
    /// Fewer rows than the baseline needs.
    #[error("a baseline of {baseline} rows, but the file has {rows}{}", shorter(*.rows))]
    BaselineTooLong {
        /// Rows that were asked for.
        baseline: usize,
        /// Rows that there are.
        rows: usize,
    },
    /// A column without a value in all of the baseline.
    #[error("column `{column}` is empty in all {rows} rows of the baseline: leave it out")]
    EmptyColumn {
        /// The column.
        column: String,
        /// Rows of the baseline.
        rows: usize,
    },
    /// A column of numbers that was to be words.
    #[error("column `{column}` is a number (such as {value}): ask for bins, or say that its numbers are categories")]
    Number {
        /// The column.
        column: String,
        /// One of its values.
        value: String,
    },
    /// A column to be binned that has something else.
    #[error("column `{column}` cannot be cut into bins: {value:?} is not a number; take it as words")]
    NotANumber {
        /// The column.
        column: String,
        /// The value.
        value: String,
    },
    /// A column with very many categories.
    #[error(
        "column `{column}` has more than {most} categories in the baseline: cut it into bins, group it, or raise the limit"
    )]
    TooManyCategories {
        /// The column.
        column: String,
        /// The limit.
        most: usize,
    },
    /// A time that cannot be read.
    #[error(
        "column `{column}`: {value:?} is no time: 2025-02-18, 2025-02-18 06:00:00, with Z or +01:00, or seconds as a number"
    )]
    Time {
        /// The column.
        column: String,
        /// The value.
        value: String,
    },
    /// A time before that of the row before.
    #[error(
        "column `{column}`: time goes back to {value}, after {before}: sort the rows by time, or leave the column out"
    )]
    TimeGoesBack {
        /// The column.
        column: String,
        /// The value.
        value: String,
        /// The time of the row before.
        before: String,
    },
    /// The file is not a table.
    #[error("{0}")]
    Csv(String),
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Read(#[from] std::io::Error),
}

/// The longest baseline that leaves a row to watch.
fn shorter(rows: usize) -> String {
    match rows {
        0 | 1 => ": a row of baseline and one to watch are needed at least".to_string(),
        _ => format!(": take at most {}", rows - 1),
    }
}

impl Problem {
    pub(crate) fn at(self, line: u64) -> Error {
        Error { line: Some(line), problem: self }
    }

    pub(crate) fn anywhere(self) -> Error {
        Error { line: None, problem: self }
    }
}

impl Error {
    pub(crate) fn from_csv(error: csv::Error, line: u64) -> Error {
        let problem = match error.into_kind() {
            csv::ErrorKind::Io(e) => return Problem::Read(e).anywhere(),
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                Problem::Csv(format!("{len} fields, but the header has {expected_len}: check separators and quotes"))
            }
            kind => Problem::Csv(format!("not a table: {kind:?}")),
        };
        problem.at(line)
    }
}
