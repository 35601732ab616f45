//! Highest coreness first: the innermost shell falls before the outer ones (Kitsak et al., "Identification of influential
//! spreaders in complex networks", Nat. Phys. 6, 888, 2010).
//!
//! The k-core is what is left of a network when nodes with fewer than k neighbours are peeled off until there are none;
//! the coreness of a node is the highest k for which it is in the k-core (Seidman 1983). Coreness is counted once, before
//! the takedown, in O(n + m) by moving nodes between sides of one array sorted by degree (Batagelj & Zaveršnik 2003).
//! Nodes of equal coreness fall by degree, highest first; the paper leaves this open. O(n log n + m).

use crate::RemovalOrder;
use crate::strategy::{Plugin, Ranking, Strategy, Task, Ties, Unsuitable, rank};
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// Parameters of [`KCore`].
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct KCoreParams {
    /// Who falls first among nodes of equal coreness and equal degree: drawn at random, or the lowest node number.
    pub ties: Ties,
}

/// Highest coreness first, then highest degree.
#[derive(Debug, Clone, Default)]
pub struct KCore(KCoreParams);

impl Strategy for KCore {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let csr = overlay.closure();
        let core = coreness(csr);
        let mut order = rank::by_falling_score(csr.nodes(), |v| csr.degree(v), self.0.ties, &mut task.rng);
        order.sort_by_key(|&v| Reverse(core[v as usize])); // stable: the order within a shell stays
        Ok(RemovalOrder::nodes(order))
    }

    fn ranking(&self) -> Ranking {
        Ranking::ONCE.ties(self.0.ties)
    }
}

/// The coreness of every node. O(n + m).
fn coreness(csr: &Csr) -> Vec<u32> {
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

impl Plugin for KCore {
    type Params = KCoreParams;
    const NAME: &'static str = "k-core";
    const ALIASES: &'static [&'static str] = &["coreness"];
    const ABOUT: &'static str = "highest coreness first: the innermost shell before the outer ones, then by degree";
    const EXAMPLE: &'static str = "";

    fn new(params: KCoreParams) -> Result<KCore, Invalid> {
        Ok(KCore(params))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dismantle::tests::{assert_permutation, degree_among, for_small_networks};

    /// For every k, throw away nodes of fewer than k neighbours until there are none.
    fn slowly(csr: &Csr) -> Vec<u32> {
        let mut core = vec![0; csr.nodes() as usize];
        for k in 1..=csr.nodes() {
            let mut left = vec![true; csr.nodes() as usize];
            while let Some(v) = (0..csr.nodes()).find(|&v| left[v as usize] && degree_among(csr, &left, v) < k) {
                left[v as usize] = false;
            }
            (0..core.len()).filter(|&v| left[v]).for_each(|v| core[v] = k);
        }
        core
    }

    #[test]
    fn coreness_from_scratch() {
        for_small_networks(300, |csr, rng| {
            let core = slowly(csr);
            assert_eq!(coreness(csr), core);
            let overlay = Overlay::symmetric(csr.clone());
            let order = KCore(KCoreParams::default()).nodes(&overlay, &mut Task::new(rng.clone())).unwrap();
            let crate::Items::Nodes(order) = order.items else { unreachable!("it ranks nodes") };
            assert_permutation(csr, &order);
            assert!(order.is_sorted_by_key(|&v| Reverse((core[v as usize], csr.degree(v)))));
        });
    }
}
