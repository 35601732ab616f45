//! ln((1/n) tr e^A) (Wu, Barahona, Tan & Deng, Chin. Phys. Lett. 27, 078902, 2010): dense, or by stochastic Lanczos quadrature
//! (Ubaru, Chen & Saad, SIAM J. Matrix Anal. Appl. 38, 1075, 2017).
//!
//! The leading eigenvalues, which dominate the trace of networks with hubs, are found first and taken out (as Hutch++ of Meyer
//! et al. 2021 does), so that random probes estimate only what is left. O(probes · 30 m) and 30 n floats a thread.

use super::{Effort, Measured, mean_and_error};
use crate::spectrum::adjacency;
use crate::spectrum::dense::eigenvalues;
use crate::spectrum::lanczos::{lanczos, random_vector, remove, signs};
use hydranet_overlay::Csr;
use hydranet_topology::TrialRng;
use rayon::prelude::*;

/// Eigenvectors taken out at most.
const LEADING: usize = 8;
/// Steps of the quadrature: e^A on [−λ, λ] is within 10⁻⁸ for λ up to 15, and the large ones are taken out.
const QUADRATURE: u32 = 30;

/// Natural connectivity.
pub(super) fn natural_connectivity(csr: &Csr, effort: &Effort, rng: &mut TrialRng) -> Measured {
    let n = csr.nodes() as usize;
    if csr.arcs() == 0 {
        return Measured::exactly(if n > 0 { 0.0 } else { f64::NAN }, "exact, no edges");
    }
    if csr.nodes() <= effort.dense {
        let spectrum = eigenvalues(n, adjacency::dense(csr));
        let top = *spectrum.last().expect("there are nodes");
        // relative to the largest: e^λ itself overflows from 710
        let sum: f64 = spectrum.iter().map(|l| libm::exp(l - top)).sum();
        return Measured::exactly(top + libm::log(sum / n as f64), "exact, dense spectrum");
    }
    let mut start = random_vector(n, rng);
    start.iter_mut().for_each(|x| *x = 1.0 + 0.5 * *x);
    let projection = lanczos(adjacency::times(csr), start, &[], effort.steps, 0.0);
    let values = projection.values();
    let top = values[0].value;
    let leading = values.iter().take(LEADING).take_while(|ritz| ritz.converged(1e-7)).count();
    let out = projection.vectors(leading);
    drop(projection);
    let known: f64 = values[..leading].iter().map(|ritz| libm::exp(ritz.value - top)).sum();
    let probes: Vec<Vec<f64>> = (0..effort.probes).map(|_| signs(n, rng)).collect();
    let traces: Vec<f64> = probes
        .into_par_iter()
        .map(|mut z| {
            remove(&mut z, &out);
            let size: f64 = z.iter().map(|x| x * x).sum();
            let quadrature = lanczos(adjacency::times(csr), z, &out, QUADRATURE, 0.0);
            size * quadrature.values().iter().map(|r| r.first * r.first * libm::exp(r.value - top)).sum::<f64>()
        })
        .collect();
    let (mean, error) = mean_and_error(&traces);
    let sum = known + mean;
    Measured {
        value: top + libm::log(sum / n as f64),
        standard_error: Some(error / sum), // of a logarithm
        method: "stochastic Lanczos quadrature, leading eigenvectors taken out",
    }
}
