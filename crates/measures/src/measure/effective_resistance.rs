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
    if csr.nodes() <= effort.resistances {
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

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    /// Two complete networks of k nodes and a path of p between them: any two nodes of a clique are 2/k apart,
    /// and along the path resistances add up.
    fn barbell(k: u32, p: u32) -> (Csr, f64) {
        let clique = |from: u32| (from..from + k).flat_map(move |u| (from..u).map(move |v| [u, v]));
        let path = (k - 1..k + p).map(|v| [v, v + 1]);
        let csr = Csr::from_edges(2 * k + p, &clique(0).chain(clique(k + p)).chain(path).collect::<Vec<_>>()).0;
        let (k, p) = (f64::from(k), f64::from(p));
        // within a clique any two are 2/k apart, and so is a node of it from its end of the path, all but that end itself
        let inside = k * (k - 1.0) / 2.0 * 2.0 / k;
        let to_end = (k - 1.0) * 2.0 / k;
        // the ends and the path are a chain of p + 2 nodes: Σ of all distances between them, and from each node
        let chain = (p + 1.0) * (p + 2.0) * (p + 3.0) / 6.0;
        let from_end = (p + 1.0) * (p + 2.0) / 2.0;
        // nodes of a clique but its end, with the rest of the chain; and with those of the other clique
        let with_chain = (k - 1.0) * from_end + to_end * (p + 1.0);
        let across = (k - 1.0) * (k - 1.0) * (p + 1.0) + 2.0 * (k - 1.0) * to_end;
        (csr, 2.0 * inside + chain + 2.0 * with_chain + across)
    }

    #[test]
    fn bottlenecks_are_exact_up_to_2000_nodes() {
        // networkx says 550,833.93 of the barbell of 300, 5 and 300
        assert!((barbell(300, 5).1 - 550_833.93).abs() < 0.01, "{}", barbell(300, 5).1);
        let rng = &mut trial_rng(55, Trial::network(0), Purpose::Measure);
        for (k, p) in [(3, 1), (10, 4), (300, 5)] {
            let (csr, want) = barbell(k, p);
            let got = effective_resistance(&csr, &Effort::default(), rng);
            assert!((got.value / want - 1.0).abs() < 1e-7, "{got:?} for {want}");
            assert_eq!(got.standard_error, None);
        }
    }

    #[test]
    fn more_samples_say_more() {
        let (csr, want) = barbell(30, 3);
        let at = |probes| {
            let rng = &mut trial_rng(56, Trial::network(0), Purpose::Measure);
            let got = effective_resistance(&csr, &Effort { resistances: 0, probes, ..Effort::default() }, rng);
            (got.value, got.standard_error.unwrap())
        };
        let ((_, few), (value, many)) = (at(16), at(1600));
        assert!(many < few / 5.0, "{many} is a tenth of {few}, more or less");
        assert!((value - want).abs() < 4.0 * many, "{value} ± {many} for {want}");
    }
}
