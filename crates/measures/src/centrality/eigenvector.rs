//! Eigenvector centrality (Bonacich, Am. J. Sociol. 92, 1170, 1987), component by component.
//!
//! x is the eigenvector of the largest eigenvalue λ₁ of the closure's adjacency matrix A. It is found by power iteration with
//! A + 1 (the shift keeps bipartite networks, where −λ₁ is an eigenvalue too, from oscillating), as networkx does:
//! O(m) an iteration, log(1/tolerance)/log((λ₁ + 1)/(λ₂ + 1)) iterations.
//!
//! On a network in several pieces the equation says nothing useful: only the component of the highest λ₁ has entries other
//! than 0, and networkx's values depend on where its iteration starts. Here every component C has its own vector x, of
//! length 1, and the score is λ_C · x_v². Within a component this is the order of x; across components it compares what the
//! removal of v takes off its component's spectral radius, to first order (Restrepo, Ott & Hunt, Phys. Rev. Lett. 97, 094102,
//! 2006: Δλ ≈ 2 λ x_v²). Isolated nodes have 0.

use crate::components::components;
use hydranet_overlay::Csr;

/// When power iteration ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerIteration {
    /// It ends when the vector (of length 1) moves by less than this, in (0, 1).
    pub tolerance: f64,
    /// Iterations at most (≥ 1).
    pub iterations: u32,
}

impl Default for PowerIteration {
    fn default() -> PowerIteration {
        PowerIteration { tolerance: 1e-10, iterations: 10_000 }
    }
}

/// What [`eigenvector`] comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct EigenvectorScores {
    /// λ_C · x_v² of every node; 0 for isolated ones.
    pub scores: Vec<f64>,
    /// Components whose iteration had not ended when the iterations were spent: long paths and grids have close eigenvalues.
    pub unsettled: u32,
}

/// Eigenvector centrality of every node of a symmetric network, as λ_C · x_v² of its component C. O(m) an iteration.
///
/// ```
/// use hydranet_measures::centrality::{PowerIteration, eigenvector};
/// use hydranet_overlay::Csr;
/// // a triangle: λ = 2, and x² = 1/3 for each; the fourth node is isolated
/// let found = eigenvector(&Csr::from_edges(4, &[[0, 1], [1, 2], [0, 2]]).0, PowerIteration::default());
/// assert!((found.scores[0] - 2.0 / 3.0).abs() < 1e-9 && found.scores[3] == 0.0 && found.unsettled == 0);
/// ```
pub fn eigenvector(csr: &Csr, how: PowerIteration) -> EigenvectorScores {
    let mut scores = vec![0.0; csr.nodes() as usize];
    let mut scratch = scores.clone();
    let mut unsettled = 0;
    for part in components(csr, |_| true) {
        if part.len() > 1 && !component(how, csr, &part, &mut scores, &mut scratch) {
            unsettled += 1;
        }
    }
    EigenvectorScores { scores, unsettled }
}

/// Writes λ · x² of one component to `scores`; whether the iteration converged. `next` is scratch.
fn component(how: PowerIteration, csr: &Csr, part: &[u32], scores: &mut [f64], next: &mut [f64]) -> bool {
    let x = scores;
    part.iter().for_each(|&v| x[v as usize] = 1.0 / (part.len() as f64).sqrt());
    let (mut length, mut converged) = (0.0, false);
    for _ in 0..how.iterations {
        let mut squares = 0.0;
        for &v in part {
            let y = x[v as usize] + csr.row(v).iter().map(|&w| x[w as usize]).sum::<f64>();
            next[v as usize] = y;
            squares += y * y;
        }
        length = squares.sqrt();
        let mut moved = 0.0;
        for &v in part {
            let y = next[v as usize] / length;
            moved += (y - x[v as usize]) * (y - x[v as usize]);
            x[v as usize] = y;
        }
        if moved.sqrt() < how.tolerance {
            converged = true;
            break;
        }
    }
    // |(A + 1) x| = λ + 1
    for &v in part {
        let x = &mut x[v as usize];
        *x = (length - 1.0) * *x * *x;
    }
    converged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::{KITE, assert_close};
    use crate::testing::random_network;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    fn scores(csr: &Csr) -> Vec<f64> {
        eigenvector(csr, PowerIteration { tolerance: 1e-13, ..PowerIteration::default() }).scores
    }

    /// The matrix A + 1 of a component, squared until it is of rank one: its columns are the eigenvector.
    fn by_squaring(csr: &Csr) -> Vec<f64> {
        let mut scores = vec![0.0; csr.nodes() as usize];
        for part in components(csr, |_| true).into_iter().filter(|p| p.len() > 1) {
            let k = part.len();
            let entry = |i: usize, j: usize| (i == j || csr.has_arc(part[i], part[j])) as u32 as f64;
            let mut m: Vec<Vec<f64>> = (0..k).map(|i| (0..k).map(|j| entry(i, j)).collect()).collect();
            for _ in 0..24 {
                let product = |i: usize, j: usize| (0..k).map(|l| m[i][l] * m[l][j]).sum::<f64>();
                let square: Vec<Vec<f64>> = (0..k).map(|i| (0..k).map(|j| product(i, j)).collect()).collect();
                let trace: f64 = (0..k).map(|i| square[i][i]).sum();
                m = square.into_iter().map(|row| row.into_iter().map(|e| e / trace).collect()).collect();
            }
            // m = x xᵀ, so its diagonal is x²; λ = Σ over arcs of x_i x_j
            let lambda: f64 =
                (0..k).map(|i| (0..k).map(|j| (entry(i, j) - (i == j) as u32 as f64) * m[i][j]).sum::<f64>()).sum();
            (0..k).for_each(|i| scores[part[i] as usize] = lambda * m[i][i]);
        }
        scores
    }

    #[test]
    fn agrees_with_squared_matrices() {
        for trial in 0..200 {
            let csr = random_network(&mut trial_rng(38, Trial::network(trial), Purpose::Topology), 16);
            let want = by_squaring(&csr);
            assert_close(&scores(&csr), &want, "λ x²");
            assert_eq!(eigenvector(&csr, PowerIteration::default()).unsettled, 0);
        }
    }

    /// networkx 3.6.1: eigenvector_centrality_numpy, and numpy's λ₁, of the Krackhardt kite.
    #[test]
    fn agrees_with_networkx() {
        let (kite, _) = Csr::from_edges(10, &KITE);
        let want: Vec<f64> = KITE_EIGENVECTOR.iter().map(|x| KITE_RADIUS * x * x).collect();
        assert_close(&scores(&kite), &want, "kite");
    }
    const KITE_EIGENVECTOR: [f64; 10] = [
        0.3522093968166353,
        0.35220939681663505,
        0.2858349913908717,
        0.4810208582728086,
        0.285834991390872,
        0.3976906364701698,
        0.3976906364701697,
        0.1958605830278111,
        0.048073485026282045,
        0.011163255309775313,
    ];
    const KITE_RADIUS: f64 = 4.306403794615759;

    #[test]
    fn slow_components_are_counted() {
        let path: Vec<[u32; 2]> = (1..300).map(|v| [v - 1, v]).collect();
        let few = PowerIteration { iterations: 5, ..PowerIteration::default() };
        assert_eq!(eigenvector(&Csr::from_edges(300, &path).0, few).unsettled, 1);
    }
}
