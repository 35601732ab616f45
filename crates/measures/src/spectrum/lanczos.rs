//! Lanczos' method with full reorthogonalization (Golub & Van Loan, Matrix Computations, ch. 10): a large symmetric matrix,
//! known by what it does to vectors, is projected to a small tridiagonal one.

use super::dense::{dot, tridiagonal};
use hydranet_topology::{Draw, TrialRng};

/// The projection onto the space of x, Ax, A²x, …
#[derive(Debug, Clone)]
pub struct Projection {
    /// Orthonormal vectors.
    basis: Vec<Vec<f64>>,
    diagonal: Vec<f64>,
    /// `beside[i]` stands between i and i + 1; the last one is what the space leaves out.
    beside: Vec<f64>,
}

/// At most `steps` steps from `start`, orthogonal to all of `avoid` (orthonormal); fewer where the space is exhausted, or
/// once the largest eigenvalue's residual is below `enough` times its size (asked every tenth step).
pub fn lanczos(
    apply: impl Fn(&[f64], &mut [f64]),
    start: Vec<f64>,
    avoid: &[Vec<f64>],
    steps: u32,
    enough: f64,
) -> Projection {
    let mut q = start;
    remove(&mut q, avoid);
    remove(&mut q, avoid);
    let size = normalize(&mut q);
    let mut p = Projection { basis: Vec::new(), diagonal: Vec::new(), beside: Vec::new() };
    if size == 0.0 {
        return p;
    }
    let mut r = vec![0.0; q.len()];
    let mut scale = 0f64;
    for step in 1..=steps {
        apply(&q, &mut r);
        p.diagonal.push(dot(&q, &r));
        p.basis.push(q);
        for _ in 0..2 {
            remove(&mut r, avoid);
            remove(&mut r, &p.basis);
        }
        q = std::mem::take(&mut r);
        let beta = normalize(&mut q);
        p.beside.push(beta);
        scale = scale.max(beta).max(p.diagonal.last().expect("just pushed").abs());
        if beta <= 1e-13 * scale || (enough > 0.0 && step % 10 == 0 && p.converged(enough)) {
            break;
        }
        r = vec![0.0; q.len()];
    }
    p
}

impl Projection {
    /// Eigenvalues θ of the small matrix, each with the first component of its eigenvector and its residual |A y − θ y|;
    /// largest first.
    pub fn values(&self) -> Vec<Ritz> {
        let k = self.diagonal.len();
        let unit = |i: usize| (0..k).map(|j| (i == j) as u32 as f64).collect::<Vec<_>>();
        if k == 0 {
            return Vec::new();
        }
        let mut rows = [unit(0), unit(k - 1)];
        let (mut d, mut e) = (self.diagonal.clone(), self.beside.clone());
        tridiagonal(&mut d, &mut e, &mut rows);
        let left = self.beside[k - 1];
        let ritz = |i: usize| Ritz { value: d[i], first: rows[0][i], residual: (left * rows[1][i]).abs() };
        let mut list: Vec<Ritz> = (0..k).map(ritz).collect();
        list.sort_by(|a, b| b.value.total_cmp(&a.value));
        list
    }

    fn converged(&self, enough: f64) -> bool {
        self.values()[0].converged(enough)
    }

    /// The eigenvectors of the `count` largest eigenvalues, in the large space.
    pub fn vectors(&self, count: usize) -> Vec<Vec<f64>> {
        let k = self.diagonal.len();
        let mut rows: Vec<Vec<f64>> = (0..k).map(|i| (0..k).map(|j| (i == j) as u32 as f64).collect()).collect();
        let (mut d, mut e) = (self.diagonal.clone(), self.beside.clone());
        tridiagonal(&mut d, &mut e, &mut rows);
        let mut by_value: Vec<usize> = (0..k).collect();
        by_value.sort_by(|&a, &b| d[b].total_cmp(&d[a]));
        let vector = |i: usize| {
            let mut y = vec![0.0; self.basis[0].len()];
            for (q, row) in self.basis.iter().zip(&rows) {
                y.iter_mut().zip(q).for_each(|(y, q)| *y += row[i] * q);
            }
            y
        };
        by_value.into_iter().take(count).map(vector).collect()
    }
}

/// An approximate eigenvalue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ritz {
    /// The eigenvalue of the small matrix, θ.
    pub value: f64,
    /// First component of its eigenvector in the small space.
    pub first: f64,
    /// |A y − θ y| for its vector y.
    pub residual: f64,
}

impl Ritz {
    /// Whether the residual is at most `enough` times the value.
    pub fn converged(&self, enough: f64) -> bool {
        self.residual <= enough * self.value.abs()
    }
}

/// A random start: entries in (−1, 1).
pub fn random_vector(n: usize, rng: &mut TrialRng) -> Vec<f64> {
    (0..n).map(|_| 2.0 * rng.unit() - 1.0).collect()
}

/// A probe for a trace: entries −1 or 1, so that E[zᵀ M z] = tr M with the least variance (Hutchinson 1990).
pub fn signs(n: usize, rng: &mut TrialRng) -> Vec<f64> {
    (0..n).map(|_| if rng.chance(0.5) { 1.0 } else { -1.0 }).collect()
}

/// Takes the components along orthonormal vectors out.
pub fn remove(x: &mut [f64], along: &[Vec<f64>]) {
    for q in along {
        let c = dot(x, q);
        x.iter_mut().zip(q).for_each(|(x, q)| *x -= c * q);
    }
}

/// Makes the length 1 and returns what it was.
fn normalize(x: &mut [f64]) -> f64 {
    let length = dot(x, x).sqrt();
    if length > 0.0 {
        x.iter_mut().for_each(|x| *x /= length);
    }
    length
}
