//! Triangles: every edge points to its end of higher degree, and a triangle is found once, at its lowest corner (Chiba &
//! Nishizeki 1985; Latapy 2008). O(m^{3/2}), exact.

use super::Measured;
use hydranet_overlay::Csr;

/// Mean local clustering coefficient.
pub(super) fn average(csr: &Csr) -> Measured {
    let local = triangles(csr).into_iter().zip(0..).map(|(t, v)| {
        let k = csr.degree(v) as f64;
        if t > 0 { 2.0 * t as f64 / (k * (k - 1.0)) } else { 0.0 }
    });
    Measured::exactly(local.sum::<f64>() / csr.nodes() as f64, "exact, triangles counted")
}

/// Share of closed pairs of adjacent edges.
pub(super) fn transitivity(csr: &Csr) -> Measured {
    let pairs: u128 = (0..csr.nodes()).map(|v| csr.degree(v) as u128).map(|k| k * k.saturating_sub(1) / 2).sum();
    let closed: u128 = triangles(csr).into_iter().map(u128::from).sum();
    let value = if pairs > 0 { closed as f64 / pairs as f64 } else { 0.0 };
    Measured::exactly(value, "exact, triangles counted")
}

/// The number of triangles at every node.
fn triangles(csr: &Csr) -> Vec<u64> {
    let n = csr.nodes();
    let below = |u: u32, v: u32| (csr.degree(u), u) < (csr.degree(v), v);
    let mut start = Vec::with_capacity(n as usize + 1);
    let mut up = Vec::with_capacity(csr.arcs() as usize / 2);
    start.push(0);
    for u in 0..n {
        up.extend(csr.row(u).iter().copied().filter(|&v| below(u, v)));
        start.push(up.len());
    }
    let row = |u: u32| &up[start[u as usize]..start[u as usize + 1]];
    let mut marked = vec![u32::MAX; n as usize];
    let mut count = vec![0; n as usize];
    for u in 0..n {
        row(u).iter().for_each(|&v| marked[v as usize] = u);
        for &v in row(u) {
            for &w in row(v) {
                if marked[w as usize] == u {
                    [u, v, w].into_iter().for_each(|corner| count[corner as usize] += 1);
                }
            }
        }
    }
    count
}
