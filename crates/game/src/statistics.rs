//! What noise does to a game that was estimated. Samples are matrices of independent networks; trials that share a network
//! are averaged first. Exploitability is told held out, beside its floor, and never in sample.

mod bootstrap;
mod held_out;
mod mistake;
mod noise;
mod samples;
mod value;

pub use bootstrap::{Bootstrap, bootstrap};
pub use held_out::{HeldOut, Split, held_out};
pub use mistake::{SameMistake, same_mistake, same_mistake_by_chance};
pub use noise::{expected_maximum, noise_floor};
pub use samples::{mean_matrix, means_by_network};
pub use value::{Estimate, bonferroni_z, cell_error, cell_intervals, value_interval};

#[cfg(test)]
mod tests {
    use crate::Matrix;
    use hydranet_topology::{Draw, Purpose, Trial, TrialRng, trial_rng};

    pub(crate) fn rng(network: u32) -> TrialRng {
        trial_rng(18, Trial::network(network), Purpose::Measure)
    }

    /// The matrix with independent normal errors (Box & Muller).
    pub(crate) fn noisy(truth: &Matrix, sd: f64, rng: &mut TrialRng) -> Matrix {
        truth.map(|a| a + sd * (2.0 * rng.exponential()).sqrt() * (std::f64::consts::TAU * rng.unit()).cos()).unwrap()
    }
}
