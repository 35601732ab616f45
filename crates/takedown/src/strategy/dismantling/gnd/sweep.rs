//! Where along the second eigenvector a cut is worth most: every place is tried, not only the change of sign.
//!
//! Between the first k nodes and the rest, the nodes of either side that touch the other cover the cut. The place is taken
//! where the cheaper of these two boundaries costs least for a node of the smaller side: the vertex form of the sweep by which
//! Cheeger's inequality is proved. O(m + n log n).

use hydranet_overlay::Csr;

/// The sides of the best cut along `x`: `true` before it. Both have nodes if there are two nodes at all.
pub(super) fn sides(csr: &Csr, costs: &[u64], x: &[f64]) -> Vec<bool> {
    let n = x.len();
    let mut walk: Vec<u32> = (0..n as u32).collect();
    walk.sort_by(|&a, &b| x[a as usize].total_cmp(&x[b as usize])); // stable: equals by number, and numbers say nothing
    let mut before = vec![false; n];
    // neighbours on the other side
    let mut across = vec![0u32; n];
    let (mut near, mut far) = (0u64, 0u64);
    let mut best = (u64::MAX, 1, 1);
    for (k, &v) in walk.iter().enumerate().take(n.saturating_sub(1)) {
        let v = v as usize;
        if across[v] > 0 {
            far -= costs[v];
        }
        before[v] = true;
        across[v] = csr.degree(v as u32) - across[v];
        if across[v] > 0 {
            near += costs[v];
        }
        for &w in csr.row(v as u32) {
            let w = w as usize;
            if before[w] {
                across[w] -= 1;
                if across[w] == 0 {
                    near -= costs[w];
                }
            } else {
                across[w] += 1;
                if across[w] == 1 {
                    far += costs[w];
                }
            }
        }
        let (cost, smaller) = (near.min(far), (k + 1).min(n - k - 1) as u64);
        // cost / smaller, compared without a rounding
        if best.0 == u64::MAX || cost as u128 * (best.1 as u128) < best.0 as u128 * smaller as u128 {
            best = (cost, smaller, k + 1);
        }
    }
    let mut side = vec![false; n];
    walk.iter().take(best.2.min(n)).for_each(|&v| side[v as usize] = true);
    side
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::random_network;
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    /// What a cut costs for a node of the smaller side, from the definition.
    fn ratio(csr: &Csr, costs: &[u64], side: &[bool]) -> f64 {
        let boundary = |which: bool| -> u64 {
            let touches = |v: u32| csr.row(v).iter().any(|&w| side[w as usize] != which);
            (0..csr.nodes()).filter(|&v| side[v as usize] == which && touches(v)).map(|v| costs[v as usize]).sum()
        };
        let count = side.iter().filter(|&&s| s).count();
        boundary(true).min(boundary(false)) as f64 / count.min(side.len() - count) as f64
    }

    #[test]
    fn no_place_is_cheaper() {
        for trial in 0..300 {
            let rng = &mut trial_rng(46, Trial::network(trial), Purpose::Topology);
            let csr = random_network(rng, 20);
            let n = csr.nodes() as usize;
            if n < 2 {
                continue;
            }
            let costs: Vec<u64> = (0..n).map(|_| 1 + rng.below(5) as u64).collect();
            let x: Vec<f64> = (0..n).map(|_| rng.unit()).collect();
            let mut places = x.clone();
            places.sort_by(f64::total_cmp);
            let all = places[..n - 1].iter().map(|bound| x.iter().map(|x| x <= bound).collect::<Vec<bool>>());
            let least = all.map(|side| ratio(&csr, &costs, &side)).fold(f64::INFINITY, f64::min);
            let got = ratio(&csr, &costs, &sides(&csr, &costs, &x));
            assert!((got - least).abs() < 1e-12, "{got}, the least is {least}");
        }
    }
}
