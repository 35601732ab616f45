//! Bond percolation: edges come back, last removed first, among nodes that are all alive.
//!
//! The core bitmap loses here (an edge has two ends to look up, whatever the state): two finds, asked for ahead.

use super::ledger::Ledger;
use crate::forest::{ROOT, find, unite};
use hydranet_overlay::memory::prefetch;

const AHEAD: usize = 16;

/// Puts the edges of `order` back among `n` live nodes, last first.
///
/// # Panics
/// If an edge names a node that does not exist, or there are 2³¹ nodes or more.
pub(super) fn put_back(n: u32, order: &[[u32; 2]], ledger: &mut impl Ledger) {
    assert!(n < ROOT, "the kernel takes networks of fewer than 2^31 nodes");
    let mut parent = vec![ROOT | 1; n as usize];
    (0..n).for_each(|v| ledger.appear(v));
    ledger.record(order.len());
    for q in (0..order.len()).rev() {
        if q >= AHEAD {
            let [u, v] = order[q - AHEAD];
            prefetch(&parent, u as usize);
            prefetch(&parent, v as usize);
        }
        let [u, v] = order[q];
        let (a, b) = (find(&mut parent, u), find(&mut parent, v));
        if a.0 != b.0 {
            let [big, small] = unite(&mut parent, a, b);
            ledger.merge(big.0, big.1, small.0, small.1);
        }
        ledger.record(q);
    }
}
