//! Triangles: every edge points to its end of higher degree, and a triangle is found once, at its lowest corner (Chiba &
//! Nishizeki 1985; Latapy 2008). O(m^{3/2}), exact.

use hydranet_overlay::Csr;

/// The local clustering coefficient of every node of a symmetric network: the share of pairs of its neighbours that are linked,
/// from 0 to 1 (Watts & Strogatz, Nature 393, 440, 1998); 0 with fewer than two neighbours. O(m^{3/2}).
///
/// ```
/// use hydranet_measures::clustering::local_clustering;
/// use hydranet_overlay::Csr;
/// // a triangle with a tail
/// let clustering = local_clustering(&Csr::from_edges(4, &[[0, 1], [1, 2], [0, 2], [2, 3]]).0);
/// assert_eq!(clustering, [1.0, 1.0, 1.0 / 3.0, 0.0]);
/// ```
pub fn local_clustering(csr: &Csr) -> Vec<f64> {
    let share = |(t, v): (u64, u32)| {
        let k = csr.degree(v) as f64;
        if t > 0 { 2.0 * t as f64 / (k * (k - 1.0)) } else { 0.0 }
    };
    triangles(csr).into_iter().zip(0..).map(share).collect()
}

/// The number of triangles at every node of a symmetric network. O(m^{3/2}).
pub fn triangles(csr: &Csr) -> Vec<u64> {
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
