//! What can be wrong with a game, with its place.

/// Why a game, a mixture or a computation on them is refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GameError {
    /// A side has no arm.
    #[error(
        "a game with {rows} rows and {columns} columns has nothing to choose from; give each side at least one arm"
    )]
    Empty {
        /// Number of rows.
        rows: usize,
        /// Number of columns.
        columns: usize,
    },
    /// A row has another length than the first one.
    #[error("row {row} has {found} payoffs and row 1 has {expected}; give every row as many")]
    Ragged {
        /// The row, counted from 1.
        row: usize,
        /// Its length.
        found: usize,
        /// The length of the first row.
        expected: usize,
    },
    /// A payoff is not a number, infinite, or too large to take differences of.
    #[error("the payoff in row {row}, column {column} is {value:?}; payoffs are finite numbers within ±1e150")]
    Payoff {
        /// The row, counted from 1.
        row: usize,
        /// The column, counted from 1.
        column: usize,
        /// The payoff.
        value: f64,
    },
    /// The two matrices of a bimatrix game have different shapes.
    #[error(
        "the row player's payoffs are {rows} × {columns} and the column player's {other_rows} × {other_columns}; \
         both matrices have one cell for each pair of arms"
    )]
    Shapes {
        /// Rows of the first.
        rows: usize,
        /// Columns of the first.
        columns: usize,
        /// Rows of the second.
        other_rows: usize,
        /// Columns of the second.
        other_columns: usize,
    },
    /// Names and arms differ in number.
    #[error("{found} names for {arms} {side}; give one name for each, or none at all")]
    Names {
        /// `rows` or `columns`.
        side: &'static str,
        /// How many arms there are.
        arms: usize,
        /// How many names were given.
        found: usize,
    },
    /// A mixture is not a probability vector over the arms.
    #[error("the mixture of the {side} {problem}; give one probability in [0, 1] for each of {arms} arms, with sum 1")]
    Mixture {
        /// `row player` or `column player`.
        side: &'static str,
        /// How many arms there are.
        arms: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// No solution could be certified.
    #[error(
        "no solution was certified: the best one found has NashConv {nash_conv:e}, which is more than {allowed:e} \
         (1e-9 of the payoffs' range); are there payoffs that differ by less than their rounding?"
    )]
    Uncertified {
        /// The gap that is left, in units of payoff.
        nash_conv: f64,
        /// What is allowed.
        allowed: f64,
    },
    /// The linear programme failed.
    #[error("the linear programme of arm {arm} failed: {message}")]
    Programme {
        /// The arm, counted from 1.
        arm: usize,
        /// The solver's words.
        message: String,
    },
    /// A parameter is out of its range.
    #[error("{name} = {value} is out of range; {allowed}")]
    Parameter {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
    /// The quantal response path could not be followed so far.
    #[error(
        "the quantal response path was lost at lambda = {reached} on the way to {wanted}; ask for a smaller lambda"
    )]
    PathLost {
        /// Where it was lost.
        reached: f64,
        /// The lambda that was asked for.
        wanted: f64,
    },
    /// A game too large for enumeration.
    #[error("{pairs:e} pairs of supports are more than the {allowed:e} that are enumerated; use a smaller game")]
    TooLarge {
        /// How many pairs there are.
        pairs: f64,
        /// How many are allowed.
        allowed: f64,
    },
    /// Matrices that should be of one game have different shapes.
    #[error(
        "sample {sample} is {rows} × {columns} and the first is {expected_rows} × {expected_columns}; \
         all samples are of one game"
    )]
    Samples {
        /// The sample, counted from 1.
        sample: usize,
        /// Its rows.
        rows: usize,
        /// Its columns.
        columns: usize,
        /// Rows of the first.
        expected_rows: usize,
        /// Columns of the first.
        expected_columns: usize,
    },
    /// Too few independent samples for the question.
    #[error("{found} samples are too few for {what}; give at least {needed}")]
    TooFew {
        /// What was asked.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
}
