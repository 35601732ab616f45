//! From tables of fixed width, in which protocols keep their lists, to the rows of a network.

use hydranet_overlay::Csr;

/// Row `v` is what `list(v)` holds, in any order, without repeats. O(n + m log m/n).
pub(crate) fn csr<'a, I: Iterator<Item = u32> + 'a>(n: u32, arcs: usize, list: impl Fn(u32) -> I) -> Csr {
    let mut offsets = Vec::with_capacity(n as usize + 1);
    let mut targets = Vec::with_capacity(arcs);
    offsets.push(0u64);
    for v in 0..n {
        let start = targets.len();
        targets.extend(list(v));
        targets[start..].sort_unstable();
        offsets.push(targets.len() as u64);
    }
    Csr::from_rows(offsets, targets)
}

/// Whether `list` holds `x`: without early exit, so that it is compiled to vector compares.
#[inline]
pub(crate) fn holds(list: &[u32], x: u32) -> bool {
    list.iter().fold(false, |found, &y| found | (x == y))
}
