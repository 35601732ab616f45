//! Payoff matrices as CSV: one line a row, one cell a payoff; titles of the columns in the first line and names of the rows
//! in the first column if wanted. Lines that start with `#` are comments. A cell may be quoted, but ends on its line.
//!
//! Titles are there if no cell of the first line is a number; names of rows are there if no first cell
//! of the other lines is one. A matrix whose titles are numbers would be read as payoffs, so titles are words.

use crate::{Bimatrix, GameError, Matrix, Names};
use std::io::Read;

/// A matrix and the names of its arms.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The payoffs.
    pub payoff: Matrix,
    /// The names that were in the file; empty where there were none.
    pub names: Names,
}

/// Why a file is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CsvError {
    /// The file cannot be read, or is no UTF-8.
    #[error("the matrix cannot be read")]
    Read(#[from] std::io::Error),
    /// A line that is no CSV.
    #[error("line {line} is no CSV")]
    Line {
        /// The line, counted from 1.
        line: u64,
        /// Why.
        source: csv::Error,
    },
    /// No payoffs.
    #[error("the file has no payoffs; give one line for each row, with payoffs between commas")]
    Empty,
    /// A line with more or fewer cells than the first.
    #[error("line {line} has {found} cells and the first has {expected}; give every line as many")]
    Ragged {
        /// The line, counted from 1.
        line: u64,
        /// Its cells.
        found: usize,
        /// The cells of the first line.
        expected: usize,
    },
    /// A cell that is no payoff.
    #[error("line {line}, column {column}: `{cell}` is no payoff; write a finite number such as 2.5 or -1e3")]
    Cell {
        /// The line, counted from 1.
        line: u64,
        /// The column, counted from 1.
        column: usize,
        /// What stands there.
        cell: String,
    },
    /// What the file holds is no game.
    #[error(transparent)]
    Game(#[from] GameError),
}

/// Reads a matrix. O(file).
///
/// # Errors
/// [`CsvError`], with line and column.
///
/// ```
/// use hydranet_game::csv::read;
/// let table = read("arm,watch,seize\nhide,4,1\nrun,2,3\n".as_bytes())?;
/// assert_eq!(table.names.rows, ["hide", "run"]);
/// assert_eq!(table.payoff.get(1, 0), 2.0);
/// let error = read("4,1\n2,x\n".as_bytes()).unwrap_err();
/// assert!(error.to_string().starts_with("line 2, column 2: `x` is no payoff"));
/// # Ok::<(), hydranet_game::csv::CsvError>(())
/// ```
pub fn read(reader: impl Read) -> Result<Table, CsvError> {
    let mut text = String::new();
    let mut reader = reader;
    reader.read_to_string(&mut text)?;
    let mut lines: Vec<(u64, Vec<String>)> = Vec::new();
    // a line at a time: a reader of the whole file counts a line from the comments before it
    for (line, text) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        if text.trim_start().starts_with('#') {
            continue;
        }
        let mut csv = csv::ReaderBuilder::new().has_headers(false).trim(csv::Trim::All).from_reader(text.as_bytes());
        for record in csv.records() {
            let cells: Vec<String> =
                record.map_err(|source| CsvError::Line { line, source })?.iter().map(str::to_string).collect();
            if cells.iter().any(|c| !c.is_empty()) {
                lines.push((line, cells));
            }
        }
    }
    let expected = lines.first().ok_or(CsvError::Empty)?.1.len();
    if let Some((line, cells)) = lines.iter().find(|(_, cells)| cells.len() != expected) {
        return Err(CsvError::Ragged { line: *line, found: cells.len(), expected });
    }
    let is_number = |cell: &String| cell.parse::<f64>().is_ok();
    let titled = !lines[0].1.iter().any(is_number);
    let (title, body) = lines.split_at(usize::from(titled));
    if body.is_empty() {
        // a single line of words is bad cells rather than titles of nothing
        let (line, cells) = &lines[0];
        return Err(CsvError::Cell { line: *line, column: 1, cell: cells[0].clone() });
    }
    let named = expected > 1 && !body.iter().any(|(_, cells)| is_number(&cells[0]));
    let skip = usize::from(named);
    let mut rows = Vec::with_capacity(body.len());
    for (line, cells) in body {
        let number = |(k, cell): (usize, &String)| match cell.parse::<f64>() {
            Ok(a) if a.is_finite() => Ok(a),
            _ => Err(CsvError::Cell { line: *line, column: k + 1, cell: cell.clone() }),
        };
        rows.push(cells.iter().enumerate().skip(skip).map(number).collect::<Result<Vec<f64>, _>>()?);
    }
    let names = Names {
        rows: if named { body.iter().map(|(_, cells)| cells[0].clone()).collect() } else { Vec::new() },
        columns: title.first().map_or_else(Vec::new, |(_, cells)| cells[skip..].to_vec()),
    };
    let payoff = Matrix::new(rows)?;
    names.check(&payoff)?;
    Ok(Table { payoff, names })
}

/// Reads a bimatrix game out of two files of one shape: what the row player gets, and what the column player gets. Names may
/// stand in either; those of the first file come first.
///
/// # Errors
/// [`CsvError`]; [`GameError::Shapes`] where the files differ in shape.
pub fn read_bimatrix(row: impl Read, column: impl Read) -> Result<(Bimatrix, Names), CsvError> {
    let (first, second) = (read(row)?, read(column)?);
    let either = |a: Vec<String>, b: Vec<String>| if a.is_empty() { b } else { a };
    let names = Names {
        rows: either(first.names.rows, second.names.rows),
        columns: either(first.names.columns, second.names.columns),
    };
    Ok((Bimatrix::new(first.payoff, second.payoff)?, names))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, rows: &[&str], columns: &[&str], cells: &[f64]) {
        let table = read(text.as_bytes()).unwrap();
        assert_eq!((table.names.rows.as_slice(), table.names.columns.as_slice()), (&own(rows)[..], &own(columns)[..]));
        assert_eq!(table.payoff.cells(), cells);
    }

    fn own(words: &[&str]) -> Vec<String> {
        words.iter().map(|w| w.to_string()).collect()
    }

    fn refused(text: &str, words: &str) {
        let error = read(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }

    #[test]
    fn names_are_optional() {
        check("4,1\n2,3\n", &[], &[], &[4.0, 1.0, 2.0, 3.0]);
        check("a,b\n4,1\n2,3", &[], &["a", "b"], &[4.0, 1.0, 2.0, 3.0]);
        check("x,4,1\ny,2,3\n", &["x", "y"], &[], &[4.0, 1.0, 2.0, 3.0]);
        check("\u{feff}arm, a , b\n# words\n\nx, 4, 1\ny,-2e1,3\n", &["x", "y"], &["a", "b"], &[4.0, 1.0, -20.0, 3.0]);
        check(",a\nx,4\n", &["x"], &["a"], &[4.0]);
        check("cost\n1\n2\n", &[], &["cost"], &[1.0, 2.0]);
        check("5", &[], &[], &[5.0]);
        check("1,2,3", &[], &[], &[1.0, 2.0, 3.0]);
    }

    #[test]
    fn bad_cells_are_refused_with_their_place() {
        refused("4,1\n2,x\n", "line 2, column 2: `x`");
        refused("a,b,c\nx,1,nan\n", "line 2, column 3: `nan`");
        refused("4,1\n# c\n2,inf\n", "line 3, column 2: `inf`");
        refused("4,1\n2,\n", "line 2, column 2: ``");
        refused("4,1\n2\n", "line 2 has 1 cells and the first has 2");
        refused("4,x\n2,1\n", "line 1, column 2: `x`");
        refused("", "no payoffs");
        refused("a,b\n", "line 1, column 1: `a`");
        refused("1e200,0\n", "row 1, column 1 is 1e200");
        refused("x,1\n2,3\n", "line 1, column 1: `x`");
    }

    #[test]
    fn two_files_make_a_bimatrix() {
        let (game, names) = read_bimatrix("a,b\n1,2\n".as_bytes(), "x,3,4\n".as_bytes()).unwrap();
        assert_eq!((game.row().get(0, 1), game.column().get(0, 1)), (2.0, 4.0));
        assert_eq!((names.rows, names.columns), (own(&["x"]), own(&["a", "b"])));
        let error = read_bimatrix("1,2\n".as_bytes(), "3\n".as_bytes()).unwrap_err().to_string();
        assert!(error.contains("1 × 2") && error.contains("1 × 1"), "{error}");
    }
}
