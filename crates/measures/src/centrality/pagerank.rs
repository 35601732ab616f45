//! PageRank (Brin & Page, Comput. Netw. 30, 107, 1998).
//!
//! p(v) = (1 − α)/n + α · (Σ over arcs u → v of p(u)/k_out(u) + Σ over nodes u without arcs of p(u)/n), summing to 1: the
//! stationary share of time of a walker that follows an arc with probability α and otherwise jumps anywhere; from a node
//! without arcs it always jumps. These are networkx's `pagerank` values.
//!
//! On arcs, known by many is important; on a symmetric network, ranks are close to degrees.
//!
//! Power iteration from the uniform vector. A step shrinks the L1 distance to the solution by α at least, so that a change of
//! `tolerance · (1 − α)/α` leaves at most `tolerance`: O(m log(1/tolerance)/(1 − α)). (networkx stops at a change of n · 10⁻⁶.)
//!
//! Deviation from `petgraph::algo::page_rank`: that one lets the walker jump only to nodes that it has no arc to, and
//! normalizes what is left. The two agree at α = 1, where nobody jumps from a node with arcs.

use hydranet_overlay::Csr;

/// How the walker goes, and how exactly ranks are wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surfer {
    /// Probability α of following an arc instead of jumping, in [0, 1).
    pub damping: f64,
    /// Allowed error, the sum over all nodes, in (0, 1).
    pub tolerance: f64,
}

impl Default for Surfer {
    fn default() -> Surfer {
        Surfer { damping: 0.85, tolerance: 1e-10 }
    }
}

/// The PageRank of every node, along arcs. O(m log(1/tolerance)/(1 − α)).
///
/// ```
/// use hydranet_measures::centrality::{Surfer, pagerank};
/// use hydranet_overlay::Csr;
/// let (ring, _) = Csr::from_arcs(4, &[[0, 1], [1, 2], [2, 3], [3, 0]]);
/// assert_eq!(pagerank(&ring, Surfer::default()), [0.25; 4]);
/// ```
pub fn pagerank(csr: &Csr, surfer: Surfer) -> Vec<f64> {
    pagerank_with_incoming(csr, &csr.transpose(), surfer)
}

/// As [`pagerank`], where the transpose is at hand: an overlay's `incoming()`, or the network itself if it is symmetric.
pub fn pagerank_with_incoming(out: &Csr, incoming: &Csr, surfer: Surfer) -> Vec<f64> {
    let (Surfer { damping, tolerance }, back) = (surfer, incoming);
    let n = out.nodes() as usize;
    let mut now = vec![1.0 / n as f64; n];
    let mut next = vec![0.0; n];
    let mut passed = vec![0.0; n];
    // the change shrinks by α a step from at most 2, and noise keeps it from falling for ever
    let enough = (tolerance * (1.0 - damping) / damping).max(1e-15);
    let most = if damping > 0.0 { 1.0 + libm::log(enough / 2.0) / libm::log(damping) } else { 1.0 };
    for _ in 0..most.ceil() as u32 {
        step(out, back, damping, &now, &mut passed, &mut next);
        let change: f64 = now.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        std::mem::swap(&mut now, &mut next);
        if change <= enough {
            break;
        }
    }
    now
}

/// One step of the walk; `passed` is scratch: what a node passes on along each of its arcs.
fn step(out: &Csr, back: &Csr, damping: f64, now: &[f64], passed: &mut [f64], next: &mut [f64]) {
    let mut stranded = 0.0;
    for v in 0..out.nodes() {
        match out.degree(v) {
            0 => stranded += now[v as usize],
            degree => passed[v as usize] = now[v as usize] / degree as f64,
        }
    }
    let jump = (1.0 - damping + damping * stranded) / now.len() as f64;
    for v in 0..out.nodes() {
        let arrived: f64 = back.row(v).iter().map(|&u| passed[u as usize]).sum();
        next[v as usize] = jump + damping * arrived;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::{KITE, assert_close};
    use hydranet_overlay::Overlay;
    use hydranet_topology::{Draw, Purpose, Trial, TrialRng, trial_rng};

    /// The matrix of the walk, entry by entry, times the vector, 400 times.
    fn by_dense_iteration(csr: &Csr, damping: f64) -> Vec<f64> {
        let n = csr.nodes() as usize;
        let chance = |u: usize, v: usize| match csr.degree(u as u32) {
            0 => 1.0 / n as f64,
            k => (1.0 - damping) / n as f64 + damping * csr.has_arc(u as u32, v as u32) as u32 as f64 / k as f64,
        };
        let matrix: Vec<Vec<f64>> = (0..n).map(|u| (0..n).map(|v| chance(u, v)).collect()).collect();
        let mut p = vec![1.0 / n as f64; n];
        for _ in 0..400 {
            p = (0..n).map(|v| (0..n).map(|u| p[u] * matrix[u][v]).sum()).collect();
        }
        p
    }

    fn random_arcs(rng: &mut TrialRng) -> Csr {
        let n = 1 + rng.below(25);
        let arcs: Vec<[u32; 2]> = (0..rng.below(4 * n)).map(|_| [rng.below(n), rng.below(n)]).collect();
        Csr::from_arcs(n, &arcs).0
    }

    #[test]
    fn agrees_with_dense_iteration() {
        for trial in 0..200 {
            let rng = &mut trial_rng(36, Trial::network(trial), Purpose::Topology);
            let csr = random_arcs(rng);
            let damping = [0.0, 0.5, 0.85, 0.9][trial as usize % 4];
            let want = by_dense_iteration(&csr, damping);
            assert_close(
                &pagerank_with_incoming(&csr, &csr.transpose(), Surfer { damping, tolerance: 1e-12 }),
                &want,
                "ranks",
            );
        }
    }

    /// At α = 1 petgraph's walk is ours.
    #[test]
    fn steps_agree_with_petgraph() {
        for trial in 0..100 {
            let rng = &mut trial_rng(37, Trial::network(trial), Purpose::Topology);
            let csr = random_arcs(rng);
            let n = csr.nodes() as usize;
            let (mut now, mut next, mut passed) = (vec![1.0 / n as f64; n], vec![0.0; n], vec![0.0; n]);
            for _ in 0..8 {
                step(&csr, &csr.transpose(), 1.0, &now, &mut passed, &mut next);
                std::mem::swap(&mut now, &mut next);
            }
            let graph = Overlay::directed(csr).to_directed_graph();
            assert_close(&now, &petgraph::algo::page_rank(&graph, 1.0f64, 8), "petgraph");
        }
    }

    /// networkx 3.6.1: pagerank(G, tol=1e-14) of the Krackhardt kite, and of its edges taken as arcs u → v, u < v.
    #[test]
    fn agrees_with_networkx() {
        let (kite, _) = Csr::from_edges(10, &KITE);
        assert_close(
            &pagerank_with_incoming(&kite, &kite, Surfer { damping: 0.85, tolerance: 1e-13 }),
            &KITE_PAGERANK,
            "kite",
        );
        let (arcs, _) = Csr::from_arcs(10, &KITE);
        assert_close(
            &pagerank_with_incoming(&arcs, &arcs.transpose(), Surfer { damping: 0.85, tolerance: 1e-13 }),
            &KITE_ARCS_PAGERANK,
            "arcs of the kite",
        );
    }
    const KITE_PAGERANK: [f64; 10] = [
        0.1019199129771107,
        0.1019199129771107,
        0.07941811400813842,
        0.14714791632796517,
        0.07941811400813842,
        0.1289069275727845,
        0.1289069275727845,
        0.09524828680827768,
        0.08569395631416114,
        0.05141993143352881,
    ];
    const KITE_ARCS_PAGERANK: [f64; 10] = [
        0.03104641000338139,
        0.03764377212910092,
        0.03764377212910092,
        0.06430811072055122,
        0.059932776810786306,
        0.0718630066547959,
        0.14141741492824855,
        0.18179299052068024,
        0.18557045194594102,
        0.18878129415741385,
    ];
}
