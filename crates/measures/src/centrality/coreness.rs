//! How deep in the core of a network a node is.
//!
//! The k-core is what is left of a network when nodes with fewer than k neighbours are peeled off until there are none; the
//! coreness of a node is the highest k for which it is in the k-core (Seidman 1983). In O(n + m) by moving nodes between sides of
//! one array sorted by degree (Batagelj & Zaveršnik 2003).

use hydranet_overlay::Csr;

/// The coreness of every node of a symmetric network. O(n + m).
///
/// ```
/// use hydranet_measures::centrality::coreness;
/// use hydranet_overlay::Csr;
/// // a triangle with a tail
/// assert_eq!(coreness(&Csr::from_edges(4, &[[0, 1], [1, 2], [0, 2], [2, 3]]).0), [2, 2, 2, 1]);
/// ```
pub fn coreness(csr: &Csr) -> Vec<u32> {
    let n = csr.nodes();
    let mut degree: Vec<u32> = (0..n).map(|v| csr.degree(v)).collect();
    let highest = degree.iter().copied().max().unwrap_or(0) as usize;
    // start[d]: where the nodes of degree d begin in `sorted`
    let mut start = vec![0u32; highest + 2];
    degree.iter().for_each(|&d| start[d as usize + 1] += 1);
    (0..=highest).for_each(|d| start[d + 1] += start[d]);
    let mut next = start.clone();
    let (mut sorted, mut place) = (vec![0u32; n as usize], vec![0u32; n as usize]);
    for v in 0..n {
        let slot = &mut next[degree[v as usize] as usize];
        (sorted[*slot as usize], place[v as usize]) = (v, *slot);
        *slot += 1;
    }
    for i in 0..n as usize {
        let v = sorted[i];
        let shell = degree[v as usize]; // the lowest degree that is left: nobody behind it changes any more
        for &w in csr.row(v) {
            let d = degree[w as usize];
            if d > shell {
                // it changes place with the first of its degree, which is then the last of the degree below
                let (here, first) = (place[w as usize], start[d as usize]);
                let u = sorted[first as usize];
                sorted.swap(here as usize, first as usize);
                (place[w as usize], place[u as usize]) = (first, here);
                start[d as usize] += 1;
                degree[w as usize] = d - 1;
            }
        }
    }
    degree
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::random_network;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    /// For every k, throw away nodes of fewer than k neighbours until there are none.
    fn slowly(csr: &Csr) -> Vec<u32> {
        let mut core = vec![0; csr.nodes() as usize];
        for k in 1..=csr.nodes() {
            let mut left = vec![true; csr.nodes() as usize];
            while let Some(v) = (0..csr.nodes())
                .find(|&v| left[v as usize] && (csr.row(v).iter().filter(|&&w| left[w as usize]).count() as u32) < k)
            {
                left[v as usize] = false;
            }
            (0..core.len()).filter(|&v| left[v]).for_each(|v| core[v] = k);
        }
        core
    }

    #[test]
    fn agrees_with_peeling_for_every_k() {
        for trial in 0..300 {
            let csr = random_network(&mut trial_rng(39, Trial::network(trial), Purpose::Topology), 24);
            assert_eq!(coreness(&csr), slowly(&csr));
        }
    }
}
