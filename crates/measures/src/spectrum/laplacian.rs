//! The Laplacian L = D − A: applied, dense, and solved for (conjugate gradients, Jacobi preconditioner; connected networks).

use super::dense::dot;
use hydranet_overlay::Csr;

/// The dense matrix, row by row. O(n²).
pub fn dense(csr: &Csr) -> Vec<f64> {
    let n = csr.nodes() as usize;
    let mut a = vec![0.0; n * n];
    for v in 0..n {
        a[v * n + v] = csr.degree(v as u32) as f64;
        csr.row(v as u32).iter().for_each(|&w| a[v * n + w as usize] = -1.0);
    }
    a
}

/// Whether there is one component only. O(n + m).
pub fn is_connected(csr: &Csr) -> bool {
    csr.nodes() == 0 || crate::paths::Bfs::new(csr.nodes()).run(csr, 0).len() == csr.nodes() as usize
}

/// Residual at which a solution is good, against the right side.
const ENOUGH: f64 = 1e-11;
/// Iterations at most.
const ITERATIONS: u32 = 20_000;

/// x = L⁺ b for a connected network and b orthogonal to the constant: x is orthogonal to it too. The second value tells
/// whether the iteration converged. O(m √(μ_max/μ₂)).
pub fn solve(csr: &Csr, b: &[f64]) -> (Vec<f64>, bool) {
    let n = b.len();
    let mut x = vec![0.0; n];
    let mut r = b.to_vec();
    center(&mut r);
    let wanted = ENOUGH * dot(&r, &r).sqrt();
    let mut z: Vec<f64> = vec![0.0; n];
    let precondition = |r: &[f64], z: &mut [f64]| {
        (0..n).for_each(|v| z[v] = r[v] / csr.degree(v as u32).max(1) as f64);
    };
    precondition(&r, &mut z);
    let mut p = z.clone();
    let mut rz = dot(&r, &z);
    let mut lp = vec![0.0; n];
    for _ in 0..ITERATIONS {
        if dot(&r, &r).sqrt() <= wanted {
            center(&mut x);
            return (x, true);
        }
        for v in 0..n {
            let sum: f64 = csr.row(v as u32).iter().map(|&w| p[w as usize]).sum();
            lp[v] = csr.degree(v as u32) as f64 * p[v] - sum;
        }
        let step = rz / dot(&p, &lp);
        x.iter_mut().zip(&p).for_each(|(x, p)| *x += step * p);
        r.iter_mut().zip(&lp).for_each(|(r, lp)| *r -= step * lp);
        precondition(&r, &mut z);
        let next = dot(&r, &z);
        let keep = next / rz;
        p.iter_mut().zip(&z).for_each(|(p, z)| *p = z + keep * *p);
        rz = next;
    }
    center(&mut x);
    (x, false)
}

/// Makes the vector orthogonal to the constant one.
pub fn center(x: &mut [f64]) {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    x.iter_mut().for_each(|x| *x -= mean);
}
