//! Colonel Blotto with whole troops (Borel 1921): both sides spread their troops over fields at once, and each field goes to
//! the larger force. Used to test solvers: the games are large, sparse in equilibrium, and their values are known.

use crate::{GameError, Matrix};

/// Payoff of the row player: fields won less fields lost. Arms are all divisions of the troops, in lexicographic order:
/// C(troops + fields − 1, fields − 1) of them.
///
/// # Errors
/// [`GameError::Parameter`] without a field, or with more than 10⁷ cells.
///
/// ```
/// let game = hydranet_game::classic::blotto(6, 5, 3)?;
/// assert_eq!((game.rows(), game.columns()), (28, 21));
/// # Ok::<(), hydranet_game::GameError>(())
/// ```
pub fn blotto(row_troops: u32, column_troops: u32, fields: u32) -> Result<Matrix, GameError> {
    if fields == 0 {
        return Err(GameError::Parameter { name: "fields", value: 0.0, allowed: "there is at least one field" });
    }
    let arms = |troops: u32| (1..fields).map(|k| f64::from(troops + k) / f64::from(k)).product::<f64>();
    let cells = arms(row_troops) * arms(column_troops);
    if cells > 1e7 {
        return Err(GameError::Parameter {
            name: "cells",
            value: cells.round(),
            allowed: "at most 1e7; use fewer troops or fields",
        });
    }
    let (rows, columns) = (divisions(row_troops, fields), divisions(column_troops, fields));
    Matrix::from_fn(rows.len(), columns.len(), |i, j| {
        rows[i].iter().zip(&columns[j]).map(|(a, b)| f64::from(i8::from(a > b) - i8::from(a < b))).sum()
    })
}

/// All ways to divide troops over fields, in lexicographic order.
fn divisions(troops: u32, fields: u32) -> Vec<Vec<u32>> {
    if fields == 1 {
        return vec![vec![troops]];
    }
    let mut all = Vec::new();
    for first in 0..=troops {
        for mut rest in divisions(troops - first, fields - 1) {
            rest.insert(0, first);
            all.push(rest);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn games_of_known_value() {
        for ((row, column, fields), value) in [((4, 3, 2), 0.5), ((6, 5, 3), 4.0 / 9.0), ((5, 5, 3), 0.0)] {
            let solution = crate::solve(&blotto(row, column, fields).unwrap()).unwrap();
            assert!((solution.value - value).abs() < 1e-9, "{} for {value}", solution.value);
            assert!(solution.nash_conv < 1e-9);
        }
    }

    #[test]
    fn odd_sizes() {
        assert_eq!(blotto(3, 1, 1).unwrap().cells(), [1.0]);
        assert_eq!(blotto(0, 0, 4).unwrap().cells(), [0.0]);
        assert!(blotto(3, 3, 0).is_err() && blotto(60, 60, 6).is_err());
    }
}
