//! The rest of an order: highest remaining degree first.

use super::{Ahead, Buckets, ahead};
use crate::bits::Bits;
use crate::kernel::Adjacency;
use hydranet_overlay::Csr;
use hydranet_overlay::memory::prefetch;
use hydranet_topology::TrialRng;

/// What is left of a node's neighbourhood.
#[derive(Clone, Copy)]
struct Left {
    degree: u32,
    /// The numbers of the neighbours that are left, combined by exclusive or: when one is left, it is that one.
    link: u32,
}

/// Completes an order: of the nodes that it does not name, the one with the most neighbours left falls next; ties at
/// random. O(n + m).
pub(crate) fn by_remaining_degree(csr: &Csr, order: &mut Vec<u32>, rng: &mut TrialRng) {
    let n = csr.nodes();
    let mut gone = Bits::none(n);
    order.iter().for_each(|&v| gone.set(v));
    let mut left = vec![Left { degree: 0, link: 0 }; n as usize];
    for v in (0..n).filter(|&v| !gone.get(v)) {
        let entry = &mut left[v as usize];
        for &w in csr.row(v) {
            // without a branch: of a random network's neighbours it cannot be foretold
            let here = !gone.get(w) as u32;
            entry.degree += here;
            entry.link ^= here.wrapping_neg() & w;
        }
    }
    let mut buckets = Buckets::from_keys((0..n).filter(|&v| !gone.get(v)).map(|v| (v, left[v as usize].degree)));
    order.reserve_exact(n as usize - order.len());
    while let Some((list, key)) = buckets.take_highest(rng) {
        if key == 0 {
            order.extend(list); // the last ones, without links
            break;
        }
        for (i, &v) in list.iter().enumerate() {
            ahead(&list, i, |u, how_far| match how_far {
                Ahead::Soon => csr.will_want_soon(u),
                Ahead::Next => {
                    csr.will_want_next(u);
                    prefetch(&left, u as usize);
                }
                Ahead::Now if left[u as usize].degree > 1 => {
                    csr.row(u).iter().for_each(|&w| prefetch(&left, w as usize));
                }
                Ahead::Now => prefetch(&left, left[u as usize].link as usize),
            });
            let Left { degree, link } = left[v as usize];
            if degree < key {
                buckets.put(v, degree);
                continue;
            }
            order.push(v);
            if degree == 1 {
                left[link as usize] = Left { degree: 0, link: 0 };
                continue;
            }
            for &w in csr.row(v) {
                // those that have gone may keep wrong numbers: nobody looks at them again
                let entry = &mut left[w as usize];
                entry.degree = entry.degree.wrapping_sub(1);
                entry.link ^= v;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_highest_degree_from, assert_permutation, for_small_networks};
    use super::*;
    use hydranet_topology::Draw;

    #[test]
    fn always_the_highest_remaining_degree() {
        for_small_networks(300, |csr, rng| {
            let head = rng.below(csr.nodes() + 1) as usize;
            let mut order = rng.permutation(csr.nodes());
            order.truncate(head);
            let before = order.clone();
            by_remaining_degree(csr, &mut order, rng);
            assert_eq!(order[..head], before);
            assert_permutation(csr, &order);
            assert_highest_degree_from(csr, &order, head);
        });
    }
}
