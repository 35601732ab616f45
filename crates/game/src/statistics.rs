//! What noise does to a game that was estimated: intervals, held-out exploitability and its floor.

mod samples;

pub use samples::{mean_matrix, means_by_network};
