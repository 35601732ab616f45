//! The adjacency matrix A of a network: applied, and dense.

use hydranet_overlay::Csr;

/// y = A x, as a function of x and y. O(m) a call.
pub fn times(csr: &Csr) -> impl Fn(&[f64], &mut [f64]) + Sync + '_ {
    |x, y| (0..csr.nodes()).for_each(|v| y[v as usize] = csr.row(v).iter().map(|&w| x[w as usize]).sum())
}

/// The dense matrix, row by row. O(n²).
pub fn dense(csr: &Csr) -> Vec<f64> {
    let n = csr.nodes() as usize;
    let mut a = vec![0.0; n * n];
    csr.iter_arcs().for_each(|[u, v]| a[u as usize * n + v as usize] = 1.0);
    a
}
