//! The whole spectrum of a small symmetric matrix: Householder's reduction to tridiagonal form, then the implicit QL method
//! (Bowdler, Martin, Reinsch & Wilkinson 1968). O(n³). Lanczos' method ends in the same tridiagonal problem.

/// Eigenvalues, rising, of the symmetric matrix with rows of `n` in `a`.
pub fn eigenvalues(n: usize, mut a: Vec<f64>) -> Vec<f64> {
    let mut diagonal = vec![0.0; n];
    let mut beside = vec![0.0; n];
    let mut v = vec![0.0; n];
    let mut w = vec![0.0; n];
    for k in 0..n.saturating_sub(1) {
        let first = a[(k + 1) * n + k];
        let below: f64 = (k + 2..n).map(|i| a[i * n + k] * a[i * n + k]).sum();
        if below == 0.0 {
            beside[k] = first;
            continue;
        }
        // the reflection that takes column k below the diagonal to a multiple of the first unit vector
        let norm = (first * first + below).sqrt();
        let to = if first > 0.0 { -norm } else { norm };
        beside[k] = to;
        (k + 1..n).for_each(|i| v[i] = a[i * n + k]);
        v[k + 1] -= to;
        let length = (v[k + 1] * v[k + 1] + below).sqrt();
        v[k + 1..].iter_mut().for_each(|x| *x /= length);
        // A − 2 (v wᵀ + w vᵀ), w = A v − (vᵀ A v) v
        for i in k + 1..n {
            w[i] = dot(&a[i * n + k + 1..(i + 1) * n], &v[k + 1..]);
        }
        let along = dot(&v[k + 1..], &w[k + 1..]);
        (k + 1..n).for_each(|i| w[i] -= along * v[i]);
        for i in k + 1..n {
            let (vi, wi) = (2.0 * v[i], 2.0 * w[i]);
            let row = &mut a[i * n + k + 1..(i + 1) * n];
            row.iter_mut().zip(v[k + 1..].iter().zip(&w[k + 1..])).for_each(|(x, (v, w))| *x -= vi * w + wi * v);
        }
    }
    (0..n).for_each(|i| diagonal[i] = a[i * n + i]);
    tridiagonal(&mut diagonal, &mut beside, &mut []);
    diagonal.sort_by(f64::total_cmp);
    diagonal
}

/// Turns the diagonal of a symmetric tridiagonal matrix into its eigenvalues, in no order; `beside[i]` stands between
/// entries i and i + 1, and is lost. Each of `rows` is multiplied by the matrix of eigenvectors: a row of the unit matrix
/// becomes that component of all eigenvectors.
pub fn tridiagonal(diagonal: &mut [f64], beside: &mut [f64], rows: &mut [Vec<f64>]) {
    let (d, e) = (diagonal, beside);
    let n = d.len();
    if n == 0 {
        return;
    }
    e[n - 1] = 0.0;
    for l in 0..n {
        // Wilkinson's shift converges cubically: a handful of rounds an eigenvalue; the bound is against NaN
        for _ in 0..200 {
            let split = |m: &usize| e[*m].abs() <= f64::EPSILON * (d[*m].abs() + d[*m + 1].abs());
            let m = (l..n - 1).find(split).unwrap_or(n - 1);
            if m == l {
                break;
            }
            let g = (d[l + 1] - d[l]) / (2.0 * e[l]);
            let r = length(g, 1.0);
            let mut g = d[m] - d[l] + e[l] / (g + r.copysign(g));
            let (mut s, mut c, mut p) = (1.0, 1.0, 0.0);
            let mut parted = false;
            for i in (l..m).rev() {
                let (f, b) = (s * e[i], c * e[i]);
                let r = length(f, g);
                e[i + 1] = r;
                if r == 0.0 {
                    d[i + 1] -= p;
                    e[m] = 0.0;
                    parted = true;
                    break;
                }
                (s, c) = (f / r, g / r);
                g = d[i + 1] - p;
                let r = (d[i] - g) * s + 2.0 * c * b;
                p = s * r;
                d[i + 1] = g + p;
                g = c * r - b;
                for row in rows.iter_mut() {
                    let (x, y) = (row[i], row[i + 1]);
                    row[i + 1] = s * x + c * y;
                    row[i] = c * x - s * y;
                }
            }
            if !parted {
                d[l] -= p;
                e[l] = g;
                e[m] = 0.0;
            }
        }
    }
}

fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

/// Scalar product, summed in order.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    /// Cyclic Jacobi rotations: slow and obvious.
    fn by_rotations(n: usize, mut a: Vec<f64>) -> Vec<f64> {
        for _ in 0..60 {
            for p in 0..n {
                for q in p + 1..n {
                    if a[p * n + q].abs() < 1e-300 {
                        continue;
                    }
                    let theta = (a[q * n + q] - a[p * n + p]) / (2.0 * a[p * n + q]);
                    let t = 1f64.copysign(theta) / (theta.abs() + (theta * theta + 1.0).sqrt());
                    let c = 1.0 / (t * t + 1.0).sqrt();
                    let s = t * c;
                    for k in 0..n {
                        let (x, y) = (a[k * n + p], a[k * n + q]);
                        (a[k * n + p], a[k * n + q]) = (c * x - s * y, s * x + c * y);
                    }
                    for k in 0..n {
                        let (x, y) = (a[p * n + k], a[q * n + k]);
                        (a[p * n + k], a[q * n + k]) = (c * x - s * y, s * x + c * y);
                    }
                }
            }
        }
        let mut list: Vec<f64> = (0..n).map(|i| a[i * n + i]).collect();
        list.sort_by(f64::total_cmp);
        list
    }

    #[test]
    fn agrees_with_rotations() {
        for trial in 0..200 {
            let rng = &mut trial_rng(52, Trial::network(trial), Purpose::Topology);
            let n = rng.below(18) as usize;
            let mut a = vec![0.0; n * n];
            for i in 0..n {
                for j in 0..=i {
                    let x = match trial % 3 {
                        0 => rng.chance(0.3) as u32 as f64, // many equal and zero eigenvalues
                        _ => 2.0 * rng.unit() - 1.0,
                    };
                    (a[i * n + j], a[j * n + i]) = (x, x);
                }
            }
            for (got, want) in eigenvalues(n, a.clone()).iter().zip(by_rotations(n, a)) {
                assert!((got - want).abs() < 1e-10, "{got} for {want}");
            }
        }
    }
}
