//! Slow and obvious: definitions written down again, from adjacency alone, for small networks. Nothing here is shared with what
//! it is compared with.

#![allow(clippy::needless_range_loop, reason = "matrices read like their formulas by indices")]

use hydranet_overlay::Csr;

/// Distances from one node; infinite where there is no way.
pub(crate) fn distances(csr: &Csr, from: u32, gone: &[bool]) -> Vec<f64> {
    let mut far = vec![f64::INFINITY; csr.nodes() as usize];
    far[from as usize] = 0.0;
    // Bellman and Ford: relax all links until nothing changes
    loop {
        let mut changed = false;
        for v in (0..csr.nodes()).filter(|v| !gone[*v as usize]) {
            for &w in csr.row(v).iter().filter(|w| !gone[**w as usize]) {
                if far[v as usize] + 1.0 < far[w as usize] {
                    far[w as usize] = far[v as usize] + 1.0;
                    changed = true;
                }
            }
        }
        if !changed {
            return far;
        }
    }
}

/// All distances.
pub(crate) fn all_distances(csr: &Csr, gone: &[bool]) -> Vec<Vec<f64>> {
    (0..csr.nodes()).map(|v| distances(csr, v, gone)).collect()
}

/// Nobody is gone.
pub(crate) fn nobody(csr: &Csr) -> Vec<bool> {
    vec![false; csr.nodes() as usize]
}

/// The longest distance between connected nodes.
pub(crate) fn diameter(csr: &Csr) -> f64 {
    all_distances(csr, &nobody(csr)).into_iter().flatten().filter(|d| d.is_finite()).fold(0.0, f64::max)
}

/// Whether two nodes are linked.
pub(crate) fn linked(csr: &Csr, v: u32, w: u32) -> bool {
    csr.row(v).contains(&w)
}

/// Linked pairs among the neighbours of a node, and pairs.
fn around(csr: &Csr, v: u32) -> [f64; 2] {
    let row = csr.row(v);
    let (mut closed, mut pairs) = (0.0, 0.0);
    for (i, &a) in row.iter().enumerate() {
        for &b in &row[i + 1..] {
            pairs += 1.0;
            closed += f64::from(u8::from(linked(csr, a, b)));
        }
    }
    [closed, pairs]
}

/// Mean share of linked pairs of neighbours; 0 for fewer than two.
pub(crate) fn clustering(csr: &Csr) -> f64 {
    let share = |v| {
        let [closed, pairs] = around(csr, v);
        if pairs == 0.0 { 0.0 } else { closed / pairs }
    };
    (0..csr.nodes()).map(share).sum::<f64>() / f64::from(csr.nodes())
}

/// Closed pairs of adjacent links over all of them.
pub(crate) fn transitivity(csr: &Csr) -> f64 {
    let [closed, pairs] = (0..csr.nodes()).map(|v| around(csr, v)).fold([0.0; 2], |a, b| [a[0] + b[0], a[1] + b[1]]);
    closed / pairs
}

/// Sizes of the components among those that are left, largest first.
pub(crate) fn components(csr: &Csr, gone: &[bool]) -> Vec<usize> {
    // everybody takes the smallest label around until nothing changes
    let mut label: Vec<u32> = (0..csr.nodes()).collect();
    loop {
        let mut changed = false;
        for v in (0..csr.nodes()).filter(|v| !gone[*v as usize]) {
            for &w in csr.row(v).iter().filter(|w| !gone[**w as usize]) {
                if label[w as usize] < label[v as usize] {
                    label[v as usize] = label[w as usize];
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    let mut size = vec![0; csr.nodes() as usize];
    (0..csr.nodes() as usize).filter(|v| !gone[*v]).for_each(|v| size[label[v] as usize] += 1);
    size.retain(|s| *s > 0);
    size.sort_unstable_by(|a, b| b.cmp(a));
    size
}

/// S1 after each removal of an order.
pub(crate) fn largest_after(csr: &Csr, order: &[u32]) -> Vec<usize> {
    let mut gone = nobody(csr);
    let mut out = vec![components(csr, &gone).first().copied().unwrap_or(0)];
    for &v in order {
        gone[v as usize] = true;
        out.push(components(csr, &gone).first().copied().unwrap_or(0));
    }
    out
}

/// Degrees among those that are left.
pub(crate) fn degrees(csr: &Csr, gone: &[bool]) -> Vec<f64> {
    let degree = |v: u32| csr.row(v).iter().filter(|w| !gone[**w as usize]).count() as f64;
    (0..csr.nodes()).map(degree).collect()
}

/// Shortest ways from s to t, counted over all of them: σ(s, t).
fn ways(csr: &Csr, far: &[f64], from: u32, gone: &[bool]) -> Vec<f64> {
    let mut order: Vec<u32> = (0..csr.nodes()).filter(|v| far[*v as usize].is_finite()).collect();
    order.sort_by(|a, b| far[*a as usize].total_cmp(&far[*b as usize]));
    let mut count = vec![0.0; csr.nodes() as usize];
    count[from as usize] = 1.0;
    for &v in order.iter().filter(|v| **v != from) {
        let before = csr.row(v).iter().filter(|w| !gone[**w as usize] && far[**w as usize] + 1.0 == far[v as usize]);
        count[v as usize] = before.map(|w| count[*w as usize]).sum();
    }
    count
}

/// Betweenness by its definition: Σ over pairs of σ(s, v)·σ(v, t)/σ(s, t) where v lies on a shortest way, each unordered pair once.
/// With `ends`, a node also carries what it sends and receives itself.
pub(crate) fn betweenness(csr: &Csr, gone: &[bool], ends: bool) -> Vec<f64> {
    let n = csr.nodes() as usize;
    let far = all_distances(csr, gone);
    let count: Vec<Vec<f64>> = (0..n).map(|s| ways(csr, &far[s], s as u32, gone)).collect();
    let mut load = vec![0.0; n];
    for s in (0..n).filter(|s| !gone[*s]) {
        for t in (s + 1..n).filter(|t| !gone[*t] && far[s][*t].is_finite()) {
            for v in (0..n).filter(|v| !gone[*v]) {
                if v != s && v != t && far[s][v] + far[v][t] == far[s][t] {
                    load[v] += count[s][v] * count[v][t] / count[s][t];
                } else if ends && (v == s || v == t) {
                    load[v] += 1.0;
                }
            }
        }
    }
    load
}

/// The same for links: σ(s, v)·σ(w, t)/σ(s, t) where the way goes v → w.
pub(crate) fn edge_betweenness(csr: &Csr) -> Vec<([u32; 2], f64)> {
    let gone = nobody(csr);
    let n = csr.nodes() as usize;
    let far = all_distances(csr, &gone);
    let count: Vec<Vec<f64>> = (0..n).map(|s| ways(csr, &far[s], s as u32, &gone)).collect();
    let mut out = Vec::new();
    for v in 0..csr.nodes() {
        for &w in csr.row(v).iter().filter(|w| **w > v) {
            let mut load = 0.0;
            for s in 0..n {
                for t in (s + 1..n).filter(|t| far[s][*t].is_finite()) {
                    for (a, b) in [(v as usize, w as usize), (w as usize, v as usize)] {
                        if far[s][a] + 1.0 + far[b][t] == far[s][t] {
                            load += count[s][a] * count[b][t] / count[s][t];
                        }
                    }
                }
            }
            out.push(([v, w], load));
        }
    }
    out
}

/// The largest k of a k-core that holds the node: nodes with fewer than k are taken away until none is.
pub(crate) fn coreness(csr: &Csr) -> Vec<f64> {
    let mut core = vec![0.0; csr.nodes() as usize];
    for k in 1..csr.nodes() {
        let gone = outside_core(csr, &nobody(csr), k);
        if gone.iter().all(|g| *g) {
            break;
        }
        (0..core.len()).filter(|v| !gone[*v]).for_each(|v| core[v] = f64::from(k));
    }
    core
}

/// Who is not in the k-core of those that are left.
pub(crate) fn outside_core(csr: &Csr, gone: &[bool], k: u32) -> Vec<bool> {
    let mut gone = gone.to_vec();
    loop {
        let degree = degrees(csr, &gone);
        let fall: Vec<usize> = (0..gone.len()).filter(|v| !gone[*v] && degree[*v] < f64::from(k)).collect();
        if fall.is_empty() {
            return gone;
        }
        fall.into_iter().for_each(|v| gone[v] = true);
    }
}

/// Collective influence: (k − 1) Σ (k − 1) over the nodes at exactly distance r, degrees among those that are left.
pub(crate) fn collective_influence(csr: &Csr, gone: &[bool], radius: f64) -> Vec<f64> {
    let degree = degrees(csr, gone);
    let score = |v: u32| {
        let far = distances(csr, v, gone);
        let rim: f64 = (0..far.len()).filter(|w| !gone[*w] && far[*w] == radius).map(|w| degree[w] - 1.0).sum();
        (degree[v as usize] - 1.0) * rim
    };
    (0..csr.nodes()).map(|v| if gone[v as usize] { f64::NEG_INFINITY } else { score(v) }).collect()
}

/// Eigenvalues of a symmetric matrix by Jacobi's rotations.
pub(crate) fn eigenvalues(mut a: Vec<Vec<f64>>) -> Vec<f64> {
    let n = a.len();
    for _ in 0..60 {
        for p in 0..n {
            for q in p + 1..n {
                if a[p][q].abs() < 1e-300 {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let t = if theta == 0.0 { 1.0 } else { t };
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for row in &mut a {
                    let (x, y) = (row[p], row[q]);
                    (row[p], row[q]) = (c * x - s * y, s * x + c * y);
                }
                for k in 0..n {
                    let (x, y) = (a[p][k], a[q][k]);
                    (a[p][k], a[q][k]) = (c * x - s * y, s * x + c * y);
                }
            }
        }
    }
    let mut out: Vec<f64> = (0..n).map(|i| a[i][i]).collect();
    out.sort_by(f64::total_cmp);
    out
}

/// The adjacency matrix.
pub(crate) fn adjacency(csr: &Csr) -> Vec<Vec<f64>> {
    (0..csr.nodes()).map(|v| (0..csr.nodes()).map(|w| f64::from(u8::from(linked(csr, v, w)))).collect()).collect()
}

/// The Laplacian.
pub(crate) fn laplacian(csr: &Csr) -> Vec<Vec<f64>> {
    let mut a = adjacency(csr);
    for (v, row) in a.iter_mut().enumerate() {
        row.iter_mut().for_each(|x| *x = -*x);
        row[v] = csr.row(v as u32).len() as f64;
    }
    a
}

/// Solves a x = b (Gauss, with pivots).
pub(crate) fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        let pivot = (i..n).max_by(|x, y| a[*x][i].abs().total_cmp(&a[*y][i].abs())).expect("rows");
        a.swap(i, pivot);
        b.swap(i, pivot);
        for k in i + 1..n {
            let factor = a[k][i] / a[i][i];
            for j in i..n {
                a[k][j] -= factor * a[i][j];
            }
            b[k] -= factor * b[i];
        }
    }
    for i in (0..n).rev() {
        let rest: f64 = (i + 1..n).map(|j| a[i][j] * b[j]).sum();
        b[i] = (b[i] - rest) / a[i][i];
    }
    b
}
