//! Payoffs of one player: a dense matrix that is never empty and holds only finite numbers.

use crate::GameError;
use serde::{Deserialize, Serialize};

/// The largest magnitude of a payoff: sums and differences of such numbers are still finite.
pub const LARGEST_PAYOFF: f64 = 1e150;

/// Payoffs of one player, row by row: cell (i, j) is what it gets when the row player plays arm i and the column player
/// arm j. *Invariant:* at least one row and one column; every payoff is finite and within ±[`LARGEST_PAYOFF`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Vec<f64>>", into = "Vec<Vec<f64>>")]
pub struct Matrix {
    rows: usize,
    columns: usize,
    cells: Vec<f64>,
}

impl Matrix {
    /// A matrix out of its rows. O(cells).
    ///
    /// # Errors
    /// [`GameError::Empty`], [`GameError::Ragged`] or [`GameError::Payoff`], with the place counted from 1.
    ///
    /// ```
    /// use hydranet_game::Matrix;
    /// assert_eq!(Matrix::new([[1.0, 2.0], [3.0, 4.0]])?.get(1, 0), 3.0);
    /// let error = Matrix::new([vec![1.0, f64::NAN]]).unwrap_err();
    /// assert!(error.to_string().starts_with("the payoff in row 1, column 2 is NaN"));
    /// # Ok::<(), hydranet_game::GameError>(())
    /// ```
    pub fn new<R: AsRef<[f64]>>(rows: impl IntoIterator<Item = R>) -> Result<Matrix, GameError> {
        let (mut cells, mut count, mut columns) = (Vec::new(), 0, 0);
        for row in rows {
            let row = row.as_ref();
            if count == 0 {
                columns = row.len();
            } else if row.len() != columns {
                return Err(GameError::Ragged { row: count + 1, found: row.len(), expected: columns });
            }
            if let Some(j) = row.iter().position(|a| a.is_nan() || a.abs() > LARGEST_PAYOFF) {
                return Err(GameError::Payoff { row: count + 1, column: j + 1, value: row[j] });
            }
            cells.extend_from_slice(row);
            count += 1;
        }
        if count == 0 || columns == 0 {
            return Err(GameError::Empty { rows: count, columns });
        }
        Ok(Matrix { rows: count, columns, cells })
    }

    /// A matrix whose cell (i, j) is `payoff(i, j)`.
    ///
    /// # Errors
    /// As [`Matrix::new`].
    pub fn from_fn(
        rows: usize,
        columns: usize,
        mut payoff: impl FnMut(usize, usize) -> f64,
    ) -> Result<Matrix, GameError> {
        Matrix::new((0..rows).map(|i| (0..columns).map(|j| payoff(i, j)).collect::<Vec<f64>>()))
    }

    /// Number of rows, at least 1.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns, at least 1.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The payoff in row `i` and column `j`, counted from 0.
    ///
    /// # Panics
    /// If there is no such cell.
    #[inline]
    pub fn get(&self, i: usize, j: usize) -> f64 {
        self.row(i)[j]
    }

    /// Row `i`, counted from 0.
    ///
    /// # Panics
    /// If there is no such row.
    #[inline]
    pub fn row(&self, i: usize) -> &[f64] {
        &self.cells[i * self.columns..(i + 1) * self.columns]
    }

    /// All cells, row by row.
    pub fn cells(&self) -> &[f64] {
        &self.cells
    }

    /// The transposed matrix.
    pub fn transposed(&self) -> Matrix {
        let cells = (0..self.columns).flat_map(|j| (0..self.rows).map(move |i| self.get(i, j))).collect();
        Matrix { rows: self.columns, columns: self.rows, cells }
    }

    /// Minus the transposed matrix: the same zero-sum game with the players' seats exchanged.
    pub fn exchanged(&self) -> Matrix {
        let mut matrix = self.transposed();
        matrix.cells.iter_mut().for_each(|a| *a = -*a);
        matrix
    }

    /// The same arms with every payoff changed.
    ///
    /// # Errors
    /// [`GameError::Payoff`].
    pub fn map(&self, mut change: impl FnMut(f64) -> f64) -> Result<Matrix, GameError> {
        Matrix::from_fn(self.rows, self.columns, |i, j| change(self.get(i, j)))
    }

    /// The least and the greatest payoff.
    pub fn bounds(&self) -> (f64, f64) {
        self.cells.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), &a| (lo.min(a), hi.max(a)))
    }

    /// The greatest payoff less the least one, ≥ 0: the scale of everything that is said about exploitability.
    pub fn range(&self) -> f64 {
        let (lo, hi) = self.bounds();
        hi - lo
    }

    /// A y: what each row gets against the mixture `y` of the columns.
    ///
    /// # Panics
    /// If `y` has not one entry a column.
    pub fn against_columns(&self, y: &[f64]) -> Vec<f64> {
        assert_eq!(y.len(), self.columns, "one probability a column");
        (0..self.rows).map(|i| dot(self.row(i), y)).collect()
    }

    /// x'A: what each column gives against the mixture `x` of the rows.
    ///
    /// # Panics
    /// If `x` has not one entry a row.
    pub fn against_rows(&self, x: &[f64]) -> Vec<f64> {
        assert_eq!(x.len(), self.rows, "one probability a row");
        let mut out = vec![0.0; self.columns];
        for (i, &p) in x.iter().enumerate().filter(|&(_, &p)| p != 0.0) {
            out.iter_mut().zip(self.row(i)).for_each(|(o, a)| *o += p * a);
        }
        out
    }

    /// x'A y: the mean payoff of two mixtures.
    ///
    /// # Panics
    /// If a mixture has not one entry an arm.
    pub fn mean(&self, x: &[f64], y: &[f64]) -> f64 {
        dot(x, &self.against_columns(y))
    }

    /// Rows that are equal, cell by cell: groups of at least two indices, in order.
    pub fn equal_rows(&self) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..self.rows).collect();
        // −0 and 0 are one payoff
        let by_cells = |&i: &usize, &j: &usize| {
            self.row(i).iter().zip(self.row(j)).map(|(a, b)| (a + 0.0).total_cmp(&(b + 0.0))).find(|o| o.is_ne())
        };
        order.sort_by(|i, j| by_cells(i, j).unwrap_or(i.cmp(j)));
        let mut groups: Vec<Vec<usize>> =
            order.chunk_by(|i, j| by_cells(i, j).is_none()).filter(|g| g.len() > 1).map(<[usize]>::to_vec).collect();
        groups.sort();
        groups
    }

    /// Columns that are equal, cell by cell: groups of at least two indices, in order.
    pub fn equal_columns(&self) -> Vec<Vec<usize>> {
        self.transposed().equal_rows()
    }

    /// The cells mapped onto [−½, ½] (all 0 if they are equal). Mixtures, supports and best responses are the same, and
    /// nothing of the size of a payoff is left in a rounding error.
    pub(crate) fn scaled(&self) -> Matrix {
        let (lo, hi) = self.bounds();
        let (middle, range) = (lo + (hi - lo) / 2.0, hi - lo);
        let scale = |a: f64| if range > 0.0 { (a - middle) / range } else { 0.0 };
        Matrix { rows: self.rows, columns: self.columns, cells: self.cells.iter().map(|&a| scale(a)).collect() }
    }
}

impl TryFrom<Vec<Vec<f64>>> for Matrix {
    type Error = GameError;

    fn try_from(rows: Vec<Vec<f64>>) -> Result<Matrix, GameError> {
        Matrix::new(rows)
    }
}

impl From<Matrix> for Vec<Vec<f64>> {
    fn from(matrix: Matrix) -> Self {
        (0..matrix.rows).map(|i| matrix.row(i).to_vec()).collect()
    }
}

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The first index of the greatest value.
pub(crate) fn argmax(values: &[f64]) -> usize {
    let mut best = 0;
    for (k, v) in values.iter().enumerate().skip(1) {
        if *v > values[best] {
            best = k;
        }
    }
    best
}

pub(crate) fn greatest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

pub(crate) fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(rows: &[&[f64]]) -> String {
        Matrix::new(rows).unwrap_err().to_string()
    }

    #[test]
    fn bad_games_are_refused_with_their_place() {
        assert!(refused(&[]).contains("0 rows and 0 columns"));
        assert!(refused(&[&[], &[]]).contains("2 rows and 0 columns"));
        assert!(refused(&[&[1.0, 2.0], &[1.0]]).contains("row 2 has 1 payoffs and row 1 has 2"));
        assert!(refused(&[&[1.0], &[f64::INFINITY]]).contains("row 2, column 1 is inf"));
        assert!(refused(&[&[0.0, -1e200]]).contains("row 1, column 2 is -1e200"));
        assert!(serde_json::from_str::<Matrix>("[[1, 2], [3]]").is_err());
    }

    #[test]
    fn equal_arms_are_told() {
        let a = Matrix::new([[1.0, 0.0, 1.0], [2.0, 2.0, 2.0], [1.0, -0.0, 1.0]]).unwrap();
        assert_eq!(a.equal_rows(), [[0, 2]]);
        assert_eq!(a.equal_columns(), [[0, 2]]);
        assert!(Matrix::new([[1.0, 2.0], [2.0, 1.0]]).unwrap().equal_rows().is_empty());
    }

    #[test]
    fn exchanged_twice_is_the_same_game() {
        let a = Matrix::new([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5]]).unwrap();
        assert_eq!(a.exchanged().exchanged(), a);
        assert_eq!(a.exchanged().get(2, 1), -6.5);
        assert_eq!(a.against_rows(&[0.5, 0.5]), [2.5, 3.5, 4.75]);
        assert_eq!(a.against_columns(&[0.0, 1.0, 0.0]), [2.0, 5.0]);
    }
}
