//! μ₂ of the Laplacian: dense, or Lanczos' method on the pseudo-inverse, where 1/μ₂ stands apart from the rest of the spectrum;
//! every step solves for the Laplacian by conjugate gradients. O(m √(μ_max/μ₂)) a step, ten steps mostly.

use super::{Effort, Measured};
use crate::spectrum::dense::eigenvalues;
use crate::spectrum::lanczos::{lanczos, random_vector};
use crate::spectrum::laplacian::{center, dense, is_connected, solve};
use hydranet_overlay::Csr;
use hydranet_topology::TrialRng;
use std::cell::Cell;

const ENOUGH: f64 = 1e-6;

/// The second smallest Laplacian eigenvalue.
pub(super) fn algebraic_connectivity(csr: &Csr, effort: &Effort, rng: &mut TrialRng) -> Measured {
    let n = csr.nodes() as usize;
    if n < 2 {
        return Measured::exactly(f64::NAN, "not defined for fewer than two nodes");
    }
    if !is_connected(csr) {
        return Measured::exactly(0.0, "exact, not connected");
    }
    if csr.nodes() <= effort.dense {
        return Measured::exactly(eigenvalues(n, dense(csr))[1], "exact, dense spectrum");
    }
    let solved = Cell::new(true);
    let inverse = |b: &[f64], x: &mut [f64]| {
        let (solution, good) = solve(csr, b);
        solved.set(solved.get() && good);
        x.copy_from_slice(&solution);
    };
    let mut start = random_vector(n, rng);
    center(&mut start);
    let constant = vec![vec![1.0 / (n as f64).sqrt(); n]];
    let values = lanczos(inverse, start, &constant, effort.steps, ENOUGH).values();
    // the error of 1/θ is the square of the residual over the gap
    let good = solved.get() && values[0].converged(ENOUGH);
    let method = match good {
        true => "Lanczos on the pseudo-inverse, relative residual 1e-6",
        false => "Lanczos on the pseudo-inverse, not converged: an upper bound",
    };
    Measured::exactly(1.0 / values[0].value, method)
}
