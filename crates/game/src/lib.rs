#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

pub mod classic;
pub mod csv;
pub mod learn;
pub mod play;
pub mod statistics;

mod error;
mod exploit;
mod games;
mod linear;
mod matrix;
mod oracle;
mod qre;
mod solve;

pub use error::GameError;
pub use exploit::{BestResponse, Gains, best_column, best_row, exploitability, gains, nash_conv};
pub use games::{Bimatrix, Names, Side, check_mixture};
pub use matrix::{LARGEST_PAYOFF, Matrix};
pub use oracle::{DoubleOracle, Grid, Oracles, Response, double_oracle};
pub use play::play;
pub use qre::{QuantalResponse, logit, quantal_responses};
pub use solve::{
    CERTIFICATE, Choice, Commitment, Dominance, Equilibrium, Solution, commit, dominated_columns, dominated_rows,
    equilibria, solve, support,
};
