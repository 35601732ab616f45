//! Equilibria: zero-sum games by linear programming, dominated arms, small bimatrix games by enumeration, commitment.

mod centre;
mod dominated;
mod entropy;
mod enumerate;
pub(crate) mod programme;
mod stackelberg;
mod zero_sum;
#[cfg(test)]
mod zero_sum_tests;

pub use dominated::{Dominance, dominated_columns, dominated_rows};
pub use enumerate::{Equilibrium, equilibria};
pub use stackelberg::{Commitment, commit};
pub use zero_sum::{CERTIFICATE, Choice, Solution, solve, support};
