//! λ₁ of the adjacency matrix: dense, or Lanczos' method, restarted from its best vector (O(m + steps · n) a step; a Ritz
//! value is never above λ₁).

use super::{Effort, Measured};
use crate::spectrum::adjacency;
use crate::spectrum::dense::eigenvalues;
use crate::spectrum::lanczos::{lanczos, random_vector};
use hydranet_overlay::Csr;
use hydranet_topology::TrialRng;

const RESTARTS: u32 = 20;
/// Residual against the value; the value's own error is about its square over the gap.
const ENOUGH: f64 = 1e-9;

/// The largest eigenvalue.
pub(super) fn spectral_radius(csr: &Csr, effort: &Effort, rng: &mut TrialRng) -> Measured {
    if csr.arcs() == 0 {
        return Measured::exactly(0.0, "exact, no edges");
    }
    if csr.nodes() <= effort.dense {
        let spectrum = eigenvalues(csr.nodes() as usize, adjacency::dense(csr));
        return Measured::exactly(*spectrum.last().expect("there are nodes"), "exact, dense spectrum");
    }
    let mut start = random_vector(csr.nodes() as usize, rng);
    // a positive start is never orthogonal to the leading vector, which has no negative entry
    start.iter_mut().for_each(|x| *x = 1.0 + 0.5 * *x);
    let mut best = 0.0;
    for _ in 0..RESTARTS {
        let projection = lanczos(adjacency::times(csr), start, &[], effort.steps, ENOUGH);
        let values = projection.values();
        best = values[0].value;
        if values[0].converged(ENOUGH) {
            return Measured::exactly(best, "Lanczos, relative residual 1e-9");
        }
        start = projection.vectors(1).swap_remove(0);
    }
    Measured::exactly(best, "Lanczos, not converged: a lower bound")
}
