//! Zero-sum and bimatrix games, with optional names of their arms.

use crate::{GameError, Matrix};
use serde::{Deserialize, Serialize};

/// A player.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Chooses a row.
    Row,
    /// Chooses a column.
    Column,
}

impl Side {
    /// The player in words.
    pub const fn name(self) -> &'static str {
        match self {
            Side::Row => "row player",
            Side::Column => "column player",
        }
    }
}

/// Names of arms; an empty list means that arms are numbered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// Names of the rows.
    pub rows: Vec<String>,
    /// Names of the columns.
    pub columns: Vec<String>,
}

impl Names {
    /// What to call an arm, counted from 0: its name, or its number counted from 1.
    pub fn of(&self, side: Side, arm: usize) -> String {
        let names = if side == Side::Row { &self.rows } else { &self.columns };
        names.get(arm).cloned().unwrap_or_else(|| (arm + 1).to_string())
    }

    /// Do the names fit a matrix?
    ///
    /// # Errors
    /// [`GameError::Names`].
    pub fn check(&self, matrix: &Matrix) -> Result<(), GameError> {
        for (side, names, arms) in [("rows", &self.rows, matrix.rows()), ("columns", &self.columns, matrix.columns())] {
            if !names.is_empty() && names.len() != arms {
                return Err(GameError::Names { side, arms, found: names.len() });
            }
        }
        Ok(())
    }
}

/// A game of two players who each have payoffs of their own. A zero-sum game is the case B = −A.
/// *Invariant:* both matrices have the same shape.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bimatrix {
    row: Matrix,
    column: Matrix,
}

impl Bimatrix {
    /// A game out of the payoffs of both players, each with one row an arm of the row player.
    ///
    /// # Errors
    /// [`GameError::Shapes`].
    pub fn new(row: Matrix, column: Matrix) -> Result<Bimatrix, GameError> {
        if (row.rows(), row.columns()) != (column.rows(), column.columns()) {
            return Err(GameError::Shapes {
                rows: row.rows(),
                columns: row.columns(),
                other_rows: column.rows(),
                other_columns: column.columns(),
            });
        }
        Ok(Bimatrix { row, column })
    }

    /// The zero-sum game in which the column player pays the row player.
    pub fn zero_sum(row: Matrix) -> Bimatrix {
        let column = row.exchanged().transposed();
        Bimatrix { row, column }
    }

    /// What the row player gets.
    pub fn row(&self) -> &Matrix {
        &self.row
    }

    /// What the column player gets.
    pub fn column(&self) -> &Matrix {
        &self.column
    }

    /// Is one player's gain the other's loss in every cell?
    pub fn is_zero_sum(&self) -> bool {
        self.row.cells().iter().zip(self.column.cells()).all(|(a, b)| a + b == 0.0)
    }

    /// The same game with the seats exchanged.
    pub fn exchanged(&self) -> Bimatrix {
        Bimatrix { row: self.column.transposed(), column: self.row.transposed() }
    }
}

/// Are these probabilities over so many arms?
///
/// # Errors
/// [`GameError::Mixture`]: a wrong number of them, one outside [0, 1], or a sum that differs from 1 by more than 1e-9.
pub fn check_mixture(side: Side, mixture: &[f64], arms: usize) -> Result<(), GameError> {
    let refuse = |problem| Err(GameError::Mixture { side: side.name(), arms, problem });
    if mixture.len() != arms {
        return refuse(format!("has {} entries", mixture.len()));
    }
    if let Some(k) = mixture.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return refuse(format!("plays arm {} with probability {}", k + 1, mixture[k]));
    }
    let sum: f64 = mixture.iter().sum();
    if (sum - 1.0).abs() > 1e-9 {
        return refuse(format!("has sum {sum}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_and_names_are_checked() {
        let (a, b) = (Matrix::new([[1.0, 2.0]]).unwrap(), Matrix::new([[1.0], [2.0]]).unwrap());
        let error = Bimatrix::new(a.clone(), b).unwrap_err().to_string();
        assert!(error.contains("1 × 2") && error.contains("2 × 1"), "{error}");
        let names = Names { rows: vec!["hide".into(), "run".into()], columns: vec![] };
        assert_eq!(
            names.check(&a).unwrap_err().to_string(),
            "2 names for 1 rows; give one name for each, or none at all"
        );
        assert_eq!(names.of(Side::Row, 1), "run");
        assert_eq!(names.of(Side::Column, 1), "2");
        assert!(Bimatrix::zero_sum(a).is_zero_sum());
    }

    #[test]
    fn mixtures_are_checked() {
        let refused = |m: &[f64]| check_mixture(Side::Row, m, 2).unwrap_err().to_string();
        assert!(refused(&[1.0]).contains("has 1 entries"));
        assert!(refused(&[1.5, -0.5]).contains("arm 1 with probability 1.5"));
        assert!(refused(&[f64::NAN, 1.0]).contains("NaN"));
        assert!(refused(&[0.5, 0.4]).contains("has sum 0.9"));
        assert!(check_mixture(Side::Column, &[0.5, 0.5], 2).is_ok());
    }
}
