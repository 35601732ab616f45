//! The two sides of a connected network: the signs of the second eigenvector of the node-weighted Laplacian.

use super::random_vector;
use hydranet_overlay::Csr;
use hydranet_topology::TrialRng;

/// Which side each node of a connected network is on. Both sides have nodes if there are two nodes at all.
pub(super) fn sides(csr: &Csr, weights: &[f64], rng: &mut TrialRng) -> Vec<bool> {
    let n = csr.nodes() as usize;
    let x = vector(csr, weights, random_vector(n, rng));
    let mut side: Vec<bool> = x.iter().map(|&x| x >= 0.0).collect();
    if n > 1 && side.iter().all(|&s| s == side[0]) {
        side[0] = !side[0]; // only where the vector has vanished
    }
    side
}

/// The power method with c − L, L = D_B − B.
fn vector(csr: &Csr, weights: &[f64], start: Vec<f64>) -> Vec<f64> {
    let n = csr.nodes() as usize;
    // D_B(i) = Σ_j A_ij (w_i + w_j − 1)
    let strength: Vec<f64> = (0..csr.nodes())
        .map(|v| csr.row(v).iter().map(|&u| weights[v as usize] + weights[u as usize] - 1.0).sum())
        .collect();
    let bound = csr.iter_arcs().map(|[u, v]| strength[u as usize] + strength[v as usize]).fold(0.0, f64::max);
    let log = libm::log(n.max(2) as f64);
    let multiplications = (30.0 * log * log.sqrt()).ceil() as u32;
    let mut x = start;
    center(&mut x);
    let mut weighted: Vec<f64> = vec![0.0; n];
    let mut next = vec![0.0; n];
    for _ in 0..multiplications {
        // (B x)_i = (w_i − 1) Σ_j x_j + Σ_j w_j x_j over the neighbours j
        weighted.iter_mut().zip(&x).zip(weights).for_each(|((y, x), w)| *y = w * x);
        for v in 0..csr.nodes() {
            let (mut plain, mut heavy) = (0.0, 0.0);
            for &u in csr.row(v) {
                plain += x[u as usize];
                heavy += weighted[u as usize];
            }
            let v = v as usize;
            next[v] = (bound - strength[v]) * x[v] + (weights[v] - 1.0) * plain + heavy;
        }
        center(&mut next);
        let length = next.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length <= 1e-12 * bound {
            break; // nothing is orthogonal to the constant but what c − L takes to 0: any cut is as good
        }
        x.iter_mut().zip(&next).for_each(|(x, y)| *x = y / length);
    }
    x
}

/// Makes the vector orthogonal to the constant one.
fn center(x: &mut [f64]) {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    x.iter_mut().for_each(|x| *x -= mean);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::random_network;
    use hydranet_measures::components::components;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    /// The same power method on the dense matrix, written down entry by entry.
    fn dense(csr: &Csr, w: &[f64], start: &[f64]) -> Vec<f64> {
        let n = csr.nodes() as usize;
        let a = |i: usize, j: usize| csr.has_arc(i as u32, j as u32) as u32 as f64;
        let b = |i: usize, j: usize| a(i, j) * (w[i] + w[j] - 1.0);
        let d: Vec<f64> = (0..n).map(|i| (0..n).map(|j| b(i, j)).sum()).collect();
        let mut c = 0f64;
        (0..n).for_each(|i| (0..n).for_each(|j| c = c.max(a(i, j) * (d[i] + d[j]))));
        let entry = |i: usize, j: usize| b(i, j) + if i == j { c - d[i] } else { 0.0 };
        let mut x = start.to_vec();
        let steps = (30.0 * (n as f64).ln().powf(1.5)).ceil() as u32;
        for _ in 0..steps {
            let mean = x.iter().sum::<f64>() / n as f64;
            let y: Vec<f64> = (0..n).map(|i| (0..n).map(|j| entry(i, j) * (x[j] - mean)).sum()).collect();
            let mean = y.iter().sum::<f64>() / n as f64;
            let length = y.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>().sqrt();
            x = y.iter().map(|y| (y - mean) / length).collect();
        }
        x
    }

    #[test]
    fn agrees_with_the_dense_matrix() {
        let mut looked_at = 0;
        for trial in 0..300 {
            let rng = &mut trial_rng(42, Trial::network(trial), Purpose::Topology);
            let csr = random_network(rng, 14);
            let n = csr.nodes() as usize;
            let complete = csr.arcs() as usize == n * (n - 1);
            if components(&csr, |_| true).len() > 1 || n < 3 || complete {
                continue; // sides are asked of connected networks; a complete one has no second eigenvector
            }
            looked_at += 1;
            let weights: Vec<f64> = match trial % 2 {
                0 => vec![1.0; n],
                _ => (0..n as u32).map(|v| csr.degree(v) as f64).collect(),
            };
            let start = random_vector(n, rng);
            let (got, want) = (vector(&csr, &weights, start.clone()), dense(&csr, &weights, &start));
            for (g, w) in got.iter().zip(&want) {
                assert!((g - w).abs() < 1e-6, "{got:?}, dense {want:?}");
            }
        }
        assert!(looked_at > 60, "{looked_at}");
    }

    #[test]
    fn a_path_is_cut_in_the_middle() {
        let path: Vec<[u32; 2]> = (1..20).map(|v| [v - 1, v]).collect();
        let rng = &mut trial_rng(43, Trial::network(0), Purpose::Order);
        let side = sides(&Csr::from_edges(20, &path).0, &[1.0; 20], rng);
        assert!(side[..10].iter().all(|&s| s == side[0]) && side[10..].iter().all(|&s| s != side[0]));
        // where all is symmetric there still are two sides
        let side = sides(&Csr::from_edges(2, &[[0, 1]]).0, &[1.0; 2], rng);
        assert_ne!(side[0], side[1]);
    }
}
