//! The second eigenvector of the node-weighted Laplacian of a connected network, by the power method.
//!
//! L = D_B − B with B_ij = A_ij (w_i + w_j − 1). The paper's program multiplies 2 · 30 ln n √(ln n) times by c − L, with c the
//! largest degree, and with weights its square and the largest D_B together. That c can be too small: on even rings, grids
//! and hypercubes (bipartite, all degrees alike) the modulus of c − μ is largest at the other end of the spectrum, where
//! neighbours alternate and a cut takes half of the nodes. Here c is never less than (μ⁺ + μ₂⁺)/2, whereupon no end outdoes the
//! second eigenvalue: μ⁺ = max over edges of D_i + D_j bounds the spectrum (Anderson & Morley 1985), μ₂⁺ =
//! n/(n − 1) · min D the second eigenvalue (Fiedler 1973).

use super::random_vector;
use hydranet_overlay::Csr;
use hydranet_topology::TrialRng;

/// Which side each node is on: the sign. Both sides have nodes if there are two nodes at all.
pub(super) fn signs(x: &[f64]) -> Vec<bool> {
    let mut side: Vec<bool> = x.iter().map(|&x| x >= 0.0).collect();
    if x.len() > 1 && side.iter().all(|&s| s == side[0]) {
        side[0] = !side[0]; // only where the vector has vanished
    }
    side
}

/// The vector, of length 1, from a random start.
pub(super) fn vector(csr: &Csr, weights: &[f64], rng: &mut TrialRng) -> Vec<f64> {
    let n = csr.nodes() as usize;
    let log = libm::log(n.max(2) as f64);
    power(csr, weights, 2 * (30.0 * log * log.sqrt()).ceil() as u32, random_vector(n, rng))
}

/// The power method with c − L.
fn power(csr: &Csr, weights: &[f64], multiplications: u32, start: Vec<f64>) -> Vec<f64> {
    let n = csr.nodes() as usize;
    // D_B(i) = Σ_j A_ij (w_i + w_j − 1)
    let strength: Vec<f64> = (0..csr.nodes())
        .map(|v| csr.row(v).iter().map(|&u| weights[v as usize] + weights[u as usize] - 1.0).sum())
        .collect();
    let bound = shift(csr, weights, &strength);
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

/// c of the paper's program, or what makes it safe.
fn shift(csr: &Csr, weights: &[f64], strength: &[f64]) -> f64 {
    let n = strength.len() as f64;
    let degree = f64::from((0..csr.nodes()).map(|v| csr.degree(v)).max().unwrap_or(0));
    let most = strength.iter().copied().fold(0.0, f64::max);
    let least = strength.iter().copied().fold(f64::INFINITY, f64::min);
    let top = csr.iter_arcs().map(|[u, v]| strength[u as usize] + strength[v as usize]).fold(0.0, f64::max);
    let plain = weights.iter().all(|&w| w == 1.0);
    let theirs = if plain { degree } else { degree * degree + most };
    theirs.max((top + n / (n - 1.0).max(1.0) * least) / 2.0)
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

    /// Eigenvalues and eigenvectors of a dense symmetric matrix by Jacobi's rotations: nothing in common with the power method.
    fn by_rotations(mut a: Vec<Vec<f64>>) -> Vec<(f64, Vec<f64>)> {
        let n = a.len();
        let mut q: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| (i == j) as u32 as f64).collect()).collect();
        for _ in 0..60 {
            for i in 0..n {
                for j in i + 1..n {
                    if a[i][j].abs() < 1e-300 {
                        continue;
                    }
                    let theta = (a[j][j] - a[i][i]) / (2.0 * a[i][j]);
                    let t = 1f64.copysign(theta) / (theta.abs() + (theta * theta + 1.0).sqrt());
                    let c = 1.0 / (t * t + 1.0).sqrt();
                    let s = t * c;
                    let turn = |x: f64, y: f64| (c * x - s * y, s * x + c * y);
                    (0..n).for_each(|k| (a[k][i], a[k][j]) = turn(a[k][i], a[k][j]));
                    for k in 0..n {
                        (a[i][k], a[j][k]) = turn(a[i][k], a[j][k]);
                        (q[k][i], q[k][j]) = turn(q[k][i], q[k][j]);
                    }
                }
            }
        }
        let mut list: Vec<(f64, Vec<f64>)> = (0..n).map(|i| (a[i][i], q.iter().map(|row| row[i]).collect())).collect();
        list.sort_by(|x, y| x.0.total_cmp(&y.0));
        list
    }

    /// L from its definition, Σ over edges of (w_i + w_j − 1)(e_i − e_j)(e_i − e_j)ᵀ.
    fn laplacian(csr: &Csr, w: &[f64]) -> Vec<Vec<f64>> {
        let mut a = vec![vec![0.0; w.len()]; w.len()];
        for [u, v] in csr.iter_arcs() {
            let (u, v) = (u as usize, v as usize);
            a[u][u] += w[u] + w[v] - 1.0;
            a[u][v] -= w[u] + w[v] - 1.0;
        }
        a
    }

    #[test]
    fn agrees_with_the_exact_second_eigenvector() {
        let mut looked_at = 0;
        for trial in 0..400 {
            let rng = &mut trial_rng(42, Trial::network(trial), Purpose::Topology);
            let csr = random_network(rng, 14);
            let n = csr.nodes() as usize;
            if components(&csr, |_| true).len() > 1 || n < 3 {
                continue; // vectors are asked of connected networks
            }
            let weights: Vec<f64> = match trial % 2 {
                0 => vec![1.0; n],
                _ => (0..n as u32).map(|v| csr.degree(v) as f64).collect(),
            };
            let exact = by_rotations(laplacian(&csr, &weights));
            assert!(exact[0].0.abs() < 1e-9 && exact[1].0 > 1e-9, "connected: one eigenvalue is 0");
            let strength: Vec<f64> = laplacian(&csr, &weights).iter().enumerate().map(|(i, row)| row[i]).collect();
            let c = shift(&csr, &weights, &strength);
            assert!(c - exact[1].0 >= (c - exact[n - 1].0).abs() - 1e-9, "no end outdoes the second eigenvalue");
            // the error falls by this factor in each step, at most
            let rest = exact[2..].iter().map(|(mu, _)| (c - mu).abs()).fold(0.0, f64::max) / (c - exact[1].0);
            if rest > 0.999 {
                continue; // nearly equal: any vector between the two is as good
            }
            looked_at += 1;
            let steps = (30.0 / -rest.max(1e-3).ln()).ceil() as u32 + 20;
            let got = power(&csr, &weights, steps, random_vector(n, rng));
            let along: f64 = got.iter().zip(&exact[1].1).map(|(x, y)| x * y).sum();
            assert!((along.abs() - 1.0).abs() < 1e-6, "cosine {along}: {got:?}, exact {:?}", exact[1]);
        }
        assert!(looked_at > 60, "{looked_at}");
    }

    #[test]
    fn where_sides_alternate_the_cut_is_still_straight() {
        // an even ring: with c = 2, the program's, the alternating vector would win
        let ring: Vec<[u32; 2]> = (0..12).map(|v| [v, (v + 1) % 12]).collect();
        for trial in 0..20 {
            let rng = &mut trial_rng(43, Trial::network(trial), Purpose::Order);
            let csr = Csr::from_edges(12, &ring).0;
            let side = signs(&vector(&csr, &[1.0; 12], rng));
            let cuts = ring.iter().filter(|e| side[e[0] as usize] != side[e[1] as usize]).count();
            assert_eq!(cuts, 2, "{side:?}");
        }
    }

    #[test]
    fn a_path_is_cut_in_the_middle() {
        let path: Vec<[u32; 2]> = (1..20).map(|v| [v - 1, v]).collect();
        let rng = &mut trial_rng(43, Trial::network(0), Purpose::Order);
        let side = signs(&vector(&Csr::from_edges(20, &path).0, &[1.0; 20], rng));
        assert!(side[..10].iter().all(|&s| s == side[0]) && side[10..].iter().all(|&s| s != side[0]));
        // where all is symmetric there still are two sides
        let side = signs(&vector(&Csr::from_edges(2, &[[0, 1]]).0, &[1.0; 2], rng));
        assert_ne!(side[0], side[1]);
    }
}
