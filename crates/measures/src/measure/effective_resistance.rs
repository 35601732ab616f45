//! R_G = n Σ 1/μ = n tr L⁺ (Ellens, Spieksma, Van Mieghem, Jamakovic & Kooij, Linear Algebra Appl. 435, 2491, 2011): dense, or
//! Hutchinson's trace estimate (1990), each probe one solution by conjugate gradients. O(probes · m √(μ_max/μ₂)).

use super::{Effort, Measured, mean_and_error};
use crate::spectrum::dense::{dot, eigenvalues};
use crate::spectrum::lanczos::signs;
use crate::spectrum::laplacian::{center, dense, is_connected, solve};
use hydranet_overlay::Csr;
use hydranet_topology::TrialRng;
use rayon::prelude::*;

/// Effective graph resistance (Kirchhoff index).
pub(super) fn effective_resistance(csr: &Csr, effort: &Effort, rng: &mut TrialRng) -> Measured {
    let n = csr.nodes() as usize;
    if n == 0 {
        return Measured::exactly(f64::NAN, "not defined without nodes");
    }
    if !is_connected(csr) {
        return Measured::exactly(f64::INFINITY, "exact, not connected");
    }
    if csr.nodes() <= effort.dense {
        let sum: f64 = eigenvalues(n, dense(csr))[1..].iter().map(|mu| 1.0 / mu).sum();
        return Measured::exactly(n as f64 * sum, "exact, dense spectrum");
    }
    let probes: Vec<Vec<f64>> = (0..effort.probes).map(|_| signs(n, rng)).collect();
    let solved: Vec<(f64, bool)> = probes
        .into_par_iter()
        .map(|mut z| {
            center(&mut z);
            let (x, good) = solve(csr, &z);
            (n as f64 * dot(&z, &x), good)
        })
        .collect();
    let (value, error) = mean_and_error(&solved.iter().map(|s| s.0).collect::<Vec<_>>());
    let method = match solved.iter().all(|s| s.1) {
        true => "Hutchinson's trace estimate, conjugate gradients",
        false => "Hutchinson's trace estimate, conjugate gradients not converged",
    };
    Measured { value, standard_error: Some(error), method }
}
